"""The place a text names. The gazetteer knows places; here only: whether its words meant one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol

from bot.understanding.normalise import Message, Token, message
from directory.answers import Located
from directory.text import words


class Gazetteer(Protocol):
    """What we ask of directory.places: a place inside running text, and the text without it."""

    def find(self, text: str, languages: Iterable[str], /) -> tuple[Located, str] | None: ...


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names, and the words that do."""

    where: Located | None = None
    tokens: tuple[Token, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """These words, and the code of the state ("erie pa"), which is a word in many languages."""
        place = self.where.place if self.where else None
        state = (place.state.casefold(),) if place else ()
        return frozenset((*(token.word for token in self.tokens), *state))

    @property
    def label_words(self) -> frozenset[str]:
        """The words of the English names of the places that may be meant, with their states."""
        where = self.where
        places = [where.place, where.likely, *where.choices] if where else []
        return frozenset(word for place in places if place for word in words(f"{place.label} {place.state}"))

    @property
    def starts(self) -> frozenset[int]:
        """Where these words begin in the text."""
        return frozenset(token.start for token in self.tokens)

    @property
    def is_town(self) -> bool:
        """Whether words named it, not a ZIP."""
        return bool(self.tokens) and not any(token.said.isdecimal() for token in self.tokens)


def found(said: Message, languages: Iterable[str], taken: Set[int], gazetteer: Gazetteer) -> Named:
    """The place in a text. `languages`: which it is likely in; `taken`: where the words begin that said
    something else.

    A town may be called like a need or a danger. It is believed only if it has a word of its
    own: "needles ca" is a place, "clean needles" and "im a burden" are not.
    """
    told = gazetteer.find(said.text, languages)
    if told is None:
        return Named()
    where, rest = told
    tokens = _missing(said.tokens, message(rest).tokens)
    digits = [token for token in tokens if token.said.isdecimal()]
    own = _own_names(where, frozenset(token.word for token in tokens))
    names = digits or [token for token in tokens if token.word in own] or tokens
    if not digits and all(token.start in taken for token in names):  # a ZIP is nothing else
        return Named()
    # "sober living houston": what leads to a town may have said something itself.
    return Named(where, tuple(token for token in tokens if token in names or token.start not in taken))


def _own_names(where: Located, named: frozenset[str]) -> set[str]:
    """The words of the places meant whose names were written out; not "san dyego"."""
    labels = [place.label for place in (where.place, *where.choices) if place is not None]
    return {word for label in labels if named.issuperset(words(label.split(",")[0])) for word in words(label)}


def _missing(all_: Sequence[Token], kept: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens of a text that are not there any more."""
    both = SequenceMatcher(None, [t.word for t in all_], [t.word for t in kept], autojunk=False)
    gone = (all_[start:end] for step, start, end, _, _ in both.get_opcodes() if step in ("delete", "replace"))
    return tuple(token for tokens in gone for token in tokens)
