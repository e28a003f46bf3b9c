"""Someone texts and gets the right places; Twilio and strangers get what is theirs."""

from __future__ import annotations

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from tests.acceptance.outside import Phone, Server, messages
from tests.oracle.segments import twilio_segments

NUMBER = re.compile(r"\b\d{3}-555-01\d\d\b")


def test_a_need_and_a_zip_give_three_places_with_numbers_in_two_segments(phone: Phone) -> None:
    said = phone.texts("detox 61602")
    assert len(places(said)) == 3
    assert all(NUMBER.search(place) for place in places(said))
    assert sum(twilio_segments(said)) <= 2


def test_a_spanish_text_gets_a_spanish_answer(phone: Phone) -> None:
    said = phone.texts("necesito comida 61602")
    assert len(places(said)) == 3
    assert "Mande 1-3" in said[-1]
    assert sum(twilio_segments(said)) <= 2


def test_a_place_that_comes_second_is_joined_to_the_need(phone: Phone) -> None:
    assert "ZIP" in phone.texts("i need food")[-1]
    assert "61602" in " ".join(phone.texts("61602"))


def test_danger_is_answered_first_and_then_the_need(phone: Phone) -> None:
    first, *_ = phone.texts("my friend overdosed and is not breathing")
    assert "911" in first
    assert twilio_segments([first]) == [1]


def test_an_unsigned_text_is_refused_and_leaves_no_trace(server: Server, phone: Phone) -> None:
    def kept() -> list[str]:
        # Rows, not bytes: SQLite moves its pages by itself.
        with closing(sqlite3.connect(f"file:{server.data_dir / 'talks.sqlite3'}?mode=ro", uri=True)) as talks:
            return list(talks.iterdump())

    before = kept()
    form = phone.form("detox 61602")
    assert server.ask("POST", "/sms", form).status == 403
    assert phone.deliver(form, token="x" * 32).status == 403
    assert kept() == before
    assert phone.deliver(form).status == 200
    assert kept() != before


def places(said: list[str]) -> list[str]:
    return [line for line in "\n".join(said).splitlines() if re.match(r"[123] ", line)]


def numbers(said: list[str]) -> list[str]:
    """What is the same on every page, however names are cut to fit."""
    return NUMBER.findall("\n".join(said))


def test_a_thousand_deliveries_of_one_message_are_one_turn(phone: Phone) -> None:
    first = numbers(phone.texts("food 61602"))
    form = phone.form("MORE")
    with ThreadPoolExecutor(24) as pool:
        answers = list(pool.map(lambda _: phone.deliver(form), range(1000)))
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    assert numbers(messages(answers[0])) != first
    # Back from the second page is the first; had MORE been done twice, it would be the second.
    assert numbers(phone.texts("BACK")) == first


def test_stop_stops_and_start_starts(phone: Phone) -> None:
    phone.texts("food 61602")
    assert "START" in " ".join(phone.texts("STOP"))
    assert phone.texts("food 61602") == []
    assert phone.texts("START")
    assert phone.texts("food 61602")
