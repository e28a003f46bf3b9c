"""What is told of a hit is what put it there; counts are those of a scan; branches crowd nobody out."""

from __future__ import annotations

from collections import Counter
from datetime import date, time
from pathlib import Path
from random import Random

import pytest

from directory.access import ACCESS
from directory.answers import Hit, Openness, Place, Query
from directory.model import Answer, Entry, Language, Point, Schedule, ServiceArea
from directory.needs import load_needs
from directory.search import Search
from directory.search.explain import CODES
from tests.worlds import CHICAGO, entry, searchable

DAY = Schedule("s1", freq="WEEKLY", byday="MO,TU,WE,TH,FR", opens_at=time(9), closes_at=time(17))
NIGHT = Schedule("s2", freq="WEEKLY", byday="MO,SA", opens_at=time(20), closes_at=time(6))
IL = (ServiceArea("il", extent="IL", extent_type="state"),)
HANDICAPS = ("hours", "no_walk_in", "no_phone", "for_some", "old", "words", "unhoped", "branch")


def at(miles: float, place: Point = CHICAGO.point) -> Point:
    return Point(place.latitude + miles / 69.1, place.longitude)


def some(number: int) -> Entry:
    random = Random(number)
    door = number % 6 > 0
    return entry(
        str(number),
        name=f"{random.choice(('Hope', 'Lotus'))} {number}",
        organization=random.choice(("Many Branches", "", "")),
        point=at(random.uniform(-70, 70)) if door else None,
        needs=random.sample(("detox", "food", "shelter"), random.randint(0, 2)),
        phone=random.choice(("", "+13125550100", "+13125550100")),
        access={
            key: random.choice(("yes", "no"))
            for key in ("walk_in", "medicaid", "pets", "women")
            if number % 3
        },
        schedules=random.choice(((), (DAY,), (NIGHT,))),
        languages=random.choice(((), (Language(f"l{number}", "Spanish", "es"),))),
        source_codes=random.choice(((), ("MM",), ("BUM", "NU"))),
        assured_date=random.choice((None, date(2026, 11, 1), date(2020, 1, 1))),
        description=random.choice(("", "near the lotus pond", "a lotus")),
        postal_code="60614" if door else "00000",
        service_areas=() if door else IL,
    )


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    return searchable(tmp_path_factory.mktemp("explain"), *map(some, range(150)))


QUERIES = [
    Query(place=CHICAGO, per_page=200),
    Query(place=CHICAGO, per_page=200, text="lotus"),
    Query(place=CHICAGO, per_page=200, text="food"),
    Query(place=CHICAGO, per_page=200, text="methadone open now"),
    Query(place=CHICAGO, per_page=200, text="detox with my dog", radius=100),
    Query(place=CHICAGO, per_page=200, needs=frozenset({"detox"}), wishes={"walk_in": "yes", "pets": "yes"}),
    Query(place=CHICAGO, per_page=200, wishes={"medication": "methadone"}, open_only=True, radius=100),
    Query(place=Place("far", Point(21.3, -157.8), "point", "IL"), per_page=200),
    Query(per_page=200, text="hope lotus"),
    Query(per_page=200),
]


@pytest.mark.parametrize("query", QUERIES, ids=[f"{n}" for n in range(len(QUERIES))])
def test_the_order_is_what_the_reasons_say(search: Search, query: Query) -> None:
    """Among hits of one kind with as many things unsaid: by miles and all handicaps told."""
    told: dict[tuple[str, int], list[float]] = {}
    for hit in search.search(query).hits:
        codes = Counter(reason.code for reason in hit.why)
        kind = "name" if codes["name"] else _kind(hit, query)
        unsaid = codes["unsaid"] + codes["missing"]
        farther = sum(reason.miles for reason in hit.why if reason.code in HANDICAPS)
        told.setdefault((kind, unsaid), []).append((hit.distance_miles or 0) + farther)
        assert set(codes) <= set(CODES)
        assert all(reason.miles == 0 or reason.code in HANDICAPS for reason in hit.why)
    for merits in told.values():
        assert merits == pytest.approx(sorted(merits), abs=0.05)  # told in hundredths of a mile
    assert list(told) == sorted(told, key=_rank)


