"""One message, one transaction: answered once, remembered for a day, readable by nobody."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

import storage
from bot import safety_texts
from bot.intents import carrier, lost, menu
from bot.memory import Keys, Memory, conversation, metadata, opt_out, turn_claim
from bot.model import Channel, Danger, Intent, Meaning, State
from bot.service import Bot, Heard
from directory.answers import Located
from tests.bot.town import LINCOLN_PARK, NOW, world

ANN, BOB = "+13125550100", "+13125550199"
DETOX_HERE = Meaning(Intent.NEED, needs=("detox",), place=Located(LINCOLN_PARK))
MEANINGS = {
    "detox 60614": DETOX_HERE,
    "stop": Meaning(Intent.OPT_OUT),
    "leave me alone please": Meaning(Intent.OPT_OUT),
    "start": Meaning(Intent.OPT_IN),
    "help": Meaning(Intent.HELP),
    "volver": Meaning(Intent.OPT_IN, "es"),
    "forget": Meaning(Intent.FORGET),
    "privacy": Meaning(Intent.PRIVACY),
    "okay": Meaning(Intent.YES),
    "yes": Meaning(Intent.YES),
    "no": Meaning(Intent.NO),
    "more": Meaning(Intent.MORE),
    "not breathing": Meaning(Intent.OTHER, danger=Danger.OVERDOSE),
    "he is not waking up": Meaning(Intent.OTHER, danger=Danger.OVERDOSE),
}
KEYS = Keys.derive(b"pseudonym key", b"contact key", b"opt-out key")


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self):  # type: ignore[no-untyped-def]
        return self.now


def understand(text: str, language: str | None) -> Meaning:
    return MEANINGS.get(text, Meaning(Intent.OTHER))


def a_bot(folder: Path, clock: Clock | None = None) -> Bot:
    engine = storage.open_engine(f"sqlite:///{folder / 'bot.sqlite3'}")
    metadata.create_all(engine)
    return Bot(engine, Memory(KEYS), world(understand, now=clock or Clock()))


def rows(folder: Path) -> list[int]:
    """How many conversations, claims and opt-outs there are."""
    with storage.open_engine(f"sqlite:///{folder / 'bot.sqlite3'}").connect() as connection:
        tables = (conversation, turn_claim, opt_out)
        return [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]


def state_of(folder: Path, sender: str) -> State:
    with storage.begin(storage.open_engine(f"sqlite:///{folder / 'bot.sqlite3'}")) as connection:
        return Memory(KEYS).recall(connection, sender, NOW)


def said(heard: Heard) -> list[str]:
    return [reply.text for reply in heard.replies]


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    return a_bot(tmp_path)


def test_a_talk_goes_on_from_text_to_text(bot: Bot) -> None:
    assert "312-555-0101" in said(bot.hear(ANN, "SM1", "detox 60614", Channel.SMS))[0]
    assert "North Shore Detox" in said(bot.hear(ANN, "SM2", "more", Channel.SMS))[0]


def test_the_same_message_again_gets_the_same_answer_and_changes_nothing(bot: Bot, tmp_path: Path) -> None:
    first = bot.hear(ANN, "SM1", "blah", Channel.SMS)
    again = bot.hear(ANN, "SM1", "blah", Channel.SMS)
    assert (again.replies, again.replayed, first.replayed) == (first.replies, True, False)
    assert state_of(tmp_path, ANN).misses == 1


def test_fifty_deliveries_of_one_message_at_once_are_one_turn(bot: Bot, tmp_path: Path) -> None:
    with ThreadPoolExecutor(50) as pool:
        heard = list(pool.map(lambda _: bot.hear(ANN, "SM1", "blah", Channel.SMS), range(50)))
    assert len({each.replies for each in heard}) == 1
    assert [each.replayed for each in heard].count(False) == 1
    assert state_of(tmp_path, ANN).misses == 1


def test_two_processes_answer_one_message_once(tmp_path: Path) -> None:
    a_bot(tmp_path)
    context = multiprocessing.get_context("spawn")
    with context.Pool(2) as pool:
        heard = [each for part in pool.map(partial(_deliver, tmp_path), [0, 1]) for each in part]
    assert len({replies for replies, _ in heard}) == 1
    assert [replayed for _, replayed in heard].count(False) == 5  # five messages, ten deliveries of each
    assert state_of(tmp_path, ANN).misses == 5


def _deliver(folder: Path, _process: int) -> list[tuple[tuple[str, ...], bool]]:
    bot = a_bot(folder)
    with ThreadPoolExecutor(5) as pool:
        ids = [f"SM{n % 5}" for n in range(25)]
        heard = list(pool.map(lambda sid: bot.hear(ANN, sid, "blah", Channel.SMS), ids))
    return [(() if each.replies else ("silence",), each.replayed) for each in heard]


def test_different_texts_of_one_person_take_turns(bot: Bot, tmp_path: Path) -> None:
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda n: bot.hear(ANN, f"SM{n}", "blah", Channel.SMS), range(20)))
    assert state_of(tmp_path, ANN).misses == 20


def test_an_error_leaves_no_claim_so_that_the_retry_is_answered(tmp_path: Path) -> None:
    broken = [True]

    def stumbling(text: str, language: str | None) -> Meaning:
        if broken[0]:
            raise RuntimeError("the index is gone")
        return understand(text, language)

    engine = storage.open_engine(f"sqlite:///{tmp_path / 'bot.sqlite3'}")
    metadata.create_all(engine)
    bot = Bot(engine, Memory(KEYS), world(stumbling))
    with pytest.raises(RuntimeError):
        bot.hear(ANN, "SM1", "detox 60614", Channel.SMS)
    broken[0] = False
    assert not bot.hear(ANN, "SM1", "detox 60614", Channel.SMS).replayed


def test_after_an_error_a_danger_in_two_texts_is_still_one(tmp_path: Path) -> None:
    bot = a_bot(tmp_path)
    bot.hear(ANN, "SM1", "he is not", Channel.SMS)
    with storage.begin(bot._engine) as connection:
        connection.exec_driver_sql("ALTER TABLE turn_claim RENAME TO gone")
    with pytest.raises(DatabaseError):
        bot.hear(ANN, "SM2", "waking up", Channel.SMS)
    with storage.begin(bot._engine) as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO turn_claim")
    assert said(bot.hear(ANN, "SM3", "waking up", Channel.SMS)) == [*safety_texts.FIRST[Danger.OVERDOSE]]


def test_after_stop_there_is_silence_until_start(bot: Bot, tmp_path: Path) -> None:
    assert said(bot.hear(ANN, "SM1", "leave me alone please", Channel.SMS)) == [
        carrier.STOPPED % {"site": "Openway"}
    ]
    assert said(bot.hear(ANN, "SM2", "detox 60614", Channel.SMS)) == []
    assert rows(tmp_path)[0] == 0
    assert said(bot.hear(ANN, "SM4", "start", Channel.SMS)) == [carrier.STARTED % {"site": "Openway"}]
    assert "312-555-0101" in said(bot.hear(ANN, "SM5", "detox 60614", Channel.SMS))[0]


@pytest.mark.parametrize("owed", ["help", "privacy", "forget", "stop", "start", "not breathing"])
def test_what_is_owed_is_answered_however_many_texts_there_were(bot: Bot, owed: str) -> None:
    for n in range(40):
        bot.hear(ANN, f"SM{n}", f"blah {n}", Channel.SMS)
    assert said(bot.hear(ANN, "SM-blah", "blah", Channel.SMS)) == []
    assert said(bot.hear(ANN, "SM-owed", owed, Channel.SMS)) != []


def test_who_opted_out_and_writes_in_danger_is_answered_and_stays_out(bot: Bot, tmp_path: Path) -> None:
    bot.hear(ANN, "SM1", "leave me alone please", Channel.SMS)
    assert "911" in said(bot.hear(ANN, "SM2", "not breathing", Channel.SMS))[0]
    assert said(bot.hear(ANN, "SM3", "yes", Channel.SMS)) != [], "who is asked is heard"
    for n in range(12):
        bot.hear(ANN, f"SM3-{n}", "okay", Channel.SMS)
    assert said(bot.hear(ANN, "SM4", "detox 60614", Channel.SMS)) == []
    assert rows(tmp_path)[0] == 0, "and nothing is kept of it"


@pytest.mark.parametrize("text", ["start", "actually wait start"])
def test_a_start_in_a_few_words_brings_back(bot: Bot, text: str) -> None:
    bot.hear(ANN, "SM1", "leave me alone please", Channel.SMS)
    assert said(bot.hear(ANN, "SM2", "i do not start a thing today", Channel.SMS)) == []
    assert said(bot.hear(ANN, "SM2b", "quiero volver a casa", Channel.SMS)) == []
    assert said(bot.hear(ANN, "SM3", text, Channel.SMS))
    assert "312-555-0101" in said(bot.hear(ANN, "SM4", "detox 60614", Channel.SMS))[0]


def test_help_is_answered_even_after_stop_as_carriers_want(bot: Bot, tmp_path: Path) -> None:
    bot.hear(ANN, "SM1", "leave me alone please", Channel.SMS)
    assert said(bot.hear(ANN, "SM2", "help", Channel.SMS)) == [carrier.HELP_TEXT % {"site": "Openway"}]
    assert rows(tmp_path)[0] == 0
    assert said(bot.hear(ANN, "SM3", "detox 60614", Channel.SMS)) == []


def test_an_okay_to_the_stop_brings_nobody_back_but_the_carriers_yes_does(bot: Bot) -> None:
    bot.hear(ANN, "SM1", "stop", Channel.SMS)
    assert said(bot.hear(ANN, "SM2", "okay", Channel.SMS)) == []
    assert said(bot.hear(ANN, "SM2b", "Liked “start”", Channel.SMS)) == []
    assert said(bot.hear(ANN, "SM3", "detox 60614", Channel.SMS)) == []
    bot.hear(ANN, "SM4", "YES", Channel.SMS)
    assert "312-555-0101" in said(bot.hear(ANN, "SM5", "detox 60614", Channel.SMS))[0]


def test_what_is_owed_to_anybody_is_answered_after_stop_too(bot: Bot, tmp_path: Path) -> None:
    bot.hear(ANN, "SM1", "stop", Channel.SMS)
    bot.hear(ANN, "SM2", "help", Channel.SMS)
    assert said(bot.hear(ANN, "SM3", "privacy", Channel.SMS))
    assert rows(tmp_path) == [0, 3, 1]
    assert said(bot.hear(ANN, "SM4", "forget", Channel.SMS))
    assert rows(tmp_path) == [0, 1, 1], "only the answer to FORGET, and that they want no texts"


def test_after_a_danger_a_person_who_says_little_is_not_taken_for_a_machine(bot: Bot) -> None:
    bot.hear(ANN, "SM0", "not breathing", Channel.SMS)
    answers = [said(bot.hear(ANN, f"SM{n}", "no", Channel.SMS)) for n in range(1, 10)]
    assert all(answers)


@pytest.mark.parametrize("answered", ["STOP", "stop"])
def test_what_the_carrier_answered_is_met_with_silence_and_kept(
    bot: Bot, tmp_path: Path, answered: str
) -> None:
    assert said(bot.hear(ANN, "SM1", "end", Channel.SMS, opt_out_type=answered)) == []
    assert rows(tmp_path)[2] == 1
    assert said(bot.hear(ANN, "SM2", "start", Channel.SMS, opt_out_type="START")) == []
    assert rows(tmp_path)[2] == 0
    assert said(bot.hear(ANN, "SM3", "help", Channel.SMS, opt_out_type="HELP")) == []


def test_a_word_of_the_carrier_that_is_none_of_its_own_silences_nobody(bot: Bot) -> None:
    assert said(bot.hear(ANN, "SM1", "not breathing", Channel.SMS, opt_out_type="junk")) != []


def test_danger_is_answered_whatever_came_before(bot: Bot) -> None:
    for n in range(30):
        bot.hear(ANN, f"SM{n}", "blah", Channel.SMS)
    assert (
        said(bot.hear(ANN, "SM99", "not breathing", Channel.SMS))[0] == safety_texts.FIRST[Danger.OVERDOSE][0]
    )


def test_forget_erases_now_and_the_next_text_is_of_a_new_person(bot: Bot, tmp_path: Path) -> None:
    bot.hear(ANN, "SM1", "detox 60614", Channel.SMS)
    bot.hear(BOB, "SM2", "detox 60614", Channel.SMS)
    bot.hear(ANN, "SM3", "forget", Channel.SMS)
    assert rows(tmp_path) == [1, 2, 0]
    assert said(bot.hear(ANN, "SM4", "blah", Channel.SMS)) == [menu.INTRODUCTION % {"site": "Openway"}]
    assert said(bot.hear(ANN, "SM5", "blah", Channel.SMS)) == [lost.PERSON]


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


WORDS = [b"3125550100", b"detox", b"60614", b"Chicago", b"Cedar", b"SM-one", b"leave me", b"greeted"]


def test_no_number_no_word_and_no_place_is_ever_readable_on_disk(tmp_path: Path) -> None:
    clock = Clock()
    bot = a_bot(tmp_path, clock)
    bot.hear(ANN, "SM-one", "detox 60614", Channel.SMS)
    bot.hear(ANN, "SM-two", "leave me alone please", Channel.SMS)
    bot.hear(BOB, "SM-three", "detox 60614", Channel.SMS)
    assert [word for word in WORDS if word in bytes_of(tmp_path)] == []


def test_after_a_day_nothing_is_left_but_the_opt_out_list(tmp_path: Path) -> None:
    clock = Clock()
    bot = a_bot(tmp_path, clock)
    bot.hear(ANN, "SM-one", "detox 60614", Channel.SMS)
    pseudonym = KEYS.pseudonym and Memory(KEYS).pseudonym(ANN).encode()
    assert pseudonym in bytes_of(tmp_path)
    bot.hear(BOB, "SM-two", "stop", Channel.SMS)
    clock.now += timedelta(hours=25)
    assert bot.purge() == 3
    assert rows(tmp_path) == [0, 0, 1]
    assert pseudonym not in bytes_of(tmp_path)


def test_the_next_text_of_anybody_clears_what_has_expired(tmp_path: Path) -> None:
    clock = Clock()
    bot = a_bot(tmp_path, clock)
    bot.hear(ANN, "SM1", "detox 60614", Channel.SMS)
    clock.now += timedelta(hours=24)
    bot.hear(BOB, "SM2", "detox 60614", Channel.SMS)
    assert rows(tmp_path) == [1, 1, 0]
