"""What examples teach: weights that tell texts apart, and what is made of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Danger, Intent
from bot.understanding import danger, needs, opt_out
from bot.understanding.examples import Example, examples
from bot.understanding.gist import DANGER, FOLDER, NEED, Gist, features, gists, teachers, together
from bot.understanding.learn import learnt
from bot.understanding.needs import Asked
from bot.understanding.network import Network
from bot.understanding.phrases import Found
from directory.datafile import HERE, DataFileError
from directory.digest import digest
from directory.needs import load_needs
from tests.understanding.reader import reader

LANGUAGES = sorted(path.stem for path in (HERE / "lexicons").glob("*.csv"))
CODES = frozenset(load_needs().codes)
TOLD = [
    Example("overdose", text)
    for text in ("his face is grey and he is limp", "she is grey and cold", "grey lips and limp arms")
] + [
    Example("other", text)
    for text in ("the bus is late today", "my cat likes warm milk", "what a nice day it is")
]


@pytest.fixture(scope="module")
def little() -> Gist:
    return learnt(TOLD, reader().tongues["en"], "those")


def test_what_is_like_the_examples_of_a_label_is_told(little: Gist) -> None:
    assert little(("he", "is", "grey", "and", "limp"))[DANGER] > 0.7
    assert little(("the", "cat", "is", "late"))[DANGER] < 0.3


def test_a_danger_is_weighed_by_the_regressions_and_the_network_alike(little: Gist) -> None:
    words = ("he", "is", "grey", "and", "limp")
    calm = Network(("calm", "overdose"), np.zeros((little.network.units, 2), np.float32), np.array([9, -9.0]))
    assert replace(little, network=calm)(words)[DANGER] < 0.1 < little(words)[DANGER]


def test_a_text_of_unknown_words_tells_nothing(little: Gist) -> None:
    assert little(("zupa", "pomidorowa", "jest", "dobra")) == {}
    assert little(()) == {}


def test_the_same_examples_give_the_same_weights(little: Gist, tmp_path: Path) -> None:
    again = learnt(TOLD, reader().tongues["en"], "those")
    again.write(tmp_path / "en.npz")
    read = gists(tmp_path)["en"]
    words = ("grey", "cat", "is", "cold")
    assert read(words) == little(words)
    assert read.learnt_from == little.learnt_from


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_weights_were_learnt_from_the_examples_that_are_there(language: str) -> None:
    found = digest(teachers(HERE / FOLDER, language))
    assert reader().rules.gists[language].learnt_from == found, "run: make learn"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_text_has_examples(language: str) -> None:
    labels = [one.label for one in examples(HERE / FOLDER / f"{language}.csv", CODES)]
    few = [code for code in CODES if labels.count(f"need:{code}") < 10]
    assert few == []
    assert min(map(labels.count, Danger)) >= 90
    assert labels.count("calm") >= 250


def test_han_characters_and_syllables_tell_in_runs_of_four() -> None:
    assert "没 有 呼 吸" in set(features(("他", "没", "有", "呼", "吸")))
    assert "he is not breathing" not in set(features(("he", "is", "not", "breathing")))


@settings(deadline=None)  # the first text puts the languages together
@given(st.lists(st.text(min_size=1, max_size=30), max_size=300))
def test_any_words_are_weighed(words: list[str]) -> None:
    for gist in (reader().rules.gists["en"], reader().rules.gists["zh-Hans"]):
        assert all(0 <= share <= 1 for share in gist(words).values())


def test_a_text_in_two_languages_is_weighed_as_each_is_likely(little: Gist) -> None:
    grey, cat = ("grey", "and", "limp"), ("my", "cat", "is", "warm")
    both = together({"en": grey, "es": cat}, {"en": 0.75, "es": 0.25}, {"en": little, "es": little})
    assert both[DANGER] == pytest.approx(0.75 * little(grey)[DANGER] + 0.25 * little(cat)[DANGER])
    alone = together({"en": grey, "fr": cat}, {"en": 0.5, "fr": 0.5}, {"en": little})
    assert alone[DANGER] == pytest.approx(little(grey)[DANGER])


@pytest.mark.parametrize(
    ("row", "told"),
    [("overdoze,he is grey", "label: 'overdoze' is none of"), ("calm,", "text: is empty")],
)
def test_a_faulty_example_is_named(tmp_path: Path, row: str, told: str) -> None:
    (tmp_path / "en.csv").write_text(f"label,text\ncalm,fine\n{row}\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=f"en.csv, line 3, {told}"):
        examples(tmp_path / "en.csv", CODES)


RULE = danger.Rule("en", Danger.MEDICAL, False, "chest pain", "my chest hurts", "en.csv, line 1")
BEATEN = danger.Rule("en", Danger.VIOLENCE, False, "beaten", "he hit me", "en.csv, line 2")


@pytest.mark.parametrize(
    ("rules", "likely", "worst"),
    [
        ((RULE,), {}, Danger.MEDICAL),
        ((RULE,), {DANGER: 0.2, "medical": 0.1}, Danger.MEDICAL),
        ((RULE,), {DANGER: 0.001, "medical": 0.001}, None),
        # A word of one kind in the tale of another; where both may be, the one with fewer minutes.
        ((RULE,), {DANGER: 0.99, "violence": 0.99, "medical": 0.00001}, Danger.VIOLENCE),
        ((RULE,), {DANGER: 0.9, "violence": 0.7, "medical": 0.2}, Danger.MEDICAL),
        ((BEATEN, RULE), {DANGER: 0.9, "violence": 0.2, "medical": 0.7}, Danger.VIOLENCE),
        ((), {DANGER: 0.95, "suicide": 0.9, "overdose": 0.2}, Danger.SUICIDE),
        ((), {DANGER: 0.3, "suicide": 0.3}, None),
        ((), {}, None),
    ],
)
def test_rules_see_and_examples_sense(
    rules: tuple[danger.Rule, ...], likely: dict[str, float], worst: Danger | None
) -> None:
    assert danger.judged(danger.Sight(rules), likely).worst is worst


def test_of_few_words_that_no_rule_knows_the_examples_must_be_surer() -> None:
    likely = {DANGER: 0.6, "suicide": 0.6}
    assert danger.judged(danger.Sight(), likely, surely=False).worst is Danger.SUICIDE
    assert danger.judged(danger.Sight(), likely, surely=True).worst is None
    assert danger.judged(danger.Sight(), {DANGER: 0.99, "suicide": 0.98}, surely=True).worst is Danger.SUICIDE


def test_what_a_rule_calms_takes_more_to_be_sensed_and_hides_no_other_kind() -> None:
    likely = {DANGER: 0.6, "overdose": 0.5}
    calmed = danger.Sight(calmed=frozenset({Danger.OVERDOSE}))
    assert danger.judged(danger.Sight(), likely).worst is Danger.OVERDOSE
    assert danger.judged(calmed, likely).worst is None
    assert danger.judged(calmed, {DANGER: 0.9, "overdose": 0.9}).worst is Danger.OVERDOSE
    assert danger.judged(calmed, {**likely, "suicide": 0.4}).worst is Danger.SUICIDE


@pytest.mark.parametrize(
    ("asks", "likely", "wanted"),
    [
        (Asked(), {NEED: 0.9, "need:food": 0.8, "need:shelter": 0.6}, ("food", "shelter")),
        (Asked(("detox",)), {NEED: 0.9, "need:detox": 0.1, "need:food": 0.2}, ("detox",)),
        (Asked(("jobs",)), {NEED: 0.9, "need:jobs": 0.01, "need:food": 0.3}, ("food", "jobs")),
        (Asked(("food", "jobs")), {NEED: 0.9, "need:jobs": 0.7, "need:food": 0.8}, ("food", "jobs")),
        (Asked(), {NEED: 0.6, "need:food": 0.12}, ("food",)),
        (Asked(), {NEED: 0.3, "need:food": 0.12}, ()),
        (Asked(refuses=True), {NEED: 0.9, "need:food": 0.5}, ()),
        (Asked(refuses=True), {NEED: 0.9, "need:food": 0.7}, ("food",)),
        (Asked(("medication",)), {NEED: 0.9, "need:transport": 0.99}, ("transport", "medication")),
        (Asked(("jobs",)), {NEED: 0.0001}, ()),
        (Asked(("jobs",)), {NEED: 0.9}, ("jobs",)),
        (Asked(("jobs",)), {DANGER: 0.1}, ("jobs",)),
        (Asked(("food",), refuses=True), {NEED: 0.9, "need:detox": 0.9}, ("food",)),
        (Asked(("food",)), {}, ("food",)),
    ],
)
def test_needs_are_weighed(asks: Asked, likely: dict[str, float], wanted: tuple[str, ...]) -> None:
    assert needs.weighed(asks, likely).needs == wanted


@pytest.mark.parametrize(
    ("asks", "likely", "wanted"),
    [
        (Asked(), {NEED: 0.8, "need:food": 0.2, "need:shelter": 0.4}, ("shelter", "food")),
        (Asked(), {NEED: 0.8, "need:food": 0.7, "need:shelter": 0.4}, ()),
        (Asked(), {NEED: 0.8, "need:shelter": 0.4}, ()),
        (Asked(), {NEED: 0.3, "need:food": 0.2, "need:shelter": 0.4}, ()),
        (Asked(("jobs",)), {NEED: 0.8, "need:food": 0.2, "need:shelter": 0.4}, ()),
    ],
)
def test_between_two_needs_the_person_is_asked(
    asks: Asked, likely: dict[str, float], wanted: tuple[str, ...]
) -> None:
    assert needs.undecided(asks, likely) == wanted


def test_a_reader_that_is_unsure_takes_neither() -> None:
    torn = replace(
        reader().rules.gists["en"], table=np.zeros((0, 4), np.int8), numbers=np.zeros(0, np.uint32)
    )
    torn = replace(torn, labels=(NEED, "need:food", "need:shelter"), scale=np.ones(4, np.float32))
    silent = Network(("calm",), np.zeros((1, 1), np.float32), np.zeros(1, np.float32))
    torn = replace(torn, bias=np.array([2, -1, -0.5, 0], np.float32), network=silent)
    read = replace(reader(), rules=replace(reader().rules, gists={"en": torn}))
    meaning = read("what could you do for my cousin and me this week")
    assert (meaning.intent, meaning.needs, meaning.unsure) == (Intent.NEED, (), ("shelter", "food"))


def test_the_examples_opt_nobody_out_who_says_little_or_says_something_else() -> None:
    sure = {"opt_out": 0.99}
    assert opt_out.told([], ("no", "more", "texts"), sure)
    assert not opt_out.told([], ("no", "more"), sure)
    explained = [Found(0, 2, False)]
    assert opt_out.told(explained, ("no", "more", "texts"), {"opt_out": 0.99})
    assert not opt_out.told(explained, ("no", "more", "texts"), {"opt_out": 0.9})
    assert not opt_out.told([], ("no", "more", "texts"), {"opt_out": 0.4})