def _kind(hit: Hit, query: Query) -> str:
    if query.place is None:
        return "near"
    return "phone" if hit.distance_miles is None else "near" if hit.distance_miles <= 50 else "far"


def _rank(group: tuple[str, int]) -> tuple[int, int]:
    return ("name", "near", "phone", "far").index(group[0]), group[1]


@pytest.mark.parametrize("query", QUERIES, ids=[f"{n}" for n in range(len(QUERIES))])
def test_what_is_told_is_so(search: Search, query: Query) -> None:
    for hit in search.search(query).hits:
        why = {reason.code: reason for reason in hit.why}
        service = hit.listing.service
        assert ("open" in why) == (hit.open.state is Openness.OPEN)
        assert ("no_phone" in why) == (not hit.listing.phones)
        walk_in = service.access.get("walk_in")
        assert ("walk_in" in why) == (walk_in is not None and walk_in.answer is Answer.YES)
        assert ("no_walk_in" in why) == (walk_in is not None and walk_in.answer is Answer.NO)
        assert ("old" in why) == (service.assured_date == date(2020, 1, 1))
        assert ("checked" in why) == (service.assured_date == date(2026, 11, 1))
        assert tuple(reason.about for reason in hit.why if reason.code == "unsaid") == hit.unsaid
        assert ("unhoped" in why) == bool(hit.unhoped)
        if "hours" in why:
            assert why["hours"].about == hit.open.state


@pytest.mark.parametrize("query", QUERIES, ids=[f"{n}" for n in range(len(QUERIES))])
def test_who_leaves_a_wish_open_is_counted(search: Search, query: Query) -> None:
    results = search.search(query)
    assert results.silent == sum(bool(hit.unsaid) for hit in results.hits)


@pytest.mark.parametrize("query", QUERIES, ids=[f"{n}" for n in range(len(QUERIES))])
def test_facets_count_what_a_scan_of_the_hits_counts(search: Search, query: Query) -> None:
    results = search.search(Query(**{f: getattr(query, f) for f in query.__slots__} | {"count_facets": True}))
    assert results.total == len(results.hits)
    counts: Counter[tuple[str, str]] = Counter()
    for hit in results.hits:
        service = hit.listing.service
        counts.update(("need", code) for code in load_needs().of(service))
        counts.update((key, fact.answer.value) for key, fact in service.access.items())
        counts.update(("language", each.code) for each in hit.listing.languages)
        counts.update({("medication", "methadone"): "MM" in service.source_codes})
        counts.update({("medication", code): "NU" in service.source_codes for code in ("buprenorphine", "naltrexone")})  # fmt: skip
        counts.update({("open_now", "yes"): hit.open.state is Openness.OPEN})
    assert {(f.key, f.value): f.yes for f in results.facets} == {pair: n for pair, n in counts.items() if n}
    for facet in results.facets:
        if facet.key in ACCESS:
            said = counts[facet.key, "yes"] + counts[facet.key, "no"]
            assert facet.unknown == results.total - said


def test_a_facet_says_how_many_a_filter_would_leave(search: Search) -> None:
    query = {"place": CHICAGO, "radius": 40.0, "per_page": 200}
    for facet in search.search(Query(**query, count_facets=True)).facets:  # type: ignore[arg-type]
        if facet.key in ACCESS:
            chosen = search.search(Query(**query, wishes={facet.key: facet.value}))  # type: ignore[arg-type]
            assert chosen.total == facet.yes + facet.unknown
            assert sum(not hit.unsaid for hit in chosen.hits) == facet.yes


