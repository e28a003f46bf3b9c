"""The talk as a machine of states, walked whole: from everywhere one text leads to the menu, out, and to a person."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from bot.conversation import respond
from bot.intents import menu
from bot.model import Channel, Effect, Intent, Meaning, State, Turn, Waiting, World
from tests.bot.phrases import MEANINGS, understand
from tests.bot.town import LINCOLN_PARK, world

# One text of every kind a person may send, and the numbers of our lists.
TEXTS = (*MEANINGS, "callme", "local", "1", "2", "9", "hm", "")
WORLD = world(
    lambda text, language: Meaning(EXTRA[text]) if text in EXTRA else understand(text, language),
    navigators=True,
)
EXTRA = {"callme": Intent.CALL_ME, "local": Intent.LOCAL}


def shape(state: State) -> tuple[object, ...]:
    """What of a state decides where the talk goes; not which place or need it is."""
    return (
        state.greeted,
        state.waiting,
        state.language,
        bool(state.needs),
        bool(state.place),
        len(state.places),
        len(state.shown),
        min(state.page, 2),
        bool(state.detail),
        min(state.misses, 2),
        frozenset(state.told_danger),
        state.care > 0,
    )


@cache
def reachable() -> tuple[State, ...]:
    """Every state that texts lead to, one of each shape; dangers one at a time."""
    found = {shape(State()): State()}
    ahead = deque(found.values())
    while ahead:
        state = ahead.popleft()
        for text in TEXTS:
            after = turn(state, text).state
            if len(after.told_danger) <= 1 and shape(after) not in found:
                found[shape(after)] = after
                ahead.append(after)
    return tuple(found.values())


def turn(state: State, text: str, world: World = WORLD) -> Turn:
    return respond(state, text, world, Channel.SMS, LINCOLN_PARK)


def said(each: Turn) -> str:
    return "\n".join(reply.text for reply in each.replies)


def test_many_states_are_walked_and_none_that_we_wait_in_is_out_of_reach() -> None:
    assert len(reachable()) > 300
    assert {state.waiting for state in reachable()} == set(Waiting)


def _lacking(holds: Callable[[State], bool]) -> Iterator[tuple[object, ...]]:
    return (shape(state) for state in reachable() if not holds(state))


def test_every_state_reaches_the_menu_in_one_text() -> None:
    assert (
        list(_lacking(lambda s: menu.MENU_TEXT.split(".")[0] in said(turn(s, "menu")) or s.language != "en"))
        == []
    )


def test_every_state_reaches_the_way_out_in_one_text() -> None:
    assert list(_lacking(lambda s: turn(s, "stop").effects == (Effect.OPT_OUT,))) == []


def test_every_state_reaches_a_person_in_one_text() -> None:
    assert list(_lacking(lambda s: "211" in said(turn(s, "a person please")))) == []


def test_every_state_forgets_in_one_text() -> None:
    assert list(_lacking(lambda s: turn(s, "forget").effects == (Effect.FORGET,))) == []


def test_every_state_hears_a_danger_first() -> None:
    assert list(_lacking(lambda s: "911" in turn(s, "he is not breathing").replies[0].text)) == []


def test_every_state_follows_a_person_who_changes_the_subject() -> None:
    assert list(_lacking(lambda s: turn(s, "food 60614").state.needs == ("food",))) == []


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_gets_silence_and_no_answer_is_a_dead_end(text: str) -> None:
    """Every answer names a word, a number or a line that leads on."""
    next_steps = ("text", "MENU", "call", "911", "988", "211", "60614", "escriba", "mande")
    for state in reachable():
        answer = turn(state, text)
        assert answer.replies
        assert any(step.casefold() in said(answer).casefold() for step in next_steps), (
            shape(state),
            said(answer),
        )
