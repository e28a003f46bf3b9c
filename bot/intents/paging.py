"""MORE, BACK, NEW and "another kind": moving through the list, and starting over."""

from __future__ import annotations

from typing import Final

from bot.intents import detail, find
from bot.intents.detail import NO_LIST
from bot.model import Intent, State, Turn, Waiting
from bot.talk import Skill, Talk
from bot.understanding.danger import length
from bot.understanding.normalise import message
from translations import mark

A_WORD: Final = 1  # "more", 更多
STARTING_OVER: Final = mark("OK, a new start. What do you need, and where? Like: food 60614.")


def _has_list(talk: Talk) -> bool:
    return bool(talk.state.shown and talk.state.needs and talk.state.place)


def _more(talk: Talk) -> Turn:
    if not _has_list(talk):
        return talk.turn(talk.reply(NO_LIST))
    turn = find.listed(talk, talk.state.page + 1)
    ended = turn.state.page == talk.state.page
    return find.lines(talk, find.NO_MORE) if ended and _declines(talk) else turn


def _declines(talk: Talk) -> bool:
    """Whether a text says why the list will not do, and not only "more"."""
    return length(message(talk.text).tokens) > A_WORD


def _next(talk: Talk) -> Turn:
    """The place of the list after the one told last; of none, or after the last, the next page."""
    shown, seen = talk.state.shown, talk.state.detail
    after = shown[shown.index(seen) + 1 :] if seen in shown else ()
    return detail.told(talk, after[0]) if after else _more(talk)


def _back(talk: Talk) -> Turn:
    if not _has_list(talk):
        return talk.turn(talk.reply(NO_LIST))
    page = talk.state.page if talk.state.detail else max(1, talk.state.page - 1)
    return find.listed(talk, page)


def _new(talk: Talk) -> Turn:
    was = talk.state
    fresh = State(
        language=was.language,
        language_chosen=was.language_chosen,
        greeted=was.greeted,
        told_danger=was.told_danger,
        care=was.care,
        waiting=Waiting.NEED,
        place_before=was.place or was.place_before,
    )
    return Turn(fresh, (talk.reply(STARTING_OVER),))


def _other_kind(talk: Talk) -> Turn:
    """The place stays; what is needed there is asked anew."""
    return talk.turn(
        talk.reply(find.ASK_NEED), waiting=Waiting.NEED, needs=(), wishes={}, shown=(), page=1, detail=""
    )


def _wants_more(talk: Talk) -> bool:
    """Asks for more by name; or says, of a list, that nobody answers there."""
    meaning = talk.meaning
    told = meaning.needs or meaning.place or meaning.wishes or meaning.choice
    declines = Intent.MORE in meaning.perhaps and not told and _has_list(talk)
    return meaning.intent is Intent.MORE or declines


MORE: Final = Skill("more", _wants_more, _more)
NEXT: Final = Skill("next", lambda talk: talk.meaning.intent is Intent.NEXT, _next)
BACK: Final = Skill("back", lambda talk: talk.meaning.intent is Intent.BACK, _back)
NEW: Final = Skill("new", lambda talk: talk.meaning.intent is Intent.NEW, _new)
OTHER_KIND: Final = Skill("other_kind", lambda talk: talk.meaning.intent is Intent.OTHER_KIND, _other_kind)
