"""How good an answer is: judged queries, the rules that grade a listing, and the measures.

A rule is `GRADE: condition & condition`; rules are parted by `;`, the highest that holds counts.

    need=detox|residential    the listing answers one of these needs
    name~"haymarket center"   service, organization and location name together have all these words
    org~, place~, text~       the same of the organization; of the location's name; of every text
    language=es  city=peoria  state=IL  age=16  (an age that is taken, or no ages are said)
    code=OTP                  a raw code of the source, as SAMHSA lists have them
    yes:pets  no:pets  unknown:pets             facts of directory/access.py; also open=yes|no|unknown
    miles<=25                 straight from the place asked for; never true of what has no point
    phone_only                has no door; works by phone, by post or where the person is
    serves                    its service area holds the place asked for (a ZIP code, a state, the country)
    active                    is not closed for now
    rank<=5                   among the 5 nearest (ties in) of those that meet the rest of the rule
    !condition                is not so

`a|b` after `=` or `~` is one of several.
"""

from __future__ import annotations

import csv
import hashlib
import math
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from directory.access import ACCESS
from directory.answers import Place
from directory.geo import miles_between
from directory.hours import open_at
from directory.model import Answer, Listing, Point
from directory.needs import Needs
from directory.text import fold, words

HERE: Final = Path(__file__).parent
QUERIES: Final = HERE / "queries.csv"
COLUMNS: Final = ("id", "set", "part", "category", "language", "text", "near", "grades")
SETS: Final = ("demo", "samhsa")
PARTS: Final = ("tuned", "sealed")
AT: Final = datetime(2026, 11, 24, 15, 0, tzinfo=ZoneInfo("America/Chicago"))  # a Tuesday
GOOD: Final = 2  # the least grade that helps the person
DEEP: Final = 5  # nDCG looks at so many
TOP: Final = 3  # success looks at so many

_RULE: Final = re.compile(r"\s*([123])\s*:(.*)", re.DOTALL)
_CONDITION: Final = re.compile(r'(!?)\s*([a-z_]+)\s*(?:(<=|=|~|:)\s*("[^"]*"|[^\s"]+))?')
_FACTS: Final = {answer.value: answer for answer in Answer}
_FLAGS: Final = frozenset({"phone_only", "serves", "active"})
_LOCAL: Final = frozenset({"miles", "serves"})
_WORDS: Final = frozenset({"name", "org", "place", "text"})
_VALUES: Final = frozenset({"need", "code", "language", "city", "state", "age", "open"})


class RuleError(ValueError):
    """A rule that cannot be read."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A listing with what the rules ask of it, laid out once."""

    listing: Listing
    needs: frozenset[str]
    words: Mapping[str, frozenset[str]]  # by name, org, place, text
    languages: frozenset[str]
    codes: frozenset[str]
    city: str
    state: str
    zip: str
    open: str
    point: Point | None
    phone_only: bool

    @property
    def id(self) -> str:
        return self.listing.id

    def fact(self, key: str) -> Answer:
        fact = self.listing.service.access.get(key)
        return fact.answer if fact else Answer.UNKNOWN

    def serves(self, place: Place) -> bool:
        """Whether a service area that programs can read holds the place."""
        for area in self.listing.service_areas:
            extent = {part.strip() for part in area.extent.split(",")}
            if area.extent_type == "country" or extent & {place.zip or "-", place.state or "-"}:
                return True
        return False

    def takes_age(self, age: int) -> bool:
        service = self.listing.service
        low, high = service.minimum_age, service.maximum_age
        return (low is None or low <= age) and (high is None or age <= high)


def candidates(
    listings: Iterable[Listing], needs: Needs, zip_place: Callable[[str], Place | None], at: datetime = AT
) -> list[Candidate]:
    """`zip_place`: the gazetteer's, for listings that are known by their ZIP code only."""
    return [_candidate(each, needs, zip_place, at) for each in listings]


def _candidate(
    listing: Listing, needs: Needs, zip_place: Callable[[str], Place | None], at: datetime
) -> Candidate:
    service, location, organization = listing.service, listing.location, listing.organization
    address = listing.address or next(iter(location.addresses), None)
    postal_code = address.postal_code[:5] if address else ""
    by_zip = zip_place(postal_code) if postal_code and location.point is None else None
    codes = needs.of(service)
    org = f"{organization.name} {organization.alternate_name}"
    place = f"{location.name} {location.alternate_name}"
    name = f"{service.name} {service.alternate_name} {org} {place}"
    said = (
        name,
        service.description,
        listing.description,
        service.eligibility_description,
        location.transportation,
    )
    return Candidate(
        listing=listing,
        needs=codes,
        words={
            "name": frozenset(words(name)),
            "org": frozenset(words(org)),
            "place": frozenset(words(place)),
            "text": frozenset(words(" ".join(said))),
        },
        languages=frozenset(each.code.partition("-")[0].lower() for each in listing.languages if each.code),
        codes=frozenset(service.source_codes),
        city=fold(address.city).strip() if address else "",
        state=address.state_province if address else "",
        zip=postal_code,
        open=_open(listing, at, address.state_province if address else ""),
        point=location.point or (by_zip.point if by_zip else None),
        phone_only=location.point is None and not postal_code,
    )


