"""Whether a place that was read is all that was typed: "Kensington Philadelphia" is read as Philadelphia."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from directory.answers import Place
from directory.places.names import key, tokens
from directory.states import state_code

MOST_WORDS: Final = 30
LONGEST_STATE: Final = 3  # words
_POINT: Final = "point"
# What says nothing of where; in other languages the note is said once too often.
_PLAIN: Final = frozenset({
    "in", "near", "at", "the", "of", "city", "town", "area", "zip", "code", "us", "usa", "united", "states",
    "en", "cerca", "de", "codigo", "postal",
})  # fmt: skip


def leaves_out(typed: str, place: Place) -> bool:
    """Whether some words that were typed are no part of the place.

    >>> from directory.model import Point
    >>> philadelphia = Place("Philadelphia, PA", Point(40.0, -75.1), "city", "PA")
    >>> leaves_out("Kensington Philadelphia", philadelphia), leaves_out("philadelphia penn.", philadelphia)
    (True, False)
    """
    if place.kind == _POINT:
        return False
    name = place.label.partition("(")[2].rstrip(")") or place.label
    left = _named(_words(typed), place)
    return bool(left) and left != _named(_words(name), place)


def _words(text: str) -> list[str]:
    return [token.word for token in tokens(text, MOST_WORDS)]


def _named(words: Sequence[str], place: Place) -> str:
    """The key of a name without its state, ZIP code and what says nothing."""
    kept = [word for word in _stateless(words, place.state) if word not in _PLAIN]
    return key([word for word in kept if not (place.zip and word.isdecimal())])


def _stateless(words: Sequence[str], state: str) -> list[str]:
    found, at = [], 0
    while at < len(words):
        ends = range(min(at + LONGEST_STATE, len(words)), at, -1)
        after = next((end for end in ends if state_code(" ".join(words[at:end])) == state), 0)
        if not after:
            found.append(words[at])
        at = after or at + 1
    return found
