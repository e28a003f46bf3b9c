"""One long text that arrives in pieces, or a danger said in two texts: "he is not" - "waking up".

The last text of a person is held for half a minute, by pseudonym, if by itself it said little: in the
memory of this machine, where the other processes that answer texts find it, never on a disk or in a log.
"""

from __future__ import annotations

import logging
import os
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, Final, Protocol

from bot.conversation import says_little
from bot.model import World

HELD: Final = timedelta(seconds=30)
MOST: Final = 5_000  # people
RAM: Final = Path("/dev/shm")  # noqa: S108 Linux: files that lie in memory only
log: Final = logging.getLogger("openway")


class Shelf(Protocol):
    """Holds one piece for a person."""

    def swapped(self, person: str, piece: str, now: datetime) -> str:
        """Holds this piece (none, if it is empty) and gives the one that was held; empty if there was none,
        or if it is too old."""
        ...

    def drop(self, now: datetime) -> None:
        """Lets go of what nobody went on from."""
        ...


class Fragments:
    """What was said a moment ago, by pseudonym."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf or OwnShelf()

    def joined(self, person: str, text: str, now: datetime, world: World, language: str | None = None) -> str:
        """The text; with the one before it if neither says much alone and together they do."""
        little = says_little(text, world, language)
        before = self._shelf.swapped(person, text.strip() and text if little else "", now)
        if not (before and little):
            return text
        whole = f"{before} {text}"
        return text if says_little(whole, world, language) else whole

    def hold(self, person: str, piece: str, now: datetime) -> None:
        """Holds this piece in place of any other."""
        self._shelf.swapped(person, piece.strip(), now)

    def drop(self, now: datetime) -> None:
        self._shelf.drop(now)


class OwnShelf:
    """In the memory of this process. All its threads share one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: OrderedDict[str, tuple[datetime, str]] = OrderedDict()

    def swapped(self, person: str, piece: str, now: datetime) -> str:
        with self._lock:
            self._drop(now)
            _, before = self._held.pop(person, (now, ""))
            if piece:
                self._held[person] = (now, piece)
            return before

    def drop(self, now: datetime) -> None:
        with self._lock:
            self._drop(now)

    def _drop(self, now: datetime) -> None:
        while self._held:
            person, (when, _) = next(iter(self._held.items()))
            if now - when < HELD and len(self._held) < MOST:
                return
            del self._held[person]


class SharedShelf:
    """In the memory of this machine: a sealed file for each person, which all processes of an installation
    share. `seal` and `unseal` (None for what it cannot read) bind what they hide to a name."""

    def __init__(
        self, folder: Path, seal: Callable[[Any, str], bytes], unseal: Callable[[bytes, str], Any]
    ) -> None:
        """Raises OSError if the folder cannot be made, or is another user's."""
        folder.mkdir(mode=0o700, exist_ok=True)
        os.chmod(folder, 0o700)
        self._folder, self._seal, self._unseal = folder, seal, unseal

    def swapped(self, person: str, piece: str, now: datetime) -> str:
        held = self._folder / sha256(person.encode()).hexdigest()
        before = self._taken(held, person, now)
        if piece:
            with suppress(OSError):  # no room: then the pieces stand alone
                self._put(held, self._seal([now.timestamp(), piece], person))
        return before

    def drop(self, now: datetime) -> None:
        """What is past its time by the clock of the files."""
        for held in self._folder.glob("*"):
            with suppress(OSError):
                if now.timestamp() - held.stat().st_mtime >= HELD.total_seconds():
                    held.unlink()

    def _taken(self, held: Path, person: str, now: datetime) -> str:
        mine = _beside(held)
        try:
            held.rename(mine)  # of two that reach for it one gets it
            found = self._unseal(mine.read_bytes(), person)
            mine.unlink()
        except OSError:
            return ""
        fresh = found and 0 <= now.timestamp() - found[0] < HELD.total_seconds()
        return str(found[1]) if fresh else ""

    def _put(self, held: Path, sealed: bytes) -> None:
        part = _beside(held)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(sealed)
        part.rename(held)


def _beside(held: Path) -> Path:
    """A name that nobody else uses."""
    return held.with_suffix(f".{os.urandom(4).hex()}")


def shelf(installation: str, seal: Callable[[Any, str], bytes], unseal: Callable[[bytes, str], Any]) -> Shelf:
    """One that all processes of an installation share, where the machine has such memory; else its own."""
    if RAM.is_dir():
        try:
            name = sha256(f"{os.getuid()} {installation}".encode()).hexdigest()[:24]
            return SharedShelf(RAM / f"openway-{name}", seal, unseal)
        except OSError as error:
            log.warning("pieces of texts are held by each process alone: %s", type(error).__name__)
    return OwnShelf()
