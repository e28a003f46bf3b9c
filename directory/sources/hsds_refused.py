"""Columns we refuse to take in: a directory of help must never carry what the police hold on people."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from directory.model import Problem
from directory.text import fold, words

DEEPEST: Final = 60
_WORDS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_STEMS: Final = ("warrant", "arrest", "offens", "offenc", "convict", "mugshot", "inmate")
_EXACT: Final = frozenset({"charge", "charges", "charged"})


@lru_cache(maxsize=4096)
def is_refused(name: str) -> bool:
    """Whether a column or key is of that kind. Names only: a text may say what it likes.

    >>> [is_refused(name) for name in ("open_warrants", "arrestDate", "CHARGES", "fees", "discharge")]
    [True, True, True, False, False]
    """
    plain = fold(name)
    parts = [*(word.lower() for word in _WORDS.findall(name)), *words(name.replace("_", " "))]
    return "warrant" in plain or any(word in _EXACT or word.startswith(_STEMS) for word in parts)


def refused_key(said: Any) -> str:
    """The first refused key anywhere in a JSON value, or "". Raises ValueError for a value too deep."""
    level = [said]
    for _ in range(DEEPEST):
        if not level:
            return ""
        keys = (key for value in level if isinstance(value, dict) for key in value)
        if refused := next(filter(is_refused, keys), ""):
            return str(refused)
        level = [
            part
            for value in level
            if isinstance(value, (dict, list))
            for part in (value.values() if isinstance(value, dict) else value)
        ]
    raise ValueError(f"nested deeper than {DEEPEST} levels")


def refusal(file: str, line: str, name: str) -> Problem:
    return Problem(
        file,
        line,
        name[:60],
        "the whole file is refused: warrants, arrests, charges and offenses have no place here;"
        " take the column out and try again",
    )
