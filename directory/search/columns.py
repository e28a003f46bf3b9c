"""What a search holds of each listing: a few numbers, in arrays that lie on disk and are mapped."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date, time
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from directory.access import ACCESS
from directory.filters import NO, UNKNOWN, YES
from directory.hours import open_at
from directory.model import Answer, Listing, OpenState, Schedule
from directory.needs import Needs

FORMAT: Final = 1  # bump when a column is added, removed or read differently
_SAID: Final = {Answer.YES: YES, Answer.NO: NO, Answer.UNKNOWN: UNKNOWN}
MAX_LANGUAGES: Final = 64


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
    address = listing.address
    # Without hours its zone and state say nothing of opening: one "not known" for all of them.
    known = bool(listing.schedules) or (always is not None and always.answer is Answer.YES)
    return Hours(
        listing.schedules,
        listing.location.time_zone if known else "",
        address.state_province if address and known else "",
        listing.service.open_on_holidays if known else Answer.UNKNOWN,
        always is not None and always.answer is Answer.YES and not listing.schedules,
    )


@dataclass(frozen=True, slots=True)
class Columns:
    """One value per listing, in the order of the index. Angles in degrees, NaN without a point."""

    ids: NDArray[np.bytes_]
    id_rank: NDArray[np.int32]  # place of the id among all ids: the last word in every tie
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    needs: NDArray[np.uint64]
    access: NDArray[np.int8]
    languages: NDArray[np.uint64]
    minimum_age: NDArray[np.int16]
    maximum_age: NDArray[np.int16]
    checked: NDArray[np.int32]  # ordinal of the day it was last checked or listed; 0: never
    hours: NDArray[np.int32]
    location: NDArray[np.int32]
    states: NDArray[np.uint64]  # where it serves when it has no door; 0: everywhere
    active: NDArray[np.bool_]
    has_phone: NDArray[np.bool_]
    need_codes: tuple[str, ...]
    language_codes: tuple[str, ...]
    state_codes: tuple[str, ...]
    all_hours: tuple[Hours, ...]

    def __len__(self) -> int:
        return len(self.ids)


_ARRAYS: Final = [f.name for f in fields(Columns) if f.name not in
                  ("need_codes", "language_codes", "state_codes", "all_hours")]  # fmt: skip


def thin(listings: list[Listing], needs: Needs) -> Columns:
    """The columns of these listings, in this order."""
    languages, states, locations = _Numbers(MAX_LANGUAGES), _Numbers(64), _Numbers()
    all_hours = _Numbers()
    need_bit = {code: 1 << i for i, code in enumerate(needs.codes)}
    ids = [each.id for each in listings]
    rank = np.empty(len(ids), np.int32)
    rank[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids), dtype=np.int32)
    points = [each.location.point or (np.nan, np.nan) for each in listings]
    services = [each.service for each in listings]
    return Columns(
        ids=np.array([each.encode() for each in ids], dtype="S36"),
        id_rank=rank,
        latitude=np.array([p[0] for p in points], np.float64),
        longitude=np.array([p[1] for p in points], np.float64),
        needs=_bits([sum(need_bit[code] for code in needs.of(each)) for each in services]),
        access=_access(listings),
        languages=_bits([languages.bits(code.code for code in each.languages) for each in listings]),
        minimum_age=_ages([each.minimum_age for each in services]),
        maximum_age=_ages([each.maximum_age for each in services]),
        checked=np.array([_checked(each) for each in listings], np.int32),
        hours=np.array([all_hours.number(hours_of(each)) for each in listings], np.int32),
        location=np.array([locations.number(each.location.id) for each in listings], np.int32),
        states=_bits([states.bits(_states(each)) for each in listings]),
        active=np.array([each.status == "active" for each in services], np.bool_),
        has_phone=np.array([bool(each.phones) for each in listings], np.bool_),
        need_codes=tuple(needs.codes),
        language_codes=tuple(languages.known),
        state_codes=tuple(states.known),
        all_hours=tuple(all_hours.known),
    )


class _Numbers:
    """Gives each different thing a small number, in order of arrival."""

    def __init__(self, limit: int | None = None) -> None:
        self.known: dict[Any, int] = {}
        self._limit = limit

    def number(self, thing: Any) -> int:
        return self.known.setdefault(thing, len(self.known))

    def bits(self, things: Iterable[str]) -> int:
        numbers = {
            self.number(thing)
            for thing in things
            if thing and (thing in self.known or self._limit is None or len(self.known) < self._limit)
        }
        return sum(1 << number for number in numbers)


def _bits(values: list[int]) -> NDArray[np.uint64]:
    return np.array(values, dtype=np.uint64)


def _ages(values: list[int | None]) -> NDArray[np.int16]:
    return np.array([-1 if value is None else min(value, 999) for value in values], np.int16)


def _access(listings: list[Listing]) -> NDArray[np.int8]:
    table = np.full((len(listings), len(ACCESS)), UNKNOWN, np.int8)
    position = {key: i for i, key in enumerate(ACCESS)}
    for row, listing in enumerate(listings):
        for key, fact in listing.service.access.items():
            if key in position:
                table[row, position[key]] = _SAID[fact.answer]
    return table


def _checked(listing: Listing) -> int:
    day: date | None = listing.service.assured_date or listing.source.listed_on
    return day.toordinal() if day else 0


def _states(listing: Listing) -> list[str]:
    """The states a service without a door is for; none: everywhere."""
    if listing.location.point is not None:
        return []
    areas = [area.extent.upper() for area in listing.service_areas if area.extent_type == "state"]
    if areas or listing.service_areas or listing.address is None:
        return areas
    return [listing.address.state_province.upper()]


def save(columns: Columns, folder: Path, version: str) -> None:
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(columns, name), allow_pickle=False)
    facts = {
        "format": FORMAT,
        "version": version,
        "need_codes": columns.need_codes,
        "language_codes": columns.language_codes,
        "state_codes": columns.state_codes,
        "all_hours": [asdict(each) for each in columns.all_hours],
    }
    (folder / "facts.json").write_text(json.dumps(facts, default=str))


def load(folder: Path) -> tuple[Columns, str]:
    """The columns and the version of the directory they show. OSError or ValueError: it is broken."""
    facts = json.loads((folder / "facts.json").read_text())
    if facts["format"] != FORMAT:
        raise ValueError(f"index format {facts['format']}, expected {FORMAT}")
    arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}
    columns = Columns(
        **arrays,
        need_codes=tuple(facts["need_codes"]),
        language_codes=tuple(facts["language_codes"]),
        state_codes=tuple(facts["state_codes"]),
        all_hours=tuple(map(_hours, facts["all_hours"])),
    )
    return columns, facts["version"]


def _hours(plain: dict[str, Any]) -> Hours:
    schedules = tuple(_schedule(each) for each in plain["schedules"])
    answer = Answer(plain["open_on_holidays"])
    return Hours(schedules, plain["time_zone"], plain["state"], answer, plain["always_open"])


def _schedule(plain: dict[str, Any]) -> Schedule:
    def read(name: str, parse: Any) -> Any:
        return parse(plain[name]) if plain[name] is not None else None

    days = {name: read(name, date.fromisoformat) for name in ("dtstart", "until", "valid_from", "valid_to")}
    times = {name: read(name, time.fromisoformat) for name in ("opens_at", "closes_at")}
    return Schedule(**{**plain, **days, **times})
