"""Places written in digits: ZIP codes and coordinates, told apart from phones, prices, streets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from directory.geo import is_on_earth
from directory.model import Point
from directory.places.names import ascii_digits, tokens
from directory.places.vocabulary import Vocabulary

# A US phone number in the ways people write one: 312-555-0100, (312) 555 0100, 3125550100.
_PHONE: Final = re.compile(r"(?<!\d)(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?!\d)")
# Five digits, perhaps with the four of ZIP+4; not inside a longer number, a decimal or a range
# of digits joined by hyphens, not after a sign of money or of a number.
_ZIP: Final = re.compile(
    r"(?<!\d)(?<!\d[-.:])(?<![$#@_€£])(?<![$€£] )(\d{5})(?:-?\d{4})?(?!\d)(?![-.:]\d)(?!%)"
)
_NUMBER: Final = r"([+-]?\d{1,3}(?:\.\d{1,15})?)"
_POINT: Final = re.compile(rf"\(? ?{_NUMBER} ?[,;] ?{_NUMBER} ?\)?")
_DECIMALS: Final = re.compile(r"([+-]?\d{1,3}\.\d{1,15}) ([+-]?\d{1,3}\.\d{1,15})")
_POINT_IN_TEXT: Final = re.compile(
    r"(?<![\d.])([+-]?\d{1,2}\.\d{1,15}) ?, ?([+-]?\d{1,3}\.\d{1,15})(?![\d.])"
)
_LONE_LETTER: Final = re.compile(r"(?<![A-Za-z])[A-Za-z]$")
_STREET_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class Written:
    """A ZIP as it stands in a text."""

    code: str
    start: int
    end: int


def point(words: str) -> Point | None:
    """The point of words that are nothing but coordinates: "41.9,-87.6".

    >>> point("41.9, -87.6")
    Point(latitude=41.9, longitude=-87.6)
    """
    plain = " ".join(_plain(words).split())
    if not set(plain) & set(".+-"):
        return None  # "41,000"
    match = _POINT.fullmatch(plain) or _DECIMALS.fullmatch(plain)
    return _point(match) if match else None


def point_in(text: str) -> tuple[Point, int, int] | None:
    """The first coordinates inside a text, with where they stand."""
    for match in _POINT_IN_TEXT.finditer(_plain(text)):
        if found := _point(match):
            return found, match.start(), match.end()
    return None


def _point(match: re.Match[str]) -> Point | None:
    latitude, longitude = float(match[1]), float(match[2])
    return Point(latitude, longitude) if is_on_earth(latitude, longitude) else None


def _plain(text: str) -> str:
    return ascii_digits(text).replace("−", "-")


def zips_in(text: str, vocabulary: Vocabulary) -> Iterator[Written]:
    """What can only be ZIPs in a text, in order; whether they exist is not asked here."""
    plain = _PHONE.sub(lambda phone: "x" * len(phone.group()), ascii_digits(text))
    for match in _ZIP.finditer(plain):
        before, after = (
            plain[max(match.start() - 2, 0) : match.start()],
            plain[match.end() : match.end() + 60],
        )
        if not _LONE_LETTER.search(before) and not _goes_on(after, vocabulary):
            yield Written(match[1], match.start(), match.end())


def _goes_on(after: str, vocabulary: Vocabulary) -> bool:
    """Whether the digits count something ("20000 dollars") or number a house ("12345 Main St")."""
    if after[:1].isascii() and after[:1].isalpha() and not after[1:2].isalpha():
        return True  # 10000x
    cut = tokens(after, _STREET_WORDS)
    if cut and cut[0].comma:
        return False
    following, roles = [token.word for token in cut], vocabulary.roles
    if following and following[0] in roles["unit"]:
        return True
    for at, word in enumerate(following):
        if at and word in roles["street"]:
            return True
        # A street's name has none of these: "60614 near Main St", "60614 need st patricks".
        if word in roles["near"] or word in roles["street_before"] or word in vocabulary.need:
            return False
    return False
