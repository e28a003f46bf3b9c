"""What fits a search: geography first, then needs and words, then wishes. No order yet.

All of it runs on arrays, segment by segment: a need and a word are lists of rows, a neighbourhood
is a few runs of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from math import inf
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from directory import filters
from directory.access import ACCESS
from directory.answers import Place
from directory.filters import OPEN_NOW
from directory.search import nearness
from directory.search.distinct import merged
from directory.search.index import Index, Segment
from directory.search.nearness import Keys, Runs
from directory.search.words import Clause, Match

Rows = NDArray[np.int64]
Bits = NDArray[np.uint64]
Reach = Callable[[Keys], Runs]  # which of some rows, by their keys, are in reach

NOT_CALLED: Final = 0.8  # the fit of what answers a need but is not called so: 1.5 miles
_NO_POINT: Final = np.nan
# Wishes that are answers of directory/access.py have the bits of the columns; others the next ones.
_PLACE: Final = {key: bit for bit, key in enumerate(ACCESS)}
_OTHERS: Final = 32
_OPEN: Final = 63


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search, understood. `wishes`: a listing that says no is left out, one that says nothing comes
    later; `hopes`: the same for what the words let us guess, but it counts less.

    `needs` None: any. `clauses`: words that must be there, all of them or (`any_word`) some; with
    needs and `any_word` they are only better to have. `called`: what is called so counts as well
    as what answers the need.
    """

    place: Place | None
    needs: frozenset[str] | None
    wishes: Mapping[str, str]
    hopes: Mapping[str, str]
    clauses: tuple[Clause, ...]
    called: tuple[Clause, ...]
    any_word: bool
    open_only: bool
    now: datetime
    for_veterans: bool = False  # veterans were named
    number: str = ""  # a phone number; only what lists it is wanted


@dataclass(frozen=True, slots=True)
class Found:
    """Rows that fit, one value each; `segment` and `row` say which."""

    segment: NDArray[np.int8]
    row: Rows
    miles: NDArray[np.float64]  # NaN without a place or a point
    fit: NDArray[np.float64]  # of words: 1 when they all stand in names
    missing: NDArray[np.int64]  # words that are not there
    named: NDArray[np.bool_]  # the name that was asked for
    unsaid: Bits  # a bit per wish that it does not answer (bits_of)
    unhoped: Bits  # the same for hopes

    def __len__(self) -> int:
        return len(self.row)

    @property
    def numbered(self) -> Rows:
        """A number for each row, different in every segment."""
        return self.row * 2 + self.segment

    def taken(self, which: Any) -> Found:
        return Found(
            self.segment[which], self.row[which], self.miles[which], self.fit[which], self.missing[which],
            self.named[which], self.unsaid[which], self.unhoped[which],
        )  # fmt: skip

    def values(self, index: Index, name: str) -> NDArray[Any]:
        """A column's value for each row."""
        if len(index.segments) == 1:
            return np.asarray(getattr(index.segments[0].columns, name)[self.row])
        parts = [
            getattr(each.columns, name)[self.row[self.segment == i]] for i, each in enumerate(index.segments)
        ]
        found = np.empty(len(self), parts[0].dtype)
        for i, part in enumerate(parts):
            found[self.segment == i] = part
        return found

    def openness(self, index: Index, now: datetime) -> NDArray[np.int8]:
        """Positions in OPENNESS_ORDER."""
        found = np.zeros(len(self), np.int8)
        for i, segment in enumerate(index.segments):
            mine = self.segment == i
            found[mine] = segment.openings.of(segment.columns.hours[self.row[mine]], now)
        return found


def joined(parts: Sequence[Found]) -> Found:
    if len(parts) == 1:
        return parts[0]
    return Found(*(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Found)))


def nothing() -> Found:
    none = np.empty(0, np.int64)
    bits, numbers = np.empty(0, np.uint64), np.empty(0)
    return Found(none.astype(np.int8), none, numbers, numbers, none, none > 0, bits, bits)


