"""Reading the directory: tables to whole records. Nothing loads lazily; nothing is written here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Engine, Select, Table, bindparam, func, or_, select

from directory import schema
from directory.changes import Since, since, version_in
from directory.model import (
    Attribute,
    Fact,
    Listing,
    Location,
    Metadata,
    Organization,
    Service,
    Source,
)
from directory.rows import Part, fact_of, location_of, parts_of, record_of, service_of
from storage import CHUNK

Ids = Iterable[str]
_PHONE_OWNERS: Final = ("organization_id", "service_id", "location_id", "service_at_location_id")


class Box(NamedTuple):
    """A stretch of the map, in degrees."""

    south: float
    north: float
    west: float
    east: float


class Store:
    """The directory's records, read. Every method is one short transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def engine(self) -> Engine:
        return self._engine

    def version(self) -> str:
        """What the directory is now; it changes with every change. "0" for an empty one."""
        with self._engine.connect() as connection:
            return version_in(connection)

    def since(self, version: str, most: int) -> tuple[Since, list[Listing]] | None:
        """What changed after a version, with the listings as they are now; None: too much to tell."""
        with self._engine.connect() as connection:
            found = since(connection, version)
            if found is None or len(found.changed) > most:
                return None
            return found, list(_listings(connection, sorted(found.changed)))

    def within(self, box: Box, most: int) -> list[str]:
        """Ids of listings whose point lies in a box of degrees."""
        at, location = schema.service_at_location.c, schema.location.c
        query = (
            select(at.id)
            .join(schema.location, location.id == at.location_id)
            .where(location.latitude.between(box.south, box.north))
            .where(location.longitude.between(box.west, box.east))
        )
        with self._engine.connect() as connection:
            return list(connection.scalars(query.limit(most)))

    def without_door(self, most: int) -> list[str]:
        """Ids of listings that have no point."""
        at, location = schema.service_at_location.c, schema.location.c
        query = select(at.id).join(schema.location, location.id == at.location_id)
        with self._engine.connect() as connection:
            return list(connection.scalars(query.where(location.latitude.is_(None)).limit(most)))

    def named(self, words: Sequence[str], most: int) -> list[str]:
        """Ids of listings whose service or organization has all these words in its name."""
        at, service, organization = schema.service_at_location.c, schema.service.c, schema.organization.c
        query = (
            select(at.id)
            .join(schema.service, service.id == at.service_id)
            .join(schema.organization, organization.id == service.organization_id)
        )
        for word in words:
            like = f"%{word}%"  # words hold letters and digits only: nothing to escape
            query = query.where(or_(service.name.ilike(like), organization.name.ilike(like)))
        with self._engine.connect() as connection:
            return list(connection.scalars(query.limit(most)))

    def with_phone(self, number: str, most: int) -> list[str]:
        """Ids of listings with this phone number, on their own or of their service, place or organization;
        one without an area code also where it follows one."""
        phone, at, service = schema.phone.c, schema.service_at_location.c, schema.service.c
        same = phone.number == number if number.startswith("+") else phone.number.endswith(number)
        owners = {name: select(phone[name]).where(same, phone[name].is_not(None)) for name in _PHONE_OWNERS}
        of_organization = select(service.id).where(service.organization_id.in_(owners["organization_id"]))
        query = select(at.id).where(
            or_(
                at.id.in_(owners["service_at_location_id"]),
                at.location_id.in_(owners["location_id"]),
                at.service_id.in_(owners["service_id"]),
                at.service_id.in_(of_organization),
            )
        )
        with self._engine.connect() as connection:
            return list(connection.scalars(query.limit(most)))

    def sources(self) -> list[Source]:
        with self._engine.connect() as connection:
            return list(_sources(connection).values())

    def listings(self, ids: Sequence[str]) -> list[Listing]:
        """The listings of these service_at_location ids, in this order; unknown ids are left out."""
        with self._engine.connect() as connection:
            found = {each.id: each for each in _listings(connection, ids)}
        return [found[each] for each in ids if each in found]

    def service(self, service_id: str) -> list[Listing]:
        """All locations of a service, by the id of the service or of one of its locations."""
        table = schema.service_at_location.c
        with self._engine.connect() as connection:
            of_place = select(table.service_id).where(table.id == service_id)
            wanted = connection.scalar(of_place) or service_id
            query = select(table.id).where(table.service_id == wanted).order_by(table.id)
            return list(_listings(connection, list(connection.scalars(query))))

    def services(
        self, page: int, per_page: int, *, organization_id: str = "", modified_after: Any = None
    ) -> tuple[int, list[list[Listing]]]:
        """One page of services, each as its listings, by id; and how many there are in all."""
        table = schema.service.c
        query = select(table.id)
        if organization_id:
            query = query.where(table.organization_id == organization_id)
        if modified_after is not None:
            query = query.where(table.last_modified > modified_after)
        with self._engine.connect() as connection:
            total, ids = _page(connection, query.order_by(table.id), page, per_page)
            at = schema.service_at_location.c
            pairs = connection.execute(select(at.id, at.service_id).where(at.service_id.in_(ids))).all()
            found = {each.id: each for each in _listings(connection, [pair.id for pair in pairs])}
        grouped: dict[str, list[Listing]] = {each: [] for each in ids}
        for pair in sorted(pairs, key=lambda pair: str(pair.id)):
            grouped[pair.service_id].append(found[pair.id])
        return total, [group for group in grouped.values() if group]

    def organizations(self, page: int, per_page: int) -> tuple[int, list[Organization]]:
        query = select(schema.organization.c.id).order_by(schema.organization.c.id)
        with self._engine.connect() as connection:
            total, ids = _page(connection, query, page, per_page)
            found = _organizations(connection, ids)
        return total, [found[each] for each in ids]

    def organization(self, organization_id: str) -> Organization | None:
        with self._engine.connect() as connection:
            return _organizations(connection, [organization_id]).get(organization_id)

    def taxonomies(self) -> list[dict[str, Any]]:
        with self._engine.connect() as connection:
            rows = connection.execute(select(schema.taxonomy).order_by(schema.taxonomy.c.id))
            return [dict(row) for row in rows.mappings()]

    def taxonomy_terms(
        self, page: int, per_page: int, taxonomy_id: str = ""
    ) -> tuple[int, list[dict[str, Any]]]:
        """Terms with the name of their taxonomy as `taxonomy`."""
        term, taxonomy = schema.taxonomy_term, schema.taxonomy
        query = select(term.c.id).order_by(term.c.id)
        if taxonomy_id:
            query = query.where(term.c.taxonomy_id == taxonomy_id)
        with self._engine.connect() as connection:
            total, ids = _page(connection, query, page, per_page)
            full = (
                select(term, taxonomy.c.name.label("taxonomy"))
                .join(taxonomy, taxonomy.c.id == term.c.taxonomy_id)
                .where(term.c.id.in_(ids))
                .order_by(term.c.id)
            )
            return total, [dict(row) for row in connection.execute(full).mappings()]

    def changes(self, service_id: str) -> list[Metadata]:
        """HSDS metadata that came with a service."""
        table = schema.change
        query = select(table).where(table.c.service_id == service_id).order_by(table.c.last_action_date)
        with self._engine.connect() as connection:
            return [record_of(Metadata, row, table) for row in connection.execute(query).mappings()]

    def all(self) -> Iterator[Listing]:
        """Every listing, in chunks, in one read transaction: a picture of one moment."""
        with self._engine.connect() as connection:
            yield from listings_in(connection)

    def snapshot(self) -> AbstractContextManager[Connection]:
        """A read transaction, for version_in and listings_in of one moment."""
        return self._engine.connect()

    def count(self) -> int:
        with self._engine.connect() as connection:
            return count_in(connection)


