"""Why a hit stands where it does: what speaks for it, and what it counts as farther for.

The codes, in the order they are told:
name        it is called what was asked for
number      it lists the phone number that was asked for
need        it answers the need that was asked for (about: its code)
open        it is open at the time that was asked about
walk_in     people may just come
checked     it was checked by a person within the last months
without_door it answers by phone or online
hours, no_walk_in, no_phone, for_some, old, words, unhoped, branch: the handicaps of ranking.py, with miles
unsaid      it does not say whether it is as wished (about: the wish); comes after those that say yes
missing     it lacks some of the words
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from directory.answers import Reason
from directory.model import Answer, Listing
from directory.search.finding import Found, Wanted, bits_of
from directory.search.openings import OPENNESS_ORDER
from directory.search.ranking import NAMED, WITHOUT_DOOR, Ranked

CODES: Final = (
    "name", "number", "need", "open", "walk_in", "checked", "without_door", "hours", "no_walk_in", "no_phone",
    "for_some", "old", "words", "unhoped", "branch", "unsaid", "missing",
)  # fmt: skip
FRESH_DAYS: Final = 180


def reasons(
    listing: Listing, at: int, found: Found, ranked: Ranked, wanted: Wanted, needs: Sequence[str]
) -> tuple[Reason, ...]:
    """Why position `at` of what was found stands where it does. `needs`: those of the listing."""
    return (*_for(listing, at, ranked, wanted, needs), *_against(at, found, ranked, wanted))


def _for(listing: Listing, at: int, ranked: Ranked, wanted: Wanted, needs: Sequence[str]) -> Iterator[Reason]:
    if ranked.tier[at] == NAMED:
        yield Reason("number" if wanted.number else "name")
    for code in needs:
        if wanted.needs and code in wanted.needs:
            yield Reason("need", about=code)
    if ranked.openness[at] == 0:
        yield Reason("open")
    walk_in = listing.service.access.get("walk_in")
    if walk_in is not None and walk_in.answer is Answer.YES:
        yield Reason("walk_in")
    if _is_fresh(listing, wanted.now):
        yield Reason("checked")
    if ranked.tier[at] == WITHOUT_DOOR:
        yield Reason("without_door")


def _is_fresh(listing: Listing, now: datetime) -> bool:
    checked = listing.service.assured_date
    return checked is not None and (now.date() - checked).days <= FRESH_DAYS


def _against(at: int, found: Found, ranked: Ranked, wanted: Wanted) -> Iterator[Reason]:
    for code, miles in ranked.parts.items():
        if (more := float(miles[at])) > 0:
            about = str(OPENNESS_ORDER[ranked.openness[at]]) if code == "hours" else ""
            yield Reason(code, round(more, 2), about)
    for key in _unsaid(at, found, wanted):
        yield Reason("unsaid", about=key)
    if found.missing[at]:
        yield Reason("missing")


def _unsaid(at: int, found: Found, wanted: Wanted) -> tuple[str, ...]:
    """The wishes that it does not answer."""
    bits = int(found.unsaid[at])
    keys = bits_of(wanted.wishes, open_only=wanted.open_only)
    return tuple(key for bit, key in keys if bits >> bit & 1)


def unhoped(at: int, found: Found, wanted: Wanted) -> tuple[str, ...]:
    """The same of what the words only hinted at."""
    bits = int(found.unhoped[at])
    return tuple(key for bit, key in bits_of(wanted.hopes) if bits >> bit & 1)
