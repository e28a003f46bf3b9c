"""The rules are data: every line's example is a test, and a faulty line is named."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from bot.model import VIOLENT, About, Danger, Intent, Matter
from bot.understanding import Reader, danger, lexicon, opt_out
from bot.understanding.normalise import message
from directory.datafile import HERE, DataFileError
from directory.needs import load_needs
from tests.understanding.reader import reader

LANGUAGES = sorted(path.stem for path in (HERE / "lexicons").glob("*.csv"))
LINES = lexicon.lines(HERE / "lexicons")


def seen(text: str, language: str) -> list[danger.Rule]:
    """What a language sees in a text, by its own rules alone."""
    return list(reader().dangers([reader().tongues[language].hear(message(text))]).rules)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_of_danger_sees_its_own_example(language: str) -> None:
    rules = [rule for _, rule in reader().tongues[language].dangers.entries if not rule.calms]
    assert [(r.where, r.example) for r in rules if r not in seen(r.example, language)] == []
    assert len(rules) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_calming_rule_calms_its_own_example_and_is_needed_for_it(language: str) -> None:
    tongue = reader().tongues[language]
    rules = [rule for _, rule in tongue.dangers.entries if rule.calms]
    loud = [
        (rule.where, rule.example)
        for rule in rules
        if rule.kind in {r.kind for r in seen(rule.example, language)}
    ]
    assert loud == []
    found = [{f.value for f in tongue.dangers.find(_words(rule.example, language))} for rule in rules]
    assert [rule.where for rule, here in zip(rules, found, strict=True) if rule not in here] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_danger_is_about_is_seen_in_the_example_of_every_line(language: str) -> None:
    rows = next(row for row in danger.files(HERE / "danger") if row.language == language).rows
    told = [(row["kind"], row["example"]) for row in rows if row["kind"] in tuple(Matter)]
    book = reader().tongues[language].matter
    found = [
        (kind, text) for kind, text in told for f in book.find(_words(text, language)) if f.value == kind
    ]
    assert sorted({*told} - {*found}) == []
    assert {kind for kind, _ in told} == {*Matter}
    assert [text for kind, text in told if kind not in _means(text, language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_about_a_place_has_words_for_all_that_may_be_asked(language: str) -> None:
    told = {line.value for line in LINES if line.language == language and line.kind == "about"}
    assert told >= {*About, "children", "pets", "women", "men", "pregnant", "on_medication"}


def _means(text: str, language: str) -> set[Matter]:
    """What the danger in a text may be about; where none is heard, that it is over."""
    meaning = reader()(text, language)
    own = {meaning.matter} - {None}
    return {None: own & {*danger.OVER}, Danger.VIOLENCE: {*VIOLENT}}.get(meaning.danger, own)


def _words(text: str, language: str) -> tuple[str, ...]:
    return reader().tongues[language].spelling.read(message(text)).words


@pytest.mark.parametrize("row", opt_out.rows(HERE / "opt_out.csv"), ids=lambda row: f"line {row.line}")
def test_every_line_of_the_opt_outs_does_what_its_kind_says(row: opt_out.Row) -> None:
    wanted = {"keyword": Intent.OPT_OUT, "sentence": Intent.OPT_OUT, "start": Intent.OPT_IN}.get(row["kind"])
    got = reader()(row["example"], None).intent
    assert got is wanted if wanted else got is not Intent.OPT_OUT


@pytest.mark.parametrize(
    "keyword", ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"]
)
def test_the_keywords_of_carriers_are_all_there(keyword: str) -> None:
    assert reader()(keyword, None).intent is Intent.OPT_OUT


def test_a_language_is_one_lexicon_and_one_file_of_danger() -> None:
    assert sorted(path.stem for path in (HERE / "danger").glob("*.csv")) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lexicon_has_words_for_every_need_and_intent(language: str) -> None:
    mine = [line for line in LINES if line.language == language]
    needs = {code for line in mine if line.kind == "need" for code in line.row.listed("value")}
    assert needs == set(load_needs().codes)
    told = {line.value for line in mine if line.kind == "intent"}
    assert told | lexicon.OFFERED == set(lexicon.INTENTS)
    assert {line.kind for line in mine} >= {
        "yes",
        "no",
        "ordinal",
        "language_name",
        "hint",
        "spelling",
    }
    assert {line.value for line in mine if line.kind == "ordinal"} == set("123456789")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("lexicons", "danger"):
        shutil.copytree(HERE / name, tmp_path / name)
    for name in ("opt_out.csv", "needs.csv"):
        shutil.copy(HERE / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "row", "told"),
    [
        ("lexicons/en.csv", ["needs", "detox", "dry out", ""], "kind: 'needs' is none of"),
        ("lexicons/en.csv", ["need", "detoxx", "dry out", ""], "value: no need is called detoxx"),
        ("lexicons/en.csv", ["need", "detox", "", ""], "phrase: is empty"),
        ("lexicons/en.csv", ["need", "detox", "... out", ""], "phrase: '... out' begins"),
        ("lexicons/en.csv", ["wish", "walkin=yes", "walk in", ""], "value: 'walkin=yes': write key=yes"),
        ("lexicons/en.csv", ["intent", "dance", "lets dance", ""], "value: 'dance' is none of"),
        ("lexicons/en.csv", ["ordinal", "10", "ten", ""], "value: write a number from 1 to 9"),
        ("danger/en.csv", ["overdoze", "x", "y", "z"], "kind: 'overdoze' is none of"),
        ("danger/en.csv", ["overdose", "blue lips", "", ""], "needs a reason and an example"),
        ("danger/en.csv", ["overdose", "NOBODY od", "y", "z"], "pattern: NOBODY is not defined"),
        ("danger/en.csv", ["not_overdose", "a & b", "y", "z"], "cannot have '&'"),
        ("danger/en.csv", ["words", "NAME a|b", "", ""], "write NAME = word"),
        ("opt_out.csv", ["en", "keywords", "halt", "x", "y"], "kind: 'keywords' is none of"),
        ("opt_out.csv", ["en", "sentence", "stop ...", "x", "y"], "pattern: 'stop ...' begins"),
    ],
)
def test_a_faulty_line_is_named_with_what_to_write(
    folder: Path, file: str, row: list[str], told: str
) -> None:
    with (folder / file).open("a", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerow(row)
    lines = (folder / file).read_text(encoding="utf-8").count("\n")
    with pytest.raises(DataFileError) as error:
        Reader.load(reader().gazetteer, folder).warm()
    assert f"{Path(file).name}, line {lines}, " in str(error.value)
    assert told in str(error.value)


def test_a_new_language_is_two_new_files_and_nothing_else(folder: Path) -> None:
    (folder / "lexicons" / "ht.csv").write_text(
        "kind,value,phrase,note\nneed,food,manje|grangou,\nhint,,mwen|bezwen|kote|li|pa|reveye,\n",
        encoding="utf-8",
    )
    (folder / "danger" / "ht.csv").write_text(
        "kind,pattern,reason,example\noverdose,pa reveye,cannot be woken,li pa reveye\n", encoding="utf-8"
    )
    read = Reader.load(reader().gazetteer, folder)
    said = read("mwen bezwen manje 33130", None)
    assert (said.language, said.needs, said.intent) == ("ht", ("food",), Intent.NEED)
    assert read("li pa reveye", None).danger == "overdose"


def test_a_language_is_put_together_when_it_is_first_read(folder: Path) -> None:
    with (folder / "danger" / "es.csv").open("a", encoding="utf-8") as handle:
        handle.write("overdose,NOBODY od,y,z\n")
    read = Reader.load(reader().gazetteer, folder)
    assert read("need detox 60614", None).needs == ("detox",)
    with pytest.raises(DataFileError, match="NOBODY is not defined"):
        read("necesito ayuda con mi hijo por favor", None)


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="no lexicon"):
        lexicon.lines(tmp_path)
    with pytest.raises(DataFileError, match="no danger rules"):
        danger.files(tmp_path)
