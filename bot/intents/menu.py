"""Hello, who we are, and what one may text."""

from __future__ import annotations

from typing import Final

from bot.model import Intent, Reply, Turn, Waiting
from bot.talk import Skill, Talk
from translations import mark

# One segment with the question in it, so that a hello costs one. tests measure it.
INTRODUCTION: Final = mark(
    "%(site)s: help near you. Not police. Emergency 911, crisis 988."
    " Text a need and ZIP or city, like: food 60614. Msg rates may apply. STOP to end."
)
# To a "hi" and a "who is this" alike, and to thanks for nothing yet.
HELLO_AGAIN: Final = mark(
    "%(site)s here, to find help near you. What do you need, and where? Like: food 60614. MENU shows more."
)
MENU_TEXT: Final = mark(
    "Text a need and ZIP. Needs: detox, medicine, naloxone, shelter, food, clinic, legal, jobs."
    " Or MORE, BACK, NEW, LOCAL, LEGAL, PRIVACY, FORGET, STOP. Talk: 211."
)
TAKE_CARE: Final = mark(
    "Take care. Text any time you need help, like: food 60614. Crisis 988, emergency 911."
)
FREE_TEXT: Final = mark(
    "%(site)s is free. Your plan may charge for texts, and a bill may show this number. Text a need and ZIP,"
    " like: food 60614."
)
# "ok", "yes", "no" to a list: no answer to any question, and understood all the same.
GO_ON: Final = mark("OK. Text a number for details, MORE, or what you need and a ZIP.")
_NO_QUESTION: Final = frozenset({Waiting.NOTHING, Waiting.NEED, Waiting.RESULT})


def introduction(talk: Talk) -> Reply:
    """Who we are, once, to a new person."""
    return talk.reply(INTRODUCTION)


def _greet(talk: Talk) -> Turn:
    if Intent.THANKS in talk.meaning.perhaps and _has_ended(talk):
        return talk.turn(talk.reply(TAKE_CARE))
    reply = talk.reply(HELLO_AGAIN) if talk.state.greeted else introduction(talk)
    waiting = Waiting.NEED if talk.state.waiting is Waiting.NOTHING else talk.state.waiting
    return talk.turn(reply, greeted=True, waiting=waiting)


def _has_ended(talk: Talk) -> bool:
    """Whether we told all that we were asked, so that thanks are a goodbye."""
    told = talk.state.needs or talk.state.told_danger
    return bool(talk.state.shown) or (bool(told) and talk.state.waiting in _NO_QUESTION)


def _is_thanks(talk: Talk) -> bool:
    """Thanks, and nothing else that we understand: "ur a life saver"."""
    meaning = talk.meaning
    told = meaning.needs or meaning.wishes or meaning.place or meaning.unsure
    thanks = Intent.THANKS in meaning.perhaps and meaning.intent is Intent.OTHER
    return thanks and not told and _has_ended(talk)


def _menu(talk: Talk) -> Turn:
    return talk.turn(talk.reply(MENU_TEXT))


def _is_said_to_a_list(talk: Talk) -> bool:
    said = talk.meaning.intent in (Intent.YES, Intent.NO)
    return said and talk.state.waiting is Waiting.RESULT and bool(talk.state.shown)


THANKS: Final = Skill("thanks", _is_thanks, _greet, introduced=False)
MENU: Final = Skill("menu", lambda talk: talk.meaning.intent is Intent.MENU, _menu)
GREETING: Final = Skill(
    "greeting", lambda talk: talk.meaning.intent is Intent.GREETING, _greet, introduced=False
)
FREE: Final = Skill(
    "free", lambda talk: talk.meaning.intent is Intent.FREE, lambda talk: talk.turn(talk.reply(FREE_TEXT))
)
OK: Final = Skill("ok", _is_said_to_a_list, lambda talk: talk.turn(talk.reply(GO_ON)))
BYE: Final = Skill(
    "bye",
    lambda talk: talk.meaning.intent is Intent.BYE,
    lambda talk: talk.turn(talk.reply(TAKE_CARE)),
    introduced=False,  # who leaves need not hear who we are
)
