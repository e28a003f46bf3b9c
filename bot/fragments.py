"""One long text that arrives in pieces, or a danger said in two texts: "he is not" - "waking up".

The last text of a person is held for half a minute in the memory of this process, if by itself it said
little, and nowhere else: not in the database, not in a log. Pieces that another process gets stand alone.
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
    """What was said a moment ago, by sender. All threads of a process share one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: OrderedDict[str, tuple[datetime, str]] = OrderedDict()

    def joined(self, sender: str, text: str, now: datetime, world: World, language: str | None = None) -> str:
        """The text; with the one before it if neither says much alone and together they do."""
        before = self._swapped(sender, text if _may_go_on(text, world, language) else "", now)
        if not before or not says_little(text, world, language):
            return text
        whole = f"{before} {text}"
        return text if says_little(whole, world, language) else whole

    def _swapped(self, sender: str, text: str, now: datetime) -> str:
        """Holds this text, and gives the one that was held."""
        with self._lock:
            self._drop(now)
            _, before = self._held.pop(sender, (now, ""))
            if text:
                self._held[sender] = (now, text)
            return before

    def _drop(self, now: datetime) -> None:
        while self._held:
            sender, (when, _) = next(iter(self._held.items()))
            if now - when < HELD and len(self._held) < MOST:
                return
            del self._held[sender]


def _may_go_on(text: str, world: World, language: str | None) -> bool:
    return bool(text.strip()) and says_little(text, world, language)
