"""A small made-up town for the web tests: real store and search, a gazetteer of five places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from flask import Flask

import web
from directory.answers import Located, Place
from directory.hotlines import Hotlines
from directory.ids import made_id
from directory.model import (
    Address,
    Answer,
    Attribute,
    Capacity,
    CostOption,
    Entry,
    Fact,
    Language,
    Location,
    Organization,
    Phone,
    Point,
    RequiredDocument,
    Schedule,
    Service,
    ServiceAtLocation,
    Source,
)
from directory.needs import load_needs
from directory.search import Search
from settings import Settings
from tests import worlds
from tests.bot import town as talking
from tests.understanding.reader import reader

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # a Monday noon in Chicago
LISTED = Source("listed", "State list of 2022", "public domain", "https://example.org/list", date(2022, 3, 1))
MADE_UP = Source("demo", "Openway demonstration", "CC0", listed_on=date(2026, 11, 1), is_demonstration=True)

HERE = Place("Chicago, IL", Point(41.88, -87.63), "city", "IL", "", "America/Chicago")
ZIP = Place("60614 (Chicago, IL)", Point(41.9229, -87.6533), "zip", "IL", "60614", "America/Chicago")
SPRINGFIELDS = (
    Place("Springfield, IL", Point(39.8, -89.64), "city", "IL", "", "America/Chicago"),
    Place("Springfield, MO", Point(37.21, -93.29), "city", "MO", "", "America/Chicago"),
)


class FewPlaces:
    """A gazetteer that knows Chicago, one ZIP code, two Springfields, and points."""

    def locate(self, words: str) -> Located:
        asked = words.strip().lower()
        if asked in ("60614", "chicago", "chicago, il"):
            return Located(ZIP if asked == "60614" else HERE)
        if asked == "chcago":
            return Located(HERE, guessed=True)
        if asked == "springfield":
            return Located(choices=SPRINGFIELDS)
        known = {place.label.lower(): place for place in SPRINGFIELDS}
        return Located(known.get(asked) or _point(asked))

    def find(self, text: str) -> tuple[Located, str] | None:
        """Springfield at the end of a text."""
        words = text.split()
        is_there = words[-1:] in (["springfield"], ["Springfield"])
        return (Located(choices=SPRINGFIELDS), " ".join(words[:-1])) if is_there else None


def _point(words: str) -> Place | None:
    try:
        latitude, longitude = map(float, words.split(","))
    except ValueError:
        return None
    return Place(words, Point(latitude, longitude), "point", "IL", "", "America/Chicago")


def listing(key: str, name: str, needs: str, *, where: Location, **service: Any) -> Entry:
    """A service at one location. `needs`: codes parted by spaces."""
    organization = service.pop("organization", Organization(made_id("org", key), name))
    access = {each: Fact(Answer(said)) for each, said in service.pop("access", {}).items()}
    made = Service(
        made_id("service", key),
        name,
        access=access,
        attributes=tuple(Attribute(made_id("a", key, n), "openway", n, n) for n in needs.split()),
        **{"phones": (phone(key, "+13125550100"),), **service},
    )
    return Entry(key, f"row {key}", organization, made, (ServiceAtLocation(made_id("sal", key), where),))


def phone(key: str, number: str, **more: Any) -> Phone:
    return Phone(made_id("phone", key, number), number, **more)


def door(key: str, street: str, north: float = 0.0, **more: Any) -> Location:
    """A location so many degrees north of the middle of Chicago."""
    address = Address(made_id("address", key), street, "Chicago", "IL", "60614")
    defaults: dict[str, Any] = {"point": Point(41.88 + north, -87.63), "time_zone": "America/Chicago"}
    return Location(made_id("location", key), addresses=(address,), **{**defaults, **more})


def weekdays(key: str, opens: int = 9, closes: int = 17, days: str = "MO,TU,WE,TH,FR") -> Schedule:
    times = {"opens_at": time(opens), "closes_at": time(closes)}
    return Schedule(made_id("hours", key, days), freq="WEEKLY", byday=days, **times)


def real_rows() -> list[Entry]:
    two_doors = listing(
        "two",
        "Riverside Food Pantry",
        "food",
        where=door("two-a", "12 River St", 0.03, name="North hall"),
        description="Free bags of food once a week.",
        schedules=(replace(weekdays("two", 10, 14, "TU,TH"), description="Tue and Thu 10-2; come early"),),
        access={"walk_in": "yes", "id_needed": "no", "no_pay": "yes"},
        languages=(Language(made_id("l", "two"), "Spanish", "es", "staff"),),
    )
    south = ServiceAtLocation(
        made_id("sal", "two-b"), door("two-b", "90 Lake Ave", -0.05, name="South hall"), schedules=()
    )
    return [
        replace(two_doors, places=(*two_doors.places, south)),
        listing(
            "detox",
            "Harbor Detox Center",
            "detox medication",
            where=door("detox", "400 W Harbor Dr", 0.01),
            organization=Organization(
                made_id("org", "h"), "Harbor Health", website="https://harbor.example.org"
            ),
            description="Medical detox, day and night.",
            phones=(
                phone("detox", "+13125550111", description="Intake"),
                phone("detox", "+13125550112", type="text"),
                phone("detox", "+13125550113", type="fax"),
            ),
            access={
                "intake_24_7": "yes",
                "walk_in": "yes",
                "medicaid": "yes",
                "no_pay": "yes",
                "id_needed": "no",
                "pregnant": "yes",
                "women": "yes",
                "men": "yes",
                "pets": "no",
                "on_medication": "yes",
            },
            minimum_age=18,
            eligibility_description="Adults who want to stop drinking or using.",
            required_documents=(RequiredDocument(made_id("d"), "A list of your medicines, if you have one"),),
            cost_options=(
                CostOption(
                    made_id("c"), "First visit", 20, "USD", amount_description="free if you cannot pay"
                ),
            ),
            capacities=(
                Capacity(made_id("cap"), "Detox beds", 2, datetime(2026, 11, 23, 15, 10, tzinfo=UTC)),
            ),
            fees_description="Medicaid is taken. Nobody is sent away for lack of money.",
            assured_date=date(2026, 11, 3),
            licenses="Illinois SUPR license A-0000",
        ),
        listing(
            "clinic",
            "Elm Street Outpatient & Wellness",
            "outpatient mental_health",
            where=door("clinic", "7 Elm St", 0.2),
            schedules=(weekdays("clinic"),),
            url="javascript:alert(document.cookie)",
            access={"telehealth": "yes", "wheelchair": "yes"},
        ),
        listing("script", "<script>alert(1)</script> Aid", "legal", where=door("script", "1 <b>Court</b>")),
        listing(
            "safe",
            "Safe House",
            "dv_services shelter",
            where=door("safe", "99 Secret Rd", 0.02, confidential=True),
            access={"children": "yes", "pets": "yes", "women": "yes"},
        ),
        listing(
            "line",
            "Benefits by Phone",
            "id_documents",
            where=Location(made_id("location", "line"), location_type="virtual"),
            schedules=(weekdays("line", 8, 20, "MO,TU,WE,TH,FR,SA"),),
        ),
    ]  # fmt: skip


def made_up_rows() -> list[Entry]:
    """Enough housing for two pages, and three jobs far out: 60 to 80 miles."""
    homes = [
        listing(f"home{n}", f"Maple Home {n}", "housing", where=door(f"home{n}", f"{n} Maple St", n / 500))
        for n in range(12)
    ]
    jobs = [
        listing(f"job{n}", f"Far Away Jobs {n}", "jobs", where=door(f"job{n}", f"{n} Far Rd", 0.9 + n / 10))
        for n in range(3)
    ]
    no_walk_in = {"walk_in": Fact(Answer.NO)}
    return [*homes, *(replace(job, service=replace(job.service, access=no_walk_in)) for job in jobs)]


def settings(folder: Path, **changed: Any) -> Settings:
    plain: dict[str, Any] = {
        "data_dir": folder,
        "database_url": "",
        "host": "127.0.0.1",
        "port": 8000,
        "site_name": "Openway",
        "public_url": "",
        "twilio_from": "",
        **dict.fromkeys(("twilio_account_sid", "twilio_auth_token", "twilio_auth_token_secondary"), ""),
        **dict.fromkeys(("secret_key", "contact_key", "pseudonym_key", "opt_out_key"), b"k" * 32),
    }
    return Settings(**{**plain, **changed})


def town(folder: Path, clock: Callable[[], datetime] = lambda: NOW) -> web.Services:
    """The parts of a web app over the town."""
    engine, store = worlds.open_store(folder)
    worlds.imported(engine, *real_rows(), source=LISTED)
    worlds.imported(engine, *made_up_rows(), source=MADE_UP)
    search = Search(store, load_needs(), folder / "index", clock)
    search.rebuild()
    return web.Services(
        settings=settings(folder),
        store=store,
        directory=search,
        gazetteer=FewPlaces(),  # type: ignore[arg-type]
        needs=load_needs(),
        hotlines=Hotlines.load(),
        bot=None,  # type: ignore[arg-type]
        world=talking.world(reader()),
        clock=clock,
    )


def app_over(parts: web.Services, **config: Any) -> Flask:
    """The doors over these parts, as app.create_app would open them."""
    app = Flask("web")
    app.config.update({"TESTING": True, "SECRET_KEY": parts.settings.secret_key, **config})
    web.register(app, parts)
    return app
