"""What else could be asked for among what was found, and how many would answer it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from directory.access import ACCESS
from directory.answers import Facet, Openness
from directory.filters import OPEN_NOW
from directory.medications import MEDICATIONS
from directory.search.finding import Found
from directory.search.index import Index
from directory.search.openings import OPENNESS_ORDER


def facets(index: Index, found: Found, now: datetime) -> tuple[Facet, ...]:
    """Counts by need, answer, medicine, language and opening; what nobody answers is left out."""
    return tuple(facet for facet in _all(index, found, now) if facet.yes)


def _all(index: Index, found: Found, now: datetime) -> Iterator[Facet]:
    facts, total = index.segments[0].columns.facts, len(found)
    needs = _bit_counts(found.values(index, "needs"), len(facts.need_codes))
    yield from (Facet("need", code, count) for code, count in zip(facts.need_codes, needs, strict=True))
    yes = _bit_counts(found.values(index, "says_yes"), len(ACCESS))
    no = _bit_counts(found.values(index, "says_no"), len(ACCESS))
    for key, said, refused in zip(ACCESS, yes, no, strict=True):
        unknown = total - said - refused
        yield Facet(key, "yes", said, unknown)
        yield Facet(key, "no", refused, unknown)
    given = _bit_counts(found.values(index, "medications"), len(MEDICATIONS))
    yield from (
        Facet("medication", code, count, total - count)
        for code, count in zip(MEDICATIONS, given, strict=True)
    )
    yield from _languages(index, found)
    openness = np.bincount(found.openness(index, now), minlength=len(OPENNESS_ORDER))
    by_state = dict(zip(OPENNESS_ORDER, openness.tolist(), strict=True))
    yield Facet(OPEN_NOW, "yes", by_state[Openness.OPEN], by_state[Openness.UNKNOWN])


def _languages(index: Index, found: Found) -> Iterator[Facet]:
    # Each segment numbers the languages by itself.
    counts: dict[str, int] = {}
    for number, segment in enumerate(index.segments):
        codes = segment.columns.facts.language_codes
        spoken = segment.columns.languages[found.row[found.segment == number]]
        for code, count in zip(codes, _bit_counts(spoken, len(codes)), strict=True):
            counts[code] = counts.get(code, 0) + count
    yield from (Facet("language", code, counts[code], len(found) - counts[code]) for code in sorted(counts))


def _bit_counts(bits: NDArray[Any], width: int) -> list[int]:
    """For each bit, in how many values it is set."""
    little = bits.astype(bits.dtype.newbyteorder("<")).view(np.uint8).reshape(len(bits), bits.dtype.itemsize)
    counts: list[int] = np.unpackbits(little, axis=1, bitorder="little").sum(axis=0).tolist()
    return counts[:width]
