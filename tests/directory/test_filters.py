"""Each filter answers yes, not known or no; no leaves a listing out, not known comes after yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from directory import filters
from directory.access import ACCESS
from directory.answers import Query
from directory.datafile import read
from directory.filters import FILTERS, FilterError
from directory.ids import made_id
from directory.medications import FILE, LABELS, MEDICATIONS, medications_of
from directory.model import Attribute, Language, Service, ServiceArea, Source
from directory.needs import load_needs
from directory.search import Search
from tests.worlds import NOW, SOURCE, entry, imported, open_store, searchable

YES, UNKNOWN, NO = "yes", "unknown", "no"
TODAY = NOW.date()


def spoken(*codes: str) -> tuple[Language, ...]:
    return tuple(Language(code, code, code) for code in codes)


def zips(codes: str) -> tuple[ServiceArea, ...]:
    return (ServiceArea("z", extent=codes, extent_type="zip"),)


STATE = (ServiceArea("s", extent="IL", extent_type="state"),)
COUNTRY = (ServiceArea("c", extent="US", extent_type="country"),)


# What is wished, what the listing says, and the answer.
TABLE: list[tuple[dict[str, str], dict[str, Any], str]] = [
    ({"language": "es"}, {"languages": spoken("es")}, YES),
    ({"language": "ES"}, {"languages": spoken("es")}, YES),
    ({"language": "es-MX"}, {"languages": spoken("es")}, YES),
    ({"language": "zh-Hans"}, {"languages": spoken("zh")}, YES),
    ({"language": "zh"}, {"languages": spoken("fr", "zh-Hant")}, YES),
    ({"language": "en"}, {}, YES),
    ({"language": "en"}, {"languages": spoken("es")}, YES),
    ({"language": "es"}, {"languages": spoken("fr", "est")}, UNKNOWN),
    ({"language": "es"}, {}, UNKNOWN),
    ({"age": "18"}, {"minimum_age": 18}, YES),
    ({"age": "17"}, {"minimum_age": 18}, NO),
    ({"age": "17"}, {"maximum_age": 17}, YES),
    ({"age": "18"}, {"maximum_age": 17}, NO),
    ({"age": "0"}, {"minimum_age": 0, "maximum_age": 3}, YES),
    ({"age": "120"}, {"minimum_age": 55}, YES),
    ({"age": "40"}, {}, UNKNOWN),
    ({"gender": "women"}, {"access": {"women": "yes"}}, YES),
    ({"gender": "women"}, {"access": {"women": "no", "men": "yes"}}, NO),
    ({"gender": "women"}, {"access": {"men": "yes"}}, UNKNOWN),
    ({"gender": "men"}, {"access": {"men": "yes"}}, YES),
    ({"gender": "men"}, {"access": {"men": "no", "women": "yes"}}, NO),
    ({"gender": "men"}, {}, UNKNOWN),
    ({"medication": "methadone"}, {"source_codes": ("MM",)}, YES),
    ({"medication": "methadone"}, {"source_codes": ("OTP",)}, UNKNOWN),
    ({"medication": "methadone"}, {"source_codes": ("BUM", "NU")}, UNKNOWN),
    ({"medication": "buprenorphine"}, {"source_codes": ("BUM",)}, YES),
    ({"medication": "buprenorphine"}, {"name": "Suboxone Clinic"}, YES),
    ({"medication": "naltrexone"}, {"name": "Vivitrol shots"}, YES),
    ({"medication": "naltrexone"}, {"name": "Naloxone and Narcan", "source_codes": ("NOE",)}, UNKNOWN),
    ({"medication": "naltrexone"}, {}, UNKNOWN),
    ({"serves_zip": "60614"}, {"service_areas": zips("60614")}, YES),
    ({"serves_zip": "60614"}, {"service_areas": zips("60601, 60614-1234 ,60622")}, YES),
    ({"serves_zip": "60615"}, {"service_areas": zips("60601,60614")}, NO),
    ({"serves_zip": "60615"}, {"service_areas": COUNTRY}, YES),
    ({"serves_zip": "60615"}, {"service_areas": STATE}, UNKNOWN),
    ({"serves_zip": "60615"}, {"service_areas": ()}, UNKNOWN),
    ({"source": "test"}, {}, YES),
    ({"source": "tes"}, {}, NO),
    ({"source": "TEST"}, {}, NO),
    ({"verified_within": "22"}, {"assured_date": date(2026, 11, 1)}, YES),
    ({"verified_within": "21"}, {"assured_date": date(2026, 11, 1)}, NO),
    ({"verified_within": "1"}, {"assured_date": TODAY}, YES),
    ({"verified_within": "327"}, {}, YES),  # the list itself speaks of 1 January
    ({"verified_within": "325"}, {}, NO),
    ({"verified_within": "36500"}, {"assured_date": date(1970, 1, 1)}, YES),
    *(
        ({key: wish}, {"access": {key: said}} if said else {}, answer)
        for key in ACCESS
        for said, wish, answer in (
            ("yes", "yes", YES), ("yes", "no", NO), ("no", "no", YES), ("no", "yes", NO),
            ("unknown", "yes", UNKNOWN), ("unknown", "no", UNKNOWN), ("", "yes", UNKNOWN), ("", "no", UNKNOWN),
        )
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    """A listing for each line of the table, each of an organization of its own."""
    rows = (entry(str(n), **listing) for n, (_, listing, _) in enumerate(TABLE))
    return searchable(tmp_path_factory.mktemp("filters"), *rows)


def told(search: Search, **wishes: str) -> str:
    """What the only listing that is asked about answers to the first wish."""
    hits = search.search(Query(wishes=wishes)).hits
    if not hits:
        return NO
    assert len(hits) == 1
    return UNKNOWN if next(iter(wishes)) in hits[0].unsaid else YES


@pytest.mark.parametrize("line", range(len(TABLE)))
def test_what_a_listing_answers(search: Search, line: int) -> None:
    wishes, _, answer = TABLE[line]
    assert told(search, **wishes, organization_id=made_id("org", f"Org {line}")) == answer, TABLE[line]


@pytest.mark.parametrize(
    "wish", [made_id("org", "Org 7"), made_id("org", "Org 7").upper(), "nobody", "\ud800"]
)
def test_only_the_services_of_the_organization_that_is_asked_for(search: Search, wish: str) -> None:
    hits = search.search(Query(wishes={"organization_id": wish})).hits
    assert [hit.listing.organization.name for hit in hits] == ["Org 7"] * (wish == made_id("org", "Org 7"))


def test_without_any_date_it_is_not_known_when_it_was_checked(tmp_path: Path) -> None:
    engine, store = open_store(tmp_path)
    imported(engine, entry("1"), source=Source("undated", "No date", "CC0"))
    search = Search(store, load_needs(), tmp_path / "index", lambda: NOW)
    assert told(search, verified_within="10") == UNKNOWN


def test_only_the_listings_of_the_source_that_is_asked_for(tmp_path: Path) -> None:
    engine, store = open_store(tmp_path)
    imported(engine, entry("1"))
    imported(engine, entry("2"), source=replace(SOURCE, id="other"))
    search = Search(store, load_needs(), tmp_path / "index", lambda: NOW)
    hits = search.search(Query(wishes={"source": "other"})).hits
    assert [hit.listing.service.name for hit in hits] == ["Service 2"]


@pytest.mark.parametrize(
    "wish",
    [
        {"walk_in": "maybe"}, {"walk_in": ""}, {"walk_in": "YES"}, {"nothing": "yes"}, {"": ""},
        {"language": ""}, {"language": "x" * 21}, {"age": "-1"}, {"age": "121"}, {"age": "1.5"},
        {"age": "٢٠"}, {"age": ""}, {"gender": "woman"}, {"medication": "naloxone"}, {"medication": ""},
        {"serves_zip": "6061"}, {"serves_zip": "606144"}, {"serves_zip": "６０６１４"},
        {"organization_id": ""}, {"organization_id": "x" * 101}, {"source": ""}, {"verified_within": "0"},
        {"verified_within": "36501"}, {"verified_within": "²"},
    ],
)  # fmt: skip
def test_a_wish_that_is_none_is_refused_by_its_name(search: Search, wish: dict[str, str]) -> None:
    with pytest.raises(FilterError) as error:
        search.search(Query(wishes=wish))
    assert str(error.value).startswith(f"{next(iter(wish))}: ")


def test_every_filter_is_told_to_programs_as_it_is() -> None:
    for key, each in FILTERS.items():
        assert each.key == key
        assert each.about
        assert each.says["type"] in ("string", "integer")
        for wish in each.says.get("enum", ()):  # type: ignore[attr-defined]
            assert each.accepts(wish)
    filters.checked({"walk_in": "yes", "age": "30", "language": "es"})


def test_several_wishes_are_all_told_when_they_are_not_answered(tmp_path: Path) -> None:
    search = searchable(tmp_path, entry("1", access={"pets": "yes"}))
    [hit] = search.search(Query(wishes={"pets": "yes", "age": "30", "medication": "methadone"})).hits
    assert hit.unsaid == ("age", "medication")


def test_the_labels_of_medicines_are_those_of_the_file() -> None:
    rows = read(FILE, ("code", "label", "samhsa", "words"))
    assert {row["code"]: row["label"] for row in rows} == LABELS
    assert len(MEDICATIONS) <= 32, "a bit each in 32"


@pytest.mark.parametrize(
    ("service", "given"),
    [
        (Service("s", "Methadone Clinic"), {"methadone"}),
        (Service("s", "Clinic", source_codes=("MMW", "UB", "VTRL")), {"methadone", "buprenorphine", "naltrexone"}),
        (Service("s", "Clinic", attributes=(Attribute("a", "local", "", "Sublocade and Vivitrol"),)), {"buprenorphine", "naltrexone"}),
        (Service("s", "Clinic", description="no methadone here"), set()),
        (Service("s", "Naloxone, Narcan", source_codes=("NOE", "OTP")), set()),
    ],
)  # fmt: skip
def test_which_medicines_a_service_says_it_gives(service: Service, given: set[str]) -> None:
    assert medications_of(service) == given
