"""Formats the directory is read from: one file each, one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from directory.model import Entry, Problem, Source
from directory.sources import hsds, samhsa, spreadsheet


@dataclass(frozen=True, slots=True)
class Format:
    """`read` streams and never raises for what a file holds; `count` gives rows when that is cheap."""

    read: Callable[[Path], Iterator[Entry | Problem]]
    source_of: Callable[[Path], Source]
    count: Callable[[Path], int | None]


FORMATS: Final[dict[str, Format]] = {
    "hsds": Format(hsds.read, hsds.source_of, hsds.count),
    "samhsa": Format(samhsa.read, samhsa.source_of, samhsa.count),
    "csv": Format(spreadsheet.read, spreadsheet.source_of, spreadsheet.count),
}
