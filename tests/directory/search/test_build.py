"""Building an index: on two cores it is what it is on one, and the second may die."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from directory.model import Point
from directory.needs import load_needs
from directory.search import Search, build, cutting, following, index, shelf
from directory.search.postings import Postings
from directory.store import Store
from storage import open_engine
from tests.worlds import NOW, entry, imported, open_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    engine, store = open_store(tmp_path)
    rows = (
        entry(str(n), name=f"Hope {n} House of Haymarket", needs=["food"], point=Point(41 + n / 100, -87.6))
        for n in range(40)
    )
    imported(engine, *rows)
    return store


def built(store: Store, folder: Path) -> Postings:
    with store.snapshot() as connection:
        version = build.build(connection, load_needs(), folder)
    return index.load(folder / shelf.newest(folder, version)).segments[0].words.postings


def same(one: Postings, other: Postings) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("terms", "forms", "offsets", "rows", "marks", "first", "places")
    )


def test_on_two_cores_an_index_is_what_it_is_on_one(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = built(store, tmp_path / "alone")
    monkeypatch.setattr(cutting, "MANY", 0)
    monkeypatch.setattr(cutting, "CHUNK", 7)
    assert same(built(store, tmp_path / "both"), alone)


def test_a_long_build_beside_searches_is_made_in_a_process_of_its_own(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "MANY", 1)
    monkeypatch.setattr(following, "PATIENCE", 60.0)
    here: list[str] = []
    monkeypatch.setattr(following.Follower, "_built_here", lambda self: here.append("here") or "")
    search = Search(Store(open_engine(str(store.engine.url))), load_needs(), tmp_path / "index", lambda: NOW)
    assert search.is_current()
    assert here == []
