"""The states and territories of data/states.csv, however their names are written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from directory.datafile import HERE, read
from directory.text import words

ANY: Final = "*"
# Codes that are words as well.
_WORDS: Final = frozenset(("in", "or", "me", "hi", "ok", "oh", "de", "id", "al", "la", "co"))


def state_code(said: str) -> str:
    """Two letters; empty for what is no state.

    >>> state_code("illinois"), state_code("Il."), state_code("Cook County")
    ('IL', 'IL', '')
    """
    return _codes().get(" ".join(words(said)), "")


def state_of_part(said: str) -> str:
    """The state that a part of one lies in; empty for what is none, or a state of its own.

    >>> state_of_part("East Texas"), state_of_part("Jersey Shore"), state_of_part("western PA")
    ('TX', 'NJ', 'PA')
    >>> state_of_part("west virginia"), state_of_part("north in"), state_of_part("east"), state_of_part("")
    ('', '', '', '')
    """
    name = " ".join(words(said))
    part, _, rest = name.partition(" ")
    if name in _codes() or (named := _parts().get(name, ANY)) != ANY:
        return "" if name in _codes() else named
    return _codes().get(rest, "") if part in _parts() and rest not in _WORDS else ""


def is_word(code: str) -> bool:
    """Whether a code is an ordinary word as well.

    >>> is_word("ok"), is_word("nc")
    (True, False)
    """
    return code in _WORDS


@cache
def all_codes() -> tuple[str, ...]:
    """The two letters of every one."""
    return tuple(sorted(set(_codes().values())))


@cache
def _parts() -> Mapping[str, str]:
    rows = read(HERE / "regions.csv", ("region", "state"), {"state": _state})
    return {row["region"]: row["state"] for row in rows}


def _state(cell: str) -> str | None:
    good = cell == ANY or cell in all_codes()
    return None if good else f'"{cell}": write the two letters of a state, or {ANY}'


@cache
def _codes() -> Mapping[str, str]:
    rows = read(HERE / "states.csv", ("code", "name", "spanish", "aliases"))
    names = ((name, row["code"]) for row in rows
             for name in (row["code"], row["name"], row["spanish"], *row.listed("aliases")))  # fmt: skip
    return {" ".join(words(name)): code for name, code in names if name}
