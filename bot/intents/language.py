"""A person asks for another language."""

from __future__ import annotations

from typing import Final

from bot.intents import find
from bot.model import Turn, Waiting
from bot.talk import Skill, Talk
from translations import languages, mark

# For translators: say the name of your own language here.
SWITCHED: Final = mark("OK, in English. What do you need, and where? Like: food 60614.")
# Said once, when we chose the language from what was texted. For translators: in your language, "We go on
# in (its name)."; then, in English: "For English text ENGLISH."
CONFIRM: Final = mark("We go on in English. For another language text its name, like ESPANOL.")
WHERE: Final = mark("OK, in English. Where? Text a ZIP or a city, like: 60614 or Gary, IN.")
MISSING: Final = mark(
    "I can't text in that language yet. Call 211: they have people or interpreters for most languages."
)


def _answer(talk: Talk) -> Turn:
    if talk.meaning.wants_language not in languages():
        return talk.turn(talk.reply(MISSING))
    if talk.state.needs and talk.state.place:
        return find.answer(talk)
    if talk.state.needs:
        return talk.turn(talk.reply(WHERE), waiting=Waiting.PLACE)
    return talk.turn(talk.reply(SWITCHED), waiting=Waiting.NEED)


def _wants(talk: Talk) -> bool:
    told_more = talk.meaning.needs or talk.meaning.place
    return talk.meaning.wants_language is not None and not told_more


LANGUAGE: Final = Skill("language", _wants, _answer)
