"""What the results page says of its answer: why this one, what was read, how to narrow it down."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from msgspec import structs

import web
from directory.answers import Facet, Query, Results, Understood
from directory.model import Precision
from tests.web import fakes
from tests.web.reading import Page, read
from web.api import _note
from web.cards import card, gives
from web.narrowing import MOST

Look = Callable[..., Page]


class Answers:
    """The town's search, with what it found changed on the way out."""

    def __init__(self, parts: web.Services, **changed: Any) -> None:
        self._directory, self._changed = parts.directory, changed
        self.asked: list[Query] = []

    def search(self, query: Query) -> Results:
        self.asked.append(query)
        changed = {**self._changed}
        place = changed.pop("place", query.place)
        return replace(self._directory.search(query), query=structs.replace(query, place=place), **changed)


@pytest.fixture
def answering(parts: web.Services) -> Callable[..., Callable[..., Page]]:
    """`answering(field=value)(near=…)`: the page for results whose fields were changed."""

    def changed(**fields: Any) -> Callable[..., Page]:
        over = replace(parts, directory=Answers(parts, **fields))  # type: ignore[arg-type]
        client = fakes.app_over(over).test_client()
        return lambda **form: read(client.post("/search", data=form).text)

    return changed


def whys(page: Page) -> list[str]:
    return [" ".join(tag.words.split()) for tag in page.all("p") if tag["class"] == "why"]


def narrower(page: Page) -> dict[str, str]:
    """The buttons that narrow, by what they add."""
    return {tag["value"]: " ".join(tag.words.split()) for tag in page.all("button") if tag["name"] == "also"}


# Why this one


def test_a_result_says_why_it_stands_there_and_no_more_than_once(look: Look) -> None:
    page = look(near="60614", need="detox")
    assert whys(page) == ["Why this one: Open now. Walk in. Checked 20 days ago."]
    article = next(tag.words for tag in page.all("article"))
    assert "Walk in, no appointment" not in article
    assert "Checked Nov 3" not in article


def test_a_result_with_nothing_else_to_say_tells_what_it_helps_with(look: Look) -> None:
    assert "Why this one: Helps with: Legal help." in whys(look(near="chicago", need="legal", radius="50"))


def test_a_name_that_was_typed_is_a_reason(look: Look) -> None:
    assert whys(look(near="60614", q="harbor health"))[0].startswith(
        "Why this one: It has the name you typed."
    )


def test_at_another_time_open_is_not_said_to_be_now(look: Look) -> None:
    (why,) = whys(look(near="60614", need="detox", open_at="2026-11-24T03:00"))
    assert "Open then." in why
    assert "Open now." not in why


def test_a_card_says_what_is_open_at_the_time_that_was_asked_about(look: Look) -> None:
    page = look(near="chicago", q="elm street outpatient", open_at="2026-11-24T10:00")
    states = [" ".join(tag.words.split()) for tag in page.all("span") if tag["class"].startswith("openness")]
    assert states == ["Open then, until 5 PM"]
    assert "Open now" not in next(tag.words for tag in page.all("article"))
    chips = [tag.words for tag in page.all("button") if tag["value"].startswith("open_at=")]
    assert [chip.rpartition(":")[0].strip() for chip in chips] == ["Open on Nov 24, 2026, 10 AM"]


def test_reasons_are_said_in_the_language_of_the_page(client: FlaskClient) -> None:
    form = {"near": "60614", "need": "detox", "lang": "es"}
    page = read(client.post("/search", data=form).text)
    assert whys(page) == ["Por qué este: Abierto ahora. Llegue sin cita. Revisado hace 20 días."]


# What was read


def test_words_that_mean_a_need_are_said_back(look: Look) -> None:
    page = look(near="60614", q="food pantry")
    assert "Looking for: Food." in page.words
    assert "Looking for" not in look(near="60614", need="food").words, "it was picked, not read"
    assert "Looking for" not in look(near="60614", need="food", q="food").words


