"""What the pages promise to a person who looks for a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import web
from directory.access import ACCESS
from directory.needs import load_needs
from tests.web import fakes
from tests.web.reading import Page, read
from web.facts import FACTS, GROUPS
from web.pages import NEED_GROUPS

Look = Callable[..., Page]
DETOX, TWO_DOORS, SAFE, SCRIPT = (fakes.made_id("service", key) for key in ("detox", "two", "safe", "script"))


# The search page


def test_help_in_danger_stands_before_the_search(look: Look) -> None:
    links = look("/").links()
    assert [link for link in links if link.startswith(("tel:", "sms:"))] == [
        "tel:911", "tel:988", "sms:988", "tel:+18002221222",
    ]  # fmt: skip
    tags = look("/").tags
    first_form = next(i for i, tag in enumerate(tags) if tag.name == "form")
    assert any(tag["href"] == "tel:911" for tag in tags[:first_form])


def test_the_overdose_steps_are_on_the_first_page(client: FlaskClient) -> None:
    page = client.get("/").text
    for step in ("Call 911.", "naloxone (Narcan)", "1 breath every 5 seconds", "on their side"):
        assert step in page


def test_every_need_can_be_picked_once(look: Look) -> None:
    assert sorted(look("/").fields("need")) == sorted(load_needs().codes)
    assert {code for _, codes in NEED_GROUPS for code in codes} == set(load_needs().codes)


def test_every_answer_of_the_directory_has_words_and_a_place_in_the_form() -> None:
    assert set(FACTS) == set(ACCESS)
    in_groups = [key for _, keys in GROUPS for key in keys]
    assert sorted([*in_groups, "women", "men"]) == sorted(ACCESS), "women and men are one choice, of gender"
    assert all(words.question and words.wish for words in FACTS.values())


def test_a_search_is_sent_by_post_and_nothing_of_it_stands_in_an_address(look: Look) -> None:
    assert [form["method"] for form in look("/").all("form") if form["role"] == "search"] == ["post"]
    page = look(near="60614", need=["detox", "food"], q="harbor")
    addresses = [
        *page.links(),
        *(tag["formaction"] for tag in page.tags),
        *(f["action"] for f in page.all("form")),
    ]
    assert not [each for each in addresses if any(word in each for word in ("60614", "need", "harbor"))]


def test_links_may_carry_a_search(client: FlaskClient) -> None:
    assert "Harbor Detox Center" in client.get("/search?near=60614&need=detox").text


def test_a_number_for_texts_is_shown_only_if_there_is_one(parts: web.Services, client: FlaskClient) -> None:
    assert "312-555-0199" not in client.get("/").text
    texting = replace(parts, settings=replace(parts.settings, twilio_from="+13125550199"))
    page = read(fakes.app_over(texting).test_client().get("/").text)
    assert "sms:+13125550199" in page.links()
    assert "312-555-0199" in page.words


def test_an_empty_search_shows_the_form(look: Look) -> None:
    assert "Find help near you" in look("/search").words


# Results


def test_a_result_says_how_far_whether_open_how_to_call_and_how_to_get_in(look: Look) -> None:
    page = look(near="60614", need="detox")
    for words in (
        "1 place near 60614 (Chicago, IL)",
        "Harbor Detox Center",
        "2.6 mi",
        "Open 24 hours, every day",
        "400 W Harbor Dr",
        "Why this one: Open now. Walk in. Checked 20 days ago.",
        "No ID needed",
        "Takes Medicaid",
        "Source: State list of 2022",
    ):
        assert words in page.words
    assert "tel:+13125550111" in page.links()
    assert "sms:+13125550112" in page.links()


def test_a_result_is_headed_by_who_runs_it_and_says_the_service(look: Look) -> None:
    page = look(near="60614", need="detox")
    assert [tag.words for tag in page.all("h2") if "article" in tag.inside] == ["Harbor Health"]
    assert "Harbor Health Harbor Detox Center 2.6 mi" in page.words


def test_a_fax_is_no_number_to_call(client: FlaskClient) -> None:
    assert "0113" not in client.get(f"/services/{DETOX}").text


def test_an_old_list_says_call_first(look: Look) -> None:
    assert "Listed 2022, call first" in look(near="60614", need="food").words


def test_a_service_is_listed_at_each_of_its_doors(look: Look) -> None:
    page = look(near="60614", need="food")
    assert "12 River St" in page.words
    assert "90 Lake Ave" in page.words


def test_an_answer_that_nobody_gave_is_a_question_to_ask(look: Look) -> None:
    page = look(near="60614", need=["dv_services", "detox"], walk_in="yes")
    assert page.words.index("Harbor Detox") < page.words.index("Safe House")
    assert "Ask: Can I just walk in?" in page.words


def test_a_no_that_spares_the_way_is_said(look: Look) -> None:
    assert "Call to get an appointment" in look(near="chicago", need="jobs").words


def test_a_private_place_shows_no_street_and_no_distance(client: FlaskClient, look: Look) -> None:
    page = look(near="60614", need="dv_services")
    assert "The address is kept private. Call first." in page.words
    whole = page.words + client.get(f"/services/{SAFE}").text
    assert "Secret" not in whole


def test_a_misread_place_is_said(look: Look) -> None:
    assert "We read “chcago” as Chicago, IL." in look(near="chcago", need="food").words


def test_a_name_of_several_places_is_asked_about_and_the_answer_is_kept(
    look: Look, client: FlaskClient
) -> None:
    page = look(near="springfield", need="food")
    assert "Which place do you mean?" in page.words
    buttons = [tag.words.strip() for tag in page.all("button")]
    assert {"Springfield, IL", "Springfield, MO"} <= set(buttons)
    latitudes, longitudes = page.fields("lat"), page.fields("lng")
    chosen = {"near": "springfield", "need": "food", "lat": latitudes[1], "lng": longitudes[1]}
    assert "Springfield, MO" in look(**chosen).words
    assert "Chicago, IL" in look(**{**chosen, "near": "chicago"}).words, "new words win over an old choice"


def test_a_place_we_do_not_know_keeps_the_form_filled(look: Look) -> None:
    page = look(near="Atlantis", need="food", walk_in="yes")
    assert "We could not find “Atlantis”" in page.words
    assert page.fields("near") == ["Atlantis"]
    assert [tag["value"] for tag in page.all("input") if "checked" in tag.attributes] == ["food", "yes"]
    field = next(tag for tag in page.all("input") if tag["name"] == "near")
    assert field["aria-invalid"] == "true"
    assert "near-fault" in field["aria-describedby"]


def test_a_circle_that_grew_says_so(look: Look) -> None:
    far = look(near="chicago", need="jobs").words
    assert "Nothing within 25 miles. Showing up to 100 miles." in far
    one = look(near="60614", need="detox", radius="2").words
    assert "Nothing within 2 miles. Showing the nearest, however far." in one
    few = look(near="60614", need="food", radius="2").words
    assert "Only a few places within 2 miles." in few


def test_without_a_place_the_list_asks_for_one(look: Look) -> None:
    page = look(need="food")
    assert "Add a ZIP code or city" in page.words
    assert "Riverside Food Pantry" in page.words


def test_no_result_offers_fewer_wishes_and_people_who_answer(look: Look) -> None:
    page = look(near="60614", need="transport", pets="yes")
    assert "No place found near 60614" in page.words
    assert "Take off one of the things you asked for" in page.words
    for number in ("tel:211", "tel:988", "tel:+18006624357"):
        assert number in page.links()


def test_each_thing_asked_for_can_be_taken_off(look: Look) -> None:
    page = look(
        near="60614", need=["food", "detox"], walk_in="yes", open_now="on", language="es", age="20", q="free"
    )
    taken = {
        tag["value"]: tag.words.partition(":")[0].strip()
        for tag in page.all("button")
        if tag["name"] == "without"
    }
    assert taken == {
        "need=detox": "Detox (safe withdrawal care)",
        "need=food": "Food",
        "q=free": "“free”",
        "open_now=true": "Open now",
        "walk_in=yes": "Walk in, no appointment",
        "language=es": "Speaks Spanish",
        "age=20": "Age 20",
    }
    again = page.form("again")
    for value in taken:
        name, _, wish = value.partition("=")
        left = look(**again, without=value).form("again")
        assert wish not in left.get(name, [])
        assert {other for other in again if other != name} <= set(left)


def test_the_form_above_a_list_is_filled_with_what_was_asked(look: Look) -> None:
    page = look(near="60614", need="food", id_needed="false", radius="50")
    checked = [(tag["name"], tag["value"]) for tag in page.all("input") if "checked" in tag.attributes]
    assert checked == [("need", "food"), ("id_needed", "no")]
    assert [tag["value"] for tag in page.all("option") if "selected" in tag.attributes] == ["50"]


def test_a_long_list_comes_in_pages(look: Look) -> None:
    first = look(near="chicago", need="housing")
    assert "12 places near Chicago, IL" in first.words
    assert "Page 1 of 2" in first.words
    second = look(**first.form("again"), page="2")
    assert "Page 2 of 2" in second.words
    names = [
        {tag.words.strip() for tag in page.all("h2") if "Maple" in tag.words} for page in (first, second)
    ]
    assert (len(names[0]), len(names[1]), names[0] & names[1]) == (10, 2, set())
    assert [tag["start"] for tag in second.all("ol") if tag["start"]] == ["11"]


def test_a_page_after_the_last_leads_back_to_the_first(look: Look) -> None:
    page = look(near="chicago", need="housing", page="9")
    notes = [tag.words for tag in page.all("p") if tag["class"] == "notice"]
    assert notes == ["There is no page 9. The last page is 2."]
    assert "What you can try" not in page.words
    [back] = [tag for tag in page.all("button") if tag["name"] == "page"]
    assert (back["value"], back.words) == ("1", "Go to page 1")
    assert look(**page.form(back["form"]), page="1").all("article")


def test_made_up_places_are_marked_wherever_they_are_shown(look: Look) -> None:
    results = look(near="chicago", need="housing")
    assert results.words.count("Demonstration: not a real place") == 10
    assert "This is a demonstration." in results.words
    assert "This place is made up." in look(f"/services/{fakes.made_id('service', 'home1')}").words
    assert "This is a demonstration." in look("/").words
    assert "demonstration, made up" in look("/about").words
    assert "emonstration" not in look(near="60614", need="detox").words


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"near": "60614", "radius": "far"}, "Pick how far from the list."),
        ({"near": "60614", "age": "old"}, "Type the age as a number, like 17."),
        ({"near": "60614", "need": "gold"}, "Pick what you need from the list."),
        ({"near": "6" * 300}, "Type a ZIP code or a city"),
        ({"near": "60614", "page": "-1"}, "We could not read a part of your search."),
        ({"lat": "41"}, "We could not read a part of your search."),
        ({"near": "60614", "walk_in": "maybe"}, "We could not read a part of your search."),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
)
def test_a_value_that_cannot_be_read_shows_the_form_again(
    look: Look, form: dict[str, str], words: str
) -> None:
    page = look(status=400, **form)
    assert words in page.words
    assert page.fields("near") == [form.get("near", "")]


names = st.sampled_from([
    "near", "lat", "lng", "radius", "q", "need", "open_now", "open_at", "language", "age", "page", "per_page",
    "sort", "min_results", "without", "also", "farther", "gender", "medication", "verified_within", "serves_zip", "lang", "search", "walk_in", "id_needed", "proximity", "x",
])  # fmt: skip
values = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "60614",
            "springfield",
            "food",
            "yes",
            "true",
            "41.9",
            "-87.6",
            "nan",
            "1e9",
            "need=food",
            "es",
            "30",
        ]
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=st.lists(st.tuples(names, values), max_size=8), by_post=st.booleans())
def test_nothing_a_stranger_sends_breaks_a_search(
    client: FlaskClient, form: list[tuple[str, str]], by_post: bool
) -> None:
    sent: dict[str, list[str]] = {}
    for name, value in form:
        sent.setdefault(name, []).append(value)
    answer = client.post("/search", data=sent) if by_post else client.get("/search", query_string=sent)
    assert answer.status_code in (200, 400)
    other = client.post(f"/services/{DETOX}", data=sent)
    assert other.status_code == 200
