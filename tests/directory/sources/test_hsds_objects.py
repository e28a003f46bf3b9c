"""Records to HSDS objects and back: nothing is lost, nothing leaks, and the shapes are the standard's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings

from directory.model import (
    Address,
    Answer,
    Entry,
    Fact,
    Listing,
    Location,
    Organization,
    Phone,
    Point,
    Precision,
    Schedule,
    Service,
    ServiceAtLocation,
)
from directory.sources.hsds_entries import entry
from directory.sources.hsds_nodes import Reading
from directory.sources.hsds_objects import (
    brief_service_object,
    location_object,
    organization_object,
    service_at_location_object,
    service_object,
)
from tests.directory.sources.hsds_listings import SOURCE, one_service

FEW = settings(max_examples=40, deadline=None)  # each example is a whole directory entry

# Facts of HSDS 3.1, written down from the standard.
REQUIRED = {
    "service": {"id", "name", "status"},
    "organization": {"id", "name", "description"},
    "location": {"id", "location_type"},
    "addresses": {"id", "address_1", "city", "state_province", "postal_code", "country", "address_type"},
    "phones": {"id", "number"},
    "taxonomy_term": {"id", "name", "description"},
    "taxonomy_detail": {"id", "name", "description"},
    "capacities": {"id", "unit", "available", "updated"},
    "unit": {"id", "name"},
    "additional_urls": {"id", "url"},
    "additional_websites": {"id", "url"},
}
ENUMS: dict[str, set[object]] = {
    "status": {"active", "inactive", "defunct", "temporarily closed"},
    "location_type": {"physical", "postal", "virtual"},
    "address_type": {"physical", "postal", "virtual"},
    "freq": {"WEEKLY", "MONTHLY"},
    "wkst": {"MO", "TU", "WE", "TH", "FR", "SA", "SU"},
}
NUMBERS = {
    "extension", "latitude", "longitude", "amount", "timezone", "interval", "count", "minimum_age",
    "maximum_age", "available", "maximum",
}  # fmt: skip

BARE = Listing(
    "00000000-0000-4000-8000-000000000001",
    Service("00000000-0000-4000-8000-000000000002", "Pantry"),
    Organization("00000000-0000-4000-8000-000000000003", "Helpers"),
    Location("00000000-0000-4000-8000-000000000004"),
    SOURCE,
)


def read_back(listings: list[Listing]) -> tuple[Entry | None, list[Any]]:
    reading = Reading("test", "file.json", "line 1")
    said = json.loads(json.dumps(service_object(listings), allow_nan=False))
    return entry(said, reading), reading.problems


def objects(value: Any, key: str = "service") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object inside one, with the key it stands under."""
    if isinstance(value, dict):
        yield key, value
        for inner, part in value.items():
            yield from objects(part, inner)
    elif isinstance(value, list):
        for part in value:
            yield from objects(part, key)


@given(one_service())
@FEW
def test_what_is_written_says_the_same_when_it_is_read(listings: list[Listing]) -> None:
    found, problems = read_back(listings)
    assert problems == []
    assert found is not None
    assert found.key == listings[0].service.id
    assert found.service == listings[0].service
    assert found.organization == listings[0].organization
    assert found.places == tuple(
        ServiceAtLocation(x.id, x.location, x.description, x.own_phones, x.own_schedules, x.own_service_areas)
        for x in listings
    )


@given(one_service())
@FEW
def test_every_object_has_what_the_standard_requires(listings: list[Listing]) -> None:
    place = service_at_location_object(listings[0])
    every = [*objects(service_object(listings)), *objects(place, "service_at_location")]
    for key, said in every:
        if key in ("access", "source") or "answer" in said:
            continue
        assert UUID(said["id"])
        assert REQUIRED.get(key, set()) <= said.keys()
        assert "contacts" not in said
        for name, value in said.items():
            assert name not in ENUMS or value in ENUMS[name]
            assert name not in NUMBERS or (type(value) in (int, float))
            assert value not in (None, [])


@given(one_service())
@FEW
def test_a_listed_service_holds_only_what_it_has_one_of(listings: list[Listing]) -> None:
    brief = brief_service_object(listings[0])
    assert not [key for key, value in brief.items() if isinstance(value, list) and key != "source_codes"]
    assert brief["organization"]["name"] == listings[0].organization.name


def rule(**parts: Any) -> dict[str, Any]:
    service = replace(BARE.service, schedules=(Schedule("00000000-0000-4000-8000-000000000009", **parts),))
    said: dict[str, Any] = service_object([replace(BARE, service=service)])["schedules"][0]
    return {key: value for key, value in said.items() if key != "id"}


