"""Which listings have these words: Whoosh's queries, run on our arrays; no type of Whoosh leaves.

Whoosh keeps the language of queries (And, Or, Term, Phrase, Prefix ...), the reader that answers
them and the model that scores; `ArrayReader` shows it our postings as an index of its own. The
four kinds that a person's search consists of are run on whole arrays, the same answers two orders
of magnitude sooner; any other kind is walked by Whoosh's matchers. A test holds the two together.
Traps of Whoosh-Reloaded 2.7.5 (docs/decisions/0001): never Searcher.refresh(); its own files hold
pickles, so none is ever written or read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from math import log
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import fields, formats, reading, scoring
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.query import And, Or, Phrase, Query, Term
from whoosh.searching import Searcher

from directory.search.distinct import distinct, merged
from directory.search.nearness import Runs
from directory.search.postings import NAME, WEIGHT_OF_MARK, WEIGHTS, Postings

Rows = NDArray[np.int64]
Scores = NDArray[np.float64]

FIELD: Final = "text"
_SCHEMA: Final = fields.Schema(
    text=fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True, spelling=False)
)
_MOST_KEPT: Final = 10_000
_BEST: Final = max(WEIGHTS)
_NAMED: Final = np.uint8(1 << NAME)
SPELT_OTHERWISE: Final = 0.2  # of a fit: "pho" where "phở" was asked for


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing a text asks for: any of some terms (each with what it is worth, 1 the most) or of
    some phrases. `bonus`: a term that is better to have. `said`: how it was typed, to be told."""

    terms: tuple[tuple[str, float], ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    bonus: str = ""
    said: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Match:
    """Rows that have the words, ascending. `fit`: 1 when all stand in names, less in descriptions.

    `named`: all of them stand in names. `count`: how many of the clauses are there.
    """

    rows: Rows
    fit: Scores
    named: NDArray[np.bool_]
    count: NDArray[np.int64]


class _Found(NamedTuple):
    """For each row: what its text is worth for a query, and in which fields it stands (a mark)."""

    worth: Scores
    marks: NDArray[np.uint8]


@lru_cache(maxsize=4096)
def as_query(clause: Clause) -> Query:
    """A clause in Whoosh's language."""
    terms = [Term(FIELD, term, boost=worth) for term, worth in clause.terms]
    return Or([*terms, *(Phrase(FIELD, list(words)) for words in clause.phrases)]).normalize()


class Words:
    """The word index of one segment. Safe to share between threads."""

    def __init__(self, postings: Postings, size: int) -> None:
        self.postings, self.size = postings, size
        self._numbers: dict[str, int] = {}  # of terms that were asked for and are there

    def frequency(self, clause: Clause) -> int:
        """In at most how many rows a clause is found."""
        return self._size(as_query(clause))

    def frequency_of(self, term: str) -> int:
        """In how many rows a term stands."""
        number = self._number(term)
        return self.postings.frequency(number) if number >= 0 else 0

    def all_of(self, clauses: Sequence[Clause], within: Runs | None, among: Rows | None = None) -> Match:
        """The rows that have every clause; only those of some runs, or among rows (ascending)."""
        ordered = sorted(clauses, key=self.frequency)
        rows = self._rows(as_query(ordered[0]), within) if among is None else among
        for clause in ordered[0 if among is not None else 1 :]:
            if not len(rows):
                break
            rows = rows[self._look(as_query(clause), rows).worth > 0]
        return self.weighed(clauses, rows)

    def any_of(self, clauses: Sequence[Clause], within: Runs | None) -> Match:
        """The rows that have some clause."""
        rows = [self._rows(as_query(clause), within) for clause in clauses]
        return self.weighed(clauses, merged(rows))

    def called(self, clauses: Sequence[Clause], within: Runs | None = None) -> Rows:
        """The rows that have every clause in a name, ascending."""
        ordered = [as_query(clause) for clause in sorted(clauses, key=self.frequency)]
        rows = self._rows(ordered[0], within)
        for query in ordered:
            rows = rows[(self._look(query, rows).marks & _NAMED) > 0]
        return rows

    def weighed(self, clauses: Sequence[Clause], rows: Rows) -> Match:
        """Given rows (ascending), with what they have of the clauses; none is left out."""
        fit, count, best = np.zeros(len(rows)), np.zeros(len(rows), np.int64), 0.0
        marks = np.full(len(rows), _NAMED)
        for clause in clauses:
            query = as_query(clause)
            found, idf = self._look(query, rows), self._idf(query)
            fit += found.worth * idf
            best += _BEST * idf
            count += found.worth > 0
            marks &= found.marks
        fit = fit / best if best else np.ones(len(rows))
        for bonus in filter(None, (clause.bonus for clause in clauses)):
            fit = fit - SPELT_OTHERWISE * (self._look(Term(FIELD, bonus), rows).worth == 0)
        return Match(rows, np.clip(fit, 0, 1), marks > 0, count)

    def _number(self, term: str) -> int:
        number = self._numbers.get(term, -1)
        if number < 0 and (number := self.postings.number(term)) >= 0:
            if len(self._numbers) >= _MOST_KEPT:
                self._numbers.clear()
            self._numbers[term] = number
        return number

    # Running Whoosh's queries on arrays: rows of a query, and its weight for given rows.

    def _rows(self, query: Query, within: Runs | None) -> Rows:
        if isinstance(query, Term):
            return self._rows_of(self._number(query.text), within)
        if isinstance(query, Or):
            return merged([self._rows(each, within) for each in query.subqueries])
        if isinstance(query, And):
            return self._rows_of_all(query.subqueries, within)
        if isinstance(query, Phrase):
            rows = self._rows_of_all([Term(FIELD, word) for word in query.words], within)
            return self._in_a_row(query.words, rows)
        return self._walked(query, within)

    def _rows_of(self, number: int, within: Runs | None) -> Rows:
        if number < 0:
            return np.empty(0, np.int64)
        start, end = self.postings.span(number)
        rows = self.postings.rows[start:end]
        if within is None:
            return rows.astype(np.int64)
        return rows[slices(rows, within).rows()].astype(np.int64)

    def _rows_of_all(self, queries: Sequence[Query], within: Runs | None) -> Rows:
        ordered = sorted(queries, key=self._size)
        rows = self._rows(ordered[0], within)
        for query in ordered[1:]:
            rows = rows[self._look(query, rows).worth > 0]
        return rows

    def _size(self, query: Query) -> int:
        if isinstance(query, Term):
            number = self._number(query.text)
            return self.postings.frequency(number) if number >= 0 else 0
        if isinstance(query, Phrase):
            return min(self._size(Term(FIELD, word)) for word in query.words)
        sizes = [self._size(each) for each in query.children()]
        return (min if isinstance(query, And) else sum)(sizes) if sizes else self.size

    def _look(self, query: Query, rows: Rows) -> _Found:
        """What each row's text is worth for a query; 0: it does not match."""
        if isinstance(query, Term):
            return self._look_up(query, rows)
        if isinstance(query, Or):
            found = [self._look(each, rows) for each in query.subqueries]
            return _Found(
                np.maximum.reduce([each.worth for each in found]),
                np.bitwise_or.reduce([each.marks for each in found]),
            )
        if isinstance(query, Phrase):
            found = [self._look_up(Term(FIELD, word), rows) for word in query.words]
            worth: Scores = np.minimum.reduce([each.worth for each in found])
            there = np.isin(rows, self._in_a_row(query.words, rows[worth > 0]), assume_unique=True)
            return _Found(
                np.asarray(worth * there, np.float64),
                np.bitwise_and.reduce([each.marks for each in found]) * there,
            )
        there = np.isin(rows, self._rows(query, None), assume_unique=True)
        return _Found(there.astype(np.float64), np.zeros(len(rows), np.uint8))

    def _look_up(self, term: Term, rows: Rows) -> _Found:
        number = self._number(term.text)
        if number < 0 or not len(rows):
            return _Found(np.zeros(len(rows)), np.zeros(len(rows), np.uint8))
        start, end = self.postings.span(number)
        # Of the list's own type: numpy would convert the whole list otherwise.
        wanted = rows.astype(self.postings.rows.dtype)
        listed = self.postings.rows[start:end]
        at = np.minimum(listed.searchsorted(wanted), end - start - 1)
        marks = self.postings.marks[start:end][at] * (listed[at] == wanted)
        return _Found(np.asarray(WEIGHT_OF_MARK[marks] * term.boost, np.float64), marks)

    def _idf(self, query: Query) -> float:
        """How telling a query is: that of the rarest term of a phrase, the commonest of a choice."""
        if isinstance(query, Or):
            return min((self._idf(each) for each in query.subqueries), default=1.0)
        if isinstance(query, Phrase):
            return max(self._idf(Term(FIELD, word)) for word in query.words)
        return log(self.size / (self._size(query) + 1)) + 1 if self.size else 1.0

    def _in_a_row(self, words: Sequence[str], rows: Rows) -> Rows:
        """Those of the rows (ascending, each having all words) where the words follow each other."""
        starts: NDArray[np.int64] | None = None
        for offset, word in enumerate(words):
            here = self._occurrences(word, rows) - offset
            starts = here if starts is None else np.intersect1d(starts, here, assume_unique=True)
        return np.empty(0, np.int64) if starts is None else distinct(starts >> 16)

    def _occurrences(self, word: str, rows: Rows) -> NDArray[np.int64]:
        """Where a word stands in some rows: row | field | place."""
        number = self._number(word)
        if number < 0 or not len(rows):
            return np.empty(0, np.int64)
        start, end = self.postings.span(number)
        at = start + self.postings.rows[start:end].searchsorted(rows.astype(self.postings.rows.dtype))
        first = self.postings.first
        runs = Runs(first[at].astype(np.int64), first[at + 1].astype(np.int64))
        owners = np.repeat(rows, runs.ends - runs.starts)
        return np.asarray((owners << 16) | self.postings.places[runs.rows()])

    def _walked(self, query: Query, within: Runs | None) -> Rows:
        """Any other query, by Whoosh's own matchers."""
        matcher = query.matcher(self.searcher, context=self.searcher.boolean_context())
        rows = np.fromiter(matcher.all_ids(), np.int64)
        return rows if within is None else rows[slices(rows, within).rows()]

    @cached_property
    def searcher(self) -> Searcher:
        """Whoosh's searcher over the same index."""
        return Searcher(ArrayReader(self.postings, self.size), weighting=FieldWeights())


def slices(rows: NDArray[Any], within: Runs) -> Runs:
    """Where in an ascending list of rows the rows of some runs stand."""
    kind = rows.dtype
    return Runs(rows.searchsorted(within.starts.astype(kind)), rows.searchsorted(within.ends.astype(kind)))


class ArrayReader(reading.IndexReader):  # type: ignore[misc]
    """Our arrays as Whoosh sees an index: one segment, one field."""

    def __init__(self, postings: Postings, size: int) -> None:
        self.schema = _SCHEMA
        self._postings, self._size = postings, size

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return term[0] == FIELD and self._postings.number(term[1].decode()) >= 0

    def __iter__(self) -> Iterator[Any]:
        return (((FIELD, text), self.term_info(FIELD, text)) for _, text in self.all_terms())

    def all_terms(self) -> Iterator[tuple[str, bytes]]:
        return ((FIELD, bytes(term)) for term in self._postings.terms)

    def term_info(self, _field: str, text: bytes) -> Any:
        frequency = self.doc_frequency(FIELD, text)
        if not frequency:
            raise reading.TermNotFound(text)
        return reading.TermInfo(weight=float(frequency), df=frequency, maxweight=_BEST)

    def doc_frequency(self, _field: str, text: bytes) -> int:
        number = self._postings.number(text.decode())
        return self._postings.frequency(number) if number >= 0 else 0

    def frequency(self, field: str, text: bytes) -> int:
        return self.doc_frequency(field, text)

    def doc_count_all(self) -> int:
        return self._size

    def doc_count(self) -> int:
        return self._size

    def has_deletions(self) -> bool:
        return False

    def is_deleted(self, _row: int) -> bool:
        return False

    def postings(self, _field: str, text: bytes, scorer: Any = None) -> LeafMatcher:
        number = self._postings.number(text.decode())
        if number < 0:
            raise reading.TermNotFound(text)
        return ArrayMatcher(self._postings, number, scorer)


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """The postings of one term, walked by Whoosh."""

    def __init__(self, postings: Postings, number: int, scorer: Any, at: int | None = None) -> None:
        self._postings, self._number, self.scorer = postings, number, scorer
        self._start, self._end = postings.span(number)
        self._at = self._start if at is None else at
        self._term = FIELD, bytes(postings.terms[number])
        self.format = formats.Positions()

    def is_active(self) -> bool:
        return self._at < self._end

    def copy(self) -> ArrayMatcher:
        return ArrayMatcher(self._postings, self._number, self.scorer, self._at)

    def id(self) -> int:
        return int(self._postings.rows[self._at])

    def all_ids(self) -> Iterator[int]:
        return iter(self._postings.rows[self._at : self._end].tolist())

    def next(self) -> bool:
        self._at += 1
        return True

    def skip_to(self, row: int) -> bool:
        if not self.is_active():
            raise ReadTooFar
        rest = self._postings.rows[self._at : self._end]
        self._at += int(rest.searchsorted(rest.dtype.type(row)))
        return True

    def weight(self) -> float:
        return float(WEIGHT_OF_MARK[self._postings.marks[self._at]])

    def value_as(self, _astype: str) -> list[int]:
        return [int(place) for place in self._postings.places_of(self._at)]

    def supports_block_quality(self) -> bool:
        return False


class FieldWeights(scoring.WeightingModel):  # type: ignore[misc]
    """A term's rarity times the weight of the best field that has it."""

    def scorer(self, searcher: Searcher, fieldname: str, text: bytes, **_: Any) -> Any:
        return _Scorer(self.idf(searcher, fieldname, text))


class _Scorer(scoring.BaseScorer):  # type: ignore[misc]
    def __init__(self, idf: float) -> None:
        self._idf = idf

    def supports_block_quality(self) -> bool:
        return False

    def score(self, matcher: LeafMatcher) -> float:
        return float(matcher.weight() * self._idf)
