"""A text is read as needs, wishes and words; a name stays a name; no text is too strange."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from directory.answers import Query
from directory.search import Search
from directory.search.query_text import MAX_WORDS, Reading
from tests.worlds import CHICAGO, entry, searchable

NAMES = {
    "haymarket": "Haymarket Center", "hay": "Haymarket Detox of Hope", "hope": "Hope House",
    "food": "Food Not Bombs", "other": "Lotus Clinic", "detox": "Plain Detoxification",
    "open": "Open Door Shelter", "first": "First Step Recovery",
}  # fmt: skip
NEEDS = {
    "haymarket": ["outpatient"],
    "hay": ["detox"],
    "food": ["food"],
    "detox": ["detox"],
    "open": ["shelter"],
}


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    rows = (entry(key, name=name, needs=NEEDS.get(key, ()), description="Lakeview help desk" * (key == "other"))
            for key, name in NAMES.items())  # fmt: skip
    return searchable(tmp_path_factory.mktemp("texts"), *rows)


def read(search: Search, text: str, language: str = "") -> Reading:
    index = search._follower.index()
    assert index is not None
    return search._read(index, Query(text=text, language=language))


def terms(reading: Reading) -> list[str]:
    """The first way each clause of the rest is looked for."""
    return [(clause.terms or [(" ".join(clause.phrases[0]), 1.0)])[0][0] for clause in reading.rest]


def names(search: Search, text: str) -> list[str]:
    return [hit.listing.service.name for hit in search.search(Query(text=text)).hits]


@pytest.mark.parametrize(
    ("text", "needs", "rest"),
    [
        ("Haymarket Center", (), ["haymarket", "center"]),
        ("hope house", (), ["hope", "hous"]),
        ("haymarket detox", ("detox",), ["haymarket"]),
        ("detox haymarket", ("detox",), ["haymarket"]),
        ("detox at haymarket", ("detox",), ["haymarket"]),
        ("detox", ("detox",), []),
        ("DETOX!!!", ("detox",), []),
        ("the", (), []),
        ("help", (), ["help"]),
        ("first step", (), ["first", "step"]),
        ('"first step"', (), ["first step"]),
        ('"first step" detox', ("detox",), ["first step"]),
        ('"detox"', ("detox",), []),
        ('"hope', (), ["hope"]),
        ('""', (), []),
        ("hay market", (), ["hay", "market"]),
        ("", (), []),
        ("?!", (), []),
    ],
)
def test_a_text_is_needs_and_the_words_beside_them(
    search: Search, text: str, needs: tuple[str, ...], rest: list[str]
) -> None:
    reading = read(search, text)
    assert (reading.needs, terms(reading)) == (needs, rest)


@pytest.mark.parametrize("name", sorted(NAMES.values()))
@pytest.mark.parametrize("written", ["{}", "{}.", "  {}  ", '"{}"'])
def test_a_listing_called_by_its_name_comes_first(search: Search, name: str, written: str) -> None:
    if name == "Plain Detoxification" and '"' not in written:
        assert name in names(search, written.format(name))[:2]  # a need, and a word beside it
    else:
        assert names(search, written.format(name))[0] == name
        assert names(search, written.format(name.upper()))[0] == name


def test_a_need_and_a_word_find_the_one_that_has_both_first(search: Search) -> None:
    assert names(search, "haymarket detox")[0] == "Haymarket Detox of Hope"
    assert "Plain Detoxification" not in names(search, "haymarket detox")


def test_two_words_that_listings_write_as_one_find_it(search: Search) -> None:
    assert set(names(search, "hay market")) == {"Haymarket Center", "Haymarket Detox of Hope"}


def test_words_after_the_first_three_hundred_letters_are_not_read(search: Search) -> None:
    assert read(search, "zzz " * 75 + "detox").needs == ()
    assert read(search, "detox" + " zzz" * 200).needs == ("detox",)


def test_no_more_than_a_person_would_say_is_looked_for(search: Search) -> None:
    many = " ".join(f"w{n}" for n in range(80))
    assert len(read(search, many).rest) <= MAX_WORDS


@pytest.mark.parametrize("letters", ["一二三四五六七八九十" * 30, "가나다라마바사" * 40])
def test_no_more_letters_than_that_are_looked_for_in_a_row(search: Search, letters: str) -> None:
    [clause] = read(search, letters).rest
    assert [len(phrase) for phrase in clause.phrases] == [MAX_WORDS]


def test_a_word_said_twice_is_looked_for_once(search: Search) -> None:
    assert terms(read(search, "lotus lotus LOTUS lotus")) == ["lotus"]


def test_a_need_chosen_beside_the_text_narrows_what_the_text_means(search: Search) -> None:
    query = Query(text="alcohol", needs=frozenset({"detox"}))
    needs = {code for hit in search.search(query).hits for code in ("detox",) if code}
    assert needs == {"detox"}
    assert {hit.listing.service.name for hit in search.search(query).hits} == {
        "Haymarket Detox of Hope", "Plain Detoxification",
    }  # fmt: skip


STRANGE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\"“”«»'’*?~^[](){}\\|&+-:=<>/@#%$\x00\x1b\u200b\u202e\u2066\ufeff٠１½ﬁßİı한漢ा्"),
    ),
    max_size=350,
)


@settings(max_examples=300, deadline=None)
@given(STRANGE, st.sampled_from(["", "en", "es", "zh-Hans", "ar", "xx", "EN-us", "\x00"]))
@example("\ud800 detox \udfff", "")
@example("\ud800", "es")
@example('"' * 300, "")
@example('"\ud83d"', "")
@example("ﷺ" * 300, "ar")
@example("a\u0301" * 150, "")
@example("ᄀ" * 300, "ko")
def test_no_text_raises(text: str, language: str) -> None:
    for place in (None, CHICAGO):
        _made[0].search(Query(text=text, language=language, place=place))
    _made[0].suggest(text, language)


_made: list[Search] = []


@pytest.fixture(scope="module", autouse=True)
def _share(search: Search) -> None:
    _made.append(search)


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("methodone clinc", {"medication"}),
        ("clinica de metadona", {"medication"}),
        ("clinic", {"clinic"}),
        ("free clinic", {"clinic"}),
        ("doctor and food", {"clinic", "food"}),
    ],
)
def test_a_clinic_beside_another_need_is_where_that_is_met(
    search: Search, text: str, needs: set[str]
) -> None:
    assert set(read(search, text).needs) == needs
