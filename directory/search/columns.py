"""What a search holds of each listing: a few numbers, in arrays that lie on disk and are mapped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from directory.access import ACCESS
from directory.answers import OpenState
from directory.datafile import HERE
from directory.digest import digest
from directory.hours import open_at
from directory.medications import MEDICATIONS, medications_of
from directory.model import Answer, Listing, Schedule
from directory.needs import Needs
from directory.search import nearness
from directory.states import state_code
from directory.veterans import is_for_veterans

FORMAT: Final = 10  # bump when anything in the stored index is added, removed or read differently
MAX_LANGUAGES: Final = 64
MAX_STATES: Final = 64  # data/states.csv has fewer
NO_STATE: Final = "?"
# What the files of data/ say goes into a stored index.
_SHAPING: Final = ("abbreviations.csv", "medications.csv", "needs.csv", "states.csv")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hours:
    """All that decides when a place is open; many listings share one."""

    schedules: tuple[Schedule, ...]
    time_zone: str
    state: str
    open_on_holidays: Answer
    always_open: bool

    def at(self, instant: Any) -> OpenState:
        return open_at(
            self.schedules,
            instant,
            time_zone=self.time_zone,
            state=self.state,
            open_on_holidays=self.open_on_holidays,
            always_open=self.always_open,
        )


def hours_of(listing: Listing) -> Hours:
    always = listing.service.access.get("intake_24_7")
    round_the_clock = always is not None and always.answer is Answer.YES
    # What tells rows apart but not hours would make every listing's set one of its own.
    schedules = tuple(replace(each, id="", schedule_link="") for each in listing.schedules)
    address = listing.address
    # Without hours its zone and state say nothing of opening: one "not known" for all of them.
    known = bool(schedules) or round_the_clock
    return Hours(
        schedules,
        listing.location.time_zone if known else "",
        address.state_province if address and known else "",
        listing.service.open_on_holidays if known else Answer.UNKNOWN,
        round_the_clock and not schedules,
    )


@dataclass(frozen=True, slots=True)
class Area:
    """Whom a service is for, by where they live. Both empty: it does not say."""

    states: tuple[str, ...] = ()
    zips: tuple[str, ...] = ()
    country: bool = False


def area_of(listing: Listing) -> Area:
    areas = listing.service_areas
    codes = [code for area in areas if area.extent_type == "zip" for code in area.extent.split(",")]
    return Area(
        tuple(sorted({_state(area.extent) for area in areas if area.extent_type == "state"})),
        tuple(sorted({code.strip()[:5] for code in codes if code.strip()})),
        any(area.extent_type == "country" for area in areas),
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """What the numbers of the columns stand for."""

    need_codes: tuple[str, ...]
    language_codes: tuple[str, ...]
    state_codes: tuple[str, ...]
    sources: tuple[str, ...]
    all_hours: tuple[Hours, ...]
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """One value per listing, in the order of the map (nearness.py)."""

    keys: NDArray[np.int64]
    ids: NDArray[np.bytes_]
    by_id: NDArray[np.int32]  # the rows in the order of their ids
    vectors: NDArray[np.float64]  # unit vectors; NaN without a point
    needs: NDArray[np.uint64]
    says_yes: NDArray[np.uint32]  # a bit per key of ACCESS
    says_no: NDArray[np.uint32]
    medications: NDArray[np.uint32]  # a bit per one of MEDICATIONS that is given here
    languages: NDArray[np.uint64]
    minimum_age: NDArray[np.int16]  # -1: not said
    maximum_age: NDArray[np.int16]
    checked: NDArray[np.int32]  # ordinal of the day it was last checked or listed; 0: never
    hours: NDArray[np.int32]
    area: NDArray[np.int32]
    tie: NDArray[np.int64]  # the last word between equals: always the same, and no source's favour
    location: NDArray[np.int64]  # numbers of ids, the same in every segment
    organization: NDArray[np.int64]
    source: NDArray[np.int16]
    province: NDArray[np.uint64]  # a bit per state of `state_codes`: where its address is
    states: NDArray[np.uint64]  # where it serves when it has no door; 0: everywhere
    active: NDArray[np.bool_]
    has_phone: NDArray[np.bool_]
    for_veterans: NDArray[np.bool_]
    facts: Facts

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def doors(self) -> int:
        """How many have a point; they come first."""
        return int(np.searchsorted(self.keys, nearness.EVERYWHERE << 32))

    def needs_of(self, row: int) -> list[str]:
        """The codes of the needs that a row answers."""
        bits = int(self.needs[row])
        return [code for bit, code in enumerate(self.facts.need_codes) if bits >> bit & 1]

    def organization_is(self, rows: NDArray[np.int64], wish: str) -> NDArray[np.bool_]:
        """Which of these rows belong to the organization of this id."""
        return np.asarray(self.organization[rows] == number_of(wish))

    def rows_of(self, ids: Sequence[str]) -> NDArray[np.int64]:
        """The rows of those ids that are here."""
        raw = [each.encode(errors="surrogatepass") for each in ids]
        # Longer, or ending in NUL, it would be cut to an id that it is not.
        whole = [each for each in raw if len(each) <= self.ids.dtype.itemsize and not each.endswith(b"\0")]
        wanted = np.array(whole, dtype=self.ids.dtype)
        if not len(self) or not len(wanted):
            return np.empty(0, np.int64)
        at = np.minimum(np.searchsorted(self.ids, wanted, sorter=self.by_id), len(self) - 1)
        rows: NDArray[np.int64] = self.by_id[at].astype(np.int64)
        return np.asarray(rows[self.ids[rows] == wanted])


_ARRAYS: Final = tuple(f.name for f in fields(Columns) if f.name != "facts")


class Thinner:
    """Takes listings, some at a time; gives their columns in the order of the map."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs
        self._need_bit = {code: 1 << i for i, code in enumerate(needs.codes)}
        self._values: dict[str, list[Any]] = {name: [] for name in (*_ARRAYS, "latitude", "longitude")}
        self._languages, self._states = Numbers[str](MAX_LANGUAGES), Numbers[str](MAX_STATES)
        self._sources, self._hours, self._areas = Numbers[str](), Numbers[Hours](), Numbers[Area]()

    def add(self, listing: Listing) -> None:
        for name, value in self._row(listing).items():
            self._values[name].append(value)

    def _row(self, listing: Listing) -> dict[str, Any]:
        service, location = listing.service, listing.location
        latitude, longitude = location.point or (np.nan, np.nan)
        yes, no = _answers(listing)
        return {
            "ids": listing.id.encode(),
            "latitude": latitude,
            "longitude": longitude,
            "needs": sum(self._need_bit[code] for code in self._needs.of(service)),
            "says_yes": yes,
            "says_no": no,
            "medications": _bits_of(medications_of(service), MEDICATIONS),
            "languages": self._languages.bits(each.code for each in listing.languages),
            "minimum_age": _age(service.minimum_age),
            "maximum_age": _age(service.maximum_age),
            "checked": _checked(listing),
            "hours": self._hours.number(hours_of(listing)),
            "area": self._areas.number(area_of(listing)),
            "tie": number_of(listing.id),
            "location": number_of(location.id),
            "organization": number_of(listing.organization.id),
            "source": self._sources.number(listing.source.id),
            "province": self._states.bits(_province(listing)),
            "states": self._states.bits(_states(listing)),
            "active": service.status == "active",
            "has_phone": bool(listing.phones),
            "for_veterans": is_for_veterans(service),
        }

    def columns(self) -> tuple[Columns, NDArray[np.int64]]:
        """The columns, and for each row of them which listing it is, in the order they were added."""
        arrays = {name: np.array(self._values[name], dtype) for name, dtype in _TYPES.items()}
        latitude = np.array(self._values["latitude"], np.float64)
        longitude = np.array(self._values["longitude"], np.float64)
        places = nearness.keys(latitude, longitude, _bands(arrays["states"]))
        order = np.argsort(places, kind="stable")
        ids = arrays["ids"][order]
        columns = Columns(
            keys=places[order],
            by_id=np.argsort(ids, kind="stable").astype(np.int32),
            vectors=nearness.on_sphere(latitude[order], longitude[order]),
            facts=self._facts(),
            **{name: array[order] for name, array in arrays.items()},
        )
        return columns, order

    def _facts(self) -> Facts:
        return Facts(
            need_codes=tuple(self._needs.codes),
            language_codes=tuple(self._languages.known),
            state_codes=tuple(self._states.known),
            sources=tuple(self._sources.known),
            all_hours=tuple(self._hours.known),
            areas=tuple(self._areas.known),
        )


