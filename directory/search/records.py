"""The records themselves, beside the index: a page of results needs no database.

One MessagePack record after the other in a file that is mapped, and where each begins.
"""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from directory.model import Listing
from directory.search.columns import mapped

_FILE: Final = "records.bin"


class UnreadableRecord(ValueError):
    """The file of records is broken; the cure is to build the index anew."""


_encoder: Final = msgspec.msgpack.Encoder()
_decoder: Final = msgspec.msgpack.Decoder(Listing)


def packed(listing: Listing) -> bytes:
    return _encoder.encode(listing)


@dataclass(frozen=True, slots=True)
class Records:
    """`starts`, `ends`: by row, where its record stands in `data`."""

    data: bytes | mmap.mmap
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts)

    def listings(self, rows: Sequence[int]) -> list[Listing]:
        """Raises UnreadableRecord."""
        spans = zip(self.starts[rows].tolist(), self.ends[rows].tolist(), strict=True)
        try:
            return [_decoder.decode(self.data[start:end]) for start, end in spans]
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise UnreadableRecord(str(error)) from error


def records(lengths: Sequence[int], order: NDArray[np.int64], data: bytes = b"") -> Records:
    """Where the records stand that were written one after the other with these lengths."""
    ends = np.cumsum(np.array(lengths, np.int64))
    starts = ends - np.array(lengths, np.int64)
    return Records(data, starts[order], ends[order])


def save(records: Records, folder: Path) -> None:
    """Where they stand; the file itself was written on the way."""
    np.save(folder / "record_starts.npy", records.starts)
    np.save(folder / "record_ends.npy", records.ends)


def path_in(folder: Path) -> Path:
    return folder / _FILE


def load(folder: Path) -> Records:
    """OSError or ValueError: it is broken."""
    starts, ends = mapped(folder / "record_starts.npy"), mapped(folder / "record_ends.npy")
    size = (folder / _FILE).stat().st_size
    if len(starts) != len(ends) or (len(ends) and int(ends.max()) != size):
        raise ValueError("the records are not whole")
    if not size:
        return Records(b"", starts, ends)
    with (folder / _FILE).open("rb") as handle:
        return Records(mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ), starts, ends)
