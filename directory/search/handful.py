"""The nearest few of one need, with or without answers of directory/access.py: the commonest question.

The same answer as nearest.py gives for any question, at a fourth of the cost: the few rows around are
cut out of the need's own list with one search and weighed together.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, degrees, inf, pi, radians, sin, sqrt
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from directory.geo import EARTH_MILES
from directory.model import Point
from directory.search.nearness import ALONG, BAND, BANDS, SLACK, STEPS, Keys, Rows, vector

MOST: Final = 5_000  # candidates; more are left to finding.py
_WIDEST: Final = 150.0  # miles; a wider circle touches many bands
_SPARE: Final = 2.0  # a guess is for so many times what is wanted
_BESIDE: Final = 16  # rows to each side that tell how crowded it is here
_FEWEST: Final = 4  # rows that tell it; where there are fewer, a circle of
_LONELY: Final = 10.0  # miles comes first
_GROWS: Final = (1.4, 4.0)  # at least and at most, where a circle held too few
_TRIES: Final = 8
_DEGREE: Final = radians(1) * EARTH_MILES
_STEP: Final = _DEGREE / STEPS  # miles east of a key, at the equator
_HIGH: Final = BAND * _DEGREE / pi
_AROUND: Final = 2 * EARTH_MILES
_HALF: Final = 32  # bits: what a listing says yes to stands above what it says no to


class Asked(NamedTuple):
    """`against`: bits of what a listing says (`says`) that rule it out."""

    need: str
    point: Point
    against: int


class Ids(NamedTuple):
    """Listings that fit best, without their records. `miles` None: without a door."""

    ids: list[str]
    miles: list[float | None]


class NeedList(NamedTuple):
    """The active rows of one need, in the order of the map; `begins`: where each band begins among them."""

    rows: Rows
    keys: Keys
    vectors: NDArray[np.float64]
    says: NDArray[np.uint64]  # what each answers, as `says` packs it
    steps: memoryview  # the keys, to be read one by one
    begins: memoryview


@dataclass(frozen=True, slots=True)
class Plain:
    """Of a segment what this needs. `dead`: rows that were changed or removed since it was built."""

    lists: Mapping[str, NeedList]  # by code
    dead: NDArray[np.bool_] | None
    tie: NDArray[np.int64]
    ids: NDArray[np.bytes_]


# The first and the last band it touches, and in each of them the keys between which it lies.
_Box = tuple[int, int, list[int]]


class _Held(NamedTuple):
    """What a box holds in a segment, by the square of the chord: one more than was wanted."""

    plain: Plain
    squares: list[float]
    rows: Rows


def says(yes: NDArray[np.uint32], no: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Which answers of directory/access.py are yes and which are no, as one number a row."""
    return yes.astype(np.uint64) << np.uint64(_HALF) | no


def against(yes: int, no: int) -> int:
    """The bits of `says` that rule a listing out where those answers should be yes and no."""
    return no << _HALF | yes


def bands_of(keys: Keys, offsets: Sequence[int]) -> NDArray[np.int64]:
    """For each need, where each band of the map begins in its part of the keys."""
    edges = np.arange(BANDS + 1, dtype=np.int64) * ALONG
    found = [np.searchsorted(keys[start:end], edges) for start, end in pairwise(offsets)]
    return np.concatenate([*found, np.empty(0, np.int64)])


def nearest(segments: Sequence[Plain], asked: Asked, most: int, farthest: float) -> Ids | None:
    """At most so many that fit, nearest first, within `farthest` miles; None: not to be told this way
    (too many, or a circle that is wide or touches a pole or the seam at 180 degrees)."""
    circle = min(farthest, _guess(segments[0].lists[asked.need], asked.point, _SPARE * most))
    here = vector(asked.point)
    for _ in range(_TRIES):
        if (box := _box(asked.point, circle)) is None:
            return None
        limit, total, parts = (2 * sin(circle / EARTH_MILES / 2)) ** 2, 0, []
        for segment in segments:
            if (held := _within(segment, asked, here, box, most)) is None:
                return None
            if held.squares:  # mostly what changed since the big segment was built lies elsewhere
                total += bisect_right(held.squares, limit)
                parts.append(held)
        if total >= most or circle >= farthest:
            return _told(parts, min(most, total))
        circle = min(farthest, circle * min(_GROWS[1], max(_GROWS[0], sqrt(_SPARE * most / (total + 1)))))
    return None


