"""A text is clean, cheap to send, and cut between words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import speech
from bot.segments import Encoding, measure

CHEAPER = {
    "curly quotes": ("“Don’t”", '"Don\'t"'),
    "dashes": ("Mon–Fri — call", "Mon-Fri - call"),
    "an ellipsis": ("wait…", "wait..."),
    "an accent that costs a segment": ("María " + "x" * 100, "Maria " + "x" * 100),
    "an accent that costs nothing": ("María", "María"),
    "an ñ in a long name": ("Año Peña " + "x" * 100, "Año Peña " + "x" * 100),
    "an ñ beside an accent": ("Peña Gómez " + "x" * 100, "Peña Gomez " + "x" * 100),
    "Chinese keeps its own marks": ("“你好”…" * 20, "“你好”…" * 20),
}


@pytest.mark.parametrize(("text", "cheap"), CHEAPER.values(), ids=CHEAPER)
def test_what_a_reader_does_not_miss_is_respelt(text: str, cheap: str) -> None:
    assert speech.economical(text) == cheap


CLEAN = {
    "control characters": ("a\x00b\x07c\x1b", "abc"),
    "a lone surrogate": ("a\ud800b", "ab"),
    "a decomposed letter": ("Cafe\u0301", "Café"),
    "a no-break space": ("12\u00a0PM", "12 PM"),
    "tabs and runs of blanks": ("a\t\t b   c", "a b c"),
    "an old line end": ("a\r\nb\rc", "a\nb\nc"),
    "direction marks and a byte order mark": ("\ufeffa\u202eb\u200bc", "abc"),
    "joiners that Urdu and emoji need": ("می\u200cروم 👨\u200d👩", "می\u200cروم 👨\u200d👩"),
    "isolates around a number": ("\u2066312-555-0100\u2069", "\u2066312-555-0100\u2069"),
}


@pytest.mark.parametrize(("text", "clean"), CLEAN.values(), ids=CLEAN)
def test_a_text_is_cleaned_of(text: str, clean: str) -> None:
    assert speech.clean(text) == clean


def test_a_name_never_breaks_a_line() -> None:
    assert speech.one_line("Hope\r\n\n  House\u2028of Bread\x85!") == "Hope House of Bread!"


NAMES = {
    "whole words": ("Center for Health and Wellness", 22, "Center for Health"),
    "no dangling word": ("Center for Health and Wellness", 10, "Center"),
    "one long word": ("Antidisestablishmentarianism", 10, "Antidisest"),
    "a short name": ("Hope", 10, "Hope"),
    "an emoji stays whole": ("ab👨‍👩‍👧cd", 3, "ab👨‍👩‍👧"),
    "an opening bracket goes": ("Haymarket (West Side)", 12, "Haymarket"),
}


@pytest.mark.parametrize(("name", "most", "kept"), NAMES.values(), ids=NAMES)
def test_a_name_is_cut_to(name: str, most: int, kept: str) -> None:
    assert speech.cut(name, most) == kept


LATIN = {
    "its English part": ("希望中心 Hope Center (希望)", "Hope Center"),
    "a name without one": ("希望中心", "希望中心"),
    "accents": ("Casa María – Peña", "Casa Maria - Peña"),
    "letters without an accent to take off": ("Dom Łódź", "Dom Lodz"),
}


@pytest.mark.parametrize(("name", "latin"), LATIN.values(), ids=LATIN)
def test_a_name_in_a_gsm_text_is(name: str, latin: str) -> None:
    assert speech.latin(name) == latin


def test_the_richest_draft_that_fits_is_taken() -> None:
    assert speech.fitted(["a" * 200, "b" * 160, "c"], 1) == "b" * 160


def test_a_text_that_no_draft_fits_is_cut_not_sent_whole() -> None:
    text = speech.fitted(["word " * 100], 1)
    assert measure(text).segments == 1
    assert text.endswith("word")
    assert len(text) > 150


def test_a_language_of_ucs_2_has_one_segment_more() -> None:
    assert speech.within("д" * 134, 1)
    assert not speech.within("д" * 135, 1)


@given(st.text(), st.integers(1, 3))
def test_any_text_can_be_sent_within_any_budget(text: str, budget: int) -> None:
    said = speech.fitted([text * 20], budget)
    assert speech.within(said, budget)
    assert speech.clean(said) == said


@given(st.text())
def test_respelling_never_costs_more(text: str) -> None:
    clean = speech.clean(text)
    assert measure(speech.economical(clean)).segments <= measure(clean).segments or (
        measure(speech.economical(clean)).encoding is Encoding.GSM_7
    )
