"""The directory written out and read in again: as a folder, a zip, a list, and lines."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.model import (
    Address,
    Attribute,
    Entry,
    Listing,
    Location,
    Organization,
    Phone,
    Service,
    ServiceAtLocation,
    Source,
)
from directory.sources import hsds
from directory.sources.hsds_package import export
from tests.directory.sources.hsds_listings import one_service

ENDINGS = ("folder", "package.zip", "services.json", "services.ndjson")
DEMO = Source("demo", "Invented places", "CC0", listed_on=date(2026, 11, 1), is_demonstration=True)


def an_id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


HELPERS = Organization(an_id(1), "Helpers", phones=(Phone(an_id(2), "+13125550100"),))
PANTRY = Service(an_id(3), "Pantry", attributes=(Attribute(an_id(4), "openway", "food", "Food"),))
NORTH = Location(
    an_id(5), name="North", addresses=(Address(an_id(6), "1 Main St", "Chicago", "IL", "60614"),)
)
SOUTH = Location(an_id(7), name="South", phones=(Phone(an_id(8), "+13125550101"),))
LISTINGS = [
    Listing(an_id(9), PANTRY, HELPERS, NORTH, DEMO),
    Listing(an_id(10), replace(PANTRY, id=an_id(11), attributes=()), HELPERS, NORTH, DEMO),
    Listing(an_id(12), PANTRY, HELPERS, SOUTH, DEMO, "ring twice"),
]


def entries(path: Path) -> list[Entry]:
    found = list(hsds.read(path))
    assert [str(row) for row in found if not isinstance(row, Entry)] == []
    return [row for row in found if isinstance(row, Entry)]


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_place(x: Listing) -> ServiceAtLocation:
    return ServiceAtLocation(
        x.id, x.location, x.description, x.own_phones, x.own_schedules, x.own_service_areas
    )


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_export_read_again_says_the_same(ending: str, tmp_path: Path) -> None:
    assert export(LISTINGS, tmp_path / ending) == 2
    first, second = entries(tmp_path / ending)
    assert (first.service, first.organization) == (PANTRY, HELPERS)
    assert first.places == (as_place(LISTINGS[0]), as_place(LISTINGS[2]))
    assert second.places == (as_place(LISTINGS[1]),)


@given(one_service(), st.sampled_from(ENDINGS))
@settings(max_examples=40, deadline=None)
def test_any_directory_survives_the_way_out_and_in(listings: list[Listing], ending: str) -> None:
    with TemporaryDirectory() as folder:
        export(listings, Path(folder) / ending)
        (found,) = entries(Path(folder) / ending)
    assert found.service == listings[0].service
    assert found.organization == listings[0].organization
    assert found.places == tuple(map(as_place, listings))


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_empty_directory_is_written_and_holds_nothing(ending: str, tmp_path: Path) -> None:
    assert export([], tmp_path / ending) == 0
    assert entries(tmp_path / ending) == []


def test_the_same_directory_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        export(LISTINGS, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_shared_place_and_organization_are_written_once(tmp_path: Path) -> None:
    export(LISTINGS, tmp_path / "out")
    assert [row["name"] for row in table(tmp_path / "out", "locations.csv")] == ["North", "South"]
    assert [row["name"] for row in table(tmp_path / "out", "organizations.csv")] == ["Helpers"]


def test_ids_of_a_table_are_unique_even_if_two_owners_share_a_phone(tmp_path: Path) -> None:
    shared = HELPERS.phones
    listing = replace(LISTINGS[0], service=replace(PANTRY, phones=shared), own_phones=shared)
    export([listing], tmp_path / "out")
    rows = table(tmp_path / "out", "phones.csv")
    assert len(rows) == len({row["id"] for row in rows}) == 3
    assert all(UUID(row["id"]) for row in rows)
    (found,) = entries(tmp_path / "out")
    assert [phone.number for phone in found.service.phones] == [shared[0].number]


def test_tables_have_the_columns_that_the_standard_requires(tmp_path: Path) -> None:
    export(LISTINGS, tmp_path / "out")
    required = {
        "services.csv": {"id", "organization_id", "name", "status"},
        "organizations.csv": {"id", "name", "description"},
        "service_at_location.csv": {"id", "service_id", "location_id"},
        "locations.csv": {"id", "location_type", "latitude", "longitude"},
        "addresses.csv": {"id", "address_1", "city", "state_province", "postal_code", "country"},
        "attributes.csv": {"id", "link_id", "taxonomy_term_id", "link_entity"},
        "taxonomy_terms.csv": {"id", "code", "name", "description", "taxonomy_id"},
        "schedules.csv": {"id", "service_id", "location_id", "service_at_location_id", "freq", "byday"},
    }
    for name, columns in required.items():
        with (tmp_path / "out" / name).open(encoding="utf-8") as file:
            assert columns <= set(next(csv.reader(file)))


def test_the_datapackage_describes_every_column_of_every_table(tmp_path: Path) -> None:
    export(LISTINGS, tmp_path / "out")
    described = json.loads((tmp_path / "out/datapackage.json").read_text())
    for resource in described["resources"]:
        with (tmp_path / "out" / resource["path"]).open(encoding="utf-8") as file:
            assert next(csv.reader(file)) == [field["name"] for field in resource["schema"]["fields"]]
    files = {path.name for path in (tmp_path / "out").iterdir()}
    assert files == {"datapackage.json", *(resource["path"] for resource in described["resources"])}
    assert described["licenses"] == [{"name": "CC0", "title": "CC0"}]


def test_people_are_not_exported(tmp_path: Path) -> None:
    export(LISTINGS, tmp_path / "out")
    export(LISTINGS, tmp_path / "out.json")
    assert not (tmp_path / "out/contacts.csv").exists()
    assert "contact" not in (tmp_path / "out.json").read_text()


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_demonstration_stays_one(ending: str, tmp_path: Path) -> None:
    export(LISTINGS, tmp_path / ending)
    source = hsds.source_of(tmp_path / ending)
    assert source.is_demonstration
    assert (source.name, source.licence, source.listed_on) == ("Invented places", "CC0", date(2026, 11, 1))


@pytest.mark.parametrize("ending", ENDINGS[1:])
def test_an_export_that_breaks_leaves_the_old_one(ending: str, tmp_path: Path) -> None:
    path = tmp_path / ending
    export(LISTINGS, path)
    before = path.read_bytes()

    def broken() -> Iterator[Listing]:
        yield LISTINGS[0]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        export(broken(), path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [ending]


def test_a_zip_holds_the_tables_at_its_top(tmp_path: Path) -> None:
    export(LISTINGS, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert {"services.csv", "datapackage.json"} <= set(archive.namelist())


def test_a_service_whose_listings_lie_apart_is_one_service(tmp_path: Path) -> None:
    services = [replace(PANTRY, id=an_id(900 + number)) for number in range(3)]
    spread = [Listing(an_id(800 + n), services[n % 3], HELPERS, NORTH, DEMO) for n in range(9)]
    assert export(spread, tmp_path / "out.ndjson") == 3
    lines = (tmp_path / "out.ndjson").read_text().splitlines()
    assert [len(json.loads(line)["service_at_locations"]) for line in lines] == [3, 3, 3]
