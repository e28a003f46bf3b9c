"""A danger in the words of a web search: what to do stands above all places."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from bot import safety_texts
from bot.model import Danger, Matter
from tests.web.reading import Page
from translations import catalogue
from web.danger import LINE, PARTNERS

Look = Callable[..., Page]


def notices(page: Page) -> list[str]:
    """What to do now, above all places."""
    return [tag.words for tag in page.all("p") if "dir" in tag.attributes and "section" in tag.inside]


def lines(page: Page) -> list[str]:
    return [tag.words for tag in page.all("p") if tag["class"] == "line-name"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("my friend is not waking up", safety_texts.FIRST[Danger.OVERDOSE][0]),
        ("i want to die", safety_texts.FIRST[Danger.SUICIDE][0]),
        ("my husband hits me", PARTNERS),
    ],
)
@pytest.mark.parametrize("near", ["60614", ""])
def test_a_danger_gets_its_steps_before_any_place(look: Look, typed: str, first: str, near: str) -> None:
    words = look(near=near, q=typed).words
    assert first in words
    assert words.index(first) < words.index("place")


@pytest.mark.parametrize(
    ("typed", "line", "number"),
    [
        ("trafficked", "National Human Trafficking Hotline", "888-373-7888"),
        ("my pimp", "National Human Trafficking Hotline", "888-373-7888"),
        ("raped", "National Sexual Assault Hotline (RAINN)", "800-656-4673"),
        ("my child is being hurt", "Childhelp National Child Abuse Hotline", "800-422-4453"),
    ],
)
def test_a_violence_that_is_none_of_partners_gets_its_own_line(
    look: Look, typed: str, line: str, number: str
) -> None:
    page = look(near="60614", q=typed)
    (said,) = notices(page)
    assert said == LINE % {"name": line, "phone": number}
    assert lines(page)[0] == line


def test_who_may_hurt_another_is_not_told_what_a_victim_is(look: Look) -> None:
    page = look(near="60614", q="going to kill my stepdad")
    assert notices(page) == [safety_texts.PARTICULAR[Matter.THREAT][0]]
    assert "National Domestic Violence Hotline" not in lines(page)
    assert "988 Suicide & Crisis Lifeline" in lines(page)


def test_a_page_leaves_its_trace_in_the_browser(look: Look) -> None:
    for typed in ("my husband hits me", "raped"):
        (said,) = notices(look(near="60614", q=typed))
        assert "clear your browser history" in said
        assert "texts" not in said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("how to use narcan", safety_texts.FIRST[Danger.OVERDOSE][0]),
        ("is it safe to mix xanax and percocet", safety_texts.MIXING),
        ("quit drinking at home", safety_texts.QUITTING),
    ],
)
def test_what_one_must_know_in_a_danger_is_told_when_asked(look: Look, typed: str, said: str) -> None:
    assert notices(look(near="60614", q=typed)) == [said]


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


# For programs


def test_the_api_tells_a_danger_beside_its_results(client: FlaskClient) -> None:
    def notice(**asked: str) -> dict[str, object]:
        answer = client.get("/api/service_at_locations", query_string=asked)
        found: dict[str, object] = answer.get_json()["notice"]
        return found

    told = notice(near="60614", search="raped")
    assert told == {"danger": "violence", "language": "en", "texts": told["texts"]}
    assert "800-656-4673" in str(told["texts"])
    assert notice(search="me quiero morir")["language"] == "es"
    assert notice(near="he overdosed and is blue")["danger"] == "overdose"
    assert notice(near="60614", search="how to use narcan")["danger"] is None
    assert notice(near="60614", search="food") is None
