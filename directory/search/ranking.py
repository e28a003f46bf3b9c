"""The order of results, once, for web, text and API. Documented in docs/ranking.md.

Best first: listings that answer every wish before those that leave one open; then by distance
with a handicap in miles for what may make the trip useless. A handicap can be explained to a
person ("counts as 3 miles farther: hours not listed"), a score cannot.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from directory.access import ACCESS
from directory.filters import NO
from directory.model import Openness
from directory.search.columns import Columns

Rows = NDArray[np.int64]
Miles = NDArray[np.float64]

WALK_IN: Final = list(ACCESS).index("walk_in")
OPENNESS_ORDER: Final = (Openness.OPEN, Openness.UNKNOWN, Openness.CLOSED)
# Miles added to the distance, by what is known of the listing.
HANDICAP_BY_OPENNESS: Final = {Openness.OPEN: 0.0, Openness.UNKNOWN: 3.0, Openness.CLOSED: 8.0}
HANDICAP_NO_WALK_IN: Final = 3.0  # a referral or an appointment comes first
HANDICAP_NO_PHONE: Final = 2.0  # nobody can call first
HANDICAP_OLD: Final = 1.0  # not checked for a year: directories go wrong fast
OLD_DAYS: Final = 365

_BY_OPENNESS: Final = np.array([HANDICAP_BY_OPENNESS[each] for each in OPENNESS_ORDER])


def handicaps(columns: Columns, rows: Rows, openness: NDArray[np.int8], today: date) -> Miles:
    """Miles to add, per row. `openness`: positions in OPENNESS_ORDER."""
    old = columns.checked[rows] < today.toordinal() - OLD_DAYS
    no_walk_in = columns.access[rows, WALK_IN] == NO
    miles: Miles = (
        _BY_OPENNESS[openness]
        + HANDICAP_NO_WALK_IN * no_walk_in
        + HANDICAP_NO_PHONE * ~columns.has_phone[rows]
        + HANDICAP_OLD * old
    )
    return miles


def order_by_distance(columns: Columns, rows: Rows, miles: Miles) -> NDArray[np.int64]:
    return np.lexsort((columns.id_rank[rows], miles))


def order_by_best(columns: Columns, rows: Rows, merit: Miles, unsaid: NDArray[np.int64]) -> NDArray[np.int64]:
    """`merit`: less is better: miles with handicap, or minus the score of words."""
    return np.lexsort((columns.id_rank[rows], merit, unsaid))
