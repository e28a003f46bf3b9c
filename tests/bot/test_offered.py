"""Answers to what we offered: which place, which of the list, and what is not thrown away by a guess."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation import respond
from bot.intents import detail, find, lost
from bot.model import Channel, Intent, Meaning, Place, State, Waiting
from bot.offered import place_named
from directory.model import Point
from tests.bot.town import LINCOLN_PARK, SPRINGFIELDS, Person, Town, listing, meaning_always, world
from tests.understanding.reader import reader

LISTED = State(
    greeted=True, needs=("detox",), place=LINCOLN_PARK, waiting=Waiting.RESULT, shown=("at-1", "at-2", "at-3")
)
ROCHESTERS = tuple(
    Place(f"Rochester, {state}", Point(43.0, -77.0), "city", state) for state in ("NY", "MN", "OK", "ME")
)
MILWAUKEE = Place("53202 (Milwaukee, WI)", Point(43.05, -87.9), "zip", "WI", "53202")


@pytest.fixture
def talker() -> Person:
    """Somebody whom the real reader hears, with a list of detoxes."""
    return Person(world(reader()), LISTED)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("NY please", "NY"),
        ("minnesota!!", "MN"),
        ("the minnesota one", "MN"),
        ("uhh mn", "MN"),
        ("new york", "NY"),
        ("OK", "OK"),
        ("not me", None),
        ("ohio", None),
        ("new york or minnesota", None),
        ("i live in minnesota now but all of my family is there", None),
    ],
)
def test_a_state_said_beside_other_words_chooses_its_place(said: str, state: str | None) -> None:
    located = reader()(said, "en").place
    number = place_named(said, located, ROCHESTERS)
    assert (ROCHESTERS[number - 1].state if number else None) == state


def test_the_city_of_a_states_name_is_no_answer() -> None:
    said = "new york city"
    assert place_named(said, reader()(said, "en").place, ROCHESTERS) is None


@pytest.mark.parametrize("said", ["the ohio one", "ohio i think", "the last one", "no the fifth one"])
def test_which_place_is_answered_in_other_words_than_its_number(said: str) -> None:
    person = Person(world(reader()), State(greeted=True))
    person.texts("food in springfield")
    assert person.state.places[-1].state == "OH"
    person.texts(said)
    assert person.state.place
    assert person.state.place.state == "OH"


def test_a_need_said_instead_of_an_answer_is_kept_and_said_back() -> None:
    person = Person(world(reader()), State(greeted=True))
    person.texts("detox in springfield")
    assert "Food: which one?" in person.texts("food")[0]
    assert person.state.needs == ("food",)


@pytest.mark.parametrize("known", [{"place": SPRINGFIELDS[1]}, {"place_before": SPRINGFIELDS[1]}])
def test_the_place_near_the_one_before_stands_first(known: dict[str, Place]) -> None:
    person = Person(world(reader()), replace(State(greeted=True), **known))  # type: ignore[arg-type]
    assert person.texts("food springfield")[0].startswith("1 Springfield, MA")


def test_the_place_near_where_the_number_is_from_stands_first_and_is_asked_about() -> None:
    turn = respond(State(greeted=True), "detox rochester", world(reader()), Channel.SMS, SPRINGFIELDS[1])
    assert turn.replies[0].text.startswith("1 Rochester, MA")
    assert turn.state.place is None


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("Yes please the first one", 1),
        ("the middle one", 2),
        ("ya the first 1", 1),
        ("no the second", 2),
        ("shoot me the number for the first", 1),
        ("the last one", 3),
        ("the second one i think", 2),
        ("cedar lake", 1),
        ("gateway to hope", 2),
        ("the hope one", None),
        ("its my first time", None),
        ("detox", None),
    ],
)
def test_a_place_of_the_list_is_chosen_in_a_sentence_or_by_name(
    talker: Person, said: str, number: int | None
) -> None:
    talker.texts(said)
    assert talker.state.detail == (f"at-{number}" if number else "")


@pytest.mark.parametrize(
    ("language", "said", "number"),
    [
        ("zh-Hans", "di yi ge", 1),
        ("zh-Hans", "di er ge", 2),
        ("zh-Hans", "dierge", 2),
        ("zh-Hans", "中间那个", 2),
        ("zh-Hant", "最後嗰個", 3),
        ("ar", "tani wa7ad", 2),
        ("ht", "nimewo de a", 2),
        ("vi", "so hai", 2),
        ("es", "si el primero por favor", 1),
        ("es", "el del medio", 2),
        ("fr", "oui la derniere", 3),
        ("pt", "sim o segundo", 2),
        ("pl", "to trzecie prosze", 3),
        ("ru", "да, последний", 3),
        ("tl", "yung huli po", 3),
        ("ko", "마지막", 3),
        ("so", "haa kan labaad", 2),
        ("hi", "haan dusra wala", 2),
        ("ur", "دوسرا والا", 2),
    ],
)
def test_a_place_of_the_list_is_chosen_in_other_languages(language: str, said: str, number: int) -> None:
    person = Person(world(reader()), replace(LISTED, language=language, language_chosen=True))
    person.texts(said)
    assert person.state.detail == f"at-{number}"


def test_so_hai_without_a_list_is_no_number() -> None:
    assert reader()("so hai", "vi").choice is None  # "afraid" is written so, too


def test_the_next_one_after_the_details_of_one_is_two(talker: Person) -> None:
    talker.texts("1")
    talker.texts("next one")
    assert talker.state.detail == "at-2"
    talker.texts("3")
    assert "North Shore Detox" in talker.texts("next one")[0], "after the last comes the next page"


@pytest.mark.parametrize(
    "said", ["text me the address", "can i come now", "i work days", "sorry i said period comma ha ha"]
)
def test_a_weak_word_does_not_throw_away_need_and_list(talker: Person, said: str) -> None:
    talker.texts(said)
    assert talker.state.needs == ("detox",)
    assert "Cedar Lake" in talker.texts("1")[0]


def test_what_may_be_another_need_is_asked_about() -> None:
    likely = Meaning(Intent.NEED, needs=("residential",), guessed=True, hinted=True, asks=True)
    asked = respond(LISTED, "what about where she can live", world(meaning_always(likely)), Channel.SMS)
    assert asked.replies[0].text.startswith("1 Detox\n2 Live-in treatment")
    assert asked.state.place == LINCOLN_PARK
    person = Person(world(reader()), asked.state)
    person.texts("open now")
    assert person.state.needs == ("detox",), "asked, and answered with a wish: the need before holds"


def test_a_term_of_address_is_no_town() -> None:
    assert reader()("okay hon what about a place she can live", "en").place is None


def test_a_guess_beside_a_wish_narrows_the_list() -> None:
    guess = Meaning(Intent.NEED, needs=("jobs",), wishes={"no_pay": "yes"}, guessed=True, hinted=True)
    turn = respond(LISTED, "any for free?", world(meaning_always(guess)), Channel.SMS)
    assert turn.state.needs == ("detox",)
    assert turn.state.wishes == {"no_pay": "yes"}


def test_a_need_that_is_sure_replaces_the_one_before(talker: Person) -> None:
    talker.texts("i need food")
    assert talker.state.needs == ("food",)


@pytest.fixture
def faint() -> Person:
    """Somebody whose text pointed to treatment, and said nothing else."""
    meaning = Meaning(Intent.OTHER, maybe="outpatient")
    turn = respond(State(greeted=True), "its got him bad", world(meaning_always(meaning)), Channel.SMS)
    assert "Outpatient treatment? Text YES" in turn.replies[0].text
    return Person(world(reader()), turn.state)


@pytest.mark.parametrize(
    ("said", "told"),
    [("yes", "where?"), ("60614", find.NOTHING), ("no", find.ASK_NEED), ("food", "Food: where?")],
)
def test_a_need_that_is_only_likely_is_asked_about_where_nothing_else_is_understood(
    faint: Person, said: str, told: str
) -> None:
    assert told in faint.texts(said)[0]
    assert faint.state.needs == {"no": (), "food": ("food",)}.get(said, ("outpatient",))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("hi", "नमस्ते मेरा बेटा नशा करता है"),
        ("zh-Hans", "你好我儿子吸毒不知道怎么办"),
        ("es", "mi hijo anda en los blues"),
        ("ko", "아들이 약을 하는데"),
    ],
)
def test_a_child_that_takes_drugs_is_a_need_or_asked_about(language: str, said: str) -> None:
    meaning = reader()(said, language)
    assert meaning.needs or meaning.maybe


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "nobody is answering"),
        ("en", "they are not answering the phone"),
        ("en", "she wont answer my calls"),
        ("en", "i called all 3 nobody picks up"),
        ("es", "nadie contesta el telefono"),
        ("fr", "personne decroche"),
        ("ht", "pesonn pa reponn telefon"),
        ("pt", "ninguem atendeu o telefone"),
        ("pl", "nikt nie odbiera telefonu"),
        ("ru", "никто не берет трубку"),
        ("ar", "محد يرد على التلفون"),
        ("hi", "कोई फोन नहीं उठा रहा"),
        ("ur", "کوئی فون نہیں اٹھا رہا"),
        ("vi", "khong ai bat may"),
        ("tl", "walang sumasagot sa tawag"),
        ("ko", "아무도 전화를 안 받아요"),
        ("zh-Hans", "都没人接电话"),
        ("zh-Hant", "冇人聽電話"),
        ("so", "cidna ma qaban telefoonka"),
    ],
)
def test_who_says_that_nobody_answers_is_told_of_the_next_then_of_lines(language: str, said: str) -> None:
    person = Person(world(reader()), replace(LISTED, language=language, language_chosen=True))
    person.texts(said)
    assert person.state.page == 2
    assert "800-662-4357" in person.texts(said)[-1]


@pytest.mark.parametrize("said", ["idk the zip", "around here", "yes"])
def test_around_here_is_a_yes_to_is_it_near(said: str) -> None:
    asked = State(greeted=True, needs=("detox",), waiting=Waiting.AREA, places=(LINCOLN_PARK,))
    person = Person(world(reader()), asked)
    person.texts(said)
    assert person.state.place == LINCOLN_PARK


def test_a_misspelt_town_is_one_where_we_asked_for_it() -> None:
    person = Person(world(reader()), State(greeted=True, needs=("detox",), waiting=Waiting.PLACE))
    person.texts("metarie")
    assert person.state.place
    assert person.state.place.label == "Metairie, LA"


def test_of_two_streets_the_city_is_asked() -> None:
    turn = respond(
        State(greeted=True),
        "im at kensington and allegheny need detox",
        world(reader()),
        Channel.SMS,
        MILWAUKEE,
    )
    assert turn.state.waiting is Waiting.AREA


def test_no_answer_of_ours_means_that_a_list_was_lost(talker: Person) -> None:
    assert talker.texts("vogue") == [lost.QUESTIONS[Waiting.RESULT]]
    assert talker.texts("9") == [detail.NUMBER_OUT % {"last": 3}]


def test_two_places_of_one_name_and_phone_are_told_by_their_streets() -> None:
    rows = [("detox",)] * 2
    twins = tuple(
        (listing(str(n), "Community Programs", n, phone="+13125550101", street=f"{n} Main St"), needs,
         Town().listings[1][2])
        for n, needs in enumerate(rows, 1)
    )  # fmt: skip
    person = Person(world(reader(), directory=Town(twins)), State(greeted=True))
    (told,) = person.texts("detox 60614")
    assert "1 Main St" in told
    assert "2 Main St" in told


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "she wont answer"), ("en", "he is not answering"), ("ht", "li pa reponn"), ("ru", "не отвечает")],
)
def test_a_person_who_does_not_answer_is_no_list_that_will_not_do(language: str, said: str) -> None:
    assert reader()(said, language).intent is not Intent.MORE


def test_right_here_beside_who_lies_there_is_an_answer_to_the_safety_text() -> None:
    person = Person(world(reader()), State(greeted=True))
    person.texts("he is not breathing")
    assert person.texts("right here") == person.texts("ok")
