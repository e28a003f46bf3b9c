"""Table rows of an HSDS CSV package, set aside on disk and put together as nested objects.

Rows keep their raw ids here; hsds_entries.py makes UUIDs of them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from functools import cache, lru_cache
from types import TracebackType
from typing import Any, Final

from directory.model import Problem
from directory.sources.hsds_nodes import At
from directory.sources.hsds_shape import TABLES, Many, One, Table, owners

Row = dict[str, Any]
_SCHEMA: Final = """
pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -32000;
create table row (seq integer primary key, name text unique, kind text, file text, line text, data text);
create table link (parent text, field text, key text, seq integer);
create table pair (name text primary key, service_at_location text) without rowid;
create table used (name text primary key) without rowid
"""
# Said of a service at a location when both are named; of languages, of each of them.
_PARTICULAR: Final = frozenset({"schedule", "phone", "service_area"})
# Tables whose rows are found by their own id.
_NAMED: Final = frozenset(
    {"organization", "service", "location", "service_at_location"}
    | {"phone", "unit", "taxonomy_term", "taxonomy"}
)


class Spool:
    """Rows by table and id, and what belongs to what. Close it."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")  # SQLite's own temporary file, gone with the connection
        self._database.executescript(_SCHEMA)
        self._shared = lru_cache(maxsize=512)(self._whole)

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def add(self, kind: str, row: Row, file: str, line: str) -> Problem | None:
        """Sets a row of a table aside; gives the problem if it cannot be used."""
        own = str(row.get("id") or "")
        name = f"{kind}:{own}" if kind in _NAMED and own else None
        taken = _taken_keys(kind, row)
        data = json.dumps(
            {k: value for k, value in row.items() if value not in ("", None) and k not in taken}
        )
        cursor = self._database.execute(
            "insert or ignore into row (name, kind, file, line, data) values (?, ?, ?, ?, ?)",
            (name, kind, file, line, data),
        )
        if not cursor.rowcount:
            return Problem(file, line, "id", f'the id "{own}" stands above already; this row is left out')
        links = self._links(kind, row)
        self._database.executemany(
            "insert into link values (?, ?, ?, ?)", [(*link, cursor.lastrowid) for link in links]
        )
        if kind == "service_at_location":
            pair = (f"{row.get('service_id')}/{row.get('location_id')}", own)
            self._database.execute("insert or ignore into pair values (?, ?)", pair)
        if _owners(kind) and not links and not row.get("contact_id"):
            return Problem(file, line, "", "the row names nothing that it belongs to; left out")
        return None

    def _links(self, kind: str, row: Row) -> list[tuple[str, str, str]]:
        """(owner, column, key in the owner) for every owner that a row names."""
        if kind == "metadata":
            return [(f"service:{row.get('resource_id')}", "resource_id", "metadata")]
        named = [(table, many) for table, many in _owners(kind) if row.get(many.column)]
        if kind in _PARTICULAR and named:
            named = named[:1]
            pair = f"{row.get('service_id')}/{row.get('location_id')}"
            found = self._database.execute(
                "select service_at_location from pair where name = ?", (pair,)
            ).fetchone()
            if found and named[0][1].column != "service_at_location_id":
                return [(f"service_at_location:{found[0]}", "service_at_location_id", named[0][1].key)]
        return [(f"{table.name}:{row[many.column]}", many.column, many.key) for table, many in named]

    def index(self) -> None:
        """Call once, when all rows are in."""
        self._database.execute("create index link_parent on link (parent)")

    def services(self) -> Iterator[tuple[str, str, Row]]:
        """(file, line, full service object) of every service, in their order."""
        query = "select file, line, name from row where kind = 'service' order by seq"
        for file, line, name in self._database.execute(query):
            whole = self._whole(name)
            if whole is not None:
                yield file, line, _finished(self._with_organization(whole))

    def _with_organization(self, service: Row) -> Row:
        """Ohana's services name no organization; their location does."""
        places = service.get("service_at_locations", [])
        named = (place.get("location", {}).get("organization_id") for place in places)
        own = next(filter(None, named), "")
        if "organization" not in service and own:
            organization = self._shared(f"organization:{own}")
            return {**service, "organization": organization} if organization else service
        return service

    def _whole(self, name: str) -> Row | None:
        found = self._database.execute(
            "select seq, kind, file, line, data from row where name = ?", (name,)
        ).fetchone()
        if found is None:
            return None
        self._database.execute("insert or ignore into used values (?)", (name,))
        return self._nested(name, *found[1:])

    def _nested(self, name: str, kind: str, file: str, line: str, data: str) -> Row:
        """A row with the objects that it names and the lists that name it."""
        row: Row = json.loads(data)
        row[At.FILE], row[At.LINE] = file, line  # type: ignore[index]
        for one in _ones(kind):
            if row.get(one.column) and one.key not in row:
                inside = self._shared(f"{one.table}:{row[one.column]}")
                if inside is not None:
                    row[one.key] = inside
        for key, child in self._children(name) if name else ():
            row.setdefault(key, []).append(child)
        return row

    def _children(self, name: str) -> Iterator[tuple[str, Row]]:
        rows = self._database.execute(
            "select link.key, row.name, row.kind, row.file, row.line, row.data"
            " from link join row using (seq) where link.parent = ? order by link.seq",
            (name,),
        ).fetchall()
        for key, own, *rest in rows:
            yield key, self._nested(own or "", *rest)

    def leftovers(self) -> Iterator[Problem]:
        """What belongs to something that is not there, and what no service speaks of."""
        lost = self._database.execute(
            "select row.file, row.line, link.field, link.parent from link join row using (seq)"
            " where link.field not in ('link_id', 'resource_id')"
            " and not exists (select 1 from row as owner where owner.name = link.parent) order by row.seq"
        )
        for file, line, field, parent in lost:
            kind, _, own = parent.partition(":")
            yield Problem(file, line, field, f'there is no {kind} with the id "{own[:40]}"; left out')
        unused = self._database.execute(
            "select kind, file, line from row where kind in ('organization', 'location')"
            " and name not in (select name from used) order by seq"
        )
        for kind, file, line in unused:
            yield Problem(file, line, "", f"there is no service in this {kind}; not kept", rejected=False)


@cache
def _owners(kind: str) -> tuple[tuple[Table, Many], ...]:
    if kind == "eligibility":  # a table of HSDS 1.1
        return ((TABLES["service"], Many("eligibility", kind, "service_id")),)
    return owners(kind)


def _taken_keys(kind: str, row: Row) -> set[str]:
    """Columns with the names that nested lists and objects will have."""
    table = TABLES.get(kind)
    if table is None:
        return set()
    named = {one.key for one in table.one if row.get(one.column) and isinstance(row.get(one.key), str)}
    return {"metadata", "eligibility", *(many.key for many in table.many), *named}


def _finished(service: Row) -> Row:
    """The service with the lists that are no lists in JSON: our answers, and who may come."""
    answers = {str(row.get("question")): row for row in service.pop("access", [])}
    said = [service.get("eligibility_description", "")]
    said += [row.get("eligibility", "") for row in service.pop("eligibility", [])]
    texts = {"eligibility_description": "; ".join(filter(None, said))}
    return {**service, **texts, **({"access": answers} if answers else {})}


def _ones(kind: str) -> tuple[One, ...]:
    return TABLES[kind].one if kind in TABLES else ()
