"""Words that we offer or that ask something of us: MENU, MORE, yes, "are you a person?"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Final

from bot.model import Intent
from bot.understanding.lexicon import Lexicon
from bot.understanding.tongue import Heard

# A text may say two things; what a person fears comes before what they ask in passing.
_ORDER: Final = (
    Intent.FORGET,
    Intent.LOCAL,
    Intent.CALL_ME,
    Intent.ARREST_FEAR,
    Intent.HUMAN,
    Intent.PRIVACY,
)
_KNOWN: Final = frozenset({Intent.ABOUT, Intent.ARREST_FEAR, Intent.LOCAL, Intent.PRIVACY})
# What the examples tell too, and how likely they must find it.
_LEARNT: Final = (Intent.ARREST_FEAR, Intent.HUMAN)
TOLD: Final = 0.5


def command(words: Sequence[str], lexicon: Lexicon) -> Intent | None:
    """The command that the whole text is; None if it is more, or something else."""
    for found in lexicon.whole.find(words):
        if found.value.kind in ("yes", "no"):
            return Intent(found.value.kind)
        if found.value.kind == "intent":
            return Intent(found.value.values[0])
    return None


def question(inside: Set[Intent], likely: Mapping[str, float]) -> Intent | None:
    """What a sentence asks of us: whether police will know, a person to talk to, to be forgotten."""
    found = set(inside)
    if Intent.ABOUT not in found:  # "do they take walk ins"
        found |= {intent for intent in _LEARNT if likely.get(intent, 0) >= TOLD}
    return next((intent for intent in _ORDER if intent in found), None)


def is_known(inside: Set[Intent]) -> bool:
    """Whether a text asks what we have an answer for: no scream for help, unless a rule says so."""
    return not _KNOWN.isdisjoint(inside)


def within(heard: Sequence[Heard]) -> Set[Intent]:
    """What the phrases of some languages hear inside a sentence."""
    return {f.value for each in heard for f in each.tongue.lexicon.inside.find(each.reading.words)}