def test_a_wish_in_the_words_is_said_back(answering: Callable[..., Look]) -> None:
    read_as = Understood(wishes={"medication": "methadone", "open_now": "yes"})
    page = answering(understood=read_as)(near="60614", q="x")
    assert "Looking for: Methadone, Open now." in page.words


def test_what_cannot_be_looked_for_is_said(answering: Callable[..., Look]) -> None:
    page = answering(understood=Understood(unused=("no methadone", "not a rehab")))(near="60614", q="x")
    assert "We could not look for “no methadone, not a rehab”. Ask when you call." in page.words


def test_a_mended_word_is_shown_beside_what_was_typed(look: Look) -> None:
    assert "Showing results for “shelter”. You typed “shleter”." in look(near="60614", q="shleter").words


def test_a_place_in_the_words_is_said_and_filled_in(answering: Callable[..., Look]) -> None:
    page = answering(place=fakes.HERE)(q="food chicago")
    assert "near Chicago, IL" in page.all("h1")[0].words
    assert "We read the place as Chicago, IL." in page.words
    assert "Add a ZIP code" not in page.words
    assert [tag["value"] for tag in page.all("input") if tag["id"] == "near"] == ["Chicago, IL"]
    assert page.form("again").get("near") is None, "the next page asks the same question"


@pytest.mark.parametrize(
    ("q", "rest"),
    [("detox Springfield", "detox"), ("help springfield", "help"), ("services Springfield", "services")],
)
def test_a_city_of_which_there_are_several_is_asked_about_in_one_box_too(
    look: Look, q: str, rest: str
) -> None:
    page = look(q=q)
    assert "Which place do you mean?" in page.words
    assert "There is more than one “Springfield”." in page.words
    assert [tag["value"] for tag in page.all("input") if tag["name"] == "lat"] == ["39.8", "37.21"]
    assert {tag["value"] for tag in page.all("input") if tag["name"] == "q"} == {rest}


@pytest.mark.parametrize("q", ["haymarket springfield", "detox", "detox in ohio"])
def test_words_beside_it_that_may_be_a_name_are_looked_for(look: Look, q: str) -> None:
    assert "Which place do you mean?" not in look(q=q).words


@pytest.mark.parametrize(
    ("miles", "note"),
    [
        (61.2, "The nearest place is 61 mi away. Help by phone or online comes first."),
        (None, "We found no place to go to. Here is help by phone or online."),
    ],
)
def test_a_long_way_is_said_before_it_is_gone(
    answering: Callable[..., Look], miles: float | None, note: str
) -> None:
    page = answering(nearest_miles=miles)(near="60614", need="id_documents")
    assert note in page.words
    assert page.words.count("away") + page.words.count("found no place") == 1


@pytest.mark.parametrize("radius", [None, 25.0])
def test_where_nothing_nearer_answers_by_phone_the_free_lines_below_do(
    answering: Callable[..., Look], radius: float | None
) -> None:
    page = answering(nearest_miles=72.0, radius=radius)(near="60614", need="food")
    assert "The nearest place is 72 mi away. The free lines below the list answer by phone." in page.words
    assert page.words.index("72 mi away") < page.words.index("Talk to a person, free")


def test_a_near_place_needs_no_note_on_the_way(look: Look) -> None:
    assert "nearest place" not in look(near="60614", need="food").words


def test_a_medicine_in_the_words_that_a_place_does_not_name_is_asked_for(
    look: Look, client: FlaskClient
) -> None:
    page = look(near="60614", q="methadone")
    assert "Looking for: Medicine for opioid use, Methadone." in page.words
    assert "Ask if they give this medicine: Methadone" in page.words
    answer = client.get("/api/service_at_locations?near=60614&search=methadone").get_json()
    assert [each["unsaid"] for each in answer["contents"]] == [["medication"]]


def test_every_wish_that_a_place_leaves_open_is_asked_about(look: Look) -> None:
    words = look(near="60614", need="legal", medication="naltrexone", gender="women", language="pl").words
    assert "Ask if they give this medicine: Naltrexone (Vivitrol)" in words
    assert "Ask: Takes women" in words
    assert "Ask for someone who speaks your language" in words


