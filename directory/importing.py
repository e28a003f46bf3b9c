"""An import: what a reader yields, placed, compared with what is there, saved in one transaction.

A run that breaks leaves what was there before; the same input twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from itertools import islice
from typing import Final

from sqlalchemy import Connection, Engine, select

from directory import schema
from directory.changes import Touched, mark_changed
from directory.model import Entry, Location, Point, Precision, Problem, Source
from directory.placing import Stored, Zips, hide_words, settle, zone_of_areas
from directory.saving import Writer, save_source
from storage import begin

BATCH: Final = 500


@dataclass(slots=True)
class Report:
    """What became of each row."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    problems: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.imported} imported, {self.updated} updated, "
            f"{self.unchanged} unchanged, {self.rejected} rejected"
        )

    @property
    def taken(self) -> int:
        return self.imported + self.updated + self.unchanged

    @property
    def changed(self) -> bool:
        return bool(self.imported or self.updated)


@dataclass(frozen=True, slots=True)
class Steps:
    """What else is done on the way. `prepare` is called at the end of the transaction, before anybody
    else sees the change: the time to build the search index of what will be. Of a small change open
    indexes catch up by themselves."""

    on_row: Callable[[], None] = lambda: None
    prepare: Callable[[Connection], None] = lambda _: None


def run(
    engine: Engine,
    source: Source,
    rows: Iterable[Entry | Problem],
    zips: Zips,
    now: datetime,
    steps: Steps | None = None,
) -> Report:
    """Saves all entries of a source in one transaction; problems are collected, not raised."""
    steps = steps or Steps()
    report = Report()
    with begin(engine) as connection:
        importer = _Import(connection, source, zips, now, report)
        for entries in _batches(_watched(rows, report, steps.on_row)):
            importer.take(entries)
        if report.changed or (report.taken and not _has(connection, source)):
            save_source(connection, source)
            mark_changed(connection, importer.touched)
            if importer.touched.too_much:
                steps.prepare(connection)
    return report


def _has(connection: Connection, source: Source) -> bool:
    return connection.scalar(select(schema.source.c.id).where(schema.source.c.id == source.id)) is not None


def _watched(rows: Iterable[Entry | Problem], report: Report, on_row: Callable[[], None]) -> Iterator[Entry]:
    for row in rows:
        if isinstance(row, Entry):
            on_row()
            yield row
            continue
        report.problems.append(row)
        if row.rejected:
            report.rejected += 1
            on_row()


def _batches(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while batch := list(islice(entries, BATCH)):
        yield batch


class _Import:
    def __init__(
        self, connection: Connection, source: Source, zips: Zips, now: datetime, report: Report
    ) -> None:
        self._connection, self._source, self._zips = connection, source, zips
        self._report = report
        self._writer = Writer(connection, source, now)

    @property
    def touched(self) -> Touched:
        """What was written."""
        return self._writer.touched

    def take(self, entries: list[Entry]) -> None:
        """Saves what is new or changed of some entries."""
        digests = self._digests([entry.key for entry in entries])
        stored = self._stored({place.location.id for entry in entries for place in entry.places})
        for entry in entries:
            digest, known = digest_of(entry), entry.key in digests
            settled = self._settled(entry, stored)
            moved = any(stored.get(location.id) != now for location, now in settled)
            if digests.get(entry.key) == digest and not moved:
                self._report.unchanged += 1
                continue
            stored.update({location.id: now for location, now in settled})
            places = zip(entry.places, settled, strict=True)
            placed = tuple(replace(place, location=location) for place, (location, _) in places)
            kept = hide_words(replace(entry, places=placed))
            self._writer.add(kept, stored, digest, known=known)
            self._report.updated += known
            self._report.imported += not known
            digests[entry.key] = digest
        self._writer.flush()

    def _settled(self, entry: Entry, stored: dict[str, Stored]) -> list[tuple[Location, Stored]]:
        zone = zone_of_areas(entry.service.service_areas, self._zips)
        found = []
        for place in entry.places:
            location, now = settle(
                place.location, stored.get(place.location.id), self._name(entry), self._zips
            )
            if not location.time_zone and zone:
                location, now = replace(location, time_zone=zone), now._replace(time_zone=zone)
            found.append((location, now))
        return found

    def _name(self, entry: Entry) -> str:
        return f"{self._source.id} {entry.key}"

    def _digests(self, keys: list[str]) -> dict[str, str]:
        table = schema.entry.c
        query = select(table.key, table.digest).where(table.source_id == self._source.id, table.key.in_(keys))
        return {row.key: row.digest for row in self._connection.execute(query)}

    def _stored(self, ids: set[str]) -> dict[str, Stored]:
        table = schema.location.c
        rows = self._connection.execute(select(schema.location).where(table.id.in_(ids)))
        return {
            row.id: Stored(
                Point(row.latitude, row.longitude) if row.latitude is not None else None,
                Precision(row.precision),
                row.time_zone,
                row.point_from,
                row.address_digest,
            )
            for row in rows
        }


def digest_of(entry: Entry) -> str:
    """Equal for entries that say the same; where a place lies is compared apart (see settle)."""
    places = tuple(
        replace(place, location=replace(place.location, point=None, precision=Precision.NONE))
        for place in entry.places
    )
    bare = replace(entry, line="", places=places)
    return blake2b(repr(bare).encode(), digest_size=16).hexdigest()
