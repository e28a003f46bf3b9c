"""A number from a list: "2", "#2", "option 2", "2nd", "the second one", "dos", 2️⃣."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import regex

from bot.model import LAST, MIDDLE
from bot.understanding.lexicon import Lexicon
from bot.understanding.tongue import Heard

# "2nd", "2do", "2gi", "№2" (which NFKC writes "No2"); "2pm" is a time.
_NUMBER: Final = regex.compile(r"(?:no)?([1-9]\d?)(?![ap]m)\p{L}{0,3}")

# In so few words a rank is a place of a list, and not what somebody tells of.
FEW: Final = 7
_NAMED: Final = {"last": LAST, "middle": MIDDLE}


def chosen(words: Sequence[str], lexicon: Lexicon) -> int | None:
    """The number a text consists of, from 1; None if it says anything else."""
    for rest in _ways(words, lexicon):
        if len(rest) == 1 and (number := _NUMBER.fullmatch(rest[0])):
            return int(number[1])
        for found in lexicon.whole.find(rest):
            if found.value.kind == "ordinal":
                return int(found.value.values[0])
    return None


def pointed(near: Sequence[Heard]) -> tuple[int | None, bool]:
    """The place of a list that a few words name beside others ("no the second"), and whether they say
    hardly more ("haan dusra wala"). None if they name several."""
    for each in near:
        words = each.reading.words
        ranks = {
            _NAMED.get(found.value) or int(found.value): found
            for found in each.tongue.lexicon.ranks.find(words)
        }
        if len(ranks) == 1 and len(words) <= FEW:
            number, found = next(iter(ranks.items()))
            return number, found.end - found.start >= len(words) - 1
    return None, False


def says_nothing(heard: Heard) -> bool:
    """Whether all words are such as stand beside a number or a place that is chosen: "..., i think"."""
    found = heard.tongue.lexicon.counters.find(heard.reading.words)
    told = {at for one in found for at in range(one.start, one.end)}
    return len(told) == len(heard.reading.words)


def _ways(words: Sequence[str], lexicon: Lexicon) -> Iterator[Sequence[str]]:
    """A text as it is, and without its counters: "option 2" -> "2", 2号 -> 2. A counter by itself ("no")
    stays, and 第二个 is a word of its own, though it begins with one."""
    found = list(lexicon.counters.find(words))
    start = max((f.end for f in found if f.start == 0 and f.end < len(words)), default=0)
    end = min((f.start for f in found if f.end == len(words) and f.start > 0), default=len(words))
    yield words
    yield words[start:]
    yield words[:end]
    yield words[start:end]
