"""The labelled messages of tests/understanding: how many of them must be understood."""

from __future__ import annotations

import pytest

from tests.understanding.reader import reader
from tests.understanding.report import LANGUAGES, labelled, misses, scores

# What must hold of the labelled messages; `python -m tests.understanding.report` shows what does.
# Since the examples teach from the tuned ones too, only the sealed ones say how texts fare that nobody saw.
# Tuned messages are learnt from too; sealed ones never.
TUNED_FLOORS = {
    "danger": 0.99, "alarm-free": 0.98, "opt-out": 0.99, "language": 0.96, "intent": 0.98, "need": 0.97,
    "zip_or_place": 0.98, "which danger": 0.97,
}  # fmt: skip
SEALED_FLOORS = {
    "danger": 0.98, "alarm-free": 0.93, "opt-out": 0.98, "language": 0.97, "intent": 0.92, "need": 0.94,
    "zip_or_place": 0.98, "which danger": 0.93,
}  # fmt: skip
# The fourteen younger languages, by what the weakest of them reaches: a sealed message is 1 to 2 points.
YOUNG_TUNED_FLOORS = {
    "danger": 0.98, "alarm-free": 0.96, "opt-out": 0.98, "language": 0.95, "intent": 0.95, "need": 0.91,
    "zip_or_place": 0.93, "which danger": 0.94,
}  # fmt: skip
YOUNG_SEALED_FLOORS = {
    "danger": 0.95, "alarm-free": 0.9, "opt-out": 0.97, "language": 0.91, "intent": 0.87, "need": 0.84,
    "zip_or_place": 0.92, "which danger": 0.85,
}  # fmt: skip
OLD = ("en", "es")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["tuned", "sealed"])
def test_labelled_messages_are_understood(language: str, part: str) -> None:
    young = language not in OLD
    tuned = YOUNG_TUNED_FLOORS if young else TUNED_FLOORS
    floors = tuned if part == "tuned" else YOUNG_SEALED_FLOORS if young else SEALED_FLOORS
    messages = [m for m in labelled(language) if m.part == part]
    found = scores(reader(), messages)
    below = {name: str(found[name]) for name, floor in floors.items() if found[name].share < floor}
    shown = (
        [] if part == "sealed" else [f"{m.text!r}: {m.column} {m.got!r}" for m in misses(reader(), messages)]
    )
    assert not below, shown[:20]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_third_of_the_hand_written_messages_is_sealed(language: str) -> None:
    whole = [m for m in labelled(language) if "intent" in m.wanted or m.part == "sealed"]
    assert sum(m.part == "sealed" for m in whole) >= len(whole) / 3
