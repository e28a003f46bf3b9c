"""A place that is not all that was typed is told, with what it was read as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

import web
from directory.answers import Located, Place
from directory.model import Point
from tests.web import fakes
from tests.web.reading import read
from web.placed import leaves_out

SOMEWHERE = Point(40.0, -75.1)


def place(label: str, state: str, kind: str = "city", code: str = "") -> Place:
    return Place(label, SOMEWHERE, kind, state, code)


PHILADELPHIA = place("Philadelphia, PA", "PA")
CHICAGO = place("Chicago, IL", "IL")
ZIP = place("60614 (Chicago, IL)", "IL", "zip", "60614")


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("Kensington Philadelphia", PHILADELPHIA),
        ("South Side Chicago", CHICAGO),
        ("100 W Randolph St, Chicago IL", CHICAGO),
        ("60614 Lincoln Park", ZIP),
    ],
)
def test_words_that_are_no_part_of_the_place_are_seen(typed: str, read_as: Place) -> None:
    assert leaves_out(typed, read_as)


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("chicago", CHICAGO),
        ("Chicago, Illinois, USA", CHICAGO),
        ("in Chicago il.", CHICAGO),
        ("60614", ZIP),
        ("60614-1234", ZIP),
        ("Chicago IL 60614", ZIP),
        ("st louis mo", place("Saint Louis, MO", "MO")),
        ("new york city", place("New York, NY", "NY")),
        ("Kansas City", place("Kansas City, MO", "MO")),
        ("cook county", place("Cook County, IL", "IL", "county")),
        ("coeur d'alene", place("Coeur D Alene, ID", "ID")),
        ("washington dc", place("Washington, DC", "DC")),
        ("41.9,-87.6", place("41.900, -87.600", "IL", "point")),
    ],
)
def test_another_spelling_leaves_nothing_out(typed: str, read_as: Place) -> None:
    assert not leaves_out(typed, read_as)


class Gazetteer:
    def locate(self, _words: str) -> Located:
        return Located(fakes.HERE)


@pytest.fixture
def near_here(parts: web.Services) -> Callable[[], FlaskClient]:
    over = replace(parts, gazetteer=Gazetteer())  # type: ignore[arg-type]
    return fakes.app_over(over).test_client


def test_a_neighbourhood_that_was_dropped_is_said(near_here: Callable[[], FlaskClient]) -> None:
    client = near_here()
    note = "We read “South Side Chicago” as Chicago, IL."
    assert (
        note in read(client.post("/search", data={"near": "South Side Chicago", "need": "food"}).text).words
    )
    plain = read(client.post("/search", data={"near": "chicago illinois", "need": "food"}).text).words
    assert "We read" not in plain


def test_the_api_warns_of_it(near_here: Callable[[], FlaskClient]) -> None:
    client = near_here()
    told = client.get("/api/service_at_locations?near=South+Side+Chicago").get_json()["warnings"]
    assert told == [{"parameter": "near", "message": "is read as Chicago, IL, and not all of it"}]
    assert client.get("/api/service_at_locations?near=chicago").get_json()["warnings"] == []
