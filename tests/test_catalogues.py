"""What we say holds in every language: complete, with the same holes, and nothing promised."""

import re
from pathlib import Path

import pytest
from babel.messages.checkers import python_format
from babel.messages.pofile import read_po

from translations import BABEL_NAMES, languages

ROOT = Path(__file__).parent.parent
OTHERS = [code for code in languages() if code != "en"]

# What we can never keep (docs: PRIVACY.md), in the languages we have.
PROMISES = re.compile(
    r"won.t be arrested|will not be arrested|no arrest\b(?! rules)|anonymous|confidential\b(?! place| address)|"
    r"you are protected|guarantee|100 ?%|no (?:le|lo|la) (?:van a arrestar|arrestar)|anónim|anonim|garantiz",
    re.IGNORECASE,
)
# NIDA's and ONDCP's lists of words that blame.
BLAMING = re.compile(
    r"\b(addicts?|abusers?|junkies?|alcoholics?|drug abuse|dirty|adict[oa]s?|drogadict[oa]s?)\b",
    re.IGNORECASE,
)


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
    assert [text for text in said if PROMISES.search(text) or BLAMING.search(text)] == []


def _strings(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ("",))  # type: ignore[arg-type]
