"""How many parts a text message is sent in, and in which alphabet: what it costs to read us.

Rules of GSM 03.38 (3GPP TS 23.038) as Twilio counts them; tests/oracle compares with Twilio's
own calculator. Nothing here changes a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import regex

# One septet each. Not here, though one would think so: á í ó ú ç, the backtick, the tab.
BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Two septets each: an escape and the character, never parted between two segments.
EXTENDED: Final = frozenset("\f^{}\\[~]|€")
GSM_7: Final = BASIC | EXTENDED
# What is never parted: what a reader sees as one letter, by the Unicode rules that Twilio still
# goes by, in which a consonant joined to the one before it (Hindi) is a letter of its own, and so
# is a skin tone after what has no skin.
_GRAPHEME: Final = regex.compile(r"\r|\X")
_APART: Final = regex.compile(
    r"(?<=[\p{M}\u200d])(?=\p{L})"
    r"|(?<=[^\p{M}])(?<!\p{Emoji_Modifier_Base})(?=\p{Emoji_Modifier})"
)


class Encoding(StrEnum):
    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"


@dataclass(frozen=True, slots=True)
class Size:
    """What a text takes: `units` are septets in GSM-7, UTF-16 units in UCS-2."""

    encoding: Encoding
    units: int
    segments: int


# A text that fits into one segment has more room than each part of a longer one.
_ALONE: Final = {Encoding.GSM_7: 160, Encoding.UCS_2: 70}
_PART: Final = {Encoding.GSM_7: 153, Encoding.UCS_2: 67}


def measure(text: str) -> Size:
    """The alphabet, units and segments of a text; an empty text is sent as one segment.

    >>> measure("a" * 160).segments, measure("a" * 161).segments, measure("á" * 71).segments
    (1, 2, 2)
    >>> measure("a" * 152 + "€" + "b" * 152)  # the euro does not fit whole into the first part
    Size(encoding=<Encoding.GSM_7: 'GSM-7'>, units=306, segments=3)
    """
    encoding = encoding_of(text)
    sizes = list(_sizes(text, encoding))
    units = sum(sizes)
    return Size(encoding, units, 1 if units <= _ALONE[encoding] else _filled(sizes, _PART[encoding]))


def encoding_of(text: str) -> Encoding:
    return Encoding.GSM_7 if GSM_7.issuperset(text) else Encoding.UCS_2


def room(segments: int, encoding: Encoding) -> int:
    """The units that surely fit into that many segments, escapes and emoji at the edges apart."""
    return _ALONE[encoding] if segments == 1 else segments * _PART[encoding]


def _sizes(text: str, encoding: Encoding) -> Iterator[int]:
    """The units of each thing that must not be parted."""
    if encoding is Encoding.GSM_7:
        return (2 if c in EXTENDED else 1 for c in text)
    letters = (part for g in _GRAPHEME.findall(text) for part in _APART.split(g))
    return (len(letter.encode("utf-16-be", "surrogatepass")) // 2 for letter in letters)


def _filled(sizes: list[int], part: int) -> int:
    segments, used = 1, 0
    for size in sizes:
        if used + size > part:
            segments, used = segments + 1, 0
        used += size
    return segments
