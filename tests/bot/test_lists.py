"""The list of places: moving through it, narrowing it, and what is said where there is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation import respond
from bot.intents import detail, find, lost, menu, paging
from bot.model import Channel, Intent, Meaning, State, Waiting
from bot.speech import economical
from directory.answers import Query, Results, Sort
from directory.model import Point, ServiceArea
from tests.bot.phrases import understand
from tests.bot.town import LINCOLN_PARK, Person, Town, meaning_always, world
from tests.understanding.reader import reader
from tests.worlds import entry, searchable
from translations import catalogue


def test_more_and_back_walk_through_the_list(known: Person) -> None:
    first = known.texts("detox 60614")
    assert "North Shore Detox" in known.texts("more")[0]
    assert known.texts("more") == [find.THE_END]
    assert known.texts("1")[0].startswith("North Shore Detox")
    assert "North Shore Detox" in known.texts("back")[0]
    assert known.texts("back") == first


@pytest.mark.parametrize("ask", ["more", "back"])
def test_moving_without_a_list_says_what_to_text(known: Person, ask: str) -> None:
    assert known.texts(ask) == [detail.NO_LIST]


def test_new_starts_over_but_keeps_the_language(known: Person) -> None:
    known.state = replace(known.state, language_chosen=True)
    known.texts("detox 60614")
    assert known.texts("new") == [paging.STARTING_OVER]
    assert known.state == State(
        greeted=True, language_chosen=True, waiting=Waiting.NEED, place_before=LINCOLN_PARK
    )


def test_who_is_turned_away_from_a_list_is_told_of_the_next(known: Person) -> None:
    known.texts("detox 60614")
    assert "North Shore Detox" in known.texts("they hung up")[0]
    known.texts("new")
    assert known.texts("they hung up") == [lost.QUESTIONS[Waiting.NEED]], "of no list, it tells us nothing"


def test_another_kind_keeps_the_place(known: Person) -> None:
    known.texts("detox 60614")
    assert known.texts("another kind") == [find.ASK_NEED]
    assert known.texts("food")[0].startswith("Food near 60614")


def test_the_same_place_is_known_after_new(known: Person) -> None:
    known.texts("detox 60614")
    known.texts("new")
    assert known.texts("food same place")[0].startswith("Food near 60614")
    assert "same_place" not in known.state.wishes


def test_nothing_found_gives_lines_to_call(known: Person) -> None:
    (answer,) = known.texts("jobs 60614")
    assert answer.startswith(find.NOTHING)
    assert "211" in answer


def test_a_new_person_for_whom_there_is_nothing_reads_who_we_are_in_the_same_text(person: Person) -> None:
    (answer,) = person.texts("jobs 60614")
    assert "not police" in answer
    assert "211" in answer


def test_a_wish_that_nobody_fulfils_is_dropped_and_said() -> None:
    class NobodyOpen(Town):
        def search(self, query):  # type: ignore[no-untyped-def]
            found = super().search(query)
            return replace(found, hits=()) if query.open_only or query.wishes else found

    person = Person(world(understand, directory=NobodyOpen()), State(greeted=True))
    person.texts("food 60614")
    assert "Call first to ask if it fits." in person.texts("open now")[0]
    assert person.state.wishes == {}


def test_places_that_are_all_far_away_are_said_to_be_the_nearest(known: Person) -> None:
    known.texts("detox in springfield")
    assert "Nothing closer is listed." in known.texts("IL")[0]


def test_what_is_said_besides_a_list_is_said_once(known: Person) -> None:
    texts = known.texts("pregnant, detox in lincoln")
    assert len(texts) == len(set(texts)) == 2


def test_instead_of_places_hundreds_of_miles_away_lines_to_call_are_told(known: Person) -> None:
    known.texts("detox in springfield")
    told = known.texts("MO")[0]
    assert "800-662-4357" in told
    assert " mi" not in told


def test_a_service_by_phone_is_told_when_every_door_is_far(tmp_path: Path) -> None:
    far = entry("far", needs=["detox"], point=Point(61.2, -149.9), phone="+19075550101")
    area = (ServiceArea("il", extent="IL", extent_type="state"),)
    line = entry("line", needs=["detox"], postal_code="", phone="+13125550102", service_areas=area)
    person = Person(replace(world(understand), directory=searchable(tmp_path, far, line)))
    told = " ".join(person.texts("detox 60614"))
    assert "312-555-0102" in told
    assert "907-555-0101" not in told


def test_closer_lists_the_nearest_first() -> None:
    asked = []

    class Watched(Town):
        def search(self, query: Query) -> Results:
            asked.append(query.sort)
            return super().search(query)

    closer = meaning_always(Meaning(Intent.NEED, wishes={"closest": "yes"}))
    state = State(greeted=True, needs=("detox",), place=LINCOLN_PARK)
    respond(state, "closer", world(closer, directory=Watched()), Channel.SMS)
    assert asked == [Sort.DISTANCE]


@pytest.mark.parametrize("said", ["yes", "no"])
def test_ok_to_a_list_is_understood(known: Person, said: str) -> None:
    known.texts("detox 60614")
    assert known.texts(said) == [menu.GO_ON]
    assert known.state.misses == 0


@pytest.mark.parametrize(
    ("said", "told"), [("yes", "Each one: Takes Medicaid."), ("", "Ask first: Takes Medicaid?")]
)
def test_a_wish_is_said_back_whether_each_place_fits_or_has_to_be_asked(
    tmp_path: Path, said: str, told: str
) -> None:
    door = entry("1", needs=["food"], point=LINCOLN_PARK.point, access={"medicaid": said} if said else {})
    person = Person(replace(world(reader()), directory=searchable(tmp_path, door)))
    person.texts("food 60614")
    assert told in person.texts("which one takes medicaid")[0]


def test_a_list_without_a_wish_says_nothing_of_wishes(known: Person) -> None:
    text = known.texts("detox 60614")[0]
    assert "Ask first" not in text
    assert "Each one" not in text


@pytest.mark.parametrize(("language", "thanks"), [("en", "thank you"), ("es", "gracias"), ("ru", "спасибо")])
def test_thanks_for_a_list_ask_for_nothing_more(language: str, thanks: str) -> None:
    person = Person(world(reader()), State(language=language, greeted=True))
    person.texts("detox 60614")
    assert person.texts(thanks) == [economical(catalogue(language).gettext(menu.TAKE_CARE))]
    assert menu.TAKE_CARE not in Person(world(reader()), State(greeted=True)).texts("thanks")
