"""One reader with the real rules and places for all tests; loading takes a few seconds."""

from __future__ import annotations

import atexit
import tempfile
from functools import cache
from pathlib import Path

from bot.understanding import Reader
from directory.places import Gazetteer


@cache
def reader() -> Reader:
    folder = tempfile.TemporaryDirectory(prefix="openway-places-")
    gazetteer = Gazetteer.open(Path(folder.name))
    atexit.register(folder.cleanup)
    atexit.register(gazetteer.close)  # first: the last one registered runs first
    return Reader.load(gazetteer)
