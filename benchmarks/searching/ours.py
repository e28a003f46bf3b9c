"""Openway's own search, opened as app.py opens it."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Final

from sqlalchemy import Engine, update

import migrations
from benchmarks.searching.peer import Answerer, Found, bytes_in
from benchmarks.searching.questions import TEN, WISHES, Question
from benchmarks.searching.shape import Listings
from directory import schema
from directory.answers import Place, Query, Sort
from directory.changes import Touched, mark_changed
from directory.model import Point
from directory.needs import load_needs
from directory.search import Search
from directory.store import Store
from storage import begin, open_engine

NOW: Final = datetime(2026, 6, 3, 16, 0, tzinfo=UTC)
PATIENCE: Final = 900.0  # seconds until a change must be found
Change = Callable[[Engine, Search, str, str], None]


def change_one(engine: Engine, _search: Search, service_id: str, name: str) -> None:
    """One service gets another name, as any writer would do it. A caller may plug in another way:
    --change module:function, called with (engine, search, service_id, name)."""
    with begin(engine) as connection:
        connection.execute(
            update(schema.service)
            .where(schema.service.c.id == service_id)
            .values(name=name, last_modified=NOW)
        )
        mark_changed(connection, Touched(service={service_id}))


class Ours:
    label: ClassVar[str] = "Openway"
    more_kinds: ClassVar[tuple[str, ...]] = ("whole",)

    def __init__(self, folder: Path, change: str = "") -> None:
        self._folder = folder
        self._change: Change = change_one
        if change:
            module, _, function = change.partition(":")
            self._change = getattr(importlib.import_module(module), function)
        self._engine = open_engine(f"sqlite:///{folder.parent / 'openway.db'}")
        migrations.upgrade(self._engine)
        self._store = Store(self._engine)
        self.search: Any = None

    def build(self, _rows: Listings | None) -> None:
        self.open()
        self.search.rebuild()

    def open(self) -> None:
        self.search = Search(self._store, load_needs(), self._folder, lambda: NOW)

    def variants(self, kind: str) -> dict[str, Answerer]:
        if kind == "whole":
            return {"search(), sort best": self._whole}
        ranked = getattr(self.search, "ranked", None)
        return {"ranked()": self._by(ranked)} if ranked else {"search()": self._searched}

    def _by(self, ranked: Callable[[Query], Any]) -> Answerer:
        def answer(question: Question) -> Found:
            found = ranked(_query(question))
            if question.kind == "name":
                return list(found.ids)[:TEN], []
            return _with_doors(found.ids, found.miles)

        return answer

    def _searched(self, question: Question) -> Found:
        hits = self.search.search(_query(question)).hits
        ids = [hit.listing.id for hit in hits]
        return (
            (ids, []) if question.kind == "name" else _with_doors(ids, [hit.distance_miles for hit in hits])
        )

    def _whole(self, question: Question) -> Found:
        hits = self.search.search(_query(question, sort=Sort.BEST)).hits
        assert hits, question
        return [hit.listing.id for hit in hits], []

    def size(self) -> int:
        return bytes_in(self._folder)

    def needed(self, _ways: list[str]) -> dict[str, float]:
        return {}

    def change(self, rename: tuple[str, str], words: tuple[str, ...]) -> float:
        service = next(iter(self._store.listings([rename[0]]))).service
        question = Question("name", words=words)
        self._searched(question)
        start = time.perf_counter()
        self._change(self._engine, self.search, service.id, rename[1])
        try:
            while rename[0] not in self._searched(question)[0]:
                if time.perf_counter() - start > PATIENCE:
                    raise TimeoutError(f"{rename[1]} is not found after {PATIENCE:.0f} s")
                time.sleep(0.002)
            return time.perf_counter() - start
        finally:
            self._change(self._engine, self.search, service.id, service.name)

    def memory(self) -> dict[str, int]:
        return {}

    def restart(self) -> None: ...

    def close(self) -> None:
        self._engine.dispose()


def _query(question: Question, sort: Sort = Sort.DISTANCE) -> Query:
    if question.kind == "name":
        return Query(text=" ".join(question.words), per_page=TEN)
    point = Point(question.latitude, question.longitude)
    return Query(
        text=question.word,
        place=Place("x", point, "point", state=question.state),
        needs=frozenset({question.need}) if question.need else frozenset(),
        wishes=WISHES if question.kind == "filtered" else {},
        sort=sort,
        min_results=TEN,
        per_page=TEN,
    )


def _with_doors(ids: list[str], miles: list[float | None]) -> Found:
    """Without what has no door: other engines are not asked for it, and it stands after every door."""
    doors = [far for far in miles if far is not None]
    return ids[: len(doors)], doors
