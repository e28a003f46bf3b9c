"""Wishes: how a place should be ("walk in", "no id", "with my kids"), as keys of the search filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.understanding.lexicon import Sense
from bot.understanding.phrases import Found, PhraseBook


def wished(senses: Iterable[Found[Sense]], words: Sequence[str]) -> dict[str, str]:
    """Filter keys and what is wished of them. Of two that disagree the later counts."""
    wishes: dict[str, str] = {}
    for found in senses:
        if found.value.kind == "wish":
            wishes |= dict(pair.split("=", 1) for pair in found.value.values)
        elif found.value.kind == "age":
            ages = [word for word in words[found.start : found.end] if word.isdigit()]
            wishes |= {"age": ages[-1]} if ages else {}
    return wishes


def speaker(words: Sequence[str], speaks: PhraseBook[str], names: PhraseBook[str]) -> str | None:
    """The language that staff should speak: "a therapist who speaks polish"."""
    return named(words, speaks, names, "wants_speaker")


def named(words: Sequence[str], speaks: PhraseBook[str], names: PhraseBook[str], kind: str) -> str | None:
    """The language named inside a phrase of this kind; None if there is none."""
    for asked in speaks.find(words):
        if asked.value == kind:
            inside = words[asked.start : asked.end]
            return next((name.value for name in names.find(inside)), None)
    return None
