"""The search finds what people mean, on the demonstration; the real directory: benchmarks/relevance.py.

The floors are a little under what was measured on 2026-11-26, so that a change that loses queries fails.
"""

from __future__ import annotations

from statistics import mean

import pytest

from tests.relevance.directories import Directory, opened
from tests.relevance.judging import Score, load_queries

# part -> (nDCG@5, success@3)
FLOORS = {"tuned": (0.80, 0.95), "sealed": (0.78, 0.92)}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    return opened(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def scores(demo: Directory) -> list[Score]:
    return [demo.score(query) for query in load_queries() if query.set == "demo"]


@pytest.mark.parametrize("part", FLOORS)
def test_what_people_type_leads_to_what_they_mean(scores: list[Score], part: str) -> None:
    mine = [score for score in scores if score.query.part == part]
    ndcg, success = FLOORS[part]
    assert len(mine) > 150
    assert mean(score.ndcg for score in mine) >= ndcg
    assert mean(score.success for score in mine) >= success


def test_no_language_is_left_behind(scores: list[Score]) -> None:
    languages = {score.query.language for score in scores}
    assert len(languages) == 16
    for language in languages:
        assert mean(score.success for score in scores if score.query.language == language) >= 0.75, language
