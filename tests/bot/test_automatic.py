"""What a phone writes by itself is met with silence, what a person writes never."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.automatic import is_automatic
from tests.bot.town import Person, world
from tests.understanding.reader import reader

BY_PHONES = (
    "I’m driving with Focus turned on. I’ll see your message when I get where I’m going.",
    "(I’m not receiving notifications. If this is urgent, reply “urgent” to send a notification through.)",
    "I'm driving with Do Not Disturb turned on. I'll see your message when I get where I'm going.",
    "I'm driving right now.",
    "Auto-reply: we are closed until Monday.",
    "If you are having a medical emergency, hang up and dial 911.",
    "Liked “1 Demo Riverfront Recovery Center, 0.7 mi”",
    "Reacted 👍 to “Text 1-3 for details”",
    'Laughed at "OK, no call."',
    "Loved an image",
)
BY_PEOPLE = (
    "im driving right now and i took a bunch of pills",
    "i loved “her” and now she is gone",
    "liked it there, got another?",
    "my reply is no",
    "out of office supplies, need a job",
    "medical emergency dial 911 please",
    "Loved “him” and now he is dead i want to die",
    'emphasized "help" he is not breathing',
)


@pytest.mark.parametrize("text", BY_PHONES)
def test_a_phone_gets_no_answer_and_changes_nothing(text: str) -> None:
    person = Person(world(reader()))
    person.texts("detox 60614")
    before = person.state
    assert person.texts(text) == []
    assert person.state == before


@pytest.mark.parametrize("text", BY_PEOPLE)
def test_a_person_gets_one(text: str) -> None:
    assert Person(world(reader())).texts(text)


@given(st.text())
def test_no_text_raises(text: str) -> None:
    assert is_automatic(text) in (True, False)
