"""What an intent is handed: one text in its talk, and the way to put an answer into words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from bot import speech
from bot.model import Channel, Effect, Meaning, Place, Reply, State, Turn, World
from translations import catalogue

# Room for a site's own name in a one-segment text; tests measure every message with it.
LONGEST_SITE_NAME: Final = 20


@dataclass(frozen=True, slots=True)
class Talk:
    """One text, understood. `state` already holds the language, needs and place it told."""

    text: str
    meaning: Meaning
    state: State
    world: World
    channel: Channel
    area: Place | None = None  # where the number was issued: asked about, never taken for granted

    @property
    def now(self) -> datetime:
        return self.world.now()

    @property
    def site(self) -> str:
        return speech.cut(speech.latin(speech.one_line(self.world.site_name)), LONGEST_SITE_NAME)

    def words(self, message: str, **holes: object) -> str:
        """A marked message in the language of this talk, its holes filled."""
        return catalogue(self.state.language).gettext(message) % {"site": self.site, **holes}

    def term(self, word: str) -> str:
        """A word of a data file (a need's label, a line's name) in the language of this talk."""
        return catalogue(self.state.language).gettext(word) if word else ""

    def reply(self, message: str, budget: int = 1, **holes: object) -> Reply:
        return Reply(speech.fitted([self.words(message, **holes)], budget), budget)

    def draft(self, drafts: Iterable[str], budget: int) -> Reply:
        """The richest draft that fits."""
        return Reply(speech.fitted(drafts, budget), budget)

    def turn(self, *replies: Reply, effects: tuple[Effect, ...] = (), **changes: Any) -> Turn:
        """An answer, with the fields of the state that it changes."""
        return Turn(replace(self.state, **changes), replies, effects)

    def asking(self, **changes: Any) -> Talk:
        """The same talk with another state."""
        return replace(self, state=replace(self.state, **changes))


@dataclass(frozen=True, slots=True)
class Skill:
    """One thing a person may want: how we know, what we answer.

    introduced: a new person is told who we are before the answer. Not before a safety text,
    and not where the answer says it itself.
    """

    name: str
    wants: Callable[[Talk], bool]
    answer: Callable[[Talk], Turn]
    introduced: bool = True
