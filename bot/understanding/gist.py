"""What a text is likely about, learnt from example messages: data/examples/<language>.csv.

The rules see what they name, and give a reason; this sees what is said in other words. One logistic
regression per label over words, pairs of words and parts of words; `learn.py` makes the weights.
Why both: docs/decisions/0013.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import regex

from bot.understanding.digest import digest

log: Final = logging.getLogger(__name__)
FOLDER: Final = "examples"
# Labels that stand for many: any kind of danger, any need.
DANGER: Final = "danger"
NEED: Final = "need"
BUCKETS: Final = 2**15
_PAIR: Final = 2
_SYLLABLES: Final = 4  # a Han character or a Korean syllable is a word to us: longer runs make words
_PARTS: Final = (3, 4, 5)
_SYLLABLE: Final = regex.compile(r"[\p{Han}\p{Hangul}]")
# A text tells all it can in this many words.
MOST_WORDS: Final = 120
# Of a text in another language, or of names, nothing is learnt.
KNOWN_SHARE: Final = 0.4


def features(words: Sequence[str]) -> Iterator[str]:
    """What a text tells by: its words, words side by side, and parts of words.

    >>> sorted(features(("wont", "wake")))[:6]
    ['^ wont', 'wake', 'wake $', 'wont', 'wont wake', '~<wa']
    """
    yield from words
    framed = ("^", *words, "$")
    yield from (f"{one} {two}" for one, two in pairwise(framed))
    syllables = [word if _SYLLABLE.fullmatch(word) else "" for word in words]
    for size in range(_PAIR + 1, _SYLLABLES + 1):
        for start in range(len(words) - size + 1):
            if all(run := syllables[start : start + size]):
                yield " ".join(run)
    for word in words:
        yield from _parts(word)


def _parts(word: str) -> Iterator[str]:
    if len(word) >= _PARTS[0] and not word.isdigit():
        closed = f"<{word}>"
        for size in _PARTS:
            yield from (f"~{closed[i : i + size]}" for i in range(len(closed) - size + 1))


def numbers(features: Iterable[str]) -> list[int]:
    return [zlib.crc32(feature.encode()) for feature in features]


def buckets(words: Sequence[str]) -> npt.NDArray[np.int64]:
    """The numbers of a text's features, each once; two features may share a number."""
    return np.array(sorted({number % BUCKETS for number in numbers(features(words))}), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Gist:
    """Weights of one language: table[bucket, label] * scale[label], and a bias for each label."""

    labels: tuple[str, ...]
    table: npt.NDArray[np.int8]
    scale: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    known: frozenset[int]  # the numbers of the words of the examples
    learnt_from: str  # a digest of the examples

    def __call__(self, words: Sequence[str]) -> Mapping[str, float]:
        """How likely each label is, 0 to 1, each by itself; nothing for a text of which it knows
        too few words to tell."""
        words = words[:MOST_WORDS]
        if not words or sum(n in self.known for n in numbers(words)) < KNOWN_SHARE * len(words):
            return {}
        there = buckets(words)
        total = self.table[there].sum(axis=0, dtype=np.int32) * self.scale / np.sqrt(there.size)
        likely = 1 / (1 + np.exp(-(total + self.bias)))
        return dict(zip(self.labels, likely.tolist(), strict=True))

    def write(self, path: Path) -> None:
        np.savez_compressed(
            path,
            labels=np.array(self.labels),
            table=self.table,
            scale=self.scale,
            bias=self.bias,
            known=np.array(sorted(self.known), dtype=np.uint32),
            learnt_from=np.array(self.learnt_from),
        )

    @classmethod
    def read(cls, path: Path) -> Gist:
        with np.load(path, allow_pickle=False) as held:
            return cls(
                tuple(held["labels"].tolist()),
                held["table"],
                held["scale"],
                held["bias"],
                frozenset(held["known"].tolist()),
                str(held["learnt_from"]),
            )


def of_need(code: str) -> str:
    """The label of examples that ask for a need."""
    return f"{NEED}:{code}"


def code_of(label: str) -> str:
    """The need of a label; empty if it is of none."""
    return label.removeprefix(f"{NEED}:") if label.startswith(f"{NEED}:") else ""


def gists(folder: Path) -> dict[str, Gist]:
    """The weights of every language that has some. Warns of those that its examples outgrew."""
    found = {path.stem: Gist.read(path) for path in sorted(folder.glob("*.npz"))}
    for language, gist in found.items():
        path = folder / f"{language}.csv"
        if path.is_file() and digest([path]) != gist.learnt_from:
            log.warning("%s changed since it was learnt from; run: make learn", path)
    return found


def together(
    read: Mapping[str, Sequence[str]], scores: Mapping[str, float], gists: Mapping[str, Gist]
) -> dict[str, float]:
    """What a text is likely about. `read`: its words as each language reads it that is taken for
    likely; each tells as far as it is (`scores`)."""
    told = [(scores[code], gists[code](words)) for code, words in read.items() if code in gists]
    whole = sum(likely for likely, labels in told if labels)
    found: dict[str, float] = {}
    for likely, labels in told:
        for label, share in labels.items():
            found[label] = found.get(label, 0.0) + share * likely / whole
    return found
