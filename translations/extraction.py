"""For `pybabel extract`: words for people that stand in data files, so that catalogues have them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

Found = tuple[int, None, str, list[str]]


def columns(file: BinaryIO, _keywords: object, _comments: object, options: dict[str, str]) -> Iterator[Found]:
    """The texts of the columns named in babel.cfg (`columns = name; not_for`), with their lines."""
    wanted = [name.strip() for name in options["columns"].split(";")]
    lines = csv.reader(line for line in TextIOWrapper(file, "utf-8-sig") if not line.startswith("#"))
    header = next(lines)
    for cells in lines:
        row = dict(zip(header, cells, strict=False))
        yield from ((lines.line_num, None, row[name], []) for name in wanted if row.get(name))
