"""What is open: now and near first, then what opens later today, then what may be open.

At nine in the morning "open today" is the kitchen down the road that opens at eleven, and no pantry that is
open now and twenty miles off.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from msgspec import structs

from bot.model import Directory, Hit, Query, Results
from directory.answers import Openness

NEAR: Final = 10.0  # miles: as far as one goes for what is open, before waiting for what opens today
MOST: Final = 30  # hits that are looked through


def search(directory: Directory, query: Query, now: datetime) -> Results:
    """A page of them. `query`: with `open_only`."""
    whole = structs.replace(query, page=1, per_page=MOST)
    open_ones = directory.search(whole)
    ranked, end = open_ones.hits, query.page * query.per_page
    near = [hit for hit in ranked if _is_open(hit) and (hit.distance_miles or 0.0) <= NEAR]
    if len(near) < end:
        every = directory.search(structs.replace(whole, open_only=False)).hits
        later = [hit for hit in every if _opens_today(hit, now)]
        ranked = tuple({hit.listing.id: hit for hit in (*near, *later, *ranked)}.values())
    page = ranked[end - query.per_page : end]
    return replace(open_ones, hits=page, total=max(open_ones.total, len(ranked)), query=query)


def _is_open(hit: Hit) -> bool:
    return hit.open.state is Openness.OPEN


def _opens_today(hit: Hit, now: datetime) -> bool:
    opens = hit.open.until if hit.open.state is Openness.CLOSED else None
    return opens is not None and opens.date() == now.astimezone(opens.tzinfo).date()
