"""What changed in the directory, and since when: how an open search index keeps up.

Every change gives the directory a new version ("12-9f3c…": counted, and a random part that tells
two histories apart) and notes what it touched.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from sqlite3 import Connection as SqliteConnection
from threading import Lock
from time import monotonic
from typing import Any, Final

from sqlalchemy import Connection, Engine, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from directory import schema
from storage import CHUNK

MOST_LISTED: Final = 2_000  # records one change lists; beyond that an index is built anew
KEPT: Final = 500  # changes that an index may be behind
SERVICE, ORGANIZATION, LOCATION, LISTING, ALL = "service", "organization", "location", "listing", "all"


@dataclass(slots=True)
class Touched:
    """Ids of what a change wrote, by kind. `listing`: service_at_locations that are gone.

    everything: too much to list, or something that no index may go on holding.
    """

    service: set[str] = field(default_factory=set)
    organization: set[str] = field(default_factory=set)
    location: set[str] = field(default_factory=set)
    listing: set[str] = field(default_factory=set)
    everything: bool = False

    def __len__(self) -> int:
        return sum(len(ids) for _, ids in self.by_kind())

    def note(self, kind: str, *ids: str) -> None:
        if not self.too_much:  # a long list would only take room
            getattr(self, kind).update(ids)

    @property
    def too_much(self) -> bool:
        return self.everything or len(self) > MOST_LISTED

    def by_kind(self) -> Iterator[tuple[str, set[str]]]:
        for kind in (SERVICE, ORGANIZATION, LOCATION, LISTING):
            yield kind, getattr(self, kind)


EVERYTHING: Final = Touched(everything=True)


def generation_of(version: str) -> int:
    return int(version.partition("-")[0])


def version_in(connection: Connection) -> str:
    """What the directory is now, as a transaction sees it. "0" for an empty one."""
    return connection.scalar(select(schema.directory_state.c.version)) or "0"


def mark_changed(connection: Connection, touched: Touched = EVERYTHING) -> None:
    """Gives the directory a new version and notes what changed: every worker will see it."""
    state, log = schema.directory_state, schema.directory_change
    generation = generation_of(version_in(connection)) + 1
    version = f"{generation}-{secrets.token_hex(8)}"
    connection.execute(delete(state))
    connection.execute(insert(state).values(id=1, version=version))
    ids = (
        [(ALL, "")]
        if touched.too_much
        else [(kind, each) for kind, some in touched.by_kind() for each in some]
    )
    rows = [
        {"generation": generation, "version": version, "kind": kind, "record_id": each}
        for kind, each in ids or [(LISTING, "")]
    ]
    connection.execute(insert(log), rows)
    connection.execute(delete(log).where(log.c.generation <= generation - KEPT))


@dataclass(frozen=True, slots=True)
class Since:
    """What happened after a version: ids of listings to read again, and of those that are gone."""

    version: str
    changed: frozenset[str]
    gone: frozenset[str]


def since(connection: Connection, version: str) -> Since | None:
    """What changed after a version; None if that cannot be told: build the index anew."""
    log = schema.directory_change.c
    known = select(log.row).where(log.generation == generation_of(version), log.version == version).limit(1)
    if connection.scalar(known) is None:
        return None
    touched = Touched()
    later = select(log.kind, log.record_id).where(log.generation > generation_of(version))
    for row in connection.execute(later):
        if row.kind == ALL:
            return None
        getattr(touched, row.kind).add(row.record_id)
    changed = frozenset(_listings_of(connection, touched))
    return Since(version_in(connection), changed, frozenset(touched.listing) - changed - {""})


def _listings_of(connection: Connection, touched: Touched) -> Iterator[str]:
    """The listings that now show something of what was touched."""
    at, service = schema.service_at_location.c, schema.service.c
    owned = select(service.id)
    for ids in _chunks(touched.service):
        yield from connection.scalars(select(at.id).where(at.service_id.in_(ids)))
    for ids in _chunks(touched.location):
        yield from connection.scalars(select(at.id).where(at.location_id.in_(ids)))
    for ids in _chunks(touched.organization):
        of_these = owned.where(service.organization_id.in_(ids))
        yield from connection.scalars(select(at.id).where(at.service_id.in_(of_these)))


def _chunks(ids: set[str]) -> Iterator[list[str]]:
    wanted = sorted(ids)
    for start in range(0, len(wanted), CHUNK):
        yield wanted[start : start + CHUNK]


class Watch:
    """Has anybody committed anything since we last asked? Cheap enough for every search.

    SQLite tells it exactly, in microseconds. A server is asked for the version itself, at most
    every `EVERY` seconds; while it does not answer nothing seems to change.
    """

    EVERY: Final = 0.05

    def __init__(self, engine: Engine) -> None:
        self._engine, self._lock = engine, Lock()
        self._is_file = engine.dialect.name == "sqlite"
        self._process = 0
        self._file: SqliteConnection | None = None
        self._version: Any = None
        self._asked = 0.0

    def token(self) -> Any:
        """Changes whenever anything was committed; compare it with the one that was followed."""
        with self._lock:  # a statement of another thread, half read, would show its older picture
            return self._data_version() if self._is_file else self._server_version()

    def _data_version(self) -> Any:
        if self._file is None or self._process != os.getpid():  # a connection must not cross a fork
            self._process = os.getpid()
            self._file = self._engine.dialect.dbapi.connect(  # type: ignore[union-attr]
                self._engine.url.database, timeout=1, check_same_thread=False, isolation_level=None
            )
        return self._process, self._file.execute("PRAGMA data_version").fetchone()[0]

    def _server_version(self) -> Any:
        if not self._asked or monotonic() - self._asked >= self.EVERY:
            self._asked = monotonic()
            with suppress(SQLAlchemyError), self._engine.connect() as connection:
                self._version = version_in(connection)
        return self._version
