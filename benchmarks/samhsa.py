"""The real directory, end to end: import, kill, search against a scan of the source file.

    python benchmarks/samhsa.py FOLDER [--kills 10] [--zips 200]

FOLDER holds the National Directory as published (two .xlsx) and the CSV with coordinates.
Prints what it measured; exits 1 if something does not hold.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import zipcodes  # noqa: E402

from app import create_app  # noqa: E402
from directory.geo import miles_between  # noqa: E402
from directory.model import Point  # noqa: E402
from directory.needs import load_needs  # noqa: E402

LISTS = ("*SA_Facilities*.xlsx", "*MH_Facilities*.xlsx", "*geocoded*.csv")
ROWS = 21_213


def run_import(path: Path, data_dir: Path, kill_after: float | None = None) -> tuple[str, float, float]:
    """The last line, seconds and peak MB of one import; killed with SIGKILL if asked."""
    command = [sys.executable, "-m", "flask", "directory", "import", "samhsa", str(path)]
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "DATA_DIR": str(data_dir)},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    if kill_after is not None:
        try:
            process.wait(kill_after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
    printed = process.stdout.read() if process.stdout else ""
    _, _, usage = os.wait4(process.pid, 0) if process.returncode is None else (0, 0, None)
    peak = usage.ru_maxrss / 1024 if usage else 0.0
    lines = printed.strip().splitlines()
    return (lines[-1] if lines else "", time.perf_counter() - start, peak)


def found(client: Any, **asked: Any) -> dict[str, Any]:
    answer = client.get("/api/service_at_locations", query_string=asked)
    if answer.status_code != 200:
        raise SystemExit(f"{asked}: {answer.status_code} {answer.text}")
    page: dict[str, Any] = answer.get_json()
    return page


def check_imports(files: list[Path], data_dir: Path) -> bool:
    total = 0.0
    for path in files:
        line, seconds, peak = run_import(path, data_dir)
        total += seconds
        print(f"{path.name}: {line}; {seconds:.1f} s, peak {peak:.0f} MB", flush=True)
    again, seconds, _ = run_import(files[-1], data_dir)
    print(f"the last one again: {again}; {seconds:.1f} s")
    print(f"all three: {total:.1f} s")
    return total < 90 and f" {ROWS} unchanged" in again


def nearest_detox(data_dir: Path) -> list[Any]:
    client = create_app({"DATA_DIR": str(data_dir)}).test_client()
    contents: list[Any] = found(client, near="60614", need="detox", sort="distance", per_page=3)["contents"]
    return contents


def check_kills(files: list[Path], data_dir: Path, kills: int) -> bool:
    """Kills an import that changes nearly every row, at random moments: the directory that was
    there stays searchable, and the next run completes."""
    first, last = files[0], files[-1]
    run_import(first, data_dir)
    before = nearest_detox(data_dir)
    for _ in range(kills):
        moment = random.uniform(1, 18)
        run_import(last, data_dir, kill_after=moment)
        after = nearest_detox(data_dir)
        state = "as before" if after == before else "as after" if len(after) == 3 else "LOST"
        print(f"killed after {moment:.1f} s: the directory answers {state}", flush=True)
        if state == "LOST":
            return False
    line, _, _ = run_import(last, data_dir)
    print(f"then a whole run: {line}")
    return line.endswith("0 rejected") and "0 imported, 0 updated, 0 unchanged" not in line


def source_rows(path: Path) -> dict[str, list[tuple[Point, str, str]]]:
    """By need: point, name and street of each row, read without our importer."""
    needs = {need.code: need.samhsa for need in load_needs().needs if need.samhsa}
    by_need: dict[str, list[tuple[Point, str, str]]] = defaultdict(list)
    rows = list(csv.DictReader(path.open(encoding="utf-8-sig")))
    best: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in rows:
        door = (row["name1"].casefold(), row["street1"].casefold(), row["zip"])
        if door not in best or (best[door]["geo_precision"], row["geo_precision"]) == ("zip", "street"):
            best[door] = row
    for row in rows:
        said = best[row["name1"].casefold(), row["street1"].casefold(), row["zip"]]
        if not said["latitude"]:
            continue
        point = Point(float(said["latitude"]), float(said["longitude"]))
        codes = set(row["service_code_info"].split())
        for need, wanted in needs.items():
            if codes & wanted:
                by_need[need].append((point, row["name1"], row["street1"]))
    return by_need


def same(ours: str, theirs: str) -> bool:
    """A name that the list cut in two is joined again, and one organization has one spelling."""
    return ours.casefold().startswith(" ".join(theirs.casefold().split()))


def check_nearest(path: Path, data_dir: Path, zips: int) -> bool:
    client = create_app({"DATA_DIR": str(data_dir)}).test_client()
    by_need = source_rows(path)
    known = [z for z in zipcodes.list_all() if z["active"] and abs(float(z["lat"])) > 1]
    wrong = asked = 0
    for each in random.sample(known, zips):
        here = Point(float(each["lat"]), float(each["long"]))
        for need, rows in by_need.items():
            nearest = sorted((miles_between(here, point), name, street) for point, name, street in rows)[:8]
            page = found(client, near=each["zip_code"], need=need, sort="distance", per_page=3, min_results=3)
            got = [(c["distance_miles"], c["service"]["organization"]["name"]) for c in page["contents"]]
            asked += 1
            good = len(got) == 3 and all(
                abs(miles - nearest[i][0]) < 0.006
                and any(same(name, n) and abs(m - miles) < 0.006 for m, n, _ in nearest)
                for i, (miles, name) in enumerate(got)
            )
            if not good:
                wrong += 1
                if wrong <= 5:
                    print(each["zip_code"], need, got, nearest[:3], sep="\n  ")
    print(f"three nearest, {zips} ZIPs, {len(by_need)} needs: {asked - wrong} of {asked} as a scan gives")
    return wrong == 0


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--zips", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    random.seed(asked.seed)
    files = [next(asked.folder.glob(pattern)) for pattern in LISTS]
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        held = [
            check_imports(files, data_dir),
            check_nearest(files[-1], data_dir, asked.zips),
            check_kills(files, data_dir / "kills", asked.kills),
        ]
    print(json.dumps({"imports": held[0], "nearest": held[1], "kills": held[2]}))
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
