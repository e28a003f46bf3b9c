"""What may be asked of a search: one entry per parameter, with its reader and its description.

The pages, the API and its OpenAPI document all go by these tables; nothing here knows HTTP.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from directory.access import ACCESS
from directory.answers import ENOUGH, Located, Place, Query, Sort
from directory.filters import FILTERS
from directory.model import Point
from web.readers import (
    ANSWER,
    FLAG,
    MOMENT,
    Parameter,
    ParameterError,
    Values,
    answer,
    flag,
    moment,
    number,
    one_of,
    parsed,
    tag,
    text,
    uuid,
    whole,
)

__all__ = ["Parameter", "ParameterError", "SearchRequest", "Values", "parse_search", "parsed"]

LONGEST_SEARCH: Final = 500  # characters
LONGEST_NEAR: Final = 200
METRES_IN_A_MILE: Final = 1609.344


def _wish(key: str) -> Parameter:
    """A filter of the directory as a parameter: any entry of FILTERS is one."""
    known = FILTERS[key]
    if key in ACCESS:
        return Parameter(key, answer, ANSWER, known.about)

    def read(said: str) -> str:
        if not known.accepts(said):
            raise ValueError(f"is not {known.wish}")
        return said

    return Parameter(key, _WISH_READERS.get(key, read), known.says, known.about)


# Wishes that may be written in more than one way.
_WISH_READERS: Final[dict[str, Callable[[str], str]]] = {
    "language": tag,
    "age": lambda said: str(whole(0, 120)(said)),
    "verified_within": lambda said: str(whole(1, 36_500)(said)),
    "organization_id": uuid,
}
PAGE: Final = Parameter(
    "page",
    whole(1, 1_000_000),
    {"type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1},
    "Which page of the results",
)
USUAL_PAGE: Final = 10
PER_PAGE: Final = Parameter(
    "per_page",
    whole(1, 100),
    {"type": "integer", "minimum": 1, "maximum": 100, "default": USUAL_PAGE},
    "Results on a page",
)
FORMAT: Final = Parameter("format", one_of("json"), {"enum": ["json"]}, "How the answer is written")
FULL: Final = Parameter("full", flag, FLAG, "Whole objects, with all that is inside them")
PAGING: Final = (PAGE, PER_PAGE, FORMAT)

SEARCH: Final = (
    Parameter(
        "search",
        text(LONGEST_SEARCH),
        {"type": "string", "maxLength": LONGEST_SEARCH},
        "Words to look for. All of them; some of them if nothing has all. A place that they name is taken for"
        " the place if there is no near; if several have the name, a warning has the choices",
    ),
    Parameter(
        "q", text(LONGEST_SEARCH), {"type": "string", "maxLength": LONGEST_SEARCH}, "Another name of search"
    ),
    Parameter(
        "near",
        text(LONGEST_NEAR),
        {"type": "string", "maxLength": LONGEST_NEAR},
        "A place in words: ZIP code, city, city and state, county, or 41.9,-87.6",
    ),
    Parameter(
        "postcode",
        text(LONGEST_NEAR),
        {"type": "string", "maxLength": LONGEST_NEAR},
        "HSDS's name of near, for a ZIP code; near wins",
    ),
    Parameter(
        "lat",
        number(-90, 90),
        {"type": "number", "minimum": -90, "maximum": 90},
        "Latitude, degrees. Beside near it chooses among places of that name",
    ),
    Parameter(
        "lng",
        number(-180, 180),
        {"type": "number", "minimum": -180, "maximum": 180},
        "Longitude, degrees; goes with lat",
    ),
    Parameter(
        "radius",
        number(0.1, 100),
        {"type": "number", "minimum": 0.1, "maximum": 100},
        "How far, in miles. Left out: as far as it takes to find min_results",
    ),
    Parameter(
        "proximity",
        number(161, 160_934),
        {"type": "number", "minimum": 161, "maximum": 160_934},
        "HSDS's name of radius, in metres; radius wins",
    ),
    Parameter("need", str, {"type": "string"}, "What is needed; given again: any of them", repeatable=True),
    Parameter("open_now", flag, FLAG, "Only what is open, or may be: hours that are not known stay in"),
    Parameter(
        "open_at",
        moment,
        MOMENT,
        "Open at this moment instead of now, ISO 8601. Without an offset: in the time zone of the place,"
        " or UTC without a place",
    ),
    Parameter(
        "min_results",
        whole(0, 100),
        {"type": "integer", "minimum": 0, "maximum": 100},
        f"Look farther until there are so many. {ENOUGH} for a place without a radius, else 0",
    ),
    Parameter(
        "sort",
        lambda said: Sort(one_of("best", "distance")(said)),
        {"enum": ["best", "distance"], "default": "best"},
        "best: what fits best and is near; distance: the nearest first",
    ),
    *(_wish(key) for key in FILTERS),
    Parameter("explain", flag, FLAG, "Say of each result why it stands where it does"),
    Parameter("facets", flag, FLAG, "Count what else could be asked for, and how many would answer it"),
    FULL,
    *PAGING,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A search as asked for. `unknown`: names of parameters that we do not have.

    `at` is aware; with `at_is_local` its clock time is meant in the zone of the place.
    """

    text: str = ""
    near: str = ""
    lat: float | None = None
    lng: float | None = None
    radius: float | None = None
    needs: frozenset[str] = frozenset()
    wishes: Mapping[str, str] = field(default_factory=dict)
    open_only: bool = False
    at: datetime | None = None
    at_is_local: bool = False
    min_results: int | None = None
    sort: Sort = Sort.BEST
    page: int = 1
    per_page: int = USUAL_PAGE
    explain: bool = False
    facets: bool = False
    unknown: tuple[str, ...] = ()

    @property
    def names_place(self) -> bool:
        return bool(self.near) or self.lat is not None

    def located(self, locate: Callable[[str], Located]) -> Located:
        """The place that is meant. Words win over coordinates; coordinates choose among places of
        one name, and stand for the place when there are no words."""
        point = None if self.lat is None or self.lng is None else Point(self.lat, self.lng)
        if not self.near:
            return _of_point(point, locate) if point else Located()
        found = locate(self.near)
        place = found.place or next((each for each in found.choices if each.point == point), None)
        return replace(found, place=place, choices=()) if place else found

    def query(self, place: Place | None) -> Query:
        """The search, at a place that was found."""
        usual = ENOUGH if place and self.radius is None else 0
        at = self.at
        if at and self.at_is_local and place and place.time_zone:
            at = at.replace(tzinfo=ZoneInfo(place.time_zone))
        return Query(
            text=self.text,
            place=place,
            radius=self.radius,
            needs=self.needs,
            wishes=self.wishes,
            at=at,
            open_only=self.open_only,
            min_results=usual if self.min_results is None else self.min_results,
            count_facets=self.facets,
            sort=self.sort,
            page=self.page,
            per_page=self.per_page,
        )


