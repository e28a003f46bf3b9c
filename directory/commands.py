"""`flask directory …`: import, export, search and keep the directory from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection, Engine

from directory import importing, saving
from directory.answers import Hit, Located, Place, Query, Reason, Results
from directory.changes import mark_changed
from directory.needs import Needs
from directory.phones import say_phone
from directory.placing import Zips
from directory.search import Search
from directory.sources import hsds_package
from directory.sources.formats import FORMATS
from directory.store import Store
from directory.wording import say_age, say_distance, say_open
from storage import begin

MOST_WARNINGS = 50


@dataclass(frozen=True, slots=True)
class Parts:
    """What the commands work with."""

    engine: Engine
    store: Store
    search: Search
    needs: Needs
    zips: Zips
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of `flask directory search`."""

    text: str
    near: str
    need: tuple[str, ...]
    open_now: bool
    radius: float | None
    limit: int
    as_json: bool
    explain: bool = False


def commands(parts: Callable[[], Parts]) -> click.Group:
    """The group, over parts that are made when a command runs."""
    group = click.Group("directory", help="The directory: import, export, search.")

    @group.command("import")
    @click.argument("format_", metavar="FORMAT", type=click.Choice(sorted(FORMATS)))
    @click.argument("path", type=click.Path(exists=True, path_type=Path))
    def import_(format_: str, path: Path) -> None:
        """Takes in a file or folder. The same input twice changes nothing."""
        run_import(parts(), format_, path)

    @group.command("export")
    @click.argument("format_", metavar="FORMAT", type=click.Choice(["hsds"]))
    @click.argument("path", type=click.Path(path_type=Path))
    def export(format_: str, path: Path) -> None:
        """Writes the directory as an HSDS 3.1 package: a folder, a .zip or .ndjson."""
        count = hsds_package.export(parts().store.all(), path)
        click.echo(f"{count} services written to {path} ({format_} 3.1)")

    @group.command("search")
    @click.argument("text", default="")
    @click.option("--near", default="", help="ZIP code, city, county or latitude,longitude")
    @click.option("--need", multiple=True, help="a need code; any of several")
    @click.option("--open-now", is_flag=True)
    @click.option("--radius", type=click.FloatRange(0.1, 100), help="miles")
    @click.option("--limit", type=click.IntRange(1, 100), default=10)
    @click.option("--json", "as_json", is_flag=True)
    @click.option("--explain", is_flag=True, help="say of each why it stands where it does")
    def search(**asked: Any) -> None:
        """Finds services by words, need and place."""
        run_search(parts(), Asked(**asked))

    @group.command("reindex")
    def reindex() -> None:
        """Builds the search index anew from the database."""
        version = parts().search.rebuild()
        click.echo(f"search index built: version {version}")

    @group.command("remove")
    @click.argument("source_id")
    def remove(source_id: str) -> None:
        """Takes a source and all its services out ("demo", "samhsa-2022" …)."""
        run_remove(parts(), source_id)

    return group


def run_import(parts: Parts, format_: str, path: Path) -> None:
    """Imports, says what became of each row, rebuilds the index. Exits 1 if no row was taken."""
    reader = FORMATS[format_]
    with click.progressbar(length=reader.count(path) or 0, label=f"Reading {path.name}") as bar:
        report = importing.run(
            parts.engine,
            reader.source_of(path),
            reader.read(path),
            parts.zips,
            parts.clock(),
            importing.Steps(lambda: bar.update(1), lambda connection: _prepare(parts.search, connection)),
        )
    parts.search.adopt()
    _say_problems(report)
    click.echo(str(report))
    if not report.taken:
        raise SystemExit(1)


def _prepare(search: Search, connection: Connection) -> None:
    click.echo("Building the search index ...", err=True)
    search.prepare(connection)


def _say_problems(report: importing.Report) -> None:
    warnings = [each for each in report.problems if not each.rejected]
    for problem in report.problems:
        if problem.rejected:
            click.echo(f"rejected: {problem}")
    for problem in warnings[:MOST_WARNINGS]:
        click.echo(f"warning: {problem}")
    if len(warnings) > MOST_WARNINGS:
        click.echo(f"warning: and {len(warnings) - MOST_WARNINGS} more like these")


