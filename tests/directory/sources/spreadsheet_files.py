"""Tables for tests: written to a folder, read with our own reader."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from directory.datafile import HERE
from directory.model import Entry, Problem
from directory.sources import spreadsheet

TEMPLATE = HERE / "template.csv"


USUAL = {
    "organization": "Demo Food Bank", "service": "Pantry", "needs": "food", "phone": "312-555-0100",
    "address": "12 Elm Street", "city": "Peoria", "state": "IL", "zip": "61602",
}  # fmt: skip


def written(path: Path, *rows: dict[str, str], delimiter: str = ",") -> Path:
    """A table of these rows; the header is what the first row has."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    path.write_bytes(out.getvalue().encode())
    return path


def entries(path: Path) -> list[Entry]:
    return [each for each in spreadsheet.read(path) if isinstance(each, Entry)]


def problems(path: Path) -> list[Problem]:
    return [each for each in spreadsheet.read(path) if isinstance(each, Problem)]


def warned(path: Path, field: str) -> str:
    return " ".join(each.reason for each in problems(path) if each.field == field and not each.rejected)


def read_one(file: Path, **cells: str) -> Entry:
    (entry,) = entries(written(file, USUAL | cells))
    return entry


def facts(entry: Entry) -> dict[str, str]:
    return {key: str(fact.answer) for key, fact in entry.service.access.items()}
