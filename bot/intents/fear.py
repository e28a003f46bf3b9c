""" "Will I be arrested?" The truth, and a way that is not a police station. No promise."""

from __future__ import annotations

from typing import Final

from bot.aftermath import again_reply, cared_for, is_over, reminded
from bot.intents import find
from bot.model import Intent, Turn
from bot.talk import Skill, Talk
from translations import mark

TRUTH: Final = mark(
    "We are not police or ICE. We don't tell them who texts us unless a court orders it."
    " Rules differ, a warrant may matter. LOCAL: rules near you. LEGAL: free help."
)


# The same of somebody whom we just told of a place.
TRUTH_OF_A_PLACE: Final = mark(
    "We are not police or ICE. We don't tell them who texts us unless a court orders it. I do not know what"
    " this place does: call and ask. LEGAL: free help."
)


def _answer(talk: Talk) -> Turn:
    kind = cared_for(talk)
    if kind and not is_over(talk, kind):
        # Somebody may lie there: what to do goes before what may come of the call.
        return find.with_first(again_reply(talk, kind), find.after(reminded(talk, kind), talk.reply(TRUTH)))
    return find.after(talk, talk.reply(TRUTH_OF_A_PLACE if talk.state.detail else TRUTH))


FEAR: Final = Skill("arrest_fear", lambda talk: talk.meaning.intent is Intent.ARREST_FEAR, _answer)
