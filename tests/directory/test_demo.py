"""The demonstration directory: plainly invented, complete, and taken whole by our own readers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import zipcodes

from directory.access import ACCESS
from directory.answers import Openness
from directory.datafile import HERE
from directory.geo import miles_between
from directory.hours import open_at
from directory.model import Answer, Entry, Phone, Point, Problem, Schedule
from directory.needs import load_needs
from directory.placing import hide
from directory.sources import hsds, spreadsheet
from directory.text import words

FILE = HERE / "demo" / "directory.csv"
WINTER = HERE / "demo" / "winter.json"
PHONE = re.compile(r"\+1(309|800)55501\d\d")
INVENTED = re.compile(r"\b(Demo|Demonstration|Example|Sample|Pretend|Imaginary|Fictional)\b")
COUNTIES = {"Peoria", "Tazewell", "Woodford"}
SOUTH, NORTH, WEST, EAST = 40.3, 41.0, -90.05, -88.9  # around the three counties
# Thanksgiving week 2026, Illinois standard time.
TUESDAY_NOON = datetime(2026, 11, 24, 18, tzinfo=UTC)
SATURDAY_1_AM = datetime(2026, 11, 28, 7, tzinfo=UTC)


def real_zip(code: str) -> dict[str, Any]:
    """The package's record of a ZIP code; empty if there is none."""
    found: list[dict[str, Any]] = zipcodes.matching(code)  # type: ignore[no-untyped-call]
    return found[0] if found else {}


def rows() -> list[Entry | Problem]:
    return [*spreadsheet.read(FILE), *hsds.read(WINTER)]


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return [row for row in rows() if isinstance(row, Entry)]


@pytest.fixture(scope="module")
def by_key(entries: list[Entry]) -> dict[str, Entry]:
    return {entry.key: entry for entry in entries}


def phones(entry: Entry) -> list[Phone]:
    of_places = [phone for place in entry.places for phone in (*place.phones, *place.location.phones)]
    return [*entry.organization.phones, *entry.service.phones, *of_places]


def schedules(entry: Entry) -> tuple[Schedule, ...]:
    return entry.service.schedules


def state(entry: Entry, instant: datetime) -> Openness:
    holidays = entry.service.open_on_holidays
    return open_at(
        schedules(entry), instant, time_zone="America/Chicago", state="IL", open_on_holidays=holidays
    ).state


def checked(entry: Entry) -> date:
    return entry.service.assured_date or date.min


def said(entry: Entry, field: str) -> Answer:
    fact = entry.service.access.get(field)
    return fact.answer if fact else Answer.UNKNOWN


def test_no_row_is_rejected() -> None:
    assert [str(row) for row in rows() if isinstance(row, Problem) and row.rejected] == []


def test_the_only_thing_the_readers_wonder_about_is_the_row_with_hours_in_words() -> None:
    doubts = [row for row in rows() if isinstance(row, Problem)]
    assert [(doubt.field, "below 20 degrees" in doubt.reason) for doubt in doubts] == [("hours", True)]


def test_both_files_are_marked_as_a_demonstration() -> None:
    for source in (spreadsheet.source_of(FILE), hsds.source_of(WINTER)):
        assert source.is_demonstration
        assert "Demonstration" in source.name


def test_there_are_about_a_hundred_services(entries: list[Entry]) -> None:
    assert 90 <= len(entries) <= 140
    assert len({entry.key for entry in entries}) == len(entries)


def test_every_need_is_met_at_least_four_times(entries: list[Entry]) -> None:
    needs = load_needs()
    found = Counter(code for entry in entries for code in needs.of(entry.service))
    assert {code: found[code] for code in needs.codes if found[code] < 4} == {}


def test_every_organization_is_plainly_invented(entries: list[Entry]) -> None:
    names = {entry.organization.name for entry in entries}
    assert [name for name in names if not INVENTED.search(name)] == []


def test_every_number_is_one_that_no_phone_company_gives_out(entries: list[Entry]) -> None:
    numbers = [phone.number for entry in entries for phone in phones(entry)]
    assert [number for number in numbers if not PHONE.fullmatch(number)] == []


def test_no_number_hides_in_a_text() -> None:
    text = FILE.read_text(encoding="utf-8") + WINTER.read_text(encoding="utf-8")
    found = re.findall(r"\d{3}[-. ]\d{3}[-. ]\d{4}", text)
    assert [number for number in found if not re.fullmatch(r"(309|800)-555-01\d\d", number)] == []


def test_every_web_address_is_an_example(entries: list[Entry]) -> None:
    said_by = [*(e.service.url for e in entries), *(e.service.email for e in entries)]
    assert [url for url in said_by if url and not url.endswith(".example.org")] == []


def test_every_zip_is_real_and_in_one_of_the_three_counties(entries: list[Entry]) -> None:
    doors = [address for e in entries for place in e.places for address in place.location.addresses]
    wrong = []
    for door in doors:
        county = real_zip(door.postal_code).get("county")
        if county != f"{door.region} County" or door.region not in COUNTIES:
            wrong.append((door.postal_code, door.city, door.region))
    assert wrong == []
    assert len({door.postal_code for door in doors}) >= 15


def test_every_point_lies_in_the_county_and_near_its_zip(entries: list[Entry]) -> None:
    for location in (place.location for entry in entries for place in entry.places):
        if location.point is None:
            continue
        latitude, longitude = location.point
        assert SOUTH < latitude < NORTH
        assert WEST < longitude < EAST
        middle = real_zip(location.addresses[0].postal_code)
        centre = Point(float(middle["lat"]), float(middle["long"]))
        assert miles_between(location.point, centre) < 6, location.addresses[0]