def _open(listing: Listing, at: datetime, state: str) -> str:
    service = listing.service
    if service.status != "active":
        return "no"
    always = service.access.get("intake_24_7")
    said = open_at(
        listing.schedules,
        at,
        time_zone=listing.location.time_zone or "America/Chicago",
        state=state,
        open_on_holidays=service.open_on_holidays,
        always_open=always is not None and always.answer is Answer.YES,
    )
    return {"open": "yes", "closed": "no", "unknown": "unknown"}[said.state.value]


@dataclass(frozen=True, slots=True)
class Condition:
    key: str
    op: str
    values: tuple[str, ...]
    negated: bool = False

    def holds(self, one: Candidate, place: Place | None, miles: float | None) -> bool:
        return self._plain(one, place, miles) != self.negated

    def _plain(self, one: Candidate, place: Place | None, miles: float | None) -> bool:
        if self.key == "miles":
            return miles is not None and miles <= float(self.values[0])
        if self.key in _FACTS:
            return any(one.fact(value) is _FACTS[self.key] for value in self.values)
        if self.key in _WORDS:
            return any(one.words[self.key].issuperset(value.split()) for value in self.values)
        if self.key in _FLAGS:
            return self._flag(one, place)
        return self._value(one)

    def _flag(self, one: Candidate, place: Place | None) -> bool:
        if self.key == "serves":
            return place is not None and one.serves(place)
        return one.phone_only if self.key == "phone_only" else one.listing.service.status == "active"

    def _value(self, one: Candidate) -> bool:
        if self.key == "age":
            return any(one.takes_age(int(value)) for value in self.values)
        held = {"need": one.needs, "language": one.languages, "code": one.codes}.get(self.key)
        if held is not None:
            return not held.isdisjoint(self.values)
        return {"city": one.city, "state": one.state, "open": one.open}[self.key] in self.values


@dataclass(frozen=True, slots=True)
class Rule:
    """One grade and what it asks. `rank`: how many of the nearest; None for all."""

    grade: int
    conditions: tuple[Condition, ...]
    rank: int | None = None

    @property
    def lasting(self) -> tuple[Condition, ...]:
        """The conditions that do not depend on where it is asked."""
        return tuple(each for each in self.conditions if each.key not in _LOCAL)

    def matching(
        self, pool: Iterable[Candidate], place: Place | None, miles: Mapping[str, float]
    ) -> list[Candidate]:
        """Those it holds for, among those that its lasting conditions hold for."""
        local = [each for each in self.conditions if each.key in _LOCAL]
        found = [one for one in pool if all(each.holds(one, place, miles.get(one.id)) for each in local)]
        if self.rank is None:
            return found
        near = sorted(miles[one.id] for one in found if one.id in miles)[: self.rank]
        return [one for one in found if near and miles.get(one.id, math.inf) <= near[-1] + 1e-9]


def parse(grades: str) -> tuple[Rule, ...]:
    """The rules of a cell. Raises RuleError saying what cannot be read."""
    return tuple(_rule(part) for part in _parted(grades, ";") if part.strip())


def _parted(text: str, mark: str) -> list[str]:
    """The parts between marks that stand outside quotation marks."""
    return re.split(rf'{mark}(?=(?:[^"]*"[^"]*")*[^"]*$)', text)


def _rule(text: str) -> Rule:
    found = _RULE.fullmatch(text)
    if not found:
        raise RuleError(f"{text.strip()!r}: write it as 3: condition & condition")
    conditions = [_condition(part.strip()) for part in _parted(found[2], "&")]
    rank = [each for each in conditions if each.key == "rank"]
    if len(rank) > 1 or any(each.negated for each in rank):
        raise RuleError(f"{text.strip()!r}: one rank, and not negated")
    kept = tuple(each for each in conditions if each.key != "rank")
    return Rule(int(found[1]), kept, int(rank[0].values[0]) if rank else None)


