"""Words with an answer of their own: police, a person, STOP, FORGET, a language, LOCAL, CALLME."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation import brings_back, respond
from bot.intents import call_me, carrier, fear, human, local, menu, privacy
from bot.model import Channel, Effect, Intent, Meaning, State, Turn
from directory.answers import Located
from directory.local_rules import LocalRule, LocalRules
from tests.bot.phrases import understand
from tests.bot.town import LINCOLN_PARK, NOW, Person, meaning_always, world
from tests.understanding.reader import reader


def test_fear_of_arrest_gets_the_truth_and_then_the_places(person: Person) -> None:
    truth, places = person.texts("will they arrest me? detox 60614")
    assert truth == fear.TRUTH
    assert "312-555-0101" in places


def test_who_wants_a_person_gets_lines_where_one_answers(known: Person) -> None:
    assert known.texts("a person please") == [human.LINES]


def effects(turn: Turn) -> tuple[tuple[Effect, ...], list[str]]:
    return turn.effects, [reply.text for reply in turn.replies]


@pytest.mark.parametrize(
    ("word", "effect", "text"),
    [
        ("stop", (Effect.OPT_OUT,), carrier.STOPPED),
        ("start", (Effect.OPT_IN,), carrier.STARTED),
        ("help", (), carrier.HELP_TEXT),
        ("forget", (Effect.FORGET,), privacy.FORGOTTEN),
    ],
)
def test_words_with_a_fixed_meaning_get_one_text_and_their_effect(
    person: Person, word: str, effect: tuple[Effect, ...], text: str
) -> None:
    turn = respond(State(), word, person.world, Channel.SMS)
    assert effects(turn) == (effect, [text % {"site": "Openway"}])


def test_help_and_stop_say_where_to_call_in_an_emergency() -> None:
    for text in (carrier.HELP_TEXT, carrier.STOPPED, carrier.STARTED):
        assert "988" in text
        assert "911" in text


def test_forget_leaves_nothing_in_the_state(known: Person) -> None:
    known.texts("detox 60614")
    known.texts("forget")
    assert known.state == State()


@pytest.mark.parametrize(
    ("text", "back"), [("start", True), ("yes", True), ("detox 60614", False), ("stop", False)]
)
def test_only_an_opt_in_word_brings_someone_back(person: Person, text: str, back: bool) -> None:
    assert brings_back(text, person.world) is back


def test_a_language_we_lack_is_said_with_who_has_it(known: Person) -> None:
    assert "211" in known.texts("klingon")[0]


def test_asking_for_a_language_keeps_the_search(known: Person) -> None:
    known.texts("detox 60614")
    assert "312-555-0101" in known.texts("english")[0]
    assert known.state.language_chosen


def test_one_borrowed_word_does_not_switch_the_language() -> None:
    spanish = world(meaning_always(Meaning(Intent.OTHER, language="en")))
    known = State(language="es", greeted=True)
    assert respond(known, "ok", spanish, Channel.SMS).state.language == "es"
    assert respond(known, "i do not understand you", spanish, Channel.SMS).state.language == "en"
    chosen = replace(known, language_chosen=True)
    assert respond(chosen, "i do not understand you", spanish, Channel.SMS).state.language == "es"


def test_the_place_after_local_is_asked_for_its_rules_not_for_a_need() -> None:
    person = Person(world(reader(), rules=LocalRules()), State(greeted=True))
    assert person.texts("LOCAL") == [local.WHERE]
    assert person.texts("60614") == [local.NONE_KNOWN % {"place": "60614 (Chicago, IL)"}]
    assert "Detox" in person.texts("detox")[0]


def test_local_tells_a_published_rule_in_its_own_words_or_that_none_is_known(known: Person) -> None:
    told = meaning_always(Meaning(Intent.LOCAL, place=Located(LINCOLN_PARK)))
    rule = LocalRule("Example Police", LINCOLN_PARK, "We do not charge who asks for help.", "https://example.org/r",
                     "", "", NOW.date(), NOW.date() + timedelta(days=90))  # fmt: skip
    with_one = respond(known.state, "local 60614", world(told, rules=LocalRules((rule,))), Channel.SMS)
    assert "Example Police says: We do not charge who asks for help." in with_one.replies[0].text
    assert rule.source_url in with_one.replies[0].text
    without = respond(known.state, "local 60614", world(told, rules=LocalRules()), Channel.SMS)
    assert without.replies[0].text == local.NONE_KNOWN % {"place": LINCOLN_PARK.label}


def test_a_call_is_promised_only_where_people_call_and_after_a_yes(known: Person) -> None:
    asks = meaning_always(Meaning(Intent.CALL_ME))
    assert respond(known.state, "callme", world(asks), Channel.SMS).replies[0].text == call_me.NOBODY
    asked = respond(known.state, "callme", world(asks, navigators=True), Channel.SMS)
    assert (asked.replies[0].text, asked.effects) == (call_me.CONSENT, ())
    yes = respond(asked.state, "yes", world(understand, navigators=True), Channel.SMS)
    assert yes.effects == (Effect.CALL_ME,)


def test_bye_is_answered_with_where_help_is(known: Person) -> None:
    known.texts("detox 60614")
    assert known.texts("bye") == [menu.TAKE_CARE]


def test_an_opt_out_says_nothing_of_going_on_in_a_language(known: Person) -> None:
    known.state = replace(known.state, language="es", unconfirmed=True)
    assert "ENGLISH" not in known.texts("stop")[-1]
