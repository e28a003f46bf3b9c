"""A town by itself is an answer to "where?": it is no danger, and it asks for nothing."""

from __future__ import annotations

from collections import Counter

import pytest
import zipcodes

from bot.model import Danger, Intent
from bot.understanding import Reader
from tests.understanding.reader import reader

TOWNS = 150
WAYS = ("{city}, {state}", "{lower} {code}", "im in {lower} {code}")
MILITARY = ("AA", "AE", "AP")
# In the words of a language: "I am in ...".
ELSEWHERE = {
    "ar": "انا في {}", "es": "estoy en {}", "fr": "je suis à {}", "hi": "main {} me hu", "ht": "mwen nan {}",
    "ko": "{}에 있어요", "pl": "jestem w {}", "pt": "estou em {}", "ru": "я в {}", "so": "waxaan joogaa {}",
    "tl": "nasa {} ako", "ur": "میں {} میں ہوں", "vi": "tôi ở {}", "zh-Hans": "我在{}", "zh-Hant": "我喺{}",
}  # fmt: skip


@pytest.fixture(scope="module")
def read() -> Reader:
    return reader()


def _towns(count: int) -> list[tuple[str, str]]:
    """Those with the most ZIPs."""
    live = (z for z in zipcodes.list_all() if z["active"] and z["state"] not in MILITARY)
    return [town for town, _ in Counter((z["city"], z["state"]) for z in live).most_common(count)]


@pytest.mark.parametrize("way", WAYS)
def test_a_town_is_a_place_and_nothing_else(read: Reader, way: str) -> None:
    wrong = {}
    for city, state in _towns(TOWNS):
        text = way.format(city=city, state=state, lower=city.lower(), code=state.lower())
        meaning = read(text, "en")
        if meaning.danger or meaning.needs or meaning.unsure or meaning.intent is not Intent.PLACE:
            wrong[text] = meaning
    assert not wrong


@pytest.mark.parametrize("language", ELSEWHERE)
def test_nor_is_it_a_danger_in_another_language(read: Reader, language: str) -> None:
    texts = [ELSEWHERE[language].format(city) for city, _ in _towns(40)]
    alarms = {text: danger for text in texts if (danger := read(text, language).danger)}
    assert not alarms


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("lincoln park chicago", "en", "Chicago, IL"),  # no bed in a park
        ("needles ca", "en", "Needles, CA"),
        ("hút tơn", "vi", "Houston, TX"),  # hút is to smoke
        ("圣地牙哥", "zh-Hans", "San Diego, CA"),
        ("我在Dallas", "zh-Hans", "Dallas, TX"),
        ("San Diego에 있어요", "ko", "San Diego, CA"),
        ("шипсхед бей", "ru", "Brooklyn, NY"),
    ],
)
def test_the_words_of_its_name_ask_for_nothing(read: Reader, text: str, language: str, place: str) -> None:
    meaning = read(text, language)
    assert meaning.place
    assert meaning.place.place
    assert meaning.place.place.label == place
    assert not meaning.needs
    assert meaning.danger is None


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("sober living houston", "housing"),
        ("clean needles needles ca", "syringe_services"),
        ("teeth hurt 60614", "clinic"),
        ("food skid row", "food"),
    ],
)
def test_the_words_beside_it_do(read: Reader, text: str, need: str) -> None:
    meaning = read(text, "en")
    assert meaning.needs[:1] == (need,)
    assert meaning.place


@pytest.mark.parametrize("name", ["Palaos", "Sactown", "burque"])
def test_a_long_name_that_is_no_town_of_its_own_never_raises(read: Reader, name: str) -> None:
    assert read(f"nou la depi lontan {name} epi li fè frèt anpil", "ht").danger is None


@pytest.mark.parametrize(
    "name",
    ["hope house", "hope house chicago", "is hope house open", "new hope", "house of hope", "city of hope", "희망의 집",
     "nhà hy vọng", "bridge house", "phoenix house"],
)  # fmt: skip
def test_the_name_of_a_service_is_no_danger(read: Reader, name: str) -> None:
    assert read(name, None).danger is None


@pytest.mark.parametrize(
    "text", ["i have no hope", "no hope left", "lost all hope", "희망이 없어", "hết hy vọng rồi"]
)
def test_who_has_lost_hope_is_heard(read: Reader, text: str) -> None:
    assert read(text, None).danger is Danger.SUICIDE


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("any houston rehab beds", "Houston, TX"),
        ("看新闻说西雅图去年吸毒过量死的人比前年少了", "Seattle, WA"),
    ],
)
def test_a_town_in_the_gap_of_a_phrase_is_one(read: Reader, text: str, town: str) -> None:
    place = read(text, None).place
    assert place is not None
    assert place.told is not None
    assert place.told.label == town
