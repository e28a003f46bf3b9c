"""Openway's search beside its peers: same data, same questions, checked answers.

    python benchmarks/search.py [--sizes 10000,100000,1000000] [--peers ours,postgis,tantivy,fts5,whoosh]
        [--work DIR] [--queries N] [--out DIR] [--change module:function] [--keep] [--only-plots]

Needs `pip install --require-hashes -r benchmarks/requirements.txt`, and for PostGIS the Debian package
postgresql-15-postgis-3. Writes OUT/search.json (merged with what stands there), tables, and plots.
Exits 1 if an engine gave a wrong answer.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.searching.child import peer_named, run  # noqa: E402

PEERS: Final = ("ours", "postgis", "tantivy", "fts5", "whoosh")
WHOOSH_MOST: Final = 100_000  # building takes a minute for that, a query a tenth of a second
SEED: Final = 1
CHILD_SECONDS: Final = 3600


@dataclass(frozen=True, slots=True)
class Asked:
    sizes: tuple[int, ...]
    peers: tuple[str, ...]
    work: Path
    out: Path
    queries: int
    change: str
    keep: bool


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--work", type=Path, default=Path("/tmp/openway-bench"))  # noqa: S108
    parser.add_argument("--out", type=Path, default=ROOT / "instance" / "benchmarks")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--change", default="", help="module:function(engine, search, service_id, name)")
    parser.add_argument("--keep", action="store_true", help="use indexes that are already built")
    parser.add_argument("--only-plots", action="store_true", help="tables and plots of OUT/search.json")
    parser.add_argument("--child", nargs=2, metavar=("MODE", "PEER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        return _child(given.child[0], given.child[1], given.work, given.change)
    sizes, peers = tuple(map(int, given.sizes.split(","))), tuple(given.peers.split(","))
    work, out = given.work.resolve(), given.out.resolve()
    asked = Asked(sizes, peers, work, out, given.queries, given.change, given.keep)
    asked.out.mkdir(parents=True, exist_ok=True)
    sizes = () if given.only_plots else asked.sizes
    faults = [fault for size in sizes for fault in _measure(asked, size)]
    _tell(asked.out)
    for fault in faults[:50]:
        print(f"WRONG {fault}")
    return 1 if faults else 0


def _child(mode: str, name: str, folder: Path, change: str) -> int:
    print("\n" + json.dumps(run(mode, name, folder, change)), flush=True)
    sys.stdin.readline()  # held until the parent lets go, so that shared memory can be seen
    return 0


def _measure(asked: Asked, size: int) -> list[str]:
    from benchmarks.searching import data, questions

    folder = asked.work / str(size)
    folder.mkdir(parents=True, exist_ok=True)
    database, written = folder / "openway.db", 0.0
    if not database.exists():
        _say(f"{size:,}: writing the directory")
        unfinished = folder / "unfinished.db"
        unfinished.unlink(missing_ok=True)
        written = data.make(unfinished, size, SEED, _say)
        unfinished.rename(database)
    _say(f"{size:,}: reading the rows and making the questions")
    rows = data.read(database)
    every = questions.ask(rows, asked.queries)
    (folder / "questions.json").write_text(json.dumps([each.plain() for each in every]))
    faults: list[str] = []
    for name in asked.peers:
        if name == "whoosh" and size > WHOOSH_MOST:
            _say(f"{size:,} whoosh: left out, it is measured up to {WHOOSH_MOST:,} only")
            continue
        report, wrong = _peer(asked, folder, name, rows, every)
        faults += wrong
        _keep(
            asked.out / "search.json",
            size,
            name,
            report | {"listings": len(rows), "wrong": len(wrong)},
            written,
        )
    return faults


def _peer(
    asked: Asked, folder: Path, name: str, rows: Any, every: list[Any]
) -> tuple[dict[str, Any], list[str]]:
    size = folder.name
    report = _built(asked, folder, name, rows)
    _say(f"{size} {name}: built {report.get('services_per_s', 0):,.0f}/s, {report['bytes'] / 1e6:,.0f} MB")
    warm = _in_child(asked, folder, name, "warm")
    (folder / f"{name}.best.json").write_text(json.dumps({kind: each["way"] for kind, each in warm.items()}))
    faults = _wrong(name, size, rows, every, warm)
    report["warm"] = _summary(warm)
    needed = _in_child(asked, folder, name, "needed")
    if needed:  # more was built than the fastest ways need
        seconds = report["seconds"] + needed["seconds"]
        report |= {"bytes": needed["bytes"], "bytes_of_all": report["bytes"],
                   "services_per_s": int(size) / seconds}  # fmt: skip
    report["cold"] = {}
    for kind in ("need", "filtered", "word_common", "word_rare", "name"):
        report["cold"][kind] = _cold(asked, folder, name, kind)
    report["start"] = report["cold"]["need"]
    report["second"] = _second(asked, folder, name)
    report |= _in_child(asked, folder, name, "change")
    peer_named(name, folder).restart()  # nothing stays running
    return report, faults


def _built(asked: Asked, folder: Path, name: str, rows: Any) -> dict[str, Any]:
    note = folder / f"{name}.built.json"
    if asked.keep and note.exists():
        built: dict[str, Any] = json.loads(note.read_text())
        return built
    _say(f"{folder.name} {name}: building")
    if name == "ours":
        built = _in_child(asked, folder, name, "build")
    else:
        peer = peer_named(name, folder)
        start = time.perf_counter()
        peer.build(rows)
        built = {"seconds": time.perf_counter() - start}
        peer.open()
        built["bytes"] = peer.size()
        peer.close()
    built["services_per_s"] = len(rows) / built["seconds"]
    note.write_text(json.dumps(built))
    return built


def _start_child(asked: Asked, folder: Path, name: str, mode: str) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        __file__,
        "--child",
        mode,
        name,
        "--work",
        str(folder),
        "--change",
        asked.change,
    ]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _answer(child: subprocess.Popen[str]) -> dict[str, Any]:
    """The child's report; it stays alive until its input is closed."""
    assert child.stdout is not None
    alarm = threading.Timer(CHILD_SECONDS, child.kill)
    alarm.daemon = True
    alarm.start()
    for _ in range(100_000):
        line = child.stdout.readline()
        if line.startswith("{"):
            alarm.cancel()
            found: dict[str, Any] = json.loads(line)
            return found
        if not line:
            break
    alarm.cancel()
    raise RuntimeError(f"a child ended without a report: {child.args!r}")


