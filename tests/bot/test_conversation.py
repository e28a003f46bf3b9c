"""What the bot answers, given what was understood. Whole talks, word for word: tests/conversations."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation import brings_back, respond
from bot.intents import call_me, carrier, detail, fear, find, human, local, lost, menu, paging, privacy
from bot.model import Channel, Effect, Intent, Meaning, State, Turn, Waiting
from directory.local_rules import LocalRule, LocalRules
from directory.model import Located, Point, Query, Results, ServiceArea, Sort
from tests.bot.phrases import understand
from tests.bot.town import LINCOLN_PARK, NOW, SPRINGFIELDS, Person, Town, meaning_always, world
from tests.worlds import entry, searchable


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
    known.texts("detox 60614")
    assert known.texts("how do i get there")[0].startswith("Text the number of the place, 1-3:")
    assert known.state.needs == ("detox",)
    assert known.texts("1")[0].startswith("Cedar Lake Recovery Center")


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


def test_a_shared_name_is_the_place_that_we_have_doors_near(known: Person) -> None:
    (text,) = known.texts("detox in lincoln")
    assert "60614 (Chicago, IL)" in text.splitlines()[0]
    assert known.state.place == LINCOLN_PARK


def test_what_is_said_besides_a_list_is_said_once(known: Person) -> None:
    texts = known.texts("pregnant, detox in lincoln")
    assert len(texts) == len(set(texts)) == 2


def test_which_place_is_asked_again_after_a_wish(known: Person) -> None:
    asked = known.texts("detox in springfield")
    assert known.texts("open now") == asked
    assert "Springfield, IL" in known.texts("3")[0] or known.state.place == SPRINGFIELDS[2]


def test_instead_of_places_hundreds_of_miles_away_lines_to_call_are_told(known: Person) -> None:
    known.texts("detox in springfield")
    told = known.texts("MO")[0]
    assert "800-662-4357" in told
    assert " mi" not in told


# Fears, people, words the law knows


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


# Languages


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


# Not understood


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


def test_a_service_by_phone_is_told_when_every_door_is_far(tmp_path: Path) -> None:
    far = entry("far", needs=["detox"], point=Point(61.2, -149.9), phone="+19075550101")
    area = (ServiceArea("il", extent="IL", extent_type="state"),)
    line = entry("line", needs=["detox"], postal_code="", phone="+13125550102", service_areas=area)
    person = Person(replace(world(understand), directory=searchable(tmp_path, far, line)))
    told = " ".join(person.texts("detox 60614"))
    assert "312-555-0102" in told
    assert "907-555-0101" not in told


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


def test_bye_is_answered_with_where_help_is(known: Person) -> None:
    known.texts("detox 60614")
    assert known.texts("bye") == [menu.TAKE_CARE]


def test_a_question_that_ends_with_a_number_is_about_that_place(known: Person) -> None:
    second = known.texts("food 60614")[0].split("\n2 ")[1].split(",")[0]
    assert known.texts("how far is 2")[0].startswith(second[:12])


def test_a_word_or_two_that_answer_where_are_no_new_need(known: Person) -> None:
    known.texts("food")
    known.texts("atlantis park")
    assert known.state.needs == ("food",)
    known.texts("somewhere warm")
    assert known.state.needs == ("shelter",), "said plainly, it is one"


def test_an_opt_out_says_nothing_of_going_on_in_a_language(known: Person) -> None:
    known.state = replace(known.state, language="es", unconfirmed=True)
    assert "ENGLISH" not in known.texts("stop")[-1]
