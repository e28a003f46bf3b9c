"""Reading HSDS 3.x JSON: whatever shape it comes in, whatever is wrong with it."""

from __future__ import annotations

import json
from datetime import date, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.model import Answer, Entry, Fact, Point, Precision, Problem
from directory.sources import hsds
from directory.sources.hsds_objects import service_object
from tests.directory.sources.hsds_listings import one_service

ID = "00000000-0000-4000-8000-00000000000"
PLACE: dict[str, Any] = {
    "id": ID + "1",
    "location": {
        "id": ID + "2",
        "location_type": "physical",
        "latitude": 41.9,
        "longitude": -87.6,
        "addresses": [{"id": ID + "3", "address_1": "1 Main St", "city": "Chicago", "postal_code": "02139"}],
    },
}
SERVICE: dict[str, Any] = {
    "id": ID + "4",
    "name": "Pantry",
    "status": "active",
    "organization": {"id": ID + "5", "name": "Helpers", "description": ""},
    "service_at_locations": [PLACE],
}
BRIEF = {key: value for key, value in SERVICE.items() if key != "service_at_locations"}
AT_LOCATION = {**PLACE, "service": BRIEF}
ORGANIZATION = {
    **SERVICE["organization"],
    "services": [{key: value for key, value in SERVICE.items() if key != "organization"}],
}
PAGE = {"total_items": 1, "empty": False, "contents": [SERVICE]}


def read(path: Path) -> tuple[list[Entry], list[Problem]]:
    found = list(hsds.read(path))
    return [x for x in found if isinstance(x, Entry)], [x for x in found if isinstance(x, Problem)]


def read_text(text: str, name: str = "data.json") -> tuple[list[Entry], list[Problem]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        return read(path)


def read_service(**changed: Any) -> tuple[Entry, list[Problem]]:
    (found,), problems = read_text(json.dumps({**SERVICE, **changed}))
    return found, problems


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(json.dumps(SERVICE), id="an object"),
        pytest.param(json.dumps(SERVICE, indent=2), id="an object over several lines"),
        pytest.param("\ufeff" + json.dumps(SERVICE), id="after a byte order mark"),
        pytest.param(json.dumps([SERVICE]), id="a list"),
        pytest.param(json.dumps([SERVICE], indent=2), id="a list over several lines"),
        pytest.param(json.dumps(SERVICE) + "\n", id="a line"),
        pytest.param(json.dumps(PAGE, indent=2), id="a page"),
        pytest.param(json.dumps(ORGANIZATION), id="an organization with services"),
        pytest.param(json.dumps(AT_LOCATION), id="a service at a location"),
        pytest.param(json.dumps([BRIEF, AT_LOCATION]), id="a listed service, then its location"),
        pytest.param(json.dumps([AT_LOCATION, BRIEF]), id="a location, then the listed service"),
        pytest.param(json.dumps(SERVICE) + "\n" + json.dumps(SERVICE), id="the same twice"),
    ],
)
def test_every_shape_of_the_standard_gives_the_same_entry(text: str) -> None:
    (found,), problems = read_text(text)
    assert problems == []
    assert (found.key, found.service.name, found.organization.name) == (ID + "4", "Pantry", "Helpers")
    (place,) = found.places
    assert (place.id, place.location.point) == (ID + "1", Point(41.9, -87.6))
    assert place.location.addresses[0].postal_code == "02139"


def test_a_service_at_two_locations_in_two_lines_is_one_entry() -> None:
    other = {"id": ID + "6", "location": {"id": ID + "7", "location_type": "virtual"}, "service": BRIEF}
    (found,), _ = read_text(json.dumps(AT_LOCATION) + "\n" + json.dumps(other), "places.ndjson")
    assert [place.id for place in found.places] == [ID + "1", ID + "6"]


