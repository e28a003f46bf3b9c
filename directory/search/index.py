"""What a search searches: segments. One big one that lies on disk, and a small one over it, in
memory, with what changed since it was built."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from directory.model import Listing
from directory.search import columns as columns_module
from directory.search import keyed, shelf
from directory.search import postings as postings_module
from directory.search import records as records_module
from directory.search.columns import Columns, mapped
from directory.search.dialled import Dialled
from directory.search.handful import NeedList, Plain, bands_of, says
from directory.search.names import Names
from directory.search.nearness import BANDS
from directory.search.openings import Openings
from directory.search.records import Records
from directory.search.words import Words

Rows = NDArray[np.int64]
_NAME, _PHONE = "name", "phone"  # how the files of their keys begin


class NoIndex(RuntimeError):
    """There is no index that can be read; build one."""


@dataclass(frozen=True, slots=True)
class NeedRows:
    """For each need, in the order of its codes, the active rows that answer it, ascending, with their
    keys, unit vectors and answers (handful.says); `bands`: where each band of the map begins in its part."""

    rows: NDArray[np.int64]
    keys: NDArray[np.int64]
    vectors: NDArray[np.float64]
    says: NDArray[np.uint64]
    bands: NDArray[np.int64]
    offsets: NDArray[np.int64]

    def of(self, need: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        span = slice(int(self.offsets[need]), int(self.offsets[need + 1]))
        return self.rows[span], self.keys[span]

    def list_of(self, need: int) -> NeedList:
        span = slice(int(self.offsets[need]), int(self.offsets[need + 1]))
        keys, begins = self.keys[span], self.bands[need * (BANDS + 1) : (need + 1) * (BANDS + 1)]
        vectors, answers = self.vectors[span], self.says[span]
        return NeedList(self.rows[span], keys, vectors, answers, _memory(keys), _memory(begins))

    def count(self, need: int) -> int:
        return int(self.offsets[need + 1] - self.offsets[need])


@dataclass(frozen=True)
class Segment:
    """Some listings, ready to be searched. Never changes, but for rows that died since (`dead`)."""

    columns: Columns
    words: Words
    names: Names
    dialled: Dialled
    records: Records
    needs: NeedRows
    crowd: NDArray[np.int32]
    openings: Openings
    dead: NDArray[np.bool_] | None = None  # rows that were changed or removed since

    def __len__(self) -> int:
        return len(self.columns)

    @cached_property
    def alive(self) -> NDArray[np.bool_]:
        """Rows that may be shown."""
        active = self.columns.active
        return active if self.dead is None else np.asarray(active & ~self.dead)

    @cached_property
    def plain(self) -> Plain:
        """What the commonest question needs."""
        columns = self.columns
        lists = {code: self.needs.list_of(bit) for bit, code in enumerate(columns.facts.need_codes)}
        return Plain(lists, self.dead, columns.tie, columns.ids)

    @cached_property
    def doors(self) -> int:
        """How many rows have a point; they come first."""
        return self.columns.doors

    def without(self, ids: Sequence[str]) -> Segment:
        """The same with these listings dead."""
        dead = np.zeros(len(self), np.bool_) if self.dead is None else self.dead.copy()
        dead[self.columns.rows_of(ids)] = True
        return replace(self, dead=dead)

    def listings(self, rows: Sequence[int]) -> list[Listing]:
        return self.records.listings(rows)


@dataclass(frozen=True)
class Index:
    """One picture of the directory: the segments, and the version they show."""

    version: str
    segments: tuple[Segment, ...]
    built: str = ""  # the version that the big segment was built from

    def listing(self, listing_id: str) -> Listing | None:
        """A listing by its id; also one that is not active now."""
        for segment in self.segments:
            for row in segment.columns.rows_of([listing_id]).tolist():
                if segment.dead is None or not segment.dead[row]:
                    return segment.listings([row])[0]
        return None


def _memory(array: NDArray[Any]) -> memoryview:
    return memoryview(np.ascontiguousarray(array).reshape(-1))  # type: ignore[arg-type]


def need_rows(columns: Columns) -> NeedRows:
    found = [
        np.flatnonzero(((columns.needs & np.uint64(1 << bit)) > 0) & columns.active)
        for bit in range(len(columns.facts.need_codes))
    ]
    offsets = np.cumsum([0, *map(len, found)])
    rows = np.concatenate([*found, np.empty(0, np.int64)])
    keys = columns.keys[rows]
    answers = says(columns.says_yes[rows], columns.says_no[rows])
    bands = bands_of(keys, offsets.tolist())
    return NeedRows(rows, keys, columns.vectors[rows], answers, bands, offsets)


def save(segment: Segment, folder: Path, version: str) -> None:
    columns_module.save(segment.columns, folder, version)
    postings_module.save(segment.words.postings, folder / "words")
    keyed.save(segment.names.keyed, folder, _NAME)
    keyed.save(segment.dialled.keyed, folder, _PHONE)
    records_module.save(segment.records, folder)
    for each in fields(NeedRows):
        np.save(folder / f"need_{each.name}.npy", getattr(segment.needs, each.name))
    np.save(folder / "crowd.npy", segment.crowd)


def load(folder: Path) -> Index:
    """The index in a folder. Raises NoIndex when it is broken or of another kind of program."""
    try:
        columns, version = columns_module.load(folder)
        segment = Segment(
            columns,
            Words(postings_module.load(folder / "words"), len(columns)),
            Names(keyed.load(folder, _NAME)),
            Dialled(keyed.load(folder, _PHONE)),
            records_module.load(folder),
            NeedRows(*(mapped(folder / f"need_{each.name}.npy") for each in fields(NeedRows))),
            mapped(folder / "crowd.npy"),
            Openings(columns.facts.all_hours),
        )
    except Exception as error:  # whatever is wrong with its files, the cure is the same: rebuild
        raise NoIndex(f"{folder}: {type(error).__name__}: {error}") from error
    if (
        len(segment.records) != len(columns)
        or len(segment.needs.offsets) != len(columns.facts.need_codes) + 1
    ):
        raise NoIndex(f"{folder}: its parts are of different lengths")
    return Index(version, (segment,), version)


def open_current(folder: Path) -> Index:
    """Opens the index in use. Raises NoIndex."""
    name = shelf.current(folder)
    if not name:
        raise NoIndex(f"{folder}: no index yet")
    return load(folder / name)