NINE = {"opens_at": time(9), "closes_at": time(17)}
HOURS = {"opens_at": "09:00:00", "closes_at": "17:00:00"}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        pytest.param(
            {"freq": "WEEKLY", "byday": "MO", **NINE},
            {"freq": "WEEKLY", "interval": 1, "byday": "MO", **HOURS},
            id="weekly as it is",
        ),
        pytest.param(
            {"freq": "DAILY", **NINE},
            {"freq": "WEEKLY", "interval": 1, "byday": "MO,TU,WE,TH,FR,SA,SU", **HOURS,
             "exact_rule": "freq=DAILY;byday="},
            id="daily is weekly on all seven days",
        ),
        pytest.param(
            {"freq": "YEARLY", "dtstart": date(2026, 12, 25), "closed": True},
            {"dtstart": "2026-12-25", "valid_from": "2026-12-25", "valid_to": "2026-12-25", "closed": True,
             "exact_rule": "freq=YEARLY;valid_from=;valid_to="},
            id="yearly is its first date",
        ),
        pytest.param(
            {"freq": "YEARLY", "byyearday": "1", **NINE},
            {"byyearday": "1", "exact_rule": "freq=YEARLY;opens_at=09:00:00;closes_at=17:00:00"},
            id="yearly without a date shows others no hours that would be wrong",
        ),
        pytest.param(
            {"freq": "DAILY", "interval": 2, "valid_from": date(2026, 1, 1), **NINE},
            {"interval": 2, "valid_from": "2026-01-01", "valid_to": "2026-01-01", **HOURS,
             "exact_rule": "freq=DAILY;valid_to="},
            id="every other day is its first",
        ),
    ],
)  # fmt: skip
def test_a_rule_is_said_in_the_words_hsds_has(parts: dict[str, Any], said: dict[str, Any]) -> None:
    assert rule(**parts) == said


def test_a_confidential_location_gives_out_neither_street_nor_point() -> None:
    address = Address("a", "99 Secret Rd", "Chicago", "IL", "60614", address_2="Rear door", attention="Ann")
    location = Location(
        "l", point=Point(41.9, -87.6), precision=Precision.STREET, confidential=True, addresses=(address,),
        transportation="two doors from the church",
    )  # fmt: skip
    said = json.dumps(location_object(location))
    for secret in ("Secret", "Rear", "Ann", "41.9", "latitude", "church"):
        assert secret not in said
    assert json.loads(said)["addresses"][0]["postal_code"] == "60614"


@pytest.mark.parametrize(
    ("extension", "said"),
    [
        ("12", {"extension": 12}),
        ("007", {"extension_text": "007"}),
        ("*2", {"extension_text": "*2"}),
        ("", {}),
    ],
)
def test_an_extension_is_a_number_where_it_can_be(extension: str, said: dict[str, Any]) -> None:
    organization = replace(BARE.organization, phones=(Phone("p", "+13125550100", extension),))
    phone = organization_object(organization)["phones"][0]
    assert {key: value for key, value in phone.items() if key.startswith("extension")} == said


def test_ids_that_are_no_uuids_become_uuids_always_the_same() -> None:
    organization = replace(BARE.organization, id="row-7")
    first, second = organization_object(organization), organization_object(organization)
    assert UUID(first["id"])
    assert first == second


def test_where_a_record_comes_from_travels_with_it() -> None:
    source = service_object([BARE])["source"]
    assert source == {
        "id": "test",
        "name": "A test list",
        "licence": "CC0",
        "url": "https://example.org",
        "listed_on": "2026-01-01",
        "is_demonstration": True,
    }


def test_the_answers_that_decide_a_night_are_a_map() -> None:
    facts = {"walk_in": Fact(Answer.YES, date(2026, 11, 3), "phone call"), "pets": Fact(Answer.NO)}
    said = service_object([replace(BARE, service=replace(BARE.service, access=facts))])["access"]
    assert said == {
        "walk_in": {"answer": "yes", "verified_on": "2026-11-03", "source": "phone call"},
        "pets": {"answer": "no"},
    }


def test_an_address_that_we_know_little_of_still_has_all_its_keys() -> None:
    location = replace(BARE.location, addresses=(Address("a", "", "Chicago", "", ""),))
    said = location_object(location)["addresses"][0]
    assert (said["address_1"], said["state_province"], said["postal_code"]) == ("", "", "")