class Finder:
    """One search over one index."""

    def __init__(self, index: Index, wanted: Wanted) -> None:
        self._index, self._wanted = index, wanted
        filters.checked(wanted.wishes)

    def everywhere(self) -> Found:
        """Of the whole directory."""
        return self._of(lambda _: lambda keys: Runs(np.array([0]), np.array([len(keys)])))

    def doors(self, radius: float) -> Found:
        """Those with a point within `radius` miles of the place."""
        point = self._place.point
        return self._of(lambda _: lambda keys: nearness.around(keys, point, radius), radius)

    def without_door(self) -> Found:
        """By phone, online or for a whole state: those that serve the place's state."""
        return self._of(self._for_state)

    def named(self, rows_of: Callable[[Segment], Rows]) -> Found:
        """Rows that are called what was asked for, wherever they lie; needs and words are not asked."""
        parts = []
        for number, segment in enumerate(self._index.segments):
            rows = rows_of(segment)
            called = _Rows(rows, np.ones(len(rows)), 0 * rows, rows >= 0)
            parts.append(self._wished(number, segment, called, segment.alive[rows]))
        return joined(parts)

    @property
    def _place(self) -> Place:
        if self._wanted.place is None:
            raise ValueError("a search without a place has no neighbourhood")
        return self._wanted.place

    def _for_state(self, segment: Segment) -> Reach:
        codes = segment.columns.facts.state_codes
        state = self._place.state
        bands = [nearness.EVERYWHERE]
        if state in codes:
            bands.append(nearness.EVERYWHERE + 1 + codes.index(state))
        return lambda keys: nearness.of_band(keys, bands)

    def _of(self, reach: Callable[[Segment], Reach], radius: float = inf) -> Found:
        parts = []
        for number, segment in enumerate(self._index.segments):
            rows = self._candidates(segment, reach(segment))
            keep = segment.alive[rows.row]
            if self._wanted.place is not None and len(rows.row) and rows.row[-1] >= segment.doors:
                keep = keep & self._serves(segment, rows.row)
            parts.append(self._wished(number, segment, rows, keep, radius))
        return joined(parts)

    def _serves(self, segment: Segment, rows: Rows) -> NDArray[np.bool_]:
        """For those without a door: do they serve the place's state?"""
        columns = segment.columns
        states, codes, bit = columns.states[rows], columns.facts.state_codes, np.uint64(0)
        if self._place.state in codes:
            bit = np.uint64(1 << codes.index(self._place.state))
        return np.asarray((rows < segment.doors) | (states == 0) | ((states & bit) > 0))

    def _candidates(self, segment: Segment, reach: Reach) -> _Rows:
        """Rows in reach that answer the need and have the words."""
        wanted, words = self._wanted, segment.words
        if wanted.needs is not None:
            rows = self._needing(segment, wanted.needs, reach)
            return self._worded(segment, rows, reach) if wanted.clauses or wanted.called else _plain(rows)
        within = reach(segment.columns.keys)
        if not wanted.clauses:
            return _plain(within.rows())
        find = words.any_of if wanted.any_word else words.all_of
        return _matched(find(wanted.clauses, within), len(wanted.clauses))

    def _needing(self, segment: Segment, needs: frozenset[str], reach: Reach) -> Rows:
        codes = segment.columns.facts.need_codes
        lists = [segment.needs.of(codes.index(need)) for need in needs if need in codes]
        return merged([rows[reach(keys).rows()] for rows, keys in lists])

    def _worded(self, segment: Segment, rows: Rows, reach: Reach) -> _Rows:
        """What answers the need, or is called so, by its words."""
        wanted, words = self._wanted, segment.words
        within = reach(segment.columns.keys)
        if wanted.called:
            rows = merged([rows, words.called(wanted.called, within)])
        if wanted.clauses:
            weighed = (
                words.weighed(wanted.clauses, rows)
                if wanted.any_word
                else words.all_of(wanted.clauses, within, rows)
            )
            return _matched(weighed, len(wanted.clauses))
        # A place that is called what was asked for fits a little better than one that only does it.
        named = words.weighed(wanted.called, rows).named
        other = NOT_CALLED if wanted.place is not None else 0.0
        return replace(_plain(rows), fit=np.where(named, 1.0, other))

    def _wished(
        self, number: int, segment: Segment, rows: _Rows, keep: NDArray[np.bool_], radius: float = inf
    ) -> Found:
        """Those of the kept that say no to nothing that is wished for, with what they leave open."""
        wanted = self._wanted
        answered, unsaid = self._answered(segment, rows.row, wanted.wishes)
        hoped, unhoped = self._answered(segment, rows.row, wanted.hopes)
        keep = keep & answered & hoped
        miles = self._miles(segment, rows.row)
        if radius != inf:
            keep &= miles <= radius
        if wanted.open_only:
            opened = segment.openings.of(segment.columns.hours[rows.row], wanted.now)
            keep &= opened < 2
            unsaid = unsaid | (opened == 1).astype(np.uint64) << np.uint64(_OPEN)
        found = Found(
            np.full(len(rows.row), number, np.int8), rows.row, miles,
            rows.fit, rows.missing, rows.named, unsaid, unhoped,
        )  # fmt: skip
        return found if keep.all() else found.taken(keep)

    def _answered(
        self, segment: Segment, rows: Rows, wishes: Mapping[str, str]
    ) -> tuple[NDArray[np.bool_], Bits]:
        """Which rows say no to nothing, and for each a bit per wish that it does not answer."""
        if not wishes:
            return _some(_TRUE, len(rows)), _some(_NO_BITS, len(rows))
        keep, unsaid = self._access(segment, rows, wishes)
        others = {key: wish for key, wish in wishes.items() if key not in _PLACE}
        said = filters.answers(segment.columns, rows, others, self._wanted.now.date())
        for bit, answer in enumerate(said.values(), _OTHERS):
            keep &= answer > filters.NO
            unsaid |= (answer == filters.UNKNOWN).astype(np.uint64) << np.uint64(bit)
        return keep, unsaid

    def _access(
        self, segment: Segment, rows: Rows, wishes: Mapping[str, str]
    ) -> tuple[NDArray[np.bool_], Bits]:
        """The same for all that directory/access.py asks, at once; the rule is that of filters.py."""
        yes, no = map(np.uint32, access_bits(wishes))
        if not yes | no:
            return np.ones(len(rows), np.bool_), np.zeros(len(rows), np.uint64)
        says_yes, says_no = segment.columns.says_yes[rows], segment.columns.says_no[rows]
        keep = ((says_no & yes) | (says_yes & no)) == 0
        return keep, (~(says_yes | says_no) & (yes | no)).astype(np.uint64)

    def _miles(self, segment: Segment, rows: Rows) -> NDArray[np.float64]:
        if self._wanted.place is None:
            return np.full(len(rows), _NO_POINT)
        return nearness.miles(segment.columns.vectors[rows], self._place.point)


