"""How long one search may take: a question made to be slow gets less than all, and is told so."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final

BUDGET: Final = 1.0  # seconds; the slowest of benchmarks/widest.py takes 0.6 at a million services


class Patience:
    """The time of one search. Steps that can be left out ask `is_spent` before they begin; each is bounded
    by the size of the directory, and none is cut in its middle."""

    def __init__(self, seconds: float = BUDGET, timer: Callable[[], float] = monotonic) -> None:
        self._timer, self._end = timer, timer() + seconds
        self.left_out = False

    def is_spent(self) -> bool:
        """Whether the time is over; whoever is told so stops there, and there may have been more."""
        self.left_out = self.left_out or self._timer() > self._end
        return self.left_out
