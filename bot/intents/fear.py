""" "Will I be arrested?" The truth, and a way that is not a police station. No promise."""

from __future__ import annotations

from typing import Final

from bot.aftermath import cared_for, is_over, reminded, why_not_reply
from bot.intents import find
from bot.model import Danger, Intent, Turn
from bot.safety_texts import FIRST
from bot.talk import Skill, Talk
from translations import mark

# What to do beside somebody, and what the law says of the call.
STEPS, LAW = FIRST[Danger.OVERDOSE]

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
        told = talk.reply(LAW if kind is Danger.OVERDOSE and _of_the_call(talk) else TRUTH)
        return find.with_first(why_not_reply(talk, kind), find.after(reminded(talk, kind), told))
    if _of_the_call(talk):
        return find.with_first(talk.reply(STEPS), find.after(talk, talk.reply(LAW)))
    return find.after(talk, talk.reply(TRUTH_OF_A_PLACE if talk.state.detail else TRUTH))


def _of_the_call(talk: Talk) -> bool:
    """Whether it is what may come of a call to 911: who asks may stand beside somebody."""
    return Intent.AMBULANCE in talk.meaning.perhaps


FEAR: Final = Skill("arrest_fear", lambda talk: talk.meaning.intent is Intent.ARREST_FEAR, _answer)
