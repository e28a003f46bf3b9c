"""What is for veterans only is known, and stands after the others unless they are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.answers import Query
from directory.model import Point
from directory.veterans import is_for_veterans
from tests.worlds import CHICAGO, entry, searchable


def north(miles: float) -> Point:
    return Point(CHICAGO.point.latitude + miles / 69, CHICAGO.point.longitude)


@pytest.mark.parametrize(
    ("said", "is_so"),
    [
        ({"source_codes": ("DT", "VAMC")}, True),
        ({"source_codes": ("VAHC",)}, True),
        ({"source_codes": ("DT", "VET")}, False),
        ({"eligibility_description": "Veterans only."}, True),
        ({"eligibility_description": "For veterans and their families"}, True),
        ({"eligibility_description": "Adults, also veterans"}, False),
        ({}, False),
    ],
)
def test_who_is_for_veterans_only(said: dict[str, object], is_so: bool) -> None:
    assert is_for_veterans(entry("1", **said).service) is is_so


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("detox", "all"),
        ("detox for women", "all"),
        ("veterans detox", "va"),
        ("detox for a vet", "va"),
        ("detox va", "va"),
    ],
)
def test_what_is_for_veterans_comes_after_the_others_unless_they_are_named(
    tmp_path: Path, text: str, first: str
) -> None:
    about = {"description": "Help for veterans", "access": {"women": "yes"}}
    search = searchable(
        tmp_path,
        entry("va", needs=["detox"], point=north(1), source_codes=("VAMC",), **about),
        entry("all", needs=["detox"], point=north(3), **about),
    )
    hits = search.search(Query(text=text, place=CHICAGO)).hits
    assert hits[0].listing.service.name == f"Service {first}"
    told = {hit.listing.service.name: {reason.code for reason in hit.why} for hit in hits}
    assert ("for_some" in told["Service va"]) is (first == "all")
