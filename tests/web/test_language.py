"""In which language a page answers, and how one changes it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web import fakes
from tests.web.reading import read
from translations import languages
from web.language import say

SERVICE = f"/services/{fakes.made_id('service', 'two')}"
JUNK = ("", "xx", "../../etc", "es;q=0", "%00", "qaa-Hans-CN-x-", "🙂", "es\n", "a" * 900)


def spoken(client: FlaskClient, path: str = "/", **more: object) -> str:
    answer = client.post(path, **more) if "data" in more else client.get(path, **more)
    page = read(answer.text)
    assert answer.headers["Content-Language"] == page.tags[0]["lang"]
    return page.tags[0]["lang"]


def browser(wishes: str) -> dict[str, str]:
    return {"Accept-Language": wishes}


def test_the_order_is_address_form_cookie_browser_english(client: FlaskClient) -> None:
    assert spoken(client) == "en"
    assert spoken(client, headers=browser("es-MX,es;q=0.9,en;q=0.8")) == "es"
    client.set_cookie("lang", "es")
    assert spoken(client, headers=browser("en")) == "es"
    assert spoken(client, "/search", data={"lang": "en", "near": "60614"}) == "en"
    assert spoken(client, "/search?lang=es", data={"lang": "en", "near": "60614"}) == "es"


@pytest.mark.parametrize("junk", JUNK)
def test_what_we_do_not_speak_counts_as_not_said(client: FlaskClient, junk: str) -> None:
    client.set_cookie("lang", "es")
    assert spoken(client, "/", query_string={"lang": junk}) == "es"
    assert spoken(client, "/search", data={"lang": junk}) == "es"
    client.set_cookie("lang", junk.replace("\n", ""))
    assert spoken(client, headers=browser("es")) == "es"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    address=st.text(max_size=30),
    cookie=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=20),
)
def test_no_language_breaks_a_page(client: FlaskClient, address: str, cookie: str) -> None:
    client.set_cookie("lang", cookie)
    answer = client.get("/privacy", query_string={"lang": address})
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] in languages()


@pytest.mark.parametrize(
    "path", ["/", "/privacy", "/about", SERVICE, "/no-such-page", "/search?near=springfield"]
)
def test_every_page_offers_each_language_in_its_own_name(client: FlaskClient, path: str) -> None:
    page = read(client.get(path).text)
    switch = {tag["lang"]: tag for tag in page.all("a") if tag["hreflang"]}
    assert {tag: link.words for tag, link in switch.items()}["es"] == "Español"
    assert list(switch) == list(languages())
    assert switch["en"]["aria-current"] == "true"
    assert spoken(client, switch["es"]["href"]) == "es"
    assert switch["es"]["href"].partition("?")[0] == path.partition("?")[0]


def test_a_list_changes_its_language_without_losing_the_search(client: FlaskClient) -> None:
    page = read(client.post("/search", data={"near": "60614", "need": "food"}).text)
    button = next(tag for tag in page.all("button") if tag["lang"] == "es")
    hidden = {"near": page.fields("near")[0], "need": "food", "radius": page.fields("radius")[0]}
    again = client.post(button["formaction"], data=hidden)
    assert "2 lugares cerca de 60614 (Chicago, IL)" in read(again.text).words


def test_a_choice_is_kept_until_the_browser_closes_and_says_nothing_else(client: FlaskClient) -> None:
    answer = client.get("/?lang=es")
    assert answer.headers["Set-Cookie"] == "lang=es; HttpOnly; Path=/; SameSite=Lax"
    assert "Set-Cookie" not in client.get("/?lang=xx").headers
    assert spoken(client, "/about") == "es"


def test_without_cookies_links_and_forms_carry_the_choice(client: FlaskClient) -> None:
    page = read(client.get("/?lang=es").text)
    assert "/privacy?lang=es" in page.links()
    assert page.fields("lang") == ["es"]
    results = read(client.post("/search", data={"lang": "es", "near": "60614", "need": "food"}).text)
    assert "es" in results.form("again")["lang"]
    assert any(link.startswith("/services/") and link.endswith("?lang=es") for link in results.links())


def test_a_browser_in_spanish_needs_nothing_carried(client: FlaskClient) -> None:
    page = read(client.get("/", headers=browser("es")).text)
    assert "/privacy" in page.links()
    assert page.fields("lang") == []


def test_days_numbers_and_words_are_those_of_the_language(client: FlaskClient) -> None:
    detox = f"/services/{fakes.made_id('service', 'detox')}"
    words = read(client.get(detox, headers=browser("es")).text).words
    for said in (
        "Revisado el 3 nov 2026",
        "¿Puedo llegar sin cita? Sí",
        "lunes 24 horas",
        "De 18 años en adelante",
    ):
        assert said in words


def test_the_crisis_line_is_told_as_it_works_in_spanish(client: FlaskClient) -> None:
    words = read(client.get("/", headers=browser("es")).text)
    danger = next(tag for tag in words.tags if tag["class"] == "danger").words
    assert "oprima 2" in danger
    assert "AYUDA" in danger


def test_words_of_a_data_file_are_said_as_they_stand(client: FlaskClient) -> None:
    with client.application.test_request_context(headers=browser("es")):
        assert say("") == "", "the empty message is the header of a catalogue"
        assert say("100% free (%s)") == "100% free (%s)"
