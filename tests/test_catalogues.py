"""What we say holds in every language: complete, with the same holes, and nothing promised."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.checkers import python_format
from babel.messages.pofile import read_po

from translations import BABEL_NAMES, languages

ROOT = Path(__file__).parent.parent
OTHERS = [code for code in languages() if code != "en"]


@cache
def _unsaid(language: str) -> list[re.Pattern[str]]:
    """What no text of a language says: promises that we cannot keep, words that blame."""
    with (ROOT / "tests" / "unsaid.csv").open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["language"] in (language, "en")]
    return [re.compile(row["pattern"], re.IGNORECASE) for row in rows]


def catalogue(code: str):  # type: ignore[no-untyped-def]
    path = ROOT / "translations" / BABEL_NAMES[code] / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as handle:
        return read_po(handle, locale=BABEL_NAMES[code])


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_translated_and_none_is_fuzzy(code: str) -> None:
    open_ones = [m.id for m in catalogue(code) if m.id and (m.fuzzy or not all(_strings(m.string)))]
    assert open_ones == []


@pytest.mark.parametrize("code", OTHERS)
def test_the_holes_of_a_message_are_those_of_its_translation(code: str) -> None:
    held = catalogue(code)
    for message in held:
        if message.id and message.python_format:
            python_format(held, message)


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_says_whether_it_was_reviewed(code: str) -> None:
    path = ROOT / "translations" / BABEL_NAMES[code] / "LC_MESSAGES" / "messages.po"
    assert re.search(r"^# Review: (draft|reviewed)", path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("code", OTHERS)
def test_nothing_is_promised_and_nobody_is_blamed(code: str) -> None:
    said = [text for m in catalogue(code) for text in (*_strings(m.id), *_strings(m.string)) if m.id]
    assert _faulty(said, code) == []


@pytest.mark.parametrize(
    ("file", "column"),
    [("needs.csv", "label"), ("medications.csv", "label"), ("samhsa_codes.csv", "meaning")],
)
def test_no_listing_is_labelled_with_a_word_that_blames(file: str, column: str) -> None:
    with (ROOT / "data" / file).open(encoding="utf-8", newline="") as handle:
        labels = [row[column] for row in csv.DictReader(line for line in handle if line[0] != "#")]
    assert labels
    assert _faulty(labels, "en") == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Text us and you won't be arrested."),
        ("es", "Ayuda para drogadictos"),
        ("fr", "C'est garanti et anonyme."),
        ("ru", "Это анонимно"),
        ("ko", "중독자를 위한 곳"),
        ("ar", "مركز علاج المدمنين"),
        ("zh-Hans", "我们保证您不会被捕"),
    ],
)
def test_what_must_not_be_said_is_found(code: str, text: str) -> None:
    assert _faulty([text], code) == [text]


def _faulty(said: list[str], language: str) -> list[str]:
    return [text for text in said if any(pattern.search(text) for pattern in _unsaid(language))]


def _strings(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ("",))  # type: ignore[arg-type]
