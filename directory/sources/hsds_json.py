"""HSDS 3.x JSON: objects out of files, brought together by service, then entries.

A service may stand in several files and shapes (listed, whole, at each location); they are
gathered in a temporary database on disk, so that memory does not grow with the directory.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any, Final

from directory.model import Entry, Problem
from directory.sources.hsds_entries import entry
from directory.sources.hsds_files import Package, PackageError
from directory.sources.hsds_kinds import clean
from directory.sources.hsds_nodes import Reading
from directory.sources.hsds_refused import refusal, refused_key
from directory.sources.hsds_stream import Found, values
from directory.sources.hsds_views import View, merged, views

SUFFIXES: Final = (".json", ".ndjson", ".jsonl")
_SPOOL: Final = """
pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -16000;
create table view (seq integer primary key, service text, file text, line text, data text);
create table organization (id text primary key, file text, line text, data text, used integer default 0)
"""


def json_names(package: Package) -> list[str]:
    """The JSON files; a file that stands alone may have any name."""
    alone = len(package.names) == 1
    known = (name for name in package.names if alone or name.lower().endswith(SUFFIXES))
    return [name for name in known if name != "datapackage.json"]


def read(package: Package, source: str) -> Iterator[Entry | Problem]:
    """Entries of all JSON files of a package."""
    with closing(sqlite3.connect("")) as spool:  # SQLite's own temporary file, gone with the connection
        spool.executescript(_SPOOL)
        for name in json_names(package):
            yield from _gather(package, name, source, spool)
        spool.execute("create index view_service on view (service)")
        yield from _entries(spool, source)
        unused = spool.execute("select file, line from organization where not used order by rowid")
        for file, line in unused:
            yield Problem(file, line, "", "an organization; there is no service in it", rejected=False)


def _gather(package: Package, name: str, source: str, spool: sqlite3.Connection) -> list[Problem]:
    """Puts the services of a file aside. One refused key, and nothing of the file is taken."""
    problems: list[Problem] = []
    try:
        with package.text(name) as text:
            for found in values(text):
                key, fault = _inspected(found)
                if key:
                    spool.execute("delete from view where file = ?", (name,))
                    spool.execute("delete from organization where file = ?", (name,))
                    return [refusal(name, found.line, key)]
                if fault:
                    problems.append(Problem(name, found.line, "", fault))
                else:
                    problems += _put_aside(found, Reading(source, name, found.line), spool)
    except PackageError as error:
        problems.append(Problem(name, "", "", str(error)))
    return problems


def _inspected(found: Found) -> tuple[str, str]:
    """A refused key of the value, and what else forbids to use it."""
    try:
        return refused_key(found.value), found.fault
    except ValueError as error:
        return "", str(error)


def _put_aside(found: Found, reading: Reading, spool: sqlite3.Connection) -> list[Problem]:
    problems = [_put_view(view, reading, spool) for view in views(found.value)]
    return [problem for problem in problems if problem]


def _put_view(view: View, reading: Reading, spool: sqlite3.Connection) -> Problem | None:
    said = view.service or view.organization
    if said is None:
        return Problem(reading.file, reading.line, "", view.reason, view.rejected)
    table = "service" if view.service else "organization"
    own = _id(said.get("id"))
    if not own:
        return Problem(reading.file, reading.line, "id", f"the {table} needs its id")
    row = (reading.id_of(table, own), reading.file, reading.line, json.dumps(said))
    if view.service:
        spool.execute("insert into view (service, file, line, data) values (?, ?, ?, ?)", row)
    else:
        spool.execute("insert or ignore into organization (id, file, line, data) values (?, ?, ?, ?)", row)
    return None


def _id(raw: Any) -> str:
    try:
        return "" if raw is None else clean(raw)
    except ValueError:
        return ""


def _entries(spool: sqlite3.Connection, source: str) -> Iterator[Entry | Problem]:
    with_contacts: set[str] = set()
    services = spool.execute("select service from view group by service order by min(seq)")
    for (service,) in services:
        rows = spool.execute("select file, line, data from view where service = ? order by seq", (service,))
        listed = rows.fetchall()
        said = merged([json.loads(data) for _, _, data in listed])
        reading = Reading(source, *listed[0][:2])
        _name_organization(said, reading, spool)
        found = entry(said, reading)
        if reading.has_contacts:
            with_contacts.add(reading.file)
        yield from reading.problems
        if found:
            yield found
    yield from map(contacts_not_kept, sorted(with_contacts))


def _name_organization(said: dict[str, Any], reading: Reading, spool: sqlite3.Connection) -> None:
    """An organization that stands apart, named only by its id."""
    inside = said.get("organization")
    own = _id(inside.get("id") if isinstance(inside, dict) else said.get("organization_id"))
    if not own:
        return
    key = reading.id_of("organization", own)
    found = spool.execute("update organization set used = 1 where id = ? returning data", (key,)).fetchone()
    if found:
        apart = json.loads(found[0])
        said["organization"] = {**apart, **inside} if isinstance(inside, dict) else apart


def contacts_not_kept(file: str) -> Problem:
    return Problem(file, "", "contacts", "contacts are not kept: they are people", rejected=False)
