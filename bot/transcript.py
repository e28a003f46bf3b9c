"""A talk as plain text that anyone can read, review and run as a test.

    # a comment
    > what the person texts
    < what we answer
      a further line of the same message
    < a second message

An empty line of a message is two blanks; a person's text of several lines goes on the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """One text and the messages it got."""

    text: str
    replies: tuple[str, ...]


class TranscriptError(ValueError):
    """A line that belongs to nothing; the text names its number."""


def write(talk: Iterable[Exchange]) -> str:
    """
    >>> print(write([Exchange("hi", ("Hello.\\nWhere?", "Bye."))]), end="")
    > hi
    < Hello.
      Where?
    < Bye.
    """
    blocks = (
        "".join([_message(">", exchange.text), *(_message("<", reply) for reply in exchange.replies)])
        for exchange in talk
    )
    return "\n".join(blocks)


def _message(mark: str, text: str) -> str:
    first, *rest = text.split("\n")
    return "".join([f"{mark} {first}\n", *(f"  {line}\n" for line in rest)])


def read(text: str) -> list[Exchange]:
    """The talk of a transcript. Raises TranscriptError.

    >>> read("> hi\\n< Hello.\\n  Where?\\n")
    [Exchange(text='hi', replies=('Hello.\\nWhere?',))]
    """
    talk: list[list[str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        mark, said = line[:2], line[2:]
        if mark.rstrip() == ">":
            talk.append([said])
        elif mark.rstrip() == "<" and talk:
            talk[-1].append(said)
        elif mark == "  " and talk:
            talk[-1][-1] += "\n" + said
        elif line.strip() and not line.startswith("#"):
            raise TranscriptError(f"line {number}: a line starts with '> ', '< ', two blanks or '#'")
    return [Exchange(text, tuple(replies)) for text, *replies in talk]
