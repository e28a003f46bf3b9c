"""Values of a request: how one is read, and how a table of parameters reads them all. No HTTP here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from werkzeug.datastructures import MultiDict

from translations import BABEL_NAMES

Values = MultiDict[str, str]
Schema = Mapping[str, Any]

MOST_UNKNOWN: Final = 20  # names said back
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?", re.IGNORECASE)
_WHOLE: Final = re.compile(r"([0-9]{1,9})(?:\.0*)?")
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")
# An unescaped plus of an offset arrives as a blank.
_LOST_PLUS: Final = re.compile(r"(.*[T ][0-9]{2}:[0-9.:]+) ([0-9]{2}:?[0-9]{2})")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]+")
_YES: Final = frozenset({"true", "yes", "1", "on"})
_NO: Final = frozenset({"false", "no", "0", "off"})
FLAG: Final = {"enum": [True, False, "true", "false", "yes", "no", "1", "0", "on", "off", 1, 0]}
ANSWER: Final = {"enum": ["yes", "no", True, False, "true", "false", "1", "0", "on", "off", 1, 0]}
# Days that every such month has; 29 February is read as well.
_DAY: Final = (
    "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
)
MOMENT: Final = {
    "type": "string",
    "pattern": f"^(19[7-9]|2[01][0-9])[0-9]-{_DAY}T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?"
    "(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])?$",
}


class ParameterError(ValueError):
    """A value that cannot be used: which parameter, and why, in words."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(f"{parameter}: {message}")
        self.parameter, self.message = parameter, message


@dataclass(frozen=True, slots=True)
class Parameter:
    """`read` raises ValueError with the reason. `schema`: JSON Schema of one value."""

    name: str
    read: Callable[[str], Any]
    schema: Schema
    about: str
    repeatable: bool = False


def text(longest: int) -> Callable[[str], str]:
    def read(said: str) -> str:
        plain = _CONTROL.sub(" ", said.encode("utf-8", "ignore").decode()).strip()
        if len(plain) > longest:
            raise ValueError(f"is longer than {longest} characters")
        return plain

    return read


def number(low: float, high: float) -> Callable[[str], float]:
    def read(said: str) -> float:
        if not _NUMBER.fullmatch(said):
            raise ValueError("is not a number")
        value = float(said)
        if not low <= value <= high:
            raise ValueError(f"is not between {low:g} and {high:g}")
        return value

    return read


def whole(low: int, high: int) -> Callable[[str], int]:
    def read(said: str) -> int:
        found = _WHOLE.fullmatch(said)
        if found is None or not low <= int(found[1]) <= high:
            raise ValueError(f"is not a whole number between {low} and {high}")
        return int(found[1])

    return read


def flag(said: str) -> bool:
    if said.lower() not in _YES | _NO:
        raise ValueError("is not true or false")
    return said.lower() in _YES


def answer(said: str) -> str:
    try:
        return "yes" if flag(said) else "no"
    except ValueError:
        raise ValueError("is not yes or no") from None


def tag(said: str) -> str:
    """A language as we keep it: one of ours in its own spelling, else its first part."""
    if not _TAG.fullmatch(said):
        raise ValueError("is not a language code like es or zh-Hans")
    known = {tag.lower(): tag for tag in BABEL_NAMES}
    return known.get(said.lower()) or said.partition("-")[0].lower()


def moment(said: str) -> datetime:
    lost = _LOST_PLUS.fullmatch(said)
    try:
        if not re.search(r"[0-9][T ][0-9]", said):
            raise ValueError
        found = datetime.fromisoformat("+".join(lost.groups()) if lost else said)
        if not 1970 <= found.year < 2200:
            raise ValueError
    except ValueError:
        raise ValueError("is not a date and time like 2026-11-23T18:00:00-06:00") from None
    return found


def one_of(*choices: str) -> Callable[[str], str]:
    def read(said: str) -> str:
        if said not in choices:
            raise ValueError(f"is not one of {', '.join(choices)}")
        return said

    return read


def uuid(said: str) -> str:
    try:
        return str(UUID(said))
    except ValueError:
        raise ValueError("is not a UUID") from None


def parsed(values: Values, known: Iterable[Parameter]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What was given of the known parameters, read, and the names of the others.

    A blank is as good as nothing: forms send their empty fields. Raises ParameterError.
    """
    by_name = {parameter.name: parameter for parameter in known}
    found: dict[str, Any] = {}
    for name in by_name.keys() & set(values):
        said = [value.strip() for value in values.getlist(name) if value.strip()]
        if said:
            found[name] = _read(by_name[name], said)
    unknown = sorted(name[:60] for name in set(values) - by_name.keys())
    return found, tuple(unknown[:MOST_UNKNOWN])


def _read(parameter: Parameter, said: list[str]) -> Any:
    if len(said) > 1 and not parameter.repeatable:
        raise ParameterError(parameter.name, "is given more than once")
    try:
        read = [parameter.read(value) for value in said]
    except ValueError as error:
        raise ParameterError(parameter.name, str(error)) from error
    return read if parameter.repeatable else read[0]
