"""A danger in the words of a web search: what to do stands above all places."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot import safety_texts
from bot.model import Danger
from tests.web.reading import Page
from translations import catalogue

Look = Callable[..., Page]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("my friend is not waking up", Danger.OVERDOSE),
        ("i want to die", Danger.SUICIDE),
        ("my husband hits me", Danger.VIOLENCE),
    ],
)
@pytest.mark.parametrize("near", ["60614", ""])
def test_a_danger_gets_its_steps_before_any_place(look: Look, typed: str, kind: Danger, near: str) -> None:
    words = look(near=near, q=typed).words
    first = safety_texts.FIRST[kind][0]
    assert first in words
    assert words.index(first) < words.index("place")


def test_poison_has_its_line(look: Look) -> None:
    assert "800-222-1222" in look(near="60614", q="my mom drank bleach").words


def test_the_steps_are_in_the_language_of_the_page(look: Look) -> None:
    words = look("/search?lang=es", near="60614", q="me quiero morir").words
    assert catalogue("es").gettext(safety_texts.FIRST[Danger.SUICIDE][0]) in words


@pytest.mark.parametrize(
    ("typed", "language", "kind"),
    [
        ("mi hijo no respira", "es", Danger.OVERDOSE),
        ("хочу умереть", "ru", Danger.SUICIDE),
        ("بدي اموت", "ar", Danger.SUICIDE),
    ],
)
def test_who_types_in_another_language_than_the_page_reads_the_steps_in_it(
    look: Look, typed: str, language: str, kind: Danger
) -> None:
    page = look("/search?lang=en", near="60614", q=typed)
    said = catalogue(language).gettext(safety_texts.FIRST[kind][0])
    assert [tag["lang"] for tag in page.all("p") if tag.words == said] == [language]


def test_a_danger_typed_where_the_place_belongs_is_seen(look: Look) -> None:
    assert safety_texts.FIRST[Danger.OVERDOSE][0] in look(near="he overdosed and is blue").words


@pytest.mark.parametrize("typed", ["detox", "naloxone training", "food pantry", "Hope House"])
def test_an_ordinary_search_raises_no_alarm(look: Look, typed: str) -> None:
    assert not [tag for tag in look(near="60614", q=typed).all("section") if "now" in tag["class"]]
