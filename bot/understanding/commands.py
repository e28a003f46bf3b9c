"""Words that we offer or that ask something of us: MENU, MORE, yes, "are you a person?"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Final

from bot.model import Intent
from bot.understanding.gist import NEED
from bot.understanding.lexicon import Lexicon, Sense
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
_KNOWN: Final = frozenset(
    {Intent.ABOUT, Intent.ARREST_FEAR, Intent.LOCAL, Intent.PRIVACY, Intent.STEPS, Intent.ALONE, Intent.LAPSE}
    | {Intent.MIXING, Intent.LOSS}
)
# What the examples tell too, and how likely they must find it.
_LEARNT: Final = (Intent.ARREST_FEAR, Intent.HUMAN)
TOLD: Final = 0.5
SURELY: Final = 0.8
UNLIKELY: Final = 0.2
BESIDE: Final = 3  # words after a command


def command(words: Sequence[str], lexicon: Lexicon) -> Intent | None:
    """The command that the whole text is; None if it is more, or something else."""
    senses = (found.value for found in lexicon.whole.find(words))
    told = [_meant(sense) for sense in senses if sense.kind in ("yes", "no", "intent")]
    return Intent.NEXT if Intent.NEXT in told else next(iter(told), None)


def _meant(sense: Sense) -> Intent:
    return Intent(sense.values[0] if sense.kind == "intent" else sense.kind)


def begins(words: Sequence[str], lexicon: Lexicon, intent: Intent, least: int = 1) -> bool:
    """Whether a text begins as this command, of at least so many words, and says little more: "good morning
    to u all", "they hung up on me"."""
    ends = range(max(least, len(words) - BESIDE), len(words))
    return any(command(words[:end], lexicon) is intent for end in ends)


def question(inside: Set[Intent], likely: Mapping[str, float], needs: Set[str]) -> Intent | None:
    """What a sentence asks of us: whether police will know, a person to talk to, to be forgotten. Who asks
    for a need and has no papers asks for no answer about police, unless the examples hear a fear; whose wife
    says "talk to somebody" asks for no person here, unless they hear that."""
    found = set(inside)
    if likely.get(NEED, 0) >= SURELY:
        doubted = {Intent.HUMAN, Intent.ARREST_FEAR} if needs else {Intent.HUMAN}
        found -= {intent for intent in doubted if likely.get(intent, 1) < UNLIKELY}
    if Intent.ABOUT not in found:  # "do they take walk ins"
        least = max(TOLD, likely.get(Intent.ABOUT, 0))
        learnt = set(_LEARNT) - ({Intent.ARREST_FEAR} if Intent.PRIVACY in found else set())
        learnt -= {*_LEARNT} if Intent.AMBULANCE in found else set()  # "we called 911": to whom, says no word
        found |= {intent for intent in learnt if likely.get(intent, 0) >= least}
    return next((intent for intent in _ORDER if intent in found), None)


def is_known(inside: Set[Intent]) -> bool:
    """Whether a text asks what we have an answer for: no scream for help, unless a rule says so."""
    return not _KNOWN.isdisjoint(inside)


def is_about_texts(inside: Set[Intent], likely: Mapping[str, float]) -> bool:
    """Whether a text asks about the texts, who may see them, or about a place, and not for none."""
    known = not {Intent.PRIVACY, Intent.ABOUT}.isdisjoint(inside)
    return known or likely.get(Intent.ABOUT, 0) > likely.get(Intent.OPT_OUT, 0)


def within(heard: Sequence[Heard]) -> Set[Intent]:
    """What the phrases of some languages hear inside a sentence."""
    return {f.value for each in heard for f in each.tongue.lexicon.inside.find(each.reading.words)}
