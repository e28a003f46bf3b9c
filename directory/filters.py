"""FILTERS: one entry is a whole search filter: its key everywhere, its rule, what may be wished.

A filter answers yes, unknown or no for a listing. No leaves it out; unknown comes after yes.
The rule runs over many listings at once on the thin columns of the search index.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from directory.access import ACCESS

Rows = NDArray[np.int64]
Answers = NDArray[np.int8]

NO: Final = 0
UNKNOWN: Final = 1
YES: Final = 2


class Columns(Protocol):
    """What a rule may look at, one value per listing."""

    @property
    def access(self) -> NDArray[np.int8]: ...  # [row, position in ACCESS]: NO, UNKNOWN, YES
    @property
    def languages(self) -> NDArray[np.uint64]: ...  # a bit per language of `language_codes`
    @property
    def language_codes(self) -> tuple[str, ...]: ...
    @property
    def minimum_age(self) -> NDArray[np.int16]: ...  # -1: not said
    @property
    def maximum_age(self) -> NDArray[np.int16]: ...


class FilterError(ValueError):
    """A wish that its filter does not know."""


@dataclass(frozen=True, slots=True)
class Filter:
    """`wish`: what may be wished, in words for an error message."""

    key: str
    wish: str
    accepts: Callable[[str], bool]
    answers: Callable[[Columns, Rows, str], Answers]


def _access_filter(key: str, position: int) -> Filter:
    def answers(columns: Columns, rows: Rows, wish: str) -> Answers:
        said: Answers = columns.access[rows, position]
        return said if wish == "yes" else (YES - said).astype(np.int8)

    return Filter(key, "yes or no", lambda wish: wish in ("yes", "no"), answers)


def _language_answers(columns: Columns, rows: Rows, wish: str) -> Answers:
    # Never no: a place that lists no interpreter may still have one by phone.
    if wish == "en":
        return np.full(len(rows), YES, np.int8)
    # Lists say "Chinese" (zh); whoever writes zh-Hans is served there as well.
    spoken = [bit for bit, code in enumerate(columns.language_codes) if _primary(code) == _primary(wish)]
    bits = np.uint64(sum(1 << bit for bit in spoken))
    return np.where(columns.languages[rows] & bits, YES, UNKNOWN).astype(np.int8)


def _primary(code: str) -> str:
    return code.lower().partition("-")[0]


def _age_answers(columns: Columns, rows: Rows, wish: str) -> Answers:
    age = int(wish)
    low, high = columns.minimum_age[rows], columns.maximum_age[rows]
    outside = ((low >= 0) & (age < low)) | ((high >= 0) & (age > high))
    unsaid = (low < 0) & (high < 0)
    return np.where(outside, NO, np.where(unsaid, UNKNOWN, YES)).astype(np.int8)


def _is_age(wish: str) -> bool:
    return wish.isascii() and wish.isdigit() and int(wish) <= 120


FILTERS: Final[dict[str, Filter]] = {
    **{key: _access_filter(key, position) for position, key in enumerate(ACCESS)},
    "language": Filter("language", "a BCP 47 code", lambda wish: 0 < len(wish) <= 20, _language_answers),
    "age": Filter("age", "a whole number of years, 0 to 120", _is_age, _age_answers),
}


def answers(columns: Columns, rows: Rows, wishes: dict[str, str]) -> dict[str, Answers]:
    """By filter key, the answer of each row. Raises FilterError for an unknown key or wish."""
    for key, wish in wishes.items():
        if key not in FILTERS:
            raise FilterError(f"{key}: no such filter")
        if not FILTERS[key].accepts(wish):
            raise FilterError(f"{key}: {wish!r} is not {FILTERS[key].wish}")
    found: dict[str, Any] = {key: FILTERS[key].answers(columns, rows, wish) for key, wish in wishes.items()}
    return found
