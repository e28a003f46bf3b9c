"""The gazetteer's table: the package `zipcodes` boiled down into one SQLite file, once.

The package's whole list would cost a process 150 MB; the file costs it nothing.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import cos, radians
from pathlib import Path
from statistics import median
from typing import Any, Final

from zipcodes import _zipcodes  # its typed half

from directory.geo import is_on_earth
from directory.places.names import name_key

_OFFICES: Final = 1  # the rank of ZIPs that are a town's own, and where no carrier walks: post office boxes
_FAR_OUT: Final = 0.12  # degrees of latitude: about eight miles,
_BESIDE: Final = 0.045  # and three
_SMALL: Final = 3  # ZIPs of a town
_OVER_THE_DATE_LINE: Final = frozenset({"FM", "GU", "MH", "MP", "PW"})
_STALE_SECONDS: Final = 600
_SCHEMA: Final = """
    CREATE TABLE zip (
        zip TEXT PRIMARY KEY, city TEXT, state TEXT, latitude REAL, longitude REAL,
        time_zone TEXT, exact INTEGER
    ) WITHOUT ROWID;
    CREATE TABLE name (
        key TEXT, kind TEXT, label TEXT, parts INTEGER, state TEXT, latitude REAL,
        longitude REAL, time_zone TEXT, size REAL, PRIMARY KEY (key, state, kind)
    ) WITHOUT ROWID;
    CREATE TABLE keys (keys TEXT);
"""
_INDEXES: Final = """
    CREATE INDEX zip_where ON zip (latitude, longitude) WHERE exact;
    CREATE INDEX name_size ON name (state, size) WHERE kind = 'city';
"""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one ZIP lies, and its time zone."""

    latitude: float
    longitude: float
    time_zone: str
    county: str = ""


@dataclass(slots=True)
class Bearer:
    """A city or county while its ZIPs are gathered. `spots`: by how well they stand for it, best first."""

    label: str = ""
    parts: int = 0
    size: float = 0.0
    spots: dict[int, list[Spot]] = field(default_factory=lambda: defaultdict(list))

    def add(self, spot: Spot, rank: int, size: float) -> None:
        self.spots[rank].append(spot)
        self.size += size

    def call(self, label: str, parts: int, rank: int) -> None:
        """The spelling of the best ZIP is the one shown ("East Saint Louis", not "E St Louis")."""
        if not self.spots or rank < min(self.spots):
            self.label, self.parts = label, parts

    def middle(self) -> Spot:
        """The ZIP nearest to the median of its best ZIPs: a spot where people live. If a small town's is
        far from the post office and another lies beside it, that one: two that agree are the town."""
        best, offices = self.spots[min(self.spots)], self.spots.get(_OFFICES, [])
        chosen = min(best, key=_nearness(_median(best)))
        if min(self.spots) < _OFFICES and offices and len(best) <= _SMALL:
            to_office = _nearness(_median(offices))
            beside = min(best, key=to_office)
            if to_office(chosen) > _FAR_OUT**2 and to_office(beside) < _BESIDE**2:
                return beside
        return chosen


def _median(spots: list[Spot]) -> tuple[float, float]:
    return median(spot.latitude for spot in spots), median(spot.longitude for spot in spots)


def _nearness(point: tuple[float, float]) -> Callable[[Spot], float]:
    """How far a spot is from a point: degrees of latitude, squared."""
    latitude, longitude = point
    east = cos(radians(latitude))
    return lambda spot: (spot.latitude - latitude) ** 2 + ((spot.longitude - longitude) * east) ** 2


def build(path: Path) -> None:
    """Writes the table at `path`, whole or not at all; several processes may do so at once."""
    handle, name = tempfile.mkstemp(prefix=path.name, suffix=".new", dir=path.parent)
    os.close(handle)
    made = Path(name)
    try:
        _sweep(path, made)
        _write(made)
        made.chmod(0o644)
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def _sweep(path: Path, made: Path) -> None:
    """Removes what a killed build left behind, by the clock of the file system."""
    now = made.stat().st_mtime
    for left in path.parent.glob(f"{path.name}*.new"):
        try:
            if now - left.stat().st_mtime > _STALE_SECONDS:
                left.unlink()
        except FileNotFoundError:
            continue  # another process swept it


def _write(path: Path) -> None:
    table, gathering = sqlite3.connect(path), _Gathering()
    try:
        table.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        table.executemany("INSERT INTO zip VALUES (?, ?, ?, ?, ?, ?, ?)", _zips(gathering))
        table.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", _names(gathering))
        (keys,) = table.execute(
            "SELECT group_concat(key, char(10)) FROM (SELECT DISTINCT key FROM name)"
        ).fetchone()
        table.execute("INSERT INTO keys VALUES (?)", (keys,))
        table.executescript(_INDEXES)
        table.commit()
    finally:
        table.close()
    with path.open("rb") as handle:
        os.fsync(handle.fileno())


@dataclass(frozen=True, slots=True)
class _Row:
    zip: str
    city: str
    also: tuple[str, ...]  # other names the post office takes
    state: str
    county: str
    active: bool
    kind: str
    spot: Spot | None

    @property
    def is_standard(self) -> bool:
        return self.active and self.kind == "STANDARD"


