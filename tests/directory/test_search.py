"""A search gives what a scan of every listing, one by one and in plain Python, gives."""

from __future__ import annotations

from datetime import date, time
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from directory import importing
from directory.geo import miles_between
from directory.model import (
    Answer,
    Entry,
    Hit,
    Listing,
    Openness,
    Place,
    Point,
    Query,
    Results,
    Schedule,
    ServiceArea,
    Sort,
)
from directory.needs import load_needs
from directory.search import Search
from directory.search.engine import FIRST_RADIUS, RADII
from directory.search.ranking import (
    HANDICAP_BY_OPENNESS,
    HANDICAP_NO_PHONE,
    HANDICAP_NO_WALK_IN,
    HANDICAP_OLD,
)
from directory.text import terms
from tests.worlds import CHICAGO, NOW, SOURCE, FewZips, entry, imported, open_store, searchable

WORDS = ["haymarket", "clinic", "hope", "casa", "detox", "café", "诊所"]
VOCABULARY = load_needs()
NEEDS = ["detox", "food", "shelter"]
DAY = Schedule("s1", freq="WEEKLY", byday="MO,TU,WE,TH,FR", opens_at=time(9), closes_at=time(17))
NIGHT = Schedule("s2", freq="WEEKLY", byday="MO,SA", opens_at=time(20), closes_at=time(6))

points = st.one_of(
    st.builds(Point, st.floats(41.4, 42.4), st.floats(-88.2, -87.0)),
    st.builds(Point, st.floats(-89, 89), st.floats(-180, 180)),
    st.sampled_from([Point(52.0, 179.9), Point(52.0, -179.9), Point(41.88, -87.63)]),
)
answers = st.dictionaries(
    st.sampled_from(["walk_in", "medicaid", "id_needed"]), st.sampled_from(["yes", "no"]), max_size=3
)


@st.composite
def entries(draw: st.DrawFn, key: str) -> Entry:
    """Any listing: with or without a door, hours, words, answers; some share a door."""
    without_door = draw(st.integers(0, 4)) == 0
    areas = draw(st.sampled_from([(), (ServiceArea("a", extent="IL", extent_type="state"),),
                                  (ServiceArea("b", extent="TX", extent_type="state"),)]))  # fmt: skip
    return entry(
        key,
        name=" ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))),
        needs=draw(st.lists(st.sampled_from(NEEDS), unique=True)),
        point=None if without_door else draw(points),
        phone=draw(st.sampled_from(["", "+13125550100"])),
        access=draw(answers),
        address=draw(st.sampled_from(["1 Main St", "1 Main St", "9 Shared Ave"])),
        postal_code="00000" if without_door else "60614",
        schedules=draw(st.sampled_from([(), (DAY,), (NIGHT,)])),
        service_areas=areas if without_door else (),
        status=draw(st.sampled_from(["active", "active", "active", "inactive"])),
        assured_date=draw(st.sampled_from([None, date(2026, 11, 1), date(2020, 1, 1)])),
    )


@st.composite
def directories(draw: st.DrawFn) -> list[Entry]:
    return [draw(entries(str(n))) for n in range(draw(st.integers(0, 25)))]


queries = st.builds(
    Query,
    text=st.one_of(st.just(""), st.lists(st.sampled_from([*WORDS, "xyzzy"]), max_size=3).map(" ".join)),
    place=st.one_of(
        st.none(),
        st.just(CHICAGO),
        points.map(lambda point: Place("here", point, "point", "IL")),
    ),
    radius=st.one_of(st.none(), st.floats(0.1, 100)),
    needs=st.frozensets(st.sampled_from(NEEDS), max_size=2),
    wishes=st.dictionaries(
        st.sampled_from(["walk_in", "medicaid", "id_needed"]), st.sampled_from(["yes", "no"])
    ),
    open_only=st.booleans(),
    min_results=st.integers(0, 5),
    one_per_location=st.booleans(),
    sort=st.sampled_from(list(Sort)),
    per_page=st.just(100),
)


def scan(search: Search, listings: list[Listing], query: Query) -> tuple[list[str], float | None]:
    """The ids a search should give, found the slow way; and the radius it took."""
    wanted = list(terms(query.text))
    for every in (True, False):
        found, radius = _scan_words(search, listings, query, wanted, every)
        if found or not wanted:
            break
    return found, radius


