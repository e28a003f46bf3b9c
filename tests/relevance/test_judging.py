"""The judge of the relevance queries: its rule language, its measures, and the file of queries."""

from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from directory.answers import Place
from directory.model import Answer, Listing, Point, ServiceArea
from directory.needs import load_needs
from tests.relevance.judging import (
    PARTS,
    Candidate,
    Judge,
    Judged,
    RuleError,
    candidates,
    halves,
    load_queries,
    ndcg,
    parse,
    success,
)
from tests.worlds import CHICAGO, SOURCE, FewZips, entry


def _listing(key: str, **said: Any) -> Listing:
    made = entry(key, **said)
    return Listing(key, made.service, made.organization, made.places[0].location, SOURCE)


def _pool(*listings: Listing) -> list[Candidate]:
    return candidates(listings, load_needs(), FewZips().zip)


def _grades(rules: str, *listings: Listing, place: Place | None = CHICAGO) -> dict[str, int]:
    query = Judged("q", "demo", "tuned", "c", "en", "text", "", parse(rules))
    return Judge(_pool(*listings)).grades(query, place)


NEAR = _listing("near", needs=["detox"], point=Point(41.9, -87.63), access={"pets": "yes", "medicaid": "no"})
FAR = _listing("far", needs=["detox"], point=Point(43.0, -87.9), name="St. Mary's House")
FOOD = _listing("food", needs=["food"], point=Point(41.88, -87.63), organization="Haymarket Center")


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("3: need=detox & miles<=25; 1: need=detox", {"near": 3, "far": 1}),
        ("1: need=detox; 3: need=detox & miles<=25", {"near": 3, "far": 1}),
        ("2: need=detox|food", {"near": 2, "far": 2, "food": 2}),
        ("3: need=detox & rank<=1", {"near": 3}),
        ("3: need=detox & !rank_is<=1", None),
        ('3: name~"st marys"', {"far": 3}),
        ('3: org~"haymarket center|other"', {"food": 3}),
        ('3: name~"haymarket detox"', {}),
        ("3: yes:pets; 2: no:medicaid; 1: unknown:pets", {"near": 3, "far": 1, "food": 1}),
        ("2: need=detox & !yes:pets", {"far": 2}),
        ("2: city=chicago & state=IL & need=food", {"food": 2}),
        ("2: open=unknown & active & !phone_only & age=16 & need=food", {"food": 2}),
        ("2: open=yes", {}),
    ],
)
def test_a_rule_holds_for_the_listings_it_describes(rules: str, expected: dict[str, int] | None) -> None:
    if expected is None:
        with pytest.raises(RuleError):
            parse(rules)
    else:
        assert _grades(rules, NEAR, FAR, FOOD) == expected


@pytest.mark.parametrize(
    "rules",
    [
        "need=detox",
        "4: need=detox",
        "3: neeed=detox",
        "3: yes:sauna",
        "3: miles<=x",
        "3: need=",
        "3: name=x",
        "3: active=1",
        "3: !rank<=2",
    ],
)
def test_a_rule_that_cannot_be_read_says_so(rules: str) -> None:
    with pytest.raises(RuleError):
        parse(rules)


def test_equally_near_listings_share_a_rank() -> None:
    twin = replace(NEAR, id="twin")
    assert _grades("3: need=detox & rank<=1", NEAR, twin, FAR) == {"near": 3, "twin": 3}


def test_no_place_no_distance() -> None:
    rules = "3: need=detox & miles<=9999; 2: need=detox & rank<=3; 1: serves"
    assert _grades(rules, NEAR, place=None) == {}


def test_a_service_area_holds_the_place() -> None:
    area = ServiceArea("a", extent="IL", extent_type="state")
    state = replace(NEAR, own_service_areas=(area,))
    assert _grades("3: serves", state, FAR) == {"near": 3}


def test_closed_for_now_is_not_open() -> None:
    closed = replace(NEAR, service=replace(NEAR.service, status="temporarily closed"))
    assert _grades("2: open=no & !active", closed, FAR) == {"near": 2}


def test_round_the_clock_is_open() -> None:
    always = _listing("always", access={"intake_24_7": Answer.YES.value})
    (one,) = _pool(always)
    assert one.open == "yes"


def test_ndcg_is_one_for_the_best_order_and_less_for_others() -> None:
    grades = {"a": 3, "b": 2, "c": 1}
    assert ndcg(grades, ["a", "b", "c"]) == 1
    assert 0 < ndcg(grades, ["c", "b", "a"]) < ndcg(grades, ["b", "a", "c"]) < 1
    assert ndcg(grades, ["x"]) == ndcg({}, ["a"]) == 0
    assert ndcg(dict.fromkeys("abcdefgh", 3), list("hgfed")) == 1


def test_success_needs_a_good_one_among_the_first_three() -> None:
    assert success({"a": 2}, ["x", "y", "a"])
    assert not success({"a": 2}, ["x", "y", "z", "a"])
    assert not success({"a": 1}, ["a"])


def test_the_file_of_queries() -> None:
    queries = load_queries()
    assert len(queries) >= 400
    assert len({each.id for each in queries}) == len(queries)
    sets = Counter(each.set for each in queries)
    assert sets["demo"] >= 200
    assert sets["samhsa"] >= 260
    parts = defaultdict(set)
    for each in queries:
        parts[each.set, each.category].add(each.part)
    assert all(held == set(PARTS) for held in parts.values())
    languages = Counter(each.language for each in queries)
    assert all(count >= 6 for count in languages.values())
    assert len(languages) == 16


def test_halves_are_nobodys_choice() -> None:
    queries = [(f"q{n}", ("demo", "typos", "en")) for n in range(21)]
    found = halves(queries)
    assert found == halves(list(reversed(queries)))
    assert sorted(Counter(found.values()).values()) == [10, 11]


def test_a_faulty_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "queries.csv"
    path.write_text("id,set,part,category,language,text,near,grades\nbad-1,demo,tuned,c,en,x,,3: what\n")
    with pytest.raises(RuleError, match="bad-1"):
        load_queries(path)
