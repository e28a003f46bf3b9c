"""One long text that arrives in pieces, or a danger said in two texts: "he is not" - "waking up".

The last text of a person is held for half a minute in the memory of this process, by pseudonym, if by
itself it said little, and nowhere else: not in the database, not in a log. Pieces that another process gets
stand alone.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from bot.conversation import says_little
from bot.model import World

HELD: Final = timedelta(seconds=30)
MOST: Final = 5_000  # people


class Fragments:
    """What was said a moment ago, by pseudonym. All threads of a process share one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: OrderedDict[str, tuple[datetime, str]] = OrderedDict()

    def joined(self, person: str, text: str, now: datetime, world: World, language: str | None = None) -> str:
        """The text; with the one before it if neither says much alone and together they do."""
        little = says_little(text, world, language)
        before = self._swapped(person, text if little else "", now)
        if not (before and little):
            return text
        whole = f"{before} {text}"
        return text if says_little(whole, world, language) else whole

    def drop(self, now: datetime) -> None:
        """Lets go of what nobody went on from."""
        with self._lock:
            self._drop(now)

    def _swapped(self, person: str, text: str, now: datetime) -> str:
        """Holds this text, and gives the one that was held."""
        with self._lock:
            self._drop(now)
            _, before = self._held.pop(person, (now, ""))
            if text.strip():
                self._held[person] = (now, text)
            return before

    def _drop(self, now: datetime) -> None:
        while self._held:
            person, (when, _) = next(iter(self._held.items()))
            if now - when < HELD and len(self._held) < MOST:
                return
            del self._held[person]
