"""The order of results, once, for web, text and API. Documented in docs/ranking.md.

Best first: what is called as asked; then listings that answer every wish before those that leave
one open; then by distance with a handicap in miles for what may make the trip useless. A handicap
can be explained to a person ("counts as 3 miles farther: hours not listed"), a score cannot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np
from numpy.typing import NDArray

from directory.access import ACCESS
from directory.answers import FAR_MILES, Openness
from directory.search.finding import Found, Wanted, bits_of
from directory.search.index import Index
from directory.search.openings import OPENNESS_ORDER

Order = NDArray[np.int64]
Miles = NDArray[np.float64]

_WALK_IN: Final = np.uint32(1 << list(ACCESS).index("walk_in"))
_WOMEN_OR_MEN: Final = np.uint32(1 << list(ACCESS).index("women") | 1 << list(ACCESS).index("men"))
_GROWN: Final = 18  # years
# Wishes that say for whom it is.
_WHO: Final = frozenset(("women", "men", "gender", "age", "children", "pregnant"))
# Miles added to the distance, by what is known of the listing.
HANDICAP_BY_OPENNESS: Final = {Openness.OPEN: 0.0, Openness.UNKNOWN: 3.0, Openness.CLOSED: 8.0}
HANDICAP_NO_WALK_IN: Final = 3.0  # a referral or an appointment comes first
HANDICAP_NO_PHONE: Final = 2.0  # nobody can call first
HANDICAP_FOR_SOME: Final = 3.0  # women, men, the young or veterans only, where nobody said who is coming
HANDICAP_OLD: Final = 1.0  # not checked for a year: directories go wrong fast
OLD_DAYS: Final = 365
HANDICAP_WORDS: Final = 7.5  # the words stand in no name; in a description only: two thirds of it
HANDICAP_UNHOPED: Final = 5.0  # each thing the words let us guess that it does not say
HANDICAP_MEDICATION: Final = 10.0  # the same for a medicine that was named
HANDICAP_BRANCH: Final = 4.0  # each listing of the same organization that is shown before it
MOST_BRANCHES: Final = 3  # counted so often
MANY: Final = (
    500  # found; of more only the first are put in order. Without a place branches do not count then
)
_TIER, _UNSAID = 1e9, 1e6

_BY_OPENNESS: Final = np.array([HANDICAP_BY_OPENNESS[each] for each in OPENNESS_ORDER])
# Tiers, best first: a name that was asked for, doors nearby, those without a door, doors far away.
NAMED, NEAR, WITHOUT_DOOR, DISTANT = range(4)


@dataclass(frozen=True, slots=True)
class Ranked:
    """`order`: positions in what was found, best first; at least as many as were asked for. The
    others: one value per position found."""

    order: Order
    parts: Mapping[str, Miles]  # handicaps by their name (explain.py)
    openness: NDArray[np.int8]
    tier: NDArray[np.int8]


def by_distance(index: Index, found: Found) -> Order:
    miles = np.where(np.isnan(found.miles), inf, found.miles)
    return np.lexsort((found.values(index, "tie"), miles))


def best_first(index: Index, found: Found, wanted: Wanted, most: int) -> Ranked:
    """What was found for what was wanted, in order; of very many only the first `most`."""
    openness = found.openness(index, wanted.now)
    parts = handicaps(index, found, openness, wanted)
    tier = _tiers(found, wanted)
    unsaid = np.bitwise_count(found.unsaid) + found.missing
    merit = np.where(np.isnan(found.miles), 0, found.miles) + sum(parts.values())
    # One number holds all three: miles never reach the next step.
    key = tier * _TIER + unsaid * _UNSAID + merit
    crowded = wanted.place is not None or len(found) <= MANY
    few = _first(key, most, HANDICAP_BRANCH * MOST_BRANCHES if crowded else 0.0)
    some, ties = found.taken(few), found.values(index, "tie")
    branch = np.zeros(len(found))
    if crowded:
        organizations = some.values(index, "organization")
        first = np.lexsort((ties[few], key[few]))
        branch[few] = np.where(tier[few] == NAMED, 0.0, HANDICAP_BRANCH * _branches(organizations, first))
    parts["branch"] = branch
    return Ranked(few[np.lexsort((ties[few], key[few] + branch[few]))], parts, openness, tier)


def _first(key: Miles, most: int, farther: float) -> Order:
    """Positions that may be among the first `most` once some count as up to `farther` farther."""
    if len(key) <= max(MANY, 2 * most):
        return np.arange(len(key))
    limit = np.partition(key, most - 1)[most - 1] + farther
    return np.flatnonzero(key <= limit)


def handicaps(index: Index, found: Found, openness: NDArray[np.int8], wanted: Wanted) -> dict[str, Miles]:
    """Miles to add, by reason."""
    old = found.values(index, "checked") < wanted.now.date().toordinal() - OLD_DAYS
    return {
        "hours": _BY_OPENNESS[openness],
        "no_walk_in": HANDICAP_NO_WALK_IN * ((found.values(index, "says_no") & _WALK_IN) > 0),
        "no_phone": HANDICAP_NO_PHONE * ~found.values(index, "has_phone"),
        "for_some": HANDICAP_FOR_SOME * _is_for_some(index, found, wanted),
        "old": HANDICAP_OLD * old,
        "words": HANDICAP_WORDS * (1 - found.fit),
        "unhoped": _unhoped(found, wanted.hopes),
    }


def _is_for_some(index: Index, found: Found, wanted: Wanted) -> NDArray[np.bool_]:
    """Who takes no women, no men, no grown-ups or none but veterans, unless somebody said who is coming."""
    none = np.zeros(len(found), np.bool_)
    veterans = none if wanted.for_veterans else found.values(index, "for_veterans")
    if not _WHO.isdisjoint({*wanted.wishes, *wanted.hopes}):
        return veterans
    oldest = found.values(index, "maximum_age")
    young: NDArray[np.bool_] = (oldest >= 0) & (oldest < _GROWN)
    return veterans | young | ((found.values(index, "says_no") & _WOMEN_OR_MEN) > 0)


def _unhoped(found: Found, hopes: Mapping[str, str]) -> Miles:
    miles = np.zeros(len(found))
    for bit, key in bits_of(hopes):
        worth = HANDICAP_MEDICATION if key == "medication" else HANDICAP_UNHOPED
        miles += worth * ((found.unhoped >> np.uint64(bit)) & np.uint64(1))
    return miles


def _tiers(found: Found, wanted: Wanted) -> NDArray[np.int8]:
    tier = np.full(len(found), NEAR, np.int8)
    if wanted.place is not None:
        # A service by phone never hides a door nearby, unless it is by phone that help is wanted;
        # a door far away hides no service by phone.
        by_phone = "yes" in (wanted.wishes.get("telehealth"), wanted.hopes.get("telehealth"))
        tier[np.isnan(found.miles)] = NEAR if by_phone else WITHOUT_DOOR
        tier[found.miles > FAR_MILES] = DISTANT
    tier[found.named] = NAMED
    return tier


def _branches(organization: NDArray[np.int64], first: Order) -> NDArray[np.int64]:
    """How many of the same organization come before each, in a first order; MOST_BRANCHES at most."""
    ordered = organization[first]
    grouped = np.argsort(ordered, kind="stable")
    starts = np.flatnonzero(np.append(True, ordered[grouped][1:] != ordered[grouped][:-1]))
    lengths = np.diff(np.append(starts, len(grouped)))
    earlier = np.arange(len(grouped)) - np.repeat(starts, lengths)
    found = np.empty(len(first), np.int64)
    found[first[grouped]] = np.minimum(earlier, MOST_BRANCHES)
    return found
