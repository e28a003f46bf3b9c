"""The order of the map, and which stretches of it lie near a point.

Listings stand in bands of latitude, west to east within a band; those without a door follow,
by the state they serve. A circle is then one stretch ("run") of rows per band it touches, found
with one binary search, in a need's or a word's list of rows as well as in the whole. Exact
distances decide after that. docs/decisions/0009 has the figures and what else was tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import acos, asin, cos, degrees, inf, pi, radians, sin, sqrt
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from directory.geo import EARTH_MILES
from directory.model import Point

Rows = NDArray[np.int64]
Miles = NDArray[np.float64]
Keys = NDArray[np.int64]

BAND: Final = 0.1  # degrees of latitude, 6.9 miles: a few bands for a usual circle
BANDS: Final = round(180 / BAND)
EVERYWHERE: Final = BANDS  # the first band after the map: without a door, not for one state alone
ALONG: Final = 1 << 32  # steps of longitude in a band
SLACK: Final = 1e-9  # of a radian: rounding must not lose a row; the exact distance decides
_WHOLE: Final = EARTH_MILES * pi
CELL: Final = 0.5  # degrees; the grid that guesses how far to look first
_FEW: Final = 12  # bands
_BAND: Final = radians(BAND)
STEPS: Final = ALONG / 360  # of longitude, a degree
_TURN: Final = ALONG / (2 * pi)  # the same, a radian
_CELLS: Final = (round(180 / CELL), round(360 / CELL))


class Runs(NamedTuple):
    """Stretches of rows or of places in a list: from `starts` up to but not with `ends`."""

    starts: Rows
    ends: Rows

    def __len__(self) -> int:
        """How many rows they hold."""
        return int((self.ends - self.starts).sum())

    def rows(self) -> Rows:
        """Every row of them, in order."""
        if len(self.starts) == 1:
            return np.arange(self.starts[0], self.ends[0])
        lengths = self.ends - self.starts
        after = lengths.cumsum()
        if not len(after) or not after[-1]:
            return np.empty(0, np.int64)
        return np.repeat(self.ends - after, lengths) + np.arange(after[-1])


def keys(latitude: NDArray[np.float64], longitude: NDArray[np.float64], band: NDArray[np.int64]) -> Keys:
    """Where each row stands in the order of the map. `band`: used where there is no point (NaN)."""
    known = ~np.isnan(latitude)
    lat, lng = np.where(known, latitude, 0.0), np.where(known, longitude, 0.0)
    bands = np.clip(np.floor((lat + 90) / BAND), 0, BANDS - 1).astype(np.int64)
    found: Keys = np.where(known, bands * ALONG + _along(lng), band * ALONG)
    return found


def _along(longitude: NDArray[np.float64]) -> Keys:
    return np.clip((longitude + 180) / 360 * ALONG, 0, ALONG - 1).astype(np.int64)


def of_band(keys: Keys, bands: list[int]) -> Runs:
    """The rows of whole bands, for those without a door; bands ascending."""
    first = np.array(bands, np.int64) * ALONG
    return Runs(np.searchsorted(keys, first), np.searchsorted(keys, first + ALONG))


def around(keys: Keys, point: Point, radius: float) -> Runs:
    """Runs that hold every row within `radius` miles of a point, and some that lie farther."""
    angle = radius / EARTH_MILES + SLACK
    south, north = point.latitude - degrees(angle), point.latitude + degrees(angle)
    if radius >= _WHOLE or radius == inf:
        return Runs(np.array([0]), np.searchsorted(keys, np.array([BANDS * ALONG])))
    first = min(BANDS - 1, max(0, int((south + 90) // BAND)))
    last = min(BANDS - 1, max(0, int((north + 90) // BAND)))
    if south < -90 or north > 90 or angle >= pi / 2:  # a pole lies inside: whole bands
        return _found(keys, np.arange(first, last + 1) * ALONG, np.arange(first + 1, last + 2) * ALONG)
    reach = (last - first + 2) * BAND / max(cos(radians(max(abs(south), abs(north)))), 1e-9)
    if last - first < _FEW and abs(point.longitude) + reach < 180:
        return _small(keys, range(first, last + 1), point, angle)
    return _found(keys, *_sides(np.arange(first, last + 1), point, angle))


def _found(keys: Keys, low: Keys, high: Keys) -> Runs:
    """The rows from each of some keys up to each of others."""
    return Runs(keys.searchsorted(low), keys.searchsorted(high))


def _small(keys: Keys, bands: range, point: Point, angle: float) -> Runs:
    """The runs of a circle that touches few bands and no seam: numbers beat arrays there."""
    ends = [end for _, low, high in sides(bands, point, angle) for end in (low, high)]
    found = keys.searchsorted(np.array(ends, np.int64))
    return Runs(found[::2], found[1::2])


def sides(bands: range, point: Point, angle: float) -> Iterator[tuple[int, int, int]]:
    """Each band with the keys where a circle begins and ends in it; of a circle that touches no seam."""
    latitude, longitude = radians(point.latitude), (point.longitude + 180) * STEPS
    sine, cosine, reach = sin(latitude), cos(latitude), cos(angle)
    # A circle is widest a little poleward of its middle.
    widest = asin(min(1.0, max(-1.0, sine / reach)))
    for band in bands:
        south = radians(band * BAND - 90)
        at = min(max(widest, south, latitude - angle), south + _BAND, latitude + angle)
        part = (reach - sin(at) * sine) / (cos(at) * cosine)
        half = (acos(min(1.0, max(-1.0, part))) + SLACK) * _TURN
        start = band * ALONG
        yield band, start + int(longitude - half), start + int(longitude + half) + 2


def _sides(bands: Rows, point: Point, angle: float) -> tuple[Keys, Keys]:
    """Where the circle begins and ends in each band; two pieces where it crosses 180°."""
    half = np.degrees(_half_widths(bands, radians(point.latitude), angle)) + 1e-6
    west, east = point.longitude - half, point.longitude + half
    start = bands * ALONG
    low, high = start + _along(np.maximum(west, -180)), start + _along(np.minimum(east, 180)) + 1
    if west.min() >= -180 and east.max() <= 180:
        return low, high
    over_west = np.where(west < -180, _along(np.minimum(west + 360, 180)), ALONG)
    over_east = np.where(east > 180, _along(np.maximum(east - 360, -180)) + 1, 0)
    pieces = [(start, start + np.minimum(over_east, low - start)), (low, high)]
    pieces.append((np.maximum(start + over_west, high), start + ALONG))
    lows, highs = (np.stack(side, axis=1).ravel() for side in zip(*pieces, strict=True))
    return lows, np.maximum(lows, highs)


def _half_widths(bands: Rows, latitude: float, angle: float) -> NDArray[np.float64]:
    """How far a circle reaches to one side within each band, in radians of longitude."""
    south = np.radians(bands * BAND - 90)
    # A circle is widest a little poleward of its middle.
    widest = asin(min(1.0, max(-1.0, sin(latitude) / cos(angle))))
    at = np.clip(widest, south, south + radians(BAND))
    at = np.clip(at, latitude - angle, latitude + angle)
    part = (cos(angle) - np.sin(at) * sin(latitude)) / np.maximum(np.cos(at) * cos(latitude), 1e-12)
    widths: NDArray[np.float64] = np.arccos(np.clip(part, -1, 1))
    return widths


def on_sphere(latitude: NDArray[np.float64], longitude: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit vectors, one row each: no seam at 180°, no poles; NaN without a point."""
    lat, lng = np.radians(latitude), np.radians(longitude)
    return np.stack([np.cos(lat) * np.cos(lng), np.cos(lat) * np.sin(lng), np.sin(lat)], axis=-1)


