"""How is naloxone given? Somebody may lie on the floor: the steps first, then where to get some."""

from __future__ import annotations

from typing import Final

from bot.aftermath import cared_for
from bot.intents import find
from bot.model import Danger, Intent, Turn
from bot.safety_texts import FIRST
from bot.talk import Skill, Talk


def _answer(talk: Talk) -> Turn:
    return find.after(talk, talk.reply(FIRST[Danger.OVERDOSE][0]))


def _wants(talk: Talk) -> bool:
    told = talk.meaning.perhaps
    spoken_of = "naloxone" in talk.state.needs or cared_for(talk) is Danger.OVERDOSE
    return Intent.STEPS in told or (Intent.USE_IT in told and spoken_of)


STEPS: Final = Skill("steps", _wants, _answer, introduced=False)
