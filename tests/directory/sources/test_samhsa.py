"""The SAMHSA directory: workbook and CSV give the same entries."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from directory.access import ACCESS
from directory.model import Answer, Entry, Point, Precision
from directory.needs import load_needs
from directory.sources import samhsa
from directory.sources.samhsa_codes import FacilityList, load_codes
from tests.directory.sources.samhsa_files import COLUMNS, entries, facility, problems, table, workbook


def one(path: Path) -> Entry:
    (entry,) = entries(path)
    return entry


def read_one(tmp_path: Path, **cells: Any) -> Entry:
    return one(workbook(tmp_path / "SA_2022.xlsx", facility(**cells)))


def facts(entry: Entry) -> dict[str, str]:
    return {key: str(fact.answer) for key, fact in entry.service.access.items()}


def test_a_row_becomes_a_service_of_an_organization_at_a_place(tmp_path: Path) -> None:
    entry = read_one(tmp_path, name2="West  Office", street2="Suite 4")
    (place,) = entry.places
    (address,) = place.location.addresses
    assert entry.line == "row 2"
    assert entry.organization.name == "Prairie Recovery Center"
    assert entry.service.name == "West Office"
    assert (address.address_1, address.address_2, address.city) == ("12 Elm Street", "Suite 4", "Peoria")
    assert (address.state_province, address.postal_code, address.country) == ("IL", "61602", "US")
    assert entry.service.source_codes == ("SA", "DT", "OP", "OD", "ADLT", "YAD", "FEM", "MALE")
    assert entry.service.assured_date is None


def test_a_row_without_a_part_is_called_by_what_it_is(tmp_path: Path) -> None:
    assert read_one(tmp_path).service.name == "Substance use treatment"
    mental = workbook(
        tmp_path / "MH_2022.xlsx", facility(service_code_info="MH * OP"), codes=["SA", "MH", "OP"]
    )
    assert one(mental).service.name == "Mental health treatment"


@pytest.mark.parametrize(
    ("name1", "name2", "organization", "service"),
    [
        (
            "Family Resource Center of",
            "Northwest Ohio/Main Office",
            "Family Resource Center of Northwest Ohio",
            "Main Office",
        ),
        (
            "Caring Connections for",
            "Special Needs LLC",
            "Caring Connections for Special Needs LLC",
            "Substance use treatment",
        ),
        (
            "Commission on",
            "Alc/Drug Servs/Casa Cecilia",
            "Commission on Alc/Drug Servs",
            "Casa Cecilia",
        ),
        ("Wisdom Counseling", "DBA Alaska Wisdom", "Wisdom Counseling", "Alaska Wisdom"),
        ("Land of Hope", "Detox", "Land of Hope", "Detox"),
    ],
)
def test_a_name_that_the_list_cut_in_two_is_whole_again(
    tmp_path: Path, name1: str, name2: str, organization: str, service: str
) -> None:
    entry = read_one(tmp_path, name1=name1, name2=name2)
    assert (entry.organization.name, entry.service.name) == (organization, service)


def test_the_intake_line_is_told_first_and_each_number_once(tmp_path: Path) -> None:
    entry = read_one(
        tmp_path,
        phone="309-555-0110 x5",
        intake1="309-555-0111",
        intake2="309-555-0111",
        intake1a="888-PARNEXT",
    )
    told = [(phone.number, phone.extension, phone.description) for phone in entry.service.phones]
    assert told == [
        ("+13095550111", "", "intake"),
        ("+18887276398", "", "intake"),
        ("+13095550110", "5", "main"),
    ]


def test_a_number_that_nobody_has_is_kept_last_and_warned_of(tmp_path: Path) -> None:
    file = workbook(tmp_path / "SA_2022.xlsx", facility(intake1="999-999-9999"))
    assert [phone.number for phone in one(file).service.phones] == ["+13095550110", "+19999999999"]
    (problem,) = problems(file)
    assert (problem.line, problem.field, problem.rejected) == ("row 2", "intake1", False)


@pytest.mark.parametrize(
    ("typed", "state", "kept"),
    [
        ("02139", "MA", "02139"),
        (2139, "MA", "02139"),
        (61602, "IL", "61602"),
        ("02139-1234", "MA", "02139-1234"),
    ],
)
def test_a_zip_loses_no_leading_zero(tmp_path: Path, typed: Any, state: str, kept: str) -> None:
    assert read_one(tmp_path, zip=typed, state=state).places[0].location.addresses[0].postal_code == kept


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ("MD SF", {"medicaid": "yes"}),
        ("SF PI", {"medicaid": "no"}),
        ("SS", {"sliding_scale": "yes"}),  # no way to pay is named: Medicaid stays unknown
        ("NP", {"no_pay": "yes"}),
        ("NP SF", {"no_pay": "yes"}),
        ("PW BC", {"pregnant": "yes", "children": "yes"}),
        ("FEM MALE", {"women": "yes", "men": "yes"}),
        ("FEM", {"women": "yes", "men": "no"}),
        ("MALE", {"women": "no", "men": "yes"}),
        ("MOA", {"on_medication": "yes"}),
        ("OTP MM", {"on_medication": "yes"}),
        ("NMOA", {"on_medication": "no"}),
        ("NMOA MOA", {}),  # it says both: nobody knows
        ("WI TELE", {"walk_in": "yes", "telehealth": "yes"}),
        ("NXN VTRL METH NOOP", {}),
    ],
)
def test_codes_answer_what_decides_a_night(tmp_path: Path, codes: str, said: dict[str, str]) -> None:
    entry = read_one(tmp_path, service_code_info=f"SA * {codes}")
    assert facts(entry) == said
    assert all(
        fact.source == "samhsa-2022" and not fact.verified_on for fact in entry.service.access.values()
    )


@pytest.mark.parametrize(
    ("listing", "codes", "ages"),
    [
        ("MH", "ADLT CHLD SNR YAD", (None, None)),
        ("MH", "ADLT SNR YAD", (18, None)),
        ("MH", "ADLT SNR YAD SED", (None, None)),  # a program for children says more than an age left out
        ("MH", "CHLD", (None, 17)),
        ("MH", "CHLD YAD", (None, 25)),
        ("MH", "YAD", (18, 25)),
        ("MH", "SNR", (65, None)),
        ("MH", "", (None, None)),
        ("SA", "ADLT YAD", (18, None)),
        ("SA", "ADLT YAD AD", (None, None)),
        ("SA", "CHLD", (None, None)),  # methadone clinics say so: the list leaves ages out
        ("SA", "SNR", (None, None)),
    ],
)
def test_ages_are_taken_only_as_far_as_the_list_can_be_trusted(
    listing: str, codes: str, ages: tuple[int | None, int | None]
) -> None:
    assert load_codes().ages(codes.split(), FacilityList(listing)) == ages


def test_languages_come_with_their_codes(tmp_path: Path) -> None:
    entry = read_one(tmp_path, service_code_info="SA * SP AH FX * F17 F19")
    spoken = [(language.name, language.code) for language in entry.service.languages]
    assert spoken == [
        ("Spanish", "es"), ("American Sign Language", "ase"), ("Chinese", "zh"), ("Haitian Creole", "ht")
    ]  # fmt: skip


def test_the_needs_of_an_entry_follow_its_codes(tmp_path: Path) -> None:
    assert load_needs().of(read_one(tmp_path).service) == {"detox"}


def test_the_workbook_and_the_csv_give_the_same_entry(tmp_path: Path) -> None:
    rows = [facility(), facility(name2="Night  Office", zip="02139", state="MA")]
    from_book = entries(workbook(tmp_path / "SA_Facilities_2022.xlsx", *rows))
    placed = [row | {"directory": "SA", "latitude": "NA", "longitude": "NA"} for row in rows]
    assert entries(table(tmp_path / "all_2022.csv", *placed)) == from_book


def test_exact_repeats_keep_keys_of_their_own_in_every_run(tmp_path: Path) -> None:
    file = workbook(tmp_path / "SA_2022.xlsx", facility(), facility(), facility(name1="Other"))
    first, second = [entry.key for entry in entries(file)], [entry.key for entry in entries(file)]
    assert first == second
    assert len(set(first)) == 3
    assert len({entry.service.id for entry in entries(file)}) == 3


def test_the_same_facility_in_both_lists_is_one_place_with_two_services(tmp_path: Path) -> None:
    use = one(workbook(tmp_path / "SA_2022.xlsx", facility()))
    shouted = facility(name1="PRAIRIE Recovery  Center", service_code_info="MH * OP")
    mind = one(workbook(tmp_path / "MH_2022.xlsx", shouted, codes=["MH", "OP"]))
    assert use.places[0].location.id == mind.places[0].location.id
    assert use.organization.id == mind.organization.id
    assert use.service.id != mind.service.id
    assert use.key != mind.key
    assert samhsa.source_of(tmp_path / "SA_2022.xlsx").id == samhsa.source_of(tmp_path / "MH_2022.xlsx").id


def test_another_street_or_zip_is_another_place(tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "SA_2022.xlsx", facility(), facility(street1="14 Elm Street"), facility(zip="61603")
    )
    assert len({entry.places[0].location.id for entry in entries(file)}) == 3


@pytest.mark.parametrize(
    ("latitude", "longitude", "precision", "point", "kept"),
    [
        ("40.7", "-89.6", "street", Point(40.7, -89.6), Precision.STREET),
        ("40.7", "-89.6", "zip", Point(40.7, -89.6), Precision.ZIP),
        ("40.7", "-89.6", "", Point(40.7, -89.6), Precision.STREET),
        ("NA", "NA", "none", None, Precision.NONE),
        ("", "", "", None, Precision.NONE),
        ("0", "0", "street", None, Precision.NONE),
        ("140.7", "-89.6", "street", None, Precision.NONE),
        ("nan", "-89.6", "street", None, Precision.NONE),
        ("north", "-89.6", "street", None, Precision.NONE),
    ],
)
def test_a_point_is_taken_with_how_well_it_is_known(
    tmp_path: Path, latitude: str, longitude: str, precision: str, point: Point | None, kept: Precision
) -> None:
    row = facility(directory="SA", latitude=latitude, longitude=longitude, geo_precision=precision)
    location = one(table(tmp_path / "all_2022.csv", row)).places[0].location
    assert (location.point, location.precision) == (point, kept)


def test_a_post_office_box_is_no_door(tmp_path: Path) -> None:
    (address,) = read_one(tmp_path, street1="P.O. Box 724").places[0].location.addresses
    assert address.address_type == "postal"


@pytest.mark.parametrize(
    ("name", "codes", "listing"),
    [
        ("facilities_2022.csv", "SA DT", "Substance use treatment"),
        ("facilities_2022.csv", "MH OP", "Mental health treatment"),
        ("mh_facilities_2022.csv", "PVTN", "Mental health treatment"),
        ("National_Directory_SA_2022.csv", "PVTN", "Substance use treatment"),
    ],
)
def test_the_list_is_known_from_the_name_of_the_file_or_from_the_codes(
    tmp_path: Path, name: str, codes: str, listing: str
) -> None:
    assert one(table(tmp_path / name, facility(service_code_info=codes))).service.name == listing


def test_a_code_that_the_workbook_does_not_explain_is_warned_of_once(tmp_path: Path) -> None:
    row = facility(service_code_info="SA * ZZZ")
    file = workbook(tmp_path / "SA_2022.xlsx", row, row)
    (problem,) = problems(file)
    assert "ZZZ" in problem.reason
    assert not problem.rejected
    assert len(entries(file)) == 2


def test_a_faulty_row_is_rejected_by_row_and_field_and_the_others_are_taken(tmp_path: Path) -> None:
    lost = facility(phone=None, street1=None)
    file = workbook(tmp_path / "SA_2022.xlsx", facility(name1=""), lost, facility())
    assert [(p.line, p.field, p.rejected) for p in problems(file)] == [
        ("row 2", "name1", True),
        ("row 3", "phone", True),
    ]
    assert [entry.line for entry in entries(file)] == ["row 4"]


def test_the_edition_names_the_source_and_its_age(tmp_path: Path) -> None:
    source = samhsa.source_of(tmp_path / "National_Directory_SA_Facilities_2022.xlsx")
    assert (source.id, source.listed_on) == ("samhsa-2022", date(2022, 1, 1))
    assert "public domain" in source.licence


def test_without_a_year_in_its_name_a_workbook_tells_when_it_was_made(tmp_path: Path) -> None:
    source = samhsa.source_of(workbook(tmp_path / "facilities.xlsx", facility()))
    assert source.listed_on is not None
    assert source.id == f"samhsa-{source.listed_on.year}"
    assert samhsa.source_of(table(tmp_path / "facilities.csv", facility())).listed_on is None


def test_rows_are_counted_cheaply(tmp_path: Path) -> None:
    rows = [facility()] * 3
    assert samhsa.count(workbook(tmp_path / "SA_2022.xlsx", *rows)) == 3
    assert samhsa.count(table(tmp_path / "all_2022.csv", *rows)) == 3
    assert samhsa.count(tmp_path / "missing.csv") is None


def test_headers_may_be_in_capitals_and_rows_empty(tmp_path: Path) -> None:
    columns = [column.upper() for column in COLUMNS]
    row = {column.upper(): cell for column, cell in facility().items()}
    file = workbook(tmp_path / "SA_2022.xlsx", {}, row, {}, columns=columns)
    assert [entry.line for entry in entries(file)] == ["row 3"]


def test_the_facts_of_the_code_file_are_fields_we_have() -> None:
    codes = load_codes().by_code.values()
    assert {key for code in codes for key in code.facts} <= set(ACCESS)
    assert all(answer in (Answer.YES, Answer.NO) for code in codes for answer in code.facts.values())
