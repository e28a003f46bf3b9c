"""Words that we offer or that ask something of us: MENU, MORE, yes, "are you a person?"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Final

from bot.model import Intent
from bot.understanding.gist import NEED
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
# What a text may mean by what it follows.
_FOLLOWS: Final = (Intent.ABOUT, Intent.MORE, Intent.SAFE)
_KNOWN: Final = frozenset({Intent.ABOUT, Intent.ARREST_FEAR, Intent.LOCAL, Intent.PRIVACY, Intent.STEPS})
# What the examples tell too, and how likely they must find it.
_LEARNT: Final = (Intent.ARREST_FEAR, Intent.HUMAN)
TOLD: Final = 0.5
SURELY: Final = 0.8
UNLIKELY: Final = 0.1
BESIDE: Final = 3  # words after a greeting
# Needs that a question about a place may name: "how do i get there", "do they want an id".
ASKED_ABOUT: Final = frozenset({"transport", "id_documents"})


def command(words: Sequence[str], lexicon: Lexicon) -> Intent | None:
    """The command that the whole text is; None if it is more, or something else."""
    for found in lexicon.whole.find(words):
        if found.value.kind in ("yes", "no"):
            return Intent(found.value.kind)
        if found.value.kind == "intent":
            return Intent(found.value.values[0])
    return None


def greets(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a text begins as a greeting and says little more: "good morning to u all"."""
    starts = range(max(1, len(words) - BESIDE), len(words))
    return any(command(words[:end], lexicon) is Intent.GREETING for end in starts)


def question(inside: Set[Intent], likely: Mapping[str, float], needs: Set[str]) -> Intent | None:
    """What a sentence asks of us: whether police will know, a person to talk to, to be forgotten. Who asks
    for a need and has no papers asks for no answer about police, unless the examples hear a fear."""
    found = set(inside)
    if needs and likely.get(NEED, 0) >= SURELY and likely.get(Intent.ARREST_FEAR, 1) < UNLIKELY:
        found.discard(Intent.ARREST_FEAR)
    if Intent.ABOUT not in found:  # "do they take walk ins"
        least = max(TOLD, likely.get(Intent.ABOUT, 0))
        found |= {intent for intent in _LEARNT if likely.get(intent, 0) >= least}
    return next((intent for intent in _ORDER if intent in found), None)


def perhaps(inside: Set[Intent], likely: Mapping[str, float], needs: Set[str]) -> frozenset[Intent]:
    """What a text means where the talk is about a place, a list or a danger. A need may be named in passing
    where the phrases say what is asked ("do they want an id"), any need where the examples are sure of it."""
    least = SURELY if needs else TOLD
    found = {intent for intent in _FOLLOWS if likely.get(intent, 0) >= least}
    if Intent.ABOUT in inside and needs <= ASKED_ABOUT:
        found.add(Intent.ABOUT)
    return frozenset(found | ({Intent.STEPS} & inside))


def answers(likely: Mapping[str, float]) -> bool:
    """Whether the examples hear an answer to a place, a list or a safety text of ours."""
    return any(likely.get(intent, 0) >= TOLD for intent in _FOLLOWS)


def is_known(inside: Set[Intent]) -> bool:
    """Whether a text asks what we have an answer for: no scream for help, unless a rule says so."""
    return not _KNOWN.isdisjoint(inside)


def within(heard: Sequence[Heard]) -> Set[Intent]:
    """What the phrases of some languages hear inside a sentence."""
    return {f.value for each in heard for f in each.tongue.lexicon.inside.find(each.reading.words)}
