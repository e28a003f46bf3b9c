"""One reader with the real rules for all tests; loading takes half a second."""

from __future__ import annotations

from functools import cache

from bot.understanding import Reader
from tests.understanding.small_gazetteer import SmallGazetteer


@cache
def reader() -> Reader:
    return Reader.load(SmallGazetteer())
