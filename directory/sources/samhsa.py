"""The SAMHSA National Directory of treatment facilities, as published (.xlsx) or as CSV, read row by row.

Two lists, substance use and mental health; one place may stand in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile
from zlib import error as ZlibError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from directory.model import Entry, Problem, Source
from directory.sources.cells import text_of
from directory.sources.samhsa_codes import FacilityList, load_codes
from directory.sources.samhsa_entry import Mapper, Raw
from directory.sources.table import Record, TableError, count_lines, records

FACILITIES: Final = "Facilities List"
REFERENCE: Final = "Service Code Reference"
NEEDED: Final = ("name1", "street1", "city", "state", "zip", "phone", "service_code_info")
COLUMNS: Final = (
    *NEEDED, "name2", "street2", "intake1", "intake2", "intake1a", "intake2a",
    "directory", "latitude", "longitude", "geo_precision",
)  # fmt: skip
_YEAR: Final = re.compile(r"(?<!\d)20\d\d")
_LIST_IN_NAME: Final = re.compile(r"(?<![a-z])(sa|su|sud|mh)(?![a-z])", re.IGNORECASE)
# Codes that one list has and the other never.
_ONLY_MENTAL_HEALTH: Final = frozenset({"MH", "CMHC", "OMH", "IPT", "GT", "MHC"})
# All that openpyxl was seen to raise over a damaged workbook.
_DAMAGED: Final = (
    BadZipFile, InvalidFileException, ParseError, ZlibError, EOFError, OSError, KeyError, ValueError,
    IndexError, TypeError, AttributeError, RuntimeError, ArithmeticError, AssertionError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Rows to read and what the file says of them. `explained`: the codes of its own code sheet."""

    rows: Iterable[Record | Problem]
    listing: FacilityList | None = None
    explained: frozenset[str] | None = None


def read(path: Path) -> Iterator[Entry | Problem]:
    """Every facility, or why it was not taken. Never raises for what a file holds."""
    try:
        with path.open("rb") as handle:
            if _is_workbook(handle):
                yield from _workbook(path, handle)
                return
        yield from _entries(path, _Sheet(records(path, _is_column)))
    except (TableError, OSError) as error:
        yield Problem(path.name, "", "", str(error))


def source_of(path: Path) -> Source:
    """The edition, by the year in the file's name, else by the year the workbook was made."""
    year = _year(path)
    return Source(
        id=f"samhsa-{year}" if year else "samhsa",
        name="SAMHSA National Directory" + (f" {year}" if year else ""),
        licence="US federal government work, public domain",
        url="https://findtreatment.gov/",
        listed_on=date(year, 1, 1) if year else None,
    )


def count(path: Path) -> int | None:
    """Rows below the header; None if that cannot be said cheaply."""
    try:
        with path.open("rb") as handle:
            if not _is_workbook(handle):
                return count_lines(path)
            rows = _facilities(load_workbook(handle, read_only=True)).max_row
    except _DAMAGED:
        return None
    return int(rows) - 1 if rows else None


def _is_workbook(handle: BinaryIO) -> bool:
    """Whether a file is a zip, as workbooks are. Leaves it at its start."""
    start = handle.read(4)
    handle.seek(0)
    return start == b"PK\x03\x04"


def _year(path: Path) -> int | None:
    if found := _YEAR.search(path.name):
        return int(found.group())
    try:
        with path.open("rb") as handle:
            made = load_workbook(handle, read_only=True).properties.created
    except _DAMAGED:
        return None
    return made.year if made else None


def _workbook(path: Path, handle: BinaryIO) -> Iterator[Entry | Problem]:
    """A damaged workbook gives what could be read, and says where reading ended."""
    try:
        book = load_workbook(handle, read_only=True, data_only=True)
        explained = _explained(book)
        facilities = _facilities(book)
    except _DAMAGED as error:
        yield Problem(path.name, "", "", f"is no Excel workbook that can be opened ({_said(error)})")
        return
    sheet = _Sheet(_sheet_rows(facilities, path.name), _list_of(explained), explained)
    yield from _entries(path, sheet)


def _facilities(book: Any) -> Any:
    return book[FACILITIES] if FACILITIES in book.sheetnames else book.worksheets[0]