def test_words_that_are_looked_for_beside_a_need_are_said_back(look: Look) -> None:
    assert "Looking for: Food, “riverside”." in look(near="60614", q="food riverside").words
    assert "Looking for" not in look(near="60614", q="riverside hall").words, "that is what was typed"


def test_a_word_that_no_place_has_is_named(look: Look, client: FlaskClient) -> None:
    page = look(near="60614", q="food riverside xyzzy")
    assert "No place here has “xyzzy”. These have the rest of what you asked for." in page.words
    assert "Looking for: Food, “riverside”." in page.words
    answer = client.get("/api/service_at_locations?near=60614&search=food+riverside+xyzzy").get_json()
    assert (answer["any_word"], answer["words"]) == (True, ["riverside", "xyzzy"])
    assert answer["missing_words"] == ["xyzzy"]


def test_words_that_no_place_has_together_are_named_where_they_lack(look: Look) -> None:
    page = look(near="60614", q="harbor elm")
    assert "No place has all your words. These have some of them." in page.words
    assert {said.rpartition("It does not say ")[2] for said in whys(page)} == {"“elm”.", "“harbor”."}


# Narrow down


def test_each_choice_says_how_many_and_makes_the_list_shorter(look: Look) -> None:
    page = look(near="60614", need=["food", "detox", "dv_services"])
    total = len(page.all("article"))
    choices = narrower(page)
    assert choices["walk_in=yes"].startswith("Walk in, no appointment (")
    assert len(choices) <= MOST
    for value, label in choices.items():
        count = int(re.sub(r" says? yes$", "", label.rpartition("(")[2].strip(")")))
        assert 0 < count < total
        name, _, wish = value.partition("=")
        narrowed = look(**page.form("again"), also=value)
        assert narrowed.form("again")[name] == [wish]
        assert 0 < len(narrowed.all("article")) <= total
        assert value not in narrower(narrowed), "asked for already"


def test_a_second_need_would_make_the_list_longer_and_is_not_offered(look: Look) -> None:
    assert any(value.startswith("need=") for value in narrower(look(near="60614")))
    assert not any(value.startswith("need=") for value in narrower(look(near="60614", need="food")))


