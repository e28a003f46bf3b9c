"""A number -> one listing in full. A late number still means the last list we sent."""

from __future__ import annotations

from typing import Final

from bot import listing_texts
from bot.intents import find
from bot.model import Turn, Waiting
from bot.talk import Skill, Talk
from translations import mark

NUMBER_OUT: Final = mark("Text a number from 1 to %(last)s for details, or a new need.")
NUMBER_OUT_ONE: Final = mark("Text 1 for details, or a new need.")
NO_LIST: Final = mark("I have no list for you now. Text what you need and your ZIP, like: detox 60614.")
GONE: Final = mark("That place is no longer listed. Here is the list again:")


def _answer(talk: Talk) -> Turn:
    choice, shown = talk.meaning.choice or 0, talk.state.shown
    if not shown:
        return talk.turn(talk.reply(NO_LIST))
    if not 1 <= choice <= len(shown):
        return talk.turn(talk.reply(NUMBER_OUT if len(shown) > 1 else NUMBER_OUT_ONE, last=len(shown)))
    hit = talk.world.directory.hit(shown[choice - 1], talk.state.place)
    if hit is None:
        return _gone(talk)
    reply = talk.draft(listing_texts.detail_drafts(talk, hit), listing_texts.DETAIL_BUDGET)
    return talk.turn(reply, detail=hit.listing.id, waiting=Waiting.RESULT)


def _gone(talk: Talk) -> Turn:
    turn = find.answer(talk)
    return Turn(turn.state, (talk.reply(GONE), *turn.replies), turn.effects)


def _wants(talk: Talk) -> bool:
    return talk.meaning.choice is not None and not (talk.meaning.needs or talk.meaning.place)


DETAIL: Final = Skill("detail", _wants, _answer)
