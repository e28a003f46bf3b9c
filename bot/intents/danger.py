"""Somebody may die: the safety text goes first, then the help that was asked for.

Threat: that a rule about opt-outs, menus or politeness stands between a person and 911.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot import safety_texts
from bot.aftermath import (
    NATURAL_NEED,
    again_reply,
    cared_for,
    first_replies,
    is_over,
    noted,
    told_lately,
)
from bot.intents import find
from bot.model import Danger, Intent, Matter, Reply, Turn
from bot.talk import Skill, Talk

# What the understanding takes a violence to need.
_UNASKED: Final = (("dv_services",), ("mental_health",))


def _answer(talk: Talk) -> Turn:
    kind = talk.meaning.danger
    assert kind is not None  # noqa: S101 `wants` asked for it
    turn = _follow(noted(talk, kind), kind)
    alone = [talk.reply(safety_texts.ALONE)] if Intent.ALONE in talk.meaning.perhaps else []
    return replace(turn, replies=(*_safety(talk, kind), *alone, *turn.replies))


def _safety(talk: Talk, kind: Danger) -> tuple[Reply, ...]:
    texts = (again_reply(talk, kind),) if told_lately(talk, kind) else first_replies(talk, kind)
    before = cared_for(talk)
    if before is None or before is kind or is_over(talk, before):
        return texts
    # "is he going to be ok": somebody lies there still. "I have a gun": of who wants to die, of themselves.
    body = before is Danger.OVERDOSE and talk.meaning.sensed
    dying = before is Danger.SUICIDE and kind in (Danger.VIOLENCE, Danger.MEDICAL)
    return (again_reply(talk, before), *texts) if body or dying else texts


def _follow(talk: Talk, kind: Danger) -> Turn:
    """The help asked for in the same text, if any: a danger never withholds the directory."""
    if Intent.OPT_OUT in talk.meaning.perhaps:
        return talk.turn(talk.reply(safety_texts.OPT_OUT_QUESTION))
    if _asks_nothing(talk):
        return talk.turn()
    if talk.meaning.needs or (talk.meaning.place and kind in NATURAL_NEED):
        return find.answer(talk)
    return talk.turn()


def _asks_nothing(talk: Talk) -> bool:
    """Whether a violence alone stands for the need: who was raped is not asked where to look for help with
    a partner; nor whose child got at the pills where to look for some. A ZIP brings it."""
    if talk.meaning.danger is Danger.OVERDOSE and talk.meaning.matter is Matter.SWALLOWED:
        return talk.state.place is None and talk.meaning.place is None
    violence = talk.meaning.danger is Danger.VIOLENCE and talk.meaning.matter is not None
    return (
        violence
        and talk.meaning.needs in _UNASKED
        and talk.state.place is None
        and talk.meaning.place is None
    )


DANGER: Final = Skill("danger", lambda talk: talk.meaning.danger is not None, _answer, introduced=False)
