"""How a place name is cut into words and spelled one way, in the gazetteer and in a text alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import regex

from directory.text import words

# Letters and digits part ("detox60614" is two words), Chinese and Korean from other letters ("我在Chicago");
# an apostrophe joins ("Prince George's").
_LETTERS: Final = r"[[\p{L}\p{M}]--[\p{Han}\p{Hangul}]]+"
_PIECE: Final = regex.compile(rf"(?V1)[\p{{Han}}\p{{Hangul}}]+|{_LETTERS}(?:['’‘ʼ´`′＇]{_LETTERS})*|\p{{N}}+")
# Not every point: "St. Paul".
_BREAK: Final = regex.compile(r"[,;:!?…()—–،؛؟。！？，、；：।۔\n\r]|\.\s*$|\s-\s")
_FIRST: Final = {
    "n": "north", "s": "south", "e": "east", "w": "west", "st": "saint", "ste": "sainte",
    "ft": "fort", "mt": "mount", "lk": "lake",
}  # fmt: skip
_MIDDLE: Final = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_LATER: Final = {
    "hts": "heights", "hgts": "heights", "spgs": "springs", "sprgs": "springs", "spg": "spring",
    "bch": "beach", "vlg": "village", "ctr": "center", "centre": "center", "twp": "township",
    "pk": "park", "jct": "junction", "vly": "valley", "hls": "hills", "fls": "falls",
    "mtn": "mountain", "mls": "mills", "hbr": "harbor", "pt": "point", "crk": "creek",
    "gdns": "gardens", "shrs": "shores", "cty": "city", "lks": "lakes", "rdg": "ridge",
    "grv": "grove", "cnty": "county", "lk": "lake",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text, folded, and where it stands in it."""

    word: str
    start: int
    end: int
    capital: bool  # written in capitals, in a text that is not all capitals
    comma: bool  # a comma stands before it
    begins: bool  # it begins the text, a sentence, or a part of one


def tokens(text: str, limit: int) -> list[Token]:
    """The first `limit` words of a text, in order."""
    shouted = text.upper() == text
    return list(_tokens(text, limit, shouted))


def _tokens(text: str, limit: int, shouted: bool) -> Iterator[Token]:
    end = 0
    for count, match in enumerate(_PIECE.finditer(text)):
        if count >= limit:
            return
        raw, between = match.group(), text[end : match.start()]
        comma, begins = "," in between, not end or bool(_BREAK.search(between))
        end = match.end()
        word = raw.lower() if raw.isascii() and raw.isalnum() else "".join(words(ascii_digits(raw)))
        if word:
            yield Token(word, match.start(), end, not shouted and raw.isupper(), comma, begins)


def ascii_digits(text: str) -> str:
    """The same text, the same length, with the digits of every script as 0 to 9.

    >>> ascii_digits("٦٠٦١٤, ６０６１４")
    '60614, 60614'
    """
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def spelled(parts: list[str]) -> list[str]:
    """Words of a name with the usual short forms written out.

    >>> spelled(["e", "st", "louis"]), spelled(["north", "miami", "bch"])
    (['east', 'saint', 'louis'], ['north', 'miami', 'beach'])
    """
    last = len(parts) - 1
    if all(len(part) == 1 for part in parts):
        return list(parts)  # "N.Y.C."
    if parts[:2] == ["condado", "de"] and last > 1:
        return spelled([*parts[2:], "county"])
    return [_written_out(part, at, last) for at, part in enumerate(parts)]


def _written_out(part: str, at: int, last: int) -> str:
    if at == last:
        return _LATER.get(part, part) if at else part
    if at == 0:
        return _FIRST.get(part, part)
    return _MIDDLE.get(part) or _LATER.get(part, part)


def key(parts: list[str]) -> str:
    """What a name is found by: written out, without spaces, so that "DeKalb" is "De Kalb".

    >>> key(["st", "louis"])
    'saintlouis'
    """
    return "".join(spelled(parts))


def name_key(name: str) -> tuple[str, int]:
    """The key of a name as written, and of how many words it is.

    >>> name_key("St. Louis")
    ('saintlouis', 2)
    """
    parts = [token.word for token in tokens(name, 20)]
    return key(parts), len(parts)
