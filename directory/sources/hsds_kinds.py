"""The kinds of cells in HSDS: read forgivingly from careless sources, written exactly."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from math import isfinite
from typing import Any, Final
from urllib.parse import quote, urlsplit

from directory.model import Answer

# Line breaks and tabs are writing; the rest breaks databases and terminals.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NUMBER: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]{1,3})?", re.IGNORECASE)
_TIME: Final = re.compile(
    r"([0-9]{1,2})(?::?([0-9]{2}))?(?::([0-9]{2})(?:\.[0-9]+)?)?"  # 9, 900, 09:00, 09:00:00.000
    r"\s*(?:([ap])\.?\s?m\.?)?"
    r"\s*(?:z|[+-][0-9]{2}:?[0-9]{2})?",  # an offset: the location's own zone wins
    re.IGNORECASE,
)
_DATE_FORMATS: Final = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%B %d, %Y", "%b %d, %Y")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:(?![0-9])", re.IGNORECASE)
_LONE_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_YES: Final = frozenset({"yes", "true", "t", "y", "1"})
_NO: Final = frozenset({"no", "false", "f", "n", "0"})


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Kind:
    """`read` takes what stands in a cell, and raises ValueError that says what is wrong with it.
    `write` gives JSON, or None for what the standard cannot hold. `type`, `format`: JSON Schema's."""

    type: str
    read: Callable[[Any], Any]
    write: Callable[[Any], Any] = _same
    format: str = ""


def is_blank(raw: object) -> bool:
    return raw is None or (isinstance(raw, str) and not raw.strip()) or raw in ([], {})


def clean(raw: object) -> str:
    """A cell as text, without control characters and half characters.

    >>> clean(" a\\x00b\\ud800 ")
    'ab'
    """
    if isinstance(raw, str) and raw.isprintable():  # nearly always
        return raw.strip()
    if isinstance(raw, (list, dict)):
        raise ValueError("a text is expected here, not a list or an object")
    text = str(raw).lower() if isinstance(raw, bool) else str(raw)
    whole = text.encode("utf-8", "ignore").decode()
    return _CONTROL.sub("", whole.replace("\r\n", "\n")).strip()


def shown(raw: object) -> str:
    """A cell in a message: quoted and cut."""
    text = str(raw)
    return f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"'


def _number(raw: object) -> float:
    text = clean(raw)
    value = float(text) if _NUMBER.fullmatch(text) else float("nan")
    if not isfinite(value) or isinstance(raw, bool):
        raise ValueError(f"{shown(raw)} is not a number")
    return value


def _whole(raw: object) -> int:
    value = _number(raw)
    if abs(value) >= 2**31:  # what a database column holds
        raise ValueError(f"{shown(raw)} is too large")
    return int(value)


def number_out(value: float) -> int | float | None:
    """A number as JSON has it: whole ones without a point, none that JSON cannot say."""
    if not isfinite(value):
        return None
    return int(value) if value == int(value) else value


def _day(raw: object) -> date:
    text = clean(raw)
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise ValueError(f"{shown(raw)} is not a date; write 2026-11-30") from None


def _clock(raw: object) -> time:
    found = _TIME.fullmatch(clean(raw))
    try:
        if found is None:
            raise ValueError
        hour, minute, second = (int(part or 0) for part in found.group(1, 2, 3))
        half = (found.group(4) or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        return time(0 if (hour, minute) == (24, 0) else hour, minute, second)
    except ValueError:
        raise ValueError(f"{shown(raw)} is not a time; write 09:00") from None


def _moment(raw: object) -> datetime:
    try:
        found = datetime.fromisoformat(clean(raw))
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        found.astimezone(UTC)  # the first and last day of the calendar have no room for an offset
    except (ValueError, OverflowError):
        raise ValueError(f"{shown(raw)} is not a date and time; write 2026-11-30T09:00:00Z") from None
    return found


def _moment_out(value: datetime) -> str:
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()


def _uri(raw: object) -> str:
    """A web address. Only http and https: anything else could be run, not visited."""
    text = clean(raw)
    if "://" not in text and not _SCHEME.match(text):
        text = f"http://{text}"
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        host = ""
    if (
        not host
        or "." not in host.strip(".")
        or re.search(r"\s", host)
        or parts.scheme not in ("http", "https")
    ):
        raise ValueError(f"{shown(raw)} is not a web address; write https://example.org")
    return quote(_LONE_PERCENT.sub("%25", text), safe="%!#$&'()*+,/:;=?@~")


def _uri_out(value: str) -> str | None:
    try:
        return _uri(value)
    except ValueError:
        return None


def _email(raw: object) -> str:
    text = clean(raw)
    if not _EMAIL.fullmatch(text):
        raise ValueError(f"{shown(raw)} is not an e-mail address")
    return text


def _email_out(value: str) -> str | None:
    return value if _EMAIL.fullmatch(value) else None


def read_flag(raw: object) -> bool:
    text = clean(raw).lower()
    if text not in _YES | _NO:
        raise ValueError(f"{shown(raw)} is not true or false")
    return text in _YES


def read_answer(raw: object) -> Answer:
    text = clean(raw).lower()
    if text in _YES | _NO:
        return Answer.YES if text in _YES else Answer.NO
    if text not in ("unknown", ""):
        raise ValueError(f"{shown(raw)} is not yes, no or unknown")
    return Answer.UNKNOWN


def _codes(raw: object) -> tuple[str, ...]:
    items = raw if isinstance(raw, (list, tuple)) else clean(raw).split()
    return tuple(text for item in items if (text := "".join(clean(item).split())))


def one_of(choices: type[StrEnum]) -> Kind:
    """A closed list of words."""

    def read(raw: object) -> Any:
        text = clean(raw).lower()
        if text not in tuple(choices):
            raise ValueError(f"{shown(raw)} is not one of {', '.join(choices)}")
        return choices(text)

    return Kind("string", read, str)


TEXT: Final = Kind("string", clean)
UUID: Final = Kind("string", clean, format="uuid")
URI: Final = Kind("string", _uri, _uri_out, "uri")
EMAIL: Final = Kind("string", _email, _email_out, "email")
NUMBER: Final = Kind("number", _number, number_out)
WHOLE: Final = Kind("number", _whole)
DATE: Final = Kind("string", _day, date.isoformat, "date")
TIME: Final = Kind("string", _clock, time.isoformat, "time")
MOMENT: Final = Kind("string", _moment, _moment_out, "date-time")
FLAG: Final = Kind("boolean", read_flag)
ANSWER: Final = Kind("string", read_answer, str)
CODES: Final = Kind("array", _codes, list)
