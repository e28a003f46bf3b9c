"""What is asked of the directory, and what it answers: a place, a query, its hits. Frozen records, all ours.

No database, no HTTP, no search engine here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum

import msgspec
from msgspec import structs

from directory.model import Listing, Point


class Openness(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OpenState:
    """`until`: when it next changes, aware, in the location's zone; None if it never does
    (24/7) or is not known. `holiday`: a public holiday made it unknown."""

    state: Openness
    until: datetime | None = None
    holiday: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the map that words led to. `kind`: zip, city, county, point."""

    label: str  # "Chicago, IL", "60614 (Chicago, IL)"
    point: Point
    kind: str
    state: str = ""  # two letters
    zip: str = ""  # five digits, when the words named one
    time_zone: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    """Exactly one place, or several to ask about, or none.

    `guessed`: the words were misspelt or short for something; the label must be shown. `likely`: what
    most people mean, of the choices; to be told of, never to be used without asking.
    """

    place: Place | None = None
    choices: tuple[Place, ...] = ()
    guessed: bool = False
    likely: Place | None = None

    @property
    def told(self) -> Place | None:
        """The place, or the likely one: to be told of."""
        return self.place or self.likely


ENOUGH = 3  # results to choose from, before a circle that nobody named stops growing
FAR_MILES = 50.0  # a door beyond it is far: what answers by phone comes first


class Sort(Enum):
    BEST = "best"
    DISTANCE = "distance"


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """A search. `radius` and distances in miles; `radius` None: as far as it takes.

    A Struct, because one is made for every search: a tenth of the time that a frozen dataclass takes. Changed
    with msgspec.structs.replace.

    wishes: keys of filters.FILTERS with what is wished; a listing that says no is left out,
    one that does not say comes after those that say yes.
    """

    text: str = ""
    language: str = ""  # BCP 47, of the text if it is known
    place: Place | None = None
    radius: float | None = None
    needs: frozenset[str] = frozenset()
    wishes: Mapping[str, str] = msgspec.field(default_factory=dict)
    at: datetime | None = None  # the instant of "open"; None: now
    open_only: bool = False
    min_results: int = 0
    one_per_location: bool = False
    count_facets: bool = False
    sort: Sort = Sort.BEST
    page: int = 1
    per_page: int = 10

    def at_place(self, place: Place, text: str) -> Query:
        """The same at a place that the words named, with the rest of them: as far as it takes, unless a
        radius was asked for."""
        enough = 0 if self.radius is not None else ENOUGH
        return structs.replace(self, text=text, place=place, min_results=self.min_results or enough)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a hit stands where it does. `miles`: as so many miles farther it counts; 0 for what only
    speaks for it. `about`: a need, a wish or words. Codes: directory/search/explain.py."""

    code: str
    miles: float = 0.0
    about: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    listing: Listing
    distance_miles: float | None
    open: OpenState
    unsaid: tuple[str, ...] = ()  # wishes the listing does not answer: "call first"
    why: tuple[Reason, ...] = ()
    unhoped: tuple[str, ...] = ()  # the same of what the words only hinted at
    missing: tuple[str, ...] = ()  # words it lacks

    @property
    def told_miles(self) -> float | None:
        """The distance to tell a person. None for a confidential place: it is known by its ZIP
        only, and a number would look like the way to its door."""
        return None if self.listing.location.confidential else self.distance_miles


@dataclass(frozen=True, slots=True)
class Understood:
    """What the words of a query were read as. `corrected`: (as typed, as read). `unused`: what they
    said that was not looked for ("no methadone"): a person must ask the place."""

    needs: tuple[str, ...] = ()
    wishes: Mapping[str, str] = field(default_factory=dict)
    corrected: tuple[tuple[str, str], ...] = ()
    unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """How many of the results say yes to something that could be wished for as well, and how many
    do not say. `key`, `value`: as a filter has them ("need", "detox"; "walk_in", "yes")."""

    key: str
    value: str
    yes: int
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Results:
    """`radius`: the one that was used in the end; None: everywhere. `nearest_miles`: to the nearest
    door that fits, when there is a place. `words`: what was looked for beside needs and wishes, as it was
    typed; `missing`: of these what no hit has. `silent`: of the total, how many leave a wish open."""

    hits: tuple[Hit, ...]
    total: int
    query: Query
    radius: float | None = None
    any_word: bool = False  # nothing had all the words; these have some
    understood: Understood = field(default_factory=Understood)
    nearest_miles: float | None = None
    facets: tuple[Facet, ...] = ()
    left_out: bool = False  # it took too long: not looked farther, or not counted
    words: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    silent: int = 0

    @property
    def pages(self) -> int:
        return -(-self.total // self.query.per_page)

    @property
    def is_beyond(self) -> bool:
        """Something was found, but a page after the last was asked for."""
        return bool(self.total) and self.query.page > self.pages

    @property
    def widened(self) -> bool:
        asked = self.query.radius
        return asked is not None and self.radius != asked

    @property
    def phone_first(self) -> bool:
        """The nearest door is far, and something that answers by phone stands before it."""
        first = self.hits[0] if self.hits else None
        far = self.nearest_miles is None or self.nearest_miles > FAR_MILES
        return first is not None and self.query.place is not None and first.distance_miles is None and far
