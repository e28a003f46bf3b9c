"""American places by the names that other languages have for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.datafile import DataFileError
from directory.places.foreign import Foreign

ROWS = {
    "zh-Hans": "芝加哥|芝加哥市,'Chicago, IL'\n伊利诺伊,state:IL\n",
    "ru": "Бруклин|Бруклине,'Brooklyn, NY'\n",
    "ar": "شيكاغو,'Chicago, IL'\n",
    "ko": "시카고,'Chicago, IL'\n",
    "pl": "Nowy Jork|Nowym Jorku,'New York, NY'\n",
    "fr": "Is,'Boise, ID'\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "place_names").mkdir()
    (tmp_path / "states.csv").write_text("code,name,spanish,aliases\nIL,Illinois,,\n", encoding="utf-8")
    for code, rows in ROWS.items():
        text = "name,place\n" + rows.replace("'", '"')
        (tmp_path / "place_names" / f"{code}.csv").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("我在芝加哥需要戒毒", "Chicago, IL"),
        ("伊利诺伊", "Illinois"),
        ("Я в БРУКЛИНЕ", "Brooklyn, NY"),
        ("محتاج مساعدة بشيكاغو", "Chicago, IL"),
        ("시카고에서", "Chicago, IL"),
        ("pomoc w nowym jorku", "New York, NY"),
    ],
)
def test_a_name_is_written_over_in_english(folder: Path, text: str, place: str) -> None:
    assert f" {place} " in Foreign.load(frozenset(), folder).translated(text)


@pytest.mark.parametrize("text", ["detox in Chicago", "Бруклинец", "nowy", "", "يشيكاغوي"])
def test_any_other_text_stays_as_it_is(folder: Path, text: str) -> None:
    assert Foreign.load(frozenset(), folder).translated(text) == text


def test_an_ordinary_word_names_nothing(folder: Path) -> None:
    assert Foreign.load(frozenset({"is"}), folder).translated("it is") == "it is"


def test_a_faulty_line_is_named(folder: Path) -> None:
    (folder / "place_names" / "so.csv").write_text("name,place\nShikaago,Chicago\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"so.csv, line 2, place: .*write the city and its state"):
        Foreign.load(frozenset(), folder)


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    assert isinstance(Foreign({"芝加哥": "Chicago, IL"}).translated(text), str)
