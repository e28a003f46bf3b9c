"""How is naloxone given? Somebody may lie on the floor: the steps first, then where to get some."""

from __future__ import annotations

from typing import Final

from bot.intents import find
from bot.model import Danger, Intent, Turn
from bot.safety_texts import FIRST
from bot.talk import Skill, Talk


def _answer(talk: Talk) -> Turn:
    return find.after(talk, talk.reply(FIRST[Danger.OVERDOSE][0]))


STEPS: Final = Skill("steps", lambda talk: Intent.STEPS in talk.meaning.perhaps, _answer, introduced=False)