def _scan_words(
    search: Search, listings: list[Listing], query: Query, wanted: list[str], every: bool
) -> tuple[list[str], float | None]:
    fitting = [each for each in listings if _fits(search, each, query, wanted, every)]
    if query.place is None:
        return _ordered(search, fitting, query), None
    doors = {each.id: miles_between(query.place.point, each.location.point)
             for each in fitting if each.location.point}  # fmt: skip
    start = FIRST_RADIUS if query.radius is None else query.radius
    wider = [r for r in RADII if r > start] if query.radius is None or query.min_results else []
    for radius in (start, *wider):
        near = [each for each in fitting if each.id in doors and doors[each.id] <= radius]
        places = {each.location.id for each in near} if query.one_per_location else near
        if len(places) >= max(1, query.min_results):
            break
    far = [each for each in fitting if each.id not in doors and _serves(each, query.place.state)]
    return _ordered(search, near + far, query), (None if radius == inf else radius)


def _fits(search: Search, each: Listing, query: Query, wanted: list[str], every: bool) -> bool:
    service = each.service
    if service.status != "active":
        return False
    if query.needs and not query.needs & {a.code for a in service.attributes}:
        return False
    if any(_answer(each, key, wish) is Answer.NO for key, wish in query.wishes.items()):
        return False
    if query.open_only and _open(search, each) is Openness.CLOSED:
        return False
    if not wanted:
        return True
    text = " ".join([service.name, each.organization.name, *(a.name for a in service.attributes), "Chicago"])
    for need in VOCABULARY.needs:
        if need.code in VOCABULARY.of(service):
            text += f" {need.label} {' '.join(need.words)}"
    has = [term in terms(text) for term in wanted]
    return all(has) if every else any(has)


def _answer(each: Listing, key: str, wish: str) -> Answer:
    fact = each.service.access.get(key)
    if fact is None:
        return Answer.UNKNOWN
    return Answer.YES if fact.answer.value == wish else Answer.NO


def _open(search: Search, each: Listing) -> Openness:
    hit = search.hit(each.id)
    assert hit is not None
    return hit.open.state


def _serves(each: Listing, state: str) -> bool:
    areas = [area.extent for area in each.service.service_areas]
    address = each.location.addresses[0].state_province
    return state in (areas or [address])


def _ordered(search: Search, found: list[Listing], query: Query) -> list[str]:
    def key(each: Listing) -> tuple[object, ...]:
        point = each.location.point
        miles = miles_between(query.place.point, point) if query.place and point else None
        if query.sort is Sort.DISTANCE:
            return (round(inf if miles is None else miles, 6), each.id)
        unsaid = sum(_answer(each, k, w) is Answer.UNKNOWN for k, w in query.wishes.items())
        openness = _open(search, each)
        unsaid += query.open_only and openness is Openness.UNKNOWN
        handicap = HANDICAP_BY_OPENNESS[openness] + (0 if each.phones else HANDICAP_NO_PHONE)
        handicap += HANDICAP_NO_WALK_IN if _answer(each, "walk_in", "yes") is Answer.NO else 0
        checked = each.service.assured_date or date(2026, 1, 1)
        handicap += HANDICAP_OLD if checked < date(2025, 11, 23) else 0
        without_door = query.place is not None and miles is None
        return (without_door, unsaid, round((miles or 0) + handicap, 6), each.id)

    ordered = sorted(found, key=key)
    if query.one_per_location:
        first: dict[str, Listing] = {}
        for each in ordered:
            first.setdefault(each.location.id, each)
        ordered = list(first.values())
    return [each.id for each in ordered]


def ids(results: Results) -> list[str]:
    return [hit.listing.id for hit in results.hits]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(directories(), st.lists(queries, min_size=1, max_size=8))
def test_a_search_is_a_scan(rows: list[Entry], asked: list[Query]) -> None:
    with TemporaryDirectory() as folder:
        search = searchable(Path(folder), *rows)
        listings = list(search._store.all())
        for query in asked:
            results = search.search(query)
            expected, radius = scan(search, listings, query)
            assert results.total == len(expected)
            if query.text and query.place is None and query.sort is Sort.BEST:
                assert sorted(ids(results)) == sorted(expected)  # Whoosh orders these by its score
            else:
                assert ids(results) == expected
            assert results.radius == radius


