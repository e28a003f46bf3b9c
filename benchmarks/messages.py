"""Any text through the whole conversation: an answer or a right silence, never an error, never over budget.

    python benchmarks/messages.py DATA_DIR [--count 100000] [--seed 1]

DATA_DIR holds an installation with a directory in it (`flask directory import …`). Messages are the
labelled ones of tests/understanding, mutated, mixed with random text of all alphabets; each talk has
up to twelve of them. Prints counts and times; exits 1 if something does not hold.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from app import create_app  # noqa: E402
from bot.conversation import respond  # noqa: E402
from bot.model import Channel, State, Turn, World  # noqa: E402
from bot.segments import measure  # noqa: E402

ALPHABETS = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x400, 0x44F), (0x600, 0x6FF), (0x900, 0x97F), (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3), (0x1F300, 0x1FAFF), (0x0, 0x1F), (0x200B, 0x2060), (0xD800, 0xDFFF),
    (0x10000, 0x10FFFF),
]  # fmt: skip
OFFERED = [
    "1", "2.", "#3", "MORE", "back", "MENU", "NEW", "yes", "no", "60614", "miami", "springfield", "STOP",
    "START", "HELP", "PRIVACY", "FORGET", "español", "english", "", " ",
]  # fmt: skip
MOST_SEGMENTS = 3


def labelled() -> list[str]:
    rows: list[str] = []
    for path in sorted((ROOT / "tests/understanding").glob("*.csv")):
        with path.open(encoding="utf-8") as handle:
            rows += [row["text"] for row in csv.DictReader(handle)]
    return rows


def message(random: Random, known: list[str]) -> str:
    """A real message, a damaged one, a word we offered, or noise."""
    kind = random.random()
    if kind < 0.15:
        return random.choice(OFFERED)
    if kind < 0.3:
        low, high = random.choice(ALPHABETS)
        return "".join(chr(random.randint(low, high)) for _ in range(random.randint(0, 200)))
    text = list(random.choice(known) + random.choice(["", " 60614", " miami fl", " " + random.choice(known)]))
    for _ in range(random.choice([0, 1, 2, 5, 20])):
        at = random.randint(0, len(text))
        low, high = random.choice(ALPHABETS) if random.random() < 0.3 else ALPHABETS[0]
        text[at : at + random.randint(0, 2)] = chr(random.randint(low, high)) * random.randint(0, 2)
    return "".join(text)


def fault(turn: Turn) -> str:
    """What is wrong with an answer, or nothing."""
    if not turn.replies:
        return "silent"
    long = [reply for reply in turn.replies if measure(reply.text).segments > MOST_SEGMENTS]
    empty = [reply for reply in turn.replies if not reply.text.strip()]
    return "over budget" if long else "empty" if empty else ""


def run(world: World, count: int, random: Random) -> tuple[Counter[str], list[float]]:
    known, state, left = labelled(), State(), 0
    faults: Counter[str] = Counter()
    took: list[float] = []
    for number in range(count):
        if not left:
            state, left = State(), random.randint(1, 12)
        left -= 1
        text = message(random, known)
        start = time.perf_counter()
        try:
            turn = respond(state, text, world, Channel.SMS)
        except Exception as error:  # noqa: BLE001 (counting them is the point)
            faults[f"{type(error).__name__}"] += 1
            print(repr(text)[:200], repr(error)[:200])
            continue
        took.append(time.perf_counter() - start)
        state = turn.state
        if said := fault(turn):
            faults[said] += 1
            print(repr(text)[:200], said)
        if number % 10_000 == 9_999:
            print(f"{number + 1} messages", file=sys.stderr, flush=True)
    return faults, sorted(took)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    world = create_app({"DATA_DIR": str(asked.data_dir)}).extensions["openway"].world
    faults, took = run(world, asked.count, Random(asked.seed))
    middle, late = took[len(took) // 2], took[int(len(took) * 0.99)]
    print(f"{asked.count} messages: {sum(faults.values())} faults {dict(faults)}")
    print(f"a turn: median {middle * 1e3:.2f} ms, 99th percentile {late * 1e3:.2f} ms")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
