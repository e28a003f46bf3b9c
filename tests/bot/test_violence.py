"""What a violence is about decides which line is told: a rape is no quarrel of partners."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import safety_texts
from bot.listing_texts import IDENTITY
from bot.model import VIOLENT, Danger, Intent, Matter, Meaning, State
from directory.hotlines import Hotlines
from tests.bot.town import NOW, Person, Town, meaning_always, world
from tests.understanding.reader import reader


@pytest.fixture
def anyone() -> Person:
    return Person(world(reader()))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("i was raped last night", "800-656-4673"),
        (
            "someone put something in my drink and i woke up with no clothes, i think i was raped",
            "800-656-4673",
        ),
        ("my boss took our passports and wont let us leave", "888-373-7888"),
        ("my pimp beat me", "888-373-7888"),
        ("my stepdad hits me with a belt", "800-422-4453"),
        ("the neighbor beats her kids every night", "800-422-4453"),
        ("my husband hits me", "800-799-7233"),
        ("he hits me and the kids", "800-799-7233"),
    ],
)
def test_the_line_for_it_is_told_with_911(anyone: Person, text: str, number: str) -> None:
    first = anyone.texts(text)[0]
    assert number in first
    assert "911" in first
    assert number in anyone.texts("ok")[0]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("im going to kill him", Matter.THREAT),
        ("my son is off his meds hearing voices and he has a knife", Matter.CRISIS),
    ],
)
def test_who_may_hurt_another_is_asked_to_call_988(anyone: Person, text: str, about: Matter) -> None:
    first, again = safety_texts.PARTICULAR[about]
    assert anyone.texts(text)[0] == first
    assert anyone.texts("ok") == [again]
    assert "988" in first
    assert "911" in first
    assert "Lincoln Clinic" in anyone.texts("60614")[0]


def test_a_threat_to_the_writer_is_none_by_the_writer() -> None:
    assert reader()("he said he is going to kill me").matter is None


def test_help_for_partners_is_not_asked_about_where_none_was_meant(anyone: Person) -> None:
    assert len(anyone.texts("i was raped last night")) == 1
    assert "Safe Rooms" in anyone.texts("60614")[0]


def test_what_else_was_asked_for_follows(anyone: Person) -> None:
    texts = anyone.texts("i was raped, need a shelter 60614")
    assert "800-656-4673" in texts[0]
    assert "Harbor Night Shelter" in texts[1]


def test_every_line_that_may_be_told_is_open_day_and_night() -> None:
    for about in {*VIOLENT} - {*safety_texts.PARTICULAR}:
        line = Hotlines.load().for_topic(about, "en")
        assert line is not None
        assert line.always_open


def test_a_line_that_does_not_speak_the_language_is_not_told() -> None:
    person = Person(world(reader()))
    text = person.texts("어젯밤에 강간당했어요")[0]  # RAINN's voices are English and Spanish
    assert "800-799-7233" in text
    assert "800-656-4673" in Person(world(reader())).texts("me violaron anoche")[0]


def test_without_lines_the_text_for_partners_is_told() -> None:
    person = Person(world(reader(), hotlines=None))
    assert person.texts("i was raped last night")[0] == safety_texts.FIRST[Danger.VIOLENCE][0]


def test_after_a_danger_we_say_who_we_are_in_a_line_and_once(anyone: Person) -> None:
    anyone.texts("i want to die")
    said = [text for sent in ("menu", "food", "60614", "1") for text in anyone.texts(sent)]
    assert sum(IDENTITY % {"site": "Openway"} in text for text in said) == 1
    assert "Msg rates" not in "".join(said)
    assert anyone.state.greeted


def test_pills_spoken_of_later_do_not_change_the_line() -> None:
    told = {"violence": NOW.isoformat(), "about sexual_assault": NOW.isoformat()}
    taken = meaning_always(Meaning(Intent.OTHER, matter=Matter.SWALLOWED))
    person = Person(world(taken), State(told_danger=told, care=9))
    assert "800-656-4673" in person.texts("took my pills")[0]


def test_where_no_place_is_listed_the_line_for_this_danger_comes_first() -> None:
    for told, number in (("my husband hits me", "800-799-7233"), ("my pimp beat me", "888-373-7888")):
        person = Person(replace(world(reader()), directory=Town(())))
        person.texts(told)
        lines = person.texts("60614")[0].split("\n")
        assert number in next(line for line in lines if "-" in line), told


@pytest.mark.parametrize(
    "text",
    ["they tell me to hurt people", "i feel like hurting someone", "i hit my wife im scared of myself"],
)
def test_who_may_hurt_another_is_asked_to_step_away(text: str) -> None:
    assert Person(world(reader())).texts(text)[0] == safety_texts.PARTICULAR[Matter.THREAT][0]