def test_a_folder_is_read_file_by_file_and_an_organization_apart_is_found(tmp_path: Path) -> None:
    named = {**SERVICE, "organization_id": ID + "5"}
    del named["organization"]
    (tmp_path / "services.json").write_text(json.dumps([named]))
    (tmp_path / "organizations.json").write_text(json.dumps([SERVICE["organization"] | {"website": "a.org"}]))
    (tmp_path / "notes.txt").write_text("not ours")
    (found,), problems = read(tmp_path)
    assert problems == []
    assert (found.organization.name, found.organization.website) == ("Helpers", "http://a.org")


def test_an_organization_without_services_is_told_and_not_rejected() -> None:
    found, (problem,) = read_text(json.dumps({"id": ID + "5", "name": "Helpers", "description": ""}))
    assert found == []
    assert not problem.rejected
    assert "no service in it" in problem.reason


def test_a_broken_line_does_not_stop_the_next() -> None:
    text = "\n".join([json.dumps(SERVICE), '{"id": "x",', json.dumps({**SERVICE, "id": ID + "8"})])
    found, (problem,) = read_text(text, "data.ndjson")
    assert [each.key for each in found] == [ID + "4", ID + "8"]
    assert (problem.line, problem.rejected) == ("line 2", True)
    assert "not JSON" in problem.reason


def test_a_list_cut_short_gives_what_was_whole() -> None:
    found, (problem,) = read_text("[" + json.dumps(SERVICE) + "," + json.dumps(SERVICE)[:50])
    assert len(found) == 1
    assert problem.rejected


def test_a_list_longer_than_what_is_read_at_once_is_read_whole() -> None:
    many = [{**SERVICE, "id": f"row {number}", "description": "x" * 3000} for number in range(800)]
    found, problems = read_text(json.dumps(many))
    assert len({each.key for each in found}) == 800
    assert problems == []


@pytest.mark.parametrize("key", ["warrant", "arrest_date", "openCharges", "offense_code"])
@pytest.mark.parametrize("deep", [False, True])
def test_a_file_with_what_the_police_hold_is_refused_whole(key: str, deep: bool) -> None:
    inside = {"attributes": [{"id": "1", key: "x"}]} if deep else {key: "x"}
    found, problems = read_text(json.dumps([SERVICE, {**SERVICE, **inside}]))
    assert found == []
    assert [problem.field for problem in problems] == [key]


def test_a_text_may_speak_of_warrants() -> None:
    found, problems = read_service(description="Clears warrants, arrests and charges")
    assert problems == []
    assert found.service.description == "Clears warrants, arrests and charges"


def test_contacts_are_people_and_not_kept_and_said_once_for_a_file() -> None:
    people = [{"id": "1", "name": "Ann Persona", "email": "ann@example.org", "phones": [{"number": "5"}]}]
    location = {**PLACE["location"], "contacts": people}
    organization = {**SERVICE["organization"], "contacts": people}
    places = [{**PLACE, "location": location, "contacts": people}]
    found, (problem,) = read_service(contacts=people, organization=organization, service_at_locations=places)
    assert (problem.field, problem.rejected) == ("contacts", False)
    assert "contacts are not kept" in problem.reason
    assert "Ann" not in repr(found)


def test_who_changed_a_record_is_a_person_and_not_kept() -> None:
    change = {
        "id": "1", "last_action_date": "2026-01-02", "last_action_type": "update", "field_name": "name",
        "previous_value": "Larder", "replacement_value": "Pantry", "updated_by": "Ann Persona",
    }  # fmt: skip
    place = {**change, "resource_type": "location", "previous_value": "99 Secret Rd"}
    found, _ = read_service(metadata=[change, place])
    (kept,) = found.metadata
    assert (kept.last_action_date, kept.previous_value) == (date(2026, 1, 2), "Larder")
    assert "Ann" not in repr(found)
    assert "Secret" not in repr(found)


