"""How well search answers what people type: the judged queries of tests/relevance, measured.

    python benchmarks/relevance.py [--samhsa DATA_DIR] [--baselines] [--misses]

The demonstration is loaded into a folder of its own; DATA_DIR holds an import of the SAMHSA directory.
nDCG@5 is against the best order that the directory allows; success@3 counts the queries with something
that helps (grade 2 or 3) among the first three. Queries marked sealed are measured, never shown.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.relevance_baselines import (  # noqa: E402
    PROGRAMS,
    Baseline,
    engines,
    postgres_server,
    texts,
)
from directory.answers import Place  # noqa: E402
from directory.needs import load_needs  # noqa: E402
from tests.relevance.directories import Directory, opened  # noqa: E402
from tests.relevance.judging import GOOD, PARTS, TOP, Judged, Score, load_queries, score  # noqa: E402

OURS = "Openway"
Finder = Callable[[Judged, Place | None], list[str]]
Grades = dict[str, dict[str, int]]


def measured(directory: Directory, queries: Sequence[Judged], grades: Grades, finder: Finder) -> list[Score]:
    return [score(each, grades[each.id], finder(each, directory.place(each))) for each in queries]


def graded(directory: Directory, queries: Sequence[Judged]) -> Grades:
    """By query id. Ends the run if a query has no good answer in this directory: it judges nothing."""
    found = {each.id: directory.judge.grades(each, directory.place(each)) for each in queries}
    if empty := [id_ for id_, grades in found.items() if max(grades.values(), default=0) < GOOD]:
        sys.exit(f"no listing helps with: {', '.join(empty)}")
    return found


def table(title: str, scores: Sequence[Score]) -> None:
    """Per category, per language and in all; tuned and sealed apart."""
    head = "".join(f"{part:>10} n   nDCG@5  succ@3" for part in PARTS)
    print(f"\n{title:<24}{head}")
    by_kind: dict[str, list[Score]] = defaultdict(list)
    for each in scores:
        by_kind[each.query.category].append(each)
    for each in scores:
        by_kind[f"  in {each.query.language}"].append(each)
    by_kind["ALL"] = list(scores)
    for kind, held in by_kind.items():
        print(f"{kind:<24}{''.join(_cells(held, part) for part in PARTS)}")


def _cells(scores: Sequence[Score], part: str) -> str:
    held = [each for each in scores if each.query.part == part]
    if not held:
        return f"{0:>12}{'-':>9}{'-':>8}"
    ndcg, success = mean([each.ndcg for each in held]), mean([each.success for each in held])
    return f"{len(held):>12}{ndcg:>9.3f}{success:>8.3f}"


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def show_misses(directory: Directory, scores: Sequence[Score]) -> None:
    """The tuned queries with nothing that helps among the first three, and what came instead."""
    names = {one.id: f"{one.listing.organization.name}: {one.listing.service.name}" for one in directory.pool}
    print("\nTuned queries that found nothing that helps in the first three:")
    for each in scores:
        query = each.query
        if each.success or query.part != "tuned":
            continue
        print(f"  {query.id} [{query.language}] {query.text!r} near {query.near!r}")
        for id_ in directory.found(query, directory.place(query))[:TOP]:
            print(f"      {names[id_][:90]}")


def _finder(baseline: Baseline) -> Finder:
    return lambda query, place: baseline.found(query.text, place)


@contextmanager
def all_engines(directory: Directory, folder: Path) -> Iterator[Iterator[tuple[str, Finder]]]:
    """The baselines over the texts of a directory, by name."""
    documents = texts(directory.pool, load_needs())
    points = {one.id: one.point for one in directory.pool if one.point}

    def finders(url: str) -> Iterator[tuple[str, Finder]]:
        for engine in engines(documents, folder / "whoosh", url):
            yield engine.name, _finder(Baseline(engine, points))

    if PROGRAMS.is_dir():
        with postgres_server(folder / "postgres") as url:
            yield finders(url)
    else:
        yield finders("")


def report(name: str, directory: Directory, asked: argparse.Namespace) -> None:
    queries = [each for each in load_queries() if each.set == name]
    grades = graded(directory, queries)
    start = time.perf_counter()
    ours = measured(directory, queries, grades, directory.found)
    each_takes = (time.perf_counter() - start) / len(queries) * 1000
    table(f"{name}: {OURS}", ours)
    print(f"{len(directory.pool)} listings, {len(queries)} queries, {each_takes:.0f} ms each")
    if asked.misses:
        show_misses(directory, ours)
    if asked.baselines:
        compare(name, directory, grades, ours)


def compare(name: str, directory: Directory, grades: Grades, ours: Sequence[Score]) -> None:
    queries = [each.query for each in ours]
    results = {OURS: list(ours)}
    with tempfile.TemporaryDirectory() as folder, all_engines(directory, Path(folder)) as finders:
        for engine, finder in finders:
            results[engine] = measured(directory, queries, grades, finder)
            table(f"{name}: {engine}", results[engine])
    print(f"\n{name + ', all queries':<24}  nDCG@5  succ@3")
    for engine, scores in results.items():
        ndcg, success = mean([each.ndcg for each in scores]), mean([each.success for each in scores])
        print(f"{engine:<24}{ndcg:>8.3f}{success:>8.3f}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--samhsa", type=Path, metavar="DATA_DIR", help="an import of the SAMHSA directory")
    parser.add_argument("--baselines", action="store_true", help="the same on plain search engines")
    parser.add_argument("--misses", action="store_true", help="show the tuned queries that fail")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report("demo", opened(Path(folder)), asked)
    if asked.samhsa:
        report("samhsa", opened(asked.samhsa), asked)


if __name__ == "__main__":
    main()
