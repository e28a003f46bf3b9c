"""A place or a state in the words of a search, where the words leave no doubt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from directory.answers import Place, Query
from directory.model import Address, Entry, Point, ServiceArea
from directory.needs import load_needs
from directory.search import Search
from tests.worlds import CHICAGO, NOW, entry, searchable


def at(miles: float) -> Point:
    """So far north of Chicago."""
    return Point(CHICAGO.point.latitude + miles / 69, CHICAGO.point.longitude)


def in_chicago(text: str, surely: bool) -> tuple[Place, str] | None:
    """A gazetteer that knows one city, beyond doubt only after "in"."""
    words = text.split()
    if "chitown" not in words or (surely and " in chitown" not in text):
        return None
    at = words.index("chitown")
    return CHICAGO, " ".join([*words[: at - (words[at - 1] == "in")], *words[at + 1 :]])


def placed(folder: Path, *rows: object) -> Search:
    store = searchable(folder, *rows)._store
    return Search(store, load_needs(), folder / "index", lambda: NOW, in_chicago)


def names(search: Search, text: str) -> set[str]:
    return {hit.listing.service.name for hit in search.search(Query(text=text, per_page=99)).hits}


def test_a_city_after_a_need_is_a_place(tmp_path: Path) -> None:
    search = placed(
        tmp_path, entry("near", needs=["detox"], point=at(3)), entry("other", needs=["food"], point=at(3))
    )
    results = search.search(Query(text="detox chitown"))
    assert results.query.place == CHICAGO
    assert [hit.listing.service.name for hit in results.hits] == ["Service near"]


@pytest.mark.parametrize(
    "text", ["need detox chitown my brother", "detox chitown medicaid", "chitown rehab or detox"]
)
def test_so_is_one_between_other_words_that_ask(tmp_path: Path, text: str) -> None:
    search = placed(tmp_path, entry("near", needs=["detox"], point=at(3)))
    results = search.search(Query(text=text))
    assert (results.query.place, results.total) == (CHICAGO, 1)


@pytest.mark.parametrize("text", ["Hope chitown", "chitown"])
def test_what_stands_after_other_words_may_be_a_name(tmp_path: Path, text: str) -> None:
    search = placed(tmp_path, entry("1", name="Hope Chitown", needs=["detox"]))
    assert search.search(Query(text=text)).query.place is None


@pytest.mark.parametrize(
    "text",
    [
        "help chitown", "help in chitown", "services chitown", "resources in chitown", "need help in chitown",
        "chitown community resources", "I need help chitown", "some support chitown", "ayuda chitown",
        "recursos chitown", "pomoc chitown", "помощь chitown", "帮助 chitown",
    ],
)  # fmt: skip
def test_help_beside_a_place_is_all_that_is_near_there(tmp_path: Path, text: str) -> None:
    far = entry("far", name="Help Services Resources", description=text, point=at(700))
    search = placed(tmp_path, far, *(entry(f"near {n}", needs=["food"], point=at(n)) for n in range(3)))
    results, plain = search.search(Query(text=text)), search.search(Query(place=CHICAGO, min_results=3))
    assert (results.query.place, results.query.text) == (CHICAGO, "")
    assert [hit.listing.id for hit in results.hits] == [hit.listing.id for hit in plain.hits]
    assert results.total == 3


def test_so_it_is_with_the_place_in_a_box_of_its_own_and_in_a_state(tmp_path: Path) -> None:
    rows = [
        entry("near", point=at(1)),
        entry("named", name="Help Center", point=at(2)),
        in_state("OH", "ohio"),
    ]
    search = placed(tmp_path, *rows)
    hits = search.search(Query(text="help", place=CHICAGO, radius=20)).hits
    assert [hit.listing.service.name for hit in hits] == ["Service near", "Help Center", "Service ohio"]
    results = search.search(Query(text="services in Ohio"))
    assert [hit.listing.service.name for hit in results.hits] == ["Service ohio"]


@pytest.mark.parametrize(
    "text", ["help", "services", "Help Chitown", "hope help chitown", "social services chitown"]
)
def test_help_alone_in_a_name_or_beside_other_words_is_looked_for(tmp_path: Path, text: str) -> None:
    named = entry("named", name="Help Chitown", organization="Hope Social Services", point=at(700))
    results = placed(tmp_path, named, entry("near", name="Clinic", point=at(1))).search(Query(text=text))
    assert results.query.text == text
    assert [hit.listing.service.name for hit in results.hits] == ["Help Chitown"]


def in_state(state: str, key: str) -> Entry:
    made = entry(key, needs=["detox"], point=at(5))
    [place] = made.places
    address = Address(f"a-{key}", "1 Main St", "Town", state, "00000")
    location = replace(place.location, id=f"l-{key}", addresses=(address,))
    return replace(made, places=(replace(place, location=location),))


@pytest.mark.parametrize("text", ["detox ohio", "detox in Ohio", "detox in OH", "detox, OH"])
def test_a_state_at_the_end_is_where_it_must_be(tmp_path: Path, text: str) -> None:
    everywhere = entry(
        "nation",
        needs=["detox"],
        postal_code="",
        service_areas=(ServiceArea("", extent="US", extent_type="country"),),
    )
    search = placed(tmp_path, in_state("OH", "ohio"), in_state("IL", "illinois"), everywhere)
    results = search.search(Query(text=text, per_page=99))
    assert [hit.listing.service.name for hit in results.hits] == ["Service ohio", "Service nation"]
    assert results.understood.wishes["state"] == "OH"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("detox east texas", "TX"),
        ("East Texas", "TX"),
        ("east texas detox", "TX"),
        ("rehab in upstate NY", "NY"),
        ("rehab jersey shore", "NJ"),
        ("rehab western pa", "PA"),
        ("detox northern virginia", "VA"),
        ("detox west virginia", "WV"),
    ],
)
def test_a_part_of_a_state_is_looked_for_in_that_state(tmp_path: Path, text: str, state: str) -> None:
    search = placed(tmp_path, in_state(state, "there"), in_state("IL", "illinois"))
    results = search.search(Query(text=text, per_page=99))
    assert results.understood.wishes == {"state": state}
    assert results.query.place is None


@pytest.mark.parametrize("text", ["west end clinic", "detox east texas pa", "north in need"])
def test_what_is_no_part_of_a_state_beside_a_need_is_none(tmp_path: Path, text: str) -> None:
    wishes = placed(tmp_path, in_state("TX", "1")).search(Query(text=text)).understood.wishes
    assert wishes.get("state") != "TX"


@pytest.mark.parametrize("text", ["ohio", "detox oh", "Virginia", "HELP ME", "CAN SOMEBODY TAKE ME"])
def test_a_state_alone_or_two_small_letters_are_words(tmp_path: Path, text: str) -> None:
    assert "state" not in placed(tmp_path, in_state("OH", "1")).search(Query(text=text)).understood.wishes


def test_a_far_name_of_common_words_does_not_stand_before_what_is_near(tmp_path: Path) -> None:
    """ "VA hospital" in Seattle is no clinic in Illinois that is called so."""
    common = [entry(f"c{n}", name="Womens Center", point=at(900 + n)) for n in range(12)]
    near = entry("near", name="Detox", description="women center care for womens", point=at(2))
    rare = entry("rare", name="Haymarket Womens Center", point=at(950))
    search = searchable(tmp_path, *common, near, rare)
    hits = search.search(Query(text="womens center", place=CHICAGO)).hits
    assert hits[0].listing.service.name == "Detox"
    hits = search.search(Query(text="haymarket womens center", place=CHICAGO)).hits
    assert hits[0].listing.service.name == "Haymarket Womens Center"