def _condition(text: str) -> Condition:
    found = _CONDITION.fullmatch(text)
    if not found:
        raise RuleError(f"{text!r} is no condition")
    negated, key, op, value = found.groups(default="")
    alternatives = [part.strip() for part in value.strip('"').split("|")]
    if key in _WORDS:
        alternatives = [" ".join(words(part)) for part in alternatives]
    condition = Condition(key, op, tuple(alternatives), bool(negated))
    if not _is_known(condition):
        raise RuleError(f"{text!r} is no condition")
    return condition


def _is_known(condition: Condition) -> bool:
    key, op, values = condition.key, condition.op, condition.values
    if key in _FLAGS:
        return op == ""
    if not all(values):
        return False
    if key in ("miles", "rank"):
        return op == "<=" and values[0].isdigit()
    if key in _FACTS:
        return op == ":" and all(value in ACCESS for value in values)
    if key in _WORDS:
        return op == "~"
    return key in _VALUES and op == "="


@dataclass(frozen=True, slots=True)
class Judged:
    """One line of the file: what was typed, and what is a good answer."""

    id: str
    set: str
    part: str
    category: str
    language: str
    text: str
    near: str
    rules: tuple[Rule, ...]


def load_queries(path: Path = QUERIES) -> list[Judged]:
    """The judged queries. Raises RuleError naming the line that cannot be read."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_judged(row) for row in csv.DictReader(file)]


def _judged(row: dict[str, str]) -> Judged:
    try:
        rules = parse(row["grades"])
    except RuleError as error:
        raise RuleError(f"{row['id']}: {error}") from error
    if row["set"] not in SETS or row["part"] not in PARTS or not rules:
        raise RuleError(f"{row['id']}: needs a set, a part and a grade")
    said = {name: row[name] for name in COLUMNS if name != "grades"}
    return Judged(**said, rules=rules)


def halves(queries: Sequence[tuple[str, Collection[str]]]) -> dict[str, str]:
    """Which part each id belongs to. `queries`: ids, each with what it is a kind of (set, category,
    language). In every kind the ids take turns in the order of their hashes, so nobody picks."""
    kinds: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id_, kind in queries:
        kinds[tuple(kind)].append(id_)
    found = {}
    for kind, ids in kinds.items():
        first = int(_hash("/".join(kind)), 16) % 2
        for turn, id_ in enumerate(sorted(ids, key=_hash), start=first):
            found[id_] = PARTS[turn % 2]
    return found


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(slots=True)
class Judge:
    """Grades a whole directory for a query. Distances of the last place are kept."""

    pool: Sequence[Candidate]
    _kept: dict[tuple[Condition, ...], list[Candidate]] = field(default_factory=dict, init=False)
    _last: tuple[Point, dict[str, float]] | None = field(default=None, init=False)

    def grades(self, query: Judged, place: Place | None) -> dict[str, int]:
        """By listing id, the grade of every listing that has one."""
        miles = self._miles(place.point) if place else {}
        found: dict[str, int] = {}
        for rule in sorted(query.rules, key=lambda each: each.grade):
            for one in rule.matching(self._lasting(rule.lasting), place, miles):
                found[one.id] = rule.grade
        return found

    def _lasting(self, conditions: tuple[Condition, ...]) -> list[Candidate]:
        if conditions not in self._kept:
            held = [one for one in self.pool if all(each.holds(one, None, None) for each in conditions)]
            self._kept[conditions] = held
        return self._kept[conditions]

    def _miles(self, point: Point) -> dict[str, float]:
        if self._last is None or self._last[0] != point:
            miles = {one.id: miles_between(point, one.point) for one in self.pool if one.point}
            self._last = point, miles
        return self._last[1]


@dataclass(frozen=True, slots=True)
class Score:
    query: Judged
    ndcg: float
    success: bool


def score(query: Judged, grades: Mapping[str, int], ids: Sequence[str]) -> Score:
    """How good this order of listing ids is."""
    return Score(query, ndcg(grades, ids), success(grades, ids))


def ndcg(grades: Mapping[str, int], ids: Sequence[str], deep: int = DEEP) -> float:
    """Against the best order that the directory allows; gain 2^grade - 1.

    >>> ndcg({"a": 3, "b": 1}, ["a", "b"]), round(ndcg({"a": 3, "b": 1}, ["b", "a"]), 2)
    (1.0, 0.71)
    """
    best = _gain(sorted(grades.values(), reverse=True)[:deep])
    return _gain([grades.get(each, 0) for each in ids[:deep]]) / best if best else 0.0


def _gain(grades: Iterable[int]) -> float:
    return sum((float(2**grade) - 1) / math.log2(turn + 2) for turn, grade in enumerate(grades))


def success(grades: Mapping[str, int], ids: Sequence[str], top: int = TOP) -> bool:
    """Whether something that helps is among the first."""
    return any(grades.get(each, 0) >= GOOD for each in ids[:top])
