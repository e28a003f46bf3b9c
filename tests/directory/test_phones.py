"""Phone numbers: read as typed, kept as E.164, said one way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.phones import is_doubtful, normalise, say_phone, split_extension, tel_uri


@pytest.mark.parametrize(
    "typed",
    [
        "312-555-0100",
        "(312) 555-0100",
        "(312)555-0100",
        "312.555.0100",
        "3125550100",
        "1 312 555 0100",
        "+1 (312) 555-0100",
        "tel:+13125550100",
        "312\u2011555\u20110100",  # hyphens that do not break
        "３１２－５５５－０１００",
        "٣١٢-٥٥٥-٠١٠٠",
        "312-555-0100 ext. 5",
        "Intake: 312-555-0100",
        "312-555-0100 (24 hours)",
        "Main 312-555-0100, fax 312-555-0199",
        "911 or 312-555-0100",
        "Mon-Fri 9-5 312-555-0100",
    ],
)
def test_a_us_number_is_the_same_however_it_is_typed(typed: str) -> None:
    assert normalise(typed) == "+13125550100"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("888-PARNEXT", "+18887276398"),
        ("217-3488DUI", "+12173488384"),
        ("888-85COMPA", "+18888526672"),
        ("844-COLUMN1", "+18442658661"),
        ("877-4WECARE", "+18774932273"),
        ("800-YSS8918", "+18009778918"),
        ("(800)799-SAFE", "+18007997233"),
        ("1-800-662-HELP (4357)", "+18006624357"),
        ("1-888-NYC-WELL", "+18886929355"),
    ],
)
def test_letters_are_dialled_on_the_keypad(typed: str, number: str) -> None:
    assert normalise(typed) == number


@pytest.mark.parametrize("typed", ["988", "Call 988", "988, press 1", " 988 "])
def test_a_short_number_stays_short(typed: str) -> None:
    assert normalise(typed) == "988"
    assert not is_doubtful("988")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("text HOME to 741741", "741741"),
        ("211", "211"),
        ("+52 55 1234 5678", "+525512345678"),
        ("011 52 55 1234 5678", "+525512345678"),
        ("+44 20 7946 0958", "+442079460958"),
    ],
)
def test_text_codes_and_foreign_numbers_are_known(typed: str, number: str) -> None:
    assert normalise(typed) == number


@pytest.mark.parametrize("typed", ["", "call us", "x", "#5", "ext 5", "-", "24/7"])
def test_what_is_no_number_gives_none(typed: str) -> None:
    assert normalise(typed) == ""


@pytest.mark.parametrize(("typed", "kept"), [("312-555-01000", "31255501000"), ("555-0123", "5550123")])
def test_a_number_that_cannot_be_right_is_kept_and_doubted(typed: str, kept: str) -> None:
    assert normalise(typed) == kept
    assert is_doubtful(kept)


@pytest.mark.parametrize("last", ["00", "42", "99"])
def test_numbers_for_fiction_survive(last: str) -> None:
    assert normalise(f"309-555-01{last}") == f"+130955501{last}"
    assert not is_doubtful(f"+130955501{last}")


def test_an_area_code_that_nobody_has_is_doubted() -> None:
    assert is_doubtful(normalise("999-999-9999"))


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("256-734-4688 x3971", ("256-734-4688", "3971")),
        ("312-555-0100 ext. 5", ("312-555-0100", "5")),
        ("312-555-0100, Ext 5", ("312-555-0100", "5")),
        ("312-555-0100 #5", ("312-555-0100", "5")),
        ("312-555-0100 (extension 12)", ("312-555-0100", "12")),
        ("312-555-0100 extensión 12", ("312-555-0100", "12")),
        ("312-555-0100", ("312-555-0100", "")),
        ("800-555-TEX5", ("800-555-TEX5", "")),
        ("ext 5", ("ext 5", "")),
    ],
)
def test_an_extension_is_split_off(typed: str, parts: tuple[str, str]) -> None:
    assert split_extension(typed) == parts


@pytest.mark.parametrize(
    ("number", "extension", "said"),
    [
        ("+13125550100", "", "312-555-0100"),
        ("+13125550100", "23", "312-555-0100 x23"),
        ("+525512345678", "", "+52 55 1234 5678"),
        ("988", "", "988"),
        ("741741", "", "741741"),
        ("5550123", "", "555-0123"),
        ("31255501000", "", "31255501000"),
        ("", "", ""),
    ],
)
def test_numbers_are_said_one_way(number: str, extension: str, said: str) -> None:
    assert say_phone(number, extension=extension) == said
    assert say_phone(number, "es", extension) == said


def test_a_number_keeps_its_order_in_arabic() -> None:
    assert say_phone("+13125550100", "ar", "23") == "\u2066312-555-0100 x23\u2069"


@pytest.mark.parametrize(
    ("number", "extension", "uri"),
    [
        ("+13125550100", "", "tel:+13125550100"),
        ("+13125550100", "23", "tel:+13125550100;ext=23"),
        ("988", "", "tel:988"),
        ("", "", ""),
    ],
)
def test_a_phone_can_dial_the_link(number: str, extension: str, uri: str) -> None:
    assert tel_uri(number, extension) == uri


@given(st.one_of(st.text(), st.text(alphabet="0123456789 +-().xX#extABCHELP/,;٣１", max_size=80)))
def test_no_text_breaks_the_reading(text: str) -> None:
    number = normalise(text)
    assert normalise(number) == number
    assert all(c in "+0123456789" for c in number)
    split_extension(text)
    is_doubtful(number)
    assert bool(say_phone(number, "ar")) == bool(number) == bool(tel_uri(number))


@given(st.text(max_size=30), st.text(max_size=10))
def test_saying_and_linking_take_anything(number: str, extension: str) -> None:
    say_phone(number, "en", extension)
    assert tel_uri(number, extension)[:4] in ("", "tel:")