def run_search(parts: Parts, asked: Asked) -> None:
    """Prints what was found. Raises click.UsageError for a need or place that is none."""
    unknown = [code for code in asked.need if code not in parts.needs.codes]
    if unknown:
        raise click.UsageError(f"no such need: {', '.join(unknown)}. Needs: {', '.join(parts.needs.codes)}")
    query = Query(
        text=asked.text,
        place=_place(parts, asked.near),
        needs=frozenset(asked.need),
        open_only=asked.open_now,
        radius=asked.radius,
        per_page=asked.limit,
    )
    results = parts.search.search(query)
    found = (
        json.dumps([_plain(hit, explain=asked.explain) for hit in results.hits], indent=1)
        if asked.as_json
        else _told(parts, results, explain=asked.explain)
    )
    click.echo(found)


def _place(parts: Parts, near: str) -> Place | None:
    located = parts.zips.locate(near) if near else Located()
    if near and located.place is None:
        choices = "; ".join(place.label for place in located.choices)
        said = f"which one? {choices}" if choices else "no such place. Try a ZIP code."
        raise click.UsageError(f"{near}: {said}")
    return located.place


def _plain(hit: Hit, *, explain: bool = False) -> dict[str, Any]:
    listing, point = hit.listing, hit.listing.location.point
    miles = hit.distance_miles
    why = {"explain": [asdict(reason) for reason in hit.why]} if explain else {}
    return {
        "id": listing.id,
        "service_id": listing.service.id,
        "service": listing.service.name,
        "organization": listing.organization.name,
        "phones": [phone.number for phone in listing.phones],
        "address": _address(hit),
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
        "distance_miles": None if miles is None else round(miles, 2),
        "open": hit.open.state.value,
        "source": listing.source.id,
        **why,
    }


def _address(hit: Hit) -> str:
    address = hit.listing.address
    if address is None:
        return ""
    parts = (address.address_1, address.city, f"{address.state_province} {address.postal_code}")
    return ", ".join(part.strip() for part in parts if part.strip())


def _told(parts: Parts, results: Results, *, explain: bool = False) -> str:
    now = parts.clock()
    lines = [f"{results.total} found" + (f" within {results.radius:g} miles" if results.radius else "")]
    lines += _understood(parts.needs, results)
    for number, hit in enumerate(results.hits, 1):
        listing = hit.listing
        lines.append(f"{number}. {listing.organization.name}: {listing.service.name}")
        told = [
            say_distance(hit.told_miles, "en") if hit.told_miles is not None else "",
            say_open(hit.open, now, "en"),
            *(say_phone(phone.number) for phone in listing.phones[:1]),
            _address(hit),
            say_age(listing.source, listing.service.assured_date, now.date(), "en"),
        ]
        lines.append("   " + " | ".join(filter(None, told)))
        if explain:
            lines.append("   why: " + (", ".join(map(_reason, hit.why)) or "-"))
    return "\n".join(lines)


def _understood(needs: Needs, results: Results) -> list[str]:
    """What the words were read as, if they were read as something."""
    read = results.understood
    mended = ", ".join(f"{meant} (typed: {said})" for said, meant in read.corrected)
    meant = ", ".join(
        [*map(needs.label, read.needs), *(f"{key}={wish}" for key, wish in read.wishes.items())]
    )
    lines = [
        f"Showing results for: {mended}" if mended else "",
        f"Looking for: {meant}" if meant else "",
        f"Not looked for: {', '.join(read.unused)}" if read.unused else "",
    ]
    return list(filter(None, lines))


def _reason(reason: Reason) -> str:
    """As "need: detox", or "hours: closed (+8 mi)" for what counts as eight miles farther."""
    said = f"{reason.code}: {reason.about}" if reason.about else reason.code
    return f"{said} (+{reason.miles:g} mi)" if reason.miles else said


def run_remove(parts: Parts, source_id: str) -> None:
    if source_id not in {source.id for source in parts.store.sources()}:
        known = ", ".join(source.id for source in parts.store.sources()) or "none"
        raise click.UsageError(f"no source {source_id}. Sources here: {known}")
    with begin(parts.engine) as connection:
        count = saving.remove_source(connection, source_id)
        mark_changed(connection)
        parts.search.prepare(connection)
    parts.search.adopt()
    click.echo(f"{count} services of {source_id} removed")
