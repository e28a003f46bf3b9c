"""Wishes: how a place should be ("walk in", "no id", "with my kids"), as keys of the search filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.understanding.lexicon import Lexicon, Sense
from bot.understanding.phrases import Found, PhraseBook
from directory.filters import agreeing


def wished(senses: Iterable[Found[Sense]]) -> dict[str, str]:
    """Filter keys and what is wished of them. Of two that disagree the later counts."""
    wishes: dict[str, str] = {}
    for found in senses:
        if found.value.kind == "wish":
            wishes |= dict(pair.split("=", 1) for pair in found.value.values)
    return agreeing(wishes)


def aged(sense: Sense, words: Sequence[str]) -> Sense:
    """ "i am 17", "teen": a wish for a place that takes a person of that age; "my son is 17": and a man."""
    wishes = [value for value in sense.values if "=" in value]
    ages = [value for value in (*sense.values, *words) if value.isdecimal()]
    return Sense("wish", (*wishes, *(f"age={age}" for age in ages[-1:])))


def speaker(words: Sequence[str], lexicon: Lexicon) -> str | None:
    """The language that staff should speak: "a therapist who speaks polish"."""
    return named(words, lexicon.speaks, lexicon.names, "wants_speaker")


def named(words: Sequence[str], speaks: PhraseBook[str], names: PhraseBook[str], kind: str) -> str | None:
    """The language named inside a phrase of this kind; None if there is none."""
    for asked in speaks.find(words):
        if asked.value == kind:
            inside = words[asked.start : asked.end]
            return next((name.value for name in names.find(inside)), None)
    return None