_TYPES: Final[Mapping[str, Any]] = {
    "ids": "S36", "needs": np.uint64, "says_yes": np.uint32, "says_no": np.uint32,
    "medications": np.uint32, "languages": np.uint64, "minimum_age": np.int16, "maximum_age": np.int16,
    "checked": np.int32, "hours": np.int32, "area": np.int32, "tie": np.int64, "location": np.int64,
    "organization": np.int64, "source": np.int16, "province": np.uint64, "states": np.uint64,
    "active": np.bool_, "has_phone": np.bool_, "for_veterans": np.bool_,
}  # fmt: skip


def _bands(states: NDArray[np.uint64]) -> NDArray[np.int64]:
    """The band of a row without a door: one state's own, or the one of those for several or all."""
    alone = np.bitwise_count(states) == 1
    number = np.where(alone, np.log2(np.maximum(states, 1).astype(np.float64)), -1)
    return nearness.EVERYWHERE + 1 + np.rint(number).astype(np.int64)


class Numbers(Generic[T]):
    """Gives each different thing a small number, in order of arrival."""

    def __init__(self, limit: int | None = None) -> None:
        self.known: dict[T, int] = {}
        self._limit = limit

    def number(self, thing: T) -> int:
        return self.known.setdefault(thing, len(self.known))

    def bits(self, things: Iterable[T]) -> int:
        numbers = {
            self.number(thing)
            for thing in things
            if thing and (thing in self.known or self._limit is None or len(self.known) < self._limit)
        }
        return sum(1 << number for number in numbers)


