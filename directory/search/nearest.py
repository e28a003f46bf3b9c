"""The nearest few, and no more work than that: the circle grows from a guess until it holds them.

Exact: what lies within a circle is found whole, and a circle that holds enough holds the nearest.
"""

from __future__ import annotations

from math import inf, pi, sqrt
from typing import Final, NamedTuple

import numpy as np

from directory.access import ACCESS
from directory.geo import EARTH_MILES
from directory.search import nearness
from directory.search.finding import Finder, Wanted, access_bits
from directory.search.handful import MOST, Asked, can_be_asked, miles, stretches, within
from directory.search.index import Index

_SPARE: Final = 2.0  # a guess is for so many times what is wanted
_GROWS: Final = 1.5
_TRIES: Final = 8
_RARE: Final = 1_000  # rows; so few are weighed sooner than circles are drawn
_WORLD: Final = EARTH_MILES * pi


class Nearest(NamedTuple):
    """Ids and miles, nearest first."""

    ids: list[str]
    miles: list[float]


def nearest(index: Index, wanted: Wanted, most: int, radius: float | None) -> Nearest:
    """At most so many that fit, nearest first, within `radius` miles (None: wherever they are)."""
    farthest = _WORLD if radius is None else radius
    share, plain = _share(index, wanted), _plain(index, wanted)
    circle = min(farthest, _guess(index, wanted, most, share))
    if plain is not None and (found := _few(index, plain, most, circle, farthest)) is not None:
        return found
    if share * len(index.segments[0]) <= _RARE:
        circle = farthest  # all of them at once
    return _on_arrays(index, wanted, most, farthest, circle)


def _few(index: Index, asked: Asked, most: int, circle: float, farthest: float) -> Nearest | None:
    """The nearest in plain numbers; None: too many to look at one by one."""
    for _ in range(_TRIES):
        if not can_be_asked(asked.point, circle):
            return None
        spans = [stretches(segment.plain, asked, circle) for segment in index.segments]
        count = sum(end - start for span in spans for start, end in span)
        if count > MOST:
            return None
        if count >= most or circle >= farthest:
            near = sorted(
                each
                for number, (segment, span) in enumerate(zip(index.segments, spans, strict=True))
                for each in within(segment.plain, asked, span, circle, number)
            )
            if len(near) >= most or circle >= farthest:
                ids = [index.segments[segment].plain.id(row) for _, _, segment, row in near[:most]]
                return Nearest(ids, [miles(each) for each in near[:most]])
        circle = min(farthest, circle * min(4.0, max(_GROWS, sqrt(_SPARE * most / (count + 1)))))
    return None


def _plain(index: Index, wanted: Wanted) -> Asked | None:
    """The question in plain numbers, if it is as plain as that."""
    codes = index.segments[0].columns.facts.need_codes
    needs, place = wanted.needs, wanted.place
    if wanted.clauses or wanted.called or wanted.hopes or wanted.open_only or place is None:
        return None
    if (
        needs is None
        or len(needs) != 1
        or not needs <= set(codes)
        or not wanted.wishes.keys() <= ACCESS.keys()
    ):
        return None
    yes, no = access_bits(wanted.wishes)
    return Asked(codes.index(next(iter(needs))), place.point, yes, no)


def _on_arrays(index: Index, wanted: Wanted, most: int, farthest: float, circle: float) -> Nearest:
    finder = Finder(index, wanted)
    while True:
        found = finder.doors(inf if circle >= _WORLD else circle)
        if len(found) >= most or circle >= farthest:
            break
        circle = min(farthest, circle * _GROWS if circle < 1000 else inf)
    order = np.lexsort((found.values(index, "tie"), found.miles))[:most]
    ids = found.values(index, "ids")[order].tolist()
    return Nearest([each.decode() for each in ids], found.miles[order].tolist())


def _guess(index: Index, wanted: Wanted, most: int, share: float) -> float:
    """How far so many may lie, from how crowded it is here and how rare what is wanted."""
    if wanted.place is None:
        raise ValueError("nothing is near without a place")
    big = index.segments[0]
    return nearness.first_radius(big.crowd, wanted.place.point, _SPARE * most / max(share, 1e-9))


def _share(index: Index, wanted: Wanted) -> float:
    """About what part of all listings fits, wishes aside."""
    big = index.segments[0]
    size = max(1, len(big))
    share = 1.0
    if wanted.needs is not None:
        codes = big.columns.facts.need_codes
        counts = [big.needs.count(codes.index(need)) for need in wanted.needs if need in codes]
        share *= min(1.0, sum(counts) / size)
    if wanted.clauses:
        share *= min(1.0, min(big.words.frequency(clause) for clause in wanted.clauses) / size)
    return share
