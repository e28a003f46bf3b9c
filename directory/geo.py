"""Distance, once: great circle, in miles."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Final

from directory.model import Point

# Mean radius (IUGG R1, 6371.0088 km, as geopy uses) over the international mile, 1.609344 km.
EARTH_MILES: Final = 6371.0088 / 1.609344


def miles_between(a: Point, b: Point) -> float:
    """Great-circle distance in miles (haversine; stable for near points)."""
    lat1, lng1, lat2, lng2 = map(radians, (*a, *b))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lng2 - lng1) / 2) ** 2
    return 2 * EARTH_MILES * asin(min(1.0, sqrt(h)))


def is_on_earth(latitude: float, longitude: float) -> bool:
    """False for what cannot be a point, and for 0,0: in every source we know that is a blank."""
    inside = -90 <= latitude <= 90 and -180 <= longitude <= 180
    return inside and (abs(latitude) > 1e-9 or abs(longitude) > 1e-9)
