"""The nearest few among few: plain numbers, where arrays cost more to set up than to use.

The same answer as nearest.py gives on arrays, for the commonest question: a need near a place, with
or without answers of directory/access.py. A circle that holds many is left to the arrays.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, degrees, radians, sin, sqrt
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from directory.geo import EARTH_MILES
from directory.model import Point
from directory.search.nearness import ALONG, BAND, BANDS, Keys, sides

MOST: Final = 200  # candidates; more are quicker on arrays
_WIDEST: Final = 60.0  # miles; a wider circle touches many bands


class Asked(NamedTuple):
    """`yes`, `no`: bits of answers of directory/access.py that are wished for."""

    need: int
    point: Point
    yes: int
    no: int


@dataclass(frozen=True)
class Plain:
    """A segment's arrays as plain memory, to be read number by number."""

    rows: memoryview
    keys: memoryview
    bands: memoryview  # where each band of each need begins in them
    vectors: memoryview
    says_yes: memoryview
    says_no: memoryview
    alive: memoryview
    tie: memoryview
    ids: memoryview

    def id(self, row: int) -> str:
        return bytes(self.ids[36 * row : 36 * row + 36]).rstrip(b"\0").decode()


Near = tuple[float, int, int, int]  # square of the chord, tie, number of the segment, row
Stretch = tuple[int, int]  # of a need's list


def miles(near: Near) -> float:
    return 2 * EARTH_MILES * asin(min(1.0, sqrt(near[0]) / 2))


def bands_of(keys: Keys, offsets: Sequence[int]) -> NDArray[np.int64]:
    """For each need, where each band of the map begins among its keys."""
    edges = np.arange(BANDS + 1, dtype=np.int64) * ALONG
    spans = pairwise(offsets)
    found = [start + np.searchsorted(keys[start:end], edges) for start, end in spans]
    return np.concatenate([*found, np.empty(0, np.int64)])


def can_be_asked(point: Point, radius: float) -> bool:
    """No wide circle, no pole and no seam: those are left to the arrays."""
    return radius <= _WIDEST and -80 < point.latitude < 80 and abs(point.longitude) < 178


def within(
    plain: Plain, asked: Asked, stretches: list[Stretch], radius: float, segment: int
) -> Iterator[Near]:
    """Those of some stretches that fit and lie within `radius` miles, in no order."""
    lat, lng = radians(asked.point.latitude), radians(asked.point.longitude)
    x, y, z = cos(lat) * cos(lng), cos(lat) * sin(lng), sin(lat)
    limit = (2 * sin(radius / EARTH_MILES / 2)) ** 2
    rows, vectors, alive, tie = plain.rows, plain.vectors, plain.alive, plain.tie
    says_yes, says_no, yes, no = plain.says_yes, plain.says_no, asked.yes, asked.no
    for start, end in stretches:
        for at in range(start, end):
            row = rows[at]
            i = 3 * row
            square = (vectors[i] - x) ** 2 + (vectors[i + 1] - y) ** 2 + (vectors[i + 2] - z) ** 2
            if square > limit or not alive[row]:
                continue
            if not ((yes and says_no[row] & yes) or (no and says_yes[row] & no)):
                yield square, tie[row], segment, row


def stretches(plain: Plain, asked: Asked, radius: float) -> list[Stretch]:
    """Stretches of a need's list that hold the circle, one a band."""
    return list(_stretches(plain, asked, radius / EARTH_MILES))


def _stretches(plain: Plain, asked: Asked, angle: float) -> Iterator[Stretch]:
    keys, bands, first_band = plain.keys, plain.bands, asked.need * (BANDS + 1)
    lowest, highest = (
        int((asked.point.latitude + far + 90) / BAND) for far in (-degrees(angle), degrees(angle))
    )
    for band, low, high in sides(range(lowest, highest + 1), asked.point, angle):
        start, end = bands[first_band + band], bands[first_band + band + 1]
        if start < end:
            first = bisect_left(keys, low, start, end)
            yield first, bisect_left(keys, high, first, end)
