"""Open or not, for many rows at once: what was worked out is kept as long as it holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from directory.answers import Openness, OpenState
from directory.search.columns import Hours
from directory.search.distinct import distinct

OPENNESS_ORDER: Final = (Openness.OPEN, Openness.UNKNOWN, Openness.CLOSED)
_POSITION: Final = {state: np.int8(i) for i, state in enumerate(OPENNESS_ORDER)}
_FOREVER: Final = np.iinfo(np.int64).max
_A_WHILE: Final = 15 * 60  # seconds; "not known, a holiday" ends some time


class Openings:
    """The open states of all sets of hours of a segment, by the number of the set."""

    def __init__(self, all_hours: Sequence[Hours]) -> None:
        self._hours = all_hours
        self._lock = Lock()
        self._state = np.zeros(len(all_hours), np.int8)
        self._since = np.full(len(all_hours), _FOREVER, np.int64)
        self._until = np.zeros(len(all_hours), np.int64)

    def at(self, number: int, instant: datetime) -> OpenState:
        return self._hours[number].at(instant)

    def of(self, numbers: NDArray[np.int32], instant: datetime) -> NDArray[np.int8]:
        """Positions in OPENNESS_ORDER, for each row's number."""
        now = int(instant.timestamp())
        with self._lock:  # another thread may ask for another instant
            stale = (self._since[numbers] > now) | (self._until[numbers] <= now)
            for number in distinct(numbers[stale]).tolist() if stale.any() else ():
                self._work_out(number, instant, now)
            return np.asarray(self._state[numbers])

    def _work_out(self, number: int, instant: datetime, now: int) -> None:
        hours = self._hours[number]
        state = hours.at(instant)
        self._state[number] = _POSITION[state.state]
        self._since[number] = now
        self._until[number] = _end(hours, state, now)


def _end(hours: Hours, state: OpenState, now: int) -> int:
    """Until when a state holds, in seconds since 1970."""
    if state.until is not None:
        return int(state.until.timestamp())
    return _FOREVER if hours.always_open or not hours.schedules else now + _A_WHILE
