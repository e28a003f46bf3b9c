"""The bot in the browser: same answers, no JavaScript, nothing kept on the server but a sealed state."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.model import Intent, Meaning
from directory.answers import Located
from tests.bot.town import LINCOLN_PARK
from tests.web.texting import texting_app
from web.chat import Line, _seal, carried

SEAL = _seal(b"a key", "ann")

MEANINGS = {
    "detox 60614": Meaning(Intent.NEED, needs=("detox",), place=Located(LINCOLN_PARK)),
    "more": Meaning(Intent.MORE),
    "stop": Meaning(Intent.OPT_OUT),
}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return texting_app(
        tmp_path, lambda text, language: MEANINGS.get(text, Meaning(Intent.OTHER)), public_url=""
    )


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


class Browser:
    """Sends the form of the page it sees, hidden fields and all."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page = client.get("/try").get_data(as_text=True)

    def says(self, text: str) -> str:
        self.form = {**self._hidden(), "text": text}
        return self.again()

    def again(self) -> str:
        self.page = self.client.post("/try", data=self.form).get_data(as_text=True)
        return html.unescape(self.page)

    def _hidden(self) -> dict[str, str]:
        found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.page)
        return {name: html.unescape(value) for name, value in found}


def test_it_answers_as_a_text_does_and_says_what_that_would_cost(client: FlaskClient) -> None:
    page = Browser(client).says("detox 60614")
    assert "312-555-0101" in page
    assert "2 text messages" in page


def test_the_talk_goes_on_and_stays_on_the_screen(client: FlaskClient) -> None:
    browser = Browser(client)
    browser.says("detox 60614")
    page = browser.says("more")
    assert "North Shore Detox" in page
    assert "Cedar Lake Recovery Center" in page


def test_a_reload_repeats_the_answer_and_changes_nothing(client: FlaskClient) -> None:
    browser = Browser(client)
    browser.says("detox 60614")
    browser.says("more")
    assert "North Shore Detox" in browser.again()


def test_two_browsers_are_two_people(app: Flask) -> None:
    Browser(app.test_client()).says("detox 60614")
    assert "North Shore Detox" not in Browser(app.test_client()).says("more")


def test_after_stop_the_page_says_why_there_is_no_answer(client: FlaskClient) -> None:
    browser = Browser(client)
    browser.says("stop")
    assert "Write START to go on" in browser.says("detox 60614")


def test_what_is_typed_is_shown_as_text_never_as_a_page(client: FlaskClient) -> None:
    browser = Browser(client)
    browser.says("<script>alert(1)</script>")
    assert "<script>alert" not in browser.page
    browser.form["talk"] = '[["<img src=x onerror=alert(1)>", 1]]'
    browser.again()
    assert "<img" not in browser.page


def test_the_cookie_is_closed_to_scripts_and_other_sites(client: FlaskClient) -> None:
    cookie = client.post("/try", data={"text": "hi"}).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_looking_at_the_page_sets_no_cookie_and_keeps_nothing(client: FlaskClient) -> None:
    response = client.get("/try")
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "note", ["", "{", "[1]", '[["a"]]', '{"a": 1}', "[" * 40_000, "null", '[["a", "b"]]']
)
def test_a_talk_that_the_form_did_not_carry_is_an_empty_talk(note: str) -> None:
    assert carried(note, SEAL) == ()


def test_a_carried_talk_is_read_back_and_one_made_elsewhere_is_not() -> None:
    talk = [["hi", 0], ["Hello", 1]]
    assert carried(SEAL.dumps(talk), SEAL) == (Line("hi"), Line("Hello", 1))
    assert carried(_seal(b"another key", "ann").dumps(talk), SEAL) == ()
    assert carried(_seal(b"a key", "bob").dumps(talk), SEAL) == ()


def test_another_site_cannot_speak_for_the_person(client: FlaskClient) -> None:
    forged = client.post("/try", data={"text": "STOP"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert forged.status_code == 403
    assert "Set-Cookie" not in forged.headers


def test_half_a_character_breaks_nothing(client: FlaskClient) -> None:
    assert client.post("/try", data={"text": "\ud83d hi".encode("utf-8", "surrogatepass")}).status_code == 200


def test_a_long_talk_keeps_its_end(client: FlaskClient) -> None:
    browser = Browser(client)
    for n in range(60):
        page = browser.says(f"line {n} " + "x" * 1500)
    assert "line 59 " in page
    assert "line 0 " not in page
    assert len(page) < 200_000


def test_any_form_is_answered(client: FlaskClient) -> None:
    for data in ({}, {"text": "\x00\ufffd"}, {"text": "a" * 5000}, {"turn": "x" * 500, "talk": "[]"}):
        assert client.post("/try", data=data).status_code == 200
