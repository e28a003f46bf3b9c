"""Somebody takes drugs alone, or again, came back from an overdose, asks what is safe, would stop at home, or
has lost somebody: first what keeps them alive, then what was asked for. No blame."""

from __future__ import annotations

from typing import Final

from bot import safety_texts
from bot.intents import find
from bot.model import Danger, Intent, Matter, Turn
from bot.talk import Skill, Talk

SUPPORT: Final = ("recovery_support",)
GRIEF: Final = ("mental_health",)
DETOX: Final = ("detox",)
MEDICINE: Final = ("medication",)
# Named, and not looked for: naloxone was given, and a ride to the hospital is what they would not take.
GIVEN: Final = frozenset({"naloxone", "transport"})


def _alone(talk: Talk) -> Turn:
    return find.after(talk, talk.reply(safety_texts.ALONE))


def _lapse(talk: Talk) -> Turn:
    """Whoever names no need is offered people who have been there."""
    return _offered(talk, safety_texts.LAPSE, SUPPORT)


def _mixing(talk: Talk) -> Turn:
    """A drug that is named there asks for no medicine."""
    reply = talk.reply(safety_texts.MIXING)
    return talk.turn(reply) if talk.meaning.place is None else find.after(talk, reply)


def _quitting(talk: Talk) -> Turn:
    return _then(talk, safety_texts.QUITTING, DETOX)


def _revived(talk: Talk) -> Turn:
    """The hours after an overdose are when the next one kills, and when medicine helps most."""
    asked = tuple(need for need in talk.meaning.needs if need not in GIVEN)
    return _then(talk, safety_texts.OVER[Danger.OVERDOSE], asked or MEDICINE)


def _loss(talk: Talk) -> Turn:
    return _offered(talk, safety_texts.LOSS, GRIEF)


def _offered(talk: Talk, first: str, needs: tuple[str, ...]) -> Turn:
    return _then(talk, first, needs if talk.meaning.guessed else talk.state.needs or needs)


def _then(talk: Talk, first: str, needs: tuple[str, ...]) -> Turn:
    return find.with_first(talk.reply(first), find.answer(talk.asking(needs=needs)))


ALONE: Final = Skill("alone", lambda talk: Intent.ALONE in talk.meaning.perhaps, _alone, introduced=False)
MIXING: Final = Skill("mixing", lambda talk: Intent.MIXING in talk.meaning.perhaps, _mixing, introduced=False)
QUITTING: Final = Skill(
    "quitting", lambda talk: Intent.QUITTING in talk.meaning.perhaps, _quitting, introduced=False
)
REVIVED: Final = Skill(
    "revived", lambda talk: talk.meaning.matter is Matter.REVIVED, _revived, introduced=False
)
LOSS: Final = Skill("loss", lambda talk: Intent.LOSS in talk.meaning.perhaps, _loss, introduced=False)
LAPSE: Final = Skill("lapse", lambda talk: Intent.LAPSE in talk.meaning.perhaps, _lapse, introduced=False)
