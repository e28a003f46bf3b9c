"""A question about a place gets what was asked, not all that we know; and what we do not know is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import answer_texts
from bot.intents import detail, fear, menu
from bot.listing_texts import BACK
from bot.model import About, Channel, Intent, Meaning, State
from bot.segments import measure
from bot.speech import within
from bot.talk import Talk
from directory.access import ACCESS
from directory.model import Answer, Fact, RequiredDocument
from tests.bot.town import LINCOLN_PARK, TOWN, Person, Town, meaning_always, world
from tests.understanding.reader import reader
from translations import languages

CEDAR_LAKE = TOWN[0][0]


@pytest.fixture
def told() -> Person:
    """Somebody who was told of Cedar Lake in full."""
    person = Person(world(reader()))
    person.texts("detox 60614")
    assert "2200 N Halsted St" in person.texts("1")[0]
    return person


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what time do they open", "Open now, until 5 PM"),
        ("are they open right now", "Open now, until 5 PM"),
        ("do i need an id", "No ID needed."),
        ("is it free", "Takes Medicaid."),
        ("how much does it cost", "Takes Medicaid."),
        ("how do i get there", "2200 N Halsted St"),
        ("can i just walk in", "Walk in, no appointment."),
        ("what is their number", "Call 312-555-0101"),
        ("can i bring my dog", answer_texts.UNSAID),
        ("do they have beds", answer_texts.UNSAID),
        ("do they take kids", answer_texts.UNSAID),
    ],
)
def test_what_was_asked_is_answered_and_the_rest_is_left_out(
    told: Person, question: str, answer: str
) -> None:
    (text,) = told.texts(question)
    assert answer in text
    assert "Cedar Lake" in text
    assert "312-555-0101" in text
    assert text.endswith(BACK)
    assert measure(text).segments == 1
    assert text.count("\n") <= 4


def test_the_number_of_a_place_is_known_even_where_nothing_else_is(told: Person) -> None:
    assert answer_texts.UNSAID not in told.texts("what is their number")[0]


def test_a_question_may_be_followed_by_another_and_by_the_list(told: Person) -> None:
    told.texts("are they open sunday")
    assert "No ID needed." in told.texts("do i need an id")[0]
    assert "Gateway to Hope" in told.texts("back")[0]


def test_a_number_says_of_which_place_it_is_asked(told: Person) -> None:
    (text,) = told.texts("how far is 2")
    assert "Gateway to Hope" in text
    assert "3300 N Ashland Ave" in text


def test_whether_a_place_speaks_a_language_asks_for_none_from_us(told: Person) -> None:
    assert "Cedar Lake" in told.texts("do they speak spanish")[0]
    assert told.state.language == "en"


def test_a_question_that_we_cannot_place_brings_all_we_know(told: Person) -> None:
    assert told.texts("is it any good")[0].startswith(detail.ALL_WE_KNOW)


def test_fees_documents_and_waits_are_told_in_the_words_of_the_place(told: Person) -> None:
    service = replace(
        CEDAR_LAKE.service,
        fees_description="Free for\n residents of Cook County.",
        wait_time="About 2 days",
        required_documents=(RequiredDocument(id="d1", document="Proof of address"),),
        access={**CEDAR_LAKE.service.access, "no_pay": Fact(Answer.YES)},
    )
    listing = replace(CEDAR_LAKE, service=service)
    told.world = replace(told.world, directory=Town(((listing, *TOWN[0][1:]), *TOWN[1:])))
    assert (
        "OK if you cannot pay.\nTakes Medicaid.\nFree for residents of Cook County."
        in told.texts("is it free")[0]
    )
    assert "No ID needed.\nProof of address" in told.texts("what should i bring")[0]
    assert "About 2 days" in told.texts("how long is the wait")[0]


def test_whether_a_place_tells_police_is_not_known_and_what_we_do_is(told: Person) -> None:
    assert told.texts("do they call the cops") == [fear.TRUTH_OF_A_PLACE]
    assert Person(world(reader()), State(greeted=True)).texts("do you call the cops") == [fear.TRUTH]


def test_what_it_costs_is_what_we_cost_unless_a_place_was_told(told: Person) -> None:
    new = Person(world(reader()), State(greeted=True))
    assert new.texts("does this cost anything") == [menu.FREE_TEXT % {"site": "Openway"}]
    assert "Takes Medicaid." in told.texts("is this free")[0]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("asked", [*About, *ACCESS])
def test_every_answer_fits_in_every_language_and_holds_the_number(language: str, asked: str) -> None:
    state = State(language=language, place=LINCOLN_PARK)
    asks = Meaning(Intent.ABOUT)
    talk = Talk("?", asks, state, world(meaning_always(asks)), Channel.SMS)
    for listing, _, _ in TOWN:
        hit = talk.world.directory.hit(listing.id, LINCOLN_PARK)
        assert hit is not None
        text = talk.draft(answer_texts.drafts(talk, hit, (asked,)), answer_texts.BUDGET).text
        assert within(text, answer_texts.BUDGET)
        assert listing.location.phones == () or "555-01" in text
