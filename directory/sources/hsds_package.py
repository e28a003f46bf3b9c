"""Writing the directory out: an HSDS 3.1 CSV package (folder or zip), or JSON of full services."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any, Final

from directory.ids import made_id
from directory.model import Listing, Source
from directory.sources.hsds_kinds import Kind
from directory.sources.hsds_objects import service_object
from directory.sources.hsds_shape import TABLES, Column, Table

Json = dict[str, Any]
VERSION: Final = "3.1"
# Zips of the same directory are the same bytes: the format's own first day, for every file.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
_SPOOL: Final = """
pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -32000;
create table place (seq integer primary key, service text, data text);
create table row (seq integer primary key, kind text, id text, data text, unique (kind, id))
"""


def export(listings: Iterable[Listing], path: Path) -> int:
    """Writes all listings, in any order; gives how many services that were.

    The ending decides: .zip, .json (a list), .ndjson or .jsonl (one service per line), else a
    folder of CSV files. Contacts are never written: we keep none. What stood there before is
    replaced only once the new is whole.
    """
    with closing(sqlite3.connect("")) as spool:  # SQLite's own temporary file, gone with the connection
        spool.executescript(_SPOOL)
        sources = _put_aside(listings, spool)
        writers = {".json": _write_list, ".ndjson": _write_lines, ".jsonl": _write_lines}
        if write := writers.get(path.suffix.lower()):
            with _replacing(path) as file:
                return write(_services(spool), file)
        services = _fill_tables(spool)
        _write_package(path, spool, list(sources.values()))
        return services


def _put_aside(listings: Iterable[Listing], spool: sqlite3.Connection) -> dict[str, Source]:
    """Sets the listings aside by service: a service may come in parts, and anywhere."""
    sources: dict[str, Source] = {}
    for listing in listings:
        sources[listing.source.id] = listing.source
        row = (listing.service.id, json.dumps(service_object([listing])))
        spool.execute("insert into place (service, data) values (?, ?)", row)
    spool.execute("create index place_service on place (service)")
    return sources


def _services(spool: sqlite3.Connection) -> Iterator[Json]:
    """Full service objects."""
    first = spool.execute("select service from place group by service order by min(seq)")
    for (service,) in first:
        rows = spool.execute("select data from place where service = ? order by seq", (service,))
        whole, *more = (json.loads(data) for (data,) in rows)
        for other in more:
            whole["service_at_locations"] += other["service_at_locations"]
        yield whole


def _write_lines(services: Iterable[Json], file: IO[str]) -> int:
    number = 0
    for number, service in enumerate(services, start=1):  # noqa: B007 - the last is the count
        file.write(json.dumps(service, ensure_ascii=False) + "\n")
    return number


def _write_list(services: Iterable[Json], file: IO[str]) -> int:
    number = 0
    for number, service in enumerate(services, start=1):
        file.write(("[\n" if number == 1 else ",\n") + json.dumps(service, ensure_ascii=False))
    file.write("\n]\n" if number else "[]\n")
    return number


def _fill_tables(spool: sqlite3.Connection) -> int:
    number = 0
    for number, service in enumerate(_services(spool), start=1):  # noqa: B007 - the last is the count
        answers = service.pop("access", {})
        service["access"] = [
            {"id": made_id("access", service["id"], question), "question": question, **said}
            for question, said in answers.items()
        ]
        _add(spool, TABLES["service"], service, {})
    return number


def _add(spool: sqlite3.Connection, table: Table, said: Json, owner: dict[str, str]) -> None:
    """Makes table rows of an object and all that is inside it. `owner`: the column that names whose it is.

    A place, organization or term that is known already is written once. A part that has the id
    of a part of someone else gets one of its own, for ids of a table are unique.
    """
    row = {column.name: said[column.name] for column in table.columns if column.name in said}
    row |= owner | {one.column: said[one.key]["id"] for one in table.one if one.key in said}
    own = said["id"]
    if not _insert(spool, table, own, row):
        if not owner:
            return
        own = made_id("hsds", table.name, own, *owner.values())
        if not _insert(spool, table, own, row):
            return
    for one in table.one:
        if one.key in said:
            _add(spool, TABLES[one.table], said[one.key], {})
    for many in table.many:
        for part in said.get(many.key, ()):
            _add(spool, TABLES[many.table], part, {many.column: own})


def _insert(spool: sqlite3.Connection, table: Table, own: str, row: Json) -> bool:
    values = (table.name, own, json.dumps({"id": own, **row}))
    query = "insert or ignore into row (kind, id, data) values (?, ?, ?)"
    return bool(spool.execute(query, values).rowcount)


def _write_package(path: Path, spool: sqlite3.Connection, sources: list[Source]) -> None:
    files: dict[str, Callable[[IO[str]], None]] = {
        table.file: _table_writer(spool, table) for table in TABLES.values()
    }
    described = json.dumps(describe(sources), indent=2, ensure_ascii=False) + "\n"
    files["datapackage.json"] = lambda file: _write_text(file, described)
    if path.suffix.lower() == ".zip":
        _write_zip(path, files)
        return
    path.mkdir(parents=True, exist_ok=True)
    for name, write in files.items():
        with _replacing(path / name) as file:
            write(file)


def _write_text(file: IO[str], text: str) -> None:
    file.write(text)


def _write_zip(path: Path, files: dict[str, Callable[[IO[str]], None]]) -> None:
    fresh = _fresh(path)
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, write in files.items():
                info = zipfile.ZipInfo(name, _NO_TIME)
                info.compress_type = zipfile.ZIP_DEFLATED
                with (
                    archive.open(info, "w", force_zip64=True) as raw,
                    io.TextIOWrapper(raw, "utf-8", newline="") as text,
                ):
                    write(text)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _fresh(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.with_name(f".{path.name}.{os.getpid()}")


@contextmanager
def _replacing(path: Path) -> Iterator[IO[str]]:
    fresh = _fresh(path)
    try:
        with fresh.open("w", encoding="utf-8", newline="") as file:
            yield file
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def header(table: Table) -> list[str]:
    """The columns of a table's file: id, what it names, what names it, the rest."""
    named = [one.column for one in table.one]
    owners = [many.column for each in TABLES.values() for many in each.many if many.table == table.name]
    return list(dict.fromkeys(["id", *named, *owners, *(column.name for column in table.columns)]))


