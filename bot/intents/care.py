"""The care frame: an "ok", "no" or "i'm scared" after a safety text is no menu choice; "he's up now" is news.

A need, a place, MENU or any other word we offer leads on as always.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot import safety_texts
from bot.aftermath import (
    again_reply,
    cared_for,
    ended,
    first_replies,
    is_over,
    noted,
    reminded,
    reminded_lately,
    told_lately,
    took_pills,
    was_swallowed,
)
from bot.intents import find
from bot.model import Danger, Intent, Matter, Turn, Waiting
from bot.talk import Skill, Talk

# What may be said to a safety text.
_SHORT: Final = frozenset({Intent.YES, Intent.NO, Intent.GREETING, Intent.BYE, Intent.OTHER})
# What is said to a person, not to a danger that is over.
_PARTING: Final = frozenset({Intent.GREETING, Intent.BYE})
_QUESTIONS: Final = frozenset({Waiting.AREA, Waiting.CALL})


def _answer(talk: Talk) -> Turn:
    kind = cared_for(talk)
    # Thanks for places are no answer to what we said of the danger.
    thanks = talk.state.waiting is Waiting.RESULT and talk.meaning.intent in _PARTING
    poisoned = kind is not None and took_pills(talk, kind)
    minutes = kind is Danger.OVERDOSE or poisoned
    again = minutes or (kind is not None and not reminded_lately(talk, kind))
    if kind is None or is_over(talk, kind) or thanks or not again:
        return talk.turn(talk.reply(safety_texts.HERE))
    return reminded(talk, kind).turn(again_reply(talk, kind))


def _over(talk: Talk) -> Turn:
    kind = cared_for(talk)
    assert kind is not None  # noqa: S101 `wants` asked for it
    if was_swallowed(talk, kind):  # "i feel fine": hours after too many nobody knows
        return talk.turn(talk.reply(safety_texts.EMERGENCY_AGAIN))
    return ended(talk, kind).turn(talk.reply(safety_texts.OVER.get(kind, safety_texts.SAFE)))


def _is_over(talk: Talk) -> bool:
    # The naloxone that is spoken of was given; who wants to die is not over it by that.
    revived = talk.meaning.matter is Matter.REVIVED and cared_for(talk) is Danger.OVERDOSE
    told = (talk.meaning.needs and not revived) or talk.meaning.place or talk.meaning.choice
    says_so = Intent.SAFE in talk.meaning.perhaps or revived
    return says_so and not told and cared_for(talk) is not None


def _tells_of_pills(talk: Talk) -> bool:
    """Told after a wish to die in words that raise no alarm of their own: "i took the pills"."""
    taken = talk.meaning.matter is Matter.SWALLOWED and talk.meaning.danger is None
    return taken and cared_for(talk) is Danger.SUICIDE and not told_lately(talk, Danger.SUICIDE)


def _after_pills(talk: Talk) -> Turn:
    return noted(talk, Danger.SUICIDE).turn(*first_replies(talk, Danger.SUICIDE))


def _without_naloxone(talk: Talk) -> Turn:
    """Where to get some comes second: breath by breath he lives till help comes."""
    turn = find.answer(talk)
    return replace(turn, replies=(again_reply(talk, Danger.OVERDOSE), *turn.replies))


def _enough(talk: Talk) -> Turn:
    """ "Basta", "хватит": in a danger nobody is silenced by a word that may be said of it."""
    kind = cared_for(talk)
    assert kind is not None  # noqa: S101 `wants` asked for it
    return talk.turn(again_reply(talk, kind), talk.reply(safety_texts.OPT_OUT_QUESTION))


def says_enough(talk: Talk) -> bool:
    """Whether a word that opts out elsewhere is said while a danger lasts."""
    kind = cared_for(talk)
    return talk.meaning.enough and kind is not None and not is_over(talk, kind)


def _lacks_naloxone(talk: Talk) -> bool:
    asks = talk.meaning.needs[:1] == ("naloxone",) and talk.meaning.matter is not Matter.REVIVED
    return asks and cared_for(talk) is Danger.OVERDOSE and not is_over(talk, Danger.OVERDOSE)


def _wants(talk: Talk) -> bool:
    kind = cared_for(talk)
    if kind is None or not talk.text or talk.state.waiting in _QUESTIONS:
        return False
    if talk.meaning.intent in _PARTING and is_over(talk, kind):
        return False
    offered = talk.state.shown or talk.state.places or talk.state.waiting is Waiting.WHICH_NEED
    number = talk.meaning.intent is Intent.CHOICE and not offered
    told = talk.meaning.needs or talk.meaning.place
    return number or (talk.meaning.intent in _SHORT and not told)


CARE: Final = Skill("care", _wants, _answer, introduced=False)
ENOUGH: Final = Skill("enough", says_enough, _enough, introduced=False)
PILLS: Final = Skill("pills", _tells_of_pills, _after_pills, introduced=False)
SAFE: Final = Skill("safe", _is_over, _over, introduced=False)
NALOXONE: Final = Skill("naloxone", _lacks_naloxone, _without_naloxone, introduced=False)
