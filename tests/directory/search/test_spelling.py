"""Misspelt words are read as meant; a word of the directory stays, and so does what is no word."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.answers import Query, Results, Understood
from directory.search import Search
from tests.worlds import entry, searchable

NAMES = (
    "Haymarket Center", "Methodist Hospital", "Hazelden House", "Salvation Army", "Phoenix Place",
    "Rosecrance Clinic", "Serenity Lane", "Casa Latina", "Narconon Hill", "Fountain Street Church",
)  # fmt: skip


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    rows = (entry(str(n), name=name) for n, name in enumerate(NAMES))
    return searchable(tmp_path_factory.mktemp("spelling"), *rows)


def read(search: Search, text: str, language: str = "") -> Understood:
    return search.search(Query(text=text, language=language)).understood


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("methodone", "medication"), ("metadone", "medication"), ("methadonne", "medication"),
        ("buprinorfin", "medication"), ("buprenorphin", "medication"), ("bupenorphine", "medication"),
        ("suboxen", "medication"), ("suboxine", "medication"), ("subaxone", "medication"),
        ("vivitrl", "medication"), ("naltrexon", "medication"), ("naltraxone", "medication"),
        ("narcn", "naloxone"), ("nacran", "naloxone"), ("noloxone", "naloxone"), ("naloxne", "naloxone"),
        ("detocks", "detox"), ("detoxx", "detox"), ("dtox", "detox"), ("withdrawl", "detox"),
        ("needleexchange", "syringe_services"), ("needel exchange", "syringe_services"),
        ("syrenge", "syringe_services"), ("rehabb", "residential"), ("inpateint", "residential"),
        ("fentynal", "medication"), ("herion", "medication"), ("alchohol", "outpatient"),
        ("shleter", "shelter"), ("homless", "shelter"), ("pantrie", "food"), ("foodpantry", "food"),
        ("docter", "clinic"), ("lawer", "legal"), ("psyciatrist", "mental_health"),
        ("therepy", "mental_health"), ("hosing", "housing"), ("transprt", "transport"),
    ],
)  # fmt: skip
def test_a_misspelt_need_is_read_as_meant(search: Search, said: str, need: str) -> None:
    assert need in read(search, said).needs


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("haymarkt", "haymarket"), ("haymaret center", "haymarket"), ("hazeldon", "hazelden"),
        ("salvtion army", "salvation"), ("rosecrans", "rosecrance"), ("serinity lane", "serenity"),
    ],
)  # fmt: skip
def test_a_misspelt_name_is_found_and_the_reading_is_told(search: Search, said: str, meant: str) -> None:
    results: Results = search.search(Query(text=said))
    assert (said.split(maxsplit=1)[0], meant) in results.understood.corrected
    assert meant in results.hits[0].listing.service.name.lower()


@pytest.mark.parametrize("said", ["needleexchange", "haymarkt", "shleter"])
def test_what_was_corrected_is_told_as_typed_and_as_read(search: Search, said: str) -> None:
    [(typed, as_read)] = read(search, said).corrected
    assert typed == said
    assert as_read != said


@pytest.mark.parametrize(
    "said",
    [
        "haymarket", "methodist hospital", "narconon", "casa latina", "fountain street", "serenity",
        "methodists", "HAYMARKET",
        "detox", "methadone", "suboxone", "narcan", "naltrexone", "alcohol", "shelter",
    ],
)  # fmt: skip
def test_a_word_that_is_known_stays(search: Search, said: str) -> None:
    assert read(search, said).corrected == ()


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("deputy", ""), ("died", ""), ("poison bleach", "en"), ("bleeding", "en"), ("tuesday", "en"),
        ("pero cuando", "es"), ("mañana", "es"), ("semaine demain", "fr"), ("quando amanhã", "pt"),
    ],
)  # fmt: skip
def test_a_word_of_the_language_stays_also_where_no_listing_has_it(
    search: Search, said: str, language: str
) -> None:
    assert read(search, said, language).corrected == ()


@pytest.mark.parametrize("said", ["nite", "yall", "prob", "fema"])
def test_a_short_word_is_no_slip_of_one_of_another_language(search: Search, said: str) -> None:
    assert read(search, said, "en").corrected == ()


def test_a_long_one_is(search: Search) -> None:
    assert "detox" in read(search, "desintoxicasion", "en").needs


@pytest.mark.parametrize(
    "said",
    ["xqzptv", "qwertyuiop", "zzzzzzzzzz", "zz", "q", "12345", "60614", "h3llo", "aaaaaaaaaaaaaaaaaaaaa",
     "комнатища", "市市市", "ززززز", "🙂", "x" * 300],
)  # fmt: skip
def test_nonsense_numbers_and_other_scripts_stay(search: Search, said: str) -> None:
    understood = read(search, said)
    assert (understood.corrected, understood.needs) == ((), ())


def test_every_process_reads_the_same(tmp_path: Path) -> None:
    """Sets of words stand in another order in each: of two that are as near all must take one."""
    code = (
        "from pathlib import Path; from tests.worlds import *; from directory.answers import Query\n"
        f"search = Search(Store(open_engine('sqlite://')), load_needs(), Path({str(tmp_path)!r}), lambda: NOW)\n"
        "from directory.search import build\nfrom directory.search.index import Index\n"
        "index = Index('', (build.small([], load_needs()),))\n"
        "for text in ('needel exchange', 'noung', 'latga', 'qixooti', 'craruur', 'la doktor san gratis'):\n"
        "    print(search._read(index, Query(text=text)))"
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parents[3],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
        )
        for seed in "12"
    ]
    one, other = (each.communicate()[0] for each in both)
    assert one == other != b""


def slips(word: str) -> st.SearchStrategy[str]:
    """One letter left out, doubled, or changed places with the next; not the first one."""
    at = st.integers(1, len(word) - 2)
    return st.one_of(
        at.map(lambda i: word[:i] + word[i + 1 :]),
        at.map(lambda i: word[:i] + word[i] + word[i:]),
        at.map(lambda i: word[:i] + word[i + 1] + word[i] + word[i + 2 :]),
    )


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(
        [("methadone", "medication"), ("suboxone", "medication"), ("buprenorphine", "medication"),
         ("naloxone", "naloxone"), ("naltrexone", "medication"), ("shelter", "shelter")]
    ).flatmap(lambda pair: st.tuples(slips(pair[0]), st.just(pair[1])))
)  # fmt: skip
def test_one_slip_in_a_long_word_costs_nobody_the_answer(pair: tuple[str, str]) -> None:
    said, need = pair
    assert need in read(_shared(), said).needs


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(
        [("naltrexone", True), ("vivitrol", True), ("naloxone", False), ("narcan", False)]
    ).flatmap(lambda pair: st.tuples(slips(pair[0]), st.just(pair[1])))
)
def test_no_slip_makes_naltrexone_of_naloxone_or_the_other_way(pair: tuple[str, bool]) -> None:
    said, is_naltrexone = pair
    understood = read(_shared(), said)
    if is_naltrexone:
        assert "naloxone" not in understood.needs
    else:
        assert "medication" not in understood.needs
        assert "naltrexone" not in understood.wishes.values()


_made: list[Search] = []


@pytest.fixture(scope="module", autouse=True)
def _share(search: Search) -> None:
    _made.append(search)


def _shared() -> Search:
    return _made[0]
