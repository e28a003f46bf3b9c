"""One place in full: by its number, or by a question about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.intents import detail
from bot.model import State
from tests.bot.phrases import understand
from tests.bot.town import Person, world
from tests.understanding.reader import reader


def test_a_number_gives_the_details(known: Person) -> None:
    known.texts("detox 60614")
    assert known.texts("1") == [
        "Cedar Lake Recovery Center: Detox\n2200 N Halsted St, Chicago 60614\nCall 312-555-0101\n"
        "Open now, until 5 PM\nWalk in, no appointment. Takes Medicaid. No ID needed.\n"
        "Listed 2022, call first\nBACK for the list, or MENU."
    ]


def test_the_details_link_to_the_page_if_we_have_a_public_address() -> None:
    person = Person(world(understand, public_url="https://help.example.org"), State(greeted=True))
    person.texts("detox 60614")
    assert "https://help.example.org/services/s-1" in person.texts("1")[0]


def test_a_place_without_a_public_address_does_not_give_one_out(known: Person) -> None:
    known.texts("he hits me 60614")
    assert "Address not given" in known.texts("1")[0]


def test_a_question_about_places_on_a_list_asks_which_and_the_need_stays(known: Person) -> None:
    known.world = world(reader())
    known.texts("detox 60614")
    assert known.texts("how do i get there")[0].startswith("Text the number of the place, 1-3:")
    assert known.state.needs == ("detox",)
    assert known.texts("1")[0].startswith("Cedar Lake Recovery Center")


def test_what_no_listing_answers_is_said_and_whom_to_ask(known: Person) -> None:
    known.world = world(reader())
    known.texts("detox 60614")
    assert known.texts("do they take people from jail") == [detail.ASK_THEM % {"last": 3}]
    assert known.state.needs == ("detox",)


def test_a_question_about_the_place_we_told_of_gets_all_we_know_and_whom_to_ask(known: Person) -> None:
    known.texts("detox 60614")
    full = known.texts("2")[0]
    for ask in ("how do i get there", "is it free"):
        assert known.texts(ask) == [f"{detail.ALL_WE_KNOW}\n{full}"]


def test_a_question_about_the_only_place_is_answered_at_once(known: Person) -> None:
    known.texts("he hits me 60614")
    assert "Safe Rooms" in known.texts("how do i get there")[0]


def test_a_question_that_narrows_a_list_narrows_it(known: Person) -> None:
    known.texts("detox 60614")
    assert known.texts("is it free")[0].startswith("Detox near")


def test_without_a_list_a_way_there_is_a_ride(known: Person) -> None:
    assert known.texts("how do i get there")[0].startswith("Rides: where?")


def test_a_late_number_still_means_the_last_list(known: Person) -> None:
    known.texts("detox 60614")
    for ask in ("blah", "privacy", "hi", "menu"):
        known.texts(ask)
    assert known.texts("2")[0].startswith("Gateway to Hope")


def test_a_number_without_a_list_says_what_to_text(known: Person) -> None:
    assert known.texts("2") == [detail.NO_LIST]


def test_a_number_beyond_the_list_says_which_there_are(known: Person) -> None:
    known.texts("detox 60614")
    assert known.texts("9") == [detail.NUMBER_OUT % {"last": 3}]


def test_a_place_that_is_gone_brings_the_list_again(known: Person) -> None:
    known.texts("detox 60614")
    known.state = replace(known.state, shown=("at-gone",))
    assert known.texts("1")[0] == detail.GONE


def test_a_question_that_ends_with_a_number_is_about_that_place(known: Person) -> None:
    second = known.texts("food 60614")[0].split("\n2 ")[1].split(",")[0]
    assert known.texts("how far is 2")[0].startswith(second[:12])


@pytest.mark.parametrize(
    "asked", ["is 2 open on sunday", "do they take kids at number 2", "#2 do they take dogs"]
)
def test_a_question_that_names_a_number_is_about_that_place(asked: str) -> None:
    person = Person(world(reader()))
    second = person.texts("food 60614")[0].split("\n2 ")[1].split(",")[0]
    person.texts("1")
    assert person.texts(asked)[0].startswith(second[:12])


def test_a_question_about_a_number_beyond_the_list_is_about_none() -> None:
    person = Person(world(reader()))
    person.texts("food 60614")
    person.texts("1")
    assert person.texts("how far is 9")[0] == detail.WHICH % {"last": len(person.state.shown)}


def test_an_hour_is_no_number_of_a_place() -> None:
    person = Person(world(reader()))
    first = person.texts("food 60614")[0].split("\n1 ")[1].split(",")[0]
    person.texts("1")
    assert person.texts("are they open at 2")[0].startswith(first[:12])
