"""Questions made to be slow: very common, hostile or everywhere. No search may take longer than a budget.

    python benchmarks/search.py --sizes 1000000 --peers ours --work DIR
    python benchmarks/widest.py DIR/1000000 [--budget 1.0]

Each is asked twice, near a place, far from all and without a place; the slower time counts. Prints the
slowest and exits 1 if one took longer than the budget (seconds).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.searching.ours import Ours  # noqa: E402
from directory.answers import Place, Query  # noqa: E402
from directory.model import Point  # noqa: E402
from directory.needs import load_needs  # noqa: E402

PLACES: Final = {
    "anywhere": None,
    "Chicago": Place("x", Point(41.88, -87.63), "point", state="IL"),
    "at sea": Place("x", Point(0.0, 0.0), "point", state=""),
}
TOLD: Final = 12


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--budget", type=float, default=1.0)
    given = parser.parse_args()
    ours = Ours(given.folder / "ours")
    ours.open()
    took = []
    for name, query in _queries(given.folder):
        times = []
        for _ in range(2):
            start = time.perf_counter()
            ours.search.search(query)
            times.append(time.perf_counter() - start)
        took.append((max(times), name))
    ours.close()
    took.sort(reverse=True)
    for seconds, name in took[:TOLD]:
        print(f"{seconds * 1000:8.0f} ms  {name}")
    print(f"{len(took)} questions; the slowest took {took[0][0]:.2f} s of {given.budget:.2f} s")
    return 1 if took[0][0] > given.budget else 0


def _queries(folder: Path) -> Iterator[tuple[str, Query]]:
    every = frozenset(load_needs().codes)
    for where, place in PLACES.items():
        for name, text in _texts(folder).items():
            yield f"{name}, {where}", Query(text=text, place=place)
        for needs in (frozenset[str](), frozenset({"food"}), every):
            for more in ({}, {"count_facets": True}, {"count_facets": True, "one_per_location": True}):
                name = f"{len(needs)} needs, open, {where} {' '.join(more)}"
                yield name, Query(place=place, needs=needs, open_only=True, **more)


def _texts(folder: Path) -> dict[str, str]:
    asked = json.loads((folder / "questions.json").read_text())
    common, medium, rare = (
        sorted({each["word"] for each in asked if each["kind"] == f"word_{share}"})
        for share in ("common", "medium", "rare")
    )
    return {
        "very common words": " ".join(common),
        "common words": " ".join(medium[:30]),
        "rare words": " ".join(rare[:30]),
        "words of every listing": "services center health treatment program care the of and",
        "needs of every kind": "detox methadone shelter food clinic legal ride jobs housing needle narcan",
        "a phrase of common words": f'"{" ".join(common)}"',
        "many phrases": " ".join(f'"{one} {other}"' for one in common for other in medium[:10]),
        "wildcards": "a* b* ?* * [a-z]*",
        "a regular expression": "/.*.*.*.*.*/ /(a+)+$/",
        "fuzzy": " ".join(f"{word}~3" for word in medium[:20]),
        "or": " OR ".join(medium[:30]),
        "not": " NOT ".join(common * 5),
        "misspelt": " ".join(f"{word[:-1]}xq" for word in medium[:25]),
        "letters": " ".join("abcdefghijklmnopqrstuvwxyz" * 3),
        "one long word": "a" * 5000,
        "words run together": "needleexchangemethadonedetoxclinicshelter" * 6,
        "Chinese": "戒毒" * 150,
        "Arabic": "علاج " * 60,
        "a backslash": "\\" * 300,
        "brackets": "(((" * 100,
    }


if __name__ == "__main__":
    sys.exit(main())
