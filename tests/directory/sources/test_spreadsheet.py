"""Our own table: forgiving about how people write, strict about what does not belong here."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.access import ACCESS
from directory.model import Entry, Point, Precision, Problem
from directory.needs import load_needs
from directory.sources import spreadsheet
from directory.sources.spreadsheet_columns import OTHER_NAMES
from tests.directory.sources.spreadsheet_files import (
    TEMPLATE,
    USUAL,
    entries,
    facts,
    problems,
    read_one,
    warned,
    written,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "places.csv"


def test_a_row_becomes_a_service_at_a_place(file: Path) -> None:
    entry = read_one(file, description="Bags for a week.", county="Peoria", address_2="Room 3")
    (place,) = entry.places
    (address,) = place.location.addresses
    assert (entry.line, entry.organization.name, entry.service.name) == ("row 2", "Demo Food Bank", "Pantry")
    assert entry.service.description == "Bags for a week."
    assert (address.address_1, address.address_2, address.region) == ("12 Elm Street", "Room 3", "Peoria")
    assert (address.city, address.state_province, address.postal_code) == ("Peoria", "IL", "61602")
    assert place.location.point is None
    assert load_needs().of(entry.service) == {"food"}


def test_the_empty_template_is_read_without_a_complaint() -> None:
    assert list(spreadsheet.read(TEMPLATE)) == []


def test_the_example_row_of_the_template_is_taken_without_a_warning(tmp_path: Path) -> None:
    lines = TEMPLATE.read_text(encoding="utf-8").splitlines()
    file = tmp_path / "filled.csv"
    file.write_text("\n".join(line.removeprefix("# EXAMPLE-") for line in lines), encoding="utf-8")
    (entry,) = spreadsheet.read(file)
    assert isinstance(entry, Entry)
    assert load_needs().of(entry.service) == {"detox"}
    assert entry.service.capacities[0].available == 2


def test_headers_may_be_called_otherwise_and_stand_in_any_order(file: Path) -> None:
    row = {
        "Phone #": "(312) 555-0100",
        "AGENCY": "Demo Food Bank",
        "Program": "Pantry",
        "Street Address": "12 Elm Street",
        "City": "Peoria",
        "ST": "Illinois",
        "Zip Code": "61602",
        "Category": "Food pantry",
        "Walk-ins?": "Y",
        "Lat/Long": "40.69, -89.59",
        "Last verified": "11/3/2026",
        "Website": "example.org",
        "E-mail": "help@example.org",
        "Who": "Anyone",
        "Cost": "Free",
    }
    (entry,) = entries(written(file, row))
    service, location = entry.service, entry.places[0].location
    assert [phone.number for phone in service.phones] == ["+13125550100"]
    assert location.addresses[0].state_province == "IL"
    assert (location.point, location.precision) == (Point(40.69, -89.59), Precision.STREET)
    assert service.assured_date == date(2026, 11, 3)
    assert (service.url, service.email) == ("http://example.org", "help@example.org")
    assert facts(entry) == {"walk_in": "yes", "no_pay": "yes"}
    assert service.access["walk_in"].verified_on == date(2026, 11, 3)
    assert problems(file) == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_delimiter_and_common_encodings_are_read(file: Path, delimiter: str, encoding: str) -> None:
    text = written(file, USUAL | {"service": "Consejería, niños"}, delimiter=delimiter).read_text("utf-8")
    file.write_bytes(text.encode(encoding))
    assert entries(file)[0].service.name == "Consejería, niños"


def test_excels_own_first_line_is_skipped(file: Path) -> None:
    written(file, USUAL, delimiter=";")
    file.write_text("sep=;\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert len(entries(file)) == 1


def test_a_title_above_the_header_and_empty_rows_do_no_harm(file: Path) -> None:
    body = written(file, USUAL).read_text(encoding="utf-8")
    file.write_text(f"Resource list of Peoria\n\n# a note\n{body}\n\n", encoding="utf-8")
    assert [entry.line for entry in entries(file)] == ["row 5"]


def test_rows_that_are_notes_are_skipped_but_not_a_name_that_starts_with_a_number_sign(file: Path) -> None:
    note = USUAL | {"organization": "# to be checked"}
    rows = entries(written(file, USUAL | {"organization": "#1 Pantry"}, note))
    assert [entry.organization.name for entry in rows] == ["#1 Pantry"]


def test_an_unknown_column_is_left_out_and_said(file: Path) -> None:
    written(file, USUAL | {"Favorite color": "blue"})
    assert "no column we know" in warned(file, "Favorite color")
    assert len(entries(file)) == 1


@pytest.mark.parametrize(
    "header",
    [
        "Open warrants", "warrant_ok", "Charges", "Arrested?", "offense", "Criminal record", "SSN", "DOB",
        "Date of Birth", "Client name", "ClientName", "patient_phone", "Fecha de nacimiento",
        "Orden de arresto", "Booking number",
    ],
)  # fmt: skip
def test_a_column_about_people_or_the_police_refuses_the_whole_file(file: Path, header: str) -> None:
    (problem,) = spreadsheet.read(written(file, USUAL | {header: ""}))
    assert isinstance(problem, Problem)
    assert (problem.line, problem.field, problem.rejected) == ("row 1", header, True)
    assert "the whole file is refused" in problem.reason


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"organization": "", "service": ""}, "organization"),
        ({"phone": "", "address": "", "website": ""}, "phone"),
        ({"phone": "ask", "address": ""}, "phone"),
    ],
)
def test_a_row_that_leads_nowhere_is_rejected_with_the_reason(
    file: Path, cells: dict[str, str], field: str
) -> None:
    written(file, USUAL, USUAL | cells)
    (problem,) = [each for each in problems(file) if each.rejected]
    assert (problem.line, problem.field) == ("row 3", field)
    assert len(entries(file)) == 1


@pytest.mark.parametrize("cells", [{"phone": ""}, {"address": ""}, {"organization": ""}, {"service": ""}])
def test_a_name_and_one_way_to_get_there_are_enough(file: Path, cells: dict[str, str]) -> None:
    assert read_one(file, **cells).service.name


def test_needs_are_taken_by_code_by_label_and_by_words(file: Path) -> None:
    entry = read_one(file, needs="DETOX; Mental health care", Category="Soup kitchens | Haircuts")
    attributes = {(a.taxonomy, a.code) for a in entry.service.attributes}
    assert attributes == {
        ("openway", "detox"),
        ("openway", "mental_health"),
        ("openway", "food"),
        ("local", "soup kitchens"),
        ("local", "haircuts"),
    }
    assert "Haircuts" in warned(file, "category")
    assert load_needs().of(entry.service) == {"detox", "mental_health", "food"}


def test_a_row_without_a_need_is_taken_and_warned_of(file: Path) -> None:
    assert load_needs().of(read_one(file, needs="").service) == frozenset()
    assert "found by its words only" in warned(file, "needs")


@pytest.mark.parametrize(
    "cells",
    [{"Confidential address": "yes"}, {"address": "Confidential location"}, {"address": "Undisclosed"}],
)
def test_a_hidden_place_gives_no_point(file: Path, cells: dict[str, str]) -> None:
    location = read_one(file, latitude="40.69", longitude="-89.59", **cells).places[0].location
    assert location.confidential
    assert location.point is None
    assert location.addresses[0].postal_code == "61602"


def test_a_service_without_a_door_is_virtual_and_keeps_where_it_helps(file: Path) -> None:
    entry = read_one(file, address="", city="", zip="", service_area="IL; Indiana", time_zone="Central")
    location = entry.places[0].location
    assert (location.location_type, location.addresses, location.time_zone) == (
        "virtual",
        (),
        "America/Chicago",
    )
    assert [(area.extent_type, area.extent) for area in entry.service.service_areas] == [
        ("state", "IL"),
        ("state", "IN"),
    ]


def test_rows_with_one_service_id_are_one_service_at_several_places(file: Path) -> None:
    usual = USUAL | {"service_id": "clinic", "hours": "Mon 9am-5pm"}
    second = usual | {"address": "9 Oak Street", "phone": "312-555-0101", "hours": ""}
    (entry,) = entries(written(file, usual, second, usual | {"address": "4 Ash Street"}))
    first_place, second_place, third_place = entry.places
    assert len({place.location.id for place in entry.places}) == 3
    assert [phone.number for phone in entry.service.phones] == ["+13125550100"]
    assert first_place.phones == third_place.phones == ()
    assert [phone.number for phone in second_place.phones] == ["+13125550101"]
    assert (second_place.schedules, third_place.schedules) == ((), ())


def test_a_service_id_that_comes_again_further_down_is_rejected(file: Path) -> None:
    usual = USUAL | {"service_id": "a"}
    written(file, usual, USUAL | {"service_id": "b"}, usual)
    (problem,) = problems(file)
    assert (problem.line, problem.field, problem.rejected) == ("row 4", "service_id", True)
    assert [entry.key for entry in entries(file)] == ["a", "b"]


def test_keys_are_the_same_in_every_run_and_repeats_have_their_own(file: Path) -> None:
    other = USUAL | {"zip": "61603"}
    keys = [entry.key for entry in entries(written(file, USUAL, other, USUAL))]
    assert len(set(keys)) == 3
    more_space = USUAL | {"organization": "DEMO  food bank"}
    assert [entry.key for entry in entries(written(file, more_space, other, USUAL))] == keys


def test_two_services_behind_one_door_are_at_one_place(file: Path) -> None:
    first, second = entries(written(file, USUAL, USUAL | {"service": "Soup kitchen"}))
    assert first.places[0].location.id == second.places[0].location.id
    assert first.organization.id == second.organization.id
    assert first.service.id != second.service.id


def test_a_row_with_too_many_cells_is_warned_of(file: Path) -> None:
    written(file, USUAL)
    file.write_text(file.read_text(encoding="utf-8").rstrip() + ",more\n", encoding="utf-8")
    assert "more cells than the header" in warned(file, "")


def test_the_notes_at_the_top_tell_of_the_source(file: Path) -> None:
    notes = (
        '# Source: County list, by hand\n# source id: county\n"# Licence: CC0",,,\n# listed on: Nov 1, 2026\n'
    )
    file.write_text(
        notes + "# demonstration: yes\n" + written(file, USUAL).read_text("utf-8"), encoding="utf-8"
    )
    source = spreadsheet.source_of(file)
    assert (source.id, source.name, source.licence) == ("county", "County list, by hand", "CC0")
    assert (source.listed_on, source.is_demonstration) == (date(2026, 11, 1), True)
    assert facts_source(read_with_fact(file)) == "county"


def read_with_fact(file: Path) -> Entry:
    text = file.read_text(encoding="utf-8").replace("organization,", "walk_in,organization,")
    file.write_text(text.replace("Demo Food Bank,", "yes,Demo Food Bank,"), encoding="utf-8")
    return entries(file)[0]


def facts_source(entry: Entry) -> str:
    return entry.service.access["walk_in"].source


def test_without_notes_a_file_is_its_own_source(file: Path) -> None:
    source = spreadsheet.source_of(written(file, USUAL))
    assert (source.id, source.licence, source.listed_on) == ("csv-places", "not stated", None)
    assert not source.is_demonstration


def test_rows_are_counted(file: Path) -> None:
    assert spreadsheet.count(written(file, USUAL, USUAL)) == 2
    assert spreadsheet.count(file.with_name("missing.csv")) is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "expected a row with columns like organization"),
        (b"a,b\n1,2\n", "expected a row with columns like organization"),
        (b"PK\x03\x04rest", "save it as CSV"),
        (b"name\nOnly a name\n", "has no header that we know"),
    ],
)
def test_a_file_of_another_kind_is_one_problem(file: Path, content: bytes, said: str) -> None:
    file.write_bytes(content)
    (problem,) = spreadsheet.read(file)
    assert isinstance(problem, Problem)
    assert problem.rejected
    assert said in problem.reason


def test_a_missing_file_is_a_problem(file: Path) -> None:
    (problem,) = problems(file)
    assert "cannot be opened" in problem.reason


def test_a_cell_of_a_megabyte_is_a_problem_of_its_row(file: Path) -> None:
    written(file, USUAL, USUAL | {"service": "a" * 1_000_000}, USUAL)
    assert [each.line for each in problems(file) if each.rejected] == ["row 3"]
    assert len(entries(file)) == 2


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=300)
    | st.text(alphabet='organizationphone,;\n"\t|\x00é#1', max_size=300).map(str.encode)
    | st.text(max_size=200).map(lambda text: f"organization,phone\n{text}".encode())
)
def test_no_bytes_raise(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "any.csv"
    file.write_bytes(content)
    list(spreadsheet.read(file))
    spreadsheet.source_of(file)
    spreadsheet.count(file)


CELLS = st.text(max_size=30) | st.text(alphabet="0123456789-:/., ampMonTuesyesno+()#", max_size=25)


HEADERS = sorted({*OTHER_NAMES, *ACCESS} - {"organization", "service_id"})


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(HEADERS), CELLS, max_size=20))
def test_no_cell_raises_and_every_row_is_accounted_for(tmp_path: Path, cells: dict[str, str]) -> None:
    row = USUAL | cells
    found = list(spreadsheet.read(written(tmp_path / "any.csv", row, {**dict.fromkeys(row, ""), **USUAL})))
    taken = [each for each in found if isinstance(each, Entry)]
    rejected = [each for each in found if isinstance(each, Problem) and each.rejected]
    assert len(taken) + len(rejected) == 2
    assert all(entry.service.id and entry.places for entry in taken)
