"""Our own table (data/template.csv), and tables like it: CSV with forgiving headers, read row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

from directory.model import Entry, Problem, Source
from directory.needs import load_needs
from directory.sources.cells import text_of
from directory.sources.spreadsheet_cells import answer, day
from directory.sources.spreadsheet_columns import LISTED, column, refused
from directory.sources.spreadsheet_entry import Mapper
from directory.sources.spreadsheet_row import Row
from directory.sources.table import SEARCHED, Record, TableError, count_lines, records, top_of
from directory.text import words

MOST_PLACES: Final = 200  # rows of one service; a longer run is no service any more
_EXPECTED: Final = (
    "has no header that we know; expected a row with columns like organization, service, phone, address, "
    "city, state, zip, needs, hours (see data/template.csv)"
)
_REFUSED: Final = (
    "the whole file is refused: this directory holds services, never people, warrants, arrests or charges;"
    " take the column out and try again. A price belongs in a column named cost"
)
_NOTE: Final = re.compile(r"\s*#(\s|$)")
_ABOUT: Final = re.compile(r"\s*\"?#\s*([a-z ]{3,15}?)\s*:\s*(.*)", re.IGNORECASE)


def read(path: Path) -> Iterator[Entry | Problem]:
    """Every service, or why a row was not taken. Never raises for what a file holds."""
    try:
        yield from _services(path, records(path, _is_column))
    except TableError as error:
        yield Problem(path.name, "", "", str(error))


def source_of(path: Path) -> Source:
    """What the notes at the top of the file say of it ("# source: …"), else its name."""
    about = _about(path)
    name = about.get("source", "") or path.stem
    made = "-".join(words(about.get("source id", "") or f"csv {path.stem}"))[:60]
    return Source(
        id=made or "csv",
        name=name[:200],
        licence=about.get("licence", "") or about.get("license", "") or "not stated",
        url=about.get("url", ""),
        listed_on=_day(about.get("listed on", "")),
        is_demonstration=_is_yes(about.get("demonstration", "")),
    )


def count(path: Path) -> int | None:
    return count_lines(path)


def _about(path: Path) -> dict[str, str]:
    try:
        lines = top_of(path).splitlines()[:SEARCHED]
    except (TableError, OSError):
        return {}
    # A spreadsheet program puts quotes around a note with a comma, and commas after it.
    found = [_ABOUT.match(line.rstrip(',;\t| "')) for line in lines if line.lstrip('" ').startswith("#")]
    return {match.group(1).lower().strip(): text_of(match.group(2)) for match in found if match}


def _day(said: str) -> date | None:
    try:
        return day(said) if said else None
    except ValueError:
        return None


def _is_yes(said: str) -> bool:
    try:
        return str(answer(said)) == "yes"
    except ValueError:
        return False


def _is_column(cell: str) -> bool:
    return bool(column(cell))


def _services(path: Path, rows: Iterator[Record | Problem]) -> Iterator[Entry | Problem]:
    early, header = _header(rows)
    yield from early
    if header is None:
        yield Problem(path.name, "", "", _EXPECTED)
        return
    columns = [column(cell) for cell in header.cells]
    objections = list(_objections(path.name, header, columns))
    yield from objections
    if any(problem.rejected for problem in objections):
        return
    mapper = Mapper(source_of(path).id, load_needs())
    for group in _groups(_rows(path.name, columns, rows)):
        yield from (group,) if isinstance(group, Problem) else mapper.entry(group)


def _header(rows: Iterator[Record | Problem]) -> tuple[list[Problem], Record | None]:
    """The first row that reads like a header, and the problems met on the way."""
    problems: list[Problem] = []
    for record in islice(rows, SEARCHED):
        if isinstance(record, Problem):
            problems.append(record)
            continue
        known = {column(cell) for cell in record.cells} - {""}
        if not _is_note(record) and len(known) >= 2 and not known.isdisjoint(("organization", "service")):
            return problems, record
    return problems, None


def _objections(file: str, header: Record, columns: list[str]) -> Iterator[Problem]:
    """The refusal of a file that speaks of people, or a warning for each column that is not read."""
    for cell in header.cells:
        if refused(cell):
            yield Problem(file, header.line, text_of(cell)[:60], _REFUSED)
            return
    for cell, name in zip(header.cells, columns, strict=True):
        if cell.strip() and not name:
            reason = "no column we know; left out. data/template.csv lists the columns"
            yield Problem(file, header.line, text_of(cell)[:60], reason, rejected=False)


def _rows(file: str, columns: list[str], records_: Iterable[Record | Problem]) -> Iterator[Row | Problem]:
    for record in records_:
        if isinstance(record, Problem):
            yield record
        elif not _is_note(record):
            yield _row(file, columns, record)


def _row(file: str, columns: list[str], record: Record) -> Row:
    cells: dict[str, str] = {}
    for name, raw in zip(columns, record.cells, strict=False):
        said = text_of(raw)
        if name in LISTED and said and cells.get(name):
            cells[name] += f"; {said}"
        elif name and said:
            cells.setdefault(name, said)
    row = Row(file, record.row, cells)
    if any(cell.strip() for cell in record.cells[len(columns) :]):
        row.warn("", "has more cells than the header; put quotes around a cell that holds a comma")
    return row


def _groups(rows: Iterable[Row | Problem]) -> Iterator[list[Row] | Problem]:
    """Rows that follow each other with the same service_id, together."""
    group: list[Row] = []
    for row in rows:
        if isinstance(row, Problem):
            yield row
            continue
        same = group and row["service_id"] and row["service_id"] == group[0]["service_id"]
        if group and (not same or len(group) >= MOST_PLACES):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _is_note(record: Record) -> bool:
    return _NOTE.match(record.cells[0]) is not None
