"""PostgreSQL 15 with PostGIS: a private cluster, one table in map order, and several ways to ask."""

# ruff: noqa: S608 -- the SQL is made of constants of this file
from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from math import cos, isnan, radians, sin
from pathlib import Path
from typing import Any, ClassVar, Final

import numpy as np
import psycopg

from benchmarks.searching.peer import ALL_OPPOSED, NEEDS, Answerer, Box, Density, Found, cells_in, opposed
from benchmarks.searching.questions import TEN, Question, miles_from
from benchmarks.searching.shape import Listings

BIN: Final = Path("/usr/lib/postgresql/15/bin")
PORT: Final = "54391"
METERS: Final = 1609.344
SETTINGS: Final = (
    "shared_buffers=512MB", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "jit=off",
    "listen_addresses=''", f"port={PORT}", "maintenance_work_mem=1GB", "work_mem=64MB", "max_wal_size=8GB",
    "wal_level=minimal", "max_wal_senders=0", "autovacuum=off", "random_page_cost=1.1",
    "effective_cache_size=8GB", "plan_cache_mode=force_generic_plan",
)  # fmt: skip
_TABLE: Final = """
CREATE UNLOGGED TABLE listing AS
SELECT row_number() OVER ()::int AS n, id, needs, opposed, latitude, longitude, name,
       ST_SetSRID(ST_MakePoint(longitude, latitude), 4326) AS flat,
       ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)::geography AS globe,
       ST_MakePoint(cos(radians(latitude)) * cos(radians(longitude)),
                    cos(radians(latitude)) * sin(radians(longitude)), sin(radians(latitude))) AS ball,
       setweight(to_tsvector('simple', name), 'A') || to_tsvector('simple', body || cells) AS words,
       to_tsvector('simple', name) AS called
FROM staging
"""
# Each family of indexes, and the words in the name of a way that needs it.
FAMILIES: Final = {
    "always": ("",),
    "globe_all": ("one GiST, KNN on geography", "KNN on geography, then @@", "planner"),
    "ball_all": ("one GiST, KNN on 3-D", "KNN on 3-D points (nd), then @@"),
    "globe_need": ("partial GiST a need, KNN on geography", "growing"),
    "ball_need": ("partial GiST a need, KNN on 3-D",),
    "flat_need": ("flat KNN",),
}
STEPS: Final = (0.1, 0.5, 2.0, 8.0)  # degrees: the sides of the cells
MOST_CELLS: Final = 30
_WISHED: Final = f" AND opposed & {ALL_OPPOSED} = 0"


