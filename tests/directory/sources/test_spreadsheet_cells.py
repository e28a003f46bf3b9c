"""What people write into the cells of our table is understood, or said to be not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from directory.access import ACCESS
from directory.model import Answer
from directory.sources.spreadsheet_cells import ages, answer, day, genders, language
from directory.sources.spreadsheet_columns import OTHER_NAMES, column, refused
from tests.directory.sources.spreadsheet_files import TEMPLATE, facts, read_one, warned


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "places.csv"


def test_every_column_of_the_template_is_known_and_every_access_field_is_in_it() -> None:
    lines = TEMPLATE.read_text(encoding="utf-8").splitlines()
    header = next(line for line in lines if not line.startswith("#")).split(",")
    assert [column(name) for name in header] == header
    assert set(ACCESS) <= set(header)


def test_no_two_columns_share_a_name() -> None:
    names = [name.strip() for others in OTHER_NAMES.values() for name in others.split(";") if name.strip()]
    names += [key.replace("_", " ") for key in {*OTHER_NAMES, *ACCESS} if key.isidentifier()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "header", ["Free of charge", "Clients served", "Discharge planning", "Contact name", "Children", "Name"]
)
def test_a_column_about_services_is_not_refused(header: str) -> None:
    assert not refused(header)


@pytest.mark.parametrize(
    ("typed", "state", "kept", "warning"),
    [
        ("2139", "MA", "02139", "lost a zero; taken as 02139"),
        ("601", "PR", "00601", "lost a zero"),
        ("2139", "", "02139", "lost a zero"),
        ("02139", "MA", "02139", ""),
        ("60614.0", "IL", "60614", ""),
        ("606141234", "IL", "60614-1234", ""),
        ("60614-1234", "IL", "60614-1234", ""),
        ("6061", "IL", "6061", "is not a ZIP code of IL"),
        ("K1A 0B1", "IL", "K1A 0B1", "is not a ZIP code"),
    ],
)
def test_a_zip_gets_its_zero_back(file: Path, typed: str, state: str, kept: str, warning: str) -> None:
    entry = read_one(file, zip=typed, state=state)
    assert entry.places[0].location.addresses[0].postal_code == kept
    assert warning in warned(file, "zip")
    assert bool(warning) == bool(warned(file, "zip"))


def test_phones_are_read_with_what_they_are_for(file: Path) -> None:
    entry = read_one(
        file,
        phone="Main: 312-555-0100; 800-555-0101 / 312-555-0102 or fax 312-555-0103",
        extension="7",
        intake_phone="312-555-0104 x12",
        text_line="text HELP to 741741",
        tty="312-555-0105",
    )
    told = [(p.number, p.extension, p.type, p.description) for p in entry.service.phones]
    assert told == [
        ("+13125550104", "12", "voice", "intake"),
        ("+13125550100", "7", "voice", "Main"),
        ("+18005550101", "", "voice", ""),
        ("+13125550102", "", "voice", ""),
        ("+13125550103", "", "fax", ""),
        ("741741", "", "text", ""),
        ("+13125550105", "", "tty", ""),
    ]


def test_a_phone_that_cannot_be_right_is_kept_and_warned_of(file: Path) -> None:
    entry = read_one(file, phone="312-555-01000; call")
    assert [phone.number for phone in entry.service.phones] == ["31255501000"]
    assert "no number in use" in warned(file, "phone")
    assert "holds no number" in warned(file, "phone")


def test_hours_become_opening_rules(file: Path) -> None:
    rules = read_one(file, hours="Mon-Fri 9-5").service.schedules
    assert {day for rule in rules for day in rule.byday.split(",")} == {"MO", "TU", "WE", "TH", "FR"}
    assert {str(rule.opens_at) for rule in rules} == {"09:00:00"}
    assert {str(rule.closes_at) for rule in rules} == {"17:00:00"}


def test_hours_in_columns_of_weekdays_are_the_same_as_in_one(file: Path) -> None:
    apart = read_one(file, Mon="9am-5pm", Tue="9am-5pm", Wed="closed", Sat="10am-2pm").service.schedules
    days = {(day, str(rule.opens_at)) for rule in apart for day in rule.byday.split(",") if not rule.closed}
    assert days == {("MO", "09:00:00"), ("TU", "09:00:00"), ("SA", "10:00:00")}


def test_hours_that_nobody_understands_are_kept_as_words(file: Path) -> None:
    rules = read_one(file, hours="when the lamp is lit").service.schedules
    assert any("lamp is lit" in rule.description for rule in rules)
    assert "not understood" in warned(file, "hours")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("yes", Answer.YES), ("Y", Answer.YES), ("TRUE", Answer.YES), ("x", Answer.YES), ("Sí", Answer.YES),
        ("✓", Answer.YES), ("1", Answer.YES), ("Yes, call first", Answer.YES), ("no", Answer.NO),
        ("N", Answer.NO), ("false", Answer.NO), ("0", Answer.NO), ("Unknown", Answer.UNKNOWN),
        ("?", Answer.UNKNOWN), ("N/A", Answer.UNKNOWN), ("don't know", Answer.UNKNOWN), ("", None),
    ],
)  # fmt: skip
def test_answers_are_understood(said: str, meant: Answer | None) -> None:
    assert answer(said) == meant


@pytest.mark.parametrize("said", ["yes/no", "sometimes", "Tuesdays"])
def test_what_is_neither_yes_nor_no_is_unknown_and_warned_of(file: Path, said: str) -> None:
    assert facts(read_one(file, walk_in=said)) == {}
    assert "neither yes nor no" in warned(file, "walk_in")


def test_an_empty_answer_is_no_answer_and_unknown_is_not_kept_as_one(file: Path) -> None:
    assert facts(read_one(file, walk_in="", pets="unknown", medicaid="no")) == {"medicaid": "no"}


def test_a_column_that_asks_the_opposite_is_turned_around(file: Path) -> None:
    assert facts(read_one(file, **{"No ID needed": "yes"})) == {"id_needed": "no"}


@pytest.mark.parametrize(
    ("cells", "women", "men"),
    [
        ({"gender": "Men only"}, "no", "yes"),
        ({"gender": "women"}, "yes", "no"),
        ({"gender": "All"}, "yes", "yes"),
        ({"Eligibility": "Women only, 18+"}, "yes", "no"),
        ({"Women only": "x"}, "yes", "no"),
        ({"gender": "Men only", "women": "yes"}, "yes", "yes"),  # the plain question says more
    ],
)
def test_whom_a_place_takes(file: Path, cells: dict[str, str], women: str, men: str) -> None:
    said = facts(read_one(file, **cells))
    assert (said["women"], said["men"]) == (women, men)


def test_women_is_not_read_as_men() -> None:
    assert genders("females only") == {"women": Answer.YES, "men": Answer.NO}


@pytest.mark.parametrize(
    ("said", "bounds"),
    [
        ("18+", (18, None)), ("18 and over", (18, None)), ("over 60", (60, None)), ("13-17", (13, 17)),
        ("12 to 24", (12, 24)), ("under 18", (None, 17)), ("up to 17", (None, 17)),
        ("all ages", (None, None)), ("0-5", (None, 5)), ("Adults", (18, None)), ("Seniors (60+)", (60, None)),
    ],
)  # fmt: skip
def test_ages_are_understood(said: str, bounds: tuple[int | None, int | None]) -> None:
    assert ages(said) == bounds


@pytest.mark.parametrize(
    ("cells", "bounds"),
    [
        ({"Ages": "18+"}, (18, None)),
        ({"min_age": "16", "max_age": ""}, (16, None)),
        ({"min_age": "30", "max_age": "20"}, (None, None)),
        ({"Eligibility": "Men only, ages 21 and over"}, (21, None)),
        ({"Eligibility": "Call 2 days before"}, (None, None)),
        ({"Ages": "whoever"}, (None, None)),
    ],
)
def test_ages_of_a_row(file: Path, cells: dict[str, str], bounds: tuple[int | None, int | None]) -> None:
    service = read_one(file, **cells).service
    assert (service.minimum_age, service.maximum_age) == bounds


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-11-03", date(2026, 11, 3)), ("11/3/2026", date(2026, 11, 3)), ("11/3/26", date(2026, 11, 3)),
        ("Nov 3, 2026", date(2026, 11, 3)), ("3 November 2026", date(2026, 11, 3)),
        ("Nov. 3, 2026", date(2026, 11, 3)), ("2026-11-03T10:00:00", date(2026, 11, 3)),
        ("46329", date(2026, 11, 3)), ("Nov 2026", date(2026, 11, 1)), ("2024", date(2024, 1, 1)),
    ],
)  # fmt: skip
def test_days_are_understood(said: str, meant: date) -> None:
    assert day(said) == meant


@pytest.mark.parametrize("said", ["last week", "13/13/2026", "11/3/1926", "99999"])
def test_a_day_that_is_none_is_left_out_and_warned_of(file: Path, said: str) -> None:
    assert read_one(file, verified_on=said).service.assured_date is None
    assert warned(file, "verified_on")


def test_languages_come_with_codes_and_how(file: Path) -> None:
    entry = read_one(file, languages="Spanish (staff); Haitian Creole, ASL and others by phone interpreter")
    spoken = [(each.name, each.code, each.note) for each in entry.service.languages]
    assert spoken == [("Spanish", "es", "staff"), ("Haitian Creole", "ht", ""), ("ASL", "ase", "")]
    assert entry.service.interpretation_services == "others by phone interpreter"


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("40.69", "89.59"), ("-89.59", "40.69"), ("north", "1"), ("400", "1")]
)
def test_a_point_that_cannot_be_there_is_left_out_and_warned_of(
    file: Path, latitude: str, longitude: str
) -> None:
    assert read_one(file, latitude=latitude, longitude=longitude).places[0].location.point is None
    assert warned(file, "latitude")


@pytest.mark.parametrize(
    ("said", "kind", "extent"),
    [
        ("61602, 61603", "zip", "61602,61603"),
        ("Nationwide", "country", "US"),
        ("", "state", "IL"),  # the state of a row without a door
        ("Peoria County", "", ""),
    ],
)
def test_areas_are_understood(file: Path, said: str, kind: str, extent: str) -> None:
    (area,) = read_one(file, address="", city="", zip="", service_area=said).service.service_areas
    assert (area.extent_type, area.extent) == (kind, extent)


def test_open_beds_are_kept_only_with_the_day_they_were_counted(file: Path) -> None:
    (beds,) = read_one(file, beds_open="2", beds_total="24", beds_on="2026-11-01").service.capacities
    assert (beds.available, beds.maximum, beds.updated.date()) == (2, 24, date(2026, 11, 1))
    assert read_one(file, beds_open="2").service.capacities == ()
    assert "beds_on" in warned(file, "beds_open")


@pytest.mark.parametrize("said", ["javascript:alert(1)", "not a site", "http://"])
def test_a_link_that_is_no_website_is_left_out(file: Path, said: str) -> None:
    assert read_one(file, website=said).service.url == ""
    assert warned(file, "website")


def test_a_place_that_is_closed_for_now_says_so(file: Path) -> None:
    assert read_one(file, status="Temporarily closed").service.status == "temporarily closed"
    assert read_one(file, status="on fire").service.status == "active"
    assert warned(file, "status")


@pytest.mark.parametrize("said", ["Y", "n", "sí", "no", "?", "None"])
def test_an_answer_in_the_languages_column_is_no_language(said: str) -> None:
    with pytest.raises(ValueError, match="no language we know"):
        language(said)