def _of_point(point: Point, locate: Callable[[str], Located]) -> Located:
    """The place at a point; at sea, where no ZIP code is near, the bare point."""
    label = ",".join(format(Decimal(repr(degrees)), "f") for degrees in point)
    found = locate(label).place or Place(label, point, "point")
    return Located(replace(found, point=point))


def parse_search(values: Values, known_needs: Collection[str] | None = None) -> SearchRequest:
    """A search out of the values of a form or an address. `known_needs`: None lets any code pass.

    Raises ParameterError for the first value that cannot be used.
    """
    said, unknown = parsed(values, SEARCH)
    if ("lat" in said) != ("lng" in said):
        missing = "lng" if "lat" in said else "lat"
        raise ParameterError(missing, "is missing: lat and lng go together")
    at: datetime | None = said.get("open_at")
    radius = said.get("radius")
    if radius is None and "proximity" in said:
        radius = said["proximity"] / METRES_IN_A_MILE
    return SearchRequest(
        text=said.get("search") or said.get("q", ""),
        near=said.get("near") or said.get("postcode", ""),
        lat=said.get("lat"),
        lng=said.get("lng"),
        radius=radius,
        needs=_needs(said.get("need", []), known_needs),
        wishes={key: said[key] for key in FILTERS if key in said},
        open_only=said.get("open_now", False) or at is not None,
        at=at if at is None or at.tzinfo else at.replace(tzinfo=UTC),
        at_is_local=at is not None and at.tzinfo is None,
        min_results=said.get("min_results"),
        sort=said.get("sort", Sort.BEST),
        page=said.get("page", 1),
        per_page=said.get("per_page", USUAL_PAGE),
        explain=said.get("explain", False),
        facets=said.get("facets", False),
        unknown=unknown,
    )


def _needs(said: list[str], known: Collection[str] | None) -> frozenset[str]:
    for code in said:
        if known is not None and code not in known:
            raise ParameterError("need", f'"{code[:40]}" is not one of {", ".join(known)}')
    return frozenset(said)


# What else the API answers.
LONGEST_BEGINNING: Final = 100
SUGGEST: Final = (
    Parameter(
        "q",
        text(LONGEST_BEGINNING),
        {"type": "string", "maxLength": LONGEST_BEGINNING},
        "The beginning of a search, as typed so far",
    ),
    Parameter("language", tag, FILTERS["language"].says, "The language it is typed in, BCP 47"),
)
UUID_SCHEMA: Final = {"type": "string", "format": "uuid"}
SERVICES: Final = (
    Parameter("organization_id", uuid, UUID_SCHEMA, "Only services of this organization"),
    Parameter(
        "modified_after", moment, MOMENT, "Only what changed after this moment (UTC without an offset)"
    ),
    Parameter("minimal", flag, FLAG, "Only id and last_modified of each"),
    FULL,
    *PAGING,
)
ORGANIZATIONS: Final = (FULL, *PAGING)
TAXONOMIES: Final = PAGING
TAXONOMY_TERMS: Final = (
    Parameter("taxonomy_id", uuid, UUID_SCHEMA, "Only terms of this taxonomy"),
    *PAGING,
)
