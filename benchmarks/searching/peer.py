"""What an engine must be able to do to be measured."""

from __future__ import annotations

import json
from collections.abc import Callable
from math import cos, inf, pi, radians, sqrt
from pathlib import Path
from typing import Any, ClassVar, Final, Protocol

import numpy as np

from benchmarks.searching.questions import EARTH_MILES, TEN, WISHES, Question, miles_from
from benchmarks.searching.shape import ASKED_FACTS, SHARES, Bits, Listings

Found = tuple[list[str], list[float]]  # ids, miles; no miles for a name
Answerer = Callable[[Question], Found]
Box = tuple[float, float, float, float]  # latitude from, to, longitude from, to
NEEDS: Final = {code: 1 << n for n, code in enumerate(SHARES)}
# A bit for each answer that a wish leaves out: medicaid no, walk_in no, id_needed yes.
OPPOSED: Final = {name: 1 << n for n, name in enumerate(ASKED_FACTS)}
ALL_OPPOSED: Final = 7


class Peer(Protocol):
    """Made for a folder of its own. `build` and `open` may be called in different processes."""

    label: ClassVar[str]

    def build(self, rows: Listings) -> None: ...
    def open(self) -> None: ...
    def variants(self, kind: str) -> dict[str, Answerer]:
        """Ways to answer this kind of question; the fastest is measured. Empty: it cannot."""
        ...

    def size(self) -> int:
        """Bytes on disk."""
        ...

    def needed(self, ways: list[str]) -> dict[str, float]:
        """`bytes` and `seconds` of only what these ways need, where more was built to be tried."""
        ...

    def change(self, rename: tuple[str, str], words: tuple[str, ...]) -> float:
        """Gives the listing `rename[0]` the name `rename[1]`; seconds until it is found by `words`."""
        ...

    def memory(self) -> dict[str, int]:
        """Memory of other processes that serve it, in kB (a database server)."""
        ...

    def restart(self) -> None:
        """Stops what runs beside this process, so that the next start is cold."""
        ...

    def close(self) -> None: ...


def opposed(rows: Listings) -> Bits:
    """Per listing the bits of OPPOSED that apply."""
    bits = np.zeros(len(rows), np.int64)
    for name, wish in WISHES.items():
        bits |= np.where(rows.facts[name] == (0 if wish == "yes" else 1), OPPOSED[name], 0)
    return bits


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def box_around(question: Question, miles: float) -> Box:
    """A box that holds the circle (away from the poles; nothing lies there)."""
    up = miles / EARTH_MILES * 180 / pi
    highest = min(abs(question.latitude) + up, 89.0)
    side = up / cos(radians(highest))
    if miles == inf or abs(question.longitude) + side > 180:  # over the date line: all longitudes
        return -90.0, 90.0, -360.0, 360.0
    return (
        question.latitude - up,
        question.latitude + up,
        question.longitude - side,
        question.longitude + side,
    )


def cells_in(box: Box, step: float) -> list[tuple[int, int]]:
    """The squares of `step` degrees that a box touches."""
    lats = range(int(box[0] // step), int(box[1] // step) + 1)
    lngs = range(int(box[2] // step), int(box[3] // step) + 1)
    return [(lat, lng) for lat in lats for lng in lngs] if len(lats) * len(lngs) <= 1000 else []


def ten_nearest(question: Question, ids: Any, latitudes: Bits, longitudes: Bits) -> Found:
    miles = miles_from(question.latitude, question.longitude, latitudes, longitudes)
    order = np.argsort(miles, kind="stable")[:TEN].tolist()
    return [ids[n] for n in order], miles[order].tolist()


class Density:
    """Listings per square mile on a coarse grid: how wide a box must first be to hold ten that fit.

    Any engine could keep such a small table beside its index; it saves it two or three looks.
    """

    STEP: Final = 0.1

    def __init__(self, folder: Path) -> None:
        self._counts: dict[tuple[int, int], int] = {}
        self._shares: dict[str, float] = {}
        self._file = folder / "density.json"

    def write(self, rows: Listings) -> None:
        keep = rows.active & ~np.isnan(rows.latitude)
        cells = np.floor(np.stack([rows.latitude[keep], rows.longitude[keep]], axis=-1) / self.STEP)
        places, counts = np.unique(cells.astype(np.int64), axis=0, return_counts=True)
        shares = {code: float(((rows.needs[keep] & bit) > 0).mean()) for code, bit in NEEDS.items()}
        self._file.write_text(json.dumps([places.tolist(), counts.tolist(), shares]))

    def load(self) -> None:
        places, counts, self._shares = json.loads(self._file.read_text())
        self._counts = {(a, b): n for (a, b), n in zip(places, counts, strict=True)}

    def share(self, question: Question) -> float:
        return self._shares[question.need] * (0.5 if question.kind == "filtered" else 1.0)

    def first_radius(self, question: Question, share: float) -> float:
        """Miles within which about 15 should fit."""
        row, column = int(question.latitude // self.STEP), int(question.longitude // self.STEP)
        near = sum(self._counts.get((row + a, column + b), 0) for a in (-1, 0, 1) for b in (-1, 0, 1))
        square = (3 * self.STEP * 69.0) ** 2 * cos(radians(question.latitude))
        density = max(near, 1) * max(share, 1e-7) / square
        return float(min(max(sqrt(15 / (pi * density)), 0.2), 3000.0))

    def growing(
        self, question: Question, share: float, look: Callable[[Box], tuple[list[str], Bits, Bits]]
    ) -> Found:
        """Looks in growing boxes until ten lie within the circle inside; at most 12 looks."""
        radius = self.first_radius(question, share)
        for _ in range(12):
            ids, latitudes, longitudes = look(box_around(question, radius))
            found = ten_nearest(question, ids, latitudes, longitudes)
            if radius == inf or (len(found[1]) == TEN and found[1][-1] <= radius):
                return found
            radius = radius * 1.8 if len(ids) >= TEN else radius * 3
            radius = inf if radius > 4000 else radius
        raise RuntimeError(f"no end: {question}")
