"""How a text becomes the terms of the index: words, folded, stemmed in the languages they may be in.

A word stands under its English stem, and under that of the language its text is in; the script
decides for Cyrillic, Arabic and Devanagari. Chinese and Korean stand as pairs of letters. A word
that folding changed ("phở") also stands as it is written, so that exact spelling can come first.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

import regex
import snowballstemmer

from directory.datafile import HERE, read
from directory.text import STEMMING, fold, stem

LONGEST: Final = 40  # bytes of a term
EXACT: Final = "="  # before a word as it is written
_WORD: Final = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_PAIRS: Final = regex.compile(r"[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}]+")
_APOSTROPHES: Final = dict.fromkeys(map(ord, "'’‘ʼ´`′＇"), None)
_INVISIBLE: Final = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF], None)
_URDU: Final = frozenset("ٹڈڑںےہگچپژ")

_STEMMERS: Final = {
    tag: snowballstemmer.stemmer(name)
    for tag, name in (
        ("es", "spanish"), ("fr", "french"), ("pt", "portuguese"), ("ru", "russian"),
        ("ar", "arabic"), ("hi", "hindi"), ("pl", "polish"),
    )
}  # fmt: skip
# Little words that tell a language of Latin letters; English is what is left.
_TELLING: Final = {
    tag: frozenset(words.split())
    for tag, words in (
        ("es", "el los las del para por con una y en su es servicios ayuda"),
        ("fr", "le les des du et pour avec une aux dans est"),
        ("pt", "os dos das do da para com uma e em não serviços ajuda"),
        ("pl", "i w z na do dla oraz jest się nie pomoc"),
    )
}
_ENGLISH: Final = frozenset(("the", "and", "of", "for", "to", "in", "with", "is", "are", "a", "at"))


def words(text: str) -> list[str]:
    """The words of a text as they are written, but for case, apostrophes and invisible marks.

    >>> words("Phở & O’Malley's, 2nd St.")
    ['phở', 'omalleys', '2nd', 'st']
    """
    if text.isascii():
        return _WORD.findall(text.lower().replace("'", "").replace("`", ""))
    plain = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES).translate(_INVISIBLE))
    return _WORD.findall(plain.translate(_APOSTROPHES).casefold())


def language_of(found: Iterable[str]) -> str:
    """The language of Latin letters that the little words tell; "en" when they tell none."""
    said = set(found)
    scores = {tag: len(said & telling) for tag, telling in _TELLING.items()}
    best = max(scores, key=lambda tag: scores[tag])
    return best if scores[best] >= 2 and scores[best] > len(said & _ENGLISH) else "en"


@cache
def _abbreviations() -> dict[str, str]:
    """What a short word of a name stands for, by the stem it is written for."""
    rows = read(HERE / "abbreviations.csv", ("means", "said"))
    return {said: row["means"] for row in rows for said in row["said"].split("|")}


@lru_cache(maxsize=200_000)
def of_word(word: str, language: str = "en") -> tuple[tuple[str, ...], ...]:
    """The terms of one word: mostly one place with one or more terms, for pairs of letters several.

    >>> of_word("clinics"), of_word("phở"), of_word("ctr")
    ((('clinic',),), (('pho', '=phở'),), (('center',),))
    """
    if _PAIRS.fullmatch(word):
        return tuple((pair,) for pair in _pairs(fold(word)))
    folded = _short("".join(_WORD.findall(fold(word))))
    if not folded:
        return ()
    if folded in _abbreviations():
        return ((stem(_abbreviations()[folded]),),)
    stems = dict.fromkeys((_short(stem(folded)), *_other_stems(word, language)))
    exact = () if folded == word else (_short(EXACT + word),)
    return ((*stems, *exact),)


def _other_stems(word: str, language: str) -> tuple[str, ...]:
    tag = _script(word) or language
    if tag not in _STEMMERS:
        return ()
    # Snowball wants the letters as they are written; folding comes after.
    with STEMMING:
        stemmed = str(_STEMMERS[tag].stemWord(word))
    return (_short(fold(stemmed)),)


def _script(word: str) -> str:
    first = word[0]
    if "\u0400" <= first <= "\u052f":
        return "ru"
    if "\u0600" <= first <= "\u06ff":
        return "" if _URDU & set(word) else "ar"
    return "hi" if "\u0900" <= first <= "\u097f" else ""


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def _short(term: str) -> str:
    raw = term.encode()
    return term if len(raw) <= LONGEST else raw[:LONGEST].decode(errors="ignore")


def places(text: str) -> list[tuple[str, ...]]:
    """What stands at each place of a text, in order: the terms of its words."""
    found = words(text)
    language = language_of(found) if len(found) > 3 else "en"
    return [terms for word in found for terms in of_word(word, language)]
