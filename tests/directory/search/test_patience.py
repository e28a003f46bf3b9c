"""A search has a time: what comes after it is left out, and that is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from directory.answers import Query
from directory.model import Point
from directory.needs import load_needs
from directory.search import Search
from directory.search.patience import Patience
from tests.worlds import CHICAGO, NOW, entry, searchable

FAR = Point(44.0, -93.0)
ASKED = Query(place=CHICAGO, needs=frozenset({"food"}), count_facets=True)


def impatient(search: Search, folder: Path) -> Search:
    return Search(search._store, load_needs(), folder / "index", lambda: NOW, budget=-1.0)


@pytest.fixture
def search(tmp_path: Path) -> Search:
    return searchable(tmp_path, entry("1", needs=["food"]), entry("2", needs=["food"], point=FAR))


def test_what_was_found_is_told_without_counts_when_time_is_over(search: Search, tmp_path: Path) -> None:
    patient, hurried = search.search(ASKED), impatient(search, tmp_path).search(ASKED)
    assert patient.facets
    assert not patient.left_out
    assert hurried.left_out
    assert hurried == replace(patient, facets=(), left_out=True)


def test_a_search_without_time_looks_no_farther_than_the_first_circle(search: Search, tmp_path: Path) -> None:
    both = structs.replace(ASKED, min_results=2, radius=5.0)
    assert [len(each.search(both).hits) for each in (search, impatient(search, tmp_path))] == [2, 1]


def test_time_that_is_over_stays_over() -> None:
    now = iter([0.0, 0.5, 2.0, 0.5])
    patience = Patience(1.0, lambda: next(now))
    assert [patience.is_spent(), patience.is_spent(), patience.is_spent()] == [False, True, True]