@pytest.mark.parametrize(
    ("facet", "value"),
    [
        (Facet("walk_in", "yes", 2), "walk_in=yes"),
        (Facet("id_needed", "no", 1), "id_needed=no"),
        (Facet("women", "yes", 1), "gender=women"),
        (Facet("medication", "methadone", 1, 2), "medication=methadone"),
        (Facet("open_now", "yes", 1), "open_now=true"),
        (Facet("language", "zh-Hans", 1), "language=zh-Hans"),
        (Facet("walk_in", "yes", 3), None),  # all of them
        (Facet("walk_in", "yes", 0, 3), None),
        (Facet("walk_in", "no", 1), None),  # nobody asks for that
        (Facet("id_needed", "yes", 1), None),
        (Facet("faith_based", "yes", 1), None),
        (Facet("language", "en", 1), None),  # spoken everywhere
        (Facet("language", "sign language", 1), None),  # no code
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_only_what_helps_a_person_and_shortens_the_list_is_offered(
    answering: Callable[..., Look], facet: Facet, value: str | None
) -> None:
    page = answering(facets=(facet,), total=3)(near="60614")
    assert list(narrower(page)) == ([value] if value else [])


@pytest.mark.parametrize(
    ("facet", "said"),
    [
        (Facet("walk_in", "yes", 2, 5), "Walk in, no appointment (2 say yes)"),
        (Facet("walk_in", "yes", 1, 5), "Walk in, no appointment (1 says yes)"),
        (Facet("medication", "methadone", 3, 17), "Methadone (3 say yes)"),
        (Facet("need", "food", 4), "Food (4)"),
    ],
)
def test_the_number_of_a_choice_says_what_it_counts(
    answering: Callable[..., Look], facet: Facet, said: str
) -> None:
    page = answering(facets=(facet,), total=20)(near="60614")
    assert list(narrower(page).values()) == [said]


def test_after_the_press_a_line_parts_who_says_yes_from_who_does_not_say(look: Look) -> None:
    form = {"near": "60614", "need": ["food", "detox", "dv_services"]}
    choice = narrower(look(**form))["walk_in=yes"]
    page = look(**form, walk_in="yes")
    yes, silent = [], []
    for tag in page.tags:
        if tag["class"] == "part":
            current = {"They say yes": yes, "They do not say: call first": silent}[tag.words]
        elif tag.name == "article":
            current.append(tag.words)
    assert choice == f"Walk in, no appointment ({len(yes)} say yes)"
    assert all("Walk in" in words for words in yes)
    assert all("Ask: " in words for words in silent)
    said = f"{len(yes)} places say yes to all you asked for. {len(silent)} place does not say."
    assert [tag.words for tag in page.all("p") if tag["class"] == "notice"][-1] == said
    assert {tag.name for tag in page.tags if tag["class"] == "name"} == {"h3"}
    assert [tag["start"] for tag in page.all("ol")] == ["1", str(len(yes) + 1)]


def test_where_nobody_says_yes_that_is_said_and_no_line_drawn(look: Look) -> None:
    page = look(near="60614", need="legal", walk_in="yes")
    assert "No place here says yes to all you asked for. Call first." in page.words
    assert not [tag for tag in page.tags if tag["class"] == "part"]


def test_where_all_say_yes_there_is_nothing_to_part(look: Look) -> None:
    page = look(near="60614", need="detox", walk_in="yes")
    assert "all you asked for" not in page.words
    assert not [tag for tag in page.tags if tag["class"] == "part"]


def test_every_choice_is_one_that_the_search_takes(look: Look) -> None:
    page = look(near="60614")
    for value in narrower(page):
        assert look(**page.form("again"), also=value).all("h1")


def test_choices_are_counted_only_for_a_list(parts: web.Services) -> None:
    answers = Answers(parts)
    client = fakes.app_over(replace(parts, directory=answers)).test_client()  # type: ignore[arg-type]
    client.post("/search", data={"near": "60614", "lang": "es"})
    client.get("/api/service_at_locations?near=60614")
    assert [(query.count_facets, query.language) for query in answers.asked] == [(True, "es"), (False, "")]


# The form


def test_the_new_filters_are_in_the_form_and_stay_filled(look: Look) -> None:
    wishes = {"gender": "women", "medication": "methadone", "verified_within": "90"}
    page = look(near="60614", **wishes)
    chosen = {tag["value"] for tag in page.all("option") if "selected" in tag.attributes}
    assert set(wishes.values()) <= chosen
    again = page.form("again")
    assert {key: again[key] for key in wishes} == {key: [value] for key, value in wishes.items()}


@pytest.mark.parametrize(
    ("form", "chip"),
    [
        ({"gender": "women"}, "Takes women"),
        ({"medication": "methadone"}, "Methadone"),
        ({"verified_within": "365"}, "Checked in the last 365 days"),
        ({"serves_zip": "60614"}, "Takes people from 60614"),
        ({"source": "listed"}, "Only from State list of 2022"),
        ({"source": "nobody"}, "Only from nobody"),
        ({"organization_id": fakes.made_id("org", "h")}, "Only from Harbor Health"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_each_filter_is_said_in_words(look: Look, form: dict[str, str], chip: str) -> None:
    chips = [
        tag.words.partition(":")[0].strip() for tag in look(**form).all("button") if tag["name"] == "without"
    ]
    assert chips == [chip]


# Suggestions


def suggested(client: FlaskClient, **form: str) -> list[dict[str, str]]:
    answer = client.post("/suggest", data=form)
    assert answer.status_code == 200
    found: list[dict[str, str]] = answer.get_json()["suggestions"]
    return found


def test_a_beginning_becomes_needs_and_names(client: FlaskClient) -> None:
    assert {"kind": "need", "text": "Food", "code": "food"} in suggested(client, q="foo")
    assert {"kind": "name", "text": "Harbor Detox Center", "code": ""} in suggested(client, q="harb")
    assert {"kind": "need", "text": "Comida", "code": "food"} in suggested(client, q="foo", lang="es")


@pytest.mark.parametrize("typed", ["", " ", "x" * 5000, "مساعدة", "\x00", "-1", "'; --"])
def test_whatever_is_typed_is_answered_and_stands_in_no_address(client: FlaskClient, typed: str) -> None:
    assert isinstance(suggested(client, q=typed), list)
    assert client.get("/suggest", query_string={"q": typed}).status_code == 405


def test_the_search_field_completes_from_a_list_of_ours(client: FlaskClient, look: Look) -> None:
    field = next(tag for tag in look("/").all("input") if tag["id"] == "q")
    script = client.get(field["data-phrases"])
    assert script.mimetype == "text/javascript"
    assert '["Food",' in script.text
    assert "food pantry" in script.text
    assert "addict" not in script.text
    assert '"Comida"' in client.get("/phrases/es.js").text
    assert "Set-Cookie" not in script.headers
    assert client.get("/phrases/xx.js").status_code == 404


# For programs


def test_the_note_of_the_api_is_that_of_the_page(parts: web.Services) -> None:
    found = parts.directory.search(Query(place=fakes.HERE, needs=frozenset({"id_documents"})))
    assert _note(replace(found, nearest_miles=61.2)) == (
        "The nearest door is 61 miles away: these answer by phone."
    )
    assert _note(replace(found, nearest_miles=None)) == "There is no door to go to: these answer by phone."
    assert _note(replace(found, nearest_miles=3.0)) is None
    by_foot = parts.directory.search(Query(place=fakes.HERE, needs=frozenset({"food"})))
    assert _note(replace(by_foot, nearest_miles=72.0)) == "The nearest door is 72 miles away."


def test_a_day_ahead_is_today(parts: web.Services) -> None:
    from web.why import _checked

    with fakes.app_over(parts).test_request_context():
        assert _checked(date(2026, 11, 24), date(2026, 11, 23)) == "Checked today."
        assert _checked(date(2026, 11, 22), date(2026, 11, 23)) == "Checked 1 day ago."


def test_a_card_says_which_medicines_are_given(parts: web.Services) -> None:
    [hit] = parts.directory.search(Query(text="Harbor Detox Center", per_page=1)).hits
    given = replace(hit.listing, service=replace(hit.listing.service, source_codes=("MM", "NU")))
    with fakes.app_over(parts).test_request_context():
        assert gives(given) == ("Gives: Methadone, Naltrexone (Vivitrol)",)
        assert gives(replace(given, service=replace(given.service, source_codes=()))) == ()


@pytest.mark.parametrize(
    ("miles", "said"),
    [(0.0, "near, by ZIP code"), (0.05, "near, by ZIP code"), (7.7, "about 7.7 mi, by ZIP code")],
)
def test_how_far_a_place_is_that_is_known_by_its_zip_code(
    parts: web.Services, miles: float, said: str
) -> None:
    [hit] = parts.directory.search(Query(text="Harbor Detox Center", per_page=1)).hits
    by_zip = replace(hit.listing.location, precision=Precision.ZIP)
    hit = replace(hit, listing=replace(hit.listing, location=by_zip), distance_miles=miles)
    with fakes.app_over(parts).test_request_context():
        assert card(hit, fakes.NOW).distance == said


def test_a_card_says_that_a_place_is_for_veterans(parts: web.Services) -> None:
    [hit] = parts.directory.search(Query(text="Harbor Detox Center", per_page=1)).hits
    service = replace(hit.listing.service, source_codes=("VAMC",))
    theirs = replace(hit, listing=replace(hit.listing, service=service))
    with fakes.app_over(parts).test_request_context():
        assert card(theirs, fakes.NOW).facts[0] == "For veterans"
        assert "For veterans" not in card(hit, fakes.NOW).facts
