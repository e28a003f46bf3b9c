"""What could be asked for as well: a few choices that make a list shorter, each with its count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from directory.answers import Facet, Results
from directory.facts import FACTS
from directory.filters import OPEN_NOW
from web.asked import NEED, label
from web.language import ngettext, number
from web.parameters import SearchRequest

MOST: Final = 10
# Which choices stand first, and of how many of a kind the commonest.
_KINDS: Final = {
    OPEN_NOW: 1,
    "walk_in": 1,
    NEED: 3,
    "medication": 2,
    "no_pay": 1,
    "medicaid": 1,
    "language": 2,
    "gender": 2,
    "id_needed": 1,
    "same_day_medication": 1,
    "children": 1,
    "telehealth": 1,
    "wheelchair": 1,
}
_GENDERS: Final = ("women", "men")  # one choice, of two answers
_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z]{4})?")


@dataclass(frozen=True, slots=True)
class Narrower:
    """A button that adds to the search. `value`: "walk_in=yes". `count`: how many say yes to it, in words;
    a bare number where the list will be just these."""

    label: str
    value: str
    count: str


def narrower(results: Results, wanted: SearchRequest) -> list[Narrower]:
    """The choices for a list, the likeliest to help first."""
    order = list(_KINDS)
    asked = _asked(results, wanted)
    fitting = [
        facet
        for facet in map(_as_filter, results.facets)
        if _shortens(facet, results, asked) and _is_told(facet)
    ]
    fitting.sort(key=lambda facet: (order.index(facet.key), -facet.yes, facet.value))
    seen: Counter[str] = Counter()
    chosen = []
    for facet in fitting:
        seen[facet.key] += 1
        if seen[facet.key] <= _KINDS[facet.key]:
            chosen.append(
                Narrower(label(facet.key, facet.value), f"{facet.key}={facet.value}", _count(facet))
            )
    return chosen[:MOST]


def _count(facet: Facet) -> str:
    """Where some do not say, they stay in the list: the number is of those that say yes."""
    return (
        ngettext("%(count)s says yes", "%(count)s say yes", facet.yes) if facet.unknown else number(facet.yes)
    )


def _as_filter(facet: Facet) -> Facet:
    if facet.key in _GENDERS and facet.value == "yes":
        return Facet("gender", facet.key, facet.yes, facet.unknown)
    return Facet(OPEN_NOW, "true", facet.yes, facet.unknown) if facet.key == OPEN_NOW else facet


def _asked(results: Results, wanted: SearchRequest) -> Collection[str]:
    """The filters that are set or were read in the words; a second one of a kind would not narrow."""
    read = results.understood
    asked = {*wanted.wishes, *read.wishes}
    if wanted.open_only:
        asked.add(OPEN_NOW)
    # Needs are any of several: another one makes the list longer, but for a choice of those read.
    if wanted.needs or len(read.needs) == 1:
        asked.add(NEED)
    return asked | {"gender"} if asked & {*_GENDERS} else asked


def _shortens(facet: Facet, results: Results, asked: Collection[str]) -> bool:
    if facet.key == NEED and results.understood.needs and facet.value not in results.understood.needs:
        return False
    return facet.key in _KINDS and facet.key not in asked and 0 < facet.yes < results.total


def _is_told(facet: Facet) -> bool:
    """Is this the answer that a person may wish for, of those that a filter has?"""
    if facet.key in FACTS:
        return facet.value == FACTS[facet.key].wished
    return facet.key != "language" or (facet.value != "en" and bool(_TAG.fullmatch(facet.value)))
