"""One distance, equal to geopy's."""

import pytest
from geopy.distance import great_circle
from hypothesis import given
from hypothesis import strategies as st

from directory.geo import is_on_earth, miles_between
from directory.model import Point

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


@given(points, points)
def test_a_distance_is_geopys_great_circle(a: Point, b: Point) -> None:
    assert miles_between(a, b) == pytest.approx(great_circle(a, b).miles, abs=1e-3)
    assert miles_between(a, b) == pytest.approx(miles_between(b, a), abs=1e-6)


@pytest.mark.parametrize(
    ("latitude", "longitude", "answer"),
    [(41.9, -87.6, True), (100.0, 101.0, False), (0.0, 0.0, False), (51.9, 179.9, True), (0.0, -78.5, True)],
)
def test_blank_and_impossible_points_are_told_apart(latitude: float, longitude: float, answer: bool) -> None:
    assert is_on_earth(latitude, longitude) is answer
