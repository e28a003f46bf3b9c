"""A list that is narrowed says so: what holds, what must be asked, and that nothing changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import listing_texts, wished_texts
from bot.intents import find, language, menu
from bot.listing_texts import spoken
from bot.model import Channel, Intent, Meaning, State, Waiting
from bot.talk import Talk
from directory.answers import Openness
from directory.model import Language
from directory.text import fold
from tests.bot.phrases import understand
from tests.bot.town import LINCOLN_PARK, TOWN, Person, Town, listing, meaning_always, world
from tests.understanding.reader import reader
from translations import catalogue, languages

LISTED = State(
    greeted=True, needs=("detox",), place=LINCOLN_PARK, waiting=Waiting.RESULT, shown=("at-1", "at-2", "at-3")
)
MANY = tuple(
    Language(code, name, code)
    for code, name in (("ase", "American Sign Language"), ("es", "Spanish"), ("zh", "Chinese"),
                       ("vi", "Vietnamese"), ("fr", "French"), ("pl", "Polish"))
)  # fmt: skip
# Nobody says when they are open.
SHUT = Town(tuple((each, needs, Openness.UNKNOWN) for each, needs, _ in TOWN))


@pytest.mark.parametrize(
    ("state", "first"),
    [(State(language="fr"), "français"), (State(wishes={"language": "pl"}), "Polish"),
     (State(language="zh-Hans"), "中文")],
)  # fmt: skip
def test_the_language_that_was_asked_for_or_is_spoken_stands_first(state: State, first: str) -> None:
    talk = Talk("", Meaning(Intent.OTHER), state, world(understand), Channel.SMS)
    told = spoken(talk, listing("1", "Many", 1, languages=MANY))
    head, _, _ = catalogue(state.language).gettext(listing_texts.SPEAKS).partition("%")
    assert told.removeprefix(head).startswith(first[:2] if first == "中文" else first)


def _narrowed(wish: dict[str, str], language: str = "en", town: Town = SHUT) -> str:
    narrower = world(meaning_always(Meaning(Intent.NEED, wishes=wish)), directory=town)
    person = Person(narrower, replace(LISTED, language=language, language_chosen=True))
    (told,) = person.texts("narrower")
    return told


@pytest.mark.parametrize("code", languages())
def test_open_now_says_that_hours_are_not_known(code: str) -> None:
    hours = {"en": "Hours not listed", "es": "hor", "zh-Hans": "时间", "ur": "اوقات"}
    told = _narrowed({"open_now": "yes"}, code)
    assert told != _narrowed({}, code)
    if code in ("en", "zh-Hans"):
        assert hours[code] in told


@pytest.mark.parametrize("code", languages())
def test_free_says_what_to_ask_in_every_script(code: str) -> None:
    asked = catalogue(code).gettext("OK if you cannot pay")
    assert fold(asked) in fold(_narrowed({"no_pay": "yes"}, code))


@pytest.mark.parametrize("code", languages())
def test_closer_says_that_these_are_the_nearest(code: str) -> None:
    said = catalogue(code).gettext(wished_texts.NEAREST)
    assert fold(said) in fold(_narrowed({"closest": "yes"}, code))


def test_every_wish_that_holds_is_said() -> None:
    told = _narrowed({"medicaid": "yes", "men": "yes"})
    assert "Takes Medicaid, Takes men" in told


def test_the_same_list_is_said_to_be_the_same() -> None:
    person = Person(world(reader()), LISTED)
    assert listing_texts.SAME in person.texts("detox")[0]
    assert listing_texts.SAME not in person.texts("back")[0]


@pytest.mark.parametrize(
    ("code", "said", "asked"),
    [
        ("en", "do they speak spanish", "es"),
        ("es", "hay alguien que hable español", "es"),
        ("es", "hay alguien que hable español ahi", "es"),
        ("es", "hablan español ahi?", "es"),
        ("pt", "tem alguem que fala portugues la", "pt"),
    ],
)
def test_whether_they_speak_a_language_narrows_the_list_and_keeps_the_need(
    code: str, said: str, asked: str
) -> None:
    person = Person(world(reader()), replace(LISTED, language=code, language_chosen=True))
    (told,) = person.texts(said)
    assert person.state.needs == ("detox",)
    assert person.state.wishes == {"language": asked}
    assert "312-555-0101" in told


def test_of_the_place_told_last_it_is_answered() -> None:
    person = Person(world(reader()), LISTED)
    person.texts("2")
    assert "Speaks: Spanish." in person.texts("do they speak spanish")[0]


def test_an_aside_to_no_place_does_not_print_the_lines_again() -> None:
    person = Person(world(reader()), State(greeted=True))
    assert person.texts("jobs 60614")[0].startswith(find.NOTHING)
    assert person.texts("do they take pets") == [find.STILL_NOTHING]
    assert person.texts("legal help")[0].startswith(find.NOTHING), "another need is looked for anew"


@pytest.mark.parametrize(
    "said", ["omg thank you ur a life saver", "Thank you and God bless", "ok im going there now"]
)
def test_thanks_where_no_list_is_open_are_a_goodbye(said: str) -> None:
    person = Person(world(reader()), State(greeted=True))
    person.texts("jobs 60614")
    assert person.texts(said) == [menu.TAKE_CARE]


def test_thanks_while_we_ask_keep_the_question() -> None:
    asked = State(greeted=True, needs=("detox",), waiting=Waiting.PLACE)
    assert Person(world(reader()), asked).texts("thank you") != [menu.TAKE_CARE]


def test_a_language_and_a_please_ask_for_it() -> None:
    person = Person(world(reader()), State(greeted=True, needs=("shelter",), waiting=Waiting.PLACE))
    (told,) = person.texts("portugues por favor")
    assert fold(told) == fold(catalogue("pt").gettext(language.WHERE))


@pytest.mark.parametrize("said", ["他醒了", "第二", "好"])
def test_traditional_stays_at_characters_of_both(said: str) -> None:
    person = Person(world(reader()), replace(LISTED, language="zh-Hant"))
    person.texts(said)
    assert person.state.language == "zh-Hant"


@pytest.mark.parametrize(("said", "code"), [("我儿子吸毒怎么办", "zh-Hans"), ("fanti zhongwen", "zh-Hant")])
def test_what_only_the_other_way_of_writing_has_switches(said: str, code: str) -> None:
    before = "zh-Hant" if code == "zh-Hans" else "zh-Hans"
    assert reader()(said, before).language == code or reader()(said, before).wants_language == code
