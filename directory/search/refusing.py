"""What the words say that cannot be looked for: what is not wanted ("no methadone", "anything but
shelters"), and what no record tells (an insurance).

A phrase after a word that refuses is no wish for what it names. "no" and "without" refuse only how a
place should be, and a medicine: "no food", "without a home" tell a need.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from directory.search.synonyms import ASK, NEED, WISH, Found, Key, Refusal

# "no methadone or suboxone": refused as what is before it.
_OR: Final = frozenset(("or", "nor", "o", "ni", "ou", "nem", "oswa", "lub", "ani", "или", "ни"))
_MEDICINE: Final = "medication"
_MEDICINES: Final = frozenset((_MEDICINE, "on_medication", "same_day_medication"))


@dataclass(frozen=True, slots=True)
class Parted:
    """`kept`: what is meant. `unused`: where what cannot be looked for stands, with what refuses it."""

    kept: tuple[Found, ...]
    unused: tuple[range, ...]


def parted(
    keys: Key,
    found: Sequence[Found],
    refusals: Sequence[Refusal],
    skipped: Collection[int] = (),
    apart: Collection[int] = (),
) -> Parted:
    """What is found in some words, without what they refuse. Places: `skipped` of articles and the like,
    `apart` of words after a comma, over which nothing is refused ("no, detox")."""
    kept: list[Found] = []
    unused: dict[int, range] = {}  # by where they start
    near = [each for each in refusals if each.end not in apart]
    for one, refusal in _refused(keys, found, near, skipped):
        left = _left(one, refusal)
        kept += [left] if left else []
        if left is not one:
            start = refusal.start if refusal else one.start
            unused[start] = range(start, one.end)
    return Parted(tuple(kept), tuple(unused.values()))


def _refused(
    keys: Key, found: Sequence[Found], refusals: Sequence[Refusal], skipped: Collection[int]
) -> Iterator[tuple[Found, Refusal | None]]:
    """Every phrase with what refuses it."""
    taken = {i for one in found for i in range(one.start, one.end)}
    by_end = {each.end: each for each in refusals if taken.isdisjoint(range(each.start, each.end))}
    last: tuple[int, Refusal | None] = (0, None)
    for one in sorted(found, key=lambda one: one.start):
        refusal, at = by_end.get(one.start), one.start
        while refusal is None and at - 1 in skipped:
            at -= 1
            refusal = by_end.get(at)
        if refusal is None and keys[last[0] : one.start] and _OR.issuperset(keys[last[0] : one.start]):
            refusal = last[1]
        yield one, refusal
        last = one.end, refusal


def _left(one: Found, refusal: Refusal | None) -> Found | None:
    """What is still meant of a phrase."""
    if any(sense.kind == ASK for sense in one.senses):
        return None
    if refusal is None:
        return one
    if refusal.of_all or _is_medicine(one):
        return None
    senses = tuple(sense for sense in one.senses if sense.kind != WISH)
    if len(senses) == len(one.senses):
        return one
    return replace(one, senses=senses) if any(sense.kind == NEED for sense in senses) else None


def _is_medicine(one: Found) -> bool:
    wishes = {pair.partition("=")[0] for sense in one.senses if sense.kind == WISH for pair in sense.means}
    needs = {code for sense in one.senses if sense.kind == NEED for code in sense.means}
    return not _MEDICINES.isdisjoint(wishes) or needs == {_MEDICINE}
