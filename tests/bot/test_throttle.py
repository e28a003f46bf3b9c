"""Many texts at once, and machines that answer us: but a danger is always heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot import throttle
from bot.model import Reply, State, Turn
from tests.bot.town import NOW

HELLO = (Reply("hello"),)


def test_twenty_texts_at_once_are_answered_and_one_more_every_six_seconds() -> None:
    state = State()
    for _ in range(20):
        assert not throttle.is_empty(throttle.filled(state, NOW))
        state = throttle.taken(throttle.filled(state, NOW))
    assert throttle.is_empty(throttle.filled(state, NOW))
    assert throttle.is_empty(throttle.filled(state, NOW + timedelta(seconds=5)))
    assert not throttle.is_empty(throttle.filled(state, NOW + timedelta(seconds=6)))
    assert throttle.filled(state, NOW + timedelta(days=9)).texts_left == throttle.ROOM


def test_the_first_text_too_many_is_told_so_and_the_next_get_nothing() -> None:
    first = throttle.refused(State(), throttle.filled(State(), NOW))
    assert "911" in first.replies[0].text
    assert throttle.refused(first.state, first.state).replies == ()


def test_the_same_answer_is_given_four_times_in_a_row_within_ten_minutes() -> None:
    state, said = State(), []
    for _ in range(6):
        before = throttle.filled(state, NOW)
        turn = throttle.echoed(replace(state, heard_at=before.heard_at), Turn(before, HELLO), NOW)
        said.append(len(turn.replies))
        state = turn.state
    assert said == [1, 1, 1, 1, 0, 0]


def test_the_fourth_time_tells_where_people_answer() -> None:
    state, said = State(), []
    for _ in range(4):
        before = throttle.filled(state, NOW)
        turn = throttle.echoed(replace(state, heard_at=before.heard_at), Turn(before, HELLO), NOW)
        said.append(turn.replies[0].text)
        state = turn.state
    assert said[:3] == ["hello"] * 3
    assert "211" in said[3]


def test_another_answer_or_a_pause_ends_the_silence() -> None:
    state = replace(throttle.filled(State(), NOW), echo="", echoes=0)
    for _ in range(5):
        state = throttle.echoed(state, Turn(state, HELLO), NOW).state
    assert throttle.echoed(state, Turn(state, HELLO), NOW).replies == ()
    assert throttle.echoed(state, Turn(state, (Reply("else"),)), NOW).replies
    assert throttle.echoed(state, Turn(state, HELLO), NOW + timedelta(minutes=10)).replies


def test_a_note_that_cannot_be_read_counts_as_none() -> None:
    for note in ("", "yesterday", "2026-11-23T17:30:00"):
        assert throttle.filled(State(texts_left=0.0, heard_at=note), NOW).texts_left == throttle.ROOM