@pytest.mark.parametrize(("latitude", "longitude"), [(100, 101), (0, 0), (41, 200), ("NaN", 1), ("north", 1)])
def test_a_point_that_is_no_place_on_earth_is_left_out_and_told(latitude: Any, longitude: Any) -> None:
    location = {**PLACE["location"], "latitude": latitude, "longitude": longitude}
    found, (problem,) = read_service(service_at_locations=[{**PLACE, "location": location}])
    assert found.places[0].location.point is None
    assert found.places[0].location.precision is Precision.NONE
    assert not problem.rejected
    assert problem.field == "service_at_locations[0].location.latitude"


def test_ids_that_are_no_uuids_stay_the_same_from_run_to_run() -> None:
    first, _ = read_service(id="17")
    second, _ = read_service(id=17)
    assert first.key == second.key == first.service.id
    assert UUID(first.key)


def test_row_17_of_one_list_is_not_row_17_of_another() -> None:
    text = json.dumps({**SERVICE, "id": "17"})
    (one,), _ = read_text(text, "north.json")
    (other,), _ = read_text(text, "south.json")
    assert one.key != other.key


@pytest.mark.parametrize("missing", ["id", "name"])
def test_a_service_without_id_or_name_is_rejected(missing: str) -> None:
    found, (problem,) = read_text(json.dumps({**SERVICE, missing: " "}))
    assert found == []
    assert (problem.line, problem.field, problem.rejected) == ("line 1", missing, True)


@pytest.mark.parametrize(
    ("said", "kept", "told"),
    [
        ("active", "active", False),
        ("Temporarily Closed", "temporarily closed", False),
        ("closed", "defunct", False),
        (None, "active", False),
        ("mostly", "inactive", True),
    ],
)
def test_a_status_is_one_of_the_standard(said: Any, kept: str, told: bool) -> None:
    found, problems = read_service(status=said)
    assert found.service.status == kept
    assert bool(problems) == told


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("minimum_age", "adult"),
        ("minimum_age", 10**40),
        ("assured_date", "soon"),
        ("last_modified", "yesterday"),
        ("url", "javascript:alert(1)"),
        ("url", "ask us"),
        ("email", "not at all"),
        ("description", ["a list"]),
        ("phones", "555-0100"),
        ("languages", [1]),
        ("access", {"walk_in": "perhaps"}),
        ("access", {"crime": "yes"}),
    ],
)
def test_a_field_that_cannot_be_read_is_told_and_left_out(field: str, bad: Any) -> None:
    found, problems = read_service(**{field: bad})
    assert not getattr(found.service, field)
    assert problems
    assert all(not problem.rejected and field in problem.field for problem in problems)


