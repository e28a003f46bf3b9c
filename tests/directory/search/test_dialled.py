"""A phone number in the search box brings whoever lists it; a ZIP code is never one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from directory.answers import Query, Sort
from directory.model import Entry, Phone, Point
from directory.needs import load_needs
from directory.search import Search, dialled, meanwhile
from tests.worlds import CHICAGO, NOW, entry, imported, open_store, searchable

NUMBER = "+12065550143"
WRITINGS = (
    "206-555-0143", "(206) 555 0143", "(206)555-0143", "+1 206 555 0143", "+12065550143", "2065550143",
    "1-206-555-0143", "1 (206) 555-0143", "206.555.0143", "206/555-0143", "206 - 555 - 0143", "206–555–0143",
    "tel:+12065550143", "206-555-0143 ext. 5", "\u2066206-555-0143\u2069", "٢٠٦ ٥٥٥ ٠١٤٣",
    "call 206-555-0143", "Whose number is 206-555-0143?", "phone number 206-555-0143", "¿De quién es 206-555-0143?",
    "206-555-0143 是谁的", "555-0143", "5550143", "555 0143", "whose number is 5550143",
)  # fmt: skip


def at(miles: float) -> Point:
    """So far north of Chicago."""
    return Point(CHICAGO.point.latitude + miles / 69, CHICAGO.point.longitude)


def rows() -> Iterable[Entry]:
    yield entry("listed", phone=NUMBER, needs=["detox"], point=at(1500), access={"pets": "no"})
    yield entry("other", phone="+13125550199", needs=["detox"], point=at(1), description="206 555 0143")
    yield entry("zip", phone="+16061412345", needs=["food"], point=at(2))
    yield entry("bare", phone="6061234", point=at(3))


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    return searchable(tmp_path_factory.mktemp("dialled"), *rows())


def names(search: Search, text: str, **query: object) -> list[str]:
    hits = search.search(Query(text=text, **query)).hits  # type: ignore[arg-type]
    return [hit.listing.service.name for hit in hits]


@pytest.mark.parametrize("text", WRITINGS)
def test_a_number_in_any_usual_writing_brings_who_lists_it(search: Search, text: str) -> None:
    results = search.search(Query(text=text, place=CHICAGO, radius=25, min_results=3))
    assert [hit.listing.service.name for hit in results.hits] == ["Service listed"]
    assert "number" in {reason.code for reason in results.hits[0].why}
    assert (results.understood.needs, results.words, results.widened) == ((), (), False)


@pytest.mark.parametrize(
    "text", ["60614", "60614-1234", "606141234", "60614 1234", "60614 60615", "988", "741741"]
)
def test_a_zip_code_or_a_short_number_is_no_phone_number(search: Search, text: str) -> None:
    hits = search.search(Query(text=text)).hits
    assert all(reason.code != "number" for hit in hits for reason in hit.why)


@pytest.mark.parametrize("text", ["detox 206-555-0143", "206-555-0143 60614", "206-555-0143 312-555-0199"])
def test_a_number_beside_other_things_is_words_as_before(search: Search, text: str) -> None:
    hits = search.search(Query(text=text)).hits
    assert all(reason.code != "number" for hit in hits for reason in hit.why)


def test_seven_digits_that_end_two_numbers_are_nobodys(tmp_path: Path) -> None:
    search = searchable(tmp_path, entry("1", phone=NUMBER), entry("2", phone="+13125550143"))
    assert names(search, "555-0143") == []
    assert names(search, "312-555-0143") == ["Service 2"]


def test_a_number_that_nobody_lists_is_words_as_before(search: Search) -> None:
    assert names(search, "206-555-0143") == ["Service listed"]
    assert names(search, "206-555-0144") == ["Service other"], "by its description"


def test_filters_hold_for_a_number_too(search: Search) -> None:
    assert names(search, NUMBER, needs=frozenset({"detox"})) == ["Service listed"]
    assert names(search, NUMBER, needs=frozenset({"food"})) == []
    assert names(search, NUMBER, wishes={"pets": "yes"}) == []
    assert names(search, NUMBER, place=CHICAGO, radius=25) == []
    assert names(search, NUMBER, place=CHICAGO, sort=Sort.DISTANCE) == ["Service listed"]
    assert len(search.ranked(Query(text=NUMBER, place=CHICAGO, sort=Sort.DISTANCE)).ids) == 1


def test_a_number_of_the_place_or_the_organization_counts(tmp_path: Path) -> None:
    made = entry("1", phone="")
    [place] = made.places
    location = replace(place.location, phones=(Phone("p1", "+12065550101"),))
    entries = replace(
        made,
        organization=replace(made.organization, phones=(Phone("p2", "+12065550102"),)),
        places=(replace(place, location=location, phones=(Phone("p3", "+12065550103"),)),),
    )
    search = searchable(tmp_path, entries)
    for last in "123":
        assert names(search, f"206-555-010{last}") == ["Service 1"]


def test_a_changed_number_is_found_at_once_and_the_old_one_no_more(tmp_path: Path) -> None:
    search = searchable(tmp_path, *rows())
    imported(open_store(tmp_path)[0], entry("listed", phone="+12065550177", point=at(1500)))
    assert names(search, "206-555-0177") == ["Service listed"]
    assert names(search, "206-555-0143") == ["Service other"], "by its description"
    assert names(search, "555-0177") == ["Service listed"]


@pytest.mark.parametrize("text", ["206-555-0143", "555-0143"])
def test_it_is_found_in_the_database_while_there_is_no_index(tmp_path: Path, text: str) -> None:
    engine, store = open_store(tmp_path)
    imported(engine, *rows())
    found = meanwhile.index_for(store, load_needs(), Query(text=text))
    assert found.segments[0].dialled.rows_of(NUMBER).tolist() == [0]
    assert len(found.segments[0]) == 1
    search = Search(store, load_needs(), tmp_path / "index", lambda: NOW)
    search._follower.index = lambda: None  # type: ignore[method-assign]
    assert names(search, text) == ["Service listed"]


def test_keys_of_numbers_are_their_own(search: Search) -> None:
    numbers = [NUMBER, "5550143", "+13125550143", "+445550143", "+525512345678"]
    assert len(set(map(dialled.key, numbers))) == len(numbers)
    assert [dialled.key(number) for number in ("", "988", "741741", "1" * 16)] == [0, 0, 0, 0]
