"""JSON values out of a text as it is read: a list, one value per line, or one after another.

A file larger than memory is no trouble, as long as each value in it fits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Final

CHUNK: Final = 1 << 20  # characters
LONGEST: Final = 64 << 20  # characters of one value
_GAP: Final = re.compile(r"[\s,]*")


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where it stood ("line 3", "item 3"); or, with `fault`, why there is none."""

    line: str
    value: Any = None
    fault: str = ""


def _whole_number(text: str) -> int | float:
    return int(text) if len(text) < 19 else float(text)  # Python refuses to read very long ones


# NaN and Infinity are no JSON: read as not said.
_decoder: Final = json.JSONDecoder(parse_constant=lambda _: None, parse_int=_whole_number)


def values(text: IO[str]) -> Iterator[Found]:
    """All values of a text. Never raises for what it holds."""
    head = text.read(CHUNK).lstrip("\ufeff \t\r\n")
    first, end, _ = head.partition("\n")
    if head.startswith("["):
        yield from _items(text, head[1:], in_list=True)
    elif (not end and len(head) > 1) or first.rstrip().endswith("}"):
        yield from _of_lines(text, head)
    else:
        yield from _items(text, head, in_list=False)


def _of_lines(text: IO[str], head: str) -> Iterator[Found]:
    for number, line in enumerate(_lines(text, head), start=1):
        if not line.strip():
            continue
        try:
            yield Found(f"line {number}", _decoder.decode(line.strip()))
        except (ValueError, RecursionError) as error:
            yield Found(f"line {number}", fault=_said(error))


def _lines(text: IO[str], buffer: str) -> Iterator[str]:
    while True:
        *whole, buffer = buffer.split("\n")
        yield from whole
        more = text.read(max(CHUNK, len(buffer)))
        if not more:
            break
        buffer += more
    yield buffer


def _items(text: IO[str], buffer: str, *, in_list: bool) -> Iterator[Found]:
    number = position = 0
    while True:
        match = _GAP.match(buffer, position)
        position = match.end() if match else position
        if position == len(buffer):
            buffer, position = text.read(CHUNK), 0
            if not buffer:
                if in_list:
                    yield Found(f"item {number + 1}", fault="the list is not closed; the file is cut short")
                return
            continue
        if in_list and buffer[position] == "]":
            return
        try:
            value, position = _decoder.raw_decode(buffer, position)
        except (ValueError, RecursionError) as error:
            # Perhaps only cut by the edge of the chunk.
            rest = len(buffer) - position
            more = text.read(max(CHUNK, rest)) if rest < LONGEST else ""
            if not more:
                yield Found(f"item {number + 1}", fault=f"{_said(error)}; nothing after it was read")
                return
            buffer, position = buffer[position:] + more, 0
            continue
        number += 1
        yield Found(f"item {number}", value)


def _said(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} at character {error.pos + 1}"
    return "not JSON: nested too deep" if isinstance(error, RecursionError) else "not JSON"
