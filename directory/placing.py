"""Where a location is: the better of what is said and what is known; what must not be kept, dropped.

Pure; the gazetteer is asked through `Zips`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import blake2b
from typing import Final, NamedTuple, Protocol

from directory.answers import Located, Place
from directory.geo import is_on_earth
from directory.model import Address, Entry, Location, Point, Precision, Schedule, ServiceArea
from directory.text import fold

_BY_ZIP: Final = "zip"
_RANK: Final = {Precision.NONE: 0, Precision.ZIP: 1, Precision.STREET: 2}
_KEPT_SECRET: Final = re.compile(r"\b(confidential|undisclosed|not disclosed|private address)\b")


class Zips(Protocol):
    """What an import asks of the gazetteer."""

    def zip(self, code: str) -> Place | None: ...
    def nearest_zip(self, point: Point) -> Place | None: ...
    def locate(self, words: str) -> Located: ...


class Stored(NamedTuple):
    """What is kept of where a location is. `point_from`: whose point it is: a row of a source, or
    "zip" for the middle of its ZIP code, set by us."""

    point: Point | None
    precision: Precision
    time_zone: str
    point_from: str
    address_digest: str


def settle(location: Location, stored: Stored | None, name: str, zips: Zips) -> tuple[Location, Stored]:
    """The location as it should be kept: the better of the points, and its time zone.

    A point of the source beats the middle of a ZIP code, also when a list without points comes
    later; the same source may correct its own point; a new address starts anew.
    """
    location = hide(location)
    address = _door(location)
    digest = _address_digest(location)
    point, precision, whose = _point_now(location, address, zips, name)
    keep = (
        stored is not None
        and stored.address_digest == digest
        and (_worth(stored.precision, stored.point_from), stored.point_from != whose)
        > (_worth(precision, whose), False)
    )
    if keep and stored is not None:
        point, precision, whose = stored.point, stored.precision, stored.point_from
    zone = location.time_zone or _time_zone(point, address, zips)
    settled = replace(location, point=point, precision=precision, time_zone=zone)
    return settled, Stored(point, precision, zone, whose, digest)


def _worth(precision: Precision, point_from: str) -> tuple[int, bool]:
    """How good a point is: the finer first, and a source's own before our middle of the ZIP."""
    return _RANK[precision], point_from != _BY_ZIP


def hide(location: Location) -> Location:
    """A confidential location without its street and point: what is not kept cannot leak."""
    said = " ".join([location.name, *(f"{a.address_1} {a.address_2}" for a in location.addresses)])
    if not location.confidential and not _KEPT_SECRET.search(fold(said)):
        return location
    addresses = tuple(replace(a, address_1="", address_2="", attention="") for a in location.addresses)
    return replace(
        location,
        confidential=True,
        addresses=addresses,
        point=None,
        precision=Precision.NONE,
        name="",
        alternate_name="",
        transportation="",
        description="",
        url="",
        accessibility=(),
    )


def hide_words(entry: Entry) -> Entry:
    """A service with a confidential place, without the texts and links that may tell the way there.

    Threat: whoever is looking for a person in a shelter reads the description, not the address.
    Name, phones, needs and answers stay; words that people wrote freely go, wherever they stand.
    """
    if not any(place.location.confidential for place in entry.places):
        return entry
    service = replace(
        entry.service,
        description="",
        application_process="",
        url="",
        fees_description="",
        wait_time="",
        alert="",
        eligibility_description="",
        interpretation_services="",
        accreditations="",
        licenses="",
        additional_urls=(),
        schedules=_wordless(entry.service.schedules),
        service_areas=tuple(replace(each, description="") for each in entry.service.service_areas),
    )
    places = tuple(
        replace(
            place,
            description="",
            schedules=_wordless(place.schedules),
            location=replace(place.location, schedules=_wordless(place.location.schedules)),
        )
        for place in entry.places
    )
    organization = replace(entry.organization, description="", website="", additional_websites=())
    return replace(entry, service=service, places=places, organization=organization, metadata=())


def _wordless(schedules: tuple[Schedule, ...]) -> tuple[Schedule, ...]:
    return tuple(replace(each, description="", notes="", schedule_link="") for each in schedules)


def _door(location: Location) -> Address | None:
    physical = (a for a in location.addresses if a.address_type == "physical")
    return next(physical, None)


def _address_digest(location: Location) -> str:
    parts = [
        fold(part)
        for a in location.addresses
        if a.address_type == "physical"
        for part in (a.address_1, a.postal_code)  # towns are spelt in several ways
    ]
    return blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def _point_now(
    location: Location, address: Address | None, zips: Zips, name: str
) -> tuple[Point | None, Precision, str]:
    given = location.point
    if given and is_on_earth(*given):
        said = location.precision
        return given, (Precision.STREET if said is Precision.NONE else said), name
    place = zips.zip(address.postal_code[:5]) if address and location.location_type == "physical" else None
    return (place.point, Precision.ZIP, _BY_ZIP) if place else (None, Precision.NONE, "")


def _time_zone(point: Point | None, address: Address | None, zips: Zips) -> str:
    place = zips.zip(address.postal_code[:5]) if address else None
    if place is None and point is not None:
        place = zips.nearest_zip(point)
    return place.time_zone if place else ""


def zone_of_areas(areas: tuple[ServiceArea, ...], zips: Zips) -> str:
    """The time zone of a service for one state; empty if it is for several or none."""
    states = {area.extent for area in areas if area.extent_type == "state"}
    cities = zips.locate(states.pop()).choices if len(states) == 1 else ()
    return cities[0].time_zone if cities else ""  # a state alone gives its biggest cities
