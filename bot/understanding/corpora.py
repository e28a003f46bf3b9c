"""What languages are learnt from: our own words for them, and lines of everyday texting.

What was learnt is kept beside them (`learn`), since it takes seconds; a file that differs from what
it was learnt from is learnt anew, so a changed word counts at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.model import Intent
from bot.understanding.examples import examples
from bot.understanding.gist import FOLDER
from bot.understanding.identify import Identifier, bare, learnt, pieces
from bot.understanding.language import ENGLISH
from bot.understanding.lexicon import Line, spoken_words
from bot.understanding.tongue import Sources
from directory.digest import digest

SAMPLES: Final = "language_samples"
LEARNT: Final = "languages.npz"
# How often a word of a lexicon's hints counts, by its weight.
_HINTS: Final = {"": 6, "weak": 2}
# A word that the rules of this many languages have is a loan, and tells none.
_LOAN: Final = 4
# A greeting that this many languages' texters use is everybody's.
_COMMON: Final = 4


def identifier(sources: Sources, folder: Path) -> Identifier:
    """What tells the languages of the lexicons. A language without samples is learnt from its rules."""
    if (folder / LEARNT).is_file():
        kept = Identifier.read(folder / LEARNT)
        if kept.learnt_from == digest(_files(folder)):
            return kept
    return learnt_anew(sources, folder)


def learn(sources: Sources, folder: Path) -> None:
    """Learns, and keeps it for `identifier`."""
    learnt_anew(sources, folder).write(folder / LEARNT)


def _files(folder: Path) -> list[Path]:
    parts = ("lexicons/*.csv", "danger/*.csv", f"{SAMPLES}/*.txt", f"{FOLDER}/*.csv")
    return [path for part in parts for path in folder.glob(part)]


def learnt_anew(sources: Sources, folder: Path) -> Identifier:
    """The same, from the words that are there now; takes seconds."""
    rules = {code: list(_rules(sources, code)) for code in sources.languages}
    samples = {code: _samples(folder / SAMPLES / f"{code}.txt") for code in sources.languages}
    said = {code: _said(folder / FOLDER / f"{code}.csv", sources) for code in sources.languages}
    lines = {code: [*rules[code], *samples[code], *said[code]] for code in rules}
    return learnt(lines, _loans(sources, samples) | _hellos(sources, said), digest(_files(folder)))


def _rules(sources: Sources, code: str) -> Iterator[str]:
    for line in sources.lines:
        if line.language == code:
            yield from _lesson(line)
    if code in sources.dangers:
        yield from (row["example"] for row in sources.dangers[code].rows)


def _lesson(line: Line) -> Iterator[str]:
    if line.kind == "hint":
        yield from [line.phrase.replace("|", " ")] * _HINTS[line.value]
    elif line.kind == "spelling":
        yield line.phrase.replace("|", " ")
    elif line.kind in ("need", "intent", "yes", "no", "ordinal"):
        yield spoken_words(line.phrase)


def _samples(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []


def _hellos(sources: Sources, said: dict[str, list[str]]) -> frozenset[str]:
    """English greetings and answers that people of many languages use: "hi", "ok" alone tell none."""
    english = (x for x in sources.lines if x.language == ENGLISH)
    short = (x.phrase for x in english if x.value == Intent.GREETING or x.kind in ("yes", "no"))
    hellos = {bare(word) for phrase in short for word in _alone(phrase)}
    users = Counter(word for lines in said.values() for word in hellos & {*" ".join(lines).lower().split()})
    return frozenset(word for word, count in users.items() if count >= _COMMON)


def _alone(phrase: str) -> list[str]:
    """The words that are such a phrase by themselves: "hi|good_day [there]" -> hi."""
    first, *rest = phrase.split()
    return [w for w in first.split("|") if "_" not in w] if all(x.startswith("[") for x in rest) else []


def _said(path: Path, sources: Sources) -> list[str]:
    return [one.text for one in examples(path, sources.needs)] if path.is_file() else []


def _loans(sources: Sources, samples: dict[str, list[str]]) -> frozenset[str]:
    """Words that many languages' needs have and no language's everyday lines."""
    owners: Counter[str] = Counter()
    for code in sources.languages:
        lines = (x for x in sources.lines if x.language == code and x.kind in ("need", "vague", "mend"))
        owners.update({bare(word) for line in lines for word in pieces(spoken_words(line.phrase))})
    everyday = {bare(word) for lines in samples.values() for line in lines for word in pieces(line)}
    return frozenset(word for word, count in owners.items() if count >= _LOAN and word not in everyday)
