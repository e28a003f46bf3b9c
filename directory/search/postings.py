"""Which listings have which terms, and where in their texts: arrays that lie on disk and are mapped.

One number per occurrence, sorted once, holds everything while an index is built: term, row, field
and place. Whoosh writes a thousand listings a second and reads nine microseconds a posting; these
arrays are its index instead (words.py), so that its queries run on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from directory.search import analysis
from directory.search.columns import mapped

Rows = NDArray[np.int64]

# The fields of a listing, from the most telling to the least.
NAME, CATEGORY, KEYWORD, TEXT = range(4)
WEIGHTS: Final = (3.0, 2.5, 1.5, 1.0)
# What a posting's mark (a bit per field) weighs: as much as the best field that has the word.
WEIGHT_OF_MARK: Final = np.array(
    [max((WEIGHTS[f] for f in range(4) if mark >> f & 1), default=0.0) for mark in range(16)]
)
_PLACE_BITS, _FIELD_BITS, _ROW_BITS = 14, 2, 24
_ROW: Final = _PLACE_BITS + _FIELD_BITS
_TERM: Final = _ROW + _ROW_BITS
LAST_PLACE: Final = (1 << _PLACE_BITS) - 2
MOST_ROWS: Final = 1 << _ROW_BITS

Texts = tuple[Sequence[str], ...]  # by field, the texts of a listing


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Terms of some listings. `terms`: each once, in order of arrival; `forms`: how a name or a
    category writes it; `packed`: term | row | field | place."""

    terms: list[str]
    forms: list[str]
    packed: NDArray[np.uint64]


