"""A search gives what a scan of every listing, one by one and in plain Python, gives."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date, time
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from directory import changes, importing
from directory.answers import FAR_MILES, Hit, Openness, Place, Query, Results, Sort
from directory.changes import mark_changed
from directory.geo import miles_between
from directory.ids import made_id
from directory.model import Answer, Entry, Listing, Organization, Point, Schedule, ServiceArea
from directory.needs import load_needs
from directory.saving import remove_source
from directory.search import Search, following
from directory.search.asking import FIRST_RADIUS, RADII
from directory.search.columns import number_of
from directory.search.ranking import (
    HANDICAP_BRANCH,
    HANDICAP_BY_OPENNESS,
    HANDICAP_NO_PHONE,
    HANDICAP_NO_WALK_IN,
    HANDICAP_OLD,
    MOST_BRANCHES,
)
from directory.text import terms
from storage import begin
from tests.worlds import CHICAGO, NOW, SOURCE, FewZips, entry, imported, open_store, searchable

# None of them means a need: what is read as one is tested apart.
WORDS = ["haymarket", "bridge", "hope", "casa", "lotus", "café", "市场"]
NEEDS = ["detox", "food", "shelter"]
DAY = Schedule("s1", freq="WEEKLY", byday="MO,TU,WE,TH,FR", opens_at=time(9), closes_at=time(17))
NIGHT = Schedule("s2", freq="WEEKLY", byday="MO,SA", opens_at=time(20), closes_at=time(6))


def degrees(low: float, high: float) -> st.SearchStrategy[float]:
    """Some yards apart or equal: of two points nearer than that neither is the nearer one."""
    return st.floats(low, high).map(lambda value: round(value, 4))


points = st.one_of(
    st.builds(Point, degrees(41.4, 42.4), degrees(-88.2, -87.0)),
    st.builds(Point, degrees(-89, 89), degrees(-180, 180)),
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
        organization=draw(st.sampled_from(["", "", "Many Branches"])),
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
    return [draw(entries(str(n))) for n in range(draw(st.integers(0, 18)))]


queries = st.builds(
    Query,
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
    fitting = [each for each in listings if _fits(search, each, query)]
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


def _fits(search: Search, each: Listing, query: Query) -> bool:
    service = each.service
    if service.status != "active":
        return False
    if query.needs and not query.needs & {a.code for a in service.attributes}:
        return False
    if any(_answer(each, key, wish) is Answer.NO for key, wish in query.wishes.items()):
        return False
    return not (query.open_only and _open(search, each) is Openness.CLOSED)


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
    def key(each: Listing, branches: int = 0) -> tuple[object, ...]:
        point = each.location.point
        miles = miles_between(query.place.point, point) if query.place and point else None
        tie = number_of(each.id)
        if query.sort is Sort.DISTANCE:
            return (round(inf if miles is None else miles, 6), tie)
        unsaid = sum(_answer(each, k, w) is Answer.UNKNOWN for k, w in query.wishes.items())
        openness = _open(search, each)
        unsaid += query.open_only and openness is Openness.UNKNOWN
        handicap = HANDICAP_BY_OPENNESS[openness] + (0 if each.phones else HANDICAP_NO_PHONE)
        handicap += HANDICAP_NO_WALK_IN if _answer(each, "walk_in", "yes") is Answer.NO else 0
        checked = each.service.assured_date or date(2026, 1, 1)
        handicap += HANDICAP_OLD if checked < date(2025, 11, 23) else 0
        handicap += HANDICAP_BRANCH * min(branches, MOST_BRANCHES)
        tier = 0
        if query.place:
            tier = 1 if miles is None else 2 if miles > FAR_MILES else 0
        return (tier, unsaid, round((miles or 0) + handicap, 6), tie)

    ordered = sorted(found, key=key)
    if query.sort is Sort.BEST:
        before: dict[str, int] = {}
        for number, each in enumerate(list(ordered)):
            branches = before.get(each.organization.id, 0)
            before[each.organization.id] = branches + 1
            ordered[number] = (key(each, branches), each)  # type: ignore[call-overload]
        ordered = [each for _, each in sorted(ordered, key=lambda pair: pair[0])]  # type: ignore[misc,index]
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
            assert ids(results) == expected
            assert results.radius == radius


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    directories(), st.lists(st.lists(st.sampled_from([*WORDS, "xyzzy"]), min_size=1, max_size=3), max_size=8)
)
def test_all_words_are_found_and_only_if_nothing_has_all_any(
    rows: list[Entry], asked: list[list[str]]
) -> None:
    with TemporaryDirectory() as folder:
        # A word that the directory does not know would be taken for a misspelt one.
        every = entry("every word", name=" ".join([*WORDS, "xyzzy"]), status="inactive")
        search = searchable(Path(folder), every, *rows)
        said = {each.id: set(terms(each.service.name)) for each in search._store.all() if _active(each)}
        for words in asked:
            wanted = set(terms(" ".join(words)))
            whole = {each for each, has in said.items() if wanted <= has}
            results = search.search(Query(text=" ".join(words), per_page=100))
            assert results.understood.corrected == (), words
            assert set(ids(results)) == (whole or {each for each, has in said.items() if wanted & has})
            assert results.any_word == (not whole and bool(results.hits))


def _active(each: Listing) -> bool:
    return each.service.status == "active"


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


def test_a_radius_is_kept_where_the_words_name_the_place(tmp_path: Path) -> None:
    rows = [entry("near", name="Food", point=at(3)), entry("far", name="Food", point=at(40))]
    built = searchable(tmp_path, *rows)
    search = Search(
        built._store, load_needs(), tmp_path / "index", lambda: NOW, lambda _text, _surely: (CHICAGO, "food")
    )
    assert search.search(Query(text="food chicago", radius=1)).total == 0
    assert search.search(Query(text="food chicago", radius=5)).total == 1
    assert search.search(Query(text="food chicago")).total == 2


def test_a_state_that_is_none_of_ours_is_served_nowhere_not_everywhere(tmp_path: Path) -> None:
    """However many spellings there are: bits are few."""
    said = [ServiceArea("", extent=f"Kommune {n}", extent_type="state") for n in range(70)]
    odd = [entry(f"odd{n}", postal_code="", service_areas=(area,)) for n, area in enumerate(said)]
    illinois = ServiceArea("", extent="Illinois", extent_type="state")
    ours = entry("ours", name="Ours", postal_code="", service_areas=(illinois,))
    hits = searchable(tmp_path, *odd, ours).search(Query(place=CHICAGO, per_page=99)).hits
    assert [hit.listing.service.name for hit in hits] == ["Ours"]


def test_all_words_must_match_and_only_if_nothing_does_any(tmp_path: Path) -> None:
    search = searchable(tmp_path, entry("1", name="Hope Bridge"), entry("2", name="Hope House"))
    both = search.search(Query(text="hope bridges"))
    assert [hit.listing.service.name for hit in both.hits] == ["Hope Bridge"]
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
@pytest.mark.parametrize("broken", ["facts.json", "vectors.npy", "words", "CURRENT"])
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


def opened(folder: Path) -> Search:
    _, store = open_store(folder)
    return Search(store, load_needs(), folder / "index", lambda: NOW)


def names(search: Search) -> list[str]:
    return [hit.listing.service.name for hit in search.search(Query(place=CHICAGO)).hits]


@pytest.fixture
def _every_import_is_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "MOST_LISTED", 0)


@pytest.mark.usefixtures("_every_import_is_big")
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


@pytest.mark.usefixtures("_every_import_is_big")
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


def test_a_search_that_is_open_sees_a_change_at_once(tmp_path: Path) -> None:
    searchable(tmp_path, entry("1", point=at(1)), entry("2", point=at(2)))
    running, engine = opened(tmp_path), open_store(tmp_path)[0]
    assert names(running) == ["Service 1", "Service 2"]
    imported(engine, entry("2", name="Renamed", point=at(2)), entry("3", point=at(3)))
    assert names(running) == ["Service 1", "Renamed", "Service 3"]
    imported(engine, entry("1", point=at(1), status="defunct"))
    assert names(running) == ["Renamed", "Service 3"]


def test_a_change_by_another_process_is_in_the_next_search(tmp_path: Path) -> None:
    searchable(tmp_path, entry("1", point=at(1)))
    running = opened(tmp_path)
    assert names(running) == ["Service 1"]
    code = (
        "from pathlib import Path; from tests.worlds import *; from directory.model import Point\n"
        f"engine, _ = open_store(Path({str(tmp_path)!r}))\n"
        "imported(engine, entry('2', point=Point(41.9, -87.63)))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
    assert names(running) == ["Service 1", "Service 2"]


def test_a_new_name_of_an_organization_shows_on_all_its_services(tmp_path: Path) -> None:
    shared = made_id("org", "Shared")
    search = searchable(tmp_path, *(entry(str(n), organization="Shared", point=at(n)) for n in (1, 2)))
    changed = entry("1", organization="Shared", point=at(1), description="new")
    changed = replace(changed, organization=Organization(shared, "Renamed"))
    imported(open_store(tmp_path)[0], changed)
    hits = search.search(Query(place=CHICAGO)).hits
    assert [hit.listing.organization.name for hit in hits] == ["Renamed", "Renamed"]


def test_a_place_that_became_confidential_is_in_no_index_any_more(tmp_path: Path) -> None:
    search = searchable(tmp_path, entry("1", point=at(1), address="742 Evergreen Terrace"))
    hidden = entry("1", address="742 Evergreen Terrace")
    location = replace(hidden.places[0].location, confidential=True)
    hidden = replace(hidden, places=(replace(hidden.places[0], location=location),))
    steps = importing.Steps(prepare=search.prepare)
    importing.run(open_store(tmp_path)[0], SOURCE, [hidden], FewZips(), NOW, steps)
    search.adopt()
    assert len(search.search(Query(place=CHICAGO)).hits) == 1
    stored = b"".join(path.read_bytes() for path in (tmp_path / "index").rglob("*") if path.is_file())
    assert b"Evergreen" not in stored


def test_while_there_is_no_index_the_database_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searchable(tmp_path, entry("1", point=at(1), name="Hope", needs=["food"]), entry("2", point=at(900)))
    shutil.rmtree(tmp_path / "index")
    waiting = opened(tmp_path)
    monkeypatch.setattr(following.Follower, "_build_beside", lambda self: None)
    for query in (Query(place=CHICAGO, radius=5), Query(text="hope"), Query(text="food", place=CHICAGO)):
        assert [hit.listing.service.name for hit in waiting.search(query).hits] == ["Hope"]
    assert not waiting.is_current()


def test_a_source_that_is_removed_is_gone_from_the_next_search(tmp_path: Path) -> None:
    search = searchable(tmp_path, entry("1", point=at(1)))
    assert names(search) == ["Service 1"]
    with begin(open_store(tmp_path)[0]) as connection:
        remove_source(connection, SOURCE.id)
        mark_changed(connection)
        search.prepare(connection)
    assert names(search) == []


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


def test_a_door_with_very_many_services_leaves_room_for_the_other_doors(tmp_path: Path) -> None:
    there, farther = Point(41.88, -87.63), Point(42.2, -87.63)
    crowd = [entry(str(n), name="Desk", point=there, address="9 Shared Ave") for n in range(520)]
    other = entry("other", name="Desk", point=farther, address="7 Other Ave")
    found = searchable(tmp_path, *crowd, other).search(
        Query(text="desk", place=CHICAGO, one_per_location=True, per_page=2)
    )
    assert len({hit.listing.location.id for hit in found.hits}) == 2
    assert found.total == 2


def test_a_need_beside_words_is_a_filter(tmp_path: Path) -> None:
    search = searchable(
        tmp_path,
        entry("1", name="Hope Shelter", needs=["shelter"], point=CHICAGO.point),
        entry("2", name="Recovery home", needs=["housing"], point=CHICAGO.point),
        entry("3", name="Shelter Plus homes", needs=["housing", "shelter"], point=CHICAGO.point),
    )
    found = search.search(Query(text="shelter", place=CHICAGO, needs=frozenset({"housing"})))
    assert {hit.listing.service.name for hit in found.hits} == {"Recovery home", "Shelter Plus homes"}
    named = search.search(Query(text="hope shelter", needs=frozenset({"housing"})))
    assert "Hope Shelter" not in {hit.listing.service.name for hit in named.hits}


def test_a_need_that_nobody_answers_is_no_luck_of_words(tmp_path: Path) -> None:
    search = searchable(tmp_path, entry("1", name="Open Door Center for Exchange", point=CHICAGO.point))
    assert search.search(Query(text="needle exchange", place=CHICAGO)).total == 0
    called = searchable(tmp_path / "b", entry("1", name="Needle exchange van", point=CHICAGO.point))
    assert called.search(Query(text="needle exchange", place=CHICAGO)).total == 1
