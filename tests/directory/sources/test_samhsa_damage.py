"""SAMHSA files that are broken or of another kind: always a Problem, never an exception."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.model import Entry, Problem
from directory.sources import samhsa
from tests.directory.sources.samhsa_files import COLUMNS, PLACED, facility, table, workbook


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty; the columns name1"),
        (b"name,phone\nA,988\n", "the columns name1, street1, city"),
        (b"PK\x03\x04 not really a zip", "is no Excel workbook"),
        (b"\xff\xfe\x00\xd8", "expected the SAMHSA list"),
    ],
)
def test_a_file_of_another_kind_is_one_problem_that_says_what_was_expected(
    tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "SA_2022.xlsx"
    file.write_bytes(content)
    (problem,) = samhsa.read(file)
    assert isinstance(problem, Problem)
    assert problem.rejected
    assert said in problem.reason


def test_a_missing_file_is_a_problem_too(tmp_path: Path) -> None:
    (problem,) = samhsa.read(tmp_path / "none.xlsx")
    assert isinstance(problem, Problem)


def test_a_workbook_with_other_columns_says_which_are_missing(tmp_path: Path) -> None:
    (problem,) = samhsa.read(workbook(tmp_path / "a.xlsx", columns=["name1", "phone"]))
    assert isinstance(problem, Problem)
    assert "street1, city, state, zip, service_code_info" in problem.reason


def damaged(path: Path, member: str, content: bytes) -> Path:
    """The same workbook with one part of it replaced."""
    good = workbook(path.with_name("good.xlsx"), facility(), facility(name1="Other"))
    with ZipFile(good) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == member else old.read(name))
    return path


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
@pytest.mark.parametrize(
    "content", [b"", b"<a>", b"<worksheet><sheetData><row><c t='s'><v>99999</v></c></row>"]
)
def test_a_damaged_workbook_ends_in_a_problem(tmp_path: Path, member: str, content: bytes) -> None:
    found = list(samhsa.read(damaged(tmp_path / "SA_2022.xlsx", member, content)))
    assert isinstance(found[-1], Problem)


def test_a_workbook_cut_off_in_the_middle_never_raises(tmp_path: Path) -> None:
    whole = workbook(
        tmp_path / "SA_2022.xlsx", *[facility(name1=f"Place {n}") for n in range(50)]
    ).read_bytes()
    file = tmp_path / "cut_2022.xlsx"
    for end in range(0, len(whole), len(whole) // 25):
        file.write_bytes(whole[:end])
        assert any(isinstance(each, Problem) for each in samhsa.read(file))
        samhsa.count(file)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400) | st.text(alphabet='name1,street\n";\t\x00é', max_size=300).map(str.encode))
def test_no_bytes_raise(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "SA_2022.csv"
    file.write_bytes(content)
    for each in samhsa.read(file):
        assert isinstance(each, Problem)
    samhsa.count(file)
    samhsa.source_of(file)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(PLACED), st.text(max_size=40) | st.floats().map(str), max_size=16))
def test_no_cell_raises_and_every_row_is_accounted_for(tmp_path: Path, cells: dict[str, str]) -> None:
    file = table(tmp_path / "all_2022.csv", facility(**cells), facility(name1="Sentinel"))
    found = list(samhsa.read(file))
    taken = [each for each in found if isinstance(each, Entry)]
    rejected = [each for each in found if isinstance(each, Problem) and each.rejected]
    assert len(taken) + len(rejected) == 2
    assert taken[-1].organization.name == "Sentinel"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(COLUMNS), st.integers() | st.booleans() | st.floats() | st.dates()))
def test_no_kind_of_workbook_cell_raises(tmp_path: Path, cells: dict[str, Any]) -> None:
    found = list(samhsa.read(workbook(tmp_path / "SA_2022.xlsx", facility(**cells))))
    assert any(isinstance(each, Entry) or each.rejected for each in found)