def _batches() -> Iterator[list[_Row]]:
    """Every row of the package, by the first two digits: `list_all` would keep 42,789 dicts for
    the life of the process."""
    for prefix in range(100):
        yield [_row(raw) for raw in _zipcodes.similar_to(f"{prefix:02d}")]


def _row(raw: dict[str, Any]) -> _Row:
    latitude, longitude = float(raw["lat"]), float(raw["long"])
    kind, active = raw["zip_code_type"], raw["active"]
    if raw["state"] in _OVER_THE_DATE_LINE:
        longitude = abs(longitude)  # Majuro's lacks its sign
    # The package has a town's name where one time zone should be ("Napakiak").
    zone = raw["timezone"] if "/" in raw["timezone"] else ""
    # A military ZIP is a sorting office, not where its people are.
    somewhere = is_on_earth(latitude, longitude) and kind != "MILITARY"
    spot = Spot(latitude, longitude, zone, raw["county"]) if somewhere else None
    also = tuple(name for name in raw["acceptable_cities"] if not name.endswith(" Cnty"))
    return _Row(raw["zip_code"], raw["city"], also, raw["state"], raw["county"], active, kind, spot)


def _zips(gathering: _Gathering) -> Iterator[tuple[str, str, str, float, float, str, bool]]:
    """Every ZIP that lies somewhere: its own spot, or the median of those with its first three
    digits. Hands each on to be gathered: reading the package twice would take half as long again."""
    for rows in _batches():
        gathering.add(rows)
        near: dict[str, list[Spot]] = defaultdict(list)
        for row in rows:
            if row.spot:
                near[row.zip[:3]].append(row.spot)
        middles = {three: _middle_of(spots) for three, spots in near.items()}
        for row in rows:
            middle = middles.get(row.zip[:3])
            if spot := row.spot or middle:
                zone = spot.time_zone or (middle.time_zone if middle else "")
                exact = row.spot is not None
                yield row.zip, row.city, row.state, spot.latitude, spot.longitude, zone, exact


def _middle_of(spots: list[Spot]) -> Spot:
    latitude, longitude = _median(spots)
    zones = [spot.time_zone for spot in spots if spot.time_zone]
    return Spot(latitude, longitude, max(sorted(set(zones)), key=zones.count, default=""))


_Named = tuple[str, str, str, int, str, float, float, str, float]


def _names(gathering: _Gathering) -> Iterator[_Named]:
    for (key, state, kind), bearer in gathering.found.items():
        spot = bearer.middle()
        # .5 for a town that has nothing but a retired ZIP or one of a single company. Of towns
        # of one size that in the bigger county is the likelier (Union, NJ before Union, IA).
        county = gathering.county_size(spot.county, state) if kind == "city" else 0.0
        size = max(bearer.size, 0.5) + min(county, 500) / 10_000
        yield (key, kind, bearer.label, bearer.parts, state,
               spot.latitude, spot.longitude, spot.time_zone, size)  # fmt: skip


class _Gathering:
    """ZIPs gathered into the cities and counties that have them."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str, str], Bearer] = defaultdict(Bearer)  # key, state, kind
        self._spelled: dict[str, tuple[str, int]] = {}  # name -> key and number of words

    def add(self, rows: list[_Row]) -> None:
        for row in rows:
            if row.spot:
                self._gather(row, row.spot)

    def county_size(self, county: str, state: str) -> float:
        key = self._spelled.get(county, ("", 0))[0]
        return self.found[key, state, "county"].size if (key, state, "county") in self.found else 0.0

    def _gather(self, row: _Row, spot: Spot) -> None:
        # Size stands in for population, which the package lacks: a ZIP that mail carriers
        # walk counts 1, one of post office boxes half (a bigger town has more of them), one
        # that only accepts the name half, one of a single company nothing.
        standard = row.is_standard
        weight = 1.0 if standard else 0.5 if row.active and row.kind == "PO BOX" else 0.0
        rank = 0 if standard else _OFFICES
        self._count(row, spot, ("city", row.city, row.city), (rank, weight))
        for name in row.also:
            self._count(row, spot, ("city", name, name), (rank + 2, 0.5 if standard else 0.0))
        for name in _county_names(row.county):
            self._count(row, spot, ("county", name, row.county), (rank, weight))

    def _count(self, row: _Row, spot: Spot, named: tuple[str, str, str], worth: tuple[int, float]) -> None:
        kind, name, shown = named
        if name not in self._spelled:
            self._spelled[name] = name_key(name)
        key, parts = self._spelled[name]
        bearer = self.found[key, row.state, kind]
        bearer.call(f"{shown}, {row.state}", parts, worth[0])
        bearer.add(spot, *worth)


_COUNTY_KINDS: Final = ("County", "Parish", "Borough", "Municipio", "Census Area", "Municipality")


def _county_names(county: str) -> Iterator[str]:
    """A county is found by its own word and by "county": Orleans Parish, Orleans County."""
    base = next(
        (county.removesuffix(f" {kind}") for kind in _COUNTY_KINDS if county.endswith(f" {kind}")), ""
    )
    if base:
        yield county
        if not county.endswith(" County"):
            yield f"{base} County"
