"""What the page of one service promises, and what no listing can do to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.web import fakes
from tests.web.reading import Page
from web.sheet import web_address

Look = Callable[..., Page]
DETOX, TWO_DOORS, SAFE, SCRIPT = (fakes.made_id("service", key) for key in ("detox", "two", "safe", "script"))


def test_a_service_page_tells_all_that_is_known(look: Look) -> None:
    page = look(f"/services/{DETOX}")
    for words in (
        "Harbor Detox Center",
        "Harbor Health",
        "Medical detox, day and night.",
        "Intake",
        "Can I just walk in? Yes",
        "Can my pet stay? No",
        "Adults who want to stop drinking or using.",
        "Age 18 and up",
        "A list of your medicines, if you have one",
        "First visit, $20.00, free if you cannot pay",
        "Detox beds: 2 open, said Nov 23, 2026, 9:10 AM",
        "Illinois SUPR license A-0000",
        "State list of 2022 (public domain). Checked Nov 3, 2026.",
    ):
        assert words in page.words
    assert "https://harbor.example.org" in page.links()
    assert "Can I get help by phone or video?" in page.words.partition("Not said.")[2]


def test_a_service_shows_all_its_doors_the_one_asked_for_first(look: Look) -> None:
    north, south = (fakes.made_id("sal", key) for key in ("two", "two-b"))
    for asked, first in ((TWO_DOORS, "North hall"), (north, "North hall"), (south, "South hall")):
        titles = [tag.words for tag in look(f"/services/{asked}").all("h2")]
        assert titles[0] == first
        assert {"North hall", "South hall"} <= set(titles)


def test_the_week_is_told_from_today_on_with_the_words_of_the_source(look: Look) -> None:
    page = look(f"/services/{TWO_DOORS}")
    rows = [" ".join(tag.words.split()) for tag in page.all("tr")][1:8]
    assert rows == [
        "Monday Closed",
        "Tuesday 10 AM to 2 PM",
        "Wednesday Closed",
        "Thursday Holiday, call first",
        "Friday Closed",
        "Saturday Closed",
        "Sunday Closed",
    ]
    assert "Tue and Thu 10-2; come early" in page.words


def test_hours_that_nobody_knows_are_not_a_table(look: Look) -> None:
    page = look(f"/services/{SAFE}")
    assert "Hours are not listed. Call first." in page.words
    assert not page.all("table")


def test_a_list_and_a_service_know_the_way_back_without_an_address_that_tells(look: Look) -> None:
    results = look(near="60614", need="detox")
    opened = look(f"/services/{DETOX}", **results.form("again"))
    assert "Back to the list" in opened.words
    assert "2.6 mi" in opened.words
    back = [form for form in opened.all("form") if form["class"] == "back"]
    assert [(form["action"], form["method"]) for form in back] == [("/search", "post")]
    assert opened.fields("need") == ["detox"]


@pytest.mark.parametrize("path", ["/services/nothing", "/no-such-page", "/services/" + "x" * 500])
def test_a_page_we_do_not_have_still_helps(look: Look, path: str) -> None:
    page = look(path, status=404)
    assert "We do not have this page" in page.words
    assert {"tel:911", "tel:988", "tel:211", "tel:+18006624357"} <= set(page.links())


def test_a_listing_cannot_put_code_into_a_page(client: FlaskClient, look: Look) -> None:
    for page in (
        client.post("/search", data={"near": "60614", "need": "legal"}).text,
        client.get(f"/services/{SCRIPT}").text,
    ):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<b>Court" not in page
    clinic = look(f"/services/{fakes.made_id('service', 'clinic')}")
    assert not [link for link in clinic.links() if "javascript" in link]


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("example.org", "http://example.org"),
        (" HTTP://Example.org ", "http://Example.org"),
        ("javascript:alert(1)", ""),
        ("javascript://example.org/%0aalert(1)", ""),
        ("data:text/html,x", ""),
        ("https://user:pass@example.org", ""),
        ("http://[broken", ""),
        ("none", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_become_links(said: str, address: str) -> None:
    assert web_address(said) == address
