"""What we did not understand: one plain question, then the menu and a person. Never a dead end."""

from __future__ import annotations

from typing import Final

from bot.intents import local
from bot.intents.find import NO_SUCH_PLACE
from bot.intents.menu import introduction
from bot.model import Turn, Waiting
from bot.talk import Skill, Talk
from translations import mark

# By what we asked last.
QUESTIONS: Final = {
    Waiting.NOTHING: mark("I did not get that. What do you need, and where? Like: food 60614."),
    Waiting.NEED: mark(
        "I did not get that. Text one word for what you need: detox, medicine, shelter, food, clinic."
    ),
    Waiting.PLACE: NO_SUCH_PLACE,
    Waiting.RULES: local.WHERE,
    Waiting.WHICH_PLACE: mark("I did not get that. Text the number of the place, or a ZIP code."),
    Waiting.WHICH_NEED: mark("I did not get that. Text the number of what you need, or MENU."),
    Waiting.AREA: NO_SUCH_PLACE,
    Waiting.CALL: mark("I did not get that. Text YES if a person may call this number, or NO."),
    Waiting.RESULT: mark("I did not get that. Text a number for details, MORE, or what you need and a ZIP."),
}
PERSON: Final = mark(
    "Sorry, I still did not get that. Text a need and a ZIP, like: food 60614, or MENU."
    " A person: call 211 or 800-662-4357. Crisis: 988."
)
ONLY_WORDS: Final = mark(
    "I can read only words, not pictures or sound. Text what you need and your ZIP, like: food 60614."
)


def _lost(talk: Talk) -> Turn:
    misses = talk.state.misses + 1
    if misses > 1:
        return talk.turn(talk.reply(PERSON), misses=misses)
    if not talk.state.greeted:  # it ends with the question
        return talk.turn(introduction(talk), greeted=True, misses=misses)
    return talk.turn(talk.reply(QUESTIONS[talk.state.waiting]), misses=misses)


LOST: Final = Skill("lost", lambda _talk: True, _lost, introduced=False)
SILENT: Final = Skill("silent", lambda talk: not talk.text, lambda talk: talk.turn(talk.reply(ONLY_WORDS)))