class Collector:
    """Takes the texts of one listing after the other."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._forms: list[str] = []
        self._packed: list[int] = []
        self._done: list[NDArray[np.uint64]] = []

    def add(self, row: int, texts: Texts) -> None:
        for field, said in enumerate(texts):
            start = (row << _ROW) | (field << _PLACE_BITS)
            place = 0
            for text in said:
                place = self._take(text, start, place, told=field <= CATEGORY) + 1
        if len(self._packed) > 500_000:
            self._pack()

    def _take(self, text: str, start: int, place: int, *, told: bool) -> int:
        """The terms of one text; gives the place after it."""
        found = analysis.words(text)
        language = analysis.language_of(found) if len(found) > 3 else "en"
        numbers, packed = self._numbers, self._packed
        for word in found:
            for terms in analysis.of_word(word, language):
                for term in terms:
                    number = numbers.get(term)
                    if number is None:
                        number = numbers[term] = len(numbers)
                        self._forms.append("")
                    if told and not self._forms[number]:
                        self._forms[number] = word
                    packed.append((number << _TERM) | start | place)
                place = min(place + 1, LAST_PLACE)
        return place

    def _pack(self) -> None:
        self._done.append(np.array(self._packed, np.uint64))
        self._packed.clear()

    def occurrences(self) -> Occurrences:
        self._pack()
        return Occurrences(list(self._numbers), self._forms, np.concatenate(self._done))


@dataclass(frozen=True, slots=True)
class Postings:
    """An inverted index: for each term the rows that have it, ascending, each with its mark.

    Posting p has its places in `places[first[p]:first[p + 1]]`, each with its field in the two
    highest bits.
    """

    terms: NDArray[np.bytes_]
    forms: NDArray[np.bytes_]
    offsets: NDArray[np.int64]
    rows: NDArray[np.uint32]
    marks: NDArray[np.uint8]
    first: NDArray[np.uint32]
    places: NDArray[np.uint16]

    def number(self, term: str) -> int:
        """Which term this is; -1 if no listing has it."""
        raw = np.bytes_(term.encode())
        at = int(np.searchsorted(self.terms, raw))
        return at if at < len(self.terms) and self.terms[at] == raw else -1

    def span(self, number: int) -> tuple[int, int]:
        """From where to where the postings of a term stand."""
        return int(self.offsets[number]), int(self.offsets[number + 1])

    def frequency(self, number: int) -> int:
        start, end = self.span(number)
        return end - start

    def beginning(self, prefix: str) -> range:
        """The numbers of the terms that begin so."""
        raw = prefix.encode()
        low, high = np.searchsorted(self.terms, np.array([raw, raw + b"\xff"]))
        return range(int(low), int(high))

    def places_of(self, posting: int) -> NDArray[np.uint16]:
        return self.places[int(self.first[posting]) : int(self.first[posting + 1])]


_ARRAYS: Final = tuple(f.name for f in fields(Postings))


def merged(pieces: Iterable[Occurrences], order: Rows) -> Postings:
    """The index of all pieces. `order`: for each row of the map, which added listing it is."""
    found = list(pieces)
    terms = sorted({term for piece in found for term in piece.terms}, key=str.encode)
    numbers = {term: number for number, term in enumerate(terms)}
    forms = [""] * len(terms)
    row_of = np.empty(len(order), np.uint64)
    row_of[order] = np.arange(len(order), dtype=np.uint64)
    packed = []
    for piece in found:
        for term, form in zip(piece.terms, piece.forms, strict=True):
            forms[numbers[term]] = forms[numbers[term]] or form
        packed.append(_renumbered(piece, numbers, row_of))
    everything = np.concatenate(packed) if packed else np.empty(0, np.uint64)
    everything.sort()
    # Each occurrence once: the words of a text without end share LAST_PLACE.
    once = np.ones(len(everything), np.bool_)
    np.not_equal(everything[1:], everything[:-1], out=once[1:])
    everything = everything[once]
    return _cut(everything, terms, forms)


def _renumbered(
    piece: Occurrences, numbers: dict[str, int], row_of: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    of_term = np.array([numbers[term] for term in piece.terms], np.uint64)
    term = of_term[(piece.packed >> np.uint64(_TERM)).astype(np.int64)] if len(piece.packed) else piece.packed
    row = row_of[((piece.packed >> np.uint64(_ROW)) & np.uint64(MOST_ROWS - 1)).astype(np.int64)]
    place = piece.packed & np.uint64((1 << _ROW) - 1)
    found: NDArray[np.uint64] = (term << np.uint64(_TERM)) | (row << np.uint64(_ROW)) | place
    return found


def _cut(packed: NDArray[np.uint64], terms: list[str], forms: list[str]) -> Postings:
    """The arrays of an index from its sorted occurrences."""
    which = packed >> np.uint64(_ROW)  # term and row: a posting
    new = np.empty(len(packed), np.bool_)
    new[:1] = True
    np.not_equal(which[1:], which[:-1], out=new[1:])
    first = np.flatnonzero(new)
    postings = which[first]
    places = (packed & np.uint64((1 << _ROW) - 1)).astype(np.uint16)
    bits = (np.uint8(1) << (places >> _PLACE_BITS).astype(np.uint8)).astype(np.uint8)
    marks = np.bitwise_or.reduceat(bits, first) if len(first) else np.empty(0, np.uint8)
    of_term = (postings >> np.uint64(_ROW_BITS)).astype(np.int64)
    return Postings(
        terms=np.array([term.encode() for term in terms] or [b""], dtype=f"S{analysis.LONGEST}")[
            : len(terms)
        ],
        forms=_bytes(forms),
        offsets=np.searchsorted(of_term, np.arange(len(terms) + 1)),
        rows=(postings & np.uint64(MOST_ROWS - 1)).astype(np.uint32),
        marks=marks,
        first=np.append(first, len(packed)).astype(np.uint32),
        places=places,
    )


def _bytes(texts: list[str]) -> NDArray[np.bytes_]:
    raw = [text.encode() for text in texts]
    kept = [each if len(each) <= analysis.LONGEST else b"" for each in raw]
    return np.array(kept or [b""], dtype=f"S{analysis.LONGEST}")[: len(kept)]


def save(postings: Postings, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(postings, name), allow_pickle=False)


def load(folder: Path) -> Postings:
    """The index in a folder. OSError or ValueError: it is broken."""
    found = Postings(**{name: mapped(folder / f"{name}.npy") for name in _ARRAYS})
    whole = len(found.offsets) == len(found.terms) + 1 == len(found.forms) + 1
    if not whole or len(found.first) != len(found.rows) + 1 or len(found.marks) != len(found.rows):
        raise ValueError("the word index is not whole")
    return found
