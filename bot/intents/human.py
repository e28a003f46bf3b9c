"""Somebody wants to talk to a person: the lines where one answers."""

from __future__ import annotations

from typing import Final

from bot.intents import find
from bot.model import Intent, Turn
from bot.talk import Skill, Talk
from translations import mark

LINES: Final = mark(
    "I am a computer. People answer at 211 (food, shelter and more) and 800-662-4357 (treatment, 24/7)."
    " Crisis: call or text 988. Emergency: 911."
)


def _answer(talk: Talk) -> Turn:
    return find.after(talk, talk.reply(LINES))


HUMAN: Final = Skill("human", lambda talk: talk.meaning.intent is Intent.HUMAN, _answer)
