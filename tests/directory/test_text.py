"""Words are folded the same for an index and a text message."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.text import fold, terms, words


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        pytest.param("I’m OK", ["im", "ok"], id="curly apostrophe"),
        pytest.param("can´t", ["cant"], id="acute accent for an apostrophe"),
        pytest.param("Ｄｅｔｏｘ", ["detox"], id="full width"),
        pytest.param("Desintoxicación", ["desintoxicacion"], id="accent"),
        pytest.param("de\u200btox", ["detox"], id="zero-width space"),
        pytest.param("नशा मुक्ति", ["नशा", "मुक्ति"], id="Devanagari keeps its vowel signs"),
        pytest.param("cai nghiện", ["cai", "nghien"], id="Vietnamese"),
        pytest.param("60614-1234", ["60614", "1234"], id="ZIP+4"),
        pytest.param("أين", ["این"], id="Arabic letters that people mix up"),
    ],
)
def test_words_are_folded(said: str, heard: list[str]) -> None:
    assert words(said) == heard


def test_decomposed_and_composed_letters_are_the_same_word() -> None:
    said = "cai nghiện clínica"
    assert words(unicodedata.normalize("NFD", said)) == words(unicodedata.normalize("NFC", said))


def test_chinese_is_cut_into_pairs() -> None:
    assert terms("美沙酮诊所") == ["美沙", "沙酮", "酮诊", "诊所"]


def test_forms_of_a_word_meet_in_one_stem() -> None:
    assert terms("clinics") == terms("clinic")
    assert terms("housing") == terms("housed")


@given(st.text())
def test_any_text_is_folded_once_and_for_all(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert all(word and word == fold(word) for word in words(text))
