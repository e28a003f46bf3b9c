"""The place a text names. The gazetteer knows places; here only: whether its words meant one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from typing import Protocol

from directory.model import Located
from directory.text import words


class Gazetteer(Protocol):
    """What we ask of directory.places: a place inside running text, and the text without it."""

    def find(self, text: str, languages: Iterable[str], /) -> tuple[Located, str] | None: ...


def found(
    text: str, languages: Iterable[str], said: Set[str], gazetteer: Gazetteer
) -> tuple[Located | None, Counter[str]]:
    """The place and the words that named it. `languages`: which the text is likely in; `said`: words that
    said something else.

    A town may be called like a need or a danger. It is believed only if it has a word of its
    own: "needles ca" is a place, "clean needles" and "im a burden" are not.
    """
    told = gazetteer.find(text, languages)
    if told is None:
        return None, Counter()
    where, rest = told
    named = Counter(words(text)) - Counter(words(rest))
    if any(word.isdecimal() for word in named):  # a ZIP is nothing else
        return where, named
    labels = [place.label for place in (where.place, *where.choices) if place is not None]
    cities = [label for label in labels if set(words(label.split(",")[0])) <= set(named)]  # not "san dyego"
    names = {word for label in cities for word in words(label)} & set(named)
    return (None, Counter()) if (names or set(named)) <= said else (where, named)
