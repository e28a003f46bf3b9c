"""Clean text, its words, and the words that are meant."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import bot.understanding
from bot.understanding import normalise
from bot.understanding.normalise import clean, message
from directory.text import words
from tests.understanding.reader import reader


def meant(text: str, language: str = "en") -> str:
    return " ".join(reader().tongues[language].spelling.read(message(text)).words)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("he's od'ing rn", "he is overdosing right now"),
        ("idk wut 2nite", "do not know wut tonight"),
        ("cant can't can’t cannot", "can not can not can not can not"),
        ("detx", "detox"), ("fentynal", "fentanyl"), ("herion", "heroin"), ("suboxen", "suboxone"),
        ("nalaxone", "naloxone"), ("overdoes", "overdose"), ("suicde", "suicide"), ("alchohol", "alcohol"),
        ("detoxxxx", "detox"), ("d3tox", "detox"), ("k1ll", "kill"),
        ("just really please help", "help"),
        ("ok thanks", "thanks"),
    ],
)  # fmt: skip
def test_words_are_mended_and_written_out(typed: str, read: str) -> None:
    assert meant(typed) == read


@pytest.mark.parametrize(("typed", "read"), [("nececito", "necesito"), ("geringas", "jeringa")])
def test_each_language_mends_its_own(typed: str, read: str) -> None:
    assert meant(typed, "es") == read
    assert meant(typed, "en") == typed


@pytest.mark.parametrize(
    "word",
    ["heron", "smelter", "saber", "math", "shop", "good", "rental", "stop", "medicare", "policy", "hungary", "leading",
     "needless", "cocina", "defensa", "consejo", "deporte", "nose", "nation", "sheltie"],
)  # fmt: skip
def test_a_common_word_is_never_mended(word: str) -> None:
    assert meant(word) == word


def test_ods_apostrophe_tells_it_from_odd() -> None:
    assert meant("od'd") == "overdosed"
    assert meant("odd") == "odd"


def test_words_know_where_they_stood() -> None:
    reading = reader().tongues["en"].spelling.read(message("Can’t  wake him, 60614"))
    assert [reading.text[start:end] for start, end in reading.spans] == [
        "Can't",
        "Can't",
        "wake",
        "him",
        "60614",
    ]


@example("0'´0")
@given(st.text(alphabet=st.characters(max_codepoint=0x17F), max_size=200))
def test_words_are_cut_as_the_index_cuts_them(text: str) -> None:
    said = message(text)
    mine = [token.word for token in said.tokens if token.word[0].isalnum()]
    theirs = [word for word in words(said.text) if word[0].isalnum()]
    assert mine in (theirs, ["".join(theirs)])  # "S T O P" is one word here


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_a_long_text_is_cut() -> None:
    assert len(clean("a " * 10_000)) == normalise.LONGEST


MODULES = [f"bot.understanding.{module.name}" for module in pkgutil.iter_modules(bot.understanding.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_comments_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
