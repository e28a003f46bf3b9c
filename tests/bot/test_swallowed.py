"""Pills or poison taken: they kill hours later, and Poison Help is the line for it; a cut that bleeds: it kills in
minutes. Real understanding."""

from __future__ import annotations

import pytest

from bot import safety_texts
from bot.model import Danger
from tests.bot.town import Person, world
from tests.understanding.reader import reader

OF_SUICIDE = safety_texts.SWALLOWED[Danger.SUICIDE]
OF_OVERDOSE = safety_texts.SWALLOWED[Danger.OVERDOSE]


@pytest.fixture
def anyone() -> Person:
    return Person(world(reader()))


def test_who_took_pills_to_die_is_told_of_911_and_poison_help_at_once(anyone: Person) -> None:
    assert anyone.texts("i took a bottle of tylenol") == [OF_SUICIDE]


@pytest.mark.parametrize("told", ["i took the pills", "i already swallowed all my pills"])
def test_pills_taken_after_a_wish_to_die_are_news(anyone: Person, told: str) -> None:
    assert OF_SUICIDE not in anyone.texts("i want to kill myself")
    assert anyone.texts(told) == [OF_SUICIDE]
    assert OF_SUICIDE not in anyone.texts("i took the pills"), "not the same twice in an hour"


def test_an_overdose_by_pills_is_told_of_both_who_is_awake_and_who_is_not(anyone: Person) -> None:
    texts = anyone.texts("my brother took all his meds and wont wake up")
    assert texts == [OF_OVERDOSE, *safety_texts.FIRST[Danger.OVERDOSE]]
    assert "1 breath every 5 sec" in texts[0]


def test_an_overdose_without_a_word_of_pills_gets_the_law(anyone: Person) -> None:
    assert anyone.texts("he shot up and he is not breathing") == [*safety_texts.FIRST[Danger.OVERDOSE]]


def test_pills_taken_as_told_raise_no_alarm(anyone: Person) -> None:
    assert not {OF_SUICIDE, OF_OVERDOSE} & {*anyone.texts("took my meds this morning, need food 60614")}


def test_poison_by_mistake_is_an_emergency_whatever_was_asked_before(anyone: Person) -> None:
    anyone.texts("detox 60614")
    assert anyone.texts("my mom drank bleach") == [safety_texts.EMERGENCY]


@pytest.mark.parametrize(
    "text", ["stop texting me im gonna kill myself", "please leave me alone i took a bottle of tylenol"]
)
def test_an_opt_out_in_a_danger_is_asked_about_after_the_safety_text(anyone: Person, text: str) -> None:
    first, *_, last = anyone.texts(text)
    assert "988" in first
    assert last == safety_texts.OPT_OUT_QUESTION
    assert anyone.texts("detox 60614"), "nobody was opted out"


def test_who_took_pills_is_told_of_poison_help_again_and_again_also_if_they_feel_fine(anyone: Person) -> None:
    anyone.texts("i took all my pills")
    for text in ("no", "ok", "i feel fine", "i dont know maybe 30", "ok"):
        assert anyone.texts(text) == [safety_texts.EMERGENCY_AGAIN], text


@pytest.mark.parametrize(
    "text",
    ["my toddler got in my pills", "my 3 yr old got into my subs", "my kid was playing with my fentanyl"],
)
def test_a_child_that_got_at_pills_or_drugs_is_poisoned_not_a_wish_to_die(anyone: Person, text: str) -> None:
    first, *rest = anyone.texts(text)
    assert first == OF_OVERDOSE
    assert not any("where?" in each for each in rest)


def test_a_child_that_acts_normal_after_pills_is_not_over_it(anyone: Person) -> None:
    anyone.texts("my toddler got in my pills")
    assert anyone.texts("hes acting normal") == [safety_texts.EMERGENCY_AGAIN]


@pytest.mark.parametrize(
    "text", ["i slit my wrists", "he cut his wrists", "i cut myself and it wont stop bleeding"]
)
def test_a_deep_cut_is_pressed_on_and_911_comes_before_988(anyone: Person, text: str) -> None:
    assert anyone.texts(text) == [safety_texts.WOUND]
    assert (
        safety_texts.WOUND.index("911")
        < safety_texts.WOUND.index("Press hard")
        < safety_texts.WOUND.index("988")
    )


def test_a_thought_of_cutting_is_told_of_988(anyone: Person) -> None:
    assert anyone.texts("i feel like cutting myself") == [*safety_texts.FIRST[Danger.SUICIDE]]
