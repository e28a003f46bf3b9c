"""Reading HSDS CSV packages: 3.x, 1.1 and Ohana's, as folders and zips, whole and broken."""

from __future__ import annotations

import io
import zipfile
from datetime import date, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.answers import Openness
from directory.hours import open_at
from directory.model import Answer, Entry, Point, Problem
from directory.sources import hsds
from tests.worlds import NOW

Tables = dict[str, str]

PACKAGES: Final = Path(__file__).parent / "packages"


def tables_of(folder: str) -> Tables:
    return {path.name: path.read_text() for path in sorted((PACKAGES / folder).iterdir())}


MODERN: Final = tables_of("hsds-3.x")
LEGACY: Final = tables_of("hsds-1.1")
OHANA: Final = tables_of("ohana")


def zipped(tables: Tables, folder: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in tables.items():
            archive.writestr(f"{folder}{name}", text)
        archive.writestr("__MACOSX/._services.csv", "junk")
    return buffer.getvalue()


def read(
    tables: Tables | dict[str, bytes], *, as_zip: str | None = None
) -> tuple[list[Entry], list[Problem]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "package"
        path.mkdir()
        for name, text in tables.items():
            (path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        if as_zip is not None:
            path = Path(folder) / "package.zip"
            path.write_bytes(zipped({k: v for k, v in tables.items() if isinstance(v, str)}, as_zip))
        found = list(hsds.read(path))
    return [x for x in found if isinstance(x, Entry)], [x for x in found if isinstance(x, Problem)]


def test_a_3x_package_is_put_together_by_service() -> None:
    (pantry, kitchen), _ = read(MODERN)
    assert (pantry.line, pantry.organization.name, pantry.organization.website) == (
        "row 2",
        "Helpers",
        "http://a.org",
    )
    assert (pantry.service.name, pantry.service.minimum_age, kitchen.service.status) == (
        "Pantry",
        18,
        "defunct",
    )
    north, south = pantry.places
    assert (north.location.name, north.location.point) == ("North", Point(41.9, -87.6))
    assert north.location.addresses[0].postal_code == "02139"
    assert north.schedules[0].opens_at == time(9)
    assert [phone.number for phone in pantry.service.phones] == ["+13125550100"]
    assert [phone.number for phone in south.phones] == ["+13125550102"], "said of that pair only"
    assert [language.code for language in pantry.service.languages] == ["es"]
    assert [language.code for language in pantry.service.phones[0].languages] == ["so"]
    assert [(a.taxonomy, a.code) for a in pantry.service.attributes] == [("openway", "food")]
    assert [(c.unit, c.available) for c in pantry.service.capacities] == [("beds", 2)]
    assert kitchen.places[0].location == north.location


def test_what_could_not_be_used_is_told_by_file_row_and_field() -> None:
    _, problems = read({**MODERN, "phones.csv": "id,service_id,number\np1,s9,5\np2,,6\n"})
    told = {(p.file, p.line, p.field, p.rejected) for p in problems}
    assert told == {
        ("phones.csv", "row 2", "service_id", True),
        ("phones.csv", "row 3", "", True),
        ("attributes.csv", "row 3", "taxonomy_term", False),
        ("organizations.csv", "row 3", "", False),
        ("contacts.csv", "", "contacts", False),
    }


def test_people_are_not_imported() -> None:
    found, _ = read(MODERN)
    assert "Ann" not in repr(found)
    assert "0199" not in repr(found), "the phone of a contact"


@pytest.mark.parametrize("folder", ["", "export/"])
@pytest.mark.parametrize("tables", [MODERN, LEGACY, OHANA], ids=["3.x", "1.1", "Ohana"])
def test_a_zip_says_what_its_folder_says(tables: Tables, folder: str) -> None:
    assert read(tables, as_zip=folder) == read(tables)


def test_a_1_1_package_is_read_under_its_own_names() -> None:
    (pantry,), problems = read(LEGACY)
    assert problems == []
    service, (place,) = pantry.service, pantry.places
    location = place.location
    assert (service.fees_description, service.eligibility_description) == ("Free", "adult; veteran")
    assert pantry.organization.website == "http://example.org"
    assert place.description == "Side door"
    assert [(rule.byday, rule.opens_at) for rule in place.schedules[:2]] == [
        ("MO", time(9)),
        ("SU", time(10)),
    ]
    assert place.schedules[2].closed
    assert (place.schedules[2].valid_from, place.schedules[2].valid_to) == (
        date(2026, 12, 24),
        date(2026, 12, 26),
    )
    assert [a.address_type for a in location.addresses] == ["physical", "postal"]
    assert location.addresses[0].address_2 == "Floor 2, Rear"
    assert [(a.description, a.details) for a in location.accessibility] == [("ramp", "at the side")]
    assert [language.code for language in service.languages] == ["en", "es", "tl"]
    assert [language.code for language in service.phones[0].languages] == ["en", "es"]
    assert service.phones[0].description == "Intake"
    assert sorted((a.taxonomy, a.code, a.name) for a in service.attributes) == [
        ("Own", "102", "Food"),
        ("open-eligibility", "101-01", "Disaster Response"),
        ("payment", "", "Cash"),
        ("payment", "", "Medicaid"),
    ]
    assert service.access["medicaid"].answer is Answer.YES
    assert [area.name for area in service.service_areas] == ["Cook County"]
    assert [document.document for document in service.required_documents] == ["ID"]


def test_ohanas_variant_is_read() -> None:
    (pantry, line), problems = read(OHANA)
    assert problems == []
    service, location = pantry.service, pantry.places[0].location
    assert pantry.organization.name == "Helpers", "named by the location only"
    assert (line.service.status, line.places[0].location.location_type) == ("inactive", "virtual")
    assert location.description == "A hall"
    assert [a.description for a in location.accessibility] == ["Ramp", "Wheelchair"]
    assert [language.code for language in location.languages] == ["es", "ru"]
    assert service.eligibility_description == "None; Families"
    assert [(a.taxonomy, a.name) for a in service.attributes] == [
        ("keywords", "Salud"), ("keywords", "food"), ("payment", "Cash"), ("payment", "Check"),
        ("open-eligibility", "Emergency"),
    ]  # fmt: skip
    assert [area.name for area in service.service_areas] == ["Cook County", "Lake County"]
    assert (location.phones[0].number, location.phones[0].extension) == ("+13125550143", "4385")
    assert [(p.number, p.description) for p in service.phones] == [("+442079460000", "hotline")]
    assert [a.address_type for a in location.addresses] == ["physical", "postal"]
    assert location.schedules[0].closes_at == time(15)
    assert "@" not in repr(pantry)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 11, 15), Openness.OPEN),  # a Sunday, 22:00 to 16:00
        (date(2026, 11, 22), Openness.CLOSED),  # a Sunday between the 20th and the 30th
        (date(2028, 11, 26), Openness.CLOSED),  # so in a leap year
        (date(2028, 11, 19), Openness.OPEN),
        (date(2028, 12, 3), Openness.OPEN),
    ],
)
def test_days_of_every_year_are_closed_every_year(day: date, state: Openness) -> None:
    (pantry, _), _ = read(OHANA)
    instant = NOW.replace(year=day.year, month=day.month, day=day.day, hour=23)
    rules = [rule for rule in pantry.service.schedules if rule.freq]
    assert open_at(rules, instant, time_zone="UTC").state is state