def _explained(book: Any) -> frozenset[str] | None:
    """The codes that the workbook itself explains; None if it has no such sheet."""
    if REFERENCE not in book.sheetnames:
        return None
    rows = book[REFERENCE].iter_rows(values_only=True)
    header = [text_of(cell).lower() for cell in next(rows, ())]
    if "service_code" not in header:
        return None
    at = header.index("service_code")
    return frozenset(text_of(row[at]) for row in rows if len(row) > at)


def _sheet_rows(sheet: Any, file: str) -> Iterator[Record | Problem]:
    row = 0
    try:
        for row, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            said = [text_of(cell) for cell in cells]
            if any(said):
                yield Record(row, said)
    except _DAMAGED as error:
        yield Problem(file, f"row {row + 1}", "", f"the workbook is damaged from here on ({_said(error)})")


def _said(error: BaseException) -> str:
    return text_of(f"{type(error).__name__}: {error}")[:120]


def _is_column(cell: str) -> bool:
    return cell.strip().lower() in COLUMNS


def _list_of(explained: frozenset[str] | None) -> FacilityList | None:
    """Which list a workbook holds, by the codes it explains: detox in one, mental health in the other."""
    if not explained or ("MH" in explained) == ("DT" in explained):
        return None
    return FacilityList.MENTAL_HEALTH if "MH" in explained else FacilityList.SUBSTANCE_USE


def _entries(path: Path, sheet: _Sheet) -> Iterator[Entry | Problem]:
    mapper = Mapper(path.name, source_of(path).id, load_codes())
    unexplained = _Unexplained(path.name, sheet.explained)
    for raw in _raws(path, sheet):
        if isinstance(raw, Problem):
            yield raw
            continue
        yield from unexplained.of(raw)
        yield from mapper.rows(raw)


def _raws(path: Path, sheet: _Sheet) -> Iterator[Raw | Problem]:
    header: list[str] = []
    named = _list_in_name(path.name)
    for record in sheet.rows:
        if isinstance(record, Problem):
            yield record
        elif not header:
            header = [cell.strip().lower() for cell in record.cells]
            if missing := [column for column in NEEDED if column not in header]:
                yield Problem(path.name, record.line, "", _not_ours(missing))
                return
        else:
            cells = {c: text_of(cell) for c, cell in zip(header, record.cells, strict=False) if c in COLUMNS}
            yield Raw(record.row, cells, _listing(cells, sheet.listing or named))
    if not header:
        yield Problem(path.name, "", "", f"is empty; {_not_ours(list(NEEDED))}")


def _not_ours(missing: list[str]) -> str:
    return f"the columns {', '.join(missing)} are missing; expected the SAMHSA list: {', '.join(NEEDED)}"


def _list_in_name(name: str) -> FacilityList | None:
    found = {"MH" if word.upper() == "MH" else "SA" for word in _LIST_IN_NAME.findall(name.replace("_", " "))}
    return FacilityList(found.pop()) if len(found) == 1 else None


def _listing(cells: dict[str, str], of_file: FacilityList | None) -> FacilityList:
    said = cells.get("directory", "").upper()
    if said in ("SA", "MH"):
        return FacilityList(said)
    if of_file:
        return of_file
    codes = cells.get("service_code_info", "").split()
    is_mental = not _ONLY_MENTAL_HEALTH.isdisjoint(codes)
    return FacilityList.MENTAL_HEALTH if is_mental else FacilityList.SUBSTANCE_USE


@dataclass(slots=True)
class _Unexplained:
    """Warns once of a code that the workbook's own code sheet does not explain."""

    file: str
    explained: frozenset[str] | None
    told: frozenset[str] = frozenset({"*"})

    def of(self, raw: Raw) -> Iterator[Problem]:
        if self.explained is None:
            return
        new = set(raw["service_code_info"].split()) - self.explained - self.told
        self.told |= new
        for code in sorted(new):
            reason = f"code {code[:20]!r} is not in the sheet {REFERENCE!r}; kept, but it may mean anything"
            yield Problem(self.file, raw.line, "service_code_info", reason, rejected=False)
