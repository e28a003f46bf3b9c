"""HSDS objects as they come: where each stands, what is wrong with it, and its readable values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import Any

from directory.ids import is_uuid, made_id
from directory.model import Problem
from directory.sources.hsds_kinds import Kind, clean, is_blank
from directory.sources.hsds_shape import TABLES


class At(Enum):
    """Keys under which an object made of a table row says where that stands. Not texts, so that
    no JSON can forge them."""

    FILE = "file"
    LINE = "line"


Said = Mapping[Any, Any]


@cache
def _kinds(table: str) -> dict[str, Kind]:
    return {column.name: column.kind for column in TABLES[table].columns}


@dataclass(slots=True)
class Reading:
    """One object of one source, being read. `source`: makes ids of what is no UUID, so that
    row 1 of one list is not row 1 of another."""

    source: str
    file: str
    line: str
    problems: list[Problem] = field(default_factory=list)
    has_contacts: bool = False

    def id_of(self, table: str, text: str) -> str:
        return text.lower() if is_uuid(text) else made_id(self.source, table, text)


@dataclass(frozen=True, slots=True)
class Node:
    """An object inside an object. `path`: the way to it from the outermost, "phones[0]"."""

    said: Said
    reading: Reading
    path: str = ""

    def warn(self, name: str, reason: str, *, rejected: bool = False) -> None:
        where = f"{self.path}.{name}" if self.path and At.LINE not in self.said else name
        file = self.said.get(At.FILE, self.reading.file)
        line = self.said.get(At.LINE, self.reading.line)
        self.reading.problems.append(Problem(file, line, where, reason, rejected))

    def text(self, name: str) -> str:
        """A text, or "" for anything that is none."""
        raw = self.said.get(name)
        try:
            return "" if is_blank(raw) else clean(raw)
        except ValueError:
            return ""

    def own_id(self, table: str, otherwise: str = "") -> str:
        """The UUID of this object; one made of `otherwise` if it has no id."""
        return self.reading.id_of(table, self.text("id") or otherwise)

    def values(self, table: str) -> dict[str, Any]:
        """What could be read of the columns of a table; the rest is warned of and left out."""
        found: dict[str, Any] = {}
        kinds = _kinds(table)
        for name, raw in self.said.items():
            if name not in kinds or is_blank(raw):
                continue
            try:
                found[name] = kinds[name].read(raw)
            except ValueError as error:
                self.warn(name, f"{error}; left out")
        return found

    def one(self, key: str) -> Node | None:
        raw = self.said.get(key)
        if isinstance(raw, Mapping):
            return Node(raw, self.reading, self._inside(key))
        if not is_blank(raw):
            self.warn(key, "an object is expected here; left out")
        return None

    def many(self, key: str) -> Iterator[Node]:
        raw = self.said.get(key)
        if not isinstance(raw, list):
            if not is_blank(raw):
                self.warn(key, "a list is expected here; left out")
            return
        for number, item in enumerate(raw):
            if isinstance(item, Mapping):
                yield Node(item, self.reading, self._inside(f"{key}[{number}]"))
            else:
                self.warn(f"{key}[{number}]", "an object is expected here; left out")

    def _inside(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def note_contacts(self) -> None:
        """Threat: contacts are people; a directory of places must not become one of people."""
        self.reading.has_contacts |= not is_blank(self.said.get("contacts"))
