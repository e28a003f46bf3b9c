"""The list of a search in parts: who says yes to all that was asked for, and who does not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from directory.answers import Hit, Results
from translations import mark
from web.cards import Card
from web.language import ngettext, say

SAYS: Final = mark("They say yes")
SILENT: Final = mark("They do not say: call first")


@dataclass(frozen=True, slots=True)
class Part:
    """Some cards in a row, with the number of the first. `title` "": the list has one part only."""

    title: str
    first: int
    cards: tuple[Card, ...]


def parts(results: Results, cards: Sequence[Card]) -> list[Part]:
    """The cards of the hits of a page, in their order."""
    mixed = 0 < results.silent < results.total
    numbered = enumerate(zip(results.hits, cards, strict=True), _before(results) + 1)
    grouped = groupby(numbered, key=lambda each: mixed and _is_silent(each[1][0]))
    return [_part(list(each), mixed=mixed, silent=silent) for silent, each in grouped]


def _before(results: Results) -> int:
    return (results.query.page - 1) * results.query.per_page


def _is_silent(hit: Hit) -> bool:
    return bool(hit.unsaid)


def _part(numbered: Sequence[tuple[int, tuple[Hit, Card]]], *, mixed: bool, silent: bool) -> Part:
    title = say(SILENT if silent else SAYS) if mixed else ""
    return Part(title, numbered[0][0], tuple(card for _, (_, card) in numbered))


def counted(results: Results) -> str:
    """How many say yes, and how many do not say, where some do not."""
    silent = results.silent
    if not silent:
        return ""
    if silent == results.total:
        return say(mark("No place here says yes to all you asked for. Call first."))
    yes = ngettext(
        "%(count)s place says yes to all you asked for.",
        "%(count)s places say yes to all you asked for.",
        results.total - silent,
    )
    rest = ngettext("%(count)s place does not say.", "%(count)s places do not say.", silent)
    return f"{yes} {rest}"
