"""Every message of the bot, in every language: its cost, its holes, its words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import listing_texts, safety_texts
from bot.intents import INTENTS, privacy
from bot.model import Danger
from bot.segments import Encoding, measure
from bot.speech import economical, within
from bot.talk import LONGEST_SITE_NAME
from directory.hotlines import Hotlines
from directory.phones import say_phone
from translations import catalogue, languages

BOT = Path(__file__).parent.parent.parent / "bot"
TWO_SEGMENTS = {privacy.PRIVACY_TEXT}
LONGEST = {
    "site": "W" * LONGEST_SITE_NAME,
    "last": 3,
    "need": "N" * listing_texts.LONGEST_LABEL,
    "place": "P" * listing_texts.LONGEST_LABEL,
    "phone": "312-555-0100 x12345",
    "languages": "L" * 50,
    "name": "N" * 40,
    "rule": "R" * 80,
    "date": "Nov 27, 2026",
    "wish": "OK if you take methadone or buprenorphine",
}
NUMBER = re.compile(r"(?<![\d-])(?:[0-9]{3}-[0-9]{3}-[0-9]{4}|988|911|211|88788)(?![\d-])")
PROMISES = re.compile(
    r"anonym|confidential|won't be arrested|no arrest|guarantee|100 ?%|encrypt|safe with us", re.I
)
BLAME = re.compile(r"\b(addict|junkie|abuser?|alcoholic|clean|dirty|habit)\b", re.I)


def _marked() -> Iterator[str]:
    for path in (BOT, BOT / "intents"):
        for file in path.glob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "mark":
                    yield ast.literal_eval(node.args[0])


MESSAGES = sorted(set(_marked()))


def test_there_are_messages_to_look_at() -> None:
    assert len(MESSAGES) > 50


@pytest.mark.parametrize("language", languages())
def test_every_message_fits_with_the_longest_words_in_its_holes(language: str) -> None:
    said = {message: economical(catalogue(language).gettext(message) % LONGEST) for message in MESSAGES}
    too_long = {
        text: measure(text)
        for message, text in said.items()
        if not within(text, 2 if message in TWO_SEGMENTS else 1)
    }
    assert not too_long


@pytest.mark.parametrize("language", [code for code in languages() if code in {"en", "es", "ht", "tl", "so"}])
def test_languages_that_gsm_7_can_write_are_written_in_it(language: str) -> None:
    texts = [catalogue(language).gettext(message) for message in MESSAGES]
    assert [text for text in texts if measure(text).encoding is not Encoding.GSM_7] == []


@pytest.mark.parametrize("language", languages())
def test_no_message_is_left_out_of_a_catalogue(language: str) -> None:
    if language != "en":
        same = [m for m in MESSAGES if catalogue(language).gettext(m) == m]
        assert same == []


@pytest.mark.parametrize("language", languages())
def test_holes_are_the_same_in_every_language(language: str) -> None:
    holes = re.compile(r"%\(\w+\)s")
    for message in MESSAGES:
        assert sorted(holes.findall(catalogue(language).gettext(message))) == sorted(holes.findall(message))


def test_nothing_is_promised_that_we_cannot_keep_and_nobody_is_blamed() -> None:
    assert [m for m in MESSAGES if PROMISES.search(m) or BLAME.search(m)] == []


def test_every_danger_has_its_texts_and_an_emergency_number() -> None:
    assert set(safety_texts.FIRST) == set(safety_texts.AGAIN) == set(Danger)
    for kind in Danger:
        assert re.search("911|988", safety_texts.FIRST[kind][0])
        assert re.search("911|988", safety_texts.AGAIN[kind])
    assert measure(safety_texts.BROKEN).segments == 1


def test_every_intent_file_is_in_the_list_of_intents() -> None:
    files = {path.stem for path in (BOT / "intents").glob("*.py")} - {"__init__"}
    used = {skill.answer.__module__.rpartition(".")[2] for skill in INTENTS}
    assert files - used <= {"lost"}  # its silent part is a lambda of the same file
    assert len({skill.name for skill in INTENTS}) == len(INTENTS)


def test_danger_comes_first_after_an_opt_out() -> None:
    assert [skill.name for skill in INTENTS[:2]] == ["stop", "danger"]
    assert INTENTS[-1].name == "lost"


# Of the others a letter costs twice, and the words do not fit 70 of them.
_ROOMY = [code for code in languages() if code not in {"ko", "ar", "ru", "hi", "ur"}]


@pytest.mark.parametrize("language", _ROOMY)
def test_what_is_said_of_a_danger_first_is_one_segment_where_the_script_allows(language: str) -> None:
    first = [*(text for texts in safety_texts.FIRST.values() for text in texts), safety_texts.EMERGENCY]
    first += [text for text, _ in safety_texts.PARTICULAR.values()] + [*safety_texts.SWALLOWED.values()]
    first += [
        *safety_texts.ADDRESS.values(),
        safety_texts.ADDRESS_POISON,
        safety_texts.NOW,
        safety_texts.BESIDE,
    ]
    first += [safety_texts.NO_HOSPITAL, safety_texts.NO_HOSPITAL_POISON]
    said = [economical(catalogue(language).gettext(message)) for message in first]
    assert [text for text in said if measure(text).segments > 1] == []


@pytest.mark.parametrize("language", languages())
def test_every_number_that_is_said_is_that_of_a_national_line(language: str) -> None:
    """A line that changes its number in data/hotlines.csv must not live on in a sentence."""
    lines = Hotlines.load().lines
    known = {say_phone(number, "en") for line in lines for number in (line.call, line.text_to) if number}
    example = {"312-555-0100"}  # of our own
    for message in MESSAGES:
        said = catalogue(language).gettext(message)
        assert {*NUMBER.findall(said)} <= known | example, message
        spoken = {*NUMBER.findall(message)} - {"88788"}  # whose texts are in English
        assert spoken <= {*NUMBER.findall(said)}, f"{message!r} lost a number"
