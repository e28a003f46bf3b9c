"""Misspelt words: the word of the directory, or of the synonyms, that was most likely meant.

Near in letters (Damerau) or alike in sound (Metaphone). Only words that nothing knows come here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from math import log
from typing import Final, NamedTuple

import jellyfish
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.search.postings import Postings
from directory.search.synonyms import Synonyms, key_of
from directory.text import fold, stem

# Edits that may separate a word from what was meant, by its length.
_EDITS: Final = (0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 3)
_LIKE_IT_SOUNDS: Final = 1.0  # counts as one edit
_OF_SYNONYMS: Final = 0.6  # edits that a word people search for is ahead of one in a name
_SAME_START: Final = 0.4  # and a word with the same first letter
_SAME_LETTERS: Final = 0.3  # and one whose letters only changed places
_SHORTEST_SOUND: Final = 5
_LONG: Final = 7
_A_SLIP: Final = 0.5  # the cost of one edit in a word that people search for
_RUN_TOGETHER: Final = 0.2


class Choice(NamedTuple):
    """A word (or two) that may have been meant, and how far off it is, in edits."""

    word: str
    cost: float


class Spelling:
    """The words of one index and of the synonyms."""

    def __init__(self, postings: Postings, synonyms: Synonyms) -> None:
        self._postings, self._synonyms = postings, synonyms
        self._by_letter: dict[str, tuple[list[int], list[str], NDArray[np.int64]]] = {}

    def meant(self, word: str, languages: Sequence[str] = (), hint: str = "") -> Choice | None:
        """The likeliest word, or two that were run together, for one that is none; None if nothing is
        near. `languages`: only a word that people search for in these, one edit away. `hint`: the
        language the text is likely in."""
        if not word.isalpha() or not word.isascii():
            return None
        if languages:
            near = [
                each
                for each in self._searched_near(word, hint)
                if each.cost <= _A_SLIP and self._synonyms.knows(each.word, languages)
            ]
            return self._likeliest(near, word, hint)
        choices = [*self._searched_near(word, hint), *self._indexed_near(word), *self._parted(word)]
        return self._likeliest(choices, word, hint)

    def _likeliest(self, choices: Iterable[Choice], word: str, hint: str) -> Choice | None:
        """The nearest. Of those as near: of English or the hint, the same letters in another order;
        then by the alphabet, so that every process takes the same."""
        letters, spoken = sorted(word), ("en", hint)

        def rank(each: Choice) -> tuple[float, bool, bool, str]:
            foreign = not self._synonyms.knows(each.word, spoken)
            return each.cost, foreign, sorted(each.word) != letters, each.word

        return min(choices, key=rank, default=None)

    def _searched_near(self, word: str, hint: str) -> Iterator[Choice]:
        most = _EDITS[min(len(word), len(_EDITS) - 1)]
        near = process.extract(key_of(word), self._searched, scorer=OSA.distance, score_cutoff=most, limit=8)
        for other, edits, _ in near if most else ():
            # The first letter is seldom wrong.
            if self._may_be(other, word, edits, hint) and (edits < most or word[0] == other[0]):
                yield self._choice(word, other, edits - _OF_SYNONYMS - self._used(other))
        for other in self._sounds_searched.get(_sound(word), ()):
            if _alike(word, other) and self._may_be(other, word, 1, hint):
                yield self._choice(word, other, _LIKE_IT_SOUNDS - _OF_SYNONYMS - self._used(other))

    def _may_be(self, other: str, word: str, edits: int, hint: str) -> bool:
        """A word of a language that nothing points to must be long and nearly right: "nite" is no "noite"."""
        return self._synonyms.knows(other, ("en", hint)) or (edits <= 1 and len(word) >= _LONG)

    def _indexed_near(self, word: str) -> Iterator[Choice]:
        most = _EDITS[min(len(word), len(_EDITS) - 1)]
        for edits, at in self._near(word, most) if most else ():
            form = self._form(at)
            if edits < most or word[0] == form[0]:
                yield self._choice(word, form, edits - self._common(at))
        for at in self._sounds.get(_sound(word), ()):
            if _alike(word, self._form(at)):
                yield self._choice(word, self._form(at), _LIKE_IT_SOUNDS - self._common(at))

    def _parted(self, word: str) -> Iterator[Choice]:
        """Two words that people search for, run together ("needleexchange")."""
        for at in range(3, len(word) - 2):
            if word[:at] in self._searched_words and word[at:] in self._searched_words:
                yield Choice(f"{word[:at]} {word[at:]}", _RUN_TOGETHER)

    def _choice(self, word: str, other: str, cost: float) -> Choice:
        same_letters = sorted(word) == sorted(other)
        return Choice(other, cost - _SAME_START * (word[0] == other[0]) - _SAME_LETTERS * same_letters)

    def _near(self, word: str, most: int) -> Iterator[tuple[float, int]]:
        """Words of names that begin with one of the first two letters and are near: edits, number."""
        for letter in dict.fromkeys(word[:2]):
            numbers, forms, lengths = self._told(letter)
            close = np.flatnonzero(np.abs(lengths - len(word)) <= most).tolist()
            words = [forms[i] for i in close]
            near = process.extract(word, words, scorer=OSA.distance, score_cutoff=most, limit=8)
            yield from ((edits, numbers[close[i]]) for _, edits, i in near)

    def _told(self, letter: str) -> tuple[list[int], list[str], NDArray[np.int64]]:
        """Terms that begin so and stand in names: their numbers, how they are written, how long."""
        if letter not in self._by_letter:
            span = self._postings.beginning(letter)
            numbers = [at for at in span if self._postings.forms[at]]
            forms = [self._form(at) for at in numbers]
            self._by_letter[letter] = numbers, forms, np.array(list(map(len, forms)), np.int64)
        return self._by_letter[letter]

    def _used(self, key: str) -> float:
        number = self._postings.number(stem(key))
        return self._common(number) if number >= 0 else 0.0

    def _common(self, at: int) -> float:
        """Of two words as near the commoner one; never worth a whole edit."""
        return min(0.5, log(1 + self._postings.frequency(at)) / 20)

    def _term(self, at: int) -> str:
        return bytes(self._postings.terms[at]).decode()

    def _form(self, at: int) -> str:
        return fold(bytes(self._postings.forms[at]).decode()) or self._term(at)

    @cached_property
    def _searched(self) -> list[str]:
        return sorted(key for key in self._synonyms.vocabulary() if len(key) > 3 and key.isascii())

    @cached_property
    def _searched_words(self) -> frozenset[str]:
        return frozenset(self._searched)

    @cached_property
    def _sounds_searched(self) -> dict[str, list[str]]:
        return _by_sound(self._searched)

    @cached_property
    def _sounds(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for at in np.flatnonzero(self._postings.forms).tolist():
            if sound := _sound(self._form(at)):
                found[sound].append(at)
        return dict(found)


def _alike(word: str, other: str) -> bool:
    """Words that sound the same are taken for each other only if half of their letters agree."""
    return OSA.distance(word, other) <= max(len(word), len(other)) // 2


def _by_sound(words: Collection[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in words:
        if sound := _sound(word):
            found[sound].append(word)
    return dict(found)


def _sound(word: str) -> str:
    sound = jellyfish.metaphone(word) if len(word) >= _SHORTEST_SOUND and word.isascii() else ""
    return sound if len(sound) > 2 else ""
