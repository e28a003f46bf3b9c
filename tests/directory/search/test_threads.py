"""What many threads do at once is what one does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta

import numpy as np
import pytest

from directory.model import Answer, Schedule
from directory.search import analysis
from directory.search.columns import Hours
from directory.search.openings import Openings
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


@pytest.mark.usefixtures("_eager")
def test_who_asks_for_another_hour_changes_nobodys_answer() -> None:
    """What is open is kept, and worked out anew for whoever asks of another instant."""
    nine_to_five = Schedule("", opens_at=time(9), closes_at=time(17), freq="DAILY")
    hours = [Hours((nine_to_five,), "America/Chicago", "IL", Answer.UNKNOWN, False)] * 8
    openings, numbers = Openings(hours), np.arange(8, dtype=np.int32)
    noon = datetime(2026, 11, 25, 18, tzinfo=UTC)
    alone = {at: Openings(hours).of(numbers, at).tolist() for at in (noon, noon + timedelta(hours=10))}
    assert len({tuple(states) for states in alone.values()}) == 2
    with ThreadPoolExecutor(6) as pool:
        asked = [*alone] * 1_500
        told = list(pool.map(lambda at: openings.of(numbers, at).tolist(), asked))
    assert [at for at, states in zip(asked, told, strict=True) if states != alone[at]] == []
