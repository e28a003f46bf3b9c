"""What American places are called in other languages and scripts: data/place_names/<language>.csv.

A name is written over with the English one before a text is searched, so that nothing else has to know:
"需要食物，芝加哥" becomes "需要食物， Chicago, IL ".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import regex

from directory.datafile import HERE, read
from directory.places.names import name_key
from directory.text import fold

FOLDER: Final = "place_names"
LONGEST: Final = 4  # words of a name
# Scripts without spaces: a name is found inside a run of them, by its characters.
_RUN: Final = regex.compile(r"[\p{Han}\p{Hangul}]+")
LONGEST_RUN: Final = 9
_WORD: Final = regex.compile(r"[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*")
# Arabic "in", "to", "and" are written onto the name.
_GLUED: Final = ("ب", "ل", "و", "ف")
_STATE: Final = "state:"
# Letters that keyboards of one script have in two forms, and the bars no folding takes off: one for one.
_ONE_LETTER: Final = str.maketrans("ةہھےئۃłđ", "هههییهld")


@dataclass(frozen=True, slots=True)
class Foreign:
    """`names`: folded words of a name, joined by blanks -> what to write instead."""

    names: Mapping[str, str]

    @classmethod
    def load(
        cls,
        ordinary: Set[str],
        folder: Path = HERE,
        is_known: Callable[[str, int], bool] = lambda _key, _parts: False,
    ) -> Foreign:
        """`ordinary`: words that name nothing by themselves; `is_known`: does a key of names.py, in so many
        words, name a place already? Raises DataFileError."""
        rows = read(folder / "states.csv", ("code", "name", "spanish", "aliases"))
        states = {row["code"]: row["name"] for row in rows}
        names: dict[str, str] = {}
        for path in sorted((folder / FOLDER).glob("*.csv")):
            for row in read(path, ("name", "place"), {"name": _filled, "place": _place}):
                for variant in row["name"].split("|"):
                    key = " ".join(_words(_folded(variant)))
                    if key and not set(key.split()) <= ordinary and not is_known(*name_key(variant)):
                        names.setdefault(key, _english(row["place"], states))
        return cls(names)

    def translated(self, text: str, spoken: Set[str] = frozenset()) -> str:
        """The text with English names; itself if it has no other. `spoken`: ordinary words of its languages:
        Tagalog "dalas" is no Dallas."""
        plain = text.lower() if text.isascii() else fold(text)
        found = list(self._found(plain.translate(_ONE_LETTER), spoken))
        if not found:
            return text
        parts, at = [], 0
        for start, end, name in found:
            parts += [plain[at:start], f" {name} "]
            at = end
        return "".join([*parts, plain[at:]])

    def _found(self, text: str, spoken: Set[str]) -> Iterator[tuple[int, int, str]]:
        """Names from left to right, each the longest that begins there."""
        words = list(_spans(text))
        at = 0
        while at < len(words):
            for length in range(min(LONGEST, len(words) - at), 0, -1):
                some = words[at : at + length]
                key = " ".join(word for word, _, _ in some)
                if key not in spoken and (name := self._name(key)):
                    yield some[0][1], some[-1][2], name
                    at += length
                    break
            else:
                if _RUN.fullmatch(words[at][0]):
                    yield from self._inside(*words[at])
                at += 1

    def _name(self, key: str) -> str:
        if name := self.names.get(key):
            return name
        return self.names.get(key[1:], "") if key.startswith(_GLUED) and len(key) > 3 else ""

    def _inside(self, run: str, start: int, _end: int) -> Iterator[tuple[int, int, str]]:
        at = 0
        while at < len(run):
            tries = range(min(LONGEST_RUN, len(run) - at), 1, -1)
            length = next((n for n in tries if run[at : at + n] in self.names), 0)
            if length:
                yield start + at, start + at + length, self.names[run[at : at + length]]
            at += length or 1


def _folded(text: str) -> str:
    return fold(text).translate(_ONE_LETTER)


def _words(text: str) -> list[str]:
    return [word for word, _, _ in _spans(text)]


def _spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Words and where they stand; a run of Chinese or Korean is one, whatever is written beside it."""
    for match in _WORD.finditer(text):
        start = match.start()
        for part in regex.findall(r"[\p{Han}\p{Hangul}]+|[^\p{Han}\p{Hangul}]+", match.group()):
            yield part, start, start + len(part)
            start += len(part)


def _english(place: str, states: Mapping[str, str]) -> str:
    return states.get(place.removeprefix(_STATE), place)


def _filled(cell: str) -> str | None:
    return None if cell else "is empty"


def _place(cell: str) -> str | None:
    name, _, state = cell.rpartition(",")
    good = cell.startswith(_STATE) or (name.strip() and len(state.strip()) == 2 and state.strip().isupper())
    return None if good else f'"{cell}": write the city and its state, like "Chicago, IL", or "state:IL"'
