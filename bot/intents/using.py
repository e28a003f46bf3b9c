"""Somebody takes drugs alone, or again: first what keeps them alive, then what was asked for. No blame."""

from __future__ import annotations

from typing import Final

from bot import safety_texts
from bot.intents import find
from bot.model import Intent, Turn
from bot.talk import Skill, Talk

SUPPORT: Final = ("recovery_support",)


def _alone(talk: Talk) -> Turn:
    return find.after(talk, talk.reply(safety_texts.ALONE))


def _lapse(talk: Talk) -> Turn:
    """Whoever names no need is offered people who have been there."""
    known = talk.asking(needs=SUPPORT if talk.meaning.guessed else talk.state.needs or SUPPORT)
    turn = find.answer(known)
    return find.with_first(talk.reply(safety_texts.LAPSE), turn)


ALONE: Final = Skill("alone", lambda talk: Intent.ALONE in talk.meaning.perhaps, _alone, introduced=False)
LAPSE: Final = Skill("lapse", lambda talk: Intent.LAPSE in talk.meaning.perhaps, _lapse, introduced=False)
