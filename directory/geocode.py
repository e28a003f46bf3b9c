"""The gazetteer as a geopy geocoder, and a chain that lets staff imports ask an online one first.

A texter's words never come here: they stay with directory/places, which asks no network.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from geopy.adapters import BaseAsyncAdapter, BaseSyncAdapter
from geopy.exc import (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQueryError,
    GeocoderServiceError,
    GeocoderUnavailable,
)
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point as GeopyPoint

from directory.answers import Place
from directory.model import Point
from directory.places import Gazetteer

Query = str | Mapping[str, str]
Answer = Location | list[Location] | None

# geopy is not typed.
_geopy_point: Final[Callable[..., Any]] = GeopyPoint
_geopy_location: Final[Callable[..., Location]] = Location

# A wrong key or a refused query is for a person to mend; what passes (time out, too many
# queries, a broken server) is worth the precision of a ZIP instead of none.
_TO_MEND: Final = (GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges, GeocoderQueryError)
# Of a structured query (Nominatim's names) what a gazetteer can use.
_PARTS: Final = ("city", "county", "state", "postalcode")


class Online(Protocol):
    """What every geopy geocoder with both verbs is."""

    adapter: Any

    def geocode(self, query: Any, *, exactly_one: bool = True, timeout: Any = ...) -> Any: ...
    def reverse(self, query: Any, *, exactly_one: bool = True, timeout: Any = ...) -> Any: ...


class NoNetwork(BaseSyncAdapter):
    """The adapter of a geocoder that never calls anyone."""

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:  # noqa: ARG002
        raise GeocoderUnavailable("this geocoder works offline and calls no address")

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        return self.get_json(url, timeout=timeout, headers=headers)


class OfflineGeocoder(Geocoder):
    """ZIPs, cities and counties of the United States; no streets.

    geocode: the middle of the ZIP or city; None also for an ambiguous name, whose choices come
    with exactly_one=False. `raw` holds kind, state, zip, time_zone and guessed (misspelt).
    reverse: the nearest ZIP, None far from any.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        super().__init__(adapter_factory=NoNetwork)  # type: ignore[no-untyped-call]
        self._gazetteer = gazetteer

    def geocode(self, query: Query, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Answer:
        """`query`: words, or a mapping with city, county, state, postalcode. `timeout` is not needed."""
        del timeout
        located = self._gazetteer.locate(_words(query))
        places = (located.place,) if located.place else located.choices
        return _answer([_location(place, located.guessed) for place in places], exactly_one)

    def reverse(self, query: Any, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Answer:
        """`query`: a geopy Point, a pair, or "41.9,-87.6". Raises ValueError if it is no point."""
        del timeout
        latitude, longitude, _ = _geopy_point(query)
        place = self._gazetteer.nearest_zip(Point(latitude, longitude))
        return _answer([_location(place, False)] if place else [], exactly_one)


class StaffGeocoder(Geocoder):
    """An online geocoder, and the offline one for what it does not find or cannot answer now."""

    def __init__(self, online: Online, offline: OfflineGeocoder) -> None:
        if isinstance(online.adapter, BaseAsyncAdapter):
            raise ConfigurationError("the online geocoder needs a synchronous adapter")
        super().__init__(adapter_factory=NoNetwork)  # type: ignore[no-untyped-call]
        self._online = online
        self._offline = offline

    def geocode(self, query: Query, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Answer:
        """Raises geopy's errors for what a person must mend: keys, rights, a query it refuses."""
        try:
            found: Answer = self._online.geocode(query, exactly_one=exactly_one, timeout=timeout)
        except _TO_MEND:
            raise
        except GeocoderServiceError:
            found = None
        return found or self._offline.geocode(query, exactly_one=exactly_one)

    def reverse(self, query: Any, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Answer:
        """As `geocode`."""
        try:
            found: Answer = self._online.reverse(query, exactly_one=exactly_one, timeout=timeout)
        except _TO_MEND:
            raise
        except GeocoderServiceError:
            found = None
        return found or self._offline.reverse(query, exactly_one=exactly_one)


def staff_geocoder(gazetteer: Gazetteer, online: Online | None = None) -> OfflineGeocoder | StaffGeocoder:
    """The geocoder of staff imports: street-level by `online` if there is one, else offline."""
    offline = OfflineGeocoder(gazetteer)
    return StaffGeocoder(online, offline) if online else offline


def _words(query: Query) -> str:
    if isinstance(query, str):
        return query
    return ", ".join(query[part] for part in _PARTS if query.get(part))


def _location(place: Place, guessed: bool) -> Location:
    raw = {"kind": place.kind, "state": place.state, "zip": place.zip, "time_zone": place.time_zone}
    return _geopy_location(place.label, _geopy_point(*place.point), raw | {"guessed": guessed})


def _answer(locations: Sequence[Location], exactly_one: bool) -> Answer:
    if exactly_one:
        return locations[0] if len(locations) == 1 else None
    return list(locations) or None
