"""Words that were looked for and are not there are named, as they were typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.answers import Query
from directory.search import Search
from tests.worlds import CHICAGO, entry, searchable


@pytest.fixture
def search(tmp_path: Path) -> Search:
    return searchable(
        tmp_path,
        entry("1", name="Hope Bridge", needs=["detox"]),
        entry("2", name="Hope House", needs=["detox"], description="For veterans."),
        entry("3", name="Harbor Home", needs=["shelter"]),
    )


def test_a_word_that_nothing_has_is_told_of_the_whole(search: Search) -> None:
    results = search.search(Query(text="hope Xyzzy", place=CHICAGO))
    assert (results.total, results.words, results.missing) == (2, ("hope", "Xyzzy"), ("Xyzzy",))
    assert [hit.missing for hit in results.hits] == [("Xyzzy",)] * 2


def test_words_that_nothing_has_together_are_told_of_each(search: Search) -> None:
    results = search.search(Query(text="bridge house", place=CHICAGO))
    assert results.any_word
    assert results.missing == ()
    missing = {hit.listing.service.name: hit.missing for hit in results.hits}
    assert missing == {"Hope Bridge": ("house",), "Hope House": ("bridge",)}


def test_beside_a_need_it_is_the_same(search: Search) -> None:
    lost = search.search(Query(text='detox "quiet xyzzy" veterans', place=CHICAGO))
    assert lost.understood.needs == ("detox",)
    assert lost.missing == ("quiet xyzzy",)


def test_what_was_looked_for_beside_a_need_is_told(search: Search) -> None:
    results = search.search(Query(text="veterans detox", place=CHICAGO))
    assert (results.total, results.words, results.missing) == (1, ("veterans",), ())
    assert search.search(Query(text="detox", place=CHICAGO)).words == ()
