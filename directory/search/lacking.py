"""Which of the words that were looked for are not there: in one listing, or in all that was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import regex

from directory.search.finding import Found
from directory.search.index import Index, Segment
from directory.search.words import Clause


def told(clauses: Iterable[Clause], text: str) -> tuple[str, ...]:
    """Clauses as they stand in the text."""
    return tuple(dict.fromkeys(_as_typed(clause.said, text) for clause in clauses if clause.said))


def _as_typed(said: str, text: str) -> str:
    """Words were read in small letters; a name is told back as it was written."""
    found = regex.search(regex.escape(said), text, regex.IGNORECASE)
    return found[0] if found else said


def of_row(segment: Segment, row: int, clauses: Sequence[Clause]) -> list[Clause]:
    """What one listing lacks."""
    rows = np.array([row])
    return [clause for clause in clauses if not segment.words.weighed((clause,), rows).count[0]]


def of_all(index: Index, found: Found, clauses: Sequence[Clause]) -> list[Clause]:
    """What nothing of what was found has."""
    rows = [np.sort(found.row[found.segment == number]) for number in range(len(index.segments))]
    parts = list(zip(index.segments, rows, strict=True))
    return [
        clause
        for clause in clauses
        if not any(segment.words.weighed((clause,), mine).count.any() for segment, mine in parts)
    ]
