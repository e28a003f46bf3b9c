"""Texts that arrive in pieces."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from bot.fragments import MOST, Fragments, OwnShelf, SharedShelf
from bot.memory import Keys, Memory
from tests.bot.town import NOW, world
from tests.understanding.reader import reader

SOON = NOW + timedelta(seconds=4)
ANN, BOB = "+13125550100", "+13125550101"
WORLD = world(reader())


@pytest.mark.parametrize(
    ("first", "second"),
    [("my brother he is not", "waking up at all"), ("he is not", "moving at all")],
)  # fmt: skip
def test_two_pieces_that_say_something_together_are_read_together(first: str, second: str) -> None:
    held = Fragments()
    assert held.joined(ANN, first, NOW, WORLD) == first
    whole = held.joined(ANN, second, SOON, WORLD)
    assert whole == f"{first} {second}"
    assert WORLD.understand(whole, None).danger
    assert not WORLD.understand(second, None).danger, "alone it says little"


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
    held = OwnShelf()
    for n in range(MOST + 50):
        held.swapped(str(n), "hm", NOW)
    assert len(held._held) <= MOST


def shared(folder: Path, secret: bytes = b"a") -> SharedShelf:
    memory = Memory(Keys.derive(secret, secret, secret))
    return SharedShelf(folder / "held", memory.seal, memory.opened)


def test_pieces_that_two_processes_get_are_read_together(tmp_path: Path) -> None:
    one, other = Fragments(shared(tmp_path)), Fragments(shared(tmp_path))
    one.joined(ANN, "he is not", NOW, WORLD)
    assert other.joined(BOB, "waking up", SOON, WORLD) == "waking up"
    assert other.joined(ANN, "waking up", SOON, WORLD) == "he is not waking up"
    assert one.joined(ANN, "waking up", SOON, WORLD) == "waking up", "it is held once"


def test_what_is_held_is_sealed_and_goes(tmp_path: Path) -> None:
    shelf = shared(tmp_path)
    shelf.swapped(ANN, "my name is jane roe", NOW)
    (held,) = (tmp_path / "held").iterdir()
    assert b"jane" not in held.read_bytes()
    assert ANN not in held.name
    assert held.stat().st_mode & 0o077 == 0
    assert shared(tmp_path, b"b").swapped(ANN, "", SOON) == "", "another key opens nothing"
    shelf.swapped(ANN, "hm", NOW)
    assert shelf.swapped(ANN, "", NOW + timedelta(seconds=30)) == ""
    assert not [*(tmp_path / "held").iterdir()]


def test_what_nobody_goes_on_from_is_dropped(tmp_path: Path) -> None:
    shelf = shared(tmp_path)
    shelf.swapped(ANN, "hm", NOW)
    (held,) = (tmp_path / "held").iterdir()
    os.utime(held, (NOW.timestamp(), NOW.timestamp()))
    shelf.drop(SOON)
    assert held.exists()
    shelf.drop(NOW + timedelta(seconds=31))
    assert not held.exists()


def test_a_shelf_that_is_gone_lets_texts_stand_alone(tmp_path: Path) -> None:
    shelf = shared(tmp_path)
    (tmp_path / "held").rmdir()
    assert Fragments(shelf).joined(ANN, "he is not", NOW, WORLD) == "he is not"
    shelf.drop(NOW)


def test_what_a_phone_wrote_by_itself_is_no_piece() -> None:
    held = Fragments()
    held.joined(ANN, "he is not", NOW, WORLD)
    liked = "Liked “Text 1-3 for details”"
    assert held.joined(ANN, liked, SOON, WORLD) == liked
    assert held.joined(ANN, "waking up", SOON, WORLD) == "waking up"
