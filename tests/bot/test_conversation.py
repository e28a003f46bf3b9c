"""From a need and a place, in any order, to a list. Whole talks, word for word: tests/conversations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation import respond
from bot.intents import find, lost, menu
from bot.model import Channel, Intent, Meaning, Waiting
from directory.answers import Located
from tests.bot.phrases import understand
from tests.bot.town import LINCOLN_PARK, SPRINGFIELDS, Person, world
from tests.understanding.reader import reader


def test_a_need_and_a_place_get_three_places_with_phones_in_two_segments(person: Person) -> None:
    (answer,) = person.gets("detox 60614")
    assert answer.budget == 2
    assert all(phone in answer.text for phone in ("312-555-0101", "312-555-0102 x2301", "312-555-0103"))


def test_a_new_person_is_told_who_we_are_exactly_once(person: Person) -> None:
    said = [text for ask in ("detox 60614", "food", "menu", "hi", "blah") for text in person.texts(ask)]
    assert [text for text in said if "not police" in text.lower()] == said[:1]


@pytest.mark.parametrize(
    "ask", ["detox", "menu", "hi", "blah", "more", "3", "privacy", "detox in springfield", ""]
)
def test_a_first_text_that_we_cannot_answer_at_once_is_answered_with_who_we_are(
    person: Person, ask: str
) -> None:
    first, *others = person.texts(ask)
    assert first == menu.INTRODUCTION % {"site": "Openway"}
    assert person.state.greeted
    assert menu.INTRODUCTION % {"site": "Openway"} not in others


@pytest.mark.parametrize("asks", [("detox", "60614"), ("60614", "detox"), ("hi", "detox", "60614")])
def test_need_and_place_may_come_in_any_order(known: Person, asks: tuple[str, ...]) -> None:
    for ask in asks:
        answer = known.texts(ask)
    assert "312-555-0101" in answer[-1]


def test_a_missing_place_is_asked_for_with_what_we_understood(known: Person) -> None:
    assert known.texts("detox") == ["Detox: where? Text a ZIP code or a city, like: 60614 or Gary, IN."]


def test_a_missing_need_is_asked_for(known: Person) -> None:
    assert known.texts("60614") == [find.ASK_NEED]


def test_changing_the_subject_in_mid_question_is_followed(known: Person) -> None:
    known.texts("detox in springfield")
    assert "Food" in known.texts("food 60614")[0]


def test_a_new_need_keeps_the_place(known: Person) -> None:
    known.texts("detox 60614")
    assert "St. Ann Food Pantry" in known.texts("food")[0]


def test_an_ambiguous_place_is_asked_about_and_a_number_answers(known: Person) -> None:
    assert "3 Springfield, IL" in known.texts("detox in springfield")[0]
    assert "near Springfield, IL" in known.texts("3")[0]


def test_a_number_that_no_place_has_is_asked_again(known: Person) -> None:
    known.texts("detox in springfield")
    assert known.texts("7") == [find.NUMBER_OUT % {"last": 3}]


def test_the_state_alone_answers_which_place(known: Person) -> None:
    known.texts("detox in springfield")
    assert "near Springfield, IL" in known.texts("IL")[0]


def test_a_states_name_answers_which_place_too(known: Person) -> None:
    towns = tuple(replace(SPRINGFIELDS[2], label=f"{name}, IL") for name in ("Chicago", "Peoria"))
    illinois = Meaning(Intent.PLACE, place=Located(None, towns))
    known.world = world(lambda text, language: illinois if text == "illinois" else understand(text, language))
    known.texts("detox in springfield")
    assert "near Springfield, IL" in known.texts("illinois")[0]


def test_a_place_we_cannot_find_is_said_and_never_replaced_by_the_last_one(known: Person) -> None:
    known.texts("detox 60614")
    assert known.texts("detox in atlantis") == [find.NO_SUCH_PLACE]
    assert known.state.place is None
    assert known.texts("food")[0].startswith("Food: where?")


def test_a_guessed_place_is_named_even_in_the_first_answer(person: Person) -> None:
    assert "near 60614 (Chicago, IL)" in person.texts("detox in chikago")[0]


def test_between_two_needs_it_asks_which(known: Person) -> None:
    (asked,) = known.texts("a bed 60614")
    assert asked == "1 Detox\n2 Shelter for the night\n" + find.WHICH_OF
    assert known.texts("3") == [find.NEED_NUMBER_OUT % {"last": 2}]
    assert known.texts("1")[0].startswith("Detox near 60614")
    assert known.state.needs == ("detox",)


def test_the_number_of_a_need_is_taken_also_soon_after_a_danger(known: Person) -> None:
    known.texts("he is not breathing")
    known.texts("a bed 60614")
    assert known.texts("2")[0].startswith("Shelter")


def test_who_says_another_thing_when_asked_which_need_is_followed(known: Person) -> None:
    known.texts("a bed 60614")
    assert known.texts("food")[0].startswith("Food")


def test_what_is_not_understood_beside_two_needs_is_asked_again(known: Person) -> None:
    known.texts("a bed")
    assert known.texts("blah") == [lost.QUESTIONS[Waiting.WHICH_NEED]]
    assert known.texts("2")[0].startswith("Shelter")


def test_a_place_told_when_asked_which_need_is_kept_and_the_question_asked_again(known: Person) -> None:
    (asked,) = known.texts("a bed")
    assert known.texts("60614") == [asked]
    assert known.texts("2")[0].startswith("Shelter for the night near 60614")


def test_a_shared_name_is_the_place_that_we_have_doors_near(known: Person) -> None:
    (text,) = known.texts("detox in lincoln")
    assert "60614 (Chicago, IL)" in text.splitlines()[0]
    assert known.state.place == LINCOLN_PARK


def test_which_place_is_asked_again_after_a_wish_that_is_said_back(known: Person) -> None:
    (asked,) = known.texts("detox in springfield")
    (again,) = known.texts("open now")
    assert again == asked.replace("Which one?", "Pets can stay: which one?")
    assert "Springfield, IL" in known.texts("3")[0] or known.state.place == SPRINGFIELDS[2]


def test_not_understood_once_is_one_plain_question_twice_is_a_person(known: Person) -> None:
    assert known.texts("blah") == [lost.QUESTIONS[Waiting.NOTHING]]
    assert known.texts("blah") == [lost.PERSON]
    known.texts("menu")
    assert known.texts("blah") == [lost.QUESTIONS[Waiting.NOTHING]]


@pytest.mark.parametrize(
    ("before", "waiting"),
    [("60614", Waiting.NEED), ("detox", Waiting.PLACE), ("detox 60614", Waiting.RESULT),
     ("detox in springfield", Waiting.WHICH_PLACE)],
)  # fmt: skip
def test_the_question_is_about_what_we_asked_last(known: Person, before: str, waiting: Waiting) -> None:
    known.texts(before)
    assert known.texts("blah") == [lost.QUESTIONS[waiting]]


def test_a_picture_without_words_is_answered_kindly(known: Person) -> None:
    assert known.texts("  \u200b ") == [lost.ONLY_WORDS]


def test_the_area_of_a_number_is_asked_about_and_used_only_after_a_yes(known: Person) -> None:
    asked = respond(known.state, "detox", known.world, Channel.SMS, LINCOLN_PARK)
    assert asked.state.place is None
    assert "60614" in asked.replies[0].text
    assert "YES" in asked.replies[0].text
    yes = respond(asked.state, "yes", known.world, Channel.SMS, LINCOLN_PARK)
    assert yes.state.place == LINCOLN_PARK
    assert yes.state.shown
    no = respond(asked.state, "no", known.world, Channel.SMS, LINCOLN_PARK)
    assert no.state.place is None
    assert no.state.waiting is Waiting.PLACE


def test_a_word_or_two_that_answer_where_are_no_new_need(known: Person) -> None:
    known.texts("food")
    known.texts("atlantis park")
    assert known.state.needs == ("food",)
    known.texts("somewhere warm")
    assert known.state.needs == ("shelter",), "said plainly, it is one"


@pytest.mark.parametrize("said", ["no id", "he doesnt have id", "no tengo identificación", "без паспорта"])
def test_no_id_is_a_wish_for_what_was_looked_for(said: str) -> None:
    person = Person(world(reader()))
    person.texts("food 60614")
    person.texts(said)
    assert person.state.needs == ("food",)
    assert person.state.wishes["id_needed"] == "no"


def test_a_lost_id_is_a_need_of_its_own() -> None:
    person = Person(world(reader()))
    person.texts("food 60614")
    person.texts("i lost my id")
    assert person.state.needs == ("id_documents",)


def test_who_comes_is_remembered_for_the_next_need() -> None:
    person = Person(world(reader()))
    person.texts("my son is 16")
    person.texts("he needs rehab 60614")
    assert person.state.wishes == {"men": "yes", "age": "16"}
    person.texts("shelter with a dog")
    assert person.state.wishes == {"men": "yes", "age": "16", "pets": "yes"}


def test_who_comes_is_who_was_spoken_of_last_and_other_wishes_end_with_their_need() -> None:
    person = Person(world(reader()))
    person.texts("im a man need shelter 60614 with my dog")
    person.texts("food")
    assert person.state.wishes == {"men": "yes"}
    person.texts("detox for my wife")
    assert person.state.wishes == {"women": "yes"}
    person.texts("new")
    assert person.state.wishes == {}
