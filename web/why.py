"""Why a result stands where it does, in a few short sentences for its card.

The reasons are those of directory/search/explain.py. Most of what counts against a place its card says
already ("Hours not listed, call first"); here stands what it does not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from directory.answers import Hit, Query
from translations import mark
from web.asked import NEED, label
from web.language import ngettext, say

# What needs no number and no name to be said.
_PLAIN: Final = {
    "name": mark("It has the name you typed."),
    "number": mark("It lists the number you typed."),
    "walk_in": mark("Walk in."),
    "no_phone": mark("No phone number listed."),
    "for_some": mark("Not for everyone: ask who they take."),
}


@dataclass(frozen=True, slots=True)
class Why:
    """`codes`: the reasons that the sentences tell, so that the card need not."""

    sentences: tuple[str, ...] = ()
    codes: frozenset[str] = frozenset()


NO_REASON: Final = Why()


def why(hit: Hit, query: Query, now: datetime, lost: Collection[str] = ()) -> Why:
    """The sentences for a hit, what speaks for it first. `lost`: words that no hit has; told of them all."""
    # The card lists what a place helps with, so that is said again only for want of other reasons.
    said = dict(_said(hit, query, now)) or _need(hit)
    if lacks := [word for word in hit.missing if word not in lost]:
        said["missing"] = say(mark("It does not say “%(words)s”."), words=", ".join(lacks))
    return Why(tuple(said.values()), frozenset(said))


def _said(hit: Hit, query: Query, now: datetime) -> Iterator[tuple[str, str]]:
    for code in (reason.code for reason in hit.why):
        if code == "open":
            yield code, say(mark("Open then.") if query.at else mark("Open now."))
        elif code == "checked" and hit.listing.service.assured_date:
            yield code, _checked(hit.listing.service.assured_date, now.date())
        elif code in _PLAIN:
            yield code, say(_PLAIN[code])


def _checked(checked: date, today: date) -> str:
    days = (today - checked).days
    if days < 1:  # a day ahead is another time zone
        return say(mark("Checked today."))
    return ngettext("Checked %(count)s day ago.", "Checked %(count)s days ago.", days)


def _need(hit: Hit) -> dict[str, str]:
    labels = [label(NEED, each.about) for each in hit.why if each.code == "need"]
    return {"need": say(mark("Helps with: %(needs)s."), needs=", ".join(labels))} if labels else {}
