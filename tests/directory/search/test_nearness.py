"""The order of the map loses nobody: what lies in a circle is what a measure of every row says."""

from __future__ import annotations

from math import inf, pi

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from directory.geo import EARTH_MILES, miles_between
from directory.model import Point
from directory.search import nearness
from directory.search.nearness import BANDS, EVERYWHERE, Runs

Floats = NDArray[np.float64]
NOWHERE = Point(np.nan, np.nan)
PLACES = {
    "Chicago": Point(41.88, -87.63),
    "Fiji, west of the line": Point(-16.78, 179.99),
    "Fiji, east of the line": Point(-16.78, -179.99),
    "Attu, Aleutians": Point(52.9, 172.9),
    "Amchitka, Aleutians": Point(51.5, 179.2),
    "Adak, Aleutians": Point(51.88, -176.64),
    "Honolulu": Point(21.31, -157.86),
    "San Juan": Point(18.47, -66.11),
    "Guam": Point(13.44, 144.79),
    "Utqiagvik": Point(71.29, -156.79),
    "North pole": Point(90.0, 0.0),
    "South pole": Point(-90.0, 123.0),
    "near the north pole": Point(89.99, 45.0),
    "on the line, east": Point(0.0, 180.0),
    "on the line, west": Point(0.0, -180.0),
    "on the equator": Point(0.0, 0.0),
}

anywhere = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
at_a_place = st.sampled_from(sorted(PLACES.values()))
near_a_place = st.builds(
    lambda point, north, east: Point(
        min(90.0, max(-90.0, point.latitude + north)), (point.longitude + east + 180) % 360 - 180
    ),
    at_a_place,
    st.floats(-2, 2),
    st.floats(-2, 2),
)
on_a_band = st.builds(
    Point, st.integers(0, BANDS).map(lambda band: band * 180 / BANDS - 90), st.floats(-180, 180)
)
points = st.one_of(anywhere, at_a_place, near_a_place, on_a_band)
radii = st.one_of(
    st.floats(0.1, 100), st.floats(100, EARTH_MILES * pi), st.sampled_from([0.0, 0.1, 6225.0, 12_500.0, inf])
)


def world(rows: list[Point]) -> tuple[NDArray[np.int64], list[Point], Floats]:
    """Keys, points and vectors of some points in the order of the map."""
    lat, lng = (np.array([each[axis] for each in rows], np.float64) for axis in (0, 1))
    keys = nearness.keys(lat, lng, np.full(len(rows), EVERYWHERE))
    order = np.argsort(keys, kind="stable")
    ordered = [rows[i] for i in order.tolist()]
    return keys[order], ordered, nearness.on_sphere(lat[order], lng[order])


def within(rows: list[Point], middle: Point, radius: float) -> tuple[set[int], set[int]]:
    """What `around` and exact miles find; and what a measure of each row does."""
    keys, ordered, vectors = world(rows)
    found = nearness.around(keys, middle, radius).rows()
    assert len(set(found.tolist())) == len(found), "no row twice"
    exact = nearness.miles(vectors[found], middle) <= radius
    told = [i for i, point in enumerate(ordered) if miles_between(middle, point) <= radius]
    return set(found[exact].tolist()), set(told)


def beyond_rounding(rows: list[Point], middle: Point, radius: float) -> list[Point]:
    """Without rows so near the rim that the last digit of two formulas decides."""
    return [each for each in rows if abs(miles_between(middle, each) - radius) > 1e-3]


@settings(max_examples=300, deadline=None)
@given(st.lists(points, max_size=40), points, radii)
@example([Point(-16.78, -179.999), Point(-16.78, 179.999)], Point(-16.78, 179.99), 1.0)
@example([Point(89.9, each) for each in range(-180, 181, 20)], Point(89.99, 10.0), 10.0)
@example(list(PLACES.values()), Point(0.0, 0.0), inf)
def test_a_circle_holds_what_a_measure_of_every_row_says(
    rows: list[Point], middle: Point, radius: float
) -> None:
    found, told = within(beyond_rounding(rows, middle, radius), middle, radius)
    assert found == told


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("radius", [0.1, 3.0, 25.0, 100.0, 1000.0, 7000.0, inf])
def test_a_crowd_around_a_place_is_found_whole(name: str, radius: float) -> None:
    middle, random = PLACES[name], np.random.default_rng(7)
    spread = min(60.0, max(0.001, radius / 40 if radius < inf else 60.0))
    rows = [
        Point(
            float(np.clip(middle.latitude + north, -90, 90)),
            float((middle.longitude + east + 180) % 360 - 180),
        )
        for north, east in random.normal(0, spread, (300, 2)).tolist()
    ]
    found, told = within(beyond_rounding(rows, middle, radius), middle, radius)
    assert found == told
    assert told


@settings(max_examples=300, deadline=None)
@given(points, points)
def test_miles_are_those_of_the_haversine(a: Point, b: Point) -> None:
    [found] = nearness.miles(nearness.on_sphere(np.array([a[0]]), np.array([a[1]])), b)
    # Half the earth apart a chord cannot tell more: its last digit is a tenth of a mile.
    slack = 1e-6 if miles_between(a, b) < 12_000 else 0.5
    assert found == pytest.approx(miles_between(a, b), abs=slack)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(points, st.just(NOWHERE)), max_size=30), points)
def test_a_row_without_a_point_is_in_no_circle(rows: list[Point], middle: Point) -> None:
    keys, ordered, _ = world(rows)
    found = nearness.around(keys, middle, inf).rows().tolist()
    assert found == [i for i, each in enumerate(ordered) if not np.isnan(each.latitude)]
    assert nearness.of_band(keys, [EVERYWHERE]).rows().tolist() == list(range(len(found), len(rows)))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), max_size=8))
def test_runs_hold_their_rows_in_order(pairs: list[tuple[int, int]]) -> None:
    starts, at = [], 0
    for gap, length in pairs:
        starts.append((at + gap, at + gap + length))
        at += gap + length
    runs = Runs(np.array([s for s, _ in starts], np.int64), np.array([e for _, e in starts], np.int64))
    assert runs.rows().tolist() == [row for start, end in starts for row in range(start, end)]
    assert len(runs) == len(runs.rows())


@settings(max_examples=100, deadline=None)
@given(st.lists(points, max_size=30), points, st.floats(0.001, 1e12))
def test_the_first_guess_is_a_radius(rows: list[Point], middle: Point, wanted: float) -> None:
    lat, lng = (np.array([each[axis] for each in rows], np.float64) for axis in (0, 1))
    crowd = nearness.crowd(nearness.keys(lat, lng, np.full(len(rows), EVERYWHERE)))
    assert crowd.sum() == len(rows)
    assert 0.5 <= nearness.first_radius(crowd, middle, wanted) <= 100
