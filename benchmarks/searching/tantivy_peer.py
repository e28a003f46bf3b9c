"""tantivy (Rust): documents in map order, needs and words as terms, the place as numbers or as cells."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from math import isnan
from pathlib import Path
from typing import Any, ClassVar, Final

import numpy as np
import tantivy

from benchmarks.searching.peer import (
    NEEDS,
    OPPOSED,
    Answerer,
    Box,
    Density,
    Found,
    bytes_in,
    cells_in,
    opposed,
    ten_nearest,
)
from benchmarks.searching.questions import Question
from benchmarks.searching.shape import Bits, Listings

STEPS: Final = (0.02, 0.1, 0.5, 2.0, 8.0)  # degrees: the sides of the cells, small to large
MOST_CELLS: Final = 40
FIRST_LIMIT: Final = 2_000
MUST: Final = tantivy.Occur.Must
NOT: Final = tantivy.Occur.MustNot
SHOULD: Final = tantivy.Occur.Should


class Tantivy:
    label: ClassVar[str] = "tantivy"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._density = Density(folder)
        self._schema = _schema()
        self._index: Any = None
        self._ids: Any = None

    def build(self, rows: Listings) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        (self._folder / "index").mkdir(parents=True)
        self._density.write(rows)
        index = tantivy.Index(self._schema, str(self._folder / "index"))
        writer = index.writer(1_000_000_000, 1)  # one thread keeps the map order
        against, needs = opposed(rows).tolist(), rows.needs.tolist()
        latitudes, longitudes = rows.latitude.tolist(), rows.longitude.tolist()
        for n in rows.searchable():
            document = _document(n, needs[n], against[n], latitudes[n], longitudes[n])
            document.add_text("words", f"{rows.names[n]} {rows.texts[n]}")
            document.add_text("called", rows.names[n])
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        np.save(self._folder / "ids.npy", np.array([each.encode() for each in rows.ids], "S36"))

    def open(self) -> None:
        self._index = tantivy.Index.open(str(self._folder / "index"))
        self._ids = np.load(self._folder / "ids.npy", mmap_mode="r")
        self._density.load()

    def variants(self, kind: str) -> dict[str, Answerer]:
        if kind == "name":
            return {"names, BM25": self._name(self._called), "names and texts, BM25": self._name(self._said)}
        more = {"matches first, then sort": self._all} if kind.startswith("word") else {}
        return {
            **more,
            "terms + cell terms": self._near(self._in_cells),
            "terms + ranges on fast fields": self._near(self._in_ranges),
        }

    def _near(self, place: Callable[[Box], list[Any]]) -> Answerer:
        def answer(question: Question) -> Found:
            searcher = self._index.searcher()
            fits = self._fits(question)
            share = self._share(searcher, question)

            def look(box: Box) -> tuple[list[str], Bits, Bits]:
                query = tantivy.Query.boolean_query([*fits, *place(box)])
                # A constant score: nothing is ranked but by distance.
                query = tantivy.Query.const_score_query(query, 1.0)
                hits = searcher.search(query, limit=FIRST_LIMIT, count=False).hits
                if len(hits) == FIRST_LIMIT:  # more than can be meant: all of them
                    hits = searcher.search(query, limit=max(searcher.num_docs, 1), count=False).hits
                return self._read(searcher, [address for _, address in hits])

            return self._density.growing(question, share, look)

        return answer

    def _all(self, question: Question) -> Found:
        searcher = self._index.searcher()
        query = tantivy.Query.const_score_query(tantivy.Query.boolean_query(self._fits(question)), 1.0)
        hits = searcher.search(query, limit=FIRST_LIMIT, count=False).hits
        if len(hits) == FIRST_LIMIT:
            hits = searcher.search(query, limit=max(searcher.num_docs, 1), count=False).hits
        ids, latitudes, longitudes = self._read(searcher, [address for _, address in hits])
        doors = np.flatnonzero(~np.isnan(latitudes))
        found, miles = ten_nearest(question, range(len(doors)), latitudes[doors], longitudes[doors])
        return [ids[int(doors[int(n)])] for n in found], miles

    def _share(self, searcher: Any, question: Question) -> float:
        if question.word:
            return float(searcher.doc_freq("words", question.word) / max(searcher.num_docs, 1))
        return self._density.share(question)

    def _read(self, searcher: Any, addresses: list[Any]) -> tuple[list[str], Bits, Bits]:
        rows = searcher.fast_field_values("n", addresses)
        latitudes = np.array(searcher.fast_field_values("latitude", addresses), np.float64)
        longitudes = np.array(searcher.fast_field_values("longitude", addresses), np.float64)
        return _Ids(self._ids, rows), latitudes, longitudes  # type: ignore[return-value]

    def _fits(self, question: Question) -> list[Any]:
        if question.word:
            return [(MUST, self._term("words", question.word))]
        fits = [(MUST, self._term("tags", question.need))]
        if question.kind == "filtered":
            fits += [(NOT, self._term("tags", f"not_{name}")) for name in OPPOSED]
        return fits

    def _term(self, field: str, value: str) -> Any:
        return tantivy.Query.term_query(self._schema, field, value, index_option="basic")

    def _in_ranges(self, box: Box) -> list[Any]:
        ranges = (("latitude", box[0], box[1]), ("longitude", box[2], box[3]))
        return [
            (MUST, tantivy.Query.range_query(self._schema, name, tantivy.FieldType.Float, low, high))
            for name, low, high in ranges
        ]

    def _in_cells(self, box: Box) -> list[Any]:
        for level, step in enumerate(STEPS):
            cells = [f"{level}:{lat}:{lng}" for lat, lng in cells_in(box, step)]
            if 0 < len(cells) <= MOST_CELLS:
                any_cell = [(SHOULD, self._term("cells", cell)) for cell in cells]
                return [(MUST, tantivy.Query.boolean_query(any_cell))]
        return self._in_ranges((-90.0, 90.0, -360.0, 360.0))

    def _called(self, word: str) -> Any:
        return tantivy.Query.term_query(self._schema, "called", word)

    def _said(self, word: str) -> Any:
        """In the name, which counts thrice, or anywhere."""
        named = tantivy.Query.boost_query(self._called(word), 3.0)
        said = tantivy.Query.term_query(self._schema, "words", word)
        return tantivy.Query.boolean_query([(SHOULD, named), (SHOULD, said)])

    def _name(self, query_of: Callable[[str], Any]) -> Answerer:
        def answer(question: Question) -> Found:
            searcher = self._index.searcher()
            words = [(MUST, query_of(word)) for word in question.words]
            hits = searcher.search(tantivy.Query.boolean_query(words), limit=10, count=False).hits
            rows = searcher.fast_field_values("n", [address for _, address in hits])
            return [self._ids[row].decode() for row in rows], []

        return answer

    def size(self) -> int:
        return bytes_in(self._folder)

    def needed(self, _ways: list[str]) -> dict[str, float]:
        return {}

    def change(self, rename: tuple[str, str], words: tuple[str, ...]) -> float:
        row = int(np.flatnonzero(self._ids[:] == rename[0].encode())[0])
        find = self._name(self._called)
        start = time.perf_counter()
        writer = self._index.writer(100_000_000, 1)
        writer.delete_documents("n", row)
        document = _document(row, 0, 0, float("nan"), float("nan"))
        document.add_text("words", rename[1])
        document.add_text("called", rename[1])
        writer.add_document(document)
        writer.commit()
        self._index.reload()
        assert rename[0] in find(Question("name", words=words))[0]
        return time.perf_counter() - start

    def memory(self) -> dict[str, int]:
        return {}

    def restart(self) -> None: ...

    def close(self) -> None: ...


class _Ids:
    """The ids of rows, read only for the ten that are shown."""

    def __init__(self, ids: Any, rows: list[int]) -> None:
        self._ids, self._rows = ids, rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, n: int) -> str:
        return str(self._ids[self._rows[n]].decode())


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("n", indexed=True, fast=True)
    builder.add_float_field("latitude", fast=True)
    builder.add_float_field("longitude", fast=True)
    builder.add_text_field("tags", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("cells", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", index_option="freq")
    builder.add_text_field("called", index_option="freq")
    return builder.build()


def _document(n: int, needs: int, against: int, latitude: float, longitude: float) -> Any:
    document = tantivy.Document()
    document.add_unsigned("n", n)
    for code, bit in NEEDS.items():
        if needs & bit:
            document.add_text("tags", code)
    for name, bit in OPPOSED.items():
        if against & bit:
            document.add_text("tags", f"not_{name}")
    if not isnan(latitude):
        document.add_float("latitude", latitude)
        document.add_float("longitude", longitude)
        for level, step in enumerate(STEPS):
            document.add_text("cells", f"{level}:{int(latitude // step)}:{int(longitude // step)}")
    return document