def count_in(connection: Connection) -> int:
    """How many listings a transaction sees."""
    return connection.scalar(select(func.count()).select_from(schema.service_at_location)) or 0


def listings_in(connection: Connection) -> Iterator[Listing]:
    """Every listing that a transaction sees, its own changes among them."""
    table = schema.service_at_location.c
    for chunk in _chunks(connection.scalars(select(table.id).order_by(table.id))):
        yield from _listings(connection, chunk)


def _page(connection: Connection, query: Select[Any], page: int, per_page: int) -> tuple[int, list[str]]:
    total = connection.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    ids = connection.scalars(query.limit(per_page).offset((page - 1) * per_page))
    return total, list(ids)


def _sources(connection: Connection) -> dict[str, Source]:
    rows = connection.execute(select(schema.source).order_by(schema.source.c.id)).mappings()
    return {row["id"]: record_of(Source, row, schema.source) for row in rows}


def _listings(connection: Connection, ids: Sequence[str]) -> Iterator[Listing]:
    at = schema.service_at_location
    rows = [
        row
        for part in _chunks(ids)
        for row in connection.execute(_by_ids(at, "id", ""), {"ids": part}).mappings().all()
    ]
    services, makers = _services(connection, {row["service_id"] for row in rows})
    locations = _locations(connection, {row["location_id"] for row in rows})
    organizations = _organizations(connection, {organization for organization, _ in makers.values()})
    sources = _sources(connection)
    own = _parts(connection, "service_at_location_id", {row["id"] for row in rows})
    for row in rows:
        organization_id, source_id = makers[row["service_id"]]
        yield Listing(
            id=row["id"],
            service=services[row["service_id"]],
            organization=organizations[organization_id],
            location=locations[row["location_id"]],
            source=sources[source_id],
            description=row["description"],
            **{f"own_{name}": value for name, value in own[row["id"]].items()},
        )


