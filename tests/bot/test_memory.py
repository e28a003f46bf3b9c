"""What is remembered is sealed, expires, and can be forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, select, update

import storage
from bot.memory import KEPT, Keys, Memory, conversation, metadata, opt_out, redaction, turn_claim
from bot.model import Reply, State
from tests.bot.town import LINCOLN_PARK, NOW, SPRINGFIELDS

ANN, BOB = "+13125550100", "+13125550199"
KNOWN = State(
    greeted=True, needs=("detox",), place=LINCOLN_PARK, places=SPRINGFIELDS, told_danger={"suicide": "x"}
)
REPLIES = (Reply("one", 2), Reply("two"))


def a_memory(secret: bytes = b"contact key of the tests") -> Memory:
    return Memory(Keys.derive(b"pseudonym key", secret, b"opt-out key"))


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = storage.open_engine(f"sqlite:///{tmp_path / 'memory.sqlite3'}")
    metadata.create_all(engine)
    return engine


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with storage.begin(engine) as connection:
        yield connection


def remember(connection: Connection, memory: Memory, sender: str, state: State) -> None:
    memory.recall(connection, sender, NOW)
    memory.remember(connection, sender, state, NOW)


def test_a_talk_is_recalled_as_it_was(connection: Connection) -> None:
    remember(connection, a_memory(), ANN, KNOWN)
    assert a_memory().recall(connection, ANN, NOW) == KNOWN
    assert a_memory().recall(connection, BOB, NOW) == State()


def test_a_talk_is_gone_after_a_day_even_if_nothing_has_deleted_it(connection: Connection) -> None:
    remember(connection, a_memory(), ANN, KNOWN)
    assert a_memory().recall(connection, ANN, NOW + KEPT - timedelta(seconds=1)) == KNOWN
    assert a_memory().recall(connection, ANN, NOW + KEPT) == State()


def test_a_changed_key_forgets_and_does_not_fail(connection: Connection) -> None:
    remember(connection, a_memory(), ANN, KNOWN)
    assert a_memory(b"another contact key").recall(connection, ANN, NOW) == State()


def test_a_state_moved_to_another_person_cannot_be_opened(connection: Connection) -> None:
    remember(connection, a_memory(), ANN, KNOWN)
    sealed = connection.execute(select(conversation.c.sealed)).scalar_one()
    remember(connection, a_memory(), BOB, State())
    connection.execute(update(conversation).values(sealed=sealed))
    assert a_memory().recall(connection, BOB, NOW) == State()


def test_a_note_of_an_older_version_is_no_note(connection: Connection) -> None:
    memory = a_memory()
    memory.recall(connection, ANN, NOW)
    key = connection.execute(select(conversation.c.pseudonym)).scalar_one()
    connection.execute(update(conversation).values(sealed=memory.seal({"language": "en"}, key)))
    assert memory.recall(connection, ANN, NOW) == State()


def test_a_message_is_claimed_once_and_its_answer_kept(connection: Connection) -> None:
    memory = a_memory()
    assert memory.claim(connection, "SM1", ANN, NOW)
    memory.keep_answer(connection, "SM1", REPLIES)
    assert not memory.claim(connection, "SM1", ANN, NOW)
    assert memory.answered(connection, "SM1", NOW) == REPLIES
    assert memory.answered(connection, "SM2", NOW) is None
    assert memory.answered(connection, "SM1", NOW + KEPT) is None
    assert memory.claim(connection, "SM1", ANN, NOW + KEPT)


def test_silence_is_an_answer_too(connection: Connection) -> None:
    memory = a_memory()
    memory.claim(connection, "SM1", ANN, NOW)
    memory.keep_answer(connection, "SM1", ())
    assert memory.answered(connection, "SM1", NOW) == ()


def test_forget_erases_the_talk_and_every_answer_but_its_own(connection: Connection) -> None:
    memory = a_memory()
    remember(connection, memory, ANN, KNOWN)
    for message, sender in (("SM1", ANN), ("SM2", BOB), ("SM3", ANN)):
        memory.claim(connection, message, sender, NOW)
        memory.keep_answer(connection, message, REPLIES)
    memory.forget(connection, ANN, "SM3")
    answers = [memory.answered(connection, message, NOW) for message in ("SM1", "SM2", "SM3")]
    assert answers == [None, REPLIES, REPLIES]
    assert connection.execute(select(conversation)).all() == []


def test_an_opt_out_outlives_everything_until_the_person_comes_back(connection: Connection) -> None:
    memory = a_memory()
    memory.opts_out(connection, ANN)
    memory.opts_out(connection, ANN)
    memory.purge(connection, NOW + timedelta(days=3650))
    assert (memory.is_opted_out(connection, ANN), memory.is_opted_out(connection, BOB)) == (True, False)
    memory.opts_in(connection, ANN)
    assert not memory.is_opted_out(connection, ANN)


def test_the_opt_out_list_survives_new_pseudonyms(connection: Connection) -> None:
    a_memory().opts_out(connection, ANN)
    rotated = Memory(Keys.derive(b"new pseudonyms", b"new contacts", b"opt-out key"))
    assert rotated.is_opted_out(connection, ANN)


def test_purge_deletes_what_has_expired_and_nothing_else(connection: Connection) -> None:
    memory = a_memory()
    remember(connection, memory, ANN, KNOWN)
    memory.claim(connection, "SM1", ANN, NOW)
    assert memory.purge(connection, NOW + KEPT - timedelta(seconds=1)) == 0
    assert memory.purge(connection, NOW + KEPT) == 2
    assert [connection.execute(select(table)).all() for table in (conversation, turn_claim)] == [[], []]


def test_every_table_about_people_expires_but_the_opt_out_list() -> None:
    kept = {table for table in metadata.tables.values() if "expires_at" not in table.c}
    assert kept == {opt_out, redaction}, "what Twilio shall erase goes when it is, or is given up"
    assert list(opt_out.c.keys()) == ["person"]


def test_keys_say_nothing_in_a_log_and_differ_by_use() -> None:
    keys = Keys.derive(b"same secret", b"same secret", b"same secret")
    assert len({keys.pseudonym, keys.message, keys.opt_out, keys.sealing}) == 4
    assert "same" not in repr(keys)
    assert repr(keys.sealing) not in repr(keys)


def test_the_same_state_is_sealed_differently_each_time(connection: Connection) -> None:
    memory = a_memory()
    remember(connection, memory, ANN, KNOWN)
    first = connection.execute(select(conversation.c.sealed)).scalar_one()
    memory.remember(connection, ANN, replace(KNOWN), NOW)
    assert connection.execute(select(conversation.c.sealed)).scalar_one() != first
