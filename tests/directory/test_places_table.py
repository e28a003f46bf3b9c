"""The gazetteer's file and word lists: made once, safely, and every fault named."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from directory.datafile import HERE, DataFileError
from directory.places import Gazetteer
from directory.places.table import file_name
from directory.places.vocabulary import load

ROOT = HERE.parent
OPEN = """
import sys
from pathlib import Path
from directory.places import Gazetteer
print(Gazetteer.open(Path(sys.argv[1])).locate("chicago il").place.label)
"""
# The kernel kills the process in the middle of its writing.
KILLED = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
"""


def start(code: str, folder: Path, output: Path) -> "subprocess.Popen[bytes]":
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with output.open("w") as written:
        program = [sys.executable, "-c", code, str(folder)]
        return subprocess.Popen(program, env=environment, cwd=folder, stdout=written)


def test_after_a_kill_and_a_spoilt_file_two_starts_at_once_end_with_one_good_table(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    killed = start(KILLED + OPEN, folder, tmp_path / "killed")
    assert killed.wait() < 0
    assert not (folder / file_name()).exists()
    left = list(folder.glob("*.new"))
    assert left
    for path in left:
        os.utime(path, (0, 0))  # long ago
    (folder / file_name()).write_text("not a table" * 100)

    outputs = [tmp_path / "one", tmp_path / "two"]
    both = [start(OPEN, folder, output) for output in outputs]
    assert [process.wait() for process in both] == [0, 0]
    assert [output.read_text().strip() for output in outputs] == ["Chicago, IL", "Chicago, IL"]
    assert [path.name for path in folder.iterdir()] == [file_name()]


def test_opening_again_writes_nothing(gazetteer: Gazetteer, tmp_path: Path) -> None:
    made = Path(gazetteer._table._ask("PRAGMA database_list")[0][2])
    shutil.copy(made, tmp_path)
    path = tmp_path / made.name
    path.chmod(0o444)
    before = path.stat().st_mtime_ns
    opened = Gazetteer.open(tmp_path)
    assert opened.locate("60614").place == gazetteer.locate("60614").place
    opened.close()
    assert path.stat().st_mtime_ns == before
    assert list(tmp_path.iterdir()) == [path]


def test_every_nickname_stands_for_places_that_exist(gazetteer: Gazetteer) -> None:
    with (HERE / "nicknames.csv").open(encoding="utf-8") as handle:
        rows = [row for row in csv.reader(handle) if not row[0].startswith("#")][1:]
    for nickname, stands_for in rows:
        located = gazetteer.locate(nickname)
        found = 1 if located.place else len(located.choices)
        assert found == len(stands_for.split(";")), nickname


def test_every_state_of_the_post_office_is_known(gazetteer: Gazetteer) -> None:
    codes = {row[0] for row in gazetteer._table._ask("SELECT DISTINCT state FROM name")}
    assert codes <= set(load().states.values())


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        (
            "nicknames.csv",
            "bigtown,Chicago",
            'place: "Chicago": write the city and its state, like "Chicago, IL"',
        ),
        ("nicknames.csv", ',"Chicago, IL"', "nickname: is empty; write a word, or take the line out"),
        (
            "states.csv",
            "il,Illinois,,",
            'code: "il": write the two capital letters of the post office, like "IL"',
        ),
        ("ordinary_words.csv", "klingon,qapla", 'language: "klingon" is not one of any, ar, en, es, '),
        ("ordinary_words.csv", "en,Word", 'word: "Word": write it in small letters, "word"'),
        ("place_words.csv", "beside,en,next", 'role: "beside" is not one of '),
    ],
)
def test_a_faulty_line_is_named_with_what_to_write(tmp_path: Path, file: str, line: str, said: str) -> None:
    for name in ("nicknames.csv", "states.csv", "ordinary_words.csv", "place_words.csv"):
        shutil.copy(HERE / name, tmp_path)
    with (tmp_path / file).open("a", encoding="utf-8") as handle:
        handle.write(line + "\n")
    number = len((tmp_path / file).read_text(encoding="utf-8").splitlines())
    with pytest.raises(DataFileError) as error:
        load(tmp_path)
    assert f"{file}, line {number}, {said}" in str(error.value)
