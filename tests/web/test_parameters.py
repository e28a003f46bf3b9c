"""What may be asked of a search, value by value."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from directory.access import ACCESS
from directory.answers import Located, Place, Sort
from directory.filters import FILTERS
from directory.model import Point
from web.parameters import SEARCH, ParameterError, SearchRequest, parse_search

CHICAGO = Place("Chicago, IL", Point(41.88, -87.63), "city", "IL", "", "America/Chicago")
TWO = (
    Place("Springfield, IL", Point(39.8, -89.64), "city"),
    Place("Springfield, MO", Point(37.21, -93.29), "city"),
)


def parse(*pairs: tuple[str, str]) -> SearchRequest:
    return parse_search(MultiDict(pairs), ("detox", "food"))


@pytest.mark.parametrize(
    ("name", "value", "field", "read"),
    [
        ("search", "  soup\x00 kitchen ", "text", "soup  kitchen"),
        ("q", "soup", "text", "soup"),
        ("near", "60614", "near", "60614"),
        ("postcode", "60614", "near", "60614"),
        ("radius", "0.1", "radius", 0.1),
        ("radius", "1e1", "radius", 10.0),
        ("proximity", "1609.344", "radius", 1.0),
        ("need", "detox", "needs", frozenset({"detox"})),
        ("open_now", "on", "open_only", True),
        ("open_now", "0", "open_only", False),
        ("min_results", "0", "min_results", 0),
        ("sort", "distance", "sort", Sort.DISTANCE),
        ("page", "2", "page", 2),
        ("per_page", "100", "per_page", 100),
        ("language", "ES-mx", "wishes", {"language": "es"}),
        ("language", "zh-hant", "wishes", {"language": "zh-Hant"}),
        ("age", "17", "wishes", {"age": "17"}),
        ("pets", "true", "wishes", {"pets": "yes"}),
        ("id_needed", "no", "wishes", {"id_needed": "no"}),
        ("radius", "", "radius", None),
        ("pets", " ", "wishes", {}),
        ("wheels", "4", "unknown", ("wheels",)),
    ],
)
def test_a_value_is_read(name: str, value: str, field: str, read: Any) -> None:
    assert getattr(parse((name, value)), field) == read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("radius", "abc"), ("radius", "0.09"), ("radius", "100.1"), ("radius", "nan"), ("radius", "inf"),
        ("radius", "1_0"), ("radius", "５"), ("radius", "1e999"), ("proximity", "5"),
        ("page", "0"), ("page", "-1"), ("page", "1.5"), ("page", "9" * 5000),
        ("per_page", "0"), ("per_page", "101"), ("min_results", "101"),
        ("sort", "random"), ("open_now", "maybe"), ("pets", "maybe"), ("age", "old"), ("age", "121"),
        ("need", "money"), ("language", "Spanish!"), ("language", "e"),
        ("open_at", "noon"), ("open_at", "2026-11-23"), ("open_at", "0001-01-01T00:00:00"),
        ("open_at", "9999-12-31T23:59:59"), ("search", "x" * 501), ("near", "x" * 201), ("format", "xml"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_names_its_parameter(name: str, value: str) -> None:
    with pytest.raises(ParameterError) as raised:
        parse((name, value))
    assert raised.value.parameter == name
    assert str(raised.value).startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("name", "value", "missing"),
    [("lat", "41.9", "lng"), ("lng", "-87.6", "lat")],
)
def test_half_a_point_names_the_other_half(name: str, value: str, missing: str) -> None:
    with pytest.raises(ParameterError) as raised:
        parse((name, value))
    assert raised.value.parameter == missing


@pytest.mark.parametrize("value", ["91", "-90.1", "north"])
def test_a_latitude_is_on_earth(value: str) -> None:
    with pytest.raises(ParameterError) as raised:
        parse(("lat", value), ("lng", "0"))
    assert raised.value.parameter == "lat"


def test_any_of_several_needs_may_be_asked_for() -> None:
    assert parse(("need", "detox"), ("need", "food")).needs == {"detox", "food"}


def test_an_unknown_need_is_told_with_the_known_ones() -> None:
    with pytest.raises(ParameterError, match="detox, food"):
        parse(("need", "money"))


def test_a_single_value_given_twice_is_refused_but_an_empty_one_beside_it_is_not() -> None:
    assert parse(("radius", ""), ("radius", "5")).radius == 5
    with pytest.raises(ParameterError, match="more than once"):
        parse(("radius", "5"), ("radius", "6"))


@pytest.mark.parametrize(
    ("said", "place", "at"),
    [
        ("2026-11-23T10:00", None, datetime(2026, 11, 23, 10, tzinfo=UTC)),
        ("2026-11-23T10:00", CHICAGO, datetime(2026, 11, 23, 16, tzinfo=UTC)),
        ("2026-11-23T10:00Z", CHICAGO, datetime(2026, 11, 23, 10, tzinfo=UTC)),
        ("2026-11-23 10:00:00", None, datetime(2026, 11, 23, 10, tzinfo=UTC)),
        ("2026-11-23T10:00-06:00", None, datetime(2026, 11, 23, 16, tzinfo=UTC)),
        ("2026-11-23T10:00 05:30", None, datetime(2026, 11, 23, 4, 30, tzinfo=UTC)),  # its plus was lost
    ],
)
def test_a_moment_without_an_offset_is_meant_where_the_place_is(
    said: str, place: Place | None, at: datetime
) -> None:
    wanted = parse(("open_at", said))
    assert wanted.query(place).at == at
    assert wanted.open_only


def test_the_moment_of_a_request_is_aware_whatever_was_sent() -> None:
    at = parse(("open_at", "2026-11-23T10:00")).at
    assert at is not None
    assert at.utcoffset() == timedelta(0)
    offset = parse(("open_at", "2026-11-23T10:00-06:00")).at
    assert offset is not None
    assert offset.tzinfo == timezone(timedelta(hours=-6))


@pytest.mark.parametrize(
    ("pairs", "place", "fewest"),
    [
        ([], None, 0),
        ([("near", "x")], CHICAGO, 3),
        ([("near", "x"), ("radius", "5")], CHICAGO, 0),
        ([("near", "x"), ("radius", "5"), ("min_results", "7")], CHICAGO, 7),
        ([("min_results", "0")], CHICAGO, 0),
    ],
)
def test_a_circle_grows_to_three_results_only_if_nobody_named_it(
    pairs: list[tuple[str, str]], place: Place | None, fewest: int
) -> None:
    assert parse(*pairs).query(place).min_results == fewest


@pytest.mark.parametrize(
    ("pairs", "label"),
    [
        ([("near", "chicago")], "Chicago, IL"),
        ([("near", "springfield")], None),
        ([("near", "springfield"), ("lat", "37.21"), ("lng", "-93.29")], "Springfield, MO"),
        ([("near", "chicago"), ("lat", "37.21"), ("lng", "-93.29")], "Chicago, IL"),
        ([("near", "nowhere"), ("lat", "37.21"), ("lng", "-93.29")], None),
        ([("lat", "1e-05"), ("lng", "-93.29")], "0.00001,-93.29"),
        ([], None),
    ],
)
def test_words_win_and_coordinates_choose_among_places_of_one_name(
    pairs: list[tuple[str, str]], label: str | None
) -> None:
    known = {"chicago": Located(CHICAGO), "springfield": Located(choices=TWO)}
    place = parse(*pairs).located(lambda words: known.get(words, Located())).place
    assert (place.label if place else None) == label


def test_every_filter_of_the_directory_is_a_parameter() -> None:
    names = {parameter.name for parameter in SEARCH}
    assert set(FILTERS) <= names
    assert set(ACCESS) <= names


names = st.sampled_from([parameter.name for parameter in SEARCH]) | st.text(max_size=5)


@given(
    st.lists(
        st.tuples(names, st.text(max_size=12) | st.floats().map(str) | st.integers().map(str)), max_size=4
    )
)
def test_whatever_is_sent_is_read_or_refused_by_name(pairs: list[tuple[str, str]]) -> None:
    refused: ParameterError | None = None
    try:
        assert parse_search(MultiDict(pairs)).query(CHICAGO).per_page <= 100
    except ParameterError as error:
        refused = error
    assert refused is None or (refused.parameter and refused.message)
