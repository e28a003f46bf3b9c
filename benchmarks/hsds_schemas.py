"""Exports and API objects against the official HSDS 3.1 schemas, which are not ours to ship.

To run: OPENWAY_HSDS_SCHEMAS=<folder of service.json, organization.json, ...> pytest <this file>.
The schemas: https://github.com/openreferral/specification, branch 3.1, folder schema/.
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from directory.model import Listing
from directory.sources.hsds_objects import organization_object, service_at_location_object, service_object
from directory.sources.hsds_package import export
from directory.sources.hsds_shape import TABLES
from tests.directory.sources.hsds_listings import one_service

FOLDER = os.environ.get("OPENWAY_HSDS_SCHEMAS", "")
pytestmark = pytest.mark.skipif(
    not FOLDER, reason="set OPENWAY_HSDS_SCHEMAS to the folder of the official HSDS 3.1 schemas"
)

formats = FormatChecker()


# A plain install of jsonschema passes any text as a URI or a date and time.
@formats.checks("uri")
def is_uri(said: object) -> bool:
    if not isinstance(said, str):
        return True
    parts = urlsplit(said)
    return bool(parts.scheme and parts.netloc) and not re.search(r'[\s<>"{}|\\^`]', said)


@formats.checks("date-time", raises=ValueError)
def is_moment(said: object) -> bool:
    return not isinstance(said, str) or datetime.fromisoformat(said).tzinfo is not None


class Schemas:
    """The official schemas; they name each other by bare file name."""

    def __init__(self, folder: Path) -> None:
        loaded = {path.name: json.loads(path.read_text()) for path in folder.glob("*.json")}
        resources = [(name, DRAFT202012.create_resource(each)) for name, each in loaded.items()]
        registry: Registry[Any] = Registry().with_resources(resources)
        self._validators = {
            name.removesuffix(".json"): Draft202012Validator(each, registry=registry, format_checker=formats)
            for name, each in loaded.items()
        }

    def faults(self, name: str, said: Any) -> list[str]:
        return [
            f"{name}: {error.json_path}: {error.message}"
            for error in self._validators[name].iter_errors(said)
        ]


@pytest.fixture(scope="module")
def schemas() -> Schemas:
    return Schemas(Path(FOLDER))


def rows(folder: Path, table: str) -> Iterator[dict[str, Any]]:
    """The rows of an exported table as objects, typed as its datapackage says."""
    described = json.loads((folder / "datapackage.json").read_text())
    resource = next(each for each in described["resources"] if each["name"] == table)
    types = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    required = {column.name for column in TABLES[table].columns if column.required}
    with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {
                name: float(cell) if types[name] == "number" else cell
                for name, cell in row.items()
                if cell or name in required
            }


@given(one_service())
@settings(max_examples=100, deadline=None)
def test_every_object_passes_its_schema(schemas: Schemas, listings: list[Listing]) -> None:
    faults = schemas.faults("service", service_object(listings))
    faults += schemas.faults("service_at_location", service_at_location_object(listings[0]))
    faults += schemas.faults("organization", organization_object(listings[0].organization))
    assert faults == []


@given(one_service())
@settings(max_examples=50, deadline=None)
def test_every_row_of_a_package_passes_its_schema(
    schemas: Schemas, tmp_path_factory: pytest.TempPathFactory, listings: list[Listing]
) -> None:
    folder = tmp_path_factory.mktemp("package") / "out"
    export(listings, folder)
    official = [name for name in TABLES if name not in ("access", "source", "service_capacity")]
    faults = [fault for name in official for row in rows(folder, name) for fault in schemas.faults(name, row)]
    # In the table form a unit is named by its id.
    faults += [
        fault
        for row in rows(folder, "service_capacity")
        for fault in schemas.faults("service_capacity", {**row, "unit": {"id": row["unit_id"], "name": "x"}})
    ]
    assert faults == []


def test_the_checks_can_fail(schemas: Schemas) -> None:
    assert schemas.faults("service", {"id": "x", "name": "Pantry"})
    assert schemas.faults("url", {"id": "00000000-0000-4000-8000-000000000001", "url": "not one"})
