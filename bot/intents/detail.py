"""A number -> one listing in full. A late number still means the last list we sent. So does a question about
a place: its address, its hours, what to bring."""

from __future__ import annotations

from typing import Final

from bot import answer_texts, listing_texts
from bot.intents import find
from bot.model import Intent, Meaning, State, Turn, Waiting
from bot.talk import Skill, Talk
from translations import mark

NUMBER_OUT: Final = mark("Text a number from 1 to %(last)s for details, or a new need.")
NUMBER_OUT_ONE: Final = mark("Text 1 for details, or a new need.")
NO_LIST: Final = mark("I have no list for you now. Text what you need and your ZIP, like: detox 60614.")
WHICH: Final = mark(
    "Text the number of the place, 1-%(last)s: you get its address, phone, hours and how to get in."
)
ASK_THEM: Final = mark(
    "I do not know that of them. Call and ask: the phones are in the list. For all I know of one, text its"
    " number, 1-%(last)s."
)
ALL_WE_KNOW: Final = mark("This is all I know. Ask them the rest:")
GONE: Final = mark("That place is no longer listed. Here is the list again:")


def _answer(talk: Talk) -> Turn:
    choice, shown = talk.meaning.choice or 0, talk.state.shown
    if not shown:
        return talk.turn(talk.reply(NO_LIST))
    if not 1 <= choice <= len(shown):
        return talk.turn(talk.reply(NUMBER_OUT if len(shown) > 1 else NUMBER_OUT_ONE, last=len(shown)))
    return told(talk, shown[choice - 1])


def told(talk: Talk, listing_id: str, head: str = "") -> Turn:
    hit = talk.world.directory.hit(listing_id, talk.state.place)
    if hit is None:
        return _gone(talk)
    drafts = (f"{head}\n{draft}".strip() for draft in listing_texts.detail_drafts(talk, hit))
    reply = talk.draft(drafts, listing_texts.DETAIL_BUDGET)
    return talk.turn(reply, detail=hit.listing.id, waiting=Waiting.RESULT)


def _about(talk: Talk) -> Turn:
    listing_id = _meant(talk)
    if listing_id is None:
        asked = WHICH if talk.meaning.about else ASK_THEM
        return talk.turn(talk.reply(asked, last=len(talk.state.shown)), waiting=Waiting.RESULT)
    hit = talk.world.directory.hit(listing_id, talk.state.place)
    if hit is None or not talk.meaning.about:
        return told(talk, listing_id, talk.words(ALL_WE_KNOW) if listing_id == talk.state.detail else "")
    reply = talk.draft(answer_texts.drafts(talk, hit, talk.meaning.about), answer_texts.BUDGET)
    return talk.turn(reply, detail=listing_id, waiting=Waiting.RESULT)


def _meant(talk: Talk) -> str | None:
    """The place that a question is about: the one it names by number, the one told last, or the only one."""
    shown, seen = talk.state.shown, talk.state.detail
    if choice := talk.meaning.choice:
        return shown[choice - 1] if choice <= len(shown) else None
    return seen or (shown[0] if len(shown) == 1 else None)


def is_about_shown(state: State, meaning: Meaning) -> bool:
    """Whether a text asks about a place that we told of, and does not rather narrow the list: "is it free"
    does, while nothing but the list was told."""
    narrows = bool(meaning.wishes) and not state.detail
    asks = Intent.ABOUT in meaning.perhaps and bool(state.shown)
    return asks and meaning.place is None and not narrows


def _gone(talk: Talk) -> Turn:
    turn = find.answer(talk)
    return Turn(turn.state, (talk.reply(GONE), *turn.replies), turn.effects)


def _wants(talk: Talk) -> bool:
    return talk.meaning.choice is not None and not (talk.meaning.needs or talk.meaning.place)


DETAIL: Final = Skill("detail", _wants, _answer)
ABOUT: Final = Skill("about", lambda talk: is_about_shown(talk.state, talk.meaning), _about)
