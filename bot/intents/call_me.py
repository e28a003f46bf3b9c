"""CALLME: a peer navigator calls back, after a yes. Only where people do that; elsewhere the truth."""

from __future__ import annotations

from typing import Final

from bot.model import Effect, Intent, Turn, Waiting
from bot.talk import Skill, Talk
from translations import mark

CONSENT: Final = mark(
    "A person who knows this road can call you. We keep this number until they reach you or you"
    " text FORGET. They are not police. OK? Text YES or NO."
)
PROMISED: Final = mark(
    "OK. A person will try to call you. It may take a day. Changed your mind? Text FORGET."
    " Now: 988 in a crisis, 911 in danger, 211 to talk."
)
REFUSED: Final = mark("OK, no call. What do you need, and where? Like: food 60614. MENU shows more.")
NOBODY: Final = mark(
    "Nobody here can call you yet. People answer at 211 (food, shelter and more) and 800-662-4357"
    " (treatment, 24/7). Crisis: 988."
)


def _ask(talk: Talk) -> Turn:
    if not talk.world.navigators:
        return talk.turn(talk.reply(NOBODY))
    return talk.turn(talk.reply(CONSENT), waiting=Waiting.CALL)


def _answered(talk: Talk) -> Turn:
    if talk.meaning.intent is Intent.YES:
        return talk.turn(talk.reply(PROMISED), effects=(Effect.CALL_ME,), waiting=Waiting.NOTHING)
    return talk.turn(talk.reply(REFUSED), waiting=Waiting.NEED)


def _wants_answer(talk: Talk) -> bool:
    asked = talk.state.waiting is Waiting.CALL and talk.world.navigators
    return asked and talk.meaning.intent in (Intent.YES, Intent.NO)


CALL_ME: Final = Skill("call_me", lambda talk: talk.meaning.intent is Intent.CALL_ME, _ask)
CALL_ANSWER: Final = Skill("call_answer", _wants_answer, _answered)
