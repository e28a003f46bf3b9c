"""Somebody takes drugs alone, or again, asks what is safe, or has lost somebody: first what keeps them
alive, then what was asked for. No blame."""

from __future__ import annotations

from typing import Final

from bot import safety_texts
from bot.intents import find
from bot.model import Intent, Turn
from bot.talk import Skill, Talk

SUPPORT: Final = ("recovery_support",)
GRIEF: Final = ("mental_health",)


def _alone(talk: Talk) -> Turn:
    return find.after(talk, talk.reply(safety_texts.ALONE))


def _lapse(talk: Talk) -> Turn:
    """Whoever names no need is offered people who have been there."""
    return _offered(talk, safety_texts.LAPSE, SUPPORT)


def _mixing(talk: Talk) -> Turn:
    """A drug that is named there asks for no medicine."""
    reply = talk.reply(safety_texts.MIXING)
    return talk.turn(reply) if talk.meaning.place is None else find.after(talk, reply)


def _loss(talk: Talk) -> Turn:
    return _offered(talk, safety_texts.LOSS, GRIEF)


def _offered(talk: Talk, first: str, needs: tuple[str, ...]) -> Turn:
    known = talk.asking(needs=needs if talk.meaning.guessed else talk.state.needs or needs)
    return find.with_first(talk.reply(first), find.answer(known))


ALONE: Final = Skill("alone", lambda talk: Intent.ALONE in talk.meaning.perhaps, _alone, introduced=False)
MIXING: Final = Skill("mixing", lambda talk: Intent.MIXING in talk.meaning.perhaps, _mixing, introduced=False)
LOSS: Final = Skill("loss", lambda talk: Intent.LOSS in talk.meaning.perhaps, _loss, introduced=False)
LAPSE: Final = Skill("lapse", lambda talk: Intent.LAPSE in talk.meaning.perhaps, _lapse, introduced=False)
