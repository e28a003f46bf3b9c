"""A small town for talks: nine listings around Lincoln Park, a fixed clock, and a person who texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.conversation import respond
from bot.model import Channel, Meaning, Reply, State, Understanding, World
from directory.answers import Hit, Openness, OpenState, Place, Query, Results
from directory.geo import miles_between
from directory.hotlines import Hotlines
from directory.model import (
    Address,
    Answer,
    Fact,
    Language,
    Listing,
    Location,
    Organization,
    Phone,
    Point,
    Service,
    Source,
)
from directory.needs import load_needs

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # a Monday noon in Chicago
LIST_2022 = Source("list-2022", "A list of 2022", "CC0", listed_on=date(2022, 1, 31))
LINCOLN_PARK = Place("60614 (Chicago, IL)", Point(41.9229, -87.6533), "zip", "IL", "60614", "America/Chicago")
SPRINGFIELDS = tuple(
    Place(f"Springfield, {state}", point, "city", state)
    for state, point in (("MO", Point(37.2, -93.3)), ("MA", Point(42.1, -72.6)), ("IL", Point(39.8, -89.6)))
)
UNTIL_5 = datetime(2026, 11, 23, 17, 0, tzinfo=ZoneInfo("America/Chicago"))


def listing(
    key: str,
    name: str,
    north: float,
    *,
    phone: str = "",
    extension: str = "",
    street: str = "",
    service: str = "",
    languages: tuple[Language, ...] = (),
    source: Source = LIST_2022,
    checked: date | None = None,
    confidential: bool = False,
    **access: str,
) -> Listing:
    """A listing `north` miles north of the middle of 60614."""
    point = Point(LINCOLN_PARK.point.latitude + north / 69.0, LINCOLN_PARK.point.longitude)
    address = (Address(f"a-{key}", street, "Chicago", "IL", "60614"),) if street else ()
    return Listing(
        id=f"at-{key}",
        service=Service(
            f"s-{key}",
            service or name,
            languages=languages,
            assured_date=checked,
            access={fact: Fact(Answer(said)) for fact, said in access.items()},
        ),
        organization=Organization(f"o-{key}", name),
        location=Location(
            f"l-{key}", name=name, point=None if confidential else point, addresses=address,
            phones=(Phone(f"p-{key}", phone, extension),) if phone else (), confidential=confidential,
        ),
        source=source,
    )  # fmt: skip


SPANISH = (Language("es", "Spanish", "es"),)
LISTINGS: dict[Listing, tuple[str, ...]] = {}
TOWN: tuple[tuple[Listing, tuple[str, ...], Openness], ...] = (
    (
        listing("1", "Cedar Lake Recovery Center", 0.4, phone="+13125550101", street="2200 N Halsted St",
                service="Detox", walk_in="yes", medicaid="yes", id_needed="no"),
        ("detox", "medication"), Openness.OPEN,
    ),
    (
        listing("2", "Gateway to Hope Alcohol and Drug Treatment Programs of Greater Chicago", 1.2,
                phone="+13125550102", extension="2301", street="3300 N Ashland Ave", languages=SPANISH,
                service="Withdrawal management", walk_in="no"),
        ("detox",), Openness.UNKNOWN,
    ),
    (
        listing("3", "María’s House – Detox & Recovery", 2.6, phone="+13125550103", street="4 N Clark St"),
        ("detox", "recovery_support"), Openness.CLOSED,
    ),
    (listing("4", "North Shore Detox", 6.0, phone="+18475550104"), ("detox",), Openness.UNKNOWN),
    (
        listing("5", "St. Ann Food Pantry", 0.8, phone="+13125550105", street="900 W Diversey Pkwy",
                checked=date(2026, 11, 3)),
        ("food",), Openness.OPEN,
    ),
    (
        listing("6", "Comedor de la Esperanza", 1.9, phone="+13125550106", street="1801 W Division St",
                languages=SPANISH, checked=date(2026, 10, 12)),
        ("food",), Openness.CLOSED,
    ),
    (
        listing("7", "Harbor Night Shelter", 1.1, street="10 W Elm St", checked=date(2026, 11, 20),
                intake_24_7="yes", no_pay="yes"),
        ("shelter",), Openness.OPEN,
    ),
    (
        listing("8", "Safe Rooms", 0, phone="+13125550108", confidential=True, checked=date(2026, 11, 1)),
        ("dv_services",), Openness.OPEN,
    ),
    (listing("9", "Lincoln Clinic", 0.5, phone="+13125550109", street="1 W Fullerton Ave"), ("clinic", "mental_health"),
     Openness.UNKNOWN),
)  # fmt: skip


@dataclass(frozen=True)
class Town:
    """A directory that looks at every listing."""

    listings: tuple[tuple[Listing, tuple[str, ...], Openness], ...] = TOWN

    def search(self, query: Query) -> Results:
        fit = [self._hit(each, state, query.place) for each, needs, state in self.listings
               if not query.needs or query.needs & set(needs)]  # fmt: skip
        if query.radius is not None and not query.min_results:
            fit = [hit for hit in fit if hit.distance_miles and hit.distance_miles <= query.radius]
        fit.sort(key=lambda hit: hit.distance_miles or 0)
        first = (query.page - 1) * query.per_page
        return Results(tuple(fit[first : first + query.per_page]), len(fit), query)

    def hit(self, listing_id: str, place: Place | None) -> Hit | None:
        found = (self._hit(each, state, place) for each, _, state in self.listings if each.id == listing_id)
        return next(found, None)

    @staticmethod
    def _hit(each: Listing, state: Openness, place: Place | None) -> Hit:
        point = each.location.point
        miles = miles_between(place.point, point) if place and point else None
        until = None if state is Openness.UNKNOWN else UNTIL_5
        return Hit(each, miles, OpenState(state, until))


def meaning_always(meaning: Meaning) -> Understanding:
    return lambda text, language: meaning


def world(understand: Understanding, **changes: object) -> World:
    parts: dict[str, Any] = {
        "directory": Town(),
        "needs": load_needs(),
        "hotlines": Hotlines.load(),
        "now": lambda: NOW,
    }
    return World(understand=understand, **{**parts, **changes})


@dataclass
class Person:
    """Somebody with a phone: `person.texts("detox 60614")` gives the messages that come back."""

    world: World
    state: State = field(default_factory=State)
    channel: Channel = Channel.SMS

    def texts(self, text: str) -> list[str]:
        return [reply.text for reply in self.gets(text)]

    def gets(self, text: str) -> tuple[Reply, ...]:
        turn = respond(self.state, text, self.world, self.channel)
        self.state = turn.state
        return turn.replies
