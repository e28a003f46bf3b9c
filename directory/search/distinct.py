"""Each number once. Sorting is far quicker than numpy's own `unique`, which hashes (numpy 2.3 and on)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

_AT_ONCE: Final = 512


def distinct(numbers: NDArray[Any]) -> NDArray[Any]:
    """Each once, ascending."""
    ordered = np.sort(numbers)
    return ordered[_begins(ordered)]


def merged(lists: Sequence[Numbers]) -> Numbers:
    """What stands in any of some lists, each once, ascending. A list by itself is taken to be so."""
    if len(lists) == 1:
        return lists[0]
    return distinct(np.concatenate(lists)) if lists else np.empty(0, np.int64)


def count(numbers: NDArray[Any]) -> int:
    """How many different ones."""
    return int(_begins(np.sort(numbers)).sum())


def firsts(numbers: Numbers, most: int) -> Numbers:
    """Where each number stands first, at most so many, in the order they come."""
    seen: set[int] = set()
    found: list[int] = []
    for start in range(0, len(numbers), _AT_ONCE):
        for at, number in enumerate(numbers[start : start + _AT_ONCE].tolist(), start):
            if number not in seen:
                seen.add(number)
                found.append(at)
        if len(found) >= most:
            break
    return np.array(found[:most], np.int64)


def _begins(ordered: NDArray[Any]) -> NDArray[np.bool_]:
    begins = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=begins[1:])
    return begins
