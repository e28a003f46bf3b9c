"""One listing by its id: that one, as it is now, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.answers import Query
from directory.model import Point
from directory.search import Search
from tests.worlds import CHICAGO, entry, imported, open_store, searchable

ONE = entry("1", name="Hope", point=Point(41.9, -87.63))
ID = ONE.places[0].id


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    return searchable(tmp_path_factory.mktemp("hit"), ONE, entry("2", status="inactive"))


def test_it_stands_as_it_would_in_results(search: Search) -> None:
    hit = search.hit(ID, CHICAGO)
    [found] = search.search(Query(place=CHICAGO)).hits
    assert hit is not None
    assert (hit.listing, hit.open) == (found.listing, found.open)
    assert hit.distance_miles == pytest.approx(found.distance_miles)


def test_one_that_is_not_active_is_still_known_by_its_id(search: Search) -> None:
    assert search.hit(entry("2").places[0].id) is not None


@pytest.mark.parametrize(
    "other", ["", ID[:-1], ID + "x", ID + "\0", ID + ID, ID.upper(), "\ud800", "\0", "é" * 36, "x" * 10_000]
)
def test_an_id_that_is_none_finds_nothing(search: Search, other: str) -> None:
    assert search.hit(other) is None


def test_an_edit_and_a_removal_show(tmp_path: Path) -> None:
    search, engine = searchable(tmp_path, ONE), open_store(tmp_path)[0]
    imported(engine, entry("1", name="Renamed", point=Point(41.9, -87.63)))
    hit = search.hit(ID)
    assert hit is not None
    assert hit.listing.service.name == "Renamed"
