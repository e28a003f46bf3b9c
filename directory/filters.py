"""FILTERS: one entry is a whole search filter: its key everywhere, its rule, what may be wished.

A filter answers yes, unknown or no for a listing. No leaves it out; unknown comes after yes.
The rule runs over many listings at once on the thin columns of the search index.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from directory.access import ACCESS
from directory.medications import MEDICATIONS
from directory.states import all_codes

Rows = NDArray[np.int64]
Answers = NDArray[np.int8]

NO: Final = 0
UNKNOWN: Final = 1
YES: Final = 2
ADULT: Final = 18  # years
OPEN_NOW: Final = "open_now"  # asked of the clock, by the search itself


class AreaLike(Protocol):
    """Whom a service is for, by where they live."""

    @property
    def states(self) -> tuple[str, ...]: ...
    @property
    def zips(self) -> tuple[str, ...]: ...
    @property
    def country(self) -> bool: ...


class FactsLike(Protocol):
    """What the numbers in the columns stand for."""

    @property
    def language_codes(self) -> Sequence[str]: ...
    @property
    def state_codes(self) -> Sequence[str]: ...
    @property
    def sources(self) -> Sequence[str]: ...
    @property
    def areas(self) -> Sequence[AreaLike]: ...


class Columns(Protocol):
    """What a rule may look at, one value per listing."""

    @property
    def says_yes(self) -> NDArray[np.uint32]: ...  # a bit per key of ACCESS
    @property
    def says_no(self) -> NDArray[np.uint32]: ...
    @property
    def province(self) -> NDArray[np.uint64]: ...  # a bit per state of `state_codes`: its address
    @property
    def states(self) -> NDArray[np.uint64]: ...  # the same of whom it serves without a door; 0: all
    @property
    def vectors(self) -> NDArray[np.float64]: ...  # NaN without a point
    @property
    def languages(self) -> NDArray[np.uint64]: ...  # a bit per language of `language_codes`
    @property
    def medications(self) -> NDArray[np.uint32]: ...  # a bit per one of MEDICATIONS
    @property
    def minimum_age(self) -> NDArray[np.int16]: ...  # -1: not said
    @property
    def maximum_age(self) -> NDArray[np.int16]: ...
    @property
    def checked(self) -> NDArray[np.int32]: ...  # ordinal of the day; 0: never
    @property
    def area(self) -> NDArray[np.int32]: ...
    @property
    def source(self) -> NDArray[np.int16]: ...
    @property
    def facts(self) -> FactsLike: ...
    def organization_is(self, rows: Rows, wish: str) -> NDArray[np.bool_]: ...


class FilterError(ValueError):
    """A wish that its filter does not know."""


@dataclass(frozen=True, slots=True)
class Filter:
    """`wish`: what may be wished, in words for an error message. `says`: that in JSON Schema.

    `answers(columns, rows, wish, today)`.
    """

    key: str
    about: str
    wish: str
    accepts: Callable[[str], bool]
    answers: Callable[[Columns, Rows, str, date], Answers]
    says: Mapping[str, object]


def _access_filter(key: str, position: int) -> Filter:
    bit = np.uint32(1 << position)

    def answers(columns: Columns, rows: Rows, wish: str, _today: date) -> Answers:
        wanted, refused = columns.says_yes, columns.says_no
        if wish == "no":
            wanted, refused = refused, wanted
        yes = (wanted[rows] & bit) > 0
        return np.where(yes, YES, np.where((refused[rows] & bit) > 0, NO, UNKNOWN)).astype(np.int8)

    says = {"type": "string", "enum": ["yes", "no"]}
    return Filter(key, ACCESS[key], "yes or no", lambda wish: wish in ("yes", "no"), answers, says)


def _language_answers(columns: Columns, rows: Rows, wish: str, _today: date) -> Answers:
    # Never no: a place that lists no interpreter may still have one by phone.
    if wish == "en":
        return np.full(len(rows), YES, np.int8)
    # Lists say "Chinese" (zh); whoever writes zh-Hans is served there as well.
    codes = columns.facts.language_codes
    spoken = [bit for bit, code in enumerate(codes) if _primary(code) == _primary(wish)]
    bits = np.uint64(sum(1 << bit for bit in spoken))
    return np.where(columns.languages[rows] & bits, YES, UNKNOWN).astype(np.int8)


def _primary(code: str) -> str:
    return code.lower().partition("-")[0]


def _age_answers(columns: Columns, rows: Rows, wish: str, _today: date) -> Answers:
    age = int(wish)
    low, high = columns.minimum_age[rows], columns.maximum_age[rows]
    outside = ((low >= 0) & (age < low)) | ((high >= 0) & (age > high))
    unsaid = (low < 0) & (high < 0)
    return np.where(outside, NO, np.where(unsaid, UNKNOWN, YES)).astype(np.int8)


def _state_answers(columns: Columns, rows: Rows, wish: str, _today: date) -> Answers:
    """In this state, or by phone for those who live there; for the whole country comes after."""
    codes = list(columns.facts.state_codes)
    bit = np.uint64(1 << codes.index(wish)) if wish in codes else np.uint64(0)
    served, here = columns.states[rows], (columns.province[rows] & bit) > 0
    has_door = ~np.isnan(columns.vectors[rows, 0])
    yes = np.where(has_door, here, (served & bit) > 0)
    return np.where(yes, YES, np.where(has_door | (served > 0), NO, UNKNOWN)).astype(np.int8)


def _is_age(wish: str) -> bool:
    return wish.isascii() and wish.isdigit() and len(wish) <= 3 and int(wish) <= 120


_GENDERS: Final = ("women", "men")


def _gender_answers(columns: Columns, rows: Rows, wish: str, today: date) -> Answers:
    return FILTERS[wish].answers(columns, rows, "yes", today)


def _medication_answers(columns: Columns, rows: Rows, wish: str, _today: date) -> Answers:
    # Never no: hardly a list tells what a place does not give.
    bit = np.uint32(1 << MEDICATIONS.index(wish))
    return np.where(columns.medications[rows] & bit, YES, UNKNOWN).astype(np.int8)


def _zip_answers(columns: Columns, rows: Rows, wish: str, _today: date) -> Answers:
    """Does it take people who live in this ZIP code? A list of other ZIP codes means no."""
    areas = columns.area[rows]
    numbers, where = np.unique(areas, return_inverse=True)
    said = [_serves(columns.facts.areas[number], wish) for number in numbers.tolist()]
    return np.array(said, np.int8)[where]


def _serves(area: AreaLike, code: str) -> int:
    if area.country or code in area.zips:
        return YES
    return NO if area.zips else UNKNOWN


def _source_answers(columns: Columns, rows: Rows, wish: str, _today: date) -> Answers:
    numbers = [i for i, name in enumerate(columns.facts.sources) if name == wish]
    return np.where(np.isin(columns.source[rows], numbers), YES, NO).astype(np.int8)


def _organization_answers(columns: Columns, rows: Rows, wish: str, _today: date) -> Answers:
    return np.where(columns.organization_is(rows, wish), YES, NO).astype(np.int8)


def _checked_answers(columns: Columns, rows: Rows, wish: str, today: date) -> Answers:
    """Checked by a person or listed within so many days. Without any date: not known."""
    days = columns.checked[rows]
    fresh = days >= today.toordinal() - int(wish)
    return np.where(fresh, YES, np.where(days == 0, UNKNOWN, NO)).astype(np.int8)


def _is_days(wish: str) -> bool:
    return wish.isascii() and wish.isdigit() and len(wish) <= 5 and 1 <= int(wish) <= 36_500


def _is_zip(wish: str) -> bool:
    return wish.isascii() and wish.isdigit() and len(wish) == 5


_TEXT: Final = {"type": "string", "minLength": 1, "maxLength": 100}


def _named(wish: str) -> bool:
    return 0 < len(wish) <= 100


FILTERS: Final[dict[str, Filter]] = {
    **{key: _access_filter(key, position) for position, key in enumerate(ACCESS)},
    "language": Filter(
        "language", "A language spoken there, BCP 47", "a BCP 47 code",
        lambda wish: 0 < len(wish) <= 20, _language_answers,
        {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$"},
    ),
    "age": Filter(
        "age", "The age of the person, in years", "a whole number of years, 0 to 120",
        _is_age, _age_answers, {"type": "integer", "minimum": 0, "maximum": 120},
    ),
    "gender": Filter(
        "gender", "Takes women, or takes men", "women or men",
        lambda wish: wish in _GENDERS, _gender_answers, {"type": "string", "enum": list(_GENDERS)},
    ),
    "medication": Filter(
        "medication", "Gives this medicine", " or ".join(MEDICATIONS),
        lambda wish: wish in MEDICATIONS, _medication_answers,
        {"type": "string", "enum": list(MEDICATIONS)},
    ),
    "serves_zip": Filter(
        "serves_zip", "Takes people who live in this ZIP code", "a ZIP code of five digits",
        _is_zip, _zip_answers, {"type": "string", "pattern": "^[0-9]{5}$"},
    ),
    "state": Filter(
        "state", "In this state, or by phone for it", "the two letters of a state, like IL",
        lambda wish: wish in all_codes(), _state_answers, {"type": "string", "enum": [*all_codes()]},
    ),
    "organization_id": Filter(
        "organization_id", "Only services of this organization", "the id of an organization",
        _named, _organization_answers, {"type": "string", "format": "uuid"},
    ),
    "source": Filter(
        "source", "Only from this source, by its id", "the id of a source", _named, _source_answers, _TEXT,
    ),
    "verified_within": Filter(
        "verified_within", "Checked or listed within so many days", "a whole number of days, 1 to 36500",
        _is_days, _checked_answers, {"type": "integer", "minimum": 1, "maximum": 36_500},
    ),
}  # fmt: skip


def agreeing(wishes: Mapping[str, str]) -> dict[str, str]:
    """The wishes that words tell, without the age of a child that comes along: who comes with a child of
    three looks for themselves."""
    young = wishes.get("children") == "yes" and int(wishes.get("age", ADULT)) < ADULT
    return {key: wish for key, wish in wishes.items() if not (young and key == "age")}


def checked(wishes: Mapping[str, str]) -> None:
    """Raises FilterError for an unknown key or wish."""
    for key, wish in wishes.items():
        if key not in FILTERS:
            raise FilterError(f"{key}: no such filter")
        if not FILTERS[key].accepts(wish):
            raise FilterError(f"{key}: {wish!r} is not {FILTERS[key].wish}")


def answers(columns: Columns, rows: Rows, wishes: Mapping[str, str], today: date) -> dict[str, Answers]:
    """By filter key, the answer of each row. Raises FilterError for an unknown key or wish."""
    checked(wishes)
    found: dict[str, Any] = {
        key: FILTERS[key].answers(columns, rows, wish, today) for key, wish in wishes.items()
    }
    return found
