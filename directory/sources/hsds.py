"""The Human Services Data Specification: one door for JSON, 3.x CSV packages, 1.1 and Ohana packages.

What a path holds is recognised by itself. Writing is hsds_package.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from directory.model import Entry, Problem, Source
from directory.sources import hsds_json, hsds_tables
from directory.sources.hsds_files import Package, PackageError, opened
from directory.sources.hsds_kinds import DATE, clean, is_blank, read_flag
from directory.sources.hsds_stream import values
from directory.text import fold

UNSTATED = "not stated"


def read(path: Path) -> Iterator[Entry | Problem]:
    """Every service of a file, folder or zip as an entry, and what is wrong with the rest.

    Never raises for what the path holds. Streams: memory does not grow with the directory.
    """
    source = _source_id(path)
    try:
        with opened(path) as package:
            if hsds_tables.is_tables(package):
                yield from hsds_tables.read(package, source)
            elif hsds_json.json_names(package):
                yield from hsds_json.read(package, source)
            else:
                reason = "no HSDS in it: give a folder or zip with services.csv, or JSON files"
                yield Problem(path.name, "", "", reason)
    except PackageError as error:
        yield Problem(path.name, "", "", str(error))


def _source_id(path: Path) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", fold(path.absolute().stem)).strip("-")[:80]
    return f"hsds-{slug or 'package'}"


def source_of(path: Path) -> Source:
    """Who a package says it is from. One that we exported says all; others, what their datapackage does."""
    name = path.absolute().stem
    said: dict[str, Any] = {}
    try:
        with opened(path) as package:
            said = _said_in_json(package) or _said_in_datapackage(package)
    except PackageError:
        said = {}
    title = _text(said.get("title")) or _text(said.get("name")) or name
    return Source(
        id=_source_id(path),
        name=title,
        licence=_licence(said) or UNSTATED,
        url=_text(said.get("homepage")) or _text(said.get("url")),
        listed_on=_day(said.get("listed_on")),
        is_demonstration=_flag(said.get("is_demonstration")),
    )


def _said_in_datapackage(package: Package) -> dict[str, Any]:
    return hsds_tables.datapackage(package) if hsds_tables.is_tables(package) else {}


def _said_in_json(package: Package) -> dict[str, Any]:
    """`source` of the first object, if it is one of ours."""
    names = [] if hsds_tables.is_tables(package) else hsds_json.json_names(package)[:1]
    for name in names:
        with package.text(name) as text:
            first = next(values(text), None)
            said = first.value.get("source") if first and isinstance(first.value, dict) else None
            return said if isinstance(said, dict) else {}
    return {}


def _licence(said: dict[str, Any]) -> str:
    """In datapackages: `licenses`, a list, or the older `license`, an object or a word."""
    listed = said.get("licenses") or [said.get("license") or said.get("licence")]
    items = listed if isinstance(listed, list) else [listed]
    names = [_name_of(item) for item in items]
    return "; ".join(dict.fromkeys(filter(None, names)))


def _name_of(item: Any) -> str:
    if not isinstance(item, dict):
        return _text(item)
    return next(filter(None, (_text(item.get(key)) for key in ("title", "name", "type", "path", "url"))), "")


def _text(raw: Any) -> str:
    return "" if is_blank(raw) or isinstance(raw, (list, dict)) else clean(raw)[:500]


def _day(raw: Any) -> Any:
    try:
        return None if is_blank(raw) else DATE.read(raw)
    except ValueError:
        return None


def _flag(raw: Any) -> bool:
    try:
        return not is_blank(raw) and read_flag(raw)
    except ValueError:
        return False


def count(path: Path) -> int | None:
    """How many services a path holds, where that is cheap to know: for a progress bar."""
    try:
        with opened(path) as package:
            services = hsds_tables.services_file(package)
            if services:
                return hsds_tables.count_rows(package, services)
            names = hsds_json.json_names(package)
            lines = [_lines(package, name) for name in names if not name.lower().endswith(".json")]
            return sum(lines) if lines and len(lines) == len(names) else None
    except PackageError:
        return None


def _lines(package: Package, name: str) -> int:
    with package.text(name) as text:
        return sum(1 for line in text if line.strip())