def test_a_rule_that_cannot_be_read_keeps_its_words_and_loses_its_hours() -> None:
    rules = [
        {"id": "1", "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "17:00"},
        {"id": "2", "freq": "SOMETIMES", "opens_at": "09:00", "closes_at": "17:00", "description": "Call"},
        {"id": "3", "freq": "WEEKLY", "byday": "Mondays", "opens_at": "09:00", "closes_at": "17:00"},
        {"id": "4", "freq": "WEEKLY", "byday": "MO", "opens_at": "early", "closes_at": "17:00"},
    ]
    found, _ = read_service(schedules=rules)
    assert [rule.opens_at for rule in found.service.schedules] == [time(9), None, None, None]
    assert found.service.schedules[1].description == "Call"


@pytest.mark.parametrize(
    ("said", "number", "extension", "kind"),
    [
        ({"number": "(312) 555-0100"}, "+13125550100", "", "voice"),
        ({"number": "312-555-0100 ext. 7"}, "+13125550100", "7", "voice"),
        ({"number": "312-555-0100", "extension": 12, "type": "textphone"}, "+13125550100", "12", "tty"),
        ({"number": "988", "type": "sms"}, "988", "", "text"),
        ({"number": "ask at the door", "type": "cell"}, "ask at the door", "", "voice"),
    ],
)
def test_phones_are_kept_as_we_keep_them(said: Any, number: str, extension: str, kind: str) -> None:
    found, _ = read_service(phones=[{"id": "1", **said}])
    (phone,) = found.service.phones
    assert (phone.number, phone.extension, phone.type) == (number, extension, kind)


@pytest.mark.parametrize(
    ("said", "name", "code"),
    [
        ({"name": "Spanish"}, "Spanish", "es"),
        ({"name": "Spanish", "code": "spa"}, "Spanish", "es"),
        ({"code": "ht"}, "Haitian Creole", "ht"),
        ({"name": "en"}, "English", "en"),
        ({"name": "Elvish"}, "Elvish", ""),
    ],
)
def test_languages_get_the_code_that_people_search_by(said: Any, name: str, code: str) -> None:
    found, _ = read_service(languages=[{"id": "1", **said}])
    assert [(each.name, each.code) for each in found.service.languages] == [(name, code)]


@pytest.mark.parametrize(
    ("term", "taxonomy"),
    [
        ({"taxonomy": "Open Eligibility"}, "open-eligibility"),
        ({"taxonomy": "x", "taxonomy_detail": {"name": "open-eligibility 2.0"}}, "open-eligibility"),
        ({"taxonomy": "SAMHSA"}, "SAMHSA"),
    ],
)
def test_a_term_keeps_its_taxonomy(term: Any, taxonomy: str) -> None:
    said = {"id": "1", "taxonomy_term": {"id": "2", "code": "101", "name": "Emergency", **term}}
    found, _ = read_service(attributes=[said])
    (kept,) = found.service.attributes
    assert (kept.taxonomy, kept.code, kept.name) == (taxonomy, "101", "Emergency")


def test_our_answers_may_be_short() -> None:
    found, _ = read_service(access={"walk_in": "yes", "pets": {"answer": "no", "verified_on": "2026-11-03"}})
    assert found.service.access == {
        "walk_in": Fact(Answer.YES),
        "pets": Fact(Answer.NO, date(2026, 11, 3)),
    }


def test_a_service_without_a_location_is_reached_by_phone() -> None:
    found, (problem,) = read_service(service_at_locations=[])
    (place,) = found.places
    assert place.location.location_type == "virtual"
    assert not problem.rejected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[[]]",
        "not json",
        "[" * 100_000,
        '{"a":' * 5_000,
        "9" * 5_000,
        '{"id": "\\ud800", "name": "\\u0000", "status": "active"}',
        '{"contents": [1, null, {"contents": "x"}]}',
        '{"service": {"service_at_locations": 5}, "location": []}',
    ],
    ids=lambda text: text[:12],
)
def test_nothing_that_a_file_holds_raises(text: str) -> None:
    found, _ = read_text(text)
    assert found == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def paths(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(found for key, part in parts for found in paths(part, (*way, key)))]


def put(value: Any, way: tuple[Any, ...], new: Any) -> Any:
    if not way:
        return new
    value[way[0]] = put(value[way[0]], way[1:], new)
    return value


@given(one_service(), st.data())
@settings(max_examples=30, deadline=None)
def test_a_service_with_anything_wrong_in_it_never_raises(listings: Any, data: st.DataObject) -> None:
    said = json.loads(json.dumps(service_object(listings)))
    for _ in range(3):
        said = put(said, data.draw(st.sampled_from(paths(said))), data.draw(json_values))
    for row in hsds_rows(json.dumps(said)):
        assert isinstance(row, (Entry, Problem))
        assert str(row)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@settings(max_examples=60, deadline=None)
def test_any_bytes_at_all_are_read_without_raising(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        for name in ("a.json", "a.zip"):
            (Path(folder) / name).write_bytes(data)
            assert all(isinstance(row, Problem) for row in hsds.read(Path(folder) / name))
            assert hsds.source_of(Path(folder) / name).id == "hsds-a"
            hsds.count(Path(folder) / name)


def hsds_rows(text: str) -> list[Entry | Problem]:
    entries, problems = read_text(text)
    return [*entries, *problems]
