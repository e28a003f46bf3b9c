"""Which listings lie near a point: a k-d tree over points on the globe, exact great circles after."""

from __future__ import annotations

from math import inf, pi, sin
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from directory.geo import EARTH_MILES
from directory.model import Point

Rows = NDArray[np.int64]
Miles = NDArray[np.float64]
# Chords are rounded; look a little wider and let the exact distance decide.
_SLACK: Final = 1e-6


class Nearness:
    """Rows by distance. Points on the sphere in three dimensions: no seam at 180°, no poles."""

    def __init__(self, latitude: NDArray[np.float64], longitude: NDArray[np.float64]) -> None:
        self._rows: Rows = np.flatnonzero(~np.isnan(latitude))
        self._latitude = np.radians(latitude[self._rows])
        self._longitude = np.radians(longitude[self._rows])
        self._tree = cKDTree(_on_sphere(self._latitude, self._longitude)) if len(self._rows) else None

    def within(self, point: Point, radius: float) -> tuple[Rows, Miles]:
        """Rows within `radius` miles (inf: all that have a point), ascending, and their distances."""
        if self._tree is None:
            return self._rows, np.empty(0)
        if radius >= EARTH_MILES * pi or radius == inf:
            near: Rows = np.arange(len(self._rows))
        else:
            chord = 2 * sin(radius / EARTH_MILES / 2) + _SLACK
            centre = _on_sphere(np.radians([point.latitude]), np.radians([point.longitude]))[0]
            near = np.sort(np.asarray(self._tree.query_ball_point(centre, chord), dtype=np.int64))
        miles = self._miles(point, near)
        inside = miles <= radius
        return self._rows[near[inside]], miles[inside]

    def _miles(self, point: Point, near: Rows) -> Miles:
        lat, lng = self._latitude[near], self._longitude[near]
        lat0, lng0 = np.radians(point.latitude), np.radians(point.longitude)
        h = np.sin((lat - lat0) / 2) ** 2 + np.cos(lat0) * np.cos(lat) * np.sin((lng - lng0) / 2) ** 2
        miles: Miles = 2 * EARTH_MILES * np.arcsin(np.sqrt(np.minimum(h, 1.0)))
        return miles


def _on_sphere(latitude: NDArray[np.float64], longitude: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)],
        axis=-1,
    )


def hilbert(latitude: NDArray[np.float64], longitude: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Place of each point on a Hilbert curve over the map (32 bits); NaN comes last.

    Neighbours on the map are mostly neighbours on the curve: documents in this order make a
    neighbourhood a few runs of the index. Nothing but speed depends on it.
    """
    side = 1 << 16
    missing = np.isnan(latitude)
    x = _grid(np.where(missing, 0, longitude), 180, side)
    y = _grid(np.where(missing, 0, latitude), 90, side)
    curve = np.zeros(len(x), np.uint64)
    step = side >> 1
    while step:
        right, up = (x & step) > 0, (y & step) > 0
        curve += np.uint64(step * step) * ((3 * right.astype(np.uint64)) ^ up.astype(np.uint64))
        flip = ~up & right
        x, y = np.where(flip, side - 1 - x, x), np.where(flip, side - 1 - y, y)
        x, y = np.where(~up, y, x), np.where(~up, x, y)
        step >>= 1
    curve[missing] = np.iinfo(np.uint64).max
    return curve


def _grid(degrees: NDArray[np.float64], half: int, side: int) -> NDArray[np.int64]:
    return np.clip((degrees + half) / (2 * half) * side, 0, side - 1).astype(np.int64)
