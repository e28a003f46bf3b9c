"""The search of a page or of the API: what its words are looked for as.

Words that the search finds only by luck are read as a text message would be: "place for my kids and me
tonight" is a shelter, and under a danger stands what helps in it, not what shares a word with it.
"""

from __future__ import annotations

from dataclasses import replace

from msgspec import structs

from bot.aftermath import NATURAL_NEED
from bot.model import Meaning
from directory.answers import Located, Query, Results, Understood
from directory.filters import FILTERS
from directory.search.engine import STATE
from web import services
from web.danger import meaning_of

MOST_NEEDS = 2


def found(query: Query) -> Results:
    """The results. Raises filters.FilterError for a wish that is none."""
    results = services().directory.search(query)
    if not query.text or query.needs or results.understood.needs or _is_called_so(results):
        return results
    meaning = meaning_of(query.text)
    needs = _needs(meaning)
    by_luck = results.any_word or not results.total or meaning.danger is not None
    if not (by_luck and needs):
        return results
    wishes = {**_filters(meaning), **query.wishes}
    place = meaning.place.place if meaning.place and query.place is None else None
    again = query.at_place(place, "") if place else structs.replace(query, text="")
    again = structs.replace(again, needs=frozenset(needs), wishes=wishes)
    told = Understood(
        needs=needs,
        wishes={key: wish for key, wish in wishes.items() if key not in query.wishes},
        unused=results.understood.unused,
    )
    return replace(services().directory.search(again), understood=told)


def several(results: Results) -> tuple[Located, str] | None:
    """The places of one name that the words of a search may mean ("detox springfield"), and the words
    without it; None if they name a state, somebody, or no place that several bear."""
    query = results.query
    if not query.text or query.place or STATE in query.wishes or _is_called_so(results):
        return None
    read = services().gazetteer.find(query.text)
    if read is None or read[0].place or not read[0].choices:
        return None
    return read if services().directory.only_asks(read[1], query.language) else None


def _is_called_so(results: Results) -> bool:
    """Whether the words are the name or number of what stands first: "Hope House" is no wish for hope."""
    return bool(results.hits) and any(reason.code in ("name", "number") for reason in results.hits[0].why)


def _needs(meaning: Meaning) -> tuple[str, ...]:
    natural = NATURAL_NEED.get(meaning.danger) if meaning.danger else None
    return meaning.needs[:MOST_NEEDS] or ((natural,) if natural else ())


def _filters(meaning: Meaning) -> dict[str, str]:
    """Of the wishes in a text those that are filters."""
    return {
        key: wish for key, wish in meaning.wishes.items() if key in FILTERS and FILTERS[key].accepts(wish)
    }
