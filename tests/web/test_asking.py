"""Words that a search finds by luck alone are read as a text message is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from msgspec import structs

import web
from directory.answers import Query, Results
from tests.web import fakes
from tests.web.reading import Page, read

Look = Callable[..., Page]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("place for my kids and me tonight", "Safe House"), ("i cant do this anymore", "Elm Street Outpatient")],
)
def test_what_is_told_as_in_a_text_is_found_by_need(
    look: Look, client: FlaskClient, typed: str, found: str
) -> None:
    assert found in look(near="60614", q=typed).words
    answer = client.get(
        "/api/service_at_locations", query_string={"near": "60614", "search": typed}
    ).get_json()
    assert found in str(answer["contents"])
    assert answer["understood"]["needs"]


def test_a_name_stays_a_name(client: FlaskClient) -> None:
    answer = client.get("/api/service_at_locations?search=maple+home+3&near=60614").get_json()
    assert answer["contents"][0]["service"]["name"] == "Maple Home 3"
    assert answer["understood"]["needs"] == []


def test_what_nobody_understands_is_looked_for_by_its_words(client: FlaskClient) -> None:
    answer = client.get("/api/service_at_locations?search=zzyzx+qwerty&near=60614").get_json()
    assert (answer["total_items"], answer["understood"]["needs"]) == (0, [])


class Luck:
    """The town's search, where some listing has all the words of any text."""

    def __init__(self, parts: web.Services) -> None:
        self._directory = parts.directory

    def search(self, query: Query) -> Results:
        return self._directory.search(structs.replace(query, text="bags") if query.text else query)


def test_under_a_danger_stands_no_place_that_only_shares_its_words(parts: web.Services) -> None:
    over = replace(parts, directory=Luck(parts))  # type: ignore[arg-type]
    client = fakes.app_over(over).test_client()
    page = read(client.post("/search", data={"near": "60614", "q": "my husband hits me"}).text)
    assert "Safe House" in page.words
    assert "Riverside Food Pantry" not in page.words


@pytest.mark.parametrize("typed", ["312-555-0111", "(312) 555 0111", "555-0111"])
def test_a_phone_number_is_whoever_lists_it(look: Look, client: FlaskClient, typed: str) -> None:
    page = look(near="springfield, mo", q=typed)
    assert "Harbor Detox Center" in page.words
    assert "It lists the number you typed." in page.words
    assert "Riverside Food Pantry" not in page.words
    asked = {"search": typed, "explain": "true"}
    (found,) = client.get("/api/service_at_locations", query_string=asked).get_json()["contents"]
    assert found["service"]["name"] == "Harbor Detox Center"
    assert "number" in [reason["code"] for reason in found["explain"]["reasons"]]
