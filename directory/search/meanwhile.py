"""Answers from the database while there is no index: the same search, over what may fit.

A few hundred listings are read, near the place, with the words in a name or with the phone number, and
made a segment of their own. Slower, and it may miss what only a description says; nobody waits for the index.
"""

from __future__ import annotations

from math import cos, degrees, radians
from typing import Final

from directory.answers import Place, Query
from directory.geo import EARTH_MILES
from directory.needs import Needs
from directory.phones import apart
from directory.search import build
from directory.search.analysis import words
from directory.search.index import Index
from directory.store import Box, Store

MOST: Final = 600  # listings: a quarter of a second
BOXES: Final = (10.0, 40.0, 150.0, 600.0)  # miles to each side, until there is something to choose from
ENOUGH: Final = 50
_WORDS: Final = 3


def index_for(store: Store, needs: Needs, query: Query) -> Index:
    """An index of what may answer a query."""
    found = set[str]()
    if query.place is not None:
        found.update(store.without_door(MOST // 4))
        for miles in BOXES:
            found.update(store.within(_box(query.place, miles), MOST))
            if len(found) >= ENOUGH:
                break
    if number := apart(query.text)[0]:
        found.update(store.with_phone(number, MOST // 4))
    said = sorted(words(query.text)[:8], key=len, reverse=True)[:_WORDS]
    found.update(store.named(said, MOST // 2) if said or query.place is None else ())
    listings = store.listings(sorted(found)[: 2 * MOST])
    return Index("", (build.small(listings, needs),))


def _box(place: Place, miles: float) -> Box:
    north = degrees(miles / EARTH_MILES)
    east = north / max(0.05, cos(radians(place.point.latitude)))
    latitude, longitude = place.point
    return Box(latitude - north, latitude + north, longitude - east, longitude + east)
