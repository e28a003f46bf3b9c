"""Needs: which of the need codes a text asks for, in the order it says them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.understanding.lexicon import Sense
from bot.understanding.phrases import Found, PhraseBook
from bot.understanding.wishes import wished

# Whoever asks for these among other things needs them first.
SAFETY_FIRST: Final = ("dv_services",)
# Of two phrases over the same words the longer counts; of two as long, the earlier kind here.
CLEAR: Final = ("ignore", "need", "wish", "age")
VAGUE: Final = ("ignore", "vague")


@dataclass(frozen=True, slots=True)
class Asked:
    """Need codes, likeliest first; wishes by filter key; which words said so (start, end)."""

    needs: tuple[str, ...] = ()
    wishes: dict[str, str] = field(default_factory=dict)
    taken: tuple[tuple[int, int], ...] = ()


def asked(words: Sequence[str], book: PhraseBook[Sense]) -> Asked:
    """What a text asks for. A vague word ("heroin", "court") counts only if nothing clearer is there."""
    found = list(book.find(words))
    refused = {f.end for f in found if f.value.kind == "refuse"}
    clear = [f for f in _picked(found, CLEAR) if f.start not in refused]
    vague = [f for f in _picked(found, VAGUE) if f.start not in refused]
    needs = _codes(clear, "need") or _codes(vague, "vague")
    return Asked(needs, wished(clear, words), tuple((f.start, f.end) for f in {*clear, *vague}))


def _picked(found: Iterable[Found[Sense]], kinds: tuple[str, ...]) -> list[Found[Sense]]:
    """The longest phrases of these kinds that do not overlap, in the order of the text."""
    fit = (f for f in found if f.value.kind in kinds)
    picked: list[Found[Sense]] = []
    for one in sorted(fit, key=lambda f: (f.start - f.end, kinds.index(f.value.kind), f.start)):
        if all(one.end <= other.start or other.end <= one.start for other in picked):
            picked.append(one)
    return sorted(picked, key=lambda f: f.start)


def _codes(found: Iterable[Found[Sense]], kind: str) -> tuple[str, ...]:
    codes = list(dict.fromkeys(code for one in found if one.value.kind == kind for code in one.value.values))
    return tuple(sorted(codes, key=lambda code: code not in SAFETY_FIRST))
