"""Cells that every table of places has: text, ZIP codes, points. Read forgivingly, repaired aloud."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from math import isfinite
from typing import Final

from directory.geo import is_on_earth
from directory.model import Point

_CONTROL: Final = {**dict.fromkeys(range(32)), 0x7F: None, **{ord(c): " " for c in "\t\n\r\v\f\u00a0"}}
_NO_VALUE: Final = frozenset({"", "na", "n/a", "none", "null", "nan"})
# Where a ZIP code begins with 0: Excel takes such a code for a number and drops the zero.
_ZERO_STATES: Final = frozenset({"CT", "MA", "ME", "NH", "NJ", "NY", "PR", "RI", "VI", "VT", "AE"})


def text_of(cell: object) -> str:
    """A cell as one line of text, without control characters or doubled blanks.

    >>> text_of(" North   Side "), text_of(2139.0), text_of(None)
    ('North Side', '2139', '')
    """
    if isinstance(cell, str) and cell.isprintable():  # nearly always
        return " ".join(cell.split())
    if cell is None:
        return ""
    if isinstance(cell, float) and isfinite(cell) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    said = cell.isoformat() if isinstance(cell, date) else str(cell)
    return " ".join(said.translate(_CONTROL).encode("utf-8", "ignore").decode().split())


def zip_code(said: str, state: str) -> tuple[str, str]:
    """A ZIP code, five digits or ZIP+4, and what was wrong with it ("" if nothing was).

    Lost leading zeros come back where the state has such codes; what cannot be a ZIP is kept
    as written.

    >>> zip_code("2139", "MA")
    ('02139', 'ZIP 2139 has lost a zero; taken as 02139')
    >>> zip_code("02139-1234", "MA"), zip_code("60614.0", "IL"), zip_code("", "IL")
    (('02139-1234', ''), ('60614', ''), ('', ''))
    """
    digits = re.fullmatch(r"(\d{3,9})(?:\.0*)?|(\d{3,5})[- ]+(\d{4})?", said.strip(), re.ASCII)
    if digits is None:
        return said, f"{said!r} is not a ZIP code" if said else ""
    joined, five, four = digits.groups()
    if joined and len(joined) > 6:
        five, four = joined[:-4], joined[-4:]
    five = five or joined or ""
    if len(five) == 5:
        return _with_four(five, four), ""
    whole = _with_four(five.zfill(5), four)
    if len(five) > 5 or state.upper() not in _ZERO_STATES | {""}:
        return said, f"{said!r} is not a ZIP code" + (f" of {state}" if len(five) < 5 else "")
    return whole, f"ZIP {said} has lost a zero; taken as {whole}"


def _with_four(five: str, four: str | None) -> str:
    return f"{five}-{four}" if four else five


def point(latitude: str, longitude: str) -> tuple[Point | None, str]:
    """A point, and what was wrong with it; blanks, "NA" and 0,0 are no point and no fault.

    >>> point("41.9", "-87.6"), point("NA", "NA"), point("0", "0")
    ((Point(latitude=41.9, longitude=-87.6), ''), (None, ''), (None, ''))
    """
    if latitude.strip().lower() in _NO_VALUE and longitude.strip().lower() in _NO_VALUE:
        return None, ""
    fault = f"{latitude!r}, {longitude!r} is no place on earth; left out"
    try:
        given = Point(float(latitude), float(longitude))
    except ValueError:
        return None, fault
    if is_on_earth(*given):
        return given, ""
    return None, "" if given == (0, 0) else fault
