"""People who text, for every test of the bot."""

from __future__ import annotations

import pytest

from bot.model import State
from tests.bot.phrases import understand
from tests.bot.town import Person, world


@pytest.fixture
def person() -> Person:
    """Somebody new."""
    return Person(world(understand))


@pytest.fixture
def known(person: Person) -> Person:
    """Somebody who has been told who we are."""
    person.state = State(greeted=True)
    return person
