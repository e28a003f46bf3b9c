"""The questions of the search benchmark can be made, whatever words data/ has come to hold."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from benchmarks.searching import data, questions

EACH = 600  # so many names that some are made of common words alone


def test_every_kind_of_question_can_be_made(tmp_path: Path) -> None:
    path = tmp_path / "openway.db"
    data.make(path, 2_000)
    asked = questions.ask(data.read(path), EACH)
    assert Counter(each.kind for each in asked) == dict.fromkeys(questions.KINDS, EACH)
    assert all(each.wanted for each in asked if each.kind == "name")
