"""The arrays answer what Whoosh answers over them, and words are found in the forms people type."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.query import And, Or, Phrase, Prefix, Query, Term

from directory.answers import Query as Asked
from directory.search import Search, postings
from directory.search.nearness import Runs
from directory.search.words import FIELD, Clause, Words
from tests.worlds import entry, searchable

# Stems that are themselves, one the beginning of another, one of another script.
VOCABULARY = ("hope", "hop", "h", "bridg", "lotu", "2nd", "дом")
Corpus = list[tuple[list[str], ...]]


def words_of(corpus: Corpus) -> Words:
    """The word index of these listings; of each its texts by field."""
    collector = postings.Collector()
    for row, texts in enumerate(corpus):
        collector.add(row, texts)
    order = np.arange(len(corpus))
    return Words(postings.merged([collector.occurrences()], order), len(corpus))


text = st.lists(st.sampled_from(VOCABULARY), max_size=6).map(" ".join)
listing = st.tuples(*[st.lists(text, max_size=2)] * 4)
corpora = st.lists(listing, min_size=1, max_size=12)
word = st.sampled_from((*VOCABULARY, "nowher"))
single = word.map(lambda said: Term(FIELD, said))
leaves = st.one_of(
    single,
    st.lists(word, min_size=2, max_size=3).map(lambda said: Phrase(FIELD, said)),
    st.sampled_from(["h", "ho", "d", "д", ""]).map(lambda said: Prefix(FIELD, said)),
)
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(And), st.lists(inner, min_size=1, max_size=3).map(Or)
    ),
    max_leaves=6,
)


def by_whoosh(words: Words, query: Query) -> dict[int, float]:
    return {hit.docnum: hit.score for hit in words.searcher.search(query, limit=None)}


@settings(max_examples=250, deadline=None)
@given(corpora, queries)
def test_the_arrays_find_what_whoosh_finds(corpus: Corpus, query: Query) -> None:
    words = words_of(corpus)
    assert words._rows(query, None).tolist() == sorted(by_whoosh(words, query))
    every = np.arange(len(corpus))
    assert every[words._look(query, every).worth > 0].tolist() == sorted(by_whoosh(words, query))


@settings(max_examples=150, deadline=None)
@given(corpora, queries, st.lists(st.integers(0, 12), min_size=2, max_size=4, unique=True))
def test_within_runs_is_the_same_and_nothing_else(corpus: Corpus, query: Query, cuts: list[int]) -> None:
    words, cuts = words_of(corpus), sorted(cuts)[: len(cuts) // 2 * 2]
    within = Runs(np.array(cuts[::2]), np.array(cuts[1::2]))
    inside = set(within.rows().tolist())
    assert words._rows(query, within).tolist() == [r for r in sorted(by_whoosh(words, query)) if r in inside]


@settings(max_examples=150, deadline=None)
@given(corpora, single)
def test_the_score_of_a_word_is_whooshs(corpus: Corpus, query: Query) -> None:
    words = words_of(corpus)
    scores = by_whoosh(words, query)
    rows = np.array(sorted(scores), np.int64)
    ours = words._look(query, rows).worth * words._idf(query)
    assert ours.tolist() == pytest.approx([scores[row] for row in rows.tolist()])


def test_the_last_words_of_a_text_without_end_are_no_phrase_with_themselves() -> None:
    words = words_of([(["hope"], [], [], ["x " * 17_000 + "bridge lotus bridge"])])
    there = Clause(phrases=(("bridg", "bridg"),))
    assert words.all_of([there], None).rows.tolist() == []


@pytest.mark.parametrize(
    ("texts", "phrase", "there"),
    [
        (("hope house",), ("hope", "hous"), True),
        (("house hope",), ("hope", "hous"), False),
        (("the hope", "house"), ("hope", "hous"), False),  # one text ends, another begins
        (("hope of house",), ("hope", "hous"), False),
        (("hope hope house",), ("hope", "hous"), True),
        (("hope",), ("hope", "hope"), False),
    ],
)
def test_a_phrase_is_words_in_a_row_of_one_text(
    texts: tuple[str, ...], phrase: tuple[str, ...], there: bool
) -> None:
    found = words_of([(list(texts), [], [], [])]).all_of([Clause(phrases=(phrase,))], None)
    assert found.rows.tolist() == [0] * there


# What listings say, in one directory; then what finds which of them.
SAID = {
    "es": "Atendemos a los niños y las familias del barrio para la alimentación con una enfermera",
    "fr": "Nous accueillons les femmes et des enfants dans une maison avec des éducatrices",
    "pt": "Acolhemos os moradores da rua com uma refeição e orientações para os jovens",
    "ru": "Бесплатные консультации психологов для семей и подростков",
    "ar": "نقدم المساعدات للاجئين والعائلات في المدينة",
    "hi": "लड़कियों और परिवारों के लिए किताबें मिलती हैं",
    "pl": "Rozmowy w domach dla rodzin oraz z opiekunami, to jest na miejscu",
    "zh": "提供免费法律咨询和心理辅导",
    "ko": "한국어 상담과 가족 모임",
    "vi": "Quán phở cho người già",
    "vi, other": "Pho Street gathering",
    "ctr": "Lakeview Ctr",
    "accents": "Café Olé",
}
FINDS = [
    ("es", "enfermeras", "es"), ("es", "barrios", "es"), ("es", "niño", "es"), ("es", "nino", "es"),
    ("fr", "éducatrice", "fr"), ("fr", "maisons", "fr"), ("fr", "enfant", "fr"),
    ("pt", "moradoras", "pt"), ("pt", "orientação", "pt"), ("pt", "morador", "pt"),
    ("ru", "консультация", "ru"), ("ru", "психолог", "ru"), ("", "подросток подросткам", "ru"),
    ("ar", "مدينة", "ar"), ("ar", "المدينه", "ar"),
    ("hi", "किताब", "hi"), ("hi", "परिवार", "hi"),
    ("pl", "opiekunowie opiekunami", "pl"), ("pl", "rozmowa", "pl"), ("pl", "rodziny", "pl"),
    ("zh-Hans", "咨询", "zh"), ("zh-Hans", "律咨", "zh"), ("ko", "모임", "ko"),
    ("", "lakeview center", "ctr"), ("", "lakeview centre", "ctr"), ("", "LAKEVIEW CNTR", "ctr"),
    ("", "cafe ole", "accents"), ("", "CAFÉ", "accents"), ("", "cafe\u0301", "accents"),
]  # fmt: skip


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    rows = (entry(key, name=f"Number {key}", description=said) for key, said in SAID.items())
    return searchable(tmp_path_factory.mktemp("words"), *rows)


def test_a_word_that_stands_in_another_form_is_not_taken_for_misspelt(tmp_path: Path) -> None:
    """One spelt nearly so stands in a name; "pescadora" has the stem of a listing's own word."""
    said = "Atendemos a los pescadores y las familias del barrio"
    search = searchable(tmp_path, entry("1", description=said), entry("2", name="Casa Pescado"))
    results = search.search(Asked(text="pescadora", language="es"))
    assert results.understood.corrected == ()
    assert [hit.listing.service.description for hit in results.hits] == [said]


def found(search: Search, query: str, language: str = "") -> list[str]:
    hits = search.search(Asked(text=query, language=language)).hits
    return [hit.listing.service.name.removeprefix("Number ") for hit in hits]


@pytest.mark.parametrize(("language", "query", "key"), FINDS)
def test_a_word_is_found_in_another_form(search: Search, language: str, query: str, key: str) -> None:
    assert found(search, query, language)[:1] == [key]


@pytest.mark.parametrize("query", ["咨心", "导心", "市场", "담상"])
def test_letters_that_do_not_stand_together_are_not_found(search: Search, query: str) -> None:
    assert found(search, query) == []


def test_exact_spelling_comes_first_and_plain_letters_find_both(search: Search) -> None:
    assert found(search, "phở", "vi") == ["vi", "vi, other"]
    assert set(found(search, "pho", "vi")) == {"vi", "vi, other"}


@pytest.mark.parametrize("query", ['"free legal aid clinic"', "“lakeview ctr”", '"lakeview center"'])
def test_quotes_ask_for_words_in_a_row(search: Search, query: str) -> None:
    assert found(search, query) == ([] if "legal" in query else ["ctr"])
    assert found(search, '"ctr lakeview"') == []
