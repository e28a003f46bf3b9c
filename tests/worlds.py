"""Small directories for tests: entries by a few words, a gazetteer of a few ZIPs, a store on disk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import Engine

from bot import memory
from directory import importing, schema
from directory.answers import Located, Place
from directory.ids import made_id
from directory.model import (
    Address,
    Answer,
    Attribute,
    Entry,
    Fact,
    Location,
    Organization,
    Phone,
    Point,
    Precision,
    Service,
    ServiceAtLocation,
    Source,
)
from directory.needs import load_needs
from directory.search import Search
from directory.store import Store
from storage import open_engine

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # a Monday noon in Chicago
SOURCE = Source("test", "A test list", "CC0", listed_on=date(2026, 1, 1))
CHICAGO = Place("Chicago, IL", Point(41.88, -87.63), "city", "IL", "", "America/Chicago")


class FewZips:
    """A gazetteer of three ZIP codes."""

    known: ClassVar = {
        "60614": Place("60614", Point(41.9229, -87.6533), "zip", "IL", "60614", "America/Chicago"),
        "02139": Place("02139", Point(42.3647, -71.1042), "zip", "MA", "02139", "America/New_York"),
        "99950": Place("99950", Point(55.5, -131.5), "zip", "AK", "99950", "America/Sitka"),
    }

    def zip(self, code: str) -> Place | None:
        return self.known.get(code)

    def locate(self, words: str) -> Located:
        return Located(choices=tuple(each for each in self.known.values() if each.state == words))

    def nearest_zip(self, point: Point) -> Place | None:
        return self.known["60614"]


def entry(
    key: str,
    *,
    name: str = "",
    organization: str = "",
    needs: Iterable[str] = (),
    point: Point | None = None,
    phone: str = "+13125550100",
    access: dict[str, str] | None = None,
    address: str = "1 Main St",
    postal_code: str = "60614",
    precision: Precision = Precision.NONE,
    **service: Any,
) -> Entry:
    """One service at one location; what is not said is plain."""
    organization = organization or f"Org {key}"
    location = Location(
        id=made_id("location", address, key if address == "1 Main St" else ""),
        point=point,
        precision=precision,
        addresses=(Address(made_id("address", key), address, "Chicago", "IL", postal_code),),
    )
    return Entry(
        key=key,
        line=f"row {key}",
        organization=Organization(made_id("org", organization), organization),
        service=Service(
            id=made_id("service", key),
            name=name or f"Service {key}",
            phones=(Phone(made_id("phone", key), phone),) if phone else (),
            attributes=tuple(Attribute(made_id("a", key, n), "openway", n, n) for n in needs),
            access={field: Fact(Answer(said)) for field, said in (access or {}).items()},
            **service,
        ),
        places=(ServiceAtLocation(made_id("sal", key), location),),
    )


def open_store(folder: Path) -> tuple[Engine, Store]:
    engine = open_engine(f"sqlite:///{folder / 'test.sqlite3'}")
    schema.metadata.create_all(engine)
    memory.metadata.create_all(engine)
    return engine, Store(engine)


def imported(engine: Engine, *rows: Any, source: Source = SOURCE) -> importing.Report:
    return importing.run(engine, source, rows, FewZips(), NOW)


def searchable(folder: Path, *rows: Any) -> Search:
    """A search over these entries."""
    engine, store = open_store(folder)
    imported(engine, *rows)
    search = Search(store, load_needs(), folder / "index", lambda: NOW)
    search.rebuild()
    return search
