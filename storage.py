"""The database: one engine, how a write begins, how deleted things are really gone.

Knows no table. SQLite by default; the same code runs on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

BUSY_SECONDS = 30
# Ids in one statement: well under SQLite's limit of variables (32,766).
CHUNK = 1000


def open_engine(url: str) -> Engine:
    """An engine for a SQLAlchemy URL; an SQLite file's folder is made, mode 0700.

    Raises sqlalchemy.exc.ArgumentError for a URL that is none.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        Path(parsed.database).touch(mode=0o600)  # SQLite gives its other files the same mode
    engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not begin transactions of its own: _begin_sqlite does.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A write that starts as a read cannot wait for the lock (SQLITE_BUSY_SNAPSHOT): ask at once.
    immediate = connection.get_execution_options().get("openway_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def begin(engine: Engine) -> Iterator[Connection]:
    """A write transaction: commits at the end, rolls back on any error."""
    with engine.connect().execution_options(openway_write=True) as connection, connection.begin():
        yield connection


def scrub(engine: Engine) -> None:
    """Empties SQLite's write-ahead log, where pages of deleted rows would linger."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            if raw is not None:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
