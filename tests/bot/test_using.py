"""Drugs taken alone, or again: what keeps somebody alive first, without blame, then what else was asked for."""

from __future__ import annotations

import pytest

from bot import safety_texts
from bot.intents.find import ASK_PLACE_FOR
from bot.model import Danger, State
from bot.speech import economical
from tests.bot.town import Person, world
from tests.understanding.reader import reader
from translations import catalogue


@pytest.fixture
def anyone() -> Person:
    return Person(world(reader()))


@pytest.mark.parametrize(
    "text", ["im using alone tonight", "i shoot up by myself", "about to use alone in my car"]
)
def test_who_uses_alone_is_told_of_the_line_that_stays_on_the_phone(anyone: Person, text: str) -> None:
    assert safety_texts.ALONE in anyone.texts(text)


@pytest.mark.parametrize(
    "text", ["i relapsed again", "i used again im so ashamed", "i slipped up last night"]
)
def test_who_tells_of_a_relapse_is_thanked_and_offered_support(anyone: Person, text: str) -> None:
    first, *_, where = anyone.texts(text)
    assert first == safety_texts.LAPSE
    assert where == ASK_PLACE_FOR % {"need": "Recovery support and peers"}
    assert "Recovery" in anyone.texts("60614")[0]


def test_what_was_asked_for_in_the_same_text_follows(anyone: Person) -> None:
    texts = anyone.texts("i relapsed need detox 60614")
    assert texts[0] == safety_texts.LAPSE
    assert "Cedar Lake Recovery Center" in "\n".join(texts[1:])


def test_a_danger_in_a_relapse_is_a_danger(anyone: Person) -> None:
    assert anyone.texts("i relapsed and i want to die")[0] == safety_texts.FIRST[Danger.SUICIDE][0]


@pytest.mark.parametrize(
    "text", ["relapse prevention classes 60614", "i am alone", "i used the bus again to get here"]
)
def test_other_words_of_it_are_no_relapse(anyone: Person, text: str) -> None:
    assert not {safety_texts.LAPSE, safety_texts.ALONE} & {*anyone.texts(text)}


@pytest.mark.parametrize(
    ("language", "alone", "again"),
    [
        ("es", "voy a consumir sola esta noche", "recaí"),
        ("ru", "я употребляю один", "я сорвался"),
        ("ar", "بتعاطى لحالي", "انتكست"),
        ("zh-Hant", "我一個人吸毒", "我破戒了"),
        ("tl", "gumagamit ako mag isa", "nag relapse ako"),
    ],
)
def test_in_other_languages_too(language: str, alone: str, again: str) -> None:
    known = State(language=language, greeted=True)
    for text, said in ((alone, safety_texts.ALONE), (again, safety_texts.LAPSE)):
        told = Person(world(reader()), known).texts(text)
        assert economical(catalogue(language).gettext(said)) in told
