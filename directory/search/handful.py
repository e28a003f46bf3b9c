"""The nearest few of one need, with or without answers of directory/access.py: the commonest question.

The same answer as nearest.py gives for any question, at a fourth of the cost: the few rows around are
cut out of the need's own list with one search and weighed together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, degrees, pi, radians, sin, sqrt
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


class Asked(NamedTuple):
    """`yes`, `no`: bits of answers of directory/access.py that are wished for."""

    need: int
    point: Point
    yes: int
    no: int


class Nearest(NamedTuple):
    """Ids and miles, nearest first."""

    ids: list[str]
    miles: list[float]


class NeedList(NamedTuple):
    """The active rows of one need, in the order of the map; `begins`: where each band begins among them."""

    rows: Rows
    keys: Keys
    vectors: NDArray[np.float64]
    steps: memoryview  # the keys, to be read one by one
    begins: memoryview


@dataclass(frozen=True, slots=True)
class Plain:
    """Of a segment what this needs. `dead`: rows that were changed or removed since it was built."""

    lists: tuple[NeedList, ...]
    says_yes: NDArray[np.uint32]
    says_no: NDArray[np.uint32]
    dead: NDArray[np.bool_] | None
    tie: NDArray[np.int64]
    ids: NDArray[np.bytes_]


class _Box(NamedTuple):
    """The bands it touches, and in each the keys between which it lies."""

    first: int
    last: int
    edges: list[int]


class _Held(NamedTuple):
    """Of what a circle holds in a segment the nearest, by the square of the chord, and how many it holds."""

    squares: list[float]
    ties: list[int]
    ids: list[str]
    total: int


_NOTHING: Final = _Held([], [], [], 0)


def bands_of(keys: Keys, offsets: Sequence[int]) -> NDArray[np.int64]:
    """For each need, where each band of the map begins in its part of the keys."""
    edges = np.arange(BANDS + 1, dtype=np.int64) * ALONG
    found = [np.searchsorted(keys[start:end], edges) for start, end in pairwise(offsets)]
    return np.concatenate([*found, np.empty(0, np.int64)])


def nearest(segments: Sequence[Plain], asked: Asked, most: int, farthest: float) -> Nearest | None:
    """At most so many that fit, nearest first, within `farthest` miles; None: not to be told this way
    (too many, or a circle that is wide or touches a pole or the seam at 180 degrees)."""
    circle = min(farthest, _guess(segments[0].lists[asked.need], asked.point, _SPARE * most))
    for _ in range(_TRIES):
        box = _box(asked.point, circle)
        if box is None:
            return None
        parts, total = [], 0
        for segment in segments:
            if (held := _within(segment, asked, box, circle, most)) is None:
                return None
            parts.append(held)
            total += held.total
        if total >= most or circle >= farthest:
            return _told(parts, most)
        circle = min(farthest, circle * min(_GROWS[1], max(_GROWS[0], sqrt(_SPARE * most / (total + 1)))))
    return None


def _guess(some: NeedList, point: Point, wanted: float) -> float:
    """Miles within which so many may lie, if it is as crowded around as in its own band."""
    band = min(BANDS - 1, int((point.latitude + 90) / BAND))
    start, end = some.begins[band], some.begins[band + 1]
    at = bisect_left(some.steps, band * ALONG + int((point.longitude + 180) * STEPS), start, end)
    first, last = max(start, at - _BESIDE), min(end, at + _BESIDE)
    if last - first < _FEWEST:
        return _LONELY
    east = (some.steps[last - 1] - some.steps[first]) / STEPS * _DEGREE * cos(radians(point.latitude))
    return sqrt(wanted * (east + 0.1) * BAND * _DEGREE / (last - first) / pi)


def _box(point: Point, radius: float) -> _Box | None:
    """What a circle lies within; None where it is wide or touches a pole or the seam."""
    angle = radius / EARTH_MILES + SLACK
    reach = degrees(angle)
    farthest = abs(point.latitude) + reach
    if radius > _WIDEST or farthest >= 85:
        return None
    half = degrees(2 * asin(min(1.0, sin(angle / 2) / cos(radians(farthest)))))
    if abs(point.longitude) + half >= 179.9:
        return None
    west, east = point.longitude - half + 180, point.longitude + half + 180
    first, last = int((point.latitude - reach + 90) / BAND), int((point.latitude + reach + 90) / BAND)
    sides = (int(west * STEPS) - 1, int(east * STEPS) + 2)
    return _Box(first, last, [band * ALONG + side for band in range(first, last + 1) for side in sides])


def _within(plain: Plain, asked: Asked, box: _Box, radius: float, most: int) -> _Held | None:
    """The nearest of those that fit and lie within `radius` miles; None: too many candidates."""
    some = plain.lists[asked.need]
    # Only what lies in these bands is searched: the rest of the list is far away in memory, too.
    start = some.begins[box.first]
    ends = (some.keys[start : some.begins[box.last + 1]].searchsorted(box.edges) + start).tolist()
    runs = [slice(low, high) for low, high in zip(ends[::2], ends[1::2], strict=True) if low < high]
    if not runs:
        return _NOTHING
    rows = _joined(some.rows, runs)
    if len(rows) > MOST:
        return None
    apart = _joined(some.vectors, runs) - vector(asked.point)
    squares = np.einsum("ij,ij->i", apart, apart)
    keep = squares <= (2 * sin(radius / EARTH_MILES / 2)) ** 2
    if plain.dead is not None:
        keep &= ~plain.dead[rows]
    if asked.yes:
        keep &= (plain.says_no[rows] & asked.yes) == 0
    if asked.no:
        keep &= (plain.says_yes[rows] & asked.no) == 0
    rows, squares = rows[keep], squares[keep]
    ties = plain.tie[rows]
    first = np.lexsort((ties, squares))[:most]
    ids = [each.decode() for each in plain.ids[rows[first]].tolist()]
    return _Held(squares[first].tolist(), ties[first].tolist(), ids, len(rows))


def _joined(values: NDArray[Any], runs: list[slice]) -> NDArray[Any]:
    return values[runs[0]] if len(runs) == 1 else np.concatenate([values[run] for run in runs])


def _told(parts: Sequence[_Held], most: int) -> Nearest:
    squares, ids = parts[0].squares, parts[0].ids
    if len(parts) > 1:
        every = sorted(each for part in parts for each in zip(*part[:3], strict=True))[:most]
        squares, ids = [each[0] for each in every], [each[2] for each in every]
    return Nearest(ids, [2 * EARTH_MILES * asin(sqrt(square) / 2) for square in squares])
