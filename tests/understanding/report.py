"""How well texts are understood: `python -m tests.understanding.report [--misses]`.

Counts over the labelled messages beside this file. In them a cell "*" is not checked, "a|b" is
either, empty is none. Sealed messages were written before the rules and are never tuned on: their
misses are counted, not shown.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.model import Meaning
from bot.understanding import Reader
from tests.understanding.reader import reader as the_reader

HERE: Final = Path(__file__).parent
LANGUAGES: Final = tuple(sorted(path.stem for path in HERE.glob("*.csv")))
PARTS: Final = ("tuned", "sealed")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message and what it means. `wanted`: by column, the accepted values; none is not checked."""

    text: str
    wanted: dict[str, tuple[str, ...]]
    part: str


@dataclass(frozen=True, slots=True)
class Miss:
    text: str
    column: str
    wanted: tuple[str, ...]
    got: str


def labelled(language: str) -> list[Labelled]:
    with (HERE / f"{language}.csv").open(encoding="utf-8", newline="") as handle:
        return [_labelled(row) for row in csv.DictReader(handle)]


def _labelled(row: dict[str, str]) -> Labelled:
    wanted = {column: tuple(row[column].split("|")) for column in GOT if row[column] != "*"}
    return Labelled(row["text"], wanted, row["part"])


def _place(meaning: Meaning) -> str:
    place = meaning.place.told if meaning.place else None
    return place.zip or place.label if place else ""


GOT: Final[dict[str, Callable[[Meaning], str]]] = {
    "language": lambda meaning: meaning.language or "",
    "danger": lambda meaning: meaning.danger or "",
    "intent": lambda meaning: meaning.intent.value,
    "need": lambda meaning: meaning.likely_need or "",
    "zip_or_place": _place,
}


def misses(reader: Reader, messages: Iterable[Labelled]) -> list[Miss]:
    """Every checked column that came out otherwise."""
    found = []
    for message in messages:
        meaning = reader(message.text, None)
        for column, wanted in message.wanted.items():
            got = GOT[column](meaning)
            fits = got.split(",")[0] in wanted if column == "zip_or_place" else got in wanted
            if not fits:
                found.append(Miss(message.text, column, wanted, got))
    return found


@dataclass(frozen=True, slots=True)
class Score:
    """Of `total` messages that have the label, `right` came out so."""

    right: int
    total: int

    @property
    def share(self) -> float:
        return self.right / self.total if self.total else 1.0

    def __str__(self) -> str:
        return f"{self.right:4} of {self.total:4}  {self.share:6.1%}"


def scores(reader: Reader, messages: Sequence[Labelled]) -> dict[str, Score]:
    """danger: any danger seen where there is one. alarm-free: none seen where there is none.
    opt-out: opted out if and only if asked; the others: the column is right."""
    meanings = [(message, reader(message.text, None)) for message in messages]
    dangerous = [m for message, m in meanings if _danger(message)]
    calm = [m for message, m in meanings if message.wanted.get("danger") == ("",)]
    found = {
        "danger": Score(sum(m.danger is not None for m in dangerous), len(dangerous)),
        "alarm-free": Score(sum(m.danger is None for m in calm), len(calm)),
        "opt-out": _opt_out(meanings),
    }
    for column, got in GOT.items():
        checked = [(message.wanted[column], got(m)) for message, m in meanings if column in message.wanted]
        found[column if column != "danger" else "which danger"] = Score(
            sum(
                value.split(",")[0] in wanted if column == "zip_or_place" else value in wanted
                for wanted, value in checked
            ),
            len(checked),
        )
    return found


def _danger(message: Labelled) -> bool:
    return message.wanted.get("danger", ("",)) != ("",)


def _opt_out(meanings: Sequence[tuple[Labelled, Meaning]]) -> Score:
    right = sum(
        (m.intent == "opt_out") == (message.wanted.get("intent") == ("opt_out",)) for message, m in meanings
    )
    return Score(right, len(meanings))


def times(reader: Reader, texts: Sequence[str]) -> tuple[float, float]:
    """Milliseconds per call: median and 99th percentile."""
    taken = []
    for text in texts:
        began = time.perf_counter()
        reader(text, None)
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.99)]


def main(arguments: Sequence[str]) -> None:
    say = sys.stdout.write
    reader = the_reader()
    for language in LANGUAGES:
        messages = labelled(language)
        for part in PARTS:
            say(f"\n{language}, {part}\n")
            for name, score in scores(reader, [m for m in messages if m.part == part]).items():
                say(f"  {name:14}{score}\n")
        if "--misses" in arguments:
            for miss in misses(reader, (m for m in messages if m.part == "tuned")):
                say(f"  {miss.text!r}: {miss.column} {miss.got!r}, wanted {' or '.join(miss.wanted)!r}\n")
    median, slowest = times(reader, [m.text for language in LANGUAGES for m in labelled(language)] * 3)
    say(f"\nmilliseconds a text: median {median:.2f}, 99th percentile {slowest:.2f}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
