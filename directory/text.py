"""Words, the one way: how text is folded and cut, for the index and for the bot alike."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from threading import Lock
from typing import Final

import regex
import snowballstemmer

# Letters with their marks: \w alone cuts Devanagari and decomposed Vietnamese apart.
_WORD: Final = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_HAN: Final = regex.compile(r"\p{Han}+")
_LIKE_APOSTROPHE: Final = dict.fromkeys(map(ord, "’‘ʼ´`′＇"), "'")
# Zero-width and direction marks say nothing and hide words from a match.
_INVISIBLE: Final = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])
_ARABIC: Final = str.maketrans("يىكةأإآٱ", "ییکهاااا")
_STROKE: Final = str.maketrans("łđ", "ld")  # no accents to take off, and few type them
_stemmer: Final = snowballstemmer.stemmer("english")
STEMMING: Final = Lock()  # a stemmer keeps the word it is at in itself: one thread at a time


def fold(text: str) -> str:
    """Lower case, without accents, full-width forms, odd apostrophes or invisible marks.

    >>> fold("Ｄétox  ’n")
    "detox  'n"
    >>> fold("Chłopak pobił")
    'chlopak pobil'
    >>> fold("đau đầu")
    'dau dau'
    """
    if text.isascii():  # most of a directory; a hundred times faster
        return text.lower().replace("`", "'")
    # Apostrophes first: to NFKC a lone acute accent is a space with a mark.
    apostrophes = text.translate(_LIKE_APOSTROPHE).translate(_INVISIBLE)
    plain = unicodedata.normalize("NFKC", apostrophes).translate(_LIKE_APOSTROPHE)
    apart = unicodedata.normalize("NFKD", plain.casefold().translate(_ARABIC).translate(_STROKE))
    bare = "".join(c for c in apart if not _is_latin_accent(c))
    return unicodedata.normalize("NFC", bare)


def _is_latin_accent(c: str) -> bool:
    # Combining marks of Latin, Greek and Cyrillic, and Arabic short vowels; Indic vowel
    # signs are letters to a reader and stay.
    return "\u0300" <= c <= "\u036f" or "\u064b" <= c <= "\u0652"


def words(text: str) -> list[str]:
    """The folded words of a text, in order; an apostrophe joins ("can't" -> "cant").

    >>> words("Can’t stop, 2nd St.")
    ['cant', 'stop', '2nd', 'st']
    """
    return _WORD.findall(fold(text).replace("'", ""))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """An English stem; words of other scripts come back as they are."""
    if not word.isascii():
        return word
    with STEMMING:
        return str(_stemmer.stemWord(word))


def terms(text: str) -> list[str]:
    """What the search index holds of a text: stems, and for Chinese pairs of characters."""
    found: list[str] = []
    for word in words(text):
        if _HAN.fullmatch(word) and len(word) > 1:
            found.extend(word[i : i + 2] for i in range(len(word) - 1))
        else:
            found.append(stem(word))
    return found