class PostGis:
    label: ClassVar[str] = "PostgreSQL + PostGIS"
    usual: ClassVar[str] = "one GiST, KNN on geography"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._data = folder / "cluster"
        self._connection: Any = None
        self._nearest_first: Any = None

    def build(self, rows: Listings) -> None:
        self._start_anew()
        Density(self._folder).write(rows)
        self._connection = self._connect()
        run = self._connection.execute
        run("CREATE EXTENSION postgis")
        run("CREATE UNLOGGED TABLE staging (id text, needs int, opposed int, latitude float8, "
            "longitude float8, name text, body text, cells text)")  # fmt: skip
        self._copy(rows)
        run(_TABLE)
        run("DROP TABLE staging")
        run("ALTER TABLE listing ALTER words SET STATISTICS 5000")
        took: dict[str, float] = dict.fromkeys(FAMILIES, 0.0)
        for family, statement in _indexes():
            start = time.perf_counter()
            run(statement)
            took[family] += time.perf_counter() - start
        (self._folder / "families.json").write_text(json.dumps(took))
        run("VACUUM ANALYZE listing")
        run("CHECKPOINT")

    def _copy(self, rows: Listings) -> None:
        against = opposed(rows).tolist()
        needs, latitudes, longitudes = rows.needs.tolist(), rows.latitude.tolist(), rows.longitude.tolist()
        with self._connection.cursor().copy("COPY staging FROM STDIN") as copy:
            for n in rows.searchable():
                lat, lng = latitudes[n], longitudes[n]
                copy.write_row((rows.ids[n], needs[n], against[n], None if isnan(lat) else lat,
                                None if isnan(lng) else lng, rows.names[n], rows.texts[n],
                                _cells_of(lat, lng)))  # fmt: skip

    def open(self) -> None:
        if not self._is_running():
            self._start()
        self._connection = self._connect()
        # One plan for any word: here it must not be the GIN index.
        self._nearest_first = self._connect()
        self._nearest_first.execute("SET enable_bitmapscan = off")

    def variants(self, kind: str) -> dict[str, Answerer]:
        if kind == "name":
            return {"GIN on names": self._name("called"), "GIN on everything": self._name("words")}
        if kind.startswith("word"):
            held, nearest = "words @@ %(word)s::tsquery", self._nearest_first
            return {
                "KNN on geography, then @@": self._asked(_on_globe(held), _globe, nearest),
                "KNN on 3-D points (nd), then @@": self._asked(_on_ball(held), _ball, nearest),
                "GIN with cells as lexemes": self._cells(),
                "GIN first, then sort": self._asked(_gin_first(), _ball),
                "planner's choice, literal word": self._asked(_on_globe("words @@ '{word}'"), _globe),
            }
        wished = _WISHED if kind == "filtered" else ""
        some, all_ = "needs & {bit} > 0" + wished, "needs & %(bit)s > 0" + wished
        return {
            "partial GiST a need, KNN on geography": self._asked(_on_globe(some), _globe),
            "partial GiST a need, KNN on 3-D points (nd)": self._asked(_on_ball(some), _ball),
            "one GiST, KNN on geography": self._asked(_on_globe(all_), _globe),
            "one GiST, KNN on 3-D points (nd)": self._asked(_on_ball(all_), _ball),
            "partial GiST a need, flat KNN, then its circle": self._asked(_flat_then_circle(some), _globe),
            "partial GiST a need, growing ST_DWithin": self._growing(some),
        }

    def _asked(
        self, sql: str, prepare: Callable[[Question], dict[str, Any]], connection: Any = None
    ) -> Answerer:
        """`{bit}` and `{word}` in the SQL are written in, so that partial indexes and statistics apply."""
        cursor = (connection or self._connection).cursor(binary=True)

        def answer(question: Question) -> Found:
            bit = NEEDS.get(question.need, 0)
            text = sql.replace("{bit}", str(bit)).replace("{word}", question.word)
            values = {**prepare(question), "bit": bit, "word": question.word}
            rows = cursor.execute(text, values, prepare=True).fetchall()
            return _with_miles(question, rows)

        return answer

    def _growing(self, where: str) -> Answerer:
        sql = f"""SELECT id, latitude, longitude FROM listing WHERE {where} AND ST_DWithin(globe,
                    ST_SetSRID(ST_MakePoint(%(lng)s, %(lat)s), 4326)::geography, %(meters)s, false)"""
        cursor = self._connection.cursor(binary=True)

        def answer(question: Question) -> Found:
            text = sql.replace("{bit}", str(NEEDS[question.need]))
            for miles in (2, 8, 25, 100, 400, 13_000):
                values = {**_globe(question), "meters": miles * METERS}
                rows = cursor.execute(text, values, prepare=True).fetchall()
                if len(rows) >= TEN:
                    break
            return _with_miles(question, rows)

        return answer

    def _cells(self) -> Answerer:
        """The word and the squares of a growing box, all in one GIN index."""
        sql = (
            "SELECT id, latitude, longitude FROM listing WHERE words @@ %s::tsquery AND latitude IS NOT NULL"
        )
        cursor = self._connection.cursor(binary=True)
        density = Density(self._folder)
        density.load()
        shares = self._shares()

        def answer(question: Question) -> Found:
            def look(box: Box) -> tuple[list[str], Any, Any]:
                wanted = question.word
                for level, step in enumerate(STEPS):
                    names = [_cell(level, *each) for each in cells_in(box, step)]
                    if 0 < len(names) <= MOST_CELLS:
                        wanted += f" & ({' | '.join(names)})"
                        break
                rows = cursor.execute(sql, (wanted,), prepare=True).fetchall()
                ids, latitudes, longitudes = zip(*rows, strict=True) if rows else ((), (), ())
                return list(ids), np.array(latitudes), np.array(longitudes)

            return density.growing(question, shares.get(question.word, 1e-5), look)

        return answer

    def _shares(self) -> dict[str, float]:
        """What share of the listings hold a word: PostgreSQL's own statistics."""
        row = self._connection.execute(
            "SELECT most_common_elems::text::text[], most_common_elem_freqs FROM pg_stats "
            "WHERE tablename = 'listing' AND attname = 'words'"
        ).fetchone()
        return dict(zip(row[0], row[1], strict=False)) if row and row[0] else {}

    def _name(self, column: str) -> Answerer:
        sql = f"""SELECT id FROM listing WHERE {column} @@ %(words)s::tsquery
                  ORDER BY ts_rank({column}, %(words)s::tsquery) DESC LIMIT 10"""
        cursor = self._connection.cursor(binary=True)

        def answer(question: Question) -> Found:
            rows = cursor.execute(sql, {"words": " & ".join(question.words)}, prepare=True).fetchall()
            return [row[0] for row in rows], []

        return answer

    def size(self) -> int:
        return int(self._connection.execute("SELECT pg_total_relation_size('listing')").fetchone()[0])

    def needed(self, ways: list[str]) -> dict[str, float]:
        """Of the families of indexes only those of the winning ways (and GIN, and the table)."""
        used = {
            family for family, said in FAMILIES.items() if any(part in way for part in said for way in ways)
        }
        rows = self._connection.execute(
            "SELECT indexrelname, pg_relation_size(indexrelid) FROM pg_stat_user_indexes "
            "WHERE relname = 'listing'"
        ).fetchall()
        spare = sum(size for name, size in rows if name.rsplit("_", 1)[0] not in used)
        took = json.loads((self._folder / "families.json").read_text())
        return {
            "bytes": self.size() - spare,
            "seconds": -sum(took[each] for each in took if each not in used),
        }

    def change(self, rename: tuple[str, str], words: tuple[str, ...]) -> float:
        find = self._name("called")
        start = time.perf_counter()
        self._connection.execute(
            "UPDATE listing SET name = %(name)s, called = to_tsvector('simple', %(name)s), "
            "words = setweight(to_tsvector('simple', %(name)s), 'A') || words WHERE id = %(id)s",
            {"id": rename[0], "name": rename[1]},
        )
        assert rename[0] in find(Question("name", words=words))[0]
        return time.perf_counter() - start

    def memory(self) -> dict[str, int]:
        """The server: Pss of all its processes."""
        total = 0
        first = int((self._data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for process in (str(first), *children):
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return {"server_pss_kb": total}

    def restart(self) -> None:
        self._stop()

    def close(self) -> None:
        for connection in (self._connection, self._nearest_first):
            if connection is not None:
                connection.close()

    def _connect(self) -> Any:
        where = {"host": str(self._folder), "port": PORT, "user": "postgres", "dbname": "postgres"}
        connection: Any = psycopg.connect(**where, autocommit=True, prepare_threshold=0)  # type: ignore[arg-type]
        connection.prepared_max = 2000
        return connection

    def _start_anew(self) -> None:
        self._stop()
        shutil.rmtree(self._data, ignore_errors=True)
        self._folder.mkdir(parents=True, exist_ok=True)
        for parent in (self._folder, *self._folder.parents):  # the server must reach its folder
            if parent.stat().st_uid == os.getuid() and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o055)
        shutil.chown(self._folder, "postgres")
        self._as_postgres(
            str(BIN / "initdb"), "-D", str(self._data), "-A", "trust", "--no-locale", "-E", "UTF8"
        )
        self._start()

    def _start(self) -> None:
        options = " ".join(f"-c {each}" for each in (*SETTINGS, f"unix_socket_directories={self._folder}"))
        log = str(self._folder / "server.log")
        self._as_postgres(str(BIN / "pg_ctl"), "-D", str(self._data), "-w", "-t", "120", "-l", log,
                          "-o", options, "start")  # fmt: skip

    def _stop(self) -> None:
        if self._is_running():
            self._as_postgres(str(BIN / "pg_ctl"), "-D", str(self._data), "-w", "-m", "fast", "stop")

    def _is_running(self) -> bool:
        return (self._data / "postmaster.pid").exists()

    def _as_postgres(self, *command: str) -> None:
        how = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **how)  # type: ignore[call-overload]


