"""Needs: which of the need codes a text asks for, in the order it says them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.understanding.lexicon import Sense
from bot.understanding.phrases import Found
from bot.understanding.tongue import Heard
from bot.understanding.wishes import aged, wished

# Whoever asks for these among other things needs them first.
SAFETY_FIRST: Final = ("dv_services",)
# Of two phrases over the same words the longer counts; of two as long, the earlier kind here.
CLEAR: Final = ("ignore", "need", "wish", "age")
VAGUE: Final = ("ignore", "vague")


@dataclass(frozen=True, slots=True)
class Asked:
    """Need codes, likeliest first; wishes by filter key; where in the text it is said."""

    needs: tuple[str, ...] = ()
    wishes: dict[str, str] = field(default_factory=dict)
    taken: tuple[tuple[int, int], ...] = ()


def asked(heard: Sequence[Heard]) -> Asked:
    """What a text asks for, in any of the languages it was heard in. A vague word ("heroin", "court")
    counts only if nothing clearer is there."""
    found = [one for each in heard for one in _found(each)]
    clear, vague = _picked(found, CLEAR), _picked(found, VAGUE)
    needs = _codes(clear, "need") or _codes(vague, "vague")
    return Asked(needs, wished(clear), tuple((f.start, f.end) for f in {*clear, *vague}))


def _found(heard: Heard) -> Iterator[Found[Sense]]:
    """What one language found, without what it refuses: "i do not want rehab"."""
    words = heard.reading.words
    found = list(heard.tongue.lexicon.asks.find(words))
    refused = {f.end for f in found if f.value.kind == "refuse"}
    for one in found:
        if one.start not in refused:
            value = aged(words[one.start : one.end]) if one.value.kind == "age" else one.value
            yield heard.placed(replace(one, value=value))


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
