"""What we know of the one thing that was asked of a place: its hours, its price, whether dogs may stay.

Short, in place of all that we know; what the listing does not say is said to be so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import groupby
from typing import Final

from bot.listing_texts import BACK, CALL, NO_PHONE, address, name, phone_of, spoken, web
from bot.model import About, Hit, Listing
from bot.speech import cut, one_line
from bot.talk import Talk
from bot.wished_texts import STOPS
from directory.facts import FACTS
from directory.week import week
from directory.wording import say_open
from translations import day_names, mark

BUDGET: Final = 2
UNSAID: Final = mark("I do not know that. Call and ask them.")
_ROOMS: Final = (120, 80, 50, 30)  # for the words of a listing, in letters
# The answers of directory/access.py that say how to pay, what to bring, how to start.
_FACTS: Final[dict[str, tuple[str, ...]]] = {
    About.COST: ("no_pay", "medicaid", "sliding_scale"),
    About.PAPERS: ("id_needed",),
    About.START: ("walk_in", "intake_24_7", "same_day_medication"),
}


def drafts(talk: Talk, hit: Hit, asked: Sequence[str]) -> Iterator[str]:
    """The answer to what was `asked`, the richest first."""
    phone, asks_number = phone_of(talk, hit.listing), About.PHONE in asked
    for room in _ROOMS:
        said = [line for about in asked for line in _said(talk, hit, about, room)]
        lines = [
            cut(name(talk, hit.listing, with_service=False), min(room, 50)),
            *(dict.fromkeys(said) or ([] if asks_number else [talk.words(UNSAID)])),
            talk.words(CALL, phone=phone) if phone else talk.words(NO_PHONE),
            talk.words(BACK),
        ]
        yield "\n".join(filter(None, lines))


def _said(talk: Talk, hit: Hit, about: str, room: int) -> list[str]:
    if about in FACTS:
        return _facts(talk, hit.listing, (about,))
    own = _OWN[about](talk, hit) if about in _OWN else []
    words = (cut(one_line(text), room) for text in own if text.strip())
    return [*_facts(talk, hit.listing, _FACTS.get(about, ())), *words]


def _facts(talk: Talk, listing: Listing, keys: Collection[str]) -> list[str]:
    access = listing.service.access
    told = (talk.term(FACTS[key].said(access[key].answer)) for key in keys if key in access)
    return [f"{words}{STOPS.get(talk.state.language, '.')}" for words in told if words]


def _hours(talk: Talk, hit: Hit) -> list[str]:
    names = day_names(talk.state.language, "abbreviated")
    rows = week(hit.listing, talk.now, talk.state.language)
    runs = [[*run] for _, run in groupby(rows, key=lambda row: row.hours)]
    days = [[names[row.date.weekday()] for row in run] for run in runs]
    spans = [each[0] if len(each) == 1 else f"{each[0]}-{each[-1]}" for each in days]
    table = "; ".join(f"{span} {run[0].hours}" for span, run in zip(spans, runs, strict=True))
    return [say_open(hit.open, talk.now, talk.state.language), table if len(runs) > 1 else ""]


def _address(talk: Talk, hit: Hit) -> list[str]:
    return [address(talk, hit.listing, 80), hit.listing.location.transportation, web(talk, hit.listing)]


# What a listing says of it in words of its own, beside the answers above.
_OWN: Final[dict[str, Callable[[Talk, Hit], list[str]]]] = {
    About.HOURS: _hours,
    About.ADDRESS: _address,
    About.COST: lambda _, hit: [hit.listing.service.fees_description],
    About.PAPERS: lambda _, hit: [
        ", ".join(each.document for each in hit.listing.service.required_documents)
    ],
    About.LANGUAGES: lambda talk, hit: [
        spoken(talk, hit.listing),
        hit.listing.service.interpretation_services,
    ],
    About.ROOM: lambda _, hit: [hit.listing.service.wait_time],
    About.START: lambda _, hit: [hit.listing.service.application_process],
}
