"""The main job: a need and a place -> the right places nearby. Asks for what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from msgspec import structs

from bot import listing_texts, open_today, wished_texts
from bot.aftermath import line_topics, needs_of
from bot.model import CARE_NEEDS, Intent, Place, Query, Reply, Results, Turn, Waiting
from bot.safety_texts import PREGNANT
from bot.speech import cut, one_line
from bot.talk import Skill, Talk
from directory.answers import FAR_MILES, Located, Sort
from directory.filters import FILTERS, OPEN_NOW
from translations import mark

PER_TEXT: Final = 3
TOO_FAR: Final = 300.0  # miles; a list of such places is no help, a line that answers is
OPEN_TODAY: Final = "open_today"  # a wish that is no filter: it is asked of the clock, as OPEN_NOW is
_OPEN: Final = frozenset({OPEN_NOW, OPEN_TODAY})
CLOSEST: Final = "closest"  # nor is this: it is the order of the list
MOST_CHOICES: Final = 5

ASK_NEED: Final = mark(
    "What do you need? Text one word, like: detox, medicine, shelter, food, clinic. MENU shows more."
)
ASK_PLACE: Final = mark("Where? Text a ZIP code or a city, like: 60614 or Gary, IN.")
ASK_AREA: Final = mark("Near %(place)s? Text YES, or a ZIP code or city, like: 60614 or Gary, IN.")
ASK_PLACE_FOR: Final = mark("%(need)s: where? Text a ZIP code or a city, like: 60614 or Gary, IN.")
NO_SUCH_PLACE: Final = mark(
    "I can't find that place. Text a 5-digit ZIP code, or a city and its state, like: 60614 or Gary, IN."
)
WHICH: Final = mark("Which one? Text its number, or a ZIP code.")
# Said to who told something else instead: what they need, or a wish.
WHICH_FOR: Final = mark("%(need)s: which one? Text its number, or a ZIP code.")
WHICH_OF: Final = mark("Which one? Text its number, or MENU.")
NEED_NUMBER_OUT: Final = mark("Text a number from 1 to %(last)s, or MENU.")
NUMBER_OUT: Final = mark("Text a number from 1 to %(last)s, or a ZIP code.")
THE_END: Final = mark(
    "That is the end of the list. Text another place, or NEW for another need. To talk to a person: 211."
)
NOTHING: Final = mark("I found no place for that. These lines can help:")
# To an aside after that: the lines stand above.
STILL_NOTHING: Final = mark(
    "I know no place for that there. Text another need or place, or MENU. To talk: 211."
)
NO_MORE: Final = mark("No more places are listed. These lines can help:")
# Something points to a need, too faintly to look for it.
MAYBE: Final = mark("%(need)s? Text YES, or what you need and a ZIP, like: food 60614.")
NO_MORE_LINES: Final = mark("Or text another need or place.")


def answer(talk: Talk) -> Turn:
    """Results, or the one question that is missing."""
    turn = _answered(talk)
    if _pregnant(talk):
        return replace(turn, replies=(*turn.replies, talk.reply(PREGNANT)))
    return turn


def _answered(talk: Talk) -> Turn:
    located = talk.meaning.place
    if located and located.place is None:
        return _shared(talk, located.choices) if located.choices else _no_such_place(talk)
    if talk.state.waiting is Waiting.WHICH_NEED and talk.state.offered and not talk.state.needs:
        return _undecided(talk, talk.state.offered)
    if talk.state.place is None:
        return _ask_place(talk)
    needs = needs_of(talk)
    if not needs:
        return talk.turn(talk.reply(ASK_NEED), waiting=Waiting.NEED)
    return listed(talk.asking(needs=needs), 1, guessed=bool(located and located.guessed))


def _undecided(talk: Talk, offered: tuple[str, ...]) -> Turn:
    """We asked which need, or whether it is this one, and were told something else, like a place."""
    if len(offered) > 1:
        return _which_need(talk, offered)
    return _answered(talk.asking(needs=offered, offered=(), waiting=Waiting.NOTHING))


def after(talk: Talk, reply: Reply) -> Turn:
    """An answer to something else, followed by the places the same text asked for."""
    if not (talk.meaning.needs or talk.meaning.place):
        return talk.turn(reply)
    return with_first(reply, answer(talk))


def with_first(reply: Reply, turn: Turn) -> Turn:
    """A turn that begins with another reply."""
    return replace(turn, replies=(reply, *turn.replies))


def listed(talk: Talk, page: int, guessed: bool = False) -> Turn:
    """A page of the list for the need and place we know."""
    asked, results = _searched(talk, page)
    if not results.hits or _too_far(results):
        return _nothing(talk) if page == 1 else talk.turn(talk.reply(THE_END))
    replies = listing_texts.list_replies(
        asked,
        results.hits,
        more=results.total > page * PER_TEXT,
        guessed=guessed,
        unsure=asked.state.wishes != talk.state.wishes,
        again=_is_again(talk, results),
    )
    return asked.turn(
        *replies,
        greeted=True,
        waiting=Waiting.RESULT,
        shown=tuple(hit.listing.id for hit in results.hits),
        page=page,
        detail="",
        places=(),
    )


def _is_again(talk: Talk, results: Results) -> bool:
    """Whether these are the places that we told of before, where others were asked for."""
    told = talk.meaning.needs or talk.meaning.wishes or talk.meaning.place
    return (
        bool(told)
        and not talk.state.care
        and tuple(hit.listing.id for hit in results.hits) == talk.state.shown
    )


def _searched(talk: Talk, page: int) -> tuple[Talk, Results]:
    """The results, and the talk with those of its wishes that led to any."""
    asked, results = talk, _found(talk, page)
    for fewer in _fewer_wishes(talk.state.wishes):
        if results.hits or page > 1:
            break
        asked = talk.asking(wishes=fewer)
        results = _found(asked, page)
    return asked, results


def _found(talk: Talk, page: int) -> Results:
    """The nearest doors; if all of them are too far, what serves the state by phone."""
    query, directory = _query(talk, page), talk.world.directory
    today = OPEN_TODAY in talk.state.wishes
    results = open_today.search(directory, query, talk.now) if today else directory.search(query)
    if _too_far(results):
        return directory.search(structs.replace(query, radius=TOO_FAR, min_results=0))
    return results


def _too_far(results: Results) -> bool:
    doors = [hit.distance_miles for hit in results.hits if hit.distance_miles is not None]
    return bool(doors) and min(doors) > TOO_FAR


def _fewer_wishes(wishes: Mapping[str, str]) -> list[dict[str, str]]:
    """Few listings say all that may be wished: a place that says less beats none."""
    order = {key: wish for key, wish in wishes.items() if key == CLOSEST}
    later = {key: wish for key, wish in wishes.items() if key not in _OPEN}
    return [fewer for fewer in (later, order) if len(fewer) < len(wishes)]


def _query(talk: Talk, page: int) -> Query:
    wishes = talk.state.wishes
    return Query(
        place=talk.state.place,
        needs=frozenset(talk.state.needs),
        # A note of yesterday's version may hold a filter that is gone.
        wishes={key: wish for key, wish in wishes.items() if key in FILTERS and FILTERS[key].accepts(wish)},
        at=talk.now,
        open_only=not _OPEN.isdisjoint(wishes),
        min_results=PER_TEXT,
        one_per_location=True,
        page=page,
        per_page=PER_TEXT,
        sort=Sort.DISTANCE if CLOSEST in wishes else Sort.BEST,
    )


def _pregnant(talk: Talk) -> bool:
    """Looking for care while pregnant, and says so: then what not to do meanwhile is said too."""
    return talk.meaning.wishes.get("pregnant") == "yes" and not CARE_NEEDS.isdisjoint(talk.state.needs)


def _ask_place(talk: Talk) -> Turn:
    if talk.state.waiting is Waiting.WHICH_PLACE and talk.state.places:
        return _which(talk, talk.state.places)  # asked, and answered with something else: "open now"
    if talk.area is not None and talk.state.waiting is not Waiting.AREA:
        asked = talk.reply(ASK_AREA, place=cut(one_line(talk.area.label), listing_texts.LONGEST_LABEL))
        return talk.turn(asked, waiting=Waiting.AREA, places=(talk.area,))
    label = listing_texts.need_label(talk)
    drafts = [talk.words(ASK_PLACE_FOR, need=label)] if label else []
    return talk.turn(talk.draft([*drafts, talk.words(ASK_PLACE)], 1), waiting=Waiting.PLACE)


def _no_such_place(talk: Talk) -> Turn:
    return talk.turn(talk.reply(NO_SUCH_PLACE), waiting=Waiting.PLACE)


def _shared(talk: Talk, choices: tuple[Place, ...]) -> Turn:
    """A name of several places: asked about, unless we know of doors near one of them only."""
    served = [place for place in choices if _has_doors(talk, place)]
    return _answered(_at(talk, served[0], guessed=True)) if len(served) == 1 else _which(talk, choices)


def _has_doors(talk: Talk, place: Place) -> bool:
    near = Query(place=place, radius=FAR_MILES, min_results=0, per_page=1, sort=Sort.DISTANCE)
    return any(hit.distance_miles is not None for hit in talk.world.directory.search(near).hits)


def _at(talk: Talk, place: Place, guessed: bool = False) -> Talk:
    """The same with the place known."""
    known = replace(talk, meaning=replace(talk.meaning, place=Located(place, guessed=guessed)))
    return known.asking(place=place, places=(), waiting=Waiting.NOTHING)


def _which(talk: Talk, choices: tuple[Place, ...]) -> Turn:
    offered = choices[:MOST_CHOICES]
    again = talk.state.waiting is Waiting.WHICH_PLACE
    what = _told_instead(talk) if again and offered == talk.state.places else ""
    asked = [*([talk.words(WHICH_FOR, need=what)] if what else []), talk.words(WHICH)]
    drafts = (
        "\n".join([*(f"{n} {cut(place.label, room)}" for n, place in enumerate(offered, 1)), question])
        for question in asked
        for room in (30, 24, 18, 12)
    )
    return talk.turn(talk.draft(drafts, 1), waiting=Waiting.WHICH_PLACE, places=offered)


def _told_instead(talk: Talk) -> str:
    """What a text says that is looked for: the need, else a wish."""
    return listing_texts.need_label(talk) if talk.meaning.needs else wished_texts.wish_told(talk)


def _nothing(talk: Talk) -> Turn:
    told = talk.state.waiting is Waiting.NEED and not (talk.meaning.needs or talk.meaning.place)
    return talk.turn(talk.reply(STILL_NOTHING)) if told else lines(talk, NOTHING)


def lines(talk: Talk, first: str) -> Turn:
    """Lines to call instead of places, after a sentence on why."""
    lines = listing_texts.line_texts(talk, talk.state.needs, line_topics(talk))
    head = [*listing_texts.identity(talk), talk.words(first)]
    drafts = (
        "\n".join([*head, *lines[:count], talk.words(NO_MORE_LINES)])
        for count in range(min(3, len(lines)), -1, -1)
    )
    return talk.turn(talk.draft(drafts, listing_texts.LIST_BUDGET), greeted=True, waiting=Waiting.NEED)


def _answer_area(talk: Talk) -> Turn:
    if talk.meaning.intent is Intent.NO:
        return _ask_place(talk)
    return answer(_at(talk, talk.state.places[0]))


def _wants_area(talk: Talk) -> bool:
    asked = talk.state.waiting is Waiting.AREA and bool(talk.state.places)
    return asked and talk.meaning.intent in (Intent.YES, Intent.NO, Intent.HERE)


def _answer_which(talk: Talk) -> Turn:
    places, choice = talk.state.places, talk.meaning.choice or 0
    if not 1 <= choice <= len(places):
        return talk.turn(talk.reply(NUMBER_OUT, last=len(places)))
    return answer(_at(talk, places[choice - 1]))


def _wants_which(talk: Talk) -> bool:
    asked = talk.state.waiting is Waiting.WHICH_PLACE and bool(talk.state.places)
    return asked and talk.meaning.choice is not None and talk.meaning.place is None


def _ask_which_need(talk: Talk) -> Turn:
    return _which_need(talk, talk.meaning.unsure)


def _which_need(talk: Talk, codes: tuple[str, ...]) -> Turn:
    lines = (f"{n} {listing_texts.label_of(talk, code)}" for n, code in enumerate(codes, 1))
    asked = "\n".join([*lines, talk.words(WHICH_OF)])
    return talk.turn(talk.draft([asked], 1), waiting=Waiting.WHICH_NEED, offered=codes)


def _answer_which_need(talk: Talk) -> Turn:
    offered, choice = talk.state.offered, talk.meaning.choice or 0
    if talk.meaning.intent is Intent.NO:
        return talk.turn(talk.reply(ASK_NEED), waiting=Waiting.NEED, offered=())
    choice = 1 if talk.meaning.intent is Intent.YES else choice
    if not 1 <= choice <= len(offered):
        return talk.turn(talk.reply(NEED_NUMBER_OUT, last=len(offered)))
    return answer(talk.asking(needs=(offered[choice - 1],), offered=(), waiting=Waiting.NOTHING))


def _wants_which_need(talk: Talk) -> bool:
    asked = talk.state.waiting is Waiting.WHICH_NEED and bool(talk.state.offered)
    one = len(talk.state.offered) == 1 and talk.meaning.intent in (Intent.YES, Intent.NO)
    return asked and (one or talk.meaning.choice is not None)


def _ask_maybe(talk: Talk) -> Turn:
    label = listing_texts.label_of(talk, talk.meaning.maybe)
    return talk.turn(talk.reply(MAYBE, need=label), waiting=Waiting.WHICH_NEED, offered=(talk.meaning.maybe,))


def _maybe(talk: Talk) -> bool:
    """Nothing is understood or looked for, and one need is likelier than none."""
    meaning, state = talk.meaning, talk.state
    told = meaning.needs or meaning.unsure or meaning.wishes or meaning.place or state.needs
    asked = state.waiting in (Waiting.NOTHING, Waiting.NEED) and meaning.intent in (
        Intent.OTHER,
        Intent.GREETING,
    )
    return asked and not told and bool(listing_texts.label_of(talk, meaning.maybe))


def _unsure(talk: Talk) -> bool:
    return bool(talk.meaning.unsure) and not talk.meaning.needs


def _wants(talk: Talk) -> bool:
    meaning = talk.meaning
    told = meaning.needs or meaning.place is not None or (meaning.wishes and talk.state.needs)
    here = meaning.intent is Intent.HERE and talk.state.place is None and bool(talk.state.needs)
    return bool(told) or here or meaning.intent in (Intent.NEED, Intent.PLACE)


AREA: Final = Skill("area", _wants_area, _answer_area)
WHICH_PLACE: Final = Skill("which_place", _wants_which, _answer_which)
WHICH_NEED: Final = Skill("which_need", _wants_which_need, _answer_which_need)
UNSURE: Final = Skill("unsure", _unsure, _ask_which_need)
MAYBE_NEED: Final = Skill("maybe", _maybe, _ask_maybe)
FIND: Final = Skill("find", _wants, answer)
