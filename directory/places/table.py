"""The gazetteer's file, read only: a ZIP, the bearers of a name, the ZIP nearest to a point."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from math import cos, radians
from pathlib import Path
from threading import Lock
from typing import Any, Final

from directory.answers import Place
from directory.geo import EARTH_MILES, miles_between
from directory.model import Point

# Raise this when the tables of build.py, or what is put into them, change.
LAYOUT: Final = 2
# Further than this from any ZIP is open sea, or abroad.
FARTHEST_MILES: Final = 150.0
_MILES_A_DEGREE: Final = radians(1) * EARTH_MILES
_BEARER: Final = "SELECT label, kind, state, latitude, longitude, time_zone, size, parts FROM name"


@dataclass(frozen=True, slots=True)
class Bearer:
    """One place of a name. `size`: roughly its number of ZIPs (build.py says how it is counted)."""

    place: Place
    size: float
    parts: int  # how many words the name is written with


@dataclass(frozen=True, slots=True)
class Zip:
    place: Place
    exact: bool  # False: only where its first three digits are


class Table:
    """One connection for all threads, each question asked under a lock (it takes microseconds)."""

    def __init__(self, path: Path) -> None:
        # immutable: nobody changes the file, a new one replaces it, so no lock files are needed.
        self._file = sqlite3.connect(
            f"{path.resolve().as_uri()}?immutable=1", uri=True, check_same_thread=False
        )
        self._lock = Lock()
        self._keys: tuple[str, ...] = ()
        try:
            self._ask("SELECT 1 FROM zip, name, keys LIMIT 1")
        except sqlite3.DatabaseError:
            self.close()
            raise

    def close(self) -> None:
        self._file.close()

    def _ask(self, question: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._lock:
            return self._file.execute(question, values).fetchall()

    def keys(self) -> tuple[str, ...]:
        """The key of every name, read at the first question and kept (about 2 MB)."""
        if not self._keys:
            self._keys = tuple(self._ask("SELECT keys FROM keys")[0][0].split("\n"))
        return self._keys

    def zip(self, code: str) -> Zip | None:
        found = self._ask(
            "SELECT zip, city, state, latitude, longitude, time_zone, exact FROM zip WHERE zip = ?", (code,)
        )
        return _zip(found[0]) if found else None

    def bearers(self, key: str) -> list[Bearer]:
        """Every place of this name, the biggest first."""
        return [
            _bearer(row) for row in self._ask(f"{_BEARER} WHERE key = ? ORDER BY size DESC, state", (key,))
        ]

    def biggest(self, state: str, count: int) -> list[Bearer]:
        """The biggest cities of a state."""
        question = f"{_BEARER} WHERE state = ? AND kind = 'city' ORDER BY size DESC, key LIMIT ?"
        return [_bearer(row) for row in self._ask(question, (state, count))]

    def nearest(self, point: Point) -> Place | None:
        """The ZIP nearest to a point; None if none lies within FARTHEST_MILES."""
        reach = 8.0
        while reach < FARTHEST_MILES:
            if found := self._within(point, reach):
                return found
            reach *= 2
        return self._within(point, FARTHEST_MILES)

    def _within(self, point: Point, miles: float) -> Place | None:
        rows = self._ask(
            "SELECT zip, city, state, latitude, longitude, time_zone, exact FROM zip WHERE exact"
            " AND latitude BETWEEN ? AND ?"
            " AND (longitude BETWEEN ? AND ? OR longitude BETWEEN ? AND ? OR longitude BETWEEN ? AND ?)",
            _box(point, miles),
        )
        near = [(miles_between(point, Point(row[3], row[4])), row) for row in rows]
        distance, row = min(near, default=(miles + 1, None))
        return _zip(row).place if row and distance <= miles else None


def _box(point: Point, miles: float) -> tuple[float, ...]:
    """Latitudes, and three ranges of longitude: its own and those over the date line."""
    high = miles / _MILES_A_DEGREE
    edge = min(abs(point.latitude) + high, 89.9)  # where the meridians are closest
    wide = min(high / cos(radians(edge)), 180.0)
    west, east = point.longitude - wide, point.longitude + wide
    return (
        point.latitude - high,
        point.latitude + high,
        west,
        east,
        west - 360,
        east - 360,
        west + 360,
        east + 360,
    )


def _zip(row: Sequence[Any]) -> Zip:
    code, city, state, latitude, longitude, zone, exact = row
    label = f"{code} ({city}, {state})" if exact else code
    return Zip(Place(label, Point(latitude, longitude), "zip", state, code, zone), bool(exact))


def _bearer(row: Sequence[Any]) -> Bearer:
    label, kind, state, latitude, longitude, zone, size, parts = row
    return Bearer(Place(label, Point(latitude, longitude), kind, state, "", zone), size, parts)


def file_name() -> str:
    """Carries the version of the package, so that a new package means a new file."""
    return f"places-{version('zipcodes')}-{LAYOUT}.sqlite"


def opened(folder: Path) -> Table:
    """The table in this folder, made first if it is not there or cannot be read."""
    path = folder / file_name()
    if path.is_file():
        try:
            return Table(path)
        except sqlite3.DatabaseError:
            pass  # not ours, or cut short by a full disk: it is made again below
    from directory.places.build import build  # loads the package: 60 MB, only for the first run

    folder.mkdir(parents=True, exist_ok=True)
    build(path)
    return Table(path)