def _table_writer(spool: sqlite3.Connection, table: Table) -> Callable[[IO[str]], None]:
    def write(file: IO[str]) -> None:
        columns = header(table)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        rows = spool.execute("select data from row where kind = ? order by seq", (table.name,))
        for (data,) in rows:
            said = json.loads(data)
            writer.writerow([_cell(said.get(column)) for column in columns])

    return write


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def describe(sources: list[Source]) -> Json:
    """The datapackage.json of a package from these sources."""
    one = sources[0] if len(sources) == 1 else None
    licences = dict.fromkeys(source.licence for source in sources)
    days = [source.listed_on for source in sources if source.listed_on]
    return {
        "name": "human-services",
        "title": one.name if one else "A directory of human services",
        "description": "Organizations, the services they give, and where, as HSDS has it.",
        "profile": "tabular-data-package",
        "hsds_version": VERSION,
        "licenses": [{"name": licence, "title": licence} for licence in licences],
        "sources": [{"title": s.name, **({"path": s.url} if s.url else {})} for s in sources],
        **({"homepage": one.url} if one and one.url else {}),
        **({"listed_on": min(days).isoformat()} if days else {}),
        "is_demonstration": any(source.is_demonstration for source in sources),
        "resources": [_resource(table) for table in TABLES.values()],
    }


def _resource(table: Table) -> Json:
    kinds = {column.name: column for column in table.columns}
    keys = [
        {"fields": one.column, "reference": {"resource": one.table, "fields": "id"}} for one in table.one
    ] + [
        {"fields": many.column, "reference": {"resource": owner.name, "fields": "id"}}
        for owner in TABLES.values()
        for many in owner.many
        if many.table == table.name
    ]
    fields = [_field(name, kinds.get(name)) for name in header(table)]
    return {
        "name": table.name,
        "path": table.file,
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "profile": "tabular-data-resource",
        "schema": {"primaryKey": "id", "fields": fields, "foreignKeys": keys},
    }


def _field(name: str, column: Column | None) -> Json:
    if column is None:  # an id
        return {
            "name": name,
            "type": "string",
            **({"constraints": {"required": True}} if name == "id" else {}),
        }
    found: Json = {"name": name, **_table_type(column.kind)}
    if column.required:
        # Present in every row; an empty text is a value here, as the standard allows.
        found["description"] = "Required by HSDS; empty if not known"
    if column.ours:
        found["description"] = f"Not in HSDS. {column.about}".strip()
    return found


def _table_type(kind: Kind) -> Json:
    """Table Schema's words for a kind of cell."""
    own_types = {"date": "date", "time": "time", "date-time": "datetime"}
    if kind.format in own_types:
        return {"type": own_types[kind.format]}
    plain = "string" if kind.type == "array" else kind.type
    return {"type": plain, **({"format": kind.format} if kind.format else {})}