def _indexes() -> list[tuple[str, str]]:
    """Family and statement; an index is named after its family."""
    ball = "gist (ball gist_geometry_ops_nd)"
    kinds = [
        ("always", "gin (words) WITH (fastupdate = off)"),
        ("always", "gin (called) WITH (fastupdate = off)"),
        ("always", "btree (id)"),
        ("globe_all", "gist (globe)"),
        ("ball_all", ball),
    ]
    for bit in NEEDS.values():
        kinds += [
            ("globe_need", f"gist (globe) WHERE needs & {bit} > 0"),
            ("ball_need", f"{ball} WHERE needs & {bit} > 0"),
            ("flat_need", f"gist (flat) WHERE needs & {bit} > 0"),
        ]
    return [
        (family, f"CREATE INDEX {family}_{number} ON listing USING {what}")
        for number, (family, what) in enumerate(kinds)
    ]


def _cell(level: int, lat: int, lng: int) -> str:
    return f"c{level}x{lat + 1000}x{lng + 1000}"


def _cells_of(latitude: float, longitude: float) -> str:
    if isnan(latitude):
        return ""
    names = (_cell(level, int(latitude // step), int(longitude // step)) for level, step in enumerate(STEPS))
    return "".join(f" {name}" for name in names)


def _on_globe(where: str) -> str:
    return f"""SELECT id, latitude, longitude FROM listing WHERE {where} AND latitude IS NOT NULL
               ORDER BY globe <-> ST_SetSRID(ST_MakePoint(%(lng)s, %(lat)s), 4326)::geography LIMIT 10"""


def _on_ball(where: str) -> str:
    return f"""SELECT id, latitude, longitude FROM listing WHERE {where} AND latitude IS NOT NULL
               ORDER BY ball <<->> ST_MakePoint(%(x)s, %(y)s, %(z)s) LIMIT 10"""


def _gin_first() -> str:
    return """WITH holding AS MATERIALIZED (SELECT id, latitude, longitude, ball FROM listing
                WHERE words @@ %(word)s::tsquery AND latitude IS NOT NULL)
              SELECT id, latitude, longitude FROM holding
              ORDER BY ball <<->> ST_MakePoint(%(x)s, %(y)s, %(z)s) LIMIT 10"""


def _flat_then_circle(where: str) -> str:
    """Ten near on the flat map give a radius; the true ten lie within it."""
    here = "ST_SetSRID(ST_MakePoint(%(lng)s, %(lat)s), 4326)"
    return f"""WITH ten AS (SELECT globe FROM listing WHERE {where} AND latitude IS NOT NULL
                ORDER BY flat <-> {here} LIMIT 10),
              reach AS (SELECT max(ST_Distance(globe, {here}::geography, false)) AS meters FROM ten)
              SELECT id, latitude, longitude FROM listing, reach
              WHERE {where} AND flat && ST_Expand({here}, meters / 111000 / cos(radians(least(abs(%(lat)s)
                + meters / 111000, 89))), meters / 111000)
              ORDER BY ST_Distance(globe, {here}::geography, false) LIMIT 10"""


def _globe(question: Question) -> dict[str, Any]:
    return {"lat": question.latitude, "lng": question.longitude}


def _ball(question: Question) -> dict[str, Any]:
    lat, lng = radians(question.latitude), radians(question.longitude)
    return {"x": cos(lat) * cos(lng), "y": cos(lat) * sin(lng), "z": sin(lat)}


def _with_miles(question: Question, rows: list[Any]) -> Found:
    """Ids and miles, nearest first: all engines tell distance by the same formula."""
    if not rows:
        return [], []
    ids, latitudes, longitudes = zip(*rows, strict=True)
    miles = miles_from(question.latitude, question.longitude, np.array(latitudes), np.array(longitudes))
    order = np.argsort(miles, kind="stable")[:TEN].tolist()
    return [ids[n] for n in order], miles[order].tolist()
