"""What a beginning may become: needs in the words people use, and names in the directory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from directory.needs import Needs
from directory.search import analysis
from directory.search.index import Index, Segment
from directory.search.names import names_of
from directory.search.postings import NAME
from directory.search.synonyms import NEED, Language, Sense, Synonyms, key_of
from directory.search.words import Clause
from directory.text import fold

Rows = NDArray[np.int64]

MOST_TERMS: Final = 30  # completions of the last word that are looked at, the commonest
MOST_ROWS: Final = 2_000  # of each
MOST_RECORDS: Final = 24  # read for their names
SHORTEST_NAME: Final = 3  # letters before names are looked for
MOST_NEEDS: Final = 3
_OF_LABEL: Final = 5  # votes, for a word of the label itself


class Suggestion(NamedTuple):
    """`kind`: need (with its code) or name (the words to search for)."""

    kind: str
    text: str
    code: str = ""


class Suggester:
    def __init__(self, index: Index, needs: Needs, synonyms: Synonyms) -> None:
        self._index, self._needs, self._synonyms = index, needs, synonyms

    def suggest(self, text: str, language: str = "", most: int = 8) -> list[Suggestion]:
        words = analysis.words(text[:100])[:8]
        if not words:
            return []
        needs = self._of_needs(words, language)[:MOST_NEEDS]
        found = [Suggestion("need", self._needs.label(code), code) for code in needs]
        if len(fold(words[-1])) >= SHORTEST_NAME or len(words) > 1:
            found += [Suggestion("name", name) for name in self._of_names(words)]
        return found[:most]

    def _of_needs(self, words: list[str], language: str) -> list[str]:
        """Codes of needs whose label or phrases have a word that begins so, the likeliest first."""
        keys, last = [key_of(word) for word in words[:-1]], fold(words[-1])
        scores: Counter[str] = Counter()
        for need in self._needs.needs:
            if _begins(analysis.words(need.label), keys, last):
                scores[need.code] += _OF_LABEL
        known = self._synonyms.languages
        for tag in dict.fromkeys((language, "en", *known)):
            if scores and last.isascii() and tag not in (language, "en"):
                break  # other languages only when these have nothing
            if tag in known and len(last) > 1:
                scores.update(_votes(known[tag], keys, last))
            if tag in known and not last.isascii():
                letters = known[tag].letters.items()
                scores.update(
                    _codes(senses)[0] for said, senses in letters if said.startswith(last) and _codes(senses)
                )
        return [code for code, _ in scores.most_common()]

    def _of_names(self, words: list[str]) -> list[str]:
        """Names that have all the words and one that begins like the last, of the commonest words first."""
        wanted = [fold(word) for word in words]
        found: dict[str, str] = {}
        for segment in self._index.segments:
            for listing in segment.listings(self._rows(segment, words)[:MOST_RECORDS]):
                for name in names_of(listing):
                    own = [fold(word) for word in analysis.words(name)]
                    if all(any(mine.startswith(word) for mine in own) for word in wanted):
                        found.setdefault(" ".join(own), name)
        return sorted(found.values(), key=lambda name: not fold(name).startswith(wanted[0]))

    def _rows(self, segment: Segment, words: list[str]) -> list[int]:
        postings = segment.words.postings
        last = fold(words[-1])
        near = postings.beginning(last)
        is_word = postings.forms[near.start : near.stop] != b""
        common = np.diff(postings.offsets[near.start : near.stop + 1]) * is_word
        commonest = np.argsort(-common, kind="stable")[:MOST_TERMS]
        lists = []
        for number in (near.start + commonest[common[commonest] > 0]).tolist():
            start, end = postings.span(number)
            named = postings.marks[start:end][:MOST_ROWS] & (1 << NAME)
            lists.append(postings.rows[start:end][:MOST_ROWS][named > 0].astype(np.int64))
        if not lists:
            return []
        rows, first = np.unique(np.concatenate(lists), return_index=True)
        for word in words[:-1]:
            both = self._has(segment, word, rows)
            rows, first = rows[both], first[both]
        return [int(row) for row in rows[np.argsort(first)] if segment.alive[row]]

    def _has(self, segment: Segment, word: str, rows: Rows) -> NDArray[np.bool_]:
        clause = Clause(tuple((term, 1.0) for place in analysis.of_word(word) for term in place))
        return segment.words.weighed([clause], rows).count > 0


def _votes(known: Language, keys: list[str], last: str) -> Counter[str]:
    """For each need how many of its phrases begin so; short ones, and first words, count more."""
    scores: Counter[str] = Counter()
    for phrase, senses in known.phrases.items():
        if _begins(phrase, keys, last):
            worth = 10 if phrase[0].startswith(last) else 1
            for code in _codes(senses)[:1]:
                scores[code] += worth // len(phrase) or 1
    return scores


def _codes(senses: Sequence[Sense]) -> list[str]:
    return [code for sense in senses if sense.kind == NEED for code in sense.means]


def _begins(own: tuple[str, ...] | list[str], keys: list[str], last: str) -> bool:
    """Do these words hold all the keys, and one that begins like the last?"""
    return set(keys) <= set(own) and any(word.startswith(last) for word in own)
