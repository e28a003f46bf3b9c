"""What the headers keep from others, and what the pages never do."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import Any, Never

import pytest
from flask import Flask
from flask.testing import FlaskClient

import web
from tests.web import fakes
from tests.web.reading import read

SERVICE = f"/services/{fakes.made_id('service', 'detox')}"
EVERY_DOOR = (
    "/",
    SERVICE,
    "/privacy",
    "/about",
    "/no-such-page",
    "/search?near=60614",
    "/search?radius=x",
    "/try",
)
POLICY = {
    "default-src": "'none'",
    "connect-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "script-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


@pytest.mark.parametrize("path", [*EVERY_DOOR, "/api/", "/api/no-such-thing", "/static/site.css", "/healthz"])
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        headers = answer.headers
    policy = dict(part.split(maxsplit=1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy == POLICY
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "geolocation=(self)" in headers["Permissions-Policy"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in headers


def test_an_address_with_tls_stays_with_tls(parts: web.Services) -> None:
    public = replace(parts, settings=replace(parts.settings, public_url="https://help.example.org"))
    headers = fakes.app_over(public).test_client().get("/").headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("path", EVERY_DOOR)
def test_nothing_is_loaded_from_anyone_else(client: FlaskClient, path: str) -> None:
    for tag in read(client.get(path).text).tags:
        loaded = tag["src"] or (tag["href"] if tag.name in ("link", "use") else "")
        assert not loaded or loaded.startswith(("/static/", "#"))
        if tag.name == "form":
            assert tag["action"].startswith("/")


def test_only_a_file_under_its_own_mark_may_be_kept(client: FlaskClient) -> None:
    sheet = read(client.get("/").text).all("link")[1]["href"]
    assert re.fullmatch(r"/static/site\.css\?v=[0-9a-f]{12}", sheet)
    with client.get(sheet) as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    with client.get("/static/site.css?v=000000000000") as answer:
        assert answer.headers["Cache-Control"] == "no-store"
    missing = client.get("/static/none.css?" + sheet.partition("?")[2])
    assert (missing.status_code, missing.headers["Cache-Control"]) == (404, "no-store")


def test_searching_and_reading_set_no_cookie(client: FlaskClient) -> None:
    for answer in (
        *map(client.get, EVERY_DOOR[:-1]),
        client.post("/search", data={"near": "60614", "need": "food"}),
    ):
        assert "Set-Cookie" not in answer.headers


def test_a_form_larger_than_a_search_is_refused_with_a_page(client: FlaskClient) -> None:
    answer = client.post("/search", data={"q": "x" * 100_000})
    assert answer.status_code == 413
    assert "Use a few words." in answer.text


def test_a_method_that_is_none_says_which_are(client: FlaskClient) -> None:
    answer = client.post("/privacy")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "Start again from the search page." in answer.text


def test_a_program_gets_its_errors_as_problem_documents(client: FlaskClient) -> None:
    answer = client.get("/api/no-such-thing")
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["status"] == 404


class Broken:
    """A directory that fails with what was asked in its message."""

    def search(self, query: Any) -> Never:
        raise RuntimeError(f"cannot search {query}")

    hit = search


@pytest.fixture
def broken(parts: web.Services) -> Flask:
    return fakes.app_over(replace(parts, directory=Broken()), TESTING=False, DEBUG=False)  # type: ignore[arg-type]


def test_when_something_breaks_the_page_still_tells_where_help_is(broken: Flask) -> None:
    answer = broken.test_client().post("/search", data={"near": "60614", "q": "my secret"})
    assert answer.status_code == 500
    page = read(answer.text)
    assert "Sorry, something broke" in page.words
    assert {"tel:911", "tel:988", "tel:211"} <= set(page.links())
    assert answer.headers["Cache-Control"] == "no-store"


def test_when_something_breaks_the_log_says_where_in_the_code_and_nothing_of_the_search(
    broken: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        broken.test_client().post(
            "/search?near=60614", data={"near": "60614", "q": "my secret", "need": "detox"}
        )
        broken.test_client().get("/search?near=60614&q=my+secret")
    assert re.search(r"RuntimeError at test_safety\.py:\d+ < asking\.py:\d+ < pages\.py:\d+", caplog.text)
    for word in ("60614", "secret", "detox", "/search", "127.0.0.1", "Chicago"):
        assert word not in caplog.text