def test_a_hidden_place_holds_no_street_and_no_point(by_key: dict[str, Entry]) -> None:
    for key in ("haven-shelter", "haven-shelter-2"):
        location = hide(by_key[key].places[0].location)
        assert location.confidential
        assert location.point is None
        assert not any(address.address_1 for address in location.addresses)
        assert by_key[key].service.service_areas


CASES: dict[str, Callable[[Entry], bool]] = {
    "is open at 1 AM on a Saturday": lambda e: state(e, SATURDAY_1_AM) is Openness.OPEN,
    "is open past midnight, not all night": lambda e: any(
        s.opens_at and s.closes_at and s.closes_at.hour in (2, 4) for s in schedules(e)
    ),
    "closes for lunch": lambda e: len({s.byday for s in schedules(e)}) < len(schedules(e)),
    "is by appointment": lambda e: any(s.description and not s.opens_at for s in schedules(e)),
    "lists no hours": lambda e: not schedules(e),
    "opens once a month": lambda e: any(s.freq == "MONTHLY" for s in schedules(e)),
    "opens for a season": lambda e: any(s.valid_from and s.valid_to for s in schedules(e)),
    "opens at 5:30": lambda e: any(s.opens_at == time(5, 30) for s in schedules(e)),
    "opens on holidays": lambda e: e.service.open_on_holidays is Answer.YES,
    "has no door": lambda e: any(p.location.location_type == "virtual" for p in e.places),
    "has no point": lambda e: any(p.location.addresses and not p.location.point for p in e.places),
    "stands at three places": lambda e: len(e.places) == 3,
    "has no phone": lambda e: not phones(e),
    "has an extension": lambda e: any(phone.extension for phone in phones(e)),
    "is toll-free": lambda e: any(phone.number.startswith("+1800") for phone in phones(e)),
    "takes texts": lambda e: any(phone.type == "text" for phone in phones(e)),
    "is closed for now": lambda e: e.service.status == "temporarily closed",
    "is for women only": lambda e: said(e, "women") is Answer.YES and said(e, "men") is Answer.NO,
    "is for men only": lambda e: said(e, "men") is Answer.YES and said(e, "women") is Answer.NO,
    "is for ages 12 to 17": lambda e: (e.service.minimum_age, e.service.maximum_age) == (12, 17),
    "takes drop-off, not walk-in": lambda e: said(e, "drop_off") == "yes" and said(e, "walk_in") == "no",
    "starts medication the same day": lambda e: said(e, "same_day_medication") is Answer.YES,
    "turns people on medication away": lambda e: said(e, "on_medication") is Answer.NO,
    "has a name of 60 letters": lambda e: len(e.organization.name) >= 60,
    "has an accent in its name": lambda e: not e.organization.name.isascii(),
    "has an apostrophe in its name": lambda e: "'" in e.organization.name,
    "counts its open beds": lambda e: bool(e.service.capacities),
    "asks for papers": lambda e: bool(e.service.required_documents),
    "has an alert": lambda e: bool(e.service.alert),
    "serves certain ZIP codes": lambda e: any(a.extent_type == "zip" for a in e.service.service_areas),
    "was never checked": lambda e: e.service.assured_date is None,
    "was last checked before 2024": lambda e: date.min < checked(e) < date(2024, 1, 1),
    "was checked this month": lambda e: checked(e) >= date(2026, 11, 1),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_some_service(case: str, entries: list[Entry]) -> None:
    assert [entry.key for entry in entries if CASES[case](entry)]


def test_several_services_share_a_door(entries: list[Entry]) -> None:
    doors = Counter(place.location.id for entry in entries for place in entry.places)
    assert doors.most_common(1)[0][1] >= 2


@pytest.mark.parametrize("code", ["es", "ht", "vi", "ar", "fr"])
def test_a_language_is_spoken_and_says_how(code: str, entries: list[Entry]) -> None:
    spoken = [language for entry in entries for language in entry.service.languages if language.code == code]
    assert [language for language in spoken if language.note]


@pytest.mark.parametrize("field", ACCESS)
def test_every_answer_that_decides_a_night_is_yes_somewhere_and_unknown_somewhere(
    field: str, entries: list[Entry]
) -> None:
    answers = Counter(said(entry, field) for entry in entries)
    assert answers[Answer.YES]
    assert answers[Answer.UNKNOWN]


def test_on_a_tuesday_at_noon_some_are_open_some_closed_some_not_known(entries: list[Entry]) -> None:
    found = Counter(state(entry, TUESDAY_NOON) for entry in entries)
    assert all(found[each] >= 5 for each in Openness)


def test_the_words_put_the_person_first(entries: list[Entry]) -> None:
    blame = {"addict", "addicts", "abuser", "abusers", "junkie", "alcoholic", "clean", "dirty", "abuse"}
    for entry in entries:
        service = entry.service
        text = " ".join((service.name, service.description, service.application_process, service.alert))
        assert blame.isdisjoint(words(text)), entry.key


def test_the_readme_names_rows_that_exist(by_key: dict[str, Entry]) -> None:
    readme = (FILE.parent / "README.md").read_text(encoding="utf-8")
    table = [line for line in readme.splitlines() if line.startswith("| ") and "`" in line]
    named = {key for line in table for key in re.findall(r"`([a-z0-9-]+)`", line)}
    assert len(named) > 30
    assert named - set(by_key) == set()
