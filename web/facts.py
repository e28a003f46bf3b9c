"""The answers that decide a night (directory/facts.py) as pages show them: in groups, the best first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from directory.facts import FACTS
from directory.model import Answer, Fact
from translations import mark

# How the search form groups them. Women and men: one choice of its own there.
GROUPS: Final = (
    (mark("Getting in"), ("walk_in", "intake_24_7", "id_needed", "drop_off")),
    (mark("Paying"), ("no_pay", "medicaid", "sliding_scale")),
    (mark("Who they take"), ("pregnant", "children", "pets", "wheelchair")),
    (mark("Kind of help"), ("same_day_medication", "on_medication", "telehealth", "faith_based")),
)

# What a result says, for lack of room, if the answer is yes; other answers only when they were
# wished, and a "no" with words of its own always: it spares a person the way.
_TELLING: Final = ("walk_in", "intake_24_7", "id_needed", "no_pay", "medicaid", "same_day_medication")


def told(
    access: Mapping[str, Fact], wished: Iterable[str] = (), but: Collection[str] = frozenset()
) -> list[str]:
    """The messages a result shows: what was wished first, then the most telling. `but`: told already."""
    wishes = [key for key in wished if key in FACTS]
    messages = []
    for key in dict.fromkeys((*wishes, *_TELLING, *FACTS)):
        if key in but:
            continue
        answer = access[key].answer if key in access else Answer.UNKNOWN
        if key in wishes or key in _TELLING or answer is Answer.NO:
            messages.append(FACTS[key].said(answer))
    return [message for message in messages if message]