def near_chicago(*rows: Entry, **query: object) -> list[str]:
    with TemporaryDirectory() as folder:
        results = searchable(Path(folder), *rows).search(Query(place=CHICAGO, **query))  # type: ignore[arg-type]
    return [hit.listing.service.name for hit in results.hits]


def at(miles_north: float) -> Point:
    return Point(CHICAGO.point.latitude + miles_north / 69.1, CHICAGO.point.longitude)


def test_unknown_comes_after_yes_and_no_is_left_out() -> None:
    found = near_chicago(
        entry("silent", point=at(1)),
        entry("yes", point=at(9), access={"walk_in": "yes"}),
        entry("no", point=at(0.5), access={"walk_in": "no"}),
        wishes={"walk_in": "yes"},
    )
    assert found == ["Service yes", "Service silent"]


def test_what_a_listing_does_not_say_is_told(tmp_path: Path) -> None:
    search = searchable(tmp_path, entry("silent", point=at(1)))
    [hit] = search.search(Query(place=CHICAGO, wishes={"pets": "yes"}, open_only=True)).hits
    assert hit.unsaid == ("pets", "open_now")


def test_a_place_open_now_goes_before_a_closed_one_a_little_nearer() -> None:
    found = near_chicago(
        entry("closed", point=at(1), schedules=(NIGHT,)), entry("open", point=at(4), schedules=(DAY,))
    )
    assert found == ["Service open", "Service closed"]


def test_a_phone_service_never_hides_a_door_nearby() -> None:
    area = (ServiceArea("x", extent="IL", extent_type="state"),)
    found = near_chicago(
        entry("phone", postal_code="", service_areas=area), entry("door", point=at(20), schedules=(NIGHT,))
    )
    assert found == ["Service door", "Service phone"]


def test_the_radius_widens_until_there_is_enough_and_says_so(tmp_path: Path) -> None:
    search = searchable(tmp_path, entry("near", point=at(3)), entry("far", point=at(40)))
    narrow = search.search(Query(place=CHICAGO, radius=5))
    assert (narrow.total, narrow.widened) == (1, False)
    wide = search.search(Query(place=CHICAGO, radius=5, min_results=2))
    assert (wide.total, wide.widened, wide.radius) == (2, True, 50)


def test_all_words_must_match_and_only_if_nothing_does_any(tmp_path: Path) -> None:
    search = searchable(tmp_path, entry("1", name="Hope Clinic"), entry("2", name="Hope House"))
    both = search.search(Query(text="hope clinics"))
    assert [hit.listing.service.name for hit in both.hits] == ["Hope Clinic"]
    assert not both.any_word
    some = search.search(Query(text="hope xyzzy"))
    assert (some.total, some.any_word) == (2, True)


def test_a_name_beats_a_mention(tmp_path: Path) -> None:
    search = searchable(
        tmp_path,
        entry("1", name="Food pantry", description="next to Haymarket"),
        entry("2", name="Haymarket"),
    )
    assert search.search(Query(text="haymarket")).hits[0].listing.service.name == "Haymarket"


def test_pages_part_the_results_without_gap_or_repeat(tmp_path: Path) -> None:
    search = searchable(tmp_path, *(entry(str(n), point=at(n / 10)) for n in range(25)))
    pages = [search.search(Query(place=CHICAGO, page=page, per_page=10)) for page in (1, 2, 3, 4)]
    assert [len(page.hits) for page in pages] == [10, 10, 5, 0]
    assert len({each for page in pages for each in ids(page)}) == 25
    assert {page.total for page in pages} == {25}


def test_an_import_shows_in_a_search_that_is_already_open(tmp_path: Path) -> None:
    search = searchable(tmp_path, entry("1", point=at(1)))
    assert search.search(Query(place=CHICAGO)).total == 1
    other = searchable(tmp_path, entry("1", point=at(1)), entry("2", point=at(2)))
    assert other.search(Query(place=CHICAGO)).total == 2
    assert search.search(Query(place=CHICAGO)).total == 2


