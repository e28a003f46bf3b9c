"""Words that a language has: no slip of another word, also where no listing has them ("died", "deputy")."""

from __future__ import annotations

from functools import cache
from typing import Final

from spellchecker import SpellChecker

from directory.text import fold

# Of our languages in Latin letters those that the library has a list of, by how often a word is used.
_LISTED: Final = ("en", "es", "fr", "pt")
# The commonest; rarer ones are likelier a slip of what people search for ("hosing" of "housing").
_MOST: Final = 25_000


def is_ordinary(word: str, language: str = "") -> bool:
    """Whether a folded word is one of English, or of the language that the text is likely in.

    >>> is_ordinary("deputy"), is_ordinary("methodone"), is_ordinary("manana"), is_ordinary("manana", "es")
    (True, False, False, True)
    """
    return any(word in _words(each) for each in {"en", language} & {*_LISTED})


@cache
def _words(language: str) -> frozenset[str]:
    used = SpellChecker(language=language, distance=1).word_frequency.dictionary
    return frozenset(map(fold, sorted(used, key=lambda word: -used[word])[:_MOST]))
