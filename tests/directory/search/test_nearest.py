"""The nearest few are the nearest few, whatever is asked for beside: the same as a measure of all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from directory.answers import Openness, Place, Query, Sort
from directory.geo import miles_between
from directory.model import Answer, Entry, Language, Listing, Point, Schedule, ServiceArea
from directory.search import Search, nearest
from directory.search.columns import number_of
from tests.worlds import CHICAGO, entry, imported, searchable

NEEDS = ("detox", "food", "shelter")
ACCESS = ("walk_in", "medicaid", "id_needed")
DAY = Schedule("s1", freq="WEEKLY", byday="MO,TU,WE,TH,FR", opens_at=time(9), closes_at=time(17))
NIGHT = Schedule("s2", freq="WEEKLY", byday="MO,SA", opens_at=time(20), closes_at=time(6))
STATES = ("IL", "TX", "AK")


def listed(number: int) -> Entry:
    """A listing that differs from the others in all that a search can ask for."""
    random = Random(number)
    kind = number % 10
    point: Point | None = Point(round(random.gauss(41.88, 0.4), 4), round(random.gauss(-87.63, 0.5), 4))
    if kind == 7:
        point = Point(round(random.uniform(-80, 80), 3), round(random.uniform(-180, 180), 3))
    if kind == 8:
        point = Point(52.0 + number / 1000, random.choice([-1, 1]) * (180 - number / 1000))
    if kind == 9:
        point = None
    areas = (ServiceArea(f"a{number}", extent=random.choice(STATES), extent_type="state"),)
    return entry(
        str(number),
        name=f"{random.choice(('Hope', 'Bridge', 'Lotus'))} {random.choice(('House', 'Place'))}",
        point=point,
        needs=random.sample(NEEDS, random.randint(0, 2)),
        access={key: random.choice(("yes", "no")) for key in ACCESS if random.random() < 0.6},
        postal_code="60614" if point else "00000",
        service_areas=() if point else areas,
        schedules=random.choice(((), (DAY,), (NIGHT,))),
        status=random.choice(("active", "active", "active", "inactive")),
        languages=random.choice(((), (Language(f"l{number}", "Spanish", "es"),))),
        minimum_age=random.choice((None, 18)),
        assured_date=random.choice((None, date(2026, 11, 1), date(2020, 1, 1))),
    )


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    return searchable(tmp_path_factory.mktemp("nearest"), *map(listed, range(240)))


@pytest.fixture(scope="module")
def listings(search: Search) -> list[Listing]:
    return list(search._store.all())


wishes = st.fixed_dictionaries(
    {},
    optional={
        **{key: st.sampled_from(["yes", "no"]) for key in ACCESS},
        "language": st.sampled_from(["es", "en", "zh-Hans"]),
        "age": st.sampled_from(["12", "40"]),
        "verified_within": st.sampled_from(["30", "400"]),
    },
)
middles = st.one_of(
    st.just(CHICAGO.point),
    st.builds(Point, st.floats(41, 43), st.floats(-89, -86)),
    st.builds(Point, st.floats(-90, 90), st.floats(-180, 180)),
    st.sampled_from([Point(52.0, 180.0), Point(52.0, -179.99), Point(90.0, 0.0), Point(-17.0, 179.0)]),
)


def refuses(each: Listing, key: str, wish: str) -> bool:
    service = each.service
    if key in ACCESS:
        fact = service.access.get(key)
        return fact is not None and fact.answer.value != wish
    if key == "age":
        return service.minimum_age is not None and int(wish) < service.minimum_age
    if key == "verified_within":
        checked = service.assured_date or date(2026, 1, 1)
        return (date(2026, 11, 23) - checked).days > int(wish)
    return False


def fits(search: Search, each: Listing, query: Query) -> bool:
    if each.service.status != "active" or any(refuses(each, *wish) for wish in query.wishes.items()):
        return False
    if query.needs and query.needs.isdisjoint(a.code for a in each.service.attributes):
        return False
    return not query.open_only or search.as_hit(each).open.state is not Openness.CLOSED


def scanned(search: Search, listings: list[Listing], query: Query) -> list[float]:
    """Miles of all doors that fit, nearest first."""
    assert query.place is not None
    middle = query.place.point
    miles = [
        miles_between(middle, each.location.point)
        for each in listings
        if each.location.point and fits(search, each, query)
    ]
    return sorted(each for each in miles if query.radius is None or each <= query.radius)


asked = st.builds(
    Query,
    place=middles.map(lambda point: Place("here", point, "point", "IL")),
    per_page=st.sampled_from([1, 3, 10, 60, 300]),
    radius=st.one_of(st.none(), st.floats(0.1, 100), st.sampled_from([1000.0, 13_000.0])),
    needs=st.frozensets(st.sampled_from(NEEDS), max_size=2),
    wishes=wishes,
    open_only=st.booleans(),
    sort=st.just(Sort.DISTANCE),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=asked)
def test_the_nearest_are_those_of_a_scan(search: Search, listings: list[Listing], query: Query) -> None:
    per_page = query.per_page
    found = search.ranked(query)
    expected = scanned(search, listings, query)[:per_page]
    doors = found.miles[: len(expected)]
    assert doors == pytest.approx(expected, abs=1e-6)
    # What has no door comes after all doors, as much as there is room for.
    phones = {each.id for each in listings if by_phone(search, each, query)}
    assert found.miles[len(expected) :] == [None] * min(len(phones), per_page - len(expected))
    assert set(found.ids[len(expected) :]) <= phones


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Search:
    """The same directory, a part of it moved since the index was built."""
    folder = tmp_path_factory.mktemp("changed")
    search = searchable(folder, *map(listed, range(240)))
    moved = [replace(listed(n), places=listed(n + 240).places) for n in range(0, 240, 7)]
    imported(search._store.engine, *(listed(n) for n in range(240) if n % 7), *moved)
    return search


commonest = st.builds(
    Query,
    place=middles.map(lambda point: Place("here", point, "point", "IL")),
    per_page=st.sampled_from([1, 3, 10]),
    radius=st.one_of(st.none(), st.floats(0.1, 100)),
    needs=st.sampled_from(NEEDS).map(lambda need: frozenset({need})),
    wishes=st.dictionaries(st.sampled_from(ACCESS), st.sampled_from(["yes", "no"]), max_size=2),
    sort=st.just(Sort.DISTANCE),
)


@pytest.mark.parametrize("which", ["search", "changed"])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=commonest)
def test_the_nearest_of_one_need_are_those_of_a_scan(
    request: pytest.FixtureRequest, which: str, query: Query
) -> None:
    search: Search = request.getfixturevalue(which)
    expected = scanned(search, list(search._store.all()), query)[: query.per_page]
    assert search.ranked(query).miles[: len(expected)] == pytest.approx(expected, abs=1e-6)


def test_the_commonest_question_is_told_the_short_way_also_after_a_change(changed: Search) -> None:
    """What the tests above compare is what they mean to compare."""
    changed.ranked(Query(place=CHICAGO, needs=frozenset({"food"}), sort=Sort.DISTANCE))
    index = changed._follower.index()
    assert index is not None
    assert len(index.segments) == 2
    asked = nearest.plain(index, CHICAGO, {"food"}, {"walk_in": "yes"})
    assert asked is not None
    found = nearest.few(index, asked, 10, 100.0)
    assert found is not None
    assert len(found.ids) == 10


def by_phone(search: Search, each: Listing, query: Query) -> bool:
    serves = "IL" in [area.extent for area in each.service.service_areas]
    return each.location.point is None and serves and fits(search, each, query)


@pytest.mark.parametrize("text", ["", "hope", "hope house", '"lotus place"', "food", "food hope", "xyzzy"])
@pytest.mark.parametrize("radius", [5.0, 40.0, 13_000.0])
def test_the_nearest_with_words_are_the_first_of_the_page(search: Search, text: str, radius: float) -> None:
    for per_page in (1, 5, 20):
        query = Query(text=text, place=CHICAGO, radius=radius, sort=Sort.DISTANCE, per_page=per_page)
        assert search.ranked(query).ids == [hit.listing.id for hit in search.search(query).hits]


@pytest.mark.parametrize("middle", [CHICAGO.point, Point(52.0, 180.0), Point(-89.0, 10.0)])
def test_ids_alone_are_those_of_the_whole_page(search: Search, middle: Point) -> None:
    for sort in Sort:
        for page in (1, 2):
            place = Place("here", middle, "point", "IL")
            query = Query(place=place, radius=13_000, sort=sort, page=page, per_page=7)
            assert search.ranked(query).ids == [hit.listing.id for hit in search.search(query).hits]


@pytest.mark.parametrize("needs", [frozenset(), frozenset({"food"})])
def test_equally_near_ones_always_come_in_the_same_order(tmp_path: Path, needs: frozenset[str]) -> None:
    rows = [entry(str(n), point=CHICAGO.point, needs=["food"]) for n in range(40)]
    search = searchable(tmp_path, *rows)
    asked = Query(place=CHICAGO, needs=needs, sort=Sort.DISTANCE)
    by_tie = sorted(search._store.all(), key=lambda each: number_of(each.id))
    for most in (1, 2, 10, 39, 40):
        found = search.ranked(structs.replace(asked, per_page=most)).ids
        assert found == [each.id for each in by_tie[:most]]


def test_more_that_are_asked_for_are_never_fewer_doors(search: Search, listings: list[Listing]) -> None:
    """Also when all there are do not fill the page, and some are phones."""
    doors = len(scanned(search, listings, Query(place=CHICAGO)))
    for most in (doors - 1, doors, doors + 1, doors + 500):
        found = search.ranked(Query(place=CHICAGO, sort=Sort.DISTANCE, per_page=most))
        assert sum(each is not None for each in found.miles) == min(most, doors)


def test_a_word_beside_a_need_that_was_chosen_is_not_worth_a_thousand_miles(tmp_path: Path) -> None:
    search = searchable(
        tmp_path,
        entry("near", name="Some Place", needs=["detox"], point=Point(41.9, -87.7)),
        entry("far", name="Lotus", needs=["detox"], point=Point(34.0, -118.2)),
    )
    query = Query(text="lotus", needs=frozenset({"detox"}), place=CHICAGO, sort=Sort.DISTANCE, per_page=1)
    assert search.ranked(query).ids == [hit.listing.id for hit in search.search(query).hits]


def test_an_answer_is_a_yes_or_unknown_never_a_no(search: Search, listings: list[Listing]) -> None:
    by_id = {each.id: each for each in listings}
    query = Query(place=CHICAGO, wishes={"walk_in": "yes"}, sort=Sort.DISTANCE, per_page=30)
    for each in search.ranked(query).ids:
        fact = by_id[each].service.access.get("walk_in")
        assert fact is None or fact.answer is not Answer.NO