# Whoosh leaves its file open when it cannot read it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("broken", ["facts.json", "latitude.npy", "words", "CURRENT"])
def test_a_broken_index_is_built_anew(tmp_path: Path, broken: str) -> None:
    search = searchable(tmp_path, entry("1", point=at(1), name="Hope"))
    folder = tmp_path / "index"
    current = folder / (folder / "CURRENT").read_text()
    if broken == "CURRENT":
        (folder / "CURRENT").write_text("gone")
    elif broken == "words":
        for path in (current / "words").iterdir():
            path.write_bytes(b"junk")
    else:
        (current / broken).write_bytes(b"junk")
    fresh = Search(search._store, load_needs(), folder, lambda: NOW)
    hits: tuple[Hit, ...] = fresh.search(Query(text="hope")).hits
    assert len(hits) == 1


def opened(folder: Path, ticks: float = 0.0) -> Search:
    _, store = open_store(folder)
    return Search(store, load_needs(), folder / "index", lambda: NOW, lambda: ticks)


def names(search: Search) -> list[str]:
    return [hit.listing.service.name for hit in search.search(Query(place=CHICAGO)).hits]


def test_an_import_killed_before_its_index_was_taken_is_found_by_the_next_search(tmp_path: Path) -> None:
    search = searchable(tmp_path, entry("1", point=at(1)))
    engine, _ = open_store(tmp_path)
    importing.run(
        engine, SOURCE, [entry("2", point=at(2))], FewZips(), NOW, importing.Steps(prepare=search.prepare)
    )
    assert names(opened(tmp_path)) == ["Service 1", "Service 2"]


def test_a_change_that_nobody_prepared_for_is_found_by_the_next_process(tmp_path: Path) -> None:
    searchable(tmp_path, entry("1", point=at(1)))
    engine, _ = open_store(tmp_path)
    imported(engine, entry("2", point=at(2)))
    assert names(opened(tmp_path)) == ["Service 1", "Service 2"]


def test_an_import_taken_back_leaves_no_index_behind_that_is_ever_used(tmp_path: Path) -> None:
    search = searchable(tmp_path, entry("1", point=at(1)))
    engine, _ = open_store(tmp_path)

    def killed(connection: Connection) -> None:
        search.prepare(connection)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.run(
            engine, SOURCE, [entry("2", point=at(2))], FewZips(), NOW, importing.Steps(prepare=killed)
        )
    assert names(opened(tmp_path)) == ["Service 1"]
    imported(engine, entry("3", point=at(3)))
    assert names(opened(tmp_path)) == ["Service 1", "Service 3"]


def test_a_search_that_is_open_follows_within_a_second(tmp_path: Path) -> None:
    searchable(tmp_path, entry("1", point=at(1)))
    _, store = open_store(tmp_path)
    now = [0.0]
    running = Search(store, load_needs(), tmp_path / "index", lambda: NOW, lambda: now[0])
    assert names(running) == ["Service 1"]
    engine, _ = open_store(tmp_path)
    importing.run(
        engine, SOURCE, [entry("2", point=at(2))], FewZips(), NOW, importing.Steps(prepare=running.prepare)
    )
    now[0] = 1.5
    assert names(running) == ["Service 1", "Service 2"]


def test_a_listing_that_is_gone_from_the_database_is_left_out(tmp_path: Path) -> None:
    from sqlalchemy import delete

    from directory import schema
    from storage import begin, open_engine

    search = searchable(tmp_path, entry("1", point=at(1)), entry("2", point=at(2)))
    engine = open_engine(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    with begin(engine) as connection:
        gone = search.search(Query(place=CHICAGO)).hits[0].listing.id
        connection.execute(delete(schema.service_at_location).where(schema.service_at_location.c.id == gone))
    engine.dispose()
    assert len(search.search(Query(place=CHICAGO)).hits) == 1


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_no_text_breaks_a_search(text: str) -> None:
    for place in (None, CHICAGO):
        _shared().search(Query(text=text, place=place))


_folder = TemporaryDirectory()
_made: list[Search] = []


def _shared() -> Search:
    if not _made:
        _made.append(
            searchable(Path(_folder.name), *(entry(str(n), name=WORDS[n], point=at(n)) for n in range(7)))
        )
    return _made[0]
