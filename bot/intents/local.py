"""LOCAL: what a program near you has published about arrest. Its own words, with their date; no promise."""

from __future__ import annotations

from typing import Final

from babel.dates import format_date

from bot.model import Intent, Turn, Waiting
from bot.speech import cut, one_line
from bot.talk import Skill, Talk
from directory.local_rules import LocalRule
from translations import locale, mark

BUDGET: Final = 3
WHERE: Final = mark("Where? Text LOCAL and your ZIP code, like: LOCAL 60614.")
NONE_KNOWN: Final = mark(
    "I know no published rule on arrest near %(place)s. Rules differ, a warrant may matter."
    " A clinic or 800-662-4357 is a way without police."
)
RULE: Final = mark("%(name)s says: %(rule)s")
CHECKED: Final = mark("Checked %(date)s. Rules can change, a warrant may matter. LEGAL: free help. MENU.")


def _answer(talk: Talk) -> Turn:
    place = talk.state.place
    if place is None:
        return talk.turn(talk.reply(WHERE), waiting=Waiting.RULES)
    talk = talk.asking(waiting=Waiting.NOTHING)
    rule = talk.world.rules.near(place, talk.now.date()) if talk.world.rules else None
    if rule is None:
        return talk.turn(talk.reply(NONE_KNOWN, place=cut(one_line(place.label), 30)))
    return talk.turn(talk.draft((_told(talk, rule, room) for room in (300, 240, 180, 120)), BUDGET))


def _told(talk: Talk, rule: LocalRule, room: int) -> str:
    day = format_date(rule.verified_on, "medium", locale=locale(talk.state.language))
    said = talk.words(RULE, name=cut(rule.organization, 40), rule=cut(rule.statement, room))
    return f"{said}\n{talk.words(CHECKED, date=day)}\n{rule.source_url}"


def _is_the_place(talk: Talk) -> bool:
    asked = talk.state.waiting is Waiting.RULES and talk.state.place is not None
    return asked and talk.meaning.place is not None and not talk.meaning.needs


LOCAL: Final = Skill("local", lambda talk: talk.meaning.intent is Intent.LOCAL, _answer)
LOCAL_PLACE: Final = Skill("local_place", _is_the_place, _answer)
