"""Example messages and what each is about: data/examples/<language>.csv."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.model import Danger
from bot.understanding.gist import of_need
from directory.datafile import DataFileError, Row, read

COLUMNS: Final = ("label", "text")
# Texts that are no need and no danger; "calm" ones look like a danger, "not_opt_out" like an opt-out; "about"
# asks about a place that we told of, "more" wants another than those, "safe" says that a danger is over.
OTHERS: Final = ("calm", "opt_out", "not_opt_out", "arrest_fear", "human", "about", "more", "safe", "other")


@dataclass(frozen=True, slots=True)
class Example:
    """One message. `label`: a danger, `need:` and its code, or one of OTHERS."""

    label: str
    text: str


def examples(path: Path, needs: frozenset[str]) -> list[Example]:
    """The examples of a language. Raises DataFileError, naming every faulty line."""
    rows = read(path, COLUMNS)
    labels = frozenset((*Danger, *OTHERS, *map(of_need, needs)))
    faults = [fault for row in rows for fault in _faults(row, labels)]
    if faults:
        raise DataFileError("\n".join(faults))
    return [Example(row["label"], row["text"]) for row in rows]


def _faults(row: Row, labels: frozenset[str]) -> Iterator[str]:
    if row["label"] not in labels:
        yield row.fault("label", f"{row['label']!r} is none of {', '.join(sorted(labels))}")
    if not row["text"]:
        yield row.fault("text", "is empty")
