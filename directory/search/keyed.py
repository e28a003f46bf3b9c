"""Keys that listings have, some of them many and some none, and the rows that have each: two arrays."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from directory.search.columns import mapped
from directory.search.distinct import distinct

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Keyed:
    """Keys ascending, and the row of each."""

    keys: NDArray[np.uint64]
    rows: NDArray[np.uint32]

    def span(self, first: int, last: int) -> slice:
        """Where the keys from the first to the last of these stand."""
        # One array of the keys' own kind: numpy would make floats of all keys to compare them with an int.
        ends = np.array([first, last], np.uint64)
        return slice(int(self.keys.searchsorted(ends[0])), int(self.keys.searchsorted(ends[1], side="right")))

    def rows_of(self, first: int, last: int) -> Rows:
        """The rows that have a key from the first to the last of these, ascending, each once."""
        return distinct(self.rows[self.span(first, last)]).astype(np.int64)


class Collector:
    """Takes the keys of one listing after the other."""

    def __init__(self) -> None:
        self._keys, self._numbers = array("Q"), array("L")

    def add(self, number: int, keys: Iterable[int]) -> None:
        for key in keys:
            self._keys.append(key)
            self._numbers.append(number)

    def keyed(self, order: Rows) -> Keyed:
        """`order`: for each row, which of the listings it is, as they were added."""
        row_of = np.empty(len(order), np.uint32)
        row_of[order] = np.arange(len(order), dtype=np.uint32)
        keys = np.array(self._keys, np.uint64)
        rows = row_of[np.array(self._numbers, np.int64)]
        sequence = np.argsort(keys, kind="stable")
        return Keyed(keys[sequence], rows[sequence])


def save(keyed: Keyed, folder: Path, name: str) -> None:
    np.save(folder / f"{name}_keys.npy", keyed.keys)
    np.save(folder / f"{name}_rows.npy", keyed.rows)


def load(folder: Path, name: str) -> Keyed:
    """OSError or ValueError: it is broken."""
    keyed = Keyed(mapped(folder / f"{name}_keys.npy"), mapped(folder / f"{name}_rows.npy"))
    if len(keyed.keys) != len(keyed.rows):
        raise ValueError(f"{name}: not a row for every key")
    return keyed
