"""What a text is likely about, learnt from example messages: data/examples/<language>.csv.

The rules see what they name, and give a reason; this sees what is said in other words. One logistic
regression per label over words, words side by side and runs of letters, and for dangers a small network
over the same; `learn.py` makes the weights. Why all of them: docs/decisions/0013.
"""

from __future__ import annotations

import logging
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import regex

from bot.model import Danger
from bot.understanding.network import Network
from directory.digest import digest

log: Final = logging.getLogger(__name__)
FOLDER: Final = "examples"
# What is written in the one teaches the other. (Hindi and Urdu in Latin letters do not: 0013.)
KIN: Final = {"zh-Hans": "zh-Hant", "zh-Hant": "zh-Hans"}
# Labels that stand for many: any kind of danger, any need.
DANGER: Final = "danger"
NEED: Final = "need"
_KINDS: Final = tuple(kind.value for kind in Danger)
_TRIPLE: Final = 3
_SYLLABLES: Final = 4  # a Han character or a Korean syllable is a word to us: longer runs make words
_RUNS: Final = (3, 4, 5)
_SYLLABLE: Final = regex.compile(r"[\p{Han}\p{Hangul}]")
# A text tells all it can in this many words.
MOST_WORDS: Final = 120
# One word is told by the lexicons or not at all.
FEWEST: Final = 2
# Of a text in another language, or of names, nothing is learnt.
KNOWN_SHARE: Final = 0.4


def features(words: Sequence[str]) -> Iterator[str]:
    """What a text tells by: its words, two and three words side by side, and runs of its letters, also
    across words.

    >>> sorted(features(("wont", "go")))[:9]
    ['^ wont', '^ wont go', 'go', 'go $', 'wont', 'wont go', 'wont go $', '~_go', '~_go_']
    """
    yield from words
    framed = ("^", *words, "$")
    yield from (f"{one} {two}" for one, two in pairwise(framed))
    yield from (" ".join(framed[start : start + _TRIPLE]) for start in range(len(words)))
    syllables = [word if _SYLLABLE.fullmatch(word) else "" for word in words]
    for start in range(len(words) - _SYLLABLES + 1):
        if all(run := syllables[start : start + _SYLLABLES]):
            yield " ".join(run)
    spelt = f"_{'_'.join(word for word in words if not _SYLLABLE.fullmatch(word))}_"
    for size in _RUNS:
        yield from (f"~{spelt[start : start + size]}" for start in range(len(spelt) - size + 1))


def numbers(features: Iterable[str]) -> list[int]:
    return [zlib.crc32(feature.encode()) for feature in features]


@dataclass(frozen=True, slots=True)
class Gist:
    """Weights of one language: table[row, column] * scale[column] for the feature whose number stands
    in `numbers[row]`, and a bias for each column: the labels, then the units of the network."""

    labels: tuple[str, ...]
    numbers: npt.NDArray[np.uint32]  # of features, ascending
    table: npt.NDArray[np.int8]
    scale: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    network: Network
    known: frozenset[int]  # the numbers of the words of the examples
    learnt_from: str  # a digest of the examples

    def __call__(self, words: Sequence[str]) -> Mapping[str, float]:
        """How likely each label is, 0 to 1, each by itself; nothing for a text of which it knows
        too few words to tell."""
        words = words[:MOST_WORDS]
        if len(words) < FEWEST or sum(n in self.known for n in numbers(words)) < KNOWN_SHARE * len(words):
            return {}
        there = rows(words, self.numbers)
        total = self.table[there].sum(axis=0, dtype=np.int32) * self.scale / np.sqrt(max(1, there.size))
        told, units = np.split(total + self.bias, [len(self.labels)])
        likely = dict(zip(self.labels, (1 / (1 + np.exp(-told))).tolist(), strict=True))
        return likely | _between(likely, _dangers(self.network(units)))

    def write(self, path: Path) -> None:
        np.savez_compressed(
            path,
            labels=np.array(self.labels),
            numbers=self.numbers,
            table=self.table,
            scale=self.scale,
            bias=self.bias,
            network_labels=np.array(self.network.labels),
            network_outward=self.network.outward,
            network_bias=self.network.bias,
            known=np.array(sorted(self.known), dtype=np.uint32),
            learnt_from=np.array(self.learnt_from),
        )

    @classmethod
    def read(cls, path: Path) -> Gist:
        with np.load(path, allow_pickle=False) as held:
            return cls(
                tuple(held["labels"].tolist()),
                held["numbers"],
                held["table"],
                held["scale"],
                held["bias"],
                Network(
                    tuple(held["network_labels"].tolist()), held["network_outward"], held["network_bias"]
                ),
                frozenset(held["known"].tolist()),
                str(held["learnt_from"]),
            )


def _dangers(told: Mapping[str, float]) -> dict[str, float]:
    """What the network says of each kind of danger, and of any."""
    kinds = {kind: told[kind] for kind in _KINDS if kind in told}
    return {DANGER: sum(kinds.values()), **kinds}


def _between(some: Mapping[str, float], others: Mapping[str, float]) -> dict[str, float]:
    """The mean of two opinions, in log-odds, on what both have one of."""
    both = some.keys() & others.keys()
    return {key: _share((log_odds(some[key]) + log_odds(others[key])) / 2) for key in both}


def log_odds(share: float) -> float:
    share = min(max(share, 1e-9), 1 - 1e-9)
    return math.log(share / (1 - share))


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def rows(words: Sequence[str], known: npt.NDArray[np.uint32]) -> npt.NDArray[np.intp]:
    """Where a text's features stand among known ones, each once."""
    said = np.array(sorted({*numbers(features(words))}), dtype=np.uint32)
    if not said.size or not known.size:
        return np.array([], dtype=np.intp)
    at = np.searchsorted(known, said).clip(max=known.size - 1)
    found: npt.NDArray[np.intp] = at[known[at] == said]
    return found


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
        if (own := teachers(folder, language)) and digest(own) != gist.learnt_from:
            log.warning("%s changed since it was learnt from; run: make learn", own[0])
    return found


def teachers(folder: Path, language: str) -> list[Path]:
    """The files of examples that a language is learnt from: its own first."""
    codes = (language, KIN.get(language, language))
    return [path for code in dict.fromkeys(codes) if (path := folder / f"{code}.csv").is_file()]


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
