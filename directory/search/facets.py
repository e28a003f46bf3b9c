"""What else could be asked for among what was found, and how many would answer it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from directory.access import ACCESS
from directory.answers import Facet, Openness
from directory.filters import FILTERS, OPEN_NOW, YES
from directory.medications import MEDICATIONS
from directory.search.finding import Found
from directory.search.index import Index, Segment
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
    for code in sorted({code for each in index.segments for code in each.columns.facts.language_codes}):
        count = sum(_speaking(segment, found.row[found.segment == number], code)
                    for number, segment in enumerate(index.segments))  # fmt: skip
        yield Facet("language", code, count, len(found) - count)


def _speaking(segment: Segment, rows: NDArray[np.int64], code: str) -> int:
    """In how many rows the filter for a language finds it."""
    answers = FILTERS["language"].answers(segment.columns, rows, code, date.min)
    return int((answers == YES).sum())


def _bit_counts(bits: NDArray[Any], width: int) -> list[int]:
    """For each bit, in how many values it is set."""
    little = bits.astype(bits.dtype.newbyteorder("<")).view(np.uint8).reshape(len(bits), bits.dtype.itemsize)
    counts: list[int] = np.unpackbits(little, axis=1, bitorder="little").sum(axis=0).tolist()
    return counts[:width]
