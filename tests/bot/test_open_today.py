"""What is open: now and near, then what opens later today, then what may be open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import structs

from bot.model import Hit, Place, Query, Results
from bot.open_today import NEAR, search
from directory.answers import Openness, OpenState
from tests.bot.town import LINCOLN_PARK, NOW, Person, listing, world
from tests.understanding.reader import reader

CHICAGO = ZoneInfo("America/Chicago")
TODAY = datetime(2026, 11, 23, 17, 0, tzinfo=CHICAGO)
OPEN = OpenState(Openness.OPEN, TODAY)
LATER = OpenState(Openness.CLOSED, TODAY)
TOMORROW = OpenState(Openness.CLOSED, TODAY + timedelta(days=1))
UNKNOWN = OpenState(Openness.UNKNOWN)
ASKED = Query(place=LINCOLN_PARK, open_only=True, per_page=3)


@dataclass(frozen=True)
class Doors:
    """A directory of doors, in this order."""

    hits: tuple[Hit, ...]

    def search(self, query: Query) -> Results:
        shut = (Openness.CLOSED,) if query.open_only else ()
        fit = tuple(hit for hit in self.hits if hit.open.state not in shut)
        first = (query.page - 1) * query.per_page
        return Results(fit[first : first + query.per_page], len(fit), query)

    def hit(self, listing_id: str, _place: Place | None) -> Hit | None:
        return next((hit for hit in self.hits if hit.listing.id == listing_id), None)


def door(name: str, state: OpenState, miles: float = 1.0) -> Hit:
    return Hit(listing(name, name, miles, phone="+13125550100"), miles, state)


def names(results: Results) -> list[str]:
    return [hit.listing.service.name for hit in results.hits]


def test_what_is_open_and_near_comes_first_then_what_opens_today() -> None:
    doors = Doors(
        (door("far", OPEN, NEAR + 10), door("kitchen", LATER), door("pantry", OPEN), door("shut", TOMORROW))
    )
    assert names(search(doors, ASKED, NOW)) == ["pantry", "kitchen", "far"]


def test_what_opens_another_day_is_left_out_and_what_does_not_say_comes_last() -> None:
    doors = Doors((door("unknown", UNKNOWN), door("shut", TOMORROW), door("kitchen", LATER)))
    assert names(search(doors, ASKED, NOW)) == ["kitchen", "unknown"]


def test_today_is_the_day_of_the_place_not_ours() -> None:
    night = datetime(2026, 11, 24, 3, 0, tzinfo=ZoneInfo("UTC"))  # still Monday in Chicago
    assert names(search(Doors((door("kitchen", LATER),)), ASKED, night)) == ["kitchen"]


def test_pages_go_on_without_a_double() -> None:
    doors = Doors((door("a", OPEN), door("b", LATER), door("c", LATER), door("d", UNKNOWN)))
    first, second = (search(doors, structs.replace(ASKED, page=page), NOW) for page in (1, 2))
    assert names(first) + names(second) == ["a", "b", "c", "d"]
    assert first.total == 4


def test_enough_that_is_open_near_is_the_list_as_it_is() -> None:
    doors = Doors((door("b", OPEN), door("a", OPEN), door("c", OPEN), door("kitchen", LATER)))
    assert names(search(doors, ASKED, NOW)) == ["b", "a", "c"]


def test_open_today_is_more_than_open_now() -> None:
    doors = Doors((door("pantry", OPEN), door("kitchen", LATER)))
    today, now = (
        Person(world(reader(), directory=doors)).texts(f"food 60614 {wish}")
        for wish in ("open today", "open now")
    )
    assert "kitchen" in "\n".join(today)
    assert "kitchen" not in "\n".join(now)
