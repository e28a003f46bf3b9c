"""FORGET and PRIVACY. Say only what is true of this program and of the phone network."""

from __future__ import annotations

from typing import Final

from bot.model import Effect, Intent, State, Turn
from bot.talk import Skill, Talk
from translations import mark

FORGOTTEN: Final = mark(
    "Done: our notes on this talk are erased. Your phone still has these texts: delete them there."
    " Text any time to start again."
)
PRIVACY_TEXT: Final = mark(
    "We are not police. We do not tell police who texts us unless a court orders it. No name asked."
    " We store no texts."
    " Short notes for our answers are erased 24 hours after your last text. FORGET erases them now."
    " Phone companies keep a log of texts. MENU to go on."
)


def _forget(talk: Talk) -> Turn:
    state = State(language=talk.state.language)
    return Turn(state, (talk.reply(FORGOTTEN),), (Effect.FORGET,))


def _privacy(talk: Talk) -> Turn:
    return talk.turn(talk.reply(PRIVACY_TEXT, budget=2))


FORGET: Final = Skill("forget", lambda talk: talk.meaning.intent is Intent.FORGET, _forget, introduced=False)
PRIVACY: Final = Skill("privacy", lambda talk: talk.meaning.intent is Intent.PRIVACY, _privacy)
