"""Whoosh used plainly: stored fields, numeric ranges for the place. To show what map order saves."""

from __future__ import annotations

import shutil
import time
from math import isnan
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from whoosh import fields, index
from whoosh.analysis import LowercaseFilter, RegexTokenizer
from whoosh.query import And, Not, NumericRange, Or, Term

from benchmarks.searching.peer import (
    NEEDS,
    OPPOSED,
    Answerer,
    Box,
    Density,
    Found,
    bytes_in,
    opposed,
    ten_nearest,
)
from benchmarks.searching.questions import Question
from benchmarks.searching.shape import Bits, Listings


class Whoosh:
    label: ClassVar[str] = "Whoosh, plain"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._density = Density(folder)
        self._searcher: Any = None

    def build(self, rows: Listings) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        (self._folder / "index").mkdir(parents=True)
        self._density.write(rows)
        kept = fields.TEXT(analyzer=RegexTokenizer() | LowercaseFilter(), phrase=False, spelling=False)
        number = fields.NUMERIC(float, stored=True)
        schema = fields.Schema(id=fields.ID(stored=True, unique=True), tags=fields.KEYWORD, words=kept,
                               called=kept, latitude=number, longitude=number)  # fmt: skip
        writer = index.create_in(str(self._folder / "index"), schema).writer(limitmb=512)
        against, needs = opposed(rows).tolist(), rows.needs.tolist()
        latitudes, longitudes = rows.latitude.tolist(), rows.longitude.tolist()
        for n in rows.searchable():
            tags = [code for code, bit in NEEDS.items() if needs[n] & bit]
            tags += [f"not_{name}" for name, bit in OPPOSED.items() if against[n] & bit]
            place = {} if isnan(latitudes[n]) else {"latitude": latitudes[n], "longitude": longitudes[n]}
            writer.add_document(id=rows.ids[n], tags=" ".join(tags), called=rows.names[n],
                                words=f"{rows.names[n]} {rows.texts[n]}", **place)  # fmt: skip
        writer.commit(optimize=True)

    def open(self) -> None:
        self._searcher = index.open_dir(str(self._folder / "index")).searcher()
        self._density.load()

    def variants(self, kind: str) -> dict[str, Answerer]:
        if kind == "name":
            return {"And, BM25F": self._name}
        return {"matches first, then sort": self._all, "And with numeric ranges": self._near}

    def _all(self, question: Question) -> Found:
        fits, _ = self._fits(question)
        found = [self._searcher.stored_fields(n) for n in self._searcher.docs_for_query(And(fits))]
        found = [each for each in found if "latitude" in each]
        places = np.array([(each["latitude"], each["longitude"]) for each in found]).reshape(-1, 2)
        return ten_nearest(question, [each["id"] for each in found], places[:, 0], places[:, 1])

    def _fits(self, question: Question) -> tuple[list[Any], float]:
        """What must match, and the share of listings that do."""
        if question.word:
            count = self._searcher.doc_frequency("words", question.word)
            return [Term("words", question.word)], count / max(self._searcher.doc_count(), 1)
        fits: list[Any] = [Term("tags", question.need)]
        if question.kind == "filtered":
            fits.append(Not(Or([Term("tags", f"not_{name}") for name in OPPOSED])))
        return fits, self._density.share(question)

    def _near(self, question: Question) -> Found:
        fits, share = self._fits(question)

        def look(box: Box) -> tuple[list[str], Bits, Bits]:
            place = [NumericRange("latitude", box[0], box[1]), NumericRange("longitude", box[2], box[3])]
            found = [
                self._searcher.stored_fields(n) for n in self._searcher.docs_for_query(And([*fits, *place]))
            ]
            places = np.array([(each["latitude"], each["longitude"]) for each in found]).reshape(-1, 2)
            return [each["id"] for each in found], places[:, 0], places[:, 1]

        return self._density.growing(question, share, look)

    def _name(self, question: Question) -> Found:
        query = And([Term("called", word) for word in question.words])
        return [hit["id"] for hit in self._searcher.search(query, limit=10)], []

    def size(self) -> int:
        return bytes_in(self._folder)

    def needed(self, _ways: list[str]) -> dict[str, float]:
        return {}

    def change(self, rename: tuple[str, str], words: tuple[str, ...]) -> float:
        start = time.perf_counter()
        opened = index.open_dir(str(self._folder / "index"))
        writer = opened.writer()
        writer.update_document(id=rename[0], called=rename[1], words=rename[1])
        writer.commit()
        self._searcher = opened.searcher()
        assert rename[0] in self._name(Question("name", words=words))[0]
        return time.perf_counter() - start

    def memory(self) -> dict[str, int]:
        return {}

    def restart(self) -> None: ...

    def close(self) -> None:
        self._searcher.close()
