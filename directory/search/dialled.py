"""Phone numbers, listed and asked for: whose number is this? A key is a number with its last seven digits
first, so that one array finds it whole and by these seven alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from directory.model import Listing
from directory.phones import LOCAL
from directory.search.keyed import Keyed, Rows

_LONGEST: Final = 15  # digits: E.164
_BEFORE: Final[int] = 10 ** (_LONGEST - LOCAL)  # all that may stand before the last seven digits


def key(number: str) -> int:
    """Of a normalised number; 0 for one that is too short to be anybody's ("988") or too long.

    >>> key("+12065550143"), key("5550143"), key("988")
    (555014300001206, 555014300000000, 0)
    """
    digits = number.lstrip("+")
    if not digits.isdecimal() or not LOCAL <= len(digits) <= _LONGEST:
        return 0
    return int(digits[-LOCAL:]) * _BEFORE + int(digits[:-LOCAL] or 0)


def keys_of(listing: Listing) -> Iterator[int]:
    """The keys of the numbers that a listing has."""
    return filter(None, dict.fromkeys(key(phone.number) for phone in listing.phones))


@dataclass(frozen=True, slots=True)
class Dialled:
    """The phone numbers of a segment."""

    keyed: Keyed

    def rows_of(self, number: str) -> Rows:
        """The rows that list a number, ascending; of seven digits alone those of any area."""
        return self.keyed.rows_of(*_span(number))

    def listed(self, number: str, alive: NDArray[np.bool_]) -> set[int]:
        """The keys of the numbers that this one may be, of rows that are alive: of seven digits several."""
        span = self.keyed.span(*_span(number))
        return set(self.keyed.keys[span][alive[self.keyed.rows[span]]].tolist())


def _span(number: str) -> tuple[int, int]:
    """The first and the last key that a number asked for may have."""
    first = key(number)
    return first, first + _BEFORE - 1 if len(number) == LOCAL else first
