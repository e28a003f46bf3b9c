"""The gazetteer behaves as any geopy geocoder; online ones serve staff imports and may fail."""
# geopy is not typed:
# mypy: disable-error-code="no-untyped-call"

from collections.abc import Mapping
from typing import Any

import pytest
from geopy.adapters import AdapterHTTPError, BaseAsyncAdapter, BaseSyncAdapter
from geopy.exc import (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQueryError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
from geopy.location import Location
from geopy.point import Point

from directory.geocode import NoNetwork, OfflineGeocoder, Online, staff_geocoder
from directory.places import Gazetteer

STREET = {"lat": "41.8842", "lon": "-87.6324", "display_name": "121 N LaSalle St, Chicago"}


@pytest.fixture
def offline(gazetteer: Gazetteer) -> OfflineGeocoder:
    return OfflineGeocoder(gazetteer)


class Answering(BaseSyncAdapter):
    """geopy's own seam: an adapter that answers, or fails, as the service would."""

    def __init__(self, answer: Any) -> None:
        super().__init__(proxies=None, ssl_context=None)
        self.answer = answer
        self.asked: list[str] = []

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        self.asked.append(url)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        return self.get_json(url, timeout=timeout, headers=headers)


def online(answer: Any) -> Online:
    nominatim: Online = Nominatim(user_agent="openway-test", adapter_factory=lambda **_: Answering(answer))
    return nominatim


@pytest.mark.parametrize(
    ("query", "address"),
    [
        pytest.param("60614", "60614 (Chicago, IL)", id="a ZIP"),
        pytest.param("springfield il", "Springfield, IL", id="a city"),
        pytest.param("cook county", "Cook County, IL", id="a county"),
        pytest.param({"city": "Chicago", "state": "Illinois"}, "Chicago, IL", id="structured"),
        pytest.param(
            {"street": "1 Main St", "postalcode": "60614"}, "60614 (Chicago, IL)", id="structured, a ZIP"
        ),
    ],
)
def test_it_geocodes_as_geopy_does(offline: OfflineGeocoder, query: Any, address: str) -> None:
    location = offline.geocode(query, timeout=3)
    assert isinstance(location, Location)
    assert location.address == address
    assert location.raw["state"] == "IL"
    assert location.raw["time_zone"] == "America/Chicago"
    assert location.latitude == pytest.approx(41, abs=2)


def test_exactly_one_or_all(offline: OfflineGeocoder) -> None:
    several = offline.geocode("springfield", exactly_one=False)
    assert isinstance(several, list)
    assert [place.address for place in several][:2] == ["Springfield, MA", "Springfield, MO"]
    assert offline.geocode("springfield") is None, "an ambiguous name is not placed in silence"
    assert offline.geocode("xyzzyq", exactly_one=False) is None


def test_a_misspelt_city_says_so(offline: OfflineGeocoder) -> None:
    location = offline.geocode("chcago")
    assert isinstance(location, Location)
    assert (location.address, location.raw["guessed"]) == ("Chicago, IL", True)


@pytest.mark.parametrize("query", [Point(41.9229, -87.6483), (41.9229, -87.6483), "41.9229,-87.6483"])
def test_a_point_gives_the_nearest_zip(offline: OfflineGeocoder, query: Any) -> None:
    location = offline.reverse(query)
    assert isinstance(location, Location)
    assert location.address == "60614 (Chicago, IL)"
    assert offline.reverse(query, exactly_one=False) == [location]


def test_a_point_at_sea_gives_nothing_and_words_are_no_point(offline: OfflineGeocoder) -> None:
    assert offline.reverse((0, -140)) is None
    with pytest.raises(ValueError):
        offline.reverse("no point")


def test_it_calls_nobody(offline: OfflineGeocoder) -> None:
    assert isinstance(offline.adapter, NoNetwork)
    with pytest.raises(GeocoderUnavailable):
        offline.adapter.get_text("https://example.org", timeout=1, headers={})


def test_it_works_in_geopys_rate_limiter(offline: OfflineGeocoder) -> None:
    limited = RateLimiter(offline.geocode, min_delay_seconds=0)
    assert limited("60614").address == "60614 (Chicago, IL)"


def test_staff_get_the_street_of_the_online_geocoder(gazetteer: Gazetteer) -> None:
    location = staff_geocoder(gazetteer, online([STREET])).geocode("121 N LaSalle St, Chicago IL")
    assert isinstance(location, Location)
    assert (location.latitude, location.longitude) == (41.8842, -87.6324)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param([], id="it finds nothing"),
        pytest.param(GeocoderTimedOut("slow"), id="it takes too long"),
        pytest.param(GeocoderUnavailable("no route"), id="there is no network"),
        pytest.param(AdapterHTTPError("busy", status_code=429, headers={}, text=""), id="it limits us"),
        pytest.param(AdapterHTTPError("broken", status_code=502, headers={}, text=""), id="it is broken"),
    ],
)
def test_what_passes_falls_back_to_the_gazetteer(gazetteer: Gazetteer, answer: Any) -> None:
    staff = staff_geocoder(gazetteer, online(answer))
    location = staff.geocode("121 N LaSalle St, Chicago IL")
    assert isinstance(location, Location)
    assert location.address == "Chicago, IL"


def test_the_way_back_falls_back_too(gazetteer: Gazetteer) -> None:
    location = staff_geocoder(gazetteer, online(GeocoderTimedOut("slow"))).reverse((41.9229, -87.6483))
    assert isinstance(location, Location)
    assert location.address == "60614 (Chicago, IL)"


@pytest.mark.parametrize(
    ("status", "error"),
    [
        pytest.param(401, GeocoderAuthenticationFailure, id="a wrong key"),
        pytest.param(403, GeocoderInsufficientPrivileges, id="no right"),
        pytest.param(400, GeocoderQueryError, id="a bad query"),
    ],
)
def test_what_a_person_must_mend_is_raised_as_geopys_error(
    gazetteer: Gazetteer, status: int, error: type[Exception]
) -> None:
    staff = staff_geocoder(gazetteer, online(AdapterHTTPError("no", status_code=status, headers={}, text="")))
    with pytest.raises(error):
        staff.geocode("60614")
    with pytest.raises(error):
        staff.reverse((41.9, -87.6))


def test_without_an_online_geocoder_staff_have_the_offline_one(gazetteer: Gazetteer) -> None:
    assert isinstance(staff_geocoder(gazetteer), OfflineGeocoder)


def test_an_asynchronous_online_geocoder_is_refused(gazetteer: Gazetteer) -> None:
    class Asynchronous(BaseAsyncAdapter):
        async def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any: ...
        async def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any: ...

    nominatim = Nominatim(user_agent="openway-test", adapter_factory=Asynchronous)
    with pytest.raises(ConfigurationError):
        staff_geocoder(gazetteer, nominatim)
