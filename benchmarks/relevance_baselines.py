"""What plain search engines make of the same queries and texts, to compare with.

Each gets the names, descriptions, need labels, categories and towns of the listings, folded as ours
are. Listings with all the words come first, then those with any. Without a place each group is in the
engine's own order. With one, those with all the words are in the order of distance; those with any
are within 50 miles and then beyond, each in the engine's order. What has no door counts as 50 miles.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import psycopg
from whoosh import index, qparser
from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, TEXT, Schema

from directory.answers import Place
from directory.geo import miles_between
from directory.model import Point
from directory.needs import Needs
from directory.text import fold, words
from tests.relevance.judging import Candidate

NEAR: Final = 50.0  # miles
ENOUGH: Final = 5
PROGRAMS: Final = Path("/usr/lib/postgresql/15/bin")
_PIECE: Final = re.compile(r'"([^"]+)"|([^"\s]+)|"')
_OURS: Final = "openway"  # attributes of this taxonomy are the needs themselves


@dataclass(frozen=True, slots=True)
class Text:
    """One listing as the engines get it."""

    id: str
    name: str
    body: str


def texts(pool: Sequence[Candidate], needs: Needs) -> list[Text]:
    return [Text(one.id, fold(_name(one)), fold(_body(one, needs))) for one in pool]


def _name(one: Candidate) -> str:
    listing = one.listing
    named = (listing.service, listing.organization, listing.location)
    unique = dict.fromkeys(said for each in named for said in (each.name, each.alternate_name) if said)
    return " ".join(unique)


def _body(one: Candidate, needs: Needs) -> str:
    service = one.listing.service
    labels = [needs.label(code) for code in sorted(one.needs)]
    categories = [each.name for each in service.attributes if each.taxonomy != _OURS]
    said = (service.description, one.listing.description, service.eligibility_description)
    return " ".join((*said, *labels, *categories, one.city, one.state))


def pieces(text: str) -> list[str]:
    """The words of a query, each on its own, and its quoted phrases.

    >>> pieces('free "hot meals" now!')
    ['free', 'hot meals', 'now']
    """
    found: list[str] = []
    for phrase, word in _PIECE.findall(fold(text)):
        said = words(phrase or word)
        found += [" ".join(said)] if phrase and said else said
    return found


class Engine(Protocol):
    name: str

    def matching(self, parts: Sequence[str], every: bool) -> list[str]:
        """The ids of the listings with all or any of these, the best first."""
        ...


@dataclass(frozen=True, slots=True)
class Baseline:
    """An engine with the order of places around it."""

    engine: Engine
    points: Mapping[str, Point]

    def found(self, text: str, place: Place | None) -> list[str]:
        parts = pieces(text)
        if not parts:
            return []
        first = self.engine.matching(parts, True)
        if place:
            miles = self._miles(place, first)
            first.sort(key=lambda each: miles[each])
        if len(first) < ENOUGH and len(parts) > 1:
            first += self._more(parts, place)
        return list(dict.fromkeys(first))[:ENOUGH]

    def _more(self, parts: Sequence[str], place: Place | None) -> list[str]:
        found = self.engine.matching(parts, False)
        if place:
            miles = self._miles(place, found)
            found.sort(key=lambda each: miles[each] > NEAR)
        return found

    def _miles(self, place: Place, ids: Sequence[str]) -> dict[str, float]:
        points = self.points
        return {each: miles_between(place.point, points[each]) if each in points else NEAR for each in ids}


class Whoosh:
    name = "Whoosh"

    def __init__(self, documents: Sequence[Text], folder: Path) -> None:
        folder.mkdir()
        body = TEXT(analyzer=StemmingAnalyzer(), phrase=True)
        schema = Schema(id=ID(stored=True), name=body, body=body)
        made = index.create_in(folder, schema)
        writer = made.writer(limitmb=128)
        for each in documents:
            writer.add_document(id=each.id, name=each.name, body=each.body)
        writer.commit()
        self._searcher = made.searcher()
        self._schema = schema

    def matching(self, parts: Sequence[str], every: bool) -> list[str]:
        parser = qparser.MultifieldParser(
            ["name", "body"],
            self._schema,
            fieldboosts={"name": 2.0, "body": 1.0},
            plugins=[qparser.plugins.WhitespacePlugin(), qparser.plugins.PhrasePlugin()],
            group=qparser.AndGroup if every else qparser.OrGroup,
        )
        asked = parser.parse(" ".join(f'"{part}"' if " " in part else part for part in parts))
        return [hit["id"] for hit in self._searcher.search(asked, limit=None)]


class Fts5:
    name = "SQLite FTS5"

    def __init__(self, documents: Sequence[Text]) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute(
            "CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, name, body, tokenize='porter')"
        )
        rows = ((each.id, each.name, each.body) for each in documents)
        self._connection.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)

    def matching(self, parts: Sequence[str], every: bool) -> list[str]:
        asked = (" AND " if every else " OR ").join(f'"{part}"' for part in parts)
        ask = "SELECT id FROM t WHERE t MATCH ? ORDER BY bm25(t, 0, 2, 1)"
        return [id_ for (id_,) in self._connection.execute(ask, (asked,))]


class Postgres:
    name = "PostgreSQL"

    def __init__(self, documents: Sequence[Text], url: str) -> None:
        self._connection: psycopg.Connection[Any] = psycopg.connect(url, autocommit=True)
        run = self._connection.execute
        run("DROP TABLE IF EXISTS t")
        run("CREATE TABLE t (id text, name text, body text)")
        with self._connection.cursor().copy("COPY t FROM STDIN") as copy:
            for each in documents:
                copy.write_row((each.id, each.name, each.body))
        run("ALTER TABLE t ADD said tsvector")
        run(
            "UPDATE t SET said = setweight(to_tsvector('english', name), 'A')"
            " || setweight(to_tsvector('english', body), 'B')"
        )
        run("CREATE INDEX ON t USING gin (said)")

    def matching(self, parts: Sequence[str], every: bool) -> list[str]:
        asked = (" " if every else " or ").join(f'"{part}"' for part in parts)
        ask = (
            "SELECT id FROM t, websearch_to_tsquery('english', %s) q"
            " WHERE said @@ q ORDER BY ts_rank('{0.1, 0.2, 0.5, 1}', said, q) DESC, id"
        )
        return [id_ for (id_,) in self._connection.execute(ask, (asked,))]


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """A PostgreSQL server of our own in this folder; its address."""
    folder.mkdir()
    as_user: list[str | Path] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        folder.parent.chmod(0o711)
        as_user = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    _run([*as_user, PROGRAMS / "initdb", "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8"], folder)
    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off"
    control: list[str | Path] = [
        *as_user,
        PROGRAMS / "pg_ctl",
        "-D",
        data,
        "-w",
        "-l",
        folder / "log",
        "-o",
        options,
    ]
    _run([*control, "start"], folder)
    try:
        yield f"postgresql://test@127.0.0.1:{port}/postgres"
    finally:
        _run([*control, "-m", "immediate", "stop"], folder)


def _run(command: Sequence[str | Path], folder: Path) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)


def engines(documents: Sequence[Text], folder: Path, postgres: str) -> Iterator[Engine]:
    """One after the other, so that only one is in memory. `postgres`: an address; "" leaves it out."""
    yield Whoosh(documents, folder)
    yield Fts5(documents)
    if postgres:
        yield Postgres(documents, postgres)
    else:
        print(f"no {PROGRAMS}: PostgreSQL is left out", file=sys.stderr)
