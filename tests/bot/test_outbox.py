"""What we ask of Twilio: its own library, on a wire that goes nowhere."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import Engine, func, select
from twilio.http import HttpClient
from twilio.http.response import Response

import storage
from bot.memory import Keys, Memory, metadata, redaction
from bot.outbox import TRIES, Outbox, Sent
from tests.bot.town import NOW

ANN = "+13125550100"
SID = "SM" + "0" * 32


class Wire(HttpClient):
    """Answers as told, and keeps what was asked."""

    def __init__(self, *answers: Response | Exception) -> None:
        super().__init__(logging.getLogger(__name__), False, None)
        self.answers = list(answers)
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def request(self, *asked: Any, **more: Any) -> Response:
        self.asked.append((asked[1], dict(more["data"] or {})))
        answer = self.answers.pop(0) if self.answers else Response(201, "{}")
        if isinstance(answer, Exception):
            raise answer
        return answer


def refusal(status: int, code: int) -> Response:
    return Response(status, f'{{"code": {code}, "message": "no", "status": {status}}}')


@pytest.fixture
def memory() -> Memory:
    return Memory(Keys.derive(b"a" * 32, b"b" * 32, b"c" * 32))


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = storage.open_engine(f"sqlite:///{tmp_path / 'outbox.sqlite3'}")
    metadata.create_all(engine)
    return engine


@pytest.fixture
def outbox(engine: Engine, memory: Memory) -> Callable[[Wire], Outbox]:
    def at(wire: Wire) -> Outbox:
        found = Outbox.open(engine, memory, "AC" + "0" * 32, "token", "+13125550111", wire)
        assert found
        return found

    return at


def note(engine: Engine, memory: Memory, when: datetime = NOW) -> None:
    with storage.begin(engine) as connection:
        memory.erase_later(connection, SID, when)


def noted(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(redaction)) or 0


def test_without_a_gateway_there_is_no_outbox(engine: Engine, memory: Memory) -> None:
    assert Outbox.open(engine, memory, "", "", "") is None


def test_the_words_of_a_due_text_are_erased_and_nothing_is_kept(
    engine: Engine, memory: Memory, outbox: Callable[[Wire], Outbox]
) -> None:
    note(engine, memory)
    note(engine, memory)  # a report that comes twice
    wire = Wire()
    assert outbox(wire).erase_due(NOW - timedelta(seconds=1)) == 0
    assert outbox(wire).erase_due(NOW) == 1
    ((url, data),) = wire.asked
    assert url.endswith(f"/Messages/{SID}.json")
    assert data == {"Body": ""}
    assert noted(engine) == 0


@pytest.mark.parametrize(
    "answer",
    [refusal(500, 20500), refusal(429, 20429), refusal(400, 20009), requests.exceptions.Timeout(), requests.exceptions.ConnectionError()],
    ids=["broken", "busy", "not final yet", "no answer", "no net"],
)  # fmt: skip
def test_what_could_not_be_erased_is_tried_again_later_and_later(
    engine: Engine, memory: Memory, outbox: Callable[[Wire], Outbox], answer: Response | Exception
) -> None:
    note(engine, memory)
    wire = Wire(answer)
    assert outbox(wire).erase_due(NOW) == 0
    assert outbox(wire).erase_due(NOW + timedelta(minutes=15)) == 0
    assert len(wire.asked) == 1
    assert outbox(wire).erase_due(NOW + timedelta(minutes=16)) == 1
    assert noted(engine) == 0


def test_a_text_that_twilio_no_longer_has_is_done(
    engine: Engine, memory: Memory, outbox: Callable[[Wire], Outbox]
) -> None:
    note(engine, memory)
    assert outbox(Wire(refusal(404, 20404))).erase_due(NOW) == 1
    assert noted(engine) == 0


def test_after_many_tries_it_is_given_up_and_said(
    engine: Engine, memory: Memory, outbox: Callable[[Wire], Outbox], caplog: pytest.LogCaptureFixture
) -> None:
    note(engine, memory)
    wire = Wire(*[refusal(500, 20500)] * 50)
    for day in range(TRIES + 3):
        outbox(wire).erase_due(NOW + timedelta(days=day))
    assert len(wire.asked) == TRIES
    assert noted(engine) == 0
    assert "could not be erased" in caplog.text
    assert SID not in caplog.text


@pytest.mark.parametrize(
    ("answer", "became"),
    [
        (Response(201, '{"sid": "SM1"}'), Sent.SENT),
        (refusal(429, 20429), Sent.LATER),
        (refusal(400, 21211), Sent.REFUSED),
        (refusal(400, 21610), Sent.OPTED_OUT),
        (refusal(503, 20503), Sent.UNCERTAIN),
        (requests.exceptions.ReadTimeout(), Sent.UNCERTAIN),
        (requests.exceptions.ConnectionError(), Sent.UNCERTAIN),
    ],
)
def test_a_text_is_sent_once_and_what_became_of_it_is_told(
    outbox: Callable[[Wire], Outbox],
    answer: Response | Exception,
    became: Sent,
    caplog: pytest.LogCaptureFixture,
) -> None:
    wire = Wire(answer)
    assert outbox(wire).send(ANN, "How are you?") is became
    assert len(wire.asked) == 1
    assert ANN not in caplog.text


def test_who_unsubscribed_at_twilio_is_never_texted_again(outbox: Callable[[Wire], Outbox]) -> None:
    wire = Wire(refusal(400, 21610))
    assert outbox(wire).send(ANN, "Hello") is Sent.OPTED_OUT
    assert outbox(wire).send(ANN, "Hello") is Sent.OPTED_OUT
    assert len(wire.asked) == 1
