"""SQLite alone: an R*Tree for each need and one for all, FTS5 for words, rows in map order."""

# ruff: noqa: S608 -- the SQL is made of constants of this file
from __future__ import annotations

import shutil
import sqlite3
import time
from math import isnan
from pathlib import Path
from typing import Any, ClassVar, Final

import numpy as np

from benchmarks.searching.peer import (
    ALL_OPPOSED,
    NEEDS,
    Answerer,
    Box,
    Density,
    Found,
    bytes_in,
    cells_in,
    opposed,
)
from benchmarks.searching.questions import TEN, Question, miles_from
from benchmarks.searching.shape import Bits, Listings

STEPS: Final = (0.5, 4.0)  # degrees: the sides of the cells that stand as words in the index
MOST_CELLS: Final = 30


class Fts5:
    label: ClassVar[str] = "SQLite FTS5 + R*Tree"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._density = Density(folder)
        self._db: Any = None
        self._counts: dict[str, int] = {}
        self._total = 0

    def build(self, rows: Listings) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        self._density.write(rows)
        self._db = self._connect()
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-500000"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute("BEGIN")
        self._db.execute("CREATE TABLE listing (n INTEGER PRIMARY KEY, id TEXT, opposed INT, latitude REAL, "
                         "longitude REAL, name TEXT, body TEXT)")  # fmt: skip
        against = opposed(rows)
        known = [None if isnan(lat) else lat for lat in rows.latitude.tolist()]
        longitudes, opposes = rows.longitude.tolist(), against.tolist()
        self._db.executemany(
            "INSERT INTO listing VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((n, rows.ids[n], opposes[n], known[n], None if known[n] is None else longitudes[n],
              rows.names[n], rows.texts[n]) for n in rows.searchable()),
        )  # fmt: skip
        self._write_words()
        for name, bit in {"all": -1, **NEEDS}.items():
            self._write_tree(name, rows, against, bit)
        self._db.execute("COMMIT")
        self._db.execute("ANALYZE")
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.close()

    def _write_words(self) -> None:
        self._db.execute("CREATE VIRTUAL TABLE said USING fts5(name, body, cell, content='', detail=column, "
                         "tokenize=\"unicode61 tokenchars '_'\")")  # fmt: skip
        self._db.create_function("cell", 2, _cell, deterministic=True)
        self._db.execute("INSERT INTO said (rowid, name, body, cell) "
                         "SELECT n, name, body, cell(latitude, longitude) FROM listing")  # fmt: skip
        self._db.execute("CREATE VIRTUAL TABLE called USING fts5(name, content='', detail=none)")
        self._db.execute("INSERT INTO called (rowid, name) SELECT n, name FROM listing")
        for table in ("said", "called"):
            self._db.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
        self._db.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, said, row)")
        self._db.execute("CREATE TABLE counts AS SELECT term, doc AS n FROM temp.vocabulary")
        self._db.execute("CREATE UNIQUE INDEX counts_term ON counts (term)")

    def _write_tree(self, name: str, rows: Listings, against: Bits, bit: int) -> None:
        keep = np.flatnonzero(rows.active & ~np.isnan(rows.latitude) & ((rows.needs & bit) != 0))
        if name == "all":
            keep = np.flatnonzero(rows.active & ~np.isnan(rows.latitude))
        self._db.execute(f"CREATE VIRTUAL TABLE near_{name} USING rtree(n, lat0, lat1, lng0, lng1, +opposed, "
                         "+lat, +lng)")  # fmt: skip
        lat, lng = rows.latitude[keep].tolist(), rows.longitude[keep].tolist()
        self._db.executemany(
            f"INSERT INTO near_{name} VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            ((n, a, a, b, b, o, a, b)
             for n, a, b, o in zip(keep.tolist(), lat, lng, against[keep].tolist(), strict=True)),
        )  # fmt: skip

    def open(self) -> None:
        self._db = self._connect()
        self._db.execute("PRAGMA mmap_size=8000000000")
        self._density.load()
        self._total = self._db.execute("SELECT max(n) + 1 FROM listing").fetchone()[0]

    def variants(self, kind: str) -> dict[str, Answerer]:
        if kind == "name":
            return {"FTS5 on names, bm25": self._called, "FTS5 column filter, bm25": self._name}
        if kind.startswith("word"):
            return {
                "FTS5 with cells as words": self._cells,
                "FTS5 first, then sort": self._words_first,
                "R*Tree box joined to FTS5": self._box_and_words,
            }
        return {"R*Tree a need, growing box": self._need}

    def _need(self, question: Question) -> Found:
        left_out = f" AND opposed & {ALL_OPPOSED} = 0" if question.kind == "filtered" else ""
        sql = (f"SELECT n, lat, lng FROM near_{question.need} WHERE lat1 >= ? AND lat0 <= ? AND lng1 >= ? "
               f"AND lng0 <= ?{left_out}")  # fmt: skip
        return self._named(self._density.growing(
            question, self._density.share(question),
            lambda box: _columns(self._db.execute(sql, box).fetchall()),
        ))  # fmt: skip

    def _box_and_words(self, question: Question) -> Found:
        sql = ("SELECT near_all.n, lat, lng FROM near_all JOIN said ON said.rowid = near_all.n "
               "WHERE lat1 >= ? AND lat0 <= ? AND lng1 >= ? AND lng0 <= ? AND said MATCH ?")  # fmt: skip
        match = f"{{name body}} : {question.word}"
        return self._named(self._density.growing(
            question, self._share(question),
            lambda box: _columns(self._db.execute(sql, (*box, match)).fetchall()),
        ))  # fmt: skip

    def _words_first(self, question: Question) -> Found:
        sql = ("SELECT n, latitude, longitude FROM said JOIN listing ON listing.n = said.rowid "
               "WHERE said MATCH ? AND latitude IS NOT NULL")  # fmt: skip
        rows = self._db.execute(sql, (f"{{name body}} : {question.word}",)).fetchall()
        numbers, latitudes, longitudes = _columns(rows)
        miles = miles_from(question.latitude, question.longitude, latitudes, longitudes)
        order = np.argsort(miles, kind="stable")[:TEN].tolist()
        return self._named(([numbers[n] for n in order], miles[order].tolist()))

    def _cells(self, question: Question) -> Found:
        sql = ("SELECT n, latitude, longitude FROM said JOIN listing ON listing.n = said.rowid "
               "WHERE said MATCH ? AND latitude IS NOT NULL")  # fmt: skip

        def look(box: Box) -> tuple[list[str], Bits, Bits]:
            match = f"{{name body}} : {question.word}"
            for level, step in enumerate(STEPS):
                names = [_name_of(level, *cell) for cell in cells_in(box, step)]
                if 0 < len(names) <= MOST_CELLS:
                    match += f" AND cell : ({' OR '.join(names)})"
                    break
            return _columns(self._db.execute(sql, (match,)).fetchall())

        return self._named(self._density.growing(question, self._share(question), look))

    def _share(self, question: Question) -> float:
        row = self._db.execute("SELECT n FROM counts WHERE term = ?", (question.word,)).fetchone()
        return (row[0] if row else 0) / max(self._total, 1)

    def _called(self, question: Question) -> Found:
        sql = ("SELECT listing.id FROM (SELECT rowid FROM called WHERE called MATCH ? "
               "ORDER BY rank LIMIT 10) JOIN listing ON listing.n = rowid")  # fmt: skip
        rows = self._db.execute(sql, (" AND ".join(question.words),)).fetchall()
        return [row[0] for row in rows], []

    def _name(self, question: Question) -> Found:
        sql = ("SELECT listing.id FROM (SELECT rowid FROM said WHERE said MATCH ? ORDER BY rank LIMIT 10) "
               "JOIN listing ON listing.n = rowid")  # fmt: skip
        rows = self._db.execute(sql, (f"name : ({' AND '.join(question.words)})",)).fetchall()
        return [row[0] for row in rows], []

    def _named(self, found: tuple[list[Any], list[float]]) -> Found:
        ids = [self._db.execute("SELECT id FROM listing WHERE n = ?", (n,)).fetchone()[0] for n in found[0]]
        return ids, found[1]

    def size(self) -> int:
        return bytes_in(self._folder)

    def needed(self, _ways: list[str]) -> dict[str, float]:
        return {}

    def change(self, rename: tuple[str, str], words: tuple[str, ...]) -> float:
        sql = "SELECT n, name, body, latitude, longitude FROM listing WHERE id = ?"
        n, name, body, latitude, longitude = self._db.execute(sql, (rename[0],)).fetchone()
        cell = _cell(latitude, longitude)
        start = time.perf_counter()
        self._db.execute("BEGIN")
        self._db.execute("INSERT INTO said (said, rowid, name, body, cell) VALUES ('delete', ?, ?, ?, ?)",
                         (n, name, body, cell))  # fmt: skip
        self._db.execute(
            "INSERT INTO said (rowid, name, body, cell) VALUES (?, ?, ?, ?)", (n, rename[1], body, cell)
        )
        self._db.execute("INSERT INTO called (called, rowid, name) VALUES ('delete', ?, ?)", (n, name))
        self._db.execute("INSERT INTO called (rowid, name) VALUES (?, ?)", (n, rename[1]))
        self._db.execute("UPDATE listing SET name = ? WHERE n = ?", (rename[1], n))
        self._db.execute("COMMIT")
        assert rename[0] in self._called(Question("name", words=words))[0]
        return time.perf_counter() - start

    def memory(self) -> dict[str, int]:
        return {}

    def restart(self) -> None: ...

    def close(self) -> None:
        self._db.close()

    def _connect(self) -> Any:
        return sqlite3.connect(self._folder / "peer.db", isolation_level=None, cached_statements=500)


def _columns(rows: list[Any]) -> tuple[list[Any], Bits, Bits]:
    if not rows:
        return [], np.empty(0), np.empty(0)
    numbers, latitudes, longitudes = zip(*rows, strict=True)
    return list(numbers), np.array(latitudes), np.array(longitudes)


def _cell(latitude: float | None, longitude: float | None) -> str:
    if latitude is None or longitude is None:
        return ""
    return " ".join(
        _name_of(level, int(latitude // step), int(longitude // step)) for level, step in enumerate(STEPS)
    )


def _name_of(level: int, lat: int, lng: int) -> str:
    return f"c{level}_{lat + 1000}_{lng + 1000}"
