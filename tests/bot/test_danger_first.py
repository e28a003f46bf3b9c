"""Somebody may die: the safety text first, once an hour, then the help."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import safety_texts
from bot.conversation import respond, spoken
from bot.intents import fear, menu
from bot.model import Channel, Danger, Effect, Intent, Meaning, State, Waiting
from directory.answers import Openness
from tests.bot.phrases import understand
from tests.bot.town import NOW, TOWN, Person, Town, meaning_always, world
from tests.understanding.reader import reader


@pytest.mark.parametrize(
    "state", [State(), State(greeted=True), State(greeted=True, waiting=Waiting.WHICH_PLACE)]
)
def test_an_overdose_is_answered_first_with_what_to_do(person: Person, state: State) -> None:
    person.state = state
    assert person.texts("he is not breathing") == list(safety_texts.FIRST[Danger.OVERDOSE])


def test_danger_never_withholds_the_directory(person: Person) -> None:
    answers = person.texts("od, and i need detox 60614")
    assert answers[0] == safety_texts.FIRST[Danger.OVERDOSE][0]
    assert "312-555-0101" in answers[-1]


def test_danger_with_a_place_alone_brings_the_natural_help(person: Person) -> None:
    person.state = State(needs=("food",))
    answers = person.texts("he hits me 60614")
    assert answers[0] == safety_texts.FIRST[Danger.VIOLENCE][0]
    assert "Safe Rooms" in answers[1]


def test_a_place_after_a_danger_brings_the_help_it_asks_for(known: Person) -> None:
    known.world = replace(
        known.world, directory=Town((*TOWN, (TOWN[8][0], ("mental_health",), Openness.OPEN)))
    )
    known.texts("i want to die")
    assert "Lincoln Clinic" in known.texts("60614")[0]


def test_the_same_safety_text_comes_at_most_once_an_hour() -> None:
    clock = [NOW]
    person = Person(world(understand, now=lambda: clock[0]))
    assert person.texts("i want to die") == list(safety_texts.FIRST[Danger.SUICIDE])
    clock[0] += timedelta(minutes=59)
    assert person.texts("i want to die") == [safety_texts.AGAIN[Danger.SUICIDE]]
    clock[0] += timedelta(hours=1)
    assert person.texts("i want to die") == list(safety_texts.FIRST[Danger.SUICIDE])


def test_another_danger_gets_its_own_text_at_once(person: Person) -> None:
    person.texts("i want to die")
    assert person.texts("he is not breathing") == list(safety_texts.FIRST[Danger.OVERDOSE])


def test_a_short_answer_after_a_danger_stays_with_it(person: Person) -> None:
    person.texts("i want to die")
    assert person.texts("yes") == [safety_texts.AGAIN[Danger.SUICIDE]]
    for said in ("hi", "hm", "hm", "yes"):
        assert person.texts(said) == [safety_texts.HERE], "not the same text within the hour"
    assert person.texts("menu")[-1] == menu.MENU_TEXT


def test_the_breaths_are_told_again_as_often_as_somebody_answers(person: Person) -> None:
    person.texts("he is not breathing")
    assert person.texts("ok") == person.texts("ok") == [safety_texts.AGAIN[Danger.OVERDOSE]]


def test_the_care_frame_lasts_ten_texts_or_a_day() -> None:
    clock = [NOW]
    person = Person(world(understand, now=lambda: clock[0]), State(greeted=True))
    person.texts("i want to die")
    for _ in range(10):
        assert person.texts("ok")[0] in (safety_texts.AGAIN[Danger.SUICIDE], safety_texts.HERE)
    assert person.texts("hi") == [menu.HELLO_AGAIN % {"site": "Openway"}]
    person.texts("i want to die")
    clock[0] += timedelta(hours=24)
    assert person.texts("hi") == [menu.HELLO_AGAIN % {"site": "Openway"}]


def test_an_opt_out_inside_a_danger_sentence_is_asked_about_not_done(person: Person) -> None:
    turn = respond(State(), "i want to die, stop texting me", person.world, Channel.SMS)
    assert [reply.text for reply in turn.replies] == [
        *safety_texts.FIRST[Danger.SUICIDE],
        safety_texts.OPT_OUT_QUESTION,
    ]
    assert turn.effects == ()


@pytest.mark.parametrize("note", ["", "yesterday", "2026-11-23T17:30:00"])
def test_a_note_of_a_danger_that_cannot_be_read_never_shortens_the_safety_text(
    person: Person, note: str
) -> None:
    person.state = State(told_danger={"overdose": note})
    assert person.texts("he is not breathing") == list(safety_texts.FIRST[Danger.OVERDOSE])


def test_who_asks_how_to_give_naloxone_gets_the_steps_first(person: Person) -> None:
    steps, where = person.texts("how do i use narcan")
    assert steps == safety_texts.FIRST[Danger.OVERDOSE][0]
    assert where.startswith("Naloxone: where?")


SAFE = "hes up now"


def test_news_that_it_is_over_is_answered_as_news(person: Person) -> None:
    person.texts("he is not breathing")
    assert person.texts(SAFE) == [safety_texts.OVER[Danger.OVERDOSE]]
    assert person.texts("ok") == [safety_texts.HERE], "what to do is not said again to one who is up"
    person.texts("he is not breathing")
    assert person.texts("ok") == [safety_texts.AGAIN[Danger.OVERDOSE]], "it came back"


@pytest.mark.parametrize("danger", ["i want to die", "he hits me 60614"])
def test_after_another_danger_the_lines_stay_in_reach(person: Person, danger: str) -> None:
    person.texts(danger)
    assert person.texts(SAFE) == [safety_texts.SAFE]
    assert person.texts("ok") == [safety_texts.HERE]


def test_news_of_no_danger_that_we_heard_of_is_no_news(person: Person) -> None:
    person.texts("hi")
    assert person.texts(SAFE) != [safety_texts.SAFE]


def test_a_body_in_danger_hears_nothing_of_drink_and_drugs(person: Person) -> None:
    assert person.texts("she drank bleach") == [safety_texts.EMERGENCY]
    assert person.texts("ok") == [safety_texts.EMERGENCY_AGAIN]


def test_who_stopped_drinking_hears_that_it_can_kill(person: Person) -> None:
    first, _where = person.texts("no drink since sunday and i shake")
    assert first == safety_texts.FIRST[Danger.MEDICAL][0]
    assert person.texts("ok") == [safety_texts.AGAIN[Danger.MEDICAL]]


def test_who_has_no_naloxone_hears_first_what_keeps_alive(person: Person) -> None:
    person.texts("he is not breathing")
    breaths, *_ = person.texts("no narcan here")
    assert breaths == safety_texts.AGAIN[Danger.OVERDOSE]
    person.texts(SAFE)
    assert person.texts("no narcan here")[0] != safety_texts.AGAIN[Danger.OVERDOSE]


def test_how_it_is_used_is_told_where_naloxone_was_spoken_of(known: Person) -> None:
    assert known.texts("how do i use it") != [safety_texts.FIRST[Danger.OVERDOSE][0]]
    known.texts("no narcan here")
    assert known.texts("how do i use it")[0] == safety_texts.FIRST[Danger.OVERDOSE][0]


def test_a_good_bye_after_all_is_well_is_no_danger(person: Person) -> None:
    person.texts("i want to die")
    assert person.texts("bye") == [safety_texts.AGAIN[Danger.SUICIDE]], "it may be one to life"
    person.texts(SAFE)
    assert person.texts("bye")[-1] == menu.TAKE_CARE


def test_a_danger_answered_keeps_its_language(person: Person) -> None:
    person.state = replace(person.state, language="es")
    person.texts("he is not breathing")
    assert spoken(person.state) == "es"


def test_fear_of_the_police_while_somebody_lies_there_takes_nothing_from_the_911() -> None:
    person = Person(world(reader()))
    person.texts("my friend is blue and not breathing")
    first, *then = person.texts("i have a warrant will the cops take me")
    assert "911" in first
    assert "1 breath every 5 sec" in first
    assert then == [fear.TRUTH]


def test_thanks_for_a_list_are_not_met_with_what_to_do_at_an_overdose() -> None:
    person = Person(world(reader()))
    person.texts("my friend is blue and not breathing")
    person.texts("detox 60614")
    assert person.texts("thank you") == [safety_texts.HERE]


def test_after_an_overdose_what_only_seems_a_need_or_a_quarrel_is_about_who_lies_there() -> None:
    person = Person(world(reader()))
    person.texts("my friend overdosed")
    for text in ("now what", "he answers me", "shes refusing to go to the hospital"):
        assert person.texts(text) == [safety_texts.AGAIN[Danger.OVERDOSE]], text
    assert "Where" in person.texts("where can i get narcan")[-1] or "where?" in person.texts("narcan")[-1]


def test_after_an_overdose_a_wish_to_die_that_is_only_sensed_does_not_end_the_breaths() -> None:
    sensed = Meaning(Intent.OTHER, danger=Danger.SUICIDE, sensed=True)
    person = Person(world(meaning_always(sensed)), State(told_danger={"overdose": NOW.isoformat()}, care=9))
    assert person.texts("is he going to be ok") == [
        safety_texts.AGAIN[Danger.OVERDOSE],
        *safety_texts.FIRST[Danger.SUICIDE],
    ]


@pytest.mark.parametrize(
    ("before", "said"), [("quiero morir", "basta"), ("хочу умереть", "хватит"), ("quero morrer", "chega")]
)
def test_in_a_danger_a_word_that_may_be_no_stop_is_asked_about(before: str, said: str) -> None:
    person = Person(world(reader()))
    person.texts(before)
    again, question, *_ = person.texts(said)
    assert "988" in again
    assert "STOP" in question
    assert Effect.OPT_OUT in respond(person.state, "STOP", person.world, Channel.SMS).effects


@pytest.mark.parametrize(
    "text",
    ["не присылайте полицию", "no manden a la policia", "경찰 보내지 마세요", "لا ترسلوا الشرطة", "nie wysylajcie policji",
     "no me escriban en ingles", "不要发英文", "удали мои сообщения", "فيني وقف لحالي بالبيت؟", "خلص شكرا"],
)  # fmt: skip
def test_no_police_no_english_no_drink_opts_nobody_out(text: str) -> None:
    assert reader()(text, None).intent is not Intent.OPT_OUT


@pytest.mark.parametrize("text", ["my chest hurts after i did coke", "he fell and hit his head hes drunk"])
def test_the_heart_or_the_head_is_no_withdrawal_also_beside_drink_and_drugs(text: str) -> None:
    assert Person(world(reader())).texts(text)[0] == safety_texts.EMERGENCY
