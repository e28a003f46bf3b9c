"""The national lines: real numbers that people act on, so every fault is found before it ships."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Danger
from directory.datafile import DataFileError
from directory.hotlines import COLUMNS, DANGERS, FILE, Hotlines, PoliceRelation, main
from directory.hours import open_at

NEEDS = frozenset({"detox", "food", "shelter", "mental_health"})
CHECKED = date(2026, 11, 1)
GOOD = {
    "id": "line", "check": "A", "topics": "emergency;detox", "name": "A line", "call": "+13125550100",
    "press": "", "text_to": "", "text_words": "", "tty": "", "url": "https://example.org",
    "languages_voice": "en", "languages_text": "", "hours": "24/7", "police_relation": "", "not_for": "",
    "verified_on": "2026-11-01", "verified_by": "a person", "source_url": "https://example.org",
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Hotlines:
    return Hotlines.load()


def write(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "hotlines.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS)
        writer.writeheader()
        writer.writerows({**GOOD, **row} for row in rows)
    return path


def ids(lines: tuple[object, ...]) -> list[str]:
    return [line.id for line in lines]  # type: ignore[attr-defined]


def loaded(path: Path) -> bool:
    return not faults(path)


def faults(path: Path) -> str:
    try:
        Hotlines.load(path, NEEDS)
    except DataFileError as error:
        return str(error)
    return ""


def test_the_dangers_are_those_of_the_conversation() -> None:
    assert {danger.value for danger in Danger} == DANGERS


def test_every_shipped_line_was_checked_in_the_90_days_before_this_release() -> None:
    assert main(["--today", "2026-11-23"], today=date.min) == 0


def test_the_build_check_names_every_line_that_nobody_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--today", "2027-06-01"], today=date.min) == 1
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == len(Hotlines.load().lines)
    lines = Hotlines.load().lines
    assert [
        f"last checked {line.verified_on}" in said for line, said in zip(lines, printed, strict=True)
    ].count(False) == 0


@pytest.mark.parametrize(("days", "stale"), [(0, False), (90, False), (91, True), (-1, True)])
def test_a_line_goes_stale_after_90_days(tmp_path: Path, days: int, stale: bool) -> None:
    lines = Hotlines.load(write(tmp_path, {}), NEEDS)
    today = CHECKED + timedelta(days=days)
    assert bool(lines.stale(today)) is stale
    assert bool(lines.warnings_for(today)) is stale


@pytest.mark.parametrize("never", ["484-3731", "484373", "8776961996", "66008"])
def test_numbers_we_could_not_confirm_are_not_shipped(never: str) -> None:
    assert never not in FILE.read_text(encoding="utf-8").replace("-", "")


@pytest.mark.parametrize(
    ("needs", "first"),
    [
        ({"detox"}, "samhsa"),
        ({"mental_health"}, "988"),
        ({"food"}, "211"),
        ({"shelter"}, "211"),
        ({"dv_services"}, "dv"),
        ({"naloxone"}, "safespot"),
        ({"youth"}, "runaway"),
        (set(), "988"),
    ],
)
def test_the_closest_line_comes_first(shipped: Hotlines, needs: set[str], first: str) -> None:
    assert shipped.for_needs(needs)[0].id == first


def test_general_lines_come_last_and_each_line_once(shipped: Hotlines) -> None:
    found = ids(shipped.for_needs({"dv_services"}))
    assert found == ["dv", "stronghearts", "988", "samhsa", "211"]


@pytest.mark.parametrize(
    ("kind", "first"), [("overdose", "911"), ("medical", "911"), ("suicide", "988"), ("poison", "poison")]
)
def test_a_danger_has_its_line_and_always_the_emergency_number(
    shipped: Hotlines, kind: str, first: str
) -> None:
    lines = shipped.for_danger(kind)
    assert shipped.emergency() in lines
    assert first in ids(lines)[:2]


@given(kind=st.text(max_size=20), needs=st.sets(st.text(max_size=10), max_size=4))
def test_no_question_goes_without_a_line(shipped: Hotlines, kind: str, needs: set[str]) -> None:
    assert shipped.for_danger(kind)
    assert shipped.for_needs(needs)


def test_every_need_has_a_line(shipped: Hotlines) -> None:
    from directory.needs import load_needs

    said = {topic for line in shipped for topic in line.topics}
    assert set(load_needs().codes) <= said


def test_988_is_told_in_spanish(shipped: Hotlines) -> None:
    line = shipped.by_id("988")
    assert line is not None
    assert (line.press_for("es"), line.text_word("es")) == ("2", "AYUDA")
    assert (line.press_for("en"), line.text_word("en")) == ("", "")


def test_a_key_for_everybody_holds_in_every_language(shipped: Hotlines) -> None:
    line = shipped.by_id("veterans")
    assert line is not None
    assert line.press_for("vi") == "1"


def test_a_line_with_office_hours_gives_its_rule(shipped: Hotlines) -> None:
    line = shipped.by_id("mha-peers")
    assert line is not None
    (rule,) = line.schedules
    assert (rule.byday, rule.opens_at, rule.closes_at) == ("MO,TU,WE,TH,FR", time(10), time(0))
    assert (line.time_zone, line.always_open) == ("America/New_York", False)


@pytest.mark.parametrize(
    ("line_id", "hour_utc", "state"),
    [("mha-peers", 15, "open"), ("mha-peers", 9, "closed"), ("988", 9, "open"), ("211", 9, "unknown")],
)
def test_its_hours_are_asked_like_those_of_any_listing(
    shipped: Hotlines, line_id: str, hour_utc: int, state: str
) -> None:
    line = shipped.by_id(line_id)
    assert line is not None
    thursday = datetime(2026, 11, 19, hour_utc, tzinfo=UTC)
    said = open_at(line.schedules, thursday, time_zone=line.time_zone, always_open=line.always_open)
    assert said.state == state


def test_no_line_is_said_to_keep_away_from_police_without_its_own_word(shipped: Hotlines) -> None:
    assert not [line for line in shipped if line.police_relation is PoliceRelation.NEVER]
    trafficking = shipped.by_id("trafficking")
    assert trafficking is not None
    assert trafficking.police_relation is PoliceRelation.MAY


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"check": "C"}, "check"),
        ({"topics": "detoxx"}, "topics"),
        ({"topics": ""}, "topics"),
        ({"call": "800-662-4357"}, "call"),
        ({"call": "", "text_to": ""}, "call"),
        ({"text_to": "12"}, "text_to"),
        ({"text_words": "es:AYUDA"}, "text_to"),
        ({"text_to": "988", "text_words": "AYUDA"}, "text_words"),
        ({"press": "spanish 2"}, "press"),
        ({"languages_voice": "Spanish"}, "languages_voice"),
        ({"hours": "9 to 5"}, "hours"),
        ({"hours": "MO 25:00-26:00 America/New_York"}, "hours"),
        ({"hours": "MO 09:00-17:00 America/Nowhere"}, "hours"),
        ({"police_relation": "friendly"}, "police_relation"),
        ({"verified_on": "11/30/2026"}, "verified_on"),
        ({"verified_by": ""}, "verified_by"),
        ({"source_url": ""}, "source_url"),
        ({"id": "Two Words"}, "id"),
        ({"topics": "detox"}, "topics"),
    ],
)
def test_a_faulty_cell_is_named_with_its_line(tmp_path: Path, change: dict[str, str], column: str) -> None:
    with pytest.raises(DataFileError, match=rf"hotlines\.csv.*{column}:"):
        Hotlines.load(write(tmp_path, change), NEEDS)


def test_an_id_stands_once(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="line 3, id: stands twice"):
        Hotlines.load(write(tmp_path, {}, {}), NEEDS)


@given(cell=st.text(max_size=30), column=st.sampled_from(COLUMNS))
def test_a_file_loads_or_says_where_it_is_wrong(
    tmp_path_factory: pytest.TempPathFactory, cell: str, column: str
) -> None:
    path = write(tmp_path_factory.mktemp("data"), {column: cell.replace("\0", "")})
    assert loaded(path) or "hotlines.csv" in faults(path)


def test_the_build_check_prints_what_is_wrong_with_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--file", str(write(tmp_path, {"call": "911911911"}))], today=CHECKED) == 1
    assert "call" in capsys.readouterr().out