def _let_go(child: subprocess.Popen[str]) -> None:
    child.communicate("\n", timeout=60)


def _in_child(asked: Asked, folder: Path, name: str, mode: str) -> dict[str, Any]:
    child = _start_child(asked, folder, name, mode)
    found = _answer(child)
    _let_go(child)
    return found


def _cold(asked: Asked, folder: Path, name: str, kind: str) -> dict[str, Any]:
    """A fresh process after the caches were dropped: nothing of the index is in memory."""
    peer_named(name, folder).restart()
    dropped = _drop_caches()
    start = time.perf_counter()
    child = _start_child(asked, folder, name, f"first:{kind}")
    found = _answer(child)
    found["process_s"] = time.perf_counter() - start
    _let_go(child)
    return found | {"caches_dropped": dropped}


def _second(asked: Asked, folder: Path, name: str) -> dict[str, Any]:
    """A second process on the same index, files warm: what one more worker costs."""
    first = _start_child(asked, folder, name, "first:need")
    _answer(first)
    start = time.perf_counter()
    second = _start_child(asked, folder, name, "first:need")
    found = _answer(second)
    found["process_s"] = time.perf_counter() - start
    _let_go(second)
    _let_go(first)
    return found


def _drop_caches() -> bool:
    os.sync()
    try:
        Path("/proc/sys/vm/drop_caches").write_text("3")
    except OSError:
        return False
    return True


def _wrong(name: str, size: str, rows: Any, every: list[Any], warm: dict[str, Any]) -> list[str]:
    """Every answer of every way, against the plain scan."""
    from benchmarks.searching.questions import fault_of

    where = dict(
        zip(rows.ids, zip(rows.latitude.tolist(), rows.longitude.tolist(), strict=True), strict=True)
    )
    faults = []
    for kind, found in warm.items():
        asked = [each for each in every if each.kind == kind]
        tried = [(way, answers["answers"]) for way, answers in found["tried"].items()] if asked else []
        for way, answers in [*tried, (found["way"], found["answers"])]:
            said = [fault_of(each, answer, where) for each, answer in zip(asked, answers, strict=False)]
            faults += [f"{size} {name} ({way}): {fault}" for fault in said if fault]
    return faults


def _summary(warm: dict[str, Any]) -> dict[str, Any]:
    pooled = [ms for kind, found in warm.items() if kind.startswith("word") for ms in found["ms"]]
    all_ms = {kind: found["ms"] for kind, found in warm.items()} | ({"word": pooled} if pooled else {})
    report: dict[str, Any] = {kind: _percentiles(ms) for kind, ms in all_ms.items()}
    for kind, found in warm.items():
        report[kind]["way"] = found["way"]
        if "usual_ms" in found:
            report[kind]["usual"] = _percentiles(found["usual_ms"]) | {"way": found["usual"]}
        report[kind]["tried_p50_ms"] = {way: round(each["ms"], 4) for way, each in found["tried"].items()}
    return report


def _percentiles(ms: list[float]) -> dict[str, Any]:
    ranked = sorted(ms)
    return {"n": len(ms)} | {
        f"p{share}": round(ranked[min(len(ranked) * share // 100, len(ranked) - 1)], 4)
        for share in (50, 95, 99)
    }


def _keep(path: Path, size: int, name: str, report: dict[str, Any], written: float) -> None:
    whole = json.loads(path.read_text()) if path.exists() else {"sizes": {}}
    entry = whole["sizes"].setdefault(str(size), {})
    entry[name] = report | {"measured": time.strftime("%Y-%m-%d %H:%M"), "load": os.getloadavg()[0]}
    if written:
        whole.setdefault("written_per_s", {})[str(size)] = round(written)
    path.write_text(json.dumps(whole, indent=1))


def _tell(out: Path) -> None:
    from benchmarks.searching import plots, tables

    whole = json.loads((out / "search.json").read_text())
    text = tables.markdown(whole)
    (out / "search.md").write_text(text)
    print(text)
    plots.draw(whole, out)


def _say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
