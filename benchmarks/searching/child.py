"""What is measured in a process of its own: cold start, memory, warm answers, a change."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any, Final

from benchmarks.searching.peer import Answerer, Peer
from benchmarks.searching.questions import Question

TRIED: Final = 20  # questions with which the fastest way to ask is found
SECONDS: Final = 20.0  # at most, for the warm answers of one kind


def peer_named(name: str, folder: Path, change: str = "") -> Peer:
    """Imported only now: a process holds nothing of the engines it does not measure."""
    where = folder / name
    if name == "ours":
        from benchmarks.searching.ours import Ours

        return Ours(where, change)
    if name == "postgis":
        from benchmarks.searching.postgis import PostGis

        return PostGis(where)
    if name == "tantivy":
        from benchmarks.searching.tantivy_peer import Tantivy

        return Tantivy(where)
    if name == "fts5":
        from benchmarks.searching.fts5 import Fts5

        return Fts5(where)
    if name == "whoosh":
        from benchmarks.searching.whoosh_peer import Whoosh

        return Whoosh(where)
    raise ValueError(f"{name}: no such engine")


def run(mode: str, name: str, folder: Path, change: str) -> dict[str, Any]:
    """`mode`: build, first:KIND, warm, needed, change."""
    task, _, kind = mode.partition(":")
    if task == "build":
        return _build(name, folder)
    questions = [Question.of(each) for each in json.loads((folder / "questions.json").read_text())]
    before = _status("VmRSS")
    start = time.perf_counter()
    peer = peer_named(name, folder, change)
    peer.open()
    opened = time.perf_counter() - start
    try:
        if task == "first":
            return _first(peer, kind, questions, folder / f"{name}.best.json") | {
                "open_s": opened,
                "before_kb": before,
            }
        if task == "needed":
            return peer.needed(list(json.loads((folder / f"{name}.best.json").read_text()).values()))
        return _warm(peer, questions) if task == "warm" else _changed(peer, questions)
    finally:
        peer.close()


def _build(name: str, folder: Path) -> dict[str, Any]:
    """Only ours is built in a process of its own: the others are given the rows."""
    peer = peer_named(name, folder)
    start = time.perf_counter()
    peer.build(None)  # type: ignore[arg-type]
    return {"seconds": time.perf_counter() - start, "peak_kb": _status("VmHWM"), "bytes": peer.size()}


def _first(peer: Peer, kind: str, questions: list[Question], best: Path) -> dict[str, Any]:
    known = json.loads(best.read_text()) if best.exists() else {}
    ways = peer.variants(kind)
    way = ways[known.get(kind, next(iter(ways)))]
    question = next(each for each in questions if each.kind == kind)
    start = time.perf_counter()
    way(question)
    took = time.perf_counter() - start
    rollup = dict(_pairs("/proc/self/smaps_rollup"))
    return {
        "first_ms": took * 1000,
        "rss_kb": _status("VmRSS"),
        "pss_kb": rollup["Pss"],
        "private_dirty_kb": rollup["Private_Dirty"],
        **peer.memory(),
    }


def _warm(peer: Peer, questions: list[Question]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    kinds = list(dict.fromkeys(each.kind for each in questions))
    for kind in kinds:
        asked = [each for each in questions if each.kind == kind]
        ways = peer.variants(kind)
        if ways:
            found[kind] = _kind(ways, asked, getattr(peer, "usual", ""))
            best = found[kind]["way"]
            print(f"    {kind}: {best}", file=sys.stderr, flush=True)
    whole = [each for each in questions if each.kind in ("need", "filtered")]
    if hasattr(peer, "more_kinds"):
        found["whole"] = _kind(peer.variants("whole"), whole[::2])
        found["whole"]["answers"] = []
    return found


def _kind(ways: dict[str, Answerer], asked: list[Question], usual: str = "") -> dict[str, Any]:
    """The fastest way, its answers and times; what the others took; the times of the way one usually asks."""
    tried = {name: _tried(way, asked[:TRIED]) for name, way in ways.items()}
    best = min(tried, key=lambda name: tried[name]["ms"])
    answers = []
    end = time.perf_counter() + SECONDS
    for question in asked:  # once to warm up and to be checked
        answers.append(ways[best](question))
        if time.perf_counter() > end:
            break
    times = _times(ways[best], asked[: len(answers)])
    found = {"way": best, "tried": tried, "answers": answers, "ms": times}
    if usual not in ways or usual == best:
        return found
    _times(ways[usual], asked)  # warm as the fastest is
    return found | {"usual": usual, "usual_ms": _times(ways[usual], asked)}


def _times(way: Answerer, asked: list[Question]) -> list[float]:
    times: list[float] = []
    end = time.perf_counter() + SECONDS
    for question in asked:
        times.append(_ms(way, question))
        if time.perf_counter() > end:
            break
    return times


def _ms(way: Answerer, question: Question) -> float:
    start = time.perf_counter()
    way(question)
    return (time.perf_counter() - start) * 1000


def _tried(way: Answerer, asked: list[Question]) -> dict[str, Any]:
    """Median of a few questions, each asked three times; slow ways are given up early."""
    times, answers = [], []
    for question in asked:
        start = time.perf_counter()
        answers.append(way(question))
        took = (time.perf_counter() - start) * 1000
        times.append(took if took > 500 else min(_ms(way, question), _ms(way, question)))
        if sum(times) > 2000:
            break
    return {"ms": sorted(times)[len(times) // 2], "answers": answers}


def _changed(peer: Peer, questions: list[Question]) -> dict[str, Any]:
    named = next(each for each in questions if each.kind == "name")
    words = ("quendobratz", "harvilomp")  # no word like these is in any directory
    return {"visible_ms": peer.change((named.wanted[0], " ".join(words).title()), words) * 1000}


def _status(field: str) -> int:
    return dict(_pairs("/proc/self/status"))[field]


def _pairs(path: str) -> list[tuple[str, int]]:
    lines = (line.split() for line in Path(path).read_text().splitlines())
    return [(parts[0].rstrip(":"), int(parts[1])) for parts in lines if len(parts) == 3 and parts[2] == "kB"]