def test_a_language_is_counted_as_its_filter_answers(tmp_path: Path) -> None:
    """Lists say "Chinese"; whoever reads zh-Hans is served there too."""
    spoken = {"a": ("zh", "es"), "b": ("zh-Hans",), "c": ("en",), "d": ()}
    rows = [entry(key, point=at(n), languages=tuple(Language(f"{key}{code}", code, code) for code in codes))
            for n, (key, codes) in enumerate(spoken.items(), 1)]  # fmt: skip
    search = searchable(tmp_path, *rows)
    facets = search.search(Query(place=CHICAGO, radius=40.0, count_facets=True)).facets
    counts = {facet.value: facet.yes for facet in facets if facet.key == "language"}
    assert counts == {"en": 4, "es": 1, "zh": 2, "zh-Hans": 2}
    for code, count in counts.items():
        hits = search.search(Query(place=CHICAGO, radius=40.0, wishes={"language": code}, per_page=9)).hits
        assert sum(not hit.unsaid for hit in hits) == count


def test_the_branches_of_one_organization_crowd_nobody_out(tmp_path: Path) -> None:
    branches = [entry(f"b{n}", organization="Chain", point=at(1 + n / 100)) for n in range(12)]
    others = [entry(f"o{n}", point=at(4 + n / 10)) for n in range(3)]
    hits = searchable(tmp_path, *branches, *others).search(Query(place=CHICAGO, per_page=15)).hits
    first = [hit.listing.organization.name for hit in hits[:5]]
    assert first.count("Chain") == 2
    told = [
        r.miles
        for hit in hits
        if hit.listing.organization.name == "Chain"
        for r in hit.why
        if r.code == "branch"
    ]
    assert told == [4, 8, *[12] * 9]


@pytest.mark.parametrize(
    ("doors", "wishes", "order"),
    [
        ([5, 49], {}, ["door 5", "door 49", "phone"]),
        ([60], {}, ["phone", "door 60"]),
        ([5], {"telehealth": "yes"}, ["phone", "door 5"]),
    ],
)
def test_a_door_nearby_a_phone_then_a_door_far_away(
    tmp_path: Path, doors: list[int], wishes: dict[str, str], order: list[str]
) -> None:
    rows = [entry(str(miles), name=f"door {miles}", point=at(miles)) for miles in doors]
    phone = entry("p", name="phone", postal_code="", service_areas=IL, access={"telehealth": "yes"})
    other = entry("t", name="Texas", postal_code="", service_areas=(ServiceArea("t", extent="TX", extent_type="state"),))  # fmt: skip
    results = searchable(tmp_path, *rows, phone, other).search(
        Query(place=CHICAGO, wishes=wishes, min_results=len(doors))
    )
    assert [hit.listing.service.name for hit in results.hits] == order
    assert results.phone_first == (doors == [60])


def test_who_is_called_so_comes_first_wherever_it_is(tmp_path: Path) -> None:
    search = searchable(
        tmp_path,
        entry("far", name="Haymarket Center", point=Point(34.0, -118.2)),
        entry("near", name="Lotus", description="opposite the Haymarket Center", point=at(1)),
    )
    for text in ("haymarket center", "center haymarket", "Haymarkt Center"):
        hits = search.search(Query(text=text, place=CHICAGO)).hits
        assert [hit.listing.service.name for hit in hits] == ["Haymarket Center", "Lotus"]
        assert next(reason.code for reason in hits[0].why) == "name"
    only_near = search.search(Query(text="haymarket center", place=CHICAGO, radius=10))
    assert [hit.listing.service.name for hit in only_near.hits] == ["Lotus"]


def test_what_the_words_hinted_at_and_a_listing_leaves_open_is_named(search: Search) -> None:
    hits = search.search(Query(place=CHICAGO, per_page=200, text="methadone, with my dog")).hits
    assert {frozenset(hit.unhoped) for hit in hits} >= {
        frozenset(("medication", "pets")),
        frozenset(("pets",)),
    }
    for hit in hits:
        assert ("medication" in hit.unhoped) == ("MM" not in hit.listing.service.source_codes)
        assert ("pets" in hit.unhoped) == ("pets" not in hit.listing.service.access)
