"""The states and territories of data/states.csv, however their names are written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from directory.datafile import HERE, read
from directory.text import words


def state_code(said: str) -> str:
    """Two letters; empty for what is no state.

    >>> state_code("illinois"), state_code("Il."), state_code("Cook County")
    ('IL', 'IL', '')
    """
    return _codes().get(" ".join(words(said)), "")


@cache
def all_codes() -> tuple[str, ...]:
    """The two letters of every one."""
    return tuple(sorted(set(_codes().values())))


@cache
def _codes() -> Mapping[str, str]:
    rows = read(HERE / "states.csv", ("code", "name", "spanish", "aliases"))
    names = ((name, row["code"]) for row in rows
             for name in (row["code"], row["name"], row["spanish"], *row.listed("aliases")))  # fmt: skip
    return {" ".join(words(name)): code for name, code in names if name}
