"""The directory from the command line and as data: imports that survive a kill, searches that are right."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app import create_app
from directory.geo import miles_between
from directory.model import Point
from tests.acceptance.conftest import ROOT, environment, flask
from tests.acceptance.outside import Server

HEADER = [
    "id",
    "organization",
    "service",
    "address",
    "city",
    "state",
    "zip",
    "phone",
    "latitude",
    "longitude",
    "needs",
]


def made_up(path: Path, count: int, seed: int, name: str) -> Path:
    """A spreadsheet of so many services around Peoria."""
    random = Random(seed)
    with path.open("w", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(HEADER)
        for number in range(count):
            lat, lng = 40.7 + random.uniform(-1, 1), -89.6 + random.uniform(-1, 1)
            need = random.choice(["detox", "food", "shelter"])
            writer.writerow([number, f"{name} {number}", "Help", f"{number} Main St", "Peoria", "IL", "61602",
                             f"309-555-01{number % 100:02d}", f"{lat:.6f}", f"{lng:.6f}", need])  # fmt: skip
    return path


def nearest(data_dir: Path, need: str = "detox") -> list[dict[str, Any]]:
    done = flask(data_dir, "directory", "search", "--near", "61602", "--need", need, "--limit", "5", "--json")
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_an_import_killed_at_any_moment_leaves_the_old_directory_and_the_next_run_completes(
    tmp_path: Path,
) -> None:
    data_dir = tmp_path / "data"
    old = made_up(tmp_path / "list.csv", 300, 1, "Old")
    assert flask(data_dir, "directory", "import", "csv", str(old)).returncode == 0
    before = nearest(data_dir)
    new = made_up(tmp_path / "list.csv", 3000, 1, "New")
    random = Random(7)
    for _ in range(3):
        command = [sys.executable, "-m", "flask", "directory", "import", "csv", str(new)]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment(data_dir), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            _kill(process, random.uniform(0.5, 6))
        after = nearest(data_dir)
        assert after == before or {each["organization"][:3] for each in after} == {"New"}
    done = flask(data_dir, "directory", "import", "csv", str(new))
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().splitlines()[-1].endswith(", 0 rejected")
    assert (
        len({each["organization"] for each in nearest(data_dir) if each["organization"].startswith("New")})
        == 5
    )


def _kill(process: subprocess.Popen[bytes], after: float) -> None:
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)


def test_the_same_file_twice_changes_nothing_and_a_bad_row_is_named(tmp_path: Path) -> None:
    data_dir, path = tmp_path / "data", made_up(tmp_path / "list.csv", 5, 1, "Org")
    with path.open("a") as handle:
        handle.write("x,,,,,,,,,,\n")
    first = flask(data_dir, "directory", "import", "csv", str(path))
    assert first.stdout.strip().splitlines()[-1] == "5 imported, 0 updated, 0 unchanged, 1 rejected"
    assert "list.csv, row 7" in first.stdout
    again = flask(data_dir, "directory", "import", "csv", str(path))
    assert again.stdout.strip().splitlines()[-1] == "0 imported, 0 updated, 5 unchanged, 1 rejected"


@pytest.mark.parametrize("format_", ["csv", "hsds", "samhsa"])
def test_a_file_that_is_none_of_that_format_takes_no_row_and_says_why(tmp_path: Path, format_: str) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"\x00\x01junk")
    done = flask(tmp_path / "data", "directory", "import", format_, str(path))
    assert done.returncode == 1
    assert "rejected: list.xlsx" in done.stdout
    assert done.stdout.strip().splitlines()[-1].startswith("0 imported, 0 updated, 0 unchanged, ")


def test_the_nearest_by_distance_are_those_of_a_scan_of_the_source_file(tmp_path: Path) -> None:
    path = made_up(tmp_path / "list.csv", 1500, 3, "Org")
    assert flask(tmp_path / "data", "directory", "import", "csv", str(path)).returncode == 0
    client = create_app({"DATA_DIR": str(tmp_path / "data")}).test_client()
    with path.open() as handle:
        rows = list(csv.DictReader(handle))
    for here in (Point(40.69, -89.59), Point(41.6, -90.4), Point(61.2, -149.9), Point(-33.9, 151.2)):
        for need in ("food", "detox", "shelter"):
            miles = {r["organization"]: miles_between(here, Point(float(r["latitude"]), float(r["longitude"])))
                     for r in rows if r["needs"] == need}  # fmt: skip
            asked = {
                "lat": here.latitude,
                "lng": here.longitude,
                "need": need,
                "sort": "distance",
                "per_page": 3,
            }
            page = client.get("/api/service_at_locations", query_string=asked).get_json()
            got = [(c["service"]["organization"]["name"], c["distance_miles"]) for c in page["contents"]]
            assert got == [(name, round(miles[name], 2)) for name in sorted(miles, key=miles.__getitem__)[:3]]


def test_a_place_that_cannot_be_found_is_a_warning_and_a_bad_number_is_named(server: Server) -> None:
    nowhere = server.ask("GET", "/api/service_at_locations?near=xyzzyville&need=food")
    assert nowhere.status == 200
    assert json.loads(nowhere.body)["contents"] == []
    assert json.loads(nowhere.body)["warnings"]
    bad = server.ask("GET", "/api/service_at_locations?near=61602&radius=abc")
    assert bad.status == 400
    assert bad.headers["Content-Type"].startswith("application/problem+json")
    assert "radius" in bad.body


def test_the_directory_goes_out_as_hsds_and_comes_back_the_same(demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "package"
    assert flask(demo, "directory", "export", "hsds", str(out)).returncode == 0
    back = flask(tmp_path / "data", "directory", "import", "hsds", str(out))
    assert back.returncode == 0, back.stderr
    assert back.stdout.strip().splitlines()[-1].startswith("112 imported, 0 updated, 0 unchanged, 0 rejected")
    here, there = nearest(demo, "food"), nearest(tmp_path / "data", "food")
    assert [(e["id"], e["distance_miles"], e["phones"]) for e in here] == [
        (e["id"], e["distance_miles"], e["phones"]) for e in there
    ]


def test_the_bot_speaks_json_lines(demo: Path) -> None:
    lines = (
        '{"from": "+13095550177", "text": "detox 61602"}\nnot json\n{"from": "+13095550177", "text": "1"}\n'
    )
    done = flask(demo, "bot", "say", input=lines)
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(said) == 3
    assert {"text", "segments", "encoding"} == set(said[0]["replies"][0])
    assert "error" in said[1]
    assert said[2]["replies"]


def test_understanding_is_told_in_the_agreed_shape(demo: Path) -> None:
    line = json.dumps({"text": "necesito comida 61602", "language": None})
    done = flask(demo, "bot", "understand", input=line + "\n")
    said = json.loads(done.stdout)
    assert set(said) == {"language", "danger", "intent", "need", "place"}
    assert (said["language"], said["danger"], said["intent"], said["need"]) == ("es", None, "need", "food")
    assert set(said["place"]) == {"label", "latitude", "longitude"}