def access_bits(wishes: Mapping[str, str]) -> tuple[int, int]:
    """The bits of the columns of those that should say yes, and of those that should say no."""
    bits = {"yes": 0, "no": 0}
    for key, wish in wishes.items():
        if key in _PLACE and wish in bits:
            bits[wish] |= 1 << _PLACE[key]
    return bits["yes"], bits["no"]


def bits_of(wishes: Mapping[str, str], *, open_only: bool = False) -> Iterator[tuple[int, str]]:
    """Which bit of `unsaid` stands for which wish."""
    yield from ((_PLACE[key], key) for key in wishes if key in _PLACE)
    yield from enumerate((key for key in wishes if key not in _PLACE), _OTHERS)
    if open_only:
        yield _OPEN, OPEN_NOW


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of one segment, on the way."""

    row: Rows
    fit: NDArray[np.float64]
    missing: NDArray[np.int64]
    named: NDArray[np.bool_]


# What most rows have of everything; never written to.
_ONES, _ZEROS = np.ones(4096), np.zeros(4096, np.int64)
_TRUE, _FALSE = np.ones(4096, np.bool_), np.zeros(4096, np.bool_)
_NO_BITS: Final = np.zeros(4096, np.uint64)
for _each in (_ONES, _ZEROS, _TRUE, _FALSE, _NO_BITS):
    _each.setflags(write=False)


def _some(same: NDArray[Any], count: int) -> NDArray[Any]:
    """So many of the same value."""
    return same[:count] if count <= len(same) else np.full(count, same[0])


def _plain(rows: Rows) -> _Rows:
    count = len(rows)
    return _Rows(rows, _some(_ONES, count), _some(_ZEROS, count), _some(_FALSE, count))


def _matched(match: Match, clauses: int) -> _Rows:
    return _Rows(match.rows, match.fit, clauses - match.count, np.zeros(len(match.rows), np.bool_))