@pytest.mark.parametrize("column", ["warrants", "Arrest Date", "charge"])
def test_a_package_with_a_column_of_the_police_is_refused_whole(column: str) -> None:
    found, (problem,) = read({**MODERN, "phones.csv": f"id,service_id,number,{column}\np1,s1,5,x\n"})
    assert found == []
    assert (problem.file, problem.rejected) == ("phones.csv", True)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("services.csv", "id,organization_id,name\ns1,o1,Pantry\ns1,o1,Again\n", ("row 3", "id")),
        ("services.csv", "id,organization_id,name\n,o1,Pantry\n", ("row 2", "id")),
        ("services.csv", "id,organization_id,name\ns1,o1,\n", ("row 2", "name")),
        ("services.csv", "id,organization_id,name\ns1,o1,Pantry,more,cells\n", ("row 2", "")),
        ("service_at_location.csv", "id,service_id,location_id\na1,s9,l1\n", ("row 2", "service_id")),
    ],
)
def test_a_row_that_cannot_be_taken_is_rejected_by_row_and_field(
    name: str, text: str, told: tuple[str, str]
) -> None:
    _, problems = read({**MODERN, name: text})
    rejected = [(p.line, p.field) for p in problems if p.file == name and p.rejected]
    assert rejected == [told]


def test_a_table_that_is_not_utf_8_keeps_its_accents() -> None:
    tables = {name: text.encode() for name, text in MODERN.items()}
    tables["organizations.csv"] = "id,name,description\no1,Café Montréal,x\n".encode("cp1252")
    found, _ = read(tables)
    assert found[0].organization.name == "Café Montréal"


def test_a_datapackage_may_name_its_files_as_it_likes() -> None:
    tables = {name.replace("phones", "numbers"): text for name, text in MODERN.items()}
    package = (
        '{"resources": [{"name": "phone", "path": "data/numbers.csv"}], "title": "Ours", "licenses": ["CC0"]}'
    )
    (pantry, _), _ = read({**tables, "datapackage.json": package})
    assert pantry.service.phones


def test_a_package_says_who_it_is_from(tmp_path: Path) -> None:
    (tmp_path / "services.csv").write_text(MODERN["services.csv"])
    assert hsds.source_of(tmp_path).licence == "not stated"
    (tmp_path / "datapackage.json").write_text('{"title": "County list", "license": {"name": "CC BY 4.0"}}')
    source = hsds.source_of(tmp_path)
    assert (source.name, source.licence, source.listed_on) == ("County list", "CC BY 4.0", None)
    assert source.id.startswith("hsds-")
    assert hsds.count(tmp_path) == 2


def test_a_place_that_does_not_exist_is_a_problem(tmp_path: Path) -> None:
    (problem,) = hsds.read(tmp_path / "nowhere")
    assert isinstance(problem, Problem)
    assert hsds.count(tmp_path / "nowhere") is None


cells = st.sampled_from(
    ["s1", "l1", "o1", "a1", "", '"', "a,b", "\x00", "x" * 50, "9:99", "\n", "{}", "none"]
)


@given(
    st.sampled_from(sorted({*MODERN, *LEGACY, *OHANA})),
    st.lists(st.lists(cells, max_size=12), max_size=4),
    st.data(),
)
@settings(max_examples=80, deadline=None)
def test_tables_with_anything_in_them_never_raise(
    name: str, rows: list[list[str]], data: st.DataObject
) -> None:
    base = data.draw(st.sampled_from([MODERN, LEGACY, OHANA]))
    old = base.get(name, "id,name\n").splitlines()
    more = "\n".join(",".join(row) for row in rows)
    found, problems = read({**base, name: "\n".join([old[0], more, *old[1:]])})
    assert all(map(str, problems))
    assert all(each.key for each in found)


@given(st.binary(max_size=80))
@settings(max_examples=40, deadline=None)
def test_tables_of_any_bytes_never_raise(junk: bytes) -> None:
    plain = {key: text.encode() for key, text in MODERN.items()}
    for name in ("services.csv", "phones.csv", "datapackage.json"):
        read({**plain, name: junk})
