"""What many threads do at once is what one does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from directory.search import analysis
from directory.text import stem

WORDS = [f"{start}{middle}{end}" for start in ("organi", "counsel", "relat", "nation", "hope", "comuni", "trabaj")
         for middle in ("z", "l", "s", "") for end in ("ations", "ing", "fulness", "ies", "ation", "ado", "amiento")]  # fmt: skip


@pytest.fixture
def _eager() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("_eager")
@pytest.mark.parametrize("language", ["en", "es", "ru"])
def test_threads_stem_as_one_does(language: str) -> None:
    """A stemmer of snowball keeps its word in itself; a wrong stem would be remembered."""
    alone = {word: analysis.of_word(word, language) for word in WORDS}
    for _ in range(5):
        analysis.of_word.cache_clear()
        stem.cache_clear()
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda word: (word, analysis.of_word(word, language)), WORDS * 3))
        assert all(alone[word] == terms for word, terms in found)