@lru_cache(maxsize=100_000)
def number_of(record_id: str) -> int:
    """A number for an id, the same everywhere."""
    return int.from_bytes(
        blake2b(record_id.encode(errors="surrogatepass"), digest_size=8).digest(), signed=True
    )


def _bits_of(said: Iterable[str], known: Sequence[str]) -> int:
    return sum(1 << known.index(each) for each in said)


def _age(years: int | None) -> int:
    return -1 if years is None else min(years, 999)


_PLACE: Final = {key: 1 << i for i, key in enumerate(ACCESS)}


def _answers(listing: Listing) -> tuple[int, int]:
    yes = no = 0
    for key, fact in listing.service.access.items():
        if fact.answer is Answer.YES:
            yes |= _PLACE.get(key, 0)
        elif fact.answer is Answer.NO:
            no |= _PLACE.get(key, 0)
    return yes, no


def _checked(listing: Listing) -> int:
    day: date | None = listing.service.assured_date or listing.source.listed_on
    return day.toordinal() if day else 0


def _states(listing: Listing) -> list[str]:
    """The states a service without a door is for; none: everywhere."""
    if listing.location.point is not None:
        return []
    areas = [_state(area.extent) for area in listing.service_areas if area.extent_type == "state"]
    if areas or listing.service_areas or listing.address is None:
        return areas
    return [_state(listing.address.state_province)]


def _province(listing: Listing) -> list[str]:
    return [_state(listing.address.state_province)] if listing.address else []


def _state(said: str) -> str:
    """A code; what is no state of ours is one that nobody lives in, not everywhere."""
    return said and (state_code(said) or NO_STATE)


class _Note(msgspec.Struct):
    format: int
    data: str  # the digest of _SHAPING
    version: str
    facts: Facts


def save(columns: Columns, folder: Path, version: str) -> None:
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(columns, name), allow_pickle=False)
    (folder / "facts.json").write_bytes(msgspec.json.encode(_Note(FORMAT, _shape(), version, columns.facts)))


def load(folder: Path) -> tuple[Columns, str]:
    """The columns and the version of the directory they show. OSError or ValueError: it is broken."""
    note = msgspec.json.decode((folder / "facts.json").read_bytes(), type=_Note)
    if (note.format, note.data) != (FORMAT, _shape()):
        raise ValueError(f"index format {note.format}, expected {FORMAT}, or built with other files of data/")
    arrays = {name: mapped(folder / f"{name}.npy") for name in _ARRAYS}
    if len({len(array) for array in arrays.values()}) != 1:
        raise ValueError("columns of different lengths")
    return Columns(**arrays, facts=note.facts), note.version


@cache
def _shape() -> str:
    return digest(HERE / name for name in _SHAPING)


def mapped(path: Path) -> NDArray[Any]:
    """An array that lies in a file: read when touched, shared by all processes that map it."""
    array = np.load(path, mmap_mode="r", allow_pickle=False)
    return np.asarray(array).view(np.ndarray)
