"""The folders of the search index: made beside the one in use, swapped in with one rename.

`index/CURRENT` names the folder in use. A folder is named after the version of the directory that
it shows, so an index prepared before a commit is found again after it, also by another process,
also when the one that prepared it was killed. Processes that read an older folder keep its files
open. It is removed at once: a point that became confidential must not lie about in it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

_CURRENT: Final = "CURRENT"
_UNFINISHED: Final = ".unfinished-"


@contextmanager
def new_folder(shelf: Path, version: str) -> Iterator[Path]:
    """A folder to fill; it gets its name when the block ends well. One process at a time."""
    shelf.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (shelf / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        for broken in shelf.glob(f"{_UNFINISHED}*"):  # of a process that was killed
            shutil.rmtree(broken, ignore_errors=True)
        fresh = shelf / f"{_UNFINISHED}{uuid4().hex}"
        fresh.mkdir()
        yield fresh
        fresh.rename(shelf / f"{version}.{uuid4().hex[:8]}")


def newest(shelf: Path, version: str) -> str:
    """The name of the newest finished folder of a version; empty if there is none."""
    found = max(shelf.glob(f"{version}.*"), key=_made, default=None)
    return found.name if found else ""


def _made(folder: Path) -> int:
    """When it was made; 0 if another process has just removed it."""
    try:
        return folder.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def current(shelf: Path) -> str:
    """The name of the folder in use; empty if there is none."""
    try:
        return (shelf / _CURRENT).read_text()
    except (FileNotFoundError, UnicodeDecodeError):  # none yet, or what a crash left of it
        return ""


def make_current(shelf: Path, name: str) -> None:
    note = shelf / f".note-{uuid4().hex}"
    note.write_text(name)
    os.replace(note, shelf / _CURRENT)
    for other in shelf.iterdir():
        if other.is_dir() and other.name != name and not other.name.startswith("."):
            _remove_older(other, shelf / name)


def _remove_older(other: Path, than: Path) -> None:
    # One that is newer was prepared for a change that is about to be committed.
    with suppress(FileNotFoundError):
        if other.stat().st_mtime_ns < than.stat().st_mtime_ns:
            shutil.rmtree(other, ignore_errors=True)
