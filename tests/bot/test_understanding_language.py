"""In which language a text is, and which it asks for."""

from __future__ import annotations

import pytest

from bot.model import Intent, Meaning
from tests.understanding.reader import reader


def meaning(text: str, language: str | None = None) -> Meaning:
    return reader()(text, language)


@pytest.mark.parametrize(
    ("text", "current", "language"),
    [
        ("detox", "es", None),
        ("shelter 33130", "es", None),
        ("ok thanks", "es", None),
        ("i need a shelter tonight", "es", "en"),
        ("necesito comida 33130", "en", "es"),
        ("comida 33130", None, "es"),
        ("60614", None, None),
        ("도와주세요 detox", "en", "ko"),
        ("помогите", "en", "ru"),
        ("need détox", None, "en"),
        ("ok", "en", None),
        ("okay", "en", None),
    ],
)
def test_language_is_told_by_the_text_and_never_by_one_english_word(
    text: str, current: str | None, language: str | None
) -> None:
    assert meaning(text, current).language == language


@pytest.mark.parametrize(
    ("current", "text", "language"),
    [
        ("zh-Hant", "第二个", "zh-Hans"),
        ("zh-Hans", "現在開門的", "zh-Hant"),
        ("zh-Hans", "我想戒毒", "zh-Hans"),
    ],
)
def test_of_two_languages_in_one_script_the_letters_tell_or_the_last_one_stays(
    current: str, text: str, language: str
) -> None:
    assert meaning(text, current).language == language


@pytest.mark.parametrize(
    ("text", "intent", "wants"),
    [
        ("español", Intent.LANGUAGE, "es"),
        ("do you speak spanish?", Intent.LANGUAGE, "es"),
        ("english please", Intent.LANGUAGE, "en"),
        ("中文", Intent.LANGUAGE, "zh-Hans"),
        ("detox 60614 en español", Intent.NEED, "es"),
        ("i need a polish restaurant job", Intent.NEED, None),
    ],
)
def test_a_language_is_asked_for_by_name(text: str, intent: Intent, wants: str | None) -> None:
    assert (meaning(text).intent, meaning(text).wants_language) == (intent, wants)


def test_hindi_i_is_no_maine() -> None:
    said = meaning("bahut zyada le liya maine aankhein band ho rahi hai")
    assert (said.danger, said.place) == ("overdose", None)


@pytest.mark.parametrize(
    "text",
    ["soup kitchen", "aa meeting", "na meeting tampa fl", "mental hospital", "veteran", "so sick", "LOCAL",
     "men shelter", "crisis center near 83702", "OD", "911 od", "overdosse", "suicde", "erie pa detox",
     "dc shelter", "narcan boston ma", "chicago", "san jose ca", "los angeles ca", "kansas city mo",
     "el paso tx", "new orleans la"],
)  # fmt: skip
@pytest.mark.parametrize("current", [None, "en"])
def test_short_english_and_towns_are_in_no_other_language(text: str, current: str | None) -> None:
    assert meaning(text, current).language in (None, "en")


@pytest.mark.parametrize(
    ("text", "language"),
    [("Nowy Jork", "pl"), ("Nova York", "pt"), ("Nouvelle-Orléans", "fr"), ("no despierta", "es"),
     ("tengo hambre", "es"), ("doctor sin seguro", "es"), ("desintoxicacion", "es")],
)  # fmt: skip
def test_a_towns_own_spelling_and_a_few_words_still_tell(text: str, language: str) -> None:
    assert meaning(text).language == language


@pytest.mark.parametrize("text", ["не знаю английский", "अंग्रेजी नहीं आती", "لا اتكلم الانجليزية"])
def test_who_says_that_they_have_no_english_gets_none(text: str) -> None:
    assert meaning(text).wants_language is None


@pytest.mark.parametrize(("text", "language"), [("en inglés", "en"), ("по-английски", "en"), ("اردو", "ur")])
def test_a_language_is_asked_for_by_its_name(text: str, language: str) -> None:
    assert meaning(text).wants_language == language


def test_to_give_no_answer_names_no_language_in_arabic() -> None:
    told = meaning("ابوي ما يرد وجنبه ابرة")
    assert (told.language, told.wants_language, told.danger) == ("ar", None, "overdose")


@pytest.mark.parametrize(
    "town",
    ["oak park il", "jersey city nj", "Niagara Falls, NY", "Cherry Hill NJ", "palo alto ca", "boca raton fl",
     "des plaines il", "toms river nj", "federal way wa", "detroit lakes mn", "SAN RAFAEL CA"],
)  # fmt: skip
def test_a_town_in_english_is_no_other_language(town: str) -> None:
    """It answers "where?" in the middle of an English talk."""
    assert reader()(town, "en").language in (None, "en")
    assert reader()(town, None).language in (None, "en")


@pytest.mark.parametrize(("town", "language"), [("Nowy Jork", "pl"), ("Чикаго", "ru"), ("Nueva York", "es")])
def test_a_town_in_another_language_tells_it(town: str, language: str) -> None:
    assert reader()(town, None).language == language
