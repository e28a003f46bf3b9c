"""Writing the directory: batches of entries into the tables. Part of one transaction of its caller."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from directory import schema
from directory.changes import LISTING, LOCATION, ORGANIZATION, SERVICE, Touched
from directory.ids import made_id
from directory.model import Attribute, Entry, Source
from directory.placing import Stored
from directory.rows import PARTS, Row, location_row, parts_of, row_of, service_row

Rows = dict[Table, dict[str, Row]]  # by id: a shared place or organization is written once


class Writer:
    """Collects entries and writes them in bulk. Forget it after its transaction."""

    def __init__(self, connection: Connection, source: Source, now: datetime) -> None:
        self._connection, self._source, self._now = connection, source, now
        self._whole: Rows = defaultdict(dict)
        self._parts: dict[Table, dict[tuple[str, str], list[Row]]] = defaultdict(dict)
        self._loose: dict[Table, list[Row]] = defaultdict(list)
        self._known_terms: set[str] = set()
        self._replaced: list[str] = []
        self._replaced_keys: list[str] = []
        self.touched = Touched()

    def add(self, entry: Entry, stored: Mapping[str, Stored], digest: str, *, known: bool) -> None:
        """Takes one entry. `stored`: by location id, where it is. `known`: it replaces an older one."""
        service, organization = entry.service, entry.organization
        self.touched.note(SERVICE, service.id)
        self.touched.note(ORGANIZATION, organization.id)
        if service.id in self._whole[schema.service]:
            self.flush()  # the same service twice: the later one replaces the earlier
        if known:
            self._replaced.append(service.id)
            self._replaced_keys.append(entry.key)
        self._whole[schema.organization][organization.id] = row_of(organization, schema.organization)
        self._add_parts("organization_id", organization.id, organization)
        row = service_row(service, organization.id, self._source.id)
        row["last_modified"] = service.last_modified or self._now
        self._whole[schema.service][service.id] = row
        self._add_parts("service_id", service.id, service)
        self._add_facts(entry)
        row = {"source_id": self._source.id, "key": entry.key, "service_id": service.id, "digest": digest}
        self._loose[schema.entry].append(row)
        for place in entry.places:
            at, location = place.id, place.location
            self.touched.note(LOCATION, location.id)
            # An index that is only added to would go on holding where the place is.
            self.touched.everything |= location.confidential
            self._whole[schema.location][location.id] = location_row(
                location, stored[location.id].point_from, stored[location.id].address_digest
            )
            self._add_parts("location_id", location.id, location)
            self._whole[schema.service_at_location][at] = {
                "id": at,
                "service_id": service.id,
                "location_id": location.id,
                "description": place.description,
            }
            self._add_parts("service_at_location_id", at, place)

    def _add_parts(self, owner: str, owner_id: str, record: Any) -> None:
        for part in parts_of(owner):
            rows = [row_of(each, part.table, **{owner: owner_id}) for each in getattr(record, part.field)]
            self._parts[part.table][owner, owner_id] = rows

    def _add_facts(self, entry: Entry) -> None:
        service = entry.service
        self._loose[schema.access_fact] += [
            {
                "service_id": service.id,
                "field": field,
                "answer": fact.answer,
                "verified_on": fact.verified_on,
                "source": fact.source,
            }
            for field, fact in service.access.items()
        ]
        for attribute in service.attributes:
            self._add_attribute(service.id, attribute)
        self._loose[schema.change] += [
            row_of(change, schema.change, service_id=service.id) for change in entry.metadata
        ]

    def _add_attribute(self, service_id: str, attribute: Attribute) -> None:
        taxonomy_id = made_id("taxonomy", attribute.taxonomy)
        term_id = made_id("term", attribute.taxonomy, attribute.code, attribute.name)
        self._loose[schema.attribute].append(
            {
                "id": attribute.id,
                "service_id": service_id,
                "taxonomy_term_id": term_id,
                "value": attribute.value,
                "label": attribute.label,
            }
        )
        if term_id not in self._known_terms:
            self._known_terms.add(term_id)
            self._whole[schema.taxonomy][taxonomy_id] = _taxonomy(taxonomy_id, attribute.taxonomy)
            self._whole[schema.taxonomy_term][term_id] = {
                "id": term_id,
                "taxonomy_id": taxonomy_id,
                "code": attribute.code,
                "name": attribute.name,
                "description": attribute.name,
            }

    def flush(self) -> None:
        """Writes what was collected: old rows of the same records go, new ones come."""
        self.touched.note(LISTING, *_forget_services(self._connection, self._replaced))
        self._forget_entries()
        for table, rows in self._whole.items():
            _delete(self._connection, table, "id", rows)
            _insert(self._connection, table, rows.values())
        for table, owned in self._parts.items():
            for owner in {owner for owner, _ in owned}:
                _delete(self._connection, table, owner, [i for o, i in owned if o == owner])
            _insert(self._connection, table, [row for rows in owned.values() for row in rows])
        for table, loose in self._loose.items():
            _insert(self._connection, table, loose)
        self._whole.clear()
        self._parts.clear()
        self._loose.clear()
        self._replaced.clear()
        self._replaced_keys.clear()

    def _forget_entries(self) -> None:
        table = schema.entry
        for chunk in _chunks(self._replaced_keys):
            where = (table.c.source_id == self._source.id) & table.c.key.in_(chunk)
            self._connection.execute(delete(table).where(where))


def _forget_services(connection: Connection, ids: list[str]) -> set[str]:
    """Removes what hangs on services beside their own parts; the services themselves stay.

    Gives the ids of the service_at_locations that went.
    """
    gone: set[str] = set()
    for table in (schema.access_fact, schema.attribute, schema.change):
        _delete(connection, table, "service_id", ids)
    at = schema.service_at_location
    for chunk in _chunks(ids):
        old = list(connection.scalars(select(at.c.id).where(at.c.service_id.in_(chunk))))
        gone.update(old)
        for part in parts_of("service_at_location_id"):
            _delete(connection, part.table, part.owner, old)
    _delete(connection, at, "service_id", ids)
    return gone


def _taxonomy(taxonomy_id: str, name: str) -> Row:
    return {"id": taxonomy_id, "name": name, "description": name}


def save_source(connection: Connection, source: Source) -> None:
    _delete(connection, schema.source, "id", [source.id])
    _insert(connection, schema.source, [row_of(source, schema.source)])


def remove_source(connection: Connection, source_id: str) -> int:
    """Takes a source and all its services out; gives how many services went."""
    service = schema.service
    ids = list(connection.scalars(select(service.c.id).where(service.c.source_id == source_id)))
    _forget_services(connection, ids)
    for part in PARTS:
        if part.owner == "service_id":
            _delete(connection, part.table, part.owner, ids)
    _delete(connection, service, "id", ids)
    _delete(connection, schema.entry, "source_id", [source_id])
    _delete(connection, schema.source, "id", [source_id])
    _forget_orphans(connection)
    return len(ids)


def _forget_orphans(connection: Connection) -> None:
    """Places and organizations that nothing speaks of any more."""
    at, service = schema.service_at_location.c, schema.service.c
    for table, used in (
        (schema.location, select(at.location_id)),
        (schema.organization, select(service.organization_id)),
    ):
        ids = list(connection.scalars(select(table.c.id).where(table.c.id.not_in(used))))
        for part in parts_of(f"{table.name}_id"):
            _delete(connection, part.table, part.owner, ids)
        _delete(connection, table, "id", ids)


def _delete(connection: Connection, table: Table, column: str, ids: Iterable[str]) -> None:
    for chunk in _chunks(list(ids)):
        connection.execute(delete(table).where(table.c[column].in_(chunk)))


def _insert(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    # One statement has one set of columns: a phone of a service and one of a place are two.
    alike: dict[frozenset[str], list[Row]] = defaultdict(list)
    for row in rows:
        alike[frozenset(row)].append(row)
    for group in alike.values():
        connection.execute(insert(table), group)


def _chunks(ids: list[str]) -> Iterable[list[str]]:
    for start in range(0, len(ids), 1000):
        yield ids[start : start + 1000]
