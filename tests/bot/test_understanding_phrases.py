"""The phrase language of the data files."""

from __future__ import annotations

import pytest

from bot.understanding.phrases import (
    Found,
    Phrase,
    PhraseBook,
    PhraseError,
    Together,
    explains,
    phrase,
    whole,
)

GROUPS = {"KIN": "mom|dad|baby_daddy", "ONE": "KIN|he"}


def spell(said: str) -> tuple[str, ...]:
    return tuple(word for word in said.replace("wont", "will not").split() if word != "just")


def read(text: str, barrier: str = "") -> Phrase:
    return phrase(text, spell, GROUPS, frozenset(barrier.split()))


@pytest.mark.parametrize(
    ("pattern", "text", "stands"),
    [
        ("not breathing", "he is not breathing", True),
        ("not breathing", "not even breathing", False),
        ("blue|grey lips", "grey lips", True),
        ("wake_up|wake him", "wake up him", True),
        ("wake_up|wake him", "wake him", True),
        ("convuls*", "convulsing now", True),
        ("[the] gun", "gun", True),
        ("a [big] gun", "a gun", True),
        ("took ... pills", "took a lot of pills", True),
        ("took ... pills", "took a lot of my pills", False),
        ("took ...6 pills", "took a lot of my pills", True),
        ("ONE hits me", "baby daddy hits me", True),
        ("# days", "3 days", True),
        ("in ####", "in 2019", True),
        ("in ####", "in 19", False),
        ("when|in_####", "in 2019", True),
        ("when|in_####", "in jail", False),
        ("^ stop $", "stop", True),
        ("^ stop $", "stop drinking", False),
        ("cut again|$", "cut", True),
        ("cut again|$", "cut hair", False),
        ("wont wake", "will not wake", True),
        ("just not breathing", "not breathing", True),
    ],
)
def test_a_phrase_stands_in_a_text_or_not(pattern: str, text: str, stands: bool) -> None:
    words = text.split()
    one = read(pattern)
    assert any(one.match(words, i) for i in range(len(words))) is stands


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("", "no word"), ("[maybe]", "no word"), ("... pills", "begins"), ("took ...", "begins"), ("ab*", "letters"),
        ("NOBODY hits", "not defined"), ("my_KIN hits", "cannot be joined"), ("[a b]", "cannot be read"),
        ("just|hits", "filler"), ("#_days", "number"), ("passed_ou* now", "ends one word"), ("con*sed", "ends one word"),
    ],
)  # fmt: skip
def test_a_faulty_phrase_says_what_to_write_instead(pattern: str, told: str) -> None:
    with pytest.raises(PhraseError, match=told):
        read(pattern)


def test_a_gap_does_not_cross_a_barrier() -> None:
    words = ["od", "last", "week", "but", "now"]
    assert read("od ...6 now").match(words, 0)
    assert read("od ...6 now", barrier="but").match(words, 0) is None


def test_phrases_that_stand_near_each_other_stand_in_any_order() -> None:
    both = Together((read("gun"), read("drunk|alone")))
    assert both.match(["i", "am", "alone", "with", "his", "gun"], 5) is not None
    assert both.match(["gun", *["and"] * 20, "alone"], 0) is None


def test_only_a_phrase_that_lies_inside_and_shares_a_word_is_explained() -> None:
    calm = Found(1, 6, None, (2, 4, 5))
    assert explains(calm, Found(1, 3, None, (1, 2)))
    assert not explains(calm, Found(1, 7, None, (1, 2))), "longer than its explanation"
    assert not explains(calm, Found(3, 4, None, (3,))), "in a gap of its explanation"


def test_a_book_finds_what_each_phrase_finds_alone() -> None:
    book: PhraseBook[int] = PhraseBook()
    phrases = ["not breathing", "[the] gun", "convuls*", "# days", "blue|grey ... lips", "^ stop $"]
    for number, text in enumerate(phrases):
        book.add(read(text), number)
    words = [
        "stop",
        "the",
        "gun",
        "convulsions",
        "3",
        "days",
        "not",
        "breathing",
        "blue",
        "and",
        "cold",
        "lips",
    ]
    found = {(f.value, f.start, f.end) for f in book.find(words)}
    alone = {
        (number, i, there.end)
        for number, text in enumerate(phrases)
        for i in range(len(words))
        if (there := read(text).match(words, i))
    }
    assert found == alone
    assert list(book.find([])) == []


def test_a_whole_phrase_allows_nothing_beside_it() -> None:
    assert whole(read("menu")).match(["menu"], 0)
    assert whole(read("menu")).match(["the", "menu"], 1) is None
