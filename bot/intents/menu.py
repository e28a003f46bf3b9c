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
# To a "hi", a "thanks" and a "who is this" alike.
HELLO_AGAIN: Final = mark(
    "%(site)s here, to find help near you. What do you need, and where? Like: food 60614. MENU shows more."
)
MENU_TEXT: Final = mark(
    "Text a need and ZIP. Needs: detox, medicine, naloxone, shelter, food, clinic, legal, jobs."
    " Or MORE, BACK, NEW, LOCAL, LEGAL, PRIVACY, FORGET, STOP. Talk: 211."
)


def introduction(talk: Talk) -> Reply:
    """Who we are, once, to a new person."""
    return talk.reply(INTRODUCTION)


def _greet(talk: Talk) -> Turn:
    reply = talk.reply(HELLO_AGAIN) if talk.state.greeted else introduction(talk)
    waiting = Waiting.NEED if talk.state.waiting is Waiting.NOTHING else talk.state.waiting
    return talk.turn(reply, greeted=True, waiting=waiting)


def _menu(talk: Talk) -> Turn:
    return talk.turn(talk.reply(MENU_TEXT))


MENU: Final = Skill("menu", lambda talk: talk.meaning.intent is Intent.MENU, _menu)
GREETING: Final = Skill(
    "greeting", lambda talk: talk.meaning.intent is Intent.GREETING, _greet, introduced=False
)
