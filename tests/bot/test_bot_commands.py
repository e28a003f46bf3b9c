"""`flask bot chat`, `say`, `understand`: the shapes of INTERFACE.md."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import storage
from bot import transcript
from bot.commands import group, told
from bot.memory import Keys, Memory, metadata
from bot.model import Danger, Intent, Meaning
from bot.service import Bot
from directory.answers import Located, Place
from directory.model import Point
from tests.bot.town import SPRINGFIELDS, world

CHICAGO = Located(Place("Chicago, IL", Point(41.88, -87.63), "city", "IL"))
MEANINGS = {
    "detox chicago": Meaning(Intent.NEED, "en", needs=("detox", "medication"), place=CHICAGO),
    "springfield": Meaning(Intent.PLACE, place=Located(None, SPRINGFIELDS)),
    "me quiero morir": Meaning(Intent.OTHER, "es", Danger.SUICIDE),
    "more": Meaning(Intent.MORE),
    "hi": Meaning(Intent.GREETING),
}


def understand(text: str, language: str | None) -> Meaning:
    return MEANINGS.get(text, Meaning(Intent.OTHER))


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    engine = storage.open_engine(f"sqlite:///{tmp_path / 'bot.sqlite3'}")
    metadata.create_all(engine)
    return Bot(engine, Memory(Keys.derive(b"a", b"b", b"c")), world(understand))


def run(bot: Bot, command: str, *lines: object, arguments: tuple[str, ...] = ()) -> list[str]:
    typed = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    result = CliRunner().invoke(group(lambda: bot), [command, *arguments], input=typed)
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


def test_say_answers_each_line_with_its_replies(bot: Bot) -> None:
    out = run(bot, "say", {"from": "+13125550100", "text": "hi"}, {"from": "+13125550100", "text": "hi"})
    first, second = map(json.loads, out)
    assert list(first) == ["replies"]
    assert [list(reply) for reply in first["replies"]] == [["text", "segments", "encoding"]]
    assert (first["replies"][0]["segments"], first["replies"][0]["encoding"]) == (1, "GSM-7")
    assert first != second  # the second line knows of the first


def test_understand_tells_what_was_understood_in_the_promised_shape(bot: Bot) -> None:
    out = run(bot, "understand", {"text": "detox chicago", "language": None}, {"text": "me quiero morir"})
    assert [json.loads(line) for line in out] == [
        {
            "language": "en", "danger": None, "intent": "need", "need": "detox",
            "place": {"label": "Chicago, IL", "latitude": 41.88, "longitude": -87.63},
        },
        {"language": "es", "danger": "suicide", "intent": "other", "need": None, "place": None},
    ]  # fmt: skip


BAD = ["{", "[]", "1", "null", '{"text": 1}', '{"text": "a", "language": 3}', '{"text": null}', "[" * 100_000]


@pytest.mark.parametrize("command", ["say", "understand"])
@pytest.mark.parametrize("line", BAD, ids=lambda line: line[:30])
def test_a_bad_line_gets_an_error_and_the_next_is_answered(bot: Bot, command: str, line: str) -> None:
    bad, good = map(json.loads, run(bot, command, line, {"from": "+13125550100", "text": "hi"}))
    assert list(bad) == ["error"]
    assert bad["error"]
    assert "error" not in good


def test_an_empty_line_is_skipped_and_odd_bytes_do_no_harm(bot: Bot) -> None:
    assert len(run(bot, "understand", "", '{"text": "\\ud800"}', '{"text": "caf\u00e9"}')) == 2


@pytest.mark.parametrize("intent", Intent)
def test_only_the_intents_of_the_interface_are_told(intent: Intent) -> None:
    known = {"opt_out", "arrest_fear", "human", "need", "language", "greeting", "other"}
    assert told(Meaning(intent), None)["intent"] in known


def test_a_place_to_ask_about_is_no_place_yet() -> None:
    assert told(MEANINGS["springfield"], "en") == {
        "language": "en", "danger": None, "intent": "other", "need": None, "place": None,
    }  # fmt: skip


def test_a_place_to_ask_about_is_told_if_it_is_likely() -> None:
    several = Located(None, SPRINGFIELDS, likely=SPRINGFIELDS[1])
    label = SPRINGFIELDS[1].label
    assert told(Meaning(Intent.PLACE, place=several), "en")["place"]["label"] == label


def test_of_needs_to_ask_about_the_likelier_is_told() -> None:
    assert told(Meaning(Intent.NEED, unsure=("shelter", "housing")), "en")["need"] == "shelter"


def test_a_chat_can_be_saved_as_a_golden_transcript(bot: Bot, tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    out = run(bot, "chat", "hi", "detox chicago", arguments=("--save", str(path)))
    assert any("[1 x GSM-7]" in line for line in out)
    talk = transcript.read(path.read_text())
    assert [exchange.text for exchange in talk] == ["hi", "detox chicago"]
    assert "Detox near Chicago" in talk[1].replies[0]


def test_a_transcript_reads_back_as_it_was_written() -> None:
    talk = [
        transcript.Exchange("hi\nthere", ("one\n\ntwo", "three")),
        transcript.Exchange("", ()),
        transcript.Exchange("> odd", ("< odder",)),
    ]
    assert transcript.read(transcript.write(talk)) == talk


def test_a_transcript_with_a_line_that_belongs_to_nothing_is_refused() -> None:
    with pytest.raises(transcript.TranscriptError, match="line 2"):
        transcript.read("# a comment\nhello\n")
