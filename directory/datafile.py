"""Data files that a non-programmer may correct: CSV with a header, checked when read.

Every fault is named with file, line and what to write instead; all faults come in one error.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent.parent / "data"

type_check = Callable[[str], str | None]


class DataFileError(ValueError):
    """A data file cannot be used; the text lists every faulty line."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a data file, with where it stands."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def listed(self, column: str) -> tuple[str, ...]:
        """A cell that holds several things, parted by semicolons."""
        return tuple(part.strip() for part in self.cells[column].split(";") if part.strip())

    def fault(self, column: str, reason: str) -> str:
        return f"{self.file}, line {self.line}, {column}: {reason}"


def read(path: Path, columns: Iterable[str], checks: dict[str, type_check] | None = None) -> list[Row]:
    """The rows of a CSV file that has exactly these columns, in any order.

    A line that is empty or starts with "#" is a comment. `checks` maps a column to a
    function that gives what is wrong with a cell, or None. Raises DataFileError.
    """
    wanted, faults, rows = list(columns), [], []
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle, strict=True)
        header: list[str] = []
        for cells in _lines(reader, path.name):
            if not header:
                header = _header(cells, wanted, path.name)
            elif len(cells) != len(header):
                faults.append(
                    f"{path.name}, line {reader.line_num}: {len(cells)} cells, expected {len(header)};"
                    " put quotes around a cell that holds a comma"
                )
            else:
                row = Row(path.name, reader.line_num, dict(zip(header, map(str.strip, cells), strict=True)))
                rows.append(row)
                faults += [row.fault(c, said) for c, ask in (checks or {}).items() if (said := ask(row[c]))]
    if faults:
        raise DataFileError("\n".join(faults))
    return rows


def _lines(reader: Iterable[list[str]], name: str) -> Iterable[list[str]]:
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#"):
                yield cells
    except (csv.Error, UnicodeDecodeError) as error:
        raise DataFileError(f"{name}: cannot be read as CSV in UTF-8: {error}") from error


def _header(cells: list[str], wanted: list[str], name: str) -> list[str]:
    found = [cell.strip() for cell in cells]
    if sorted(found) != sorted(wanted):
        raise DataFileError(f"{name}, header: columns are {', '.join(found)}; expected {', '.join(wanted)}")
    return found
