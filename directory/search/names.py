"""Names, whole: which listings are called exactly this. A key is a hash of a name's stems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from directory.model import Listing
from directory.search import analysis
from directory.search.keyed import Keyed, Rows


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


def keys_of(listing: Listing) -> Iterator[int]:
    """The keys of what a listing is called."""
    return filter(None, map(_key_of_name, names_of(listing)))


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a segment."""

    keyed: Keyed

    def rows_of(self, text: str) -> Rows:
        """The rows that are called exactly this, ascending."""
        key = name_key(text)
        return self.keyed.rows_of(key, key)
