"""Which of our languages words are in: naive Bayes over letters and words, learnt from our own data.

The likelihoods come from the words and sentences under data/, each also without its accents, so a new
language teaches itself with its files. Why our own: docs/decisions/0012.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import regex

from bot.understanding.normalise import clean

LONGEST_GRAM: Final = 4
# A word as a whole tells more than its letters; letters overlap and would shout without a damper.
_WORD_WORTH: Final = 3
_DAMPER: Final = 3.0
_SMOOTH: Final = 0.3
_RAREST: Final = 3
# Likelihoods are kept in a byte each: down to e^-17.
STEP: Final = 1 / 15
_MOST_STEPS: Final = 255
RARELY: Final = 15  # steps: as likely as three times that
# A text tells all it can in this many words.
MOST_WORDS: Final = 80
_PIECE: Final = regex.compile(r"[\p{L}\p{M}\p{N}']+")
_ACCENT: Final = regex.compile(r"[\u0300-\u036f]")
_LETTER: Final = regex.compile(r"\p{L}")
_LATIN: Final = regex.compile(r"\p{Latin}")
_FEW_LATIN: Final = 0.7  # of what the middle language has

Scores = dict[str, float]


def pieces(text: str) -> list[str]:
    """The words of a text in small letters with their accents, numbers left out.

    >>> pieces("Kote m ka jwenn manje, 33130? Èske l ouvè")
    ['kote', 'm', 'ka', 'jwenn', 'manje', 'èske', 'l', 'ouvè']
    """
    low = clean(text).lower()
    found = (word.strip("'") for word in _PIECE.findall(low))
    return [word for word in found if _LETTER.search(word)][:MOST_WORDS]


def bare(word: str) -> str:
    """Without Latin accents: "đừng" -> "dung"."""
    if word.isascii():
        return word
    apart = _ACCENT.sub("", unicodedata.normalize("NFD", word)).translate(_BARS)
    return unicodedata.normalize("NFC", apart)


_BARS: Final = str.maketrans("łđ", "ld")


def grams(word: str) -> list[str]:
    """What a word tells by: its parts of up to four letters, and itself."""
    framed = f"_{word}_"
    sizes = range(1, LONGEST_GRAM + 1)
    parts = [framed[start : start + size] for size in sizes for start in range(len(framed) - size + 1)]
    return parts + [f"={word}"] * _WORD_WORTH


@dataclass(frozen=True, slots=True)
class Identifier:
    """`table[index[gram]]`: how unlikely a gram is in each of `languages`, -log p in steps of STEP."""

    languages: tuple[str, ...]
    index: Mapping[str, int]
    table: npt.NDArray[np.uint8]
    neutral: frozenset[str]  # words of so many languages that they tell none: "detox"
    learnt_from: str  # a digest
    unseen: npt.NDArray[np.uint8] = field(init=False)  # what the table holds for a gram a language never had

    def __post_init__(self) -> None:
        object.__setattr__(self, "unseen", self.table.max(axis=0, initial=0))

    def knows(self, word: str) -> bool:
        """Has any language this very word?"""
        return f"={word}" in self.index or f"={bare(word)}" in self.index

    def has(self, language: str, word: str) -> bool:
        """Has this language this very word? Not, if it is no likelier there than one never seen."""
        row, column = self.index.get(f"={word}"), self.languages.index(language)
        return row is not None and int(self.table[row, column]) + RARELY < int(self.unseen[column])

    def scores(self, words: Sequence[str], among: Sequence[str] | None = None) -> Scores:
        """The probability of each language (of `among`), the likeliest first; even if nothing tells."""
        columns = [self.languages.index(code) for code in among or self.languages]
        index = self.index
        rows = [index[gram] for word in words for gram in grams(word) if gram in index]
        total = self.table[rows][:, columns].sum(axis=0, dtype=np.int64) * (-STEP / _DAMPER)
        likely = np.exp(total - total.max())
        likely /= likely.sum()
        order = np.argsort(-likely, kind="stable")
        return {self.languages[columns[i]]: float(likely[i]) for i in order}

    def write(self, path: Path) -> None:
        grams = np.frombuffer("\n".join(self.index).encode(), dtype=np.uint8)
        neutral, languages = np.array(sorted(self.neutral)), np.array(self.languages)
        np.savez_compressed(
            path,
            languages=languages,
            grams=grams,
            table=self.table,
            neutral=neutral,
            learnt_from=np.array(self.learnt_from),
        )

    @classmethod
    def read(cls, path: Path) -> Identifier:
        with np.load(path, allow_pickle=False) as held:
            grams = held["grams"].tobytes().decode().split("\n")
            return cls(
                tuple(held["languages"].tolist()),
                {gram: row for row, gram in enumerate(grams)},
                held["table"],
                frozenset(held["neutral"].tolist()),
                str(held["learnt_from"]),
            )


def learnt(
    corpora: Mapping[str, Iterable[str]], neutral: frozenset[str] = frozenset(), learnt_from: str = ""
) -> Identifier:
    """An identifier from lines of each language."""
    languages = tuple(sorted(corpora))
    counts = [_counted(corpora[code]) for code in languages]
    seen: Counter[str] = Counter()
    for one in counts:
        seen.update(one)
    known = (gram for gram, times in seen.items() if times >= _RAREST)
    index = {gram: row for row, gram in enumerate(known)}
    table = np.full((len(index), len(languages)), _SMOOTH, dtype=np.float32)
    for column, one in enumerate(counts):
        found = [(index[gram], times) for gram, times in one.items() if gram in index]
        rows, times = (np.array(side, dtype=np.int64) for side in zip(*found, strict=True))
        table[rows, column] += times
    table = np.log(table) - np.log(_totals(index, counts) + _SMOOTH * len(index))
    steps = np.round(table / -STEP).clip(0, _MOST_STEPS).astype(np.uint8)
    return Identifier(languages, index, steps, neutral, learnt_from)


def _totals(index: Mapping[str, int], counts: Sequence[Counter[str]]) -> npt.NDArray[np.float64]:
    """Of how many grams each is one, by language. Latin letters are counted by themselves: what Hindi, Arabic
    or Russian also write in their own letters must not make them unlikely in Latin ones. Where a language
    has few of them (pinyin) they count as more: what was never seen there would seem likely."""
    latin = np.array([bool(_LATIN.search(gram)) for gram in index])
    in_latin = np.array([sum(n for gram, n in one.items() if _LATIN.search(gram)) for one in counts])
    every = np.array([one.total() for one in counts])
    in_latin = np.maximum(in_latin, np.minimum(every, _FEW_LATIN * np.median(in_latin)))
    return np.where(latin[:, None], in_latin, every)


def _counted(lines: Iterable[str]) -> Counter[str]:
    words: Counter[str] = Counter()
    for line in lines:
        said = pieces(line)
        words.update(said)
        words.update(map(bare, said))
    by_times: defaultdict[int, list[str]] = defaultdict(list)
    for word, times in words.items():
        by_times[times].append(word)
    found: Counter[str] = Counter()
    for times, some in by_times.items():
        for gram, count in Counter(chain.from_iterable(map(grams, some))).items():
            found[gram] += times * count
    return found
