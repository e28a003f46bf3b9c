"""What every page keeps to: titles that tell nothing, a way out, headings, labels, clean markup."""

from __future__ import annotations

from itertools import pairwise

import pytest
from flask.testing import FlaskClient

from tests.web import fakes
from tests.web.reading import Page, read

PAGES = (
    "/",
    "/search",
    f"/services/{fakes.made_id('service', 'detox')}",
    f"/services/{fakes.made_id('service', 'two')}",
    "/privacy",
    "/about",
    "/no-such-page",
)
SEARCHES = (
    {"near": "60614", "need": ["detox", "food"], "walk_in": "yes"},
    {"near": "springfield"},
    {"near": "nowhere at all"},
    {"near": "60614", "need": "transport", "pets": "yes"},
    {"near": "chicago", "need": "housing", "page": "2"},
    {"near": "60614", "age": "old"},
)


@pytest.fixture(params=[*PAGES, *SEARCHES], ids=str)
def anything(request: pytest.FixtureRequest, client: FlaskClient) -> Page:
    asked = request.param
    return read((client.get(asked) if isinstance(asked, str) else client.post("/search", data=asked)).text)


def test_a_title_tells_nothing_to_who_looks_over_a_shoulder(anything: Page) -> None:
    (title,) = anything.all("title")[:1]
    assert title.words in {
        f"Openway - {word}" for word in ("Search", "List", "Place", "Privacy", "About", "Sorry")
    }


def test_the_way_out_is_the_first_thing_to_reach(anything: Page) -> None:
    assert anything.links()[:3] == ["#main", "/", "https://www.weather.gov/"]
    leave = anything.all("a")[2]
    assert "noreferrer" in leave["rel"]


def test_headings_form_a_ladder_with_one_top(anything: Page) -> None:
    levels = [int(tag.name[1]) for tag in anything.tags if tag.name in ("h1", "h2", "h3")]
    assert levels.count(1) == 1
    in_main = [
        int(tag.name[1]) for tag in anything.tags if tag.name in ("h1", "h2", "h3") and "main" in tag.inside
    ]
    assert in_main[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(in_main))


def test_every_field_has_a_label_and_every_id_is_one(anything: Page) -> None:
    ids = [tag["id"] for tag in anything.tags if tag["id"]]
    assert len(ids) == len(set(ids))
    labelled = {tag["for"] for tag in anything.all("label")}
    for tag in anything.tags:
        if tag.name in ("input", "select") and tag["type"] != "hidden":
            assert tag["id"] in labelled or "label" in tag.inside, tag
        for reference in (*tag["aria-describedby"].split(), *tag["aria-labelledby"].split()):
            assert reference in ids
        if tag.name in ("button", "a", "summary"):
            assert tag.words.strip()


def test_markup_is_closed_and_carries_no_code_of_its_own(anything: Page) -> None:
    assert anything.faults == []
    for tag in anything.tags:
        assert tag.name != "style"
        assert not [name for name in tag.attributes if name == "style" or name.startswith("on")]
    assert [tag["src"].partition("?")[0] for tag in anything.all("script")] == ["/static/site.js"]
    assert [tag for tag in anything.all("script") if tag.words.strip()] == []
