"""The nearest few, and no more work than that: the circle grows from a guess until it holds them.

Exact: what lies within a circle is found whole, and a circle that holds enough holds the nearest.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from math import inf, pi
from typing import Final

import numpy as np

from directory.access import ACCESS
from directory.answers import Place, Query, Sort
from directory.geo import EARTH_MILES
from directory.search import handful, nearness
from directory.search.finding import Finder, Wanted, access_bits
from directory.search.handful import Asked, Ids
from directory.search.index import Index

_SPARE: Final = 2.0  # a guess is for so many times what is wanted
_GROWS: Final = 1.5
_RARE: Final = 1_000  # rows; so few are weighed sooner than circles are drawn
_WORLD: Final = EARTH_MILES * pi


def nearest(index: Index, wanted: Wanted, most: int, radius: float | None) -> Ids:
    """At most so many that fit, nearest first, within `radius` miles (None: wherever they are)."""
    farthest = _WORLD if radius is None else radius
    if (asked := _plain(index, wanted)) and (found := few(index, asked, most, farthest)) is not None:
        return found
    share = _share(index, wanted)
    circle = min(farthest, _guess(index, wanted, most, share))
    if share * len(index.segments[0]) <= _RARE:
        circle = farthest  # all of them at once
    return _on_arrays(index, wanted, most, farthest, circle)


def page_of(index: Index, query: Query) -> Ids | None:
    """A full page for the commonest question as it was asked, nothing read and nothing else looked up; None:
    it is another question, or has too few answers."""
    others = query.text or query.open_only or query.one_per_location or query.page != 1
    if others or query.place is None or query.sort is not Sort.DISTANCE:
        return None
    if (asked := plain(index, query.place, query.needs, query.wishes)) is None:
        return None
    found = few(index, asked, query.per_page, _WORLD if query.radius is None else query.radius)
    return found if found is not None and len(found.ids) >= query.per_page else None


def few(index: Index, asked: Asked, most: int, farthest: float) -> Ids | None:
    """The same for the commonest question (handful.py); None: it has to be asked the long way."""
    return handful.nearest([segment.plain for segment in index.segments], asked, most, farthest)


def plain(index: Index, place: Place, needs: Set[str] | None, wishes: Mapping[str, str]) -> Asked | None:
    """The commonest question in numbers, if it is that: one need, and answers of directory/access.py."""
    if needs is None or len(needs) != 1 or (wishes and not wishes.keys() <= ACCESS.keys()):
        return None
    [need] = needs
    if need not in index.segments[0].plain.lists:
        return None
    return Asked(need, place.point, handful.against(*access_bits(wishes)) if wishes else 0)


def _plain(index: Index, wanted: Wanted) -> Asked | None:
    beside = wanted.clauses or wanted.called or wanted.hopes or wanted.open_only
    if beside or wanted.place is None:
        return None
    return plain(index, wanted.place, wanted.needs, wanted.wishes)


def _on_arrays(index: Index, wanted: Wanted, most: int, farthest: float, circle: float) -> Ids:
    finder = Finder(index, wanted)
    while True:
        found = finder.doors(inf if circle >= _WORLD else circle)
        if len(found) >= most or circle >= farthest:
            break
        circle = min(farthest, circle * _GROWS if circle < 1000 else inf)
    order = np.lexsort((found.values(index, "tie"), found.miles))[:most]
    ids = found.values(index, "ids")[order].tolist()
    return Ids([*map(bytes.decode, ids)], found.miles[order].tolist())


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
