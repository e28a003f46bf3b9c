"""SAMHSA files for tests: small workbooks and tables with the columns of the real ones."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from directory.model import Entry, Problem
from directory.sources import samhsa

COLUMNS = [
    "name1", "name2", "street1", "street2", "city", "state", "zip", "phone", "intake1", "intake2",
    "intake1a", "intake2a", "service_code_info",
]  # fmt: skip


PLACED = ["directory", *COLUMNS, "latitude", "longitude", "geo_precision"]


EXPLAINED = [
    "SA", "DT", "SUMH", "OP", "OD", "RES", "RL", "MU", "BU", "NU", "NXN", "METH", "NOE", "MD", "SF", "NP",
    "SS", "ADLT", "YAD", "CHLD", "SNR", "AD", "FEM", "MALE", "SP", "AH", "F17", "FX", "F19", "PI", "PW", "BC",
    "MOA", "NMOA", "OTP", "MM", "WI", "TELE", "VTRL", "NOOP",
]  # fmt: skip


def facility(**cells: Any) -> dict[str, Any]:
    """A row as the list has it; what is not said is as in most rows."""
    usual = {
        "name1": "Prairie Recovery Center",
        "street1": "12 Elm Street",
        "city": "Peoria",
        "state": "IL",
        "zip": "61602",
        "phone": "309-555-0110",
        "service_code_info": "SA DT * OP OD * ADLT YAD * FEM MALE",
    }
    return dict.fromkeys(COLUMNS) | usual | cells


def workbook(path: Path, *rows: dict[str, Any], codes: list[str] | None = None, columns: Any = None) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = samhsa.FACILITIES
    sheet.append(columns or COLUMNS)
    for row in rows:
        sheet.append([row.get(column) for column in columns or COLUMNS])
    reference = book.create_sheet(samhsa.REFERENCE)
    reference.append(["category_code", "category_name", "service_code", "service_name"])
    for code in EXPLAINED if codes is None else codes:
        reference.append(["X", "Kind", code, "meaning"])
    book.save(path)
    return path


def table(path: Path, *rows: dict[str, Any]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, PLACED, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def entries(path: Path) -> list[Entry]:
    return [each for each in samhsa.read(path) if isinstance(each, Entry)]


def problems(path: Path) -> list[Problem]:
    return [each for each in samhsa.read(path) if isinstance(each, Problem)]
