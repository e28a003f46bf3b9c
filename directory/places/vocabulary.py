"""The words around places: states, nicknames, ordinary words, "near"; all from data/."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from directory.datafile import HERE, Row, read
from directory.places.names import key, name_key
from translations import BABEL_NAMES

_ALWAYS: Final = frozenset({"any", "en", "es", "name", "need"})  # many texts are half English or Spanish
_LANGUAGES: Final = _ALWAYS | BABEL_NAMES.keys()
_MOST_KEPT: Final = 64
_ROLES: Final = frozenset(
    {
        "near",
        "from",
        "filler",
        "street",
        "street_before",
        "person",
        "person_after",
        "tail",
        "unit",
        "crossing",
    }
)
_LEADS: Final = ("near", "from")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words are folded; keys are those of names.name_key.

    nicknames: key -> what it stands for, as (key, state) pairs, the likeliest first.
    as_written: keys of nicknames and of full names of states, with their number of words.
    roles: role -> words (several words are joined by a space) -> their language.
    """

    states: Mapping[str, str]  # every way of writing a state -> its code
    state_names: frozenset[str]  # keys of the full names: these say a state without a city
    nicknames: Mapping[str, tuple[tuple[str, str], ...]]
    as_written: frozenset[tuple[str, int]]
    ordinary: frozenset[str]  # in any text
    spoken: frozenset[str]  # the same, and what is ordinary in the language of this one
    need: frozenset[str]  # the ordinary words that ask for something
    roles: Mapping[str, Mapping[str, str]]
    ordinary_list: tuple[str, ...]  # for looking up what is nearly one
    of_language: Mapping[str, frozenset[str]]  # ordinary in this language only
    _spoken: dict[frozenset[str], Vocabulary] = field(default_factory=dict, compare=False, repr=False)

    def spoken_in(self, languages: Iterable[str]) -> Vocabulary:
        """The same for a text that is likely in one of some languages (BCP 47)."""
        codes = frozenset(languages).intersection(self.of_language)
        if not codes:
            return self
        if (kept := self._spoken.get(codes)) is not None:
            return kept
        if len(self._spoken) >= _MOST_KEPT:
            self._spoken.clear()
        words = self.ordinary.union(*(self.of_language[code] for code in codes))
        roles = {role: _of(said, codes) if role in _LEADS else said for role, said in self.roles.items()}
        made = self._spoken[codes] = replace(self, spoken=words, roles=roles)
        return made  # not read again: another thread may have cleared it

    def state(self, words: list[str]) -> str:
        """The code of the state that these words name; "" if none."""
        return self.states.get(key(words)) or self.states.get("".join(words), "")


def _of(said: Mapping[str, str], codes: frozenset[str]) -> Mapping[str, str]:
    """The words of some languages: "sa" leads to a place in Tagalog, and is "his" in French."""
    kept = codes | _ALWAYS
    return {word: language for word, language in said.items() if language in kept}


def load(folder: Path = HERE) -> Vocabulary:
    """Reads states, nicknames, ordinary_words and place_words.csv. Raises DataFileError."""
    words = read(folder / "ordinary_words.csv", ("language", "word"), {"language": _language, "word": _word})
    rows = read(
        folder / "states.csv", ("code", "name", "spanish", "aliases"), {"code": _code, "name": _filled}
    )
    full = {name_key(row[name]): row["code"] for row in rows for name in ("name", "spanish") if row[name]}
    states = {name: code for (name, _), code in full.items()}
    states |= {row["code"].lower(): row["code"] for row in rows}
    states |= {name_key(alias)[0]: row["code"] for row in rows for alias in row.listed("aliases")}
    nicknames = read(folder / "nicknames.csv", ("nickname", "place"), {"nickname": _filled, "place": _places})
    ordinary = frozenset(row["word"] for row in words if row["language"] in _ALWAYS)
    others = {row["language"] for row in words} - _ALWAYS
    return Vocabulary(
        states=states,
        state_names=frozenset(name for name, _ in full),
        nicknames={name_key(row["nickname"])[0]: _stands_for(row) for row in nicknames},
        as_written=frozenset([*full, *(name_key(row["nickname"]) for row in nicknames)]),
        ordinary=ordinary,
        spoken=ordinary,
        need=frozenset(row["word"] for row in words if row["language"] == "need"),
        roles=_roles(folder),
        ordinary_list=tuple(sorted(word for word in ordinary if len(word) > 4)),
        of_language={code: frozenset(r["word"] for r in words if r["language"] == code) for code in others},
    )


def _roles(folder: Path) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {role: {} for role in _ROLES}
    for row in read(folder / "place_words.csv", ("role", "language", "word"), {"role": _role, "word": _word}):
        found[row["role"]].setdefault(row["word"], row["language"])
    return found


def _stands_for(row: Row) -> tuple[tuple[str, str], ...]:
    pairs = (place.rpartition(",") for place in row.listed("place"))
    return tuple((name_key(name)[0], state.strip()) for name, _, state in pairs)


def _filled(cell: str) -> str | None:
    return None if cell else "is empty; write a word, or take the line out"


def _word(cell: str) -> str | None:
    if not cell:
        return _filled(cell)
    return None if cell == cell.lower() else f'"{cell}": write it in small letters, "{cell.lower()}"'


def _language(cell: str) -> str | None:
    return None if cell in _LANGUAGES else f'"{cell}" is not one of {", ".join(sorted(_LANGUAGES))}'


def _role(cell: str) -> str | None:
    return None if cell in _ROLES else f'"{cell}" is not one of {", ".join(sorted(_ROLES))}'


def _code(cell: str) -> str | None:
    good = len(cell) == 2 and cell.isascii() and cell.isupper()
    return None if good else f'"{cell}": write the two capital letters of the post office, like "IL"'


def _places(cell: str) -> str | None:
    for place in cell.split(";"):
        name, _, state = place.rpartition(",")
        if not name.strip() or _code(state.strip()):
            return f'"{place.strip()}": write the city and its state, like "Chicago, IL"'
    return None
