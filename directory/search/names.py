"""Names, whole: which listings are called exactly this. A key is a hash of a name's stems."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from directory.model import Listing
from directory.search import analysis
from directory.search.columns import mapped
from directory.search.distinct import distinct

Rows = NDArray[np.int64]


def name_key(text: str) -> int:
    """The same number for names of the same words, in any order and form; 0 for no words."""
    said = sorted({terms[0] for terms in analysis.places(text)})
    return int.from_bytes(blake2b(" ".join(said).encode(), digest_size=8).digest()) if said else 0


_key_of_name = lru_cache(maxsize=50_000)(name_key)  # of listings, not of what is asked


def names_of(listing: Listing) -> list[str]:
    """What a listing is called: its service, its organization, its place."""
    service, organization, location = listing.service, listing.organization, listing.location
    said = (service.name, service.alternate_name, organization.name, organization.alternate_name,
            location.name, location.alternate_name)  # fmt: skip
    return list(dict.fromkeys(filter(None, said)))


@dataclass(frozen=True, slots=True)
class Names:
    """Keys ascending, and the row of each."""

    keys: NDArray[np.uint64]
    rows: NDArray[np.uint32]

    def rows_of(self, text: str) -> Rows:
        """The rows that are called exactly this, ascending."""
        key = np.array([name_key(text)], np.uint64)
        low, high = self.keys.searchsorted(key)[0], self.keys.searchsorted(key, side="right")[0]
        return distinct(self.rows[low:high]).astype(np.int64)


class NameCollector:
    """Takes the names of one listing after the other."""

    def __init__(self) -> None:
        self._keys, self._numbers = array("Q"), array("L")

    def add(self, number: int, said: Iterable[str]) -> None:
        for name in said:
            if key := _key_of_name(name):
                self._keys.append(key)
                self._numbers.append(number)

    def names(self, order: Rows) -> Names:
        """`order`: for each row, which of the listings it is, as they were added."""
        row_of = np.empty(len(order), np.uint32)
        row_of[order] = np.arange(len(order), dtype=np.uint32)
        keys = np.array(self._keys, np.uint64)
        rows = row_of[np.array(self._numbers, np.int64)]
        sequence = np.argsort(keys, kind="stable")
        return Names(keys[sequence], rows[sequence])


def save(names: Names, folder: Path) -> None:
    np.save(folder / "name_keys.npy", names.keys)
    np.save(folder / "name_rows.npy", names.rows)


def load(folder: Path) -> Names:
    """OSError or ValueError: it is broken."""
    return Names(mapped(folder / "name_keys.npy"), mapped(folder / "name_rows.npy"))
