"""STOP, START and HELP: the words that carriers and the law give a fixed meaning."""

from __future__ import annotations

from typing import Final

from bot.intents.care import says_enough
from bot.model import Effect, Intent, Turn
from bot.talk import Skill, Talk
from translations import mark

STOPPED: Final = mark(
    "%(site)s: you will get no more texts. Text START to come back. Crisis: call or text 988. Emergency: 911."
)
STARTED: Final = mark(
    "%(site)s: welcome back. Text what you need and your ZIP, like: detox 60614."
    " Crisis 988, emergency 911. STOP to end."
)
HELP_TEXT: Final = mark(
    "%(site)s: text a need and your ZIP, like: food 60614. Crisis 988. Emergency 911."
    " To talk: 211. Msg&data rates may apply. STOP to end."
)


def _stop(talk: Talk) -> Turn:
    return talk.turn(talk.reply(STOPPED), effects=(Effect.OPT_OUT,), greeted=True)


def _start(talk: Talk) -> Turn:
    return talk.turn(talk.reply(STARTED), effects=(Effect.OPT_IN,), greeted=True)


def _help(talk: Talk) -> Turn:
    return talk.turn(talk.reply(HELP_TEXT), greeted=True)


def _opts_out(talk: Talk) -> bool:
    return talk.meaning.intent is Intent.OPT_OUT and talk.meaning.danger is None and not says_enough(talk)


STOP: Final = Skill("stop", _opts_out, _stop, introduced=False)
START: Final = Skill("start", lambda talk: talk.meaning.intent is Intent.OPT_IN, _start, introduced=False)
HELP: Final = Skill("help", lambda talk: talk.meaning.intent is Intent.HELP, _help, introduced=False)
