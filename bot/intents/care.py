"""The care frame: an "ok", "no" or "i'm scared" after a safety text is no menu choice; "he's up now" is news.

A need, a place, MENU or any other word we offer leads on as always.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot import safety_texts
from bot.aftermath import (
    address_reply,
    again_reply,
    cared_for,
    ended,
    first_replies,
    is_of_a_body,
    is_over,
    needs_of,
    noted,
    now_reply,
    reminded,
    reminded_lately,
    told_lately,
    took_pills,
    was_beside,
    was_swallowed,
    why_not_reply,
)
from bot.intents import find
from bot.model import Danger, Intent, Matter, Turn, Waiting
from bot.talk import Skill, Talk

# What may be said to a safety text.
_SHORT: Final = frozenset({Intent.YES, Intent.NO, Intent.GREETING, Intent.BYE, Intent.OTHER})
# What is said to a person, not to a danger that is over.
_PARTING: Final = frozenset({Intent.GREETING, Intent.BYE})
_NALOXONE: Final = ("naloxone",)
_QUESTIONS: Final = frozenset({Waiting.AREA, Waiting.CALL})
_OF_A_LIST: Final = frozenset({Waiting.RESULT, Waiting.WHICH_PLACE, Waiting.WHICH_NEED, Waiting.RULES})


def _answer(talk: Talk) -> Turn:
    kind = cared_for(talk)
    if kind is None or is_over(talk, kind) or _are_for_places(talk) or _is_enough(talk, kind):
        return talk.turn(talk.reply(safety_texts.HERE))
    asked = kind is Danger.VIOLENCE or reminded_lately(talk, kind)  # "in danger now?", "getting worse?"
    yes = asked and talk.meaning.intent is Intent.YES
    return reminded(talk, kind).turn(now_reply(talk, kind) if yes else again_reply(talk, kind))


def _are_for_places(talk: Talk) -> bool:
    """Whether these are thanks for places, no answer to what we said of the danger."""
    return talk.state.waiting is Waiting.RESULT and talk.meaning.intent in _PARTING


def _is_enough(talk: Talk, kind: Danger) -> bool:
    """Whether who wants to die was told of 988 twice within the hour; of breath nobody hears enough."""
    return kind is Danger.SUICIDE and not took_pills(talk, kind) and reminded_lately(talk, kind)


def _over(talk: Talk) -> Turn:
    kind = cared_for(talk)
    assert kind is not None  # noqa: S101 `wants` asked for it
    poisoned = was_swallowed(talk, kind)
    if poisoned and Intent.CLEARED not in talk.meaning.perhaps:  # "i feel fine": hours after nobody knows
        return talk.turn(talk.reply(safety_texts.EMERGENCY_AGAIN))
    over = talk.reply(safety_texts.SAFE if poisoned else safety_texts.OVER.get(kind, safety_texts.SAFE))
    then, asks = ended(talk, kind), was_beside(talk) and not talk.meaning.brief
    if asks and talk.state.place is not None:  # "shes home. who can see her this week"
        return find.with_first(over, find.answer(then))
    return then.turn(over)


def _is_over(talk: Talk) -> bool:
    # The naloxone that is spoken of was given; who wants to die is not over it by that.
    revived = talk.meaning.matter is Matter.REVIVED and cared_for(talk) is Danger.OVERDOSE
    asks = not revived and talk.meaning.needs not in ((), _NALOXONE)
    told = asks or talk.meaning.place or talk.meaning.choice
    news = {Intent.SAFE, Intent.CLEARED, *([Intent.FOUND] if was_beside(talk) else [])}
    arrived = {Intent.AMBULANCE, Intent.AWAKE} <= talk.meaning.perhaps and _lies_there(talk)
    says_so = not news.isdisjoint(talk.meaning.perhaps) or revived or arrived
    return says_so and not told and cared_for(talk) is not None


def _help_comes(talk: Talk) -> bool:
    """ "The ambulance is coming": nobody breathes by that."""
    told = talk.meaning.perhaps
    comes = Intent.AMBULANCE in told and not {Intent.AWAKE, Intent.CLEARED}.intersection(told)
    asks = talk.meaning.intent is Intent.ARREST_FEAR or talk.meaning.matter is Matter.REVIVED
    return comes and not (asks or talk.meaning.needs) and _lies_there(talk)


def _lies_there(talk: Talk) -> bool:
    return cared_for(talk) is Danger.OVERDOSE and not is_over(talk, Danger.OVERDOSE)


def _wait_for_it(talk: Talk) -> Turn:
    return reminded(talk, Danger.OVERDOSE).turn(again_reply(talk, Danger.OVERDOSE))


def _is_dead(talk: Talk) -> bool:
    return cared_for(talk) is Danger.OVERDOSE and Intent.DIED in talk.meaning.perhaps


def _mourn(talk: Talk) -> Turn:
    return ended(talk, Danger.OVERDOSE).turn(talk.reply(safety_texts.LOSS))


def _body(talk: Talk) -> Danger | None:
    """The danger of a body that lasts, if that was told last."""
    kind = cared_for(talk)
    return kind if kind and is_of_a_body(talk, kind) and not is_over(talk, kind) else None


def _will_not_go(talk: Talk) -> bool:
    feared = talk.meaning.intent is Intent.ARREST_FEAR
    return Intent.NO_HOSPITAL in talk.meaning.perhaps and not feared and _body(talk) is not None


def _why_not(talk: Talk) -> Turn:
    kind = _body(talk)
    assert kind is not None  # noqa: S101 `wants` asked for it
    return find.after(reminded(talk, kind), why_not_reply(talk, kind))


def _tells_where(talk: Talk) -> bool:
    """Whether a place alone is told as if we could send somebody; not where we asked for it, or of a list."""
    kind, state = _body(talk), talk.state
    asked = state.waiting in _OF_A_LIST or (state.waiting is Waiting.PLACE and state.needs)
    needs = talk.meaning.needs or talk.meaning.unsure
    return kind is not None and talk.meaning.place is not None and not (needs or asked)


def _call_there(talk: Talk) -> Turn:
    """Nobody comes because of a text: that first. Then the places that help with it, if there are any."""
    kind = _body(talk)
    assert kind is not None  # noqa: S101 `wants` asked for it
    first = address_reply(talk, kind)
    places = find.answer(talk) if needs_of(talk) else talk.turn()
    return find.with_first(first, places) if places.state.waiting is Waiting.RESULT else talk.turn(first)


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
    asks = talk.meaning.needs[:1] == _NALOXONE and talk.meaning.matter is not Matter.REVIVED
    return asks and _lies_there(talk)


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
DIED: Final = Skill("died", _is_dead, _mourn, introduced=False)
HELP_COMES: Final = Skill("help_comes", _help_comes, _wait_for_it, introduced=False)
NO_HOSPITAL: Final = Skill("no_hospital", _will_not_go, _why_not, introduced=False)
ADDRESS: Final = Skill("address", _tells_where, _call_there, introduced=False)
NALOXONE: Final = Skill("naloxone", _lacks_naloxone, _without_naloxone, introduced=False)
