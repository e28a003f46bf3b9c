"""A text table row by row, whatever program wrote it: encoding, delimiter, blank lines."""

from __future__ import annotations

import csv
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from directory.model import Problem

DELIMITERS: Final = (",", ";", "\t", "|")
SEARCHED: Final = 40  # rows among which the header is looked for
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class TableError(ValueError):
    """A file that cannot be read as a table at all; says what was expected."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row. `row` counts as a spreadsheet does, from 1."""

    row: int
    cells: list[str]

    @property
    def line(self) -> str:
        return f"row {self.row}"


def records(path: Path, is_column: Callable[[str], bool]) -> Iterator[Record | Problem]:
    """The rows that hold anything. `is_column` knows a header cell: it decides the delimiter.

    A row that cannot be cut into cells comes as a Problem. Raises TableError.
    """
    try:
        encoding = _encoding(path)
        delimiter = _delimiter(top_of(path), is_column)
        with path.open(encoding=encoding, errors="replace", newline="") as handle:
            yield from _cut(csv.reader(handle, delimiter=delimiter), path.name)
    except OSError as error:
        raise TableError(f"cannot be opened: {error.strerror or error}") from error


def _cut(reader: Iterator[list[str]], file: str) -> Iterator[Record | Problem]:
    row = 0
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(file, f"row {row}", "", f"cannot be cut into cells: {error}")
            continue
        if any(cell.strip() for cell in cells):
            yield Record(row, cells)


def _encoding(path: Path) -> str:
    """UTF-8 or UTF-16 as its first bytes say, else UTF-8 if all of it is, else Windows-1252."""
    decoder = getincrementaldecoder("utf-8")()
    with path.open("rb") as handle:
        start = handle.read(4)
        if start.startswith(b"PK\x03\x04"):
            raise TableError("is an Excel workbook; save it as CSV (UTF-8) and import that")
        for bom, encoding in _BOMS:
            if start.startswith(bom):
                return encoding
        handle.seek(0)
        try:
            while chunk := handle.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def top_of(path: Path) -> str:
    """The first lines as text. Raises TableError or OSError."""
    with path.open(encoding=_encoding(path), errors="replace", newline="") as handle:
        return handle.read(65_536)


def _delimiter(top: str, is_column: Callable[[str], bool]) -> str:
    """The one that cuts the most cells we know out of a row near the top."""
    if top.lower().startswith("sep=") and top[4:5] in DELIMITERS:  # Excel writes this line itself
        return top[4]
    return max(DELIMITERS, key=lambda each: _known_cells(top, each, is_column))


def _known_cells(top: str, delimiter: str, is_column: Callable[[str], bool]) -> int:
    rows = csv.reader(top.splitlines(keepends=True), delimiter=delimiter)
    try:
        return max((sum(map(is_column, row)) for row in islice(rows, SEARCHED)), default=0)
    except csv.Error:
        return 0


def count_lines(path: Path) -> int | None:
    """Lines below the header: for a progress bar, so a cell with line breaks counts more than once."""
    try:
        with path.open("rb") as handle:
            lines = sum(chunk.count(b"\n") for chunk in iter(lambda: handle.read(1 << 20), b""))
    except OSError:
        return None
    return max(lines - 1, 1)