def vector(point: Point) -> NDArray[np.float64]:
    """The same for one point."""
    lat, lng = radians(point.latitude), radians(point.longitude)
    return np.array((cos(lat) * cos(lng), cos(lat) * sin(lng), sin(lat)))


def miles(vectors: NDArray[np.float64], point: Point) -> Miles:
    """Great-circle miles of unit vectors from a point; the same as geo.miles_between, for many."""
    apart = vectors - vector(point)
    apart *= apart
    half_chord = np.sqrt(apart.sum(axis=1)) / 2
    found: Miles = 2 * EARTH_MILES * np.arcsin(np.minimum(half_chord, 1.0))
    return found


def crowd(keys: Keys) -> NDArray[np.int32]:
    """How many rows lie in each cell of a coarse grid."""
    doors = keys[keys < BANDS * ALONG]
    # A row's place in whole bands and steps: near enough to count it.
    north = doors // ALONG // (BANDS // _CELLS[0])
    east = (doors % ALONG * _CELLS[1]) // ALONG
    counts = np.bincount(north * _CELLS[1] + east, minlength=_CELLS[0] * _CELLS[1])
    return counts.astype(np.int32).reshape(_CELLS)


def first_radius(crowd: NDArray[np.int32], point: Point, wanted: float) -> float:
    """Miles within which about `wanted` rows may lie. A guess: a wrong one costs time, no answer."""
    y = int(min(max((point.latitude + 90) / CELL, 0), _CELLS[0] - 1))
    x = int(min(max((point.longitude + 180) / CELL, 0), _CELLS[1] - 1))
    around = int(crowd[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2].sum())
    if not around:
        return 100.0
    side = 3 * CELL * 69.1
    area = side * side * max(0.05, cos(radians(point.latitude)))
    return min(100.0, max(0.5, sqrt(wanted * area / (pi * around))))
