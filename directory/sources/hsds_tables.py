"""HSDS CSV packages, 3.x, 1.1 or Ohana's: tables out of files, put together by service, then entries."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO, Any, Final

from directory.model import Entry, Problem
from directory.sources.hsds_entries import entry
from directory.sources.hsds_files import Package, PackageError
from directory.sources.hsds_json import contacts_not_kept
from directory.sources.hsds_legacy import CONTACTS, PASSED_OVER, TABLE_ORDER, adapted, table_of
from directory.sources.hsds_nodes import Reading
from directory.sources.hsds_refused import is_refused, refusal
from directory.sources.hsds_spool import Spool

Row = dict[str, Any]
# Rows of these have to have an id of their own: it is how others name them.
_NEED_ID: Final = frozenset({"service", "organization", "location"})


def is_tables(package: Package) -> bool:
    """Whether this is a CSV package: one that has a table of services."""
    return "service" in _tables(package).values()


def _tables(package: Package) -> dict[str, str]:
    """By file name, the table it holds. A datapackage may name files as it likes."""
    named = {PurePath(str(r.get("path"))).name: str(r.get("name")) for r in datapackage(package)["resources"]}
    files = [name for name in package.names if name.lower().endswith((".csv", ".txt"))]
    return {name: table_of(PurePath(name).stem) or table_of(named.get(name, "")) for name in files}


def datapackage(package: Package) -> dict[str, Any]:
    """The datapackage.json, or what stands for one; always has `resources`, a list of objects."""
    said: Any = {}
    if "datapackage.json" in package.names:
        try:
            with package.text("datapackage.json") as text:
                said = json.load(text)
        except (PackageError, ValueError, RecursionError):
            said = {}
    said = said if isinstance(said, dict) else {}
    resources = said.get("resources")
    listed = [r for r in resources if isinstance(r, dict)] if isinstance(resources, list) else []
    return {**said, "resources": listed}


def read(package: Package, source: str) -> Iterator[Entry | Problem]:
    """Entries of a CSV package. One refused column, and nothing of the package is taken."""
    tables = _tables(package)
    refused = [refusal(name, "row 1", column) for name in tables for column in _refused(package, name)]
    if refused:
        yield refused[0]
        return
    with Spool() as spool:
        for table in TABLE_ORDER:
            for name in (each for each, its in tables.items() if its == table):
                yield from _load(package, name, table, spool)
        spool.index()
        for file, line, service in spool.services():
            reading = Reading(source, file, line)
            found = entry(service, reading)
            yield from reading.problems
            if found:
                yield found
        yield from spool.leftovers()
    yield from _unread(package, tables)


def _refused(package: Package, name: str) -> list[str]:
    try:
        with package.text(name) as text:
            header = next(_lines(text, name), [])
            return [column for column in header if is_refused(column)] if isinstance(header, list) else []
    except PackageError:
        return []  # said when the file is loaded


def _unread(package: Package, tables: dict[str, str]) -> Iterator[Problem]:
    for name, table in tables.items():
        if not table:
            yield Problem(name, "", "", "not a table of HSDS; not read", rejected=False)
        elif table == CONTACTS and count_rows(package, name):
            yield contacts_not_kept(name)


def count_rows(package: Package, name: str) -> int:
    """How many rows a table has below its header."""
    try:
        with package.text(name) as text:
            return max(0, sum(1 for _ in _lines(text, name)) - 1)
    except PackageError:
        return 0


def services_file(package: Package) -> str:
    return next((name for name, table in _tables(package).items() if table == "service"), "")


def _load(package: Package, name: str, table: str, spool: Spool) -> Iterator[Problem]:
    if table in PASSED_OVER:
        return
    try:
        with package.text(name) as text:
            for row in _rows(text, name, table):
                if isinstance(row, Problem):
                    yield row
                    continue
                line = row.pop("@line")
                added = (spool.add(kind, each, name, line) for kind, each in adapted(table, row))
                yield from filter(None, added)
    except PackageError as error:
        yield Problem(name, "", "", str(error))


def _rows(text: IO[str], name: str, table: str) -> Iterator[Row | Problem]:
    """The rows of a table by column, each with its line ("row 2": as a spreadsheet counts)."""
    lines = _lines(text, name)
    header: list[str] = []
    for number, cells in enumerate(lines, start=1):
        line = f"row {number}"
        if isinstance(cells, Problem):
            yield cells
        elif not header:
            header = [cell.strip().lower().replace(" ", "_") for cell in cells]
        elif len(cells) > len(header) and any(cells[len(header) :]):
            yield Problem(
                name, line, "", f"{len(cells)} cells, expected {len(header)}; quote cells with commas"
            )
        elif any(cell.strip() for cell in cells):
            row = dict(zip(header, map(str.strip, cells), strict=False))
            if not row.get("id") and table in _NEED_ID:
                yield Problem(name, line, "id", "a row of this table needs its id")
            else:
                yield {**row, "id": row.get("id") or f"{table} {line}", "@line": line}


def _lines(text: IO[str], name: str) -> Iterator[list[str] | Problem]:
    """The lines of a CSV file; a broken one is a problem and does not stop the next."""
    reader = csv.reader(text)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(name, f"line {reader.line_num}", "", f"not CSV: {error}")
