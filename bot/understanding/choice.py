"""A number from a list: "2", "#2", "option 2", "2nd", "the second one", "dos", 2️⃣."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.understanding.lexicon import Lexicon

_NUMBER: Final = re.compile(r"([1-9]\d?)(?:st|nd|rd|th)?")


def chosen(words: Sequence[str], lexicon: Lexicon) -> int | None:
    """The number a text consists of, from 1; None if it says anything else."""
    rest = _without_counter(words, lexicon)
    if len(rest) == 1 and (number := _NUMBER.fullmatch(rest[0])):
        return int(number[1])
    for found in lexicon.whole.find(rest):
        if found.value.kind == "ordinal":
            return int(found.value.values[0])
    return None


def _without_counter(words: Sequence[str], lexicon: Lexicon) -> Sequence[str]:
    """ "option 2" -> "2"; a counter by itself ("no") stays."""
    ends = [f.end for f in lexicon.counters.find(words) if f.start == 0 and f.end < len(words)]
    return words[max(ends, default=0) :]
