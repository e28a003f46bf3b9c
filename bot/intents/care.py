"""The care frame: an "ok", "no" or "i'm scared" after a safety text is no menu choice.

A need, a place, MENU or any other word we offer leads on as always.
"""

from __future__ import annotations

from typing import Final

from bot import safety_texts
from bot.aftermath import cared_for, reminded, reminded_lately
from bot.model import Danger, Intent, Turn, Waiting
from bot.talk import Skill, Talk

# What may be said to a safety text.
_SHORT: Final = frozenset({Intent.YES, Intent.NO, Intent.GREETING, Intent.OTHER})
_QUESTIONS: Final = frozenset({Waiting.AREA, Waiting.CALL})


def _answer(talk: Talk) -> Turn:
    kind = cared_for(talk)
    if kind is None or (reminded_lately(talk, kind) and kind is not Danger.OVERDOSE):
        return talk.turn(talk.reply(safety_texts.HERE))
    return reminded(talk, kind).turn(talk.reply(safety_texts.AGAIN[kind]))


def _wants(talk: Talk) -> bool:
    if cared_for(talk) is None or not talk.text or talk.state.waiting in _QUESTIONS:
        return False
    offered = talk.state.shown or talk.state.places or talk.state.waiting is Waiting.WHICH_NEED
    number = talk.meaning.intent is Intent.CHOICE and not offered
    told = talk.meaning.needs or talk.meaning.place
    return number or (talk.meaning.intent in _SHORT and not told)


CARE: Final = Skill("care", _wants, _answer, introduced=False)
