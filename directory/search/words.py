"""Which listings have these words: Whoosh, in this one file; no type of it leaves.

Documents stand in the order of the columns, so a document's number is its row. A matcher is
walked from candidate to candidate: a search near a place never reads the whole country.
Traps of Whoosh-Reloaded 2.7.5 (docs/decisions/0001): never Searcher.refresh(); its files hold
pickles, so an index from elsewhere is never opened: it is rebuilt from the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from whoosh import analysis, fields, index
from whoosh.query import And, Or, Term

from directory.text import terms

Rows = NDArray[np.int64]
Scores = NDArray[np.float64]

MAX_TERMS: Final = 12  # a person's words; more is an attack or a paste
MAX_LENGTH: Final = 300
NAME_BOOST: Final = 3.0
# Function words of English and Spanish: they are in every sentence and name no service.
_EMPTY: Final = frozenset(
    terms(
        "a an and are at by for from i in is it me my near of on or our the this to we with you your "
        "am can do need needs want looking where find get help please some any near close "
        "al ante con de del el en es la las lo los mi para por que su un una y necesito busco donde"
    )
)


def query_terms(text: str) -> tuple[str, ...]:
    """The terms of a query that say something, each once, at most MAX_TERMS."""
    said = [term for term in terms(text[:MAX_LENGTH]) if term not in _EMPTY]
    return tuple(dict.fromkeys(said))[:MAX_TERMS]


def write(folder: Path, texts: Iterable[tuple[list[str], list[str]]]) -> None:
    """An index of texts, each the terms of its (name, body), in this order, as one segment."""
    kept = fields.TEXT(analyzer=analysis.SpaceSeparatedTokenizer(), phrase=False, spelling=False)
    schema = fields.Schema(name=kept, body=kept)
    folder.mkdir(parents=True)
    writer = index.create_in(str(folder), schema).writer(limitmb=128)
    for name, body in texts:
        writer.add_document(name=" ".join(name), body=" ".join(body))
    writer.commit(optimize=True)


class Words:
    """One opened index. Safe to share between threads; never refreshed, only replaced."""

    def __init__(self, folder: Path) -> None:
        self._searcher = index.open_dir(str(folder), readonly=True).searcher()

    def close(self) -> None:
        self._searcher.close()

    def __len__(self) -> int:
        return int(self._searcher.doc_count_all())

    def matching(self, words: tuple[str, ...], rows: Rows | None, *, any_word: bool) -> tuple[Rows, Scores]:
        """The rows that have all (or any) of the words, ascending, with scores.

        `rows` (ascending): look only at these; their scores are 0 (nearness decides there).
        """
        if not words or not len(self):
            return np.empty(0, np.int64), np.empty(0)
        query = _query(words, any_word=any_word)
        if rows is None:
            return _all(query.matcher(self._searcher))
        matcher = query.matcher(self._searcher, context=self._searcher.boolean_context())
        found = _among(matcher, rows)
        return found, np.zeros(len(found))


def _query(words: tuple[str, ...], *, any_word: bool) -> Any:
    each = [Or([Term("name", word, boost=NAME_BOOST), Term("body", word)]) for word in words]
    return (Or if any_word else And)(each).normalize()


def _all(matcher: Any) -> tuple[Rows, Scores]:
    rows, scores = [], []
    while matcher.is_active():
        rows.append(matcher.id())
        scores.append(matcher.score())
        matcher.next()
    return np.array(rows, np.int64), np.array(scores, np.float64)


def _among(matcher: Any, rows: Rows) -> Rows:
    found = []
    for row in rows.tolist():
        if not matcher.is_active():
            break
        if matcher.id() < row:
            matcher.skip_to(row)
        if matcher.is_active() and matcher.id() == row:
            found.append(row)
    return np.array(found, np.int64)