def _guess(some: NeedList, point: Point, wanted: float) -> float:
    """Miles within which so many may lie, if it is as crowded around as in its own band."""
    latitude, longitude = point
    band = min(BANDS - 1, int((latitude + 90) / BAND))
    start, end = some.begins[band], some.begins[band + 1]
    at = bisect_left(some.steps, band * ALONG + int((longitude + 180) * STEPS), start, end)
    first, last = max(start, at - _BESIDE), min(end, at + _BESIDE)
    if last - first < _FEWEST:
        return _LONELY
    east = (some.steps[last - 1] - some.steps[first]) * _STEP * cos(radians(latitude))
    return sqrt(wanted * (east + 0.1) * _HIGH / (last - first))


def _box(point: Point, radius: float) -> _Box | None:
    """What a circle lies within; None where it is wide or touches a pole or the seam."""
    latitude, longitude = point
    angle = radius / EARTH_MILES + SLACK
    reach = degrees(angle)
    farthest = abs(latitude) + reach
    if radius > _WIDEST or farthest >= 85:
        return None
    half = degrees(2 * asin(min(1.0, sin(angle / 2) / cos(radians(farthest)))))
    if abs(longitude) + half >= 179.9:
        return None
    west, east = int((longitude - half + 180) * STEPS) - 1, int((longitude + half + 180) * STEPS) + 2
    first, last = int((latitude - reach + 90) / BAND), int((latitude + reach + 90) / BAND)
    edges: list[int] = []
    for band in range(first * ALONG, (last + 1) * ALONG, ALONG):
        edges += (band + west, band + east)
    return first, last, edges


def _within(plain: Plain, asked: Asked, here: NDArray[np.float64], box: _Box, most: int) -> _Held | None:
    """The nearest of a box that fit; None: too many candidates."""
    some = plain.lists[asked.need]
    # Only what lies in these bands is searched: the rest of the list is far away in memory, too.
    first, last, edges = box
    start, end = some.begins[first], some.begins[last + 1]
    if start == end:
        return _Held(plain, [], some.rows[:0])
    ends = iter(some.keys[start:end].searchsorted(edges).tolist())
    runs = [slice(start + low, start + high) for low, high in zip(ends, ends, strict=True) if low < high]
    if not runs:
        return _Held(plain, [], some.rows[:0])
    rows = _joined(some.rows, runs)
    if len(rows) > MOST:
        return None
    apart = _joined(some.vectors, runs) - here
    squares = np.vecdot(apart, apart)
    if asked.against:
        squares[(_joined(some.says, runs) & np.uint64(asked.against)) != 0] = inf
    if plain.dead is not None:
        squares[plain.dead[rows]] = inf
    order = squares.argsort()[: most + 1]
    nearest = squares[order].tolist()
    if len(set(nearest)) < len(nearest):  # the tie decides between doors of one house
        order = np.lexsort((plain.tie[rows], squares))[: most + 1]
        nearest = squares[order].tolist()
    return _Held(plain, nearest, rows[order])


def _joined(values: NDArray[Any], runs: list[slice]) -> NDArray[Any]:
    return values[runs[0]] if len(runs) == 1 else np.concatenate([values[run] for run in runs])


def _told(parts: Sequence[_Held], most: int) -> Ids:
    """The nearest of all parts."""
    if not parts:
        return Ids([], [])
    squares, ids = parts[0].squares[:most], _ids(parts[0], most)
    if len(parts) > 1:
        held = ((each.squares, each.plain.tie[each.rows].tolist(), _ids(each)) for each in parts)
        every = sorted(one for some in held for one in zip(*some, strict=True))[:most]
        squares, ids = [square for square, _, _ in every], [each for _, _, each in every]
    return Ids(ids, [_AROUND * asin(sqrt(square) / 2) for square in squares])


def _ids(held: _Held, most: int | None = None) -> list[str]:
    return [*map(bytes.decode, held.plain.ids[held.rows[:most]].tolist())]