def _services(connection: Connection, ids: Ids) -> tuple[dict[str, Service], dict[str, tuple[str, str]]]:
    """Services by id, and of each the ids of its organization and source."""
    ids = list(ids)
    parts, facts = _parts(connection, "service_id", ids), _facts(connection, ids)
    attributes = _attributes(connection, ids)
    rows = list(_rows(connection, schema.service, "id", ids))
    services = {
        row["id"]: service_of(
            row, attributes=tuple(attributes[row["id"]]), access=facts[row["id"]], **parts[row["id"]]
        )
        for row in rows
    }
    return services, {row["id"]: (row["organization_id"], row["source_id"]) for row in rows}


def _locations(connection: Connection, ids: Ids) -> dict[str, Location]:
    parts = _parts(connection, "location_id", ids)
    rows = _rows(connection, schema.location, "id", ids)
    return {row["id"]: location_of(row, **parts[row["id"]]) for row in rows}


def _organizations(connection: Connection, ids: Ids) -> dict[str, Organization]:
    parts = _parts(connection, "organization_id", ids)
    table = schema.organization
    rows = _rows(connection, table, "id", ids)
    return {row["id"]: record_of(Organization, row, table, **parts[row["id"]]) for row in rows}


def _parts(connection: Connection, owner: str, ids: Ids) -> dict[str, dict[str, tuple[Any, ...]]]:
    """By owner id: the lists that belong to it, as the record's fields."""
    wanted = list(ids)
    found: dict[str, dict[str, tuple[Any, ...]]] = defaultdict(dict)
    for part in parts_of(owner):
        for owner_id, records in _records(connection, part, wanted).items():
            found[owner_id][part.field] = tuple(records)
    return found


def _records(connection: Connection, part: Part, ids: list[str]) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = defaultdict(list)
    for row in _rows(connection, part.table, part.owner, ids, order="row"):
        grouped[row[part.owner]].append(record_of(part.record, row, part.table))
    return grouped


def _facts(connection: Connection, ids: list[str]) -> dict[str, dict[str, Fact]]:
    facts: dict[str, dict[str, Fact]] = defaultdict(dict)
    for row in _rows(connection, schema.access_fact, "service_id", ids, order="field"):
        facts[row["service_id"]][row["field"]] = fact_of(row)
    return facts


def _attributes(connection: Connection, ids: list[str]) -> dict[str, list[Attribute]]:
    own, term, taxonomy = schema.attribute, schema.taxonomy_term, schema.taxonomy
    query = (
        select(own, term.c.code, term.c.name, taxonomy.c.name.label("taxonomy"))
        .join(term, term.c.id == own.c.taxonomy_term_id)
        .join(taxonomy, taxonomy.c.id == term.c.taxonomy_id)
        .order_by(own.c.row)
    )
    found: dict[str, list[Attribute]] = defaultdict(list)
    for chunk in _chunks(ids):
        for row in connection.execute(query.where(own.c.service_id.in_(chunk))).mappings():
            names = ("id", "taxonomy", "code", "name", "value", "label")
            found[row["service_id"]].append(Attribute(**{name: row[name] for name in names}))
    return found


def _rows(connection: Connection, table: Table, column: str, ids: Ids, order: str = "") -> Iterator[Any]:
    # Statements that stay the same, read in one go: a big index build reads tens of millions of rows.
    query = _by_ids(table, column, order)
    for chunk in _chunks(ids):
        yield from connection.execute(query, {"ids": chunk}).mappings().all()


@cache
def _by_ids(table: Table, column: str, order: str) -> Select[Any]:
    query = select(table).where(table.c[column].in_(bindparam("ids", expanding=True)))
    return query.order_by(table.c[order]) if order else query


def _chunks(ids: Ids) -> Iterator[list[str]]:
    wanted = list(ids)
    for start in range(0, len(wanted), CHUNK):
        yield wanted[start : start + CHUNK]
