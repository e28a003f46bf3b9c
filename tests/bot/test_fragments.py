"""Texts that arrive in pieces."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.fragments import MOST, Fragments
from tests.bot.town import NOW, world
from tests.understanding.reader import reader

SOON = NOW + timedelta(seconds=4)
ANN, BOB = "+13125550100", "+13125550101"
WORLD = world(reader())


@pytest.mark.parametrize(
    ("first", "second"),
    [("my brother he is not", "waking up at all"), ("so i was thinking that", "nobody would miss me if i died"),
     ("im looking for a place that has", "suboxone")],
)  # fmt: skip
def test_two_pieces_that_say_something_together_are_read_together(first: str, second: str) -> None:
    held = Fragments()
    assert held.joined(ANN, first, NOW, WORLD) == first
    whole = held.joined(ANN, second, SOON, WORLD)
    assert whole in (f"{first} {second}", second)
    meant = WORLD.understand(whole, None)
    assert meant.danger or meant.needs


def test_a_danger_in_two_texts_is_seen() -> None:
    held = Fragments()
    held.joined(ANN, "he is not", NOW, WORLD)
    assert WORLD.understand(held.joined(ANN, "waking up", SOON, WORLD), None).danger == "overdose"


def test_what_is_clear_alone_stays_alone() -> None:
    held = Fragments()
    held.joined(ANN, "blah blah", NOW, WORLD)
    assert held.joined(ANN, "detox 60614", SOON, WORLD) == "detox 60614"
    assert held.joined(ANN, "waking up", SOON, WORLD) == "waking up", "what was answered is not held"


def test_another_person_or_half_a_minute_later_is_another_talk() -> None:
    held = Fragments()
    held.joined(ANN, "he is not", NOW, WORLD)
    assert held.joined(BOB, "waking up", SOON, WORLD) == "waking up"
    assert held.joined(ANN, "waking up", NOW + timedelta(seconds=30), WORLD) == "waking up"


def test_no_more_people_are_held_than_fit() -> None:
    held = Fragments()
    for n in range(MOST + 50):
        held._swapped(str(n), "hm", NOW)
    assert len(held._held) <= MOST
