"""Somebody may die: the safety text goes first, then the help that was asked for.

Threat: that a rule about opt-outs, menus or politeness stands between a person and 911.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot import safety_texts
from bot.aftermath import NATURAL_NEED, again_text, first_texts, noted, told_lately
from bot.intents import find
from bot.model import Danger, Intent, Reply, Turn
from bot.talk import Skill, Talk


def _answer(talk: Talk) -> Turn:
    kind = talk.meaning.danger
    assert kind is not None  # noqa: S101 `wants` asked for it
    turn = _follow(noted(talk, kind), kind)
    return replace(turn, replies=(*_safety(talk, kind), *turn.replies))


def _safety(talk: Talk, kind: Danger) -> tuple[Reply, ...]:
    texts = (again_text(talk, kind),) if told_lately(talk, kind) else first_texts(talk, kind)
    return tuple(map(talk.reply, texts))


def _follow(talk: Talk, kind: Danger) -> Turn:
    """The help asked for in the same text, if any: a danger never withholds the directory."""
    if talk.meaning.intent is Intent.OPT_OUT:
        return talk.turn(talk.reply(safety_texts.OPT_OUT_QUESTION))
    if talk.meaning.needs or (talk.meaning.place and kind in NATURAL_NEED):
        return find.answer(talk)
    return talk.turn()


DANGER: Final = Skill("danger", lambda talk: talk.meaning.danger is not None, _answer, introduced=False)
