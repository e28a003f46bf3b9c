"""The files of a package, whether they lie in a folder, in a zip, or are one file alone."""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final

from directory.model import Problem

LARGEST: Final = 8 << 30  # bytes unpacked: a zip that claims more is a bomb, not a directory
_BLOCK: Final = 1 << 20
_BOMS: Final = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_UNREADABLE: Final = (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError)


class PackageError(ValueError):
    """A package cannot be opened; the text says why."""


@dataclass(frozen=True, slots=True)
class Package:
    """`names`: what lies in it, without folders."""

    names: tuple[str, ...]
    _open: Callable[[str], IO[bytes]]

    @contextmanager
    def text(self, name: str) -> Iterator[IO[str]]:
        """A file as text: UTF-8, UTF-16 with its mark, or else Windows-1252, the usual stray.

        Raises PackageError.
        """
        try:
            with self._open(name) as probe:
                encoding = _encoding(probe)
            with self._open(name) as raw:
                yield io.TextIOWrapper(raw, encoding, errors="replace", newline="")
        except _UNREADABLE as error:
            raise PackageError(f"cannot be read: {error}") from error


def _encoding(raw: IO[bytes]) -> str:
    block = raw.read(_BLOCK)
    for mark, encoding in _BOMS.items():
        if block.startswith(mark):
            return encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block:
            decoder.decode(block)
            block = raw.read(_BLOCK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """The package at a path. Raises PackageError."""
    if path.is_dir():
        names = sorted(each.name for each in path.iterdir() if each.is_file() and each.name[0] != ".")
        yield Package(tuple(names), lambda name: (path / name).open("rb"))
    elif not path.is_file():
        raise PackageError("there is no such file or folder")
    elif not zipfile.is_zipfile(path):
        yield Package((path.name,), lambda _: path.open("rb"))
    else:
        with _zip(path) as archive:
            members = _members(archive)
            yield Package(tuple(sorted(members)), lambda name: archive.open(members[name]))


@contextmanager
def _zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(info.file_size for info in archive.infolist())
            if size > LARGEST:
                raise PackageError(f"unpacks to {size} bytes; {LARGEST} are allowed")
            yield archive
    except _UNREADABLE as error:
        raise PackageError(f"cannot be read: {error}") from error


def _members(archive: zipfile.ZipFile) -> dict[str, str]:
    """The files of the topmost folder that has any, by name."""
    found = [
        (len(path.parts), path.name, info.filename)
        for info in archive.infolist()
        if not info.is_dir()
        and not (path := PurePosixPath(info.filename)).name.startswith(".")
        and "__MACOSX" not in path.parts
    ]
    top = min((depth for depth, _, _ in found), default=0)
    return {name: full for depth, name, full in found if depth == top}


def unreadable(path: Path, error: PackageError, name: str = "") -> Problem:
    return Problem(name or path.name, "", "", str(error))
