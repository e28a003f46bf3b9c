"""Whoever corrects a data file is told which line is wrong, and what to do."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.datafile import DataFileError, read


def wrong_number(cell: str) -> str | None:
    return None if cell.isdigit() else f"{cell!r} is no number; write digits"


def read_text(folder: Path, text: str) -> list[dict[str, str]]:
    path = folder / "things.csv"
    path.write_text(text, encoding="utf-8")
    return [row.cells for row in read(path, ("code", "size"), {"size": wrong_number})]


def test_comments_blank_lines_and_column_order_do_not_matter(tmp_path: Path) -> None:
    text = "# sizes\nsize,code\n\n1, a \n# half\n2,b\n"
    assert read_text(tmp_path, text) == [{"code": "a", "size": "1"}, {"code": "b", "size": "2"}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "code,size\na,one\nb,2\nc,x",
            "things.csv, line 2, size: 'one' is no number; write digits\n"
            "things.csv, line 4, size: 'x' is no number; write digits",
            id="every faulty line is named",
        ),
        pytest.param("code,size\na,1,2", "things.csv, line 2: 3 cells, expected 2", id="a comma too many"),
        pytest.param("code,weight\na,1", "things.csv, header: columns are code, weight", id="wrong column"),
        pytest.param('code,size\n"a,1', "things.csv: cannot be read as CSV", id="open quote"),
    ],
)
def test_a_fault_names_file_line_and_remedy(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DataFileError) as error:
        read_text(tmp_path, text)
    assert str(error.value).startswith(said)


@given(data=st.binary(max_size=300))
def test_any_bytes_give_rows_or_a_named_fault(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(data)
    said = "any.csv"
    try:
        read(path, ("code", "size"))
    except DataFileError as error:
        said = str(error)
    assert "any.csv" in said
