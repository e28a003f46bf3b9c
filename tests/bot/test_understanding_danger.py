"""Danger in a text: the worst first, never hidden by another word, and only what was asked for beside it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Danger, Intent, Meaning
from tests.understanding.reader import reader
from tests.understanding.report import labelled


def meaning(text: str, language: str | None = None) -> Meaning:
    return reader()(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "make it stop, i want to die",
        "STOP texting me im gonna kill myself",
        "leave me alone i took all my pills",
        "stop he wont wake up",
        "ya no me escriban me quiero morir",
    ],
)
def test_a_stop_inside_a_danger_sentence_does_not_opt_out(text: str) -> None:
    assert meaning(text).danger is not None
    assert meaning(text).intent is not Intent.OPT_OUT


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("he od'd and i want to die", Danger.OVERDOSE),
        ("my husband hits me and i want to die", Danger.SUICIDE),
        ("he hit me and im in labor", Danger.VIOLENCE),
    ],
)
def test_of_several_dangers_the_one_with_the_fewest_minutes_comes_first(text: str, danger: Danger) -> None:
    assert meaning(text).danger is danger


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("i od'd last year, he wont wake up", Danger.OVERDOSE),
        ("i od'd last year now my cousin is od'ing", Danger.OVERDOSE),
        ("lost my brother to an overdose and i want to die", Danger.SUICIDE),
        ("narcan training was last week but he isnt breathing", Danger.OVERDOSE),
        ("od on coffee lol but my chest hurts bad", Danger.MEDICAL),
        ("my dad hit me as a kid and now my husband hits me", Danger.VIOLENCE),
        ("tuve una sobredosis hace dos años y ahora mi hermano no respira", Danger.OVERDOSE),
    ],
)
def test_an_explained_danger_never_hides_another(text: str, danger: Danger) -> None:
    assert meaning(text).danger is danger


@pytest.mark.parametrize(
    "text",
    ["HE WONT WAKE UP", "he won’t wake up", "he won´t wake up", "he wonâ€™t wake up", "he won t wake up",
     "he w\u200bont wake up", "hе won't wаke up", "he wooon't wake uppp", "ｈｅ ｗｏｎ＇ｔ ｗａｋｅ ｕｐ"],
)  # fmt: skip
def test_a_danger_is_seen_whatever_its_dress(text: str) -> None:
    assert meaning(text).danger is Danger.OVERDOSE


def test_danger_need_and_place_stand_together() -> None:
    said = meaning("my husband hits me need shelter 60644")
    assert (said.danger, said.needs, said.intent) == (
        Danger.VIOLENCE,
        ("dv_services", "shelter"),
        Intent.NEED,
    )
    assert said.place is not None
    assert said.place.place is not None
    assert said.place.place.zip == "60644"


@given(st.sampled_from([m.text for m in labelled("en") if m.wanted.get("danger", ("",)) != ("",)]), st.data())
@settings(max_examples=60, deadline=None)
def test_capitals_and_dots_change_no_danger(text: str, data: st.DataObject) -> None:
    change = data.draw(st.sampled_from([str.upper, str.title, lambda t: t + "...", lambda t: f"  {t}!!! "]))
    assert (meaning(change(text)).danger is None) == (meaning(text).danger is None)


@pytest.mark.parametrize(
    "text",
    [
        "fentanyl overdose",
        "sobredosis de fentanilo!!",
        "芬太尼过量!!",
        "過量",
        "약물과다",
        "ओवरडोज",
        "اوورڈوز",
        "qua lieu",
    ],
)
def test_the_bare_word_is_never_doubted(text: str) -> None:
    assert meaning(text).danger == "overdose"


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("maine bahut zyada le li hai saans nahi aa rahi", ()),  # no AA meeting
        ("ta na festa caiu e nao respira", ()),  # nor NA
        ("mom wont wake up theres pills all over", ()),
        ("he is turning blue where is narcan", ("naloxone",)),
        ("my husband hits me i need a shelter", ("dv_services", "shelter")),
        ("na near 60614", ("recovery_support",)),
        ("AA w Chicago", ("recovery_support",)),
    ],
)
def test_who_is_in_danger_is_asked_only_for_what_they_asked(text: str, needs: tuple[str, ...]) -> None:
    assert meaning(text).needs == needs


@pytest.mark.parametrize(
    "text",
    [
        "my son is 24 and hes using fentanyl i dont know what to do",
        "mon fils prend du fentanyl j ai peur pour lui",
        "ابني يتعاطى مخدرات",
        "mój syn bierze narkotyki i nie wiem co robić",
        "this isnt john",
        "i love u",
        "hes not home right now",
    ],
)
def test_a_user_in_the_family_and_small_talk_are_no_overdose(text: str) -> None:
    assert reader()(text, None).danger is None


@pytest.mark.parametrize(
    "text",
    [
        "my son used fentanyl and he wont wake up i dont know what to do",
        "ابني اخذ مخدرات ما يصحى",
        "mi hijo tuvo una sobredosis",
        "не пишите мне, я сегодня умру",
        "لا تراسلوني بدي موت",
    ],
)
def test_what_stands_beside_such_words_is_a_danger_still(text: str) -> None:
    assert reader()(text, None).danger is not None
