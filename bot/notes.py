"""A talk's state, and an answer, as plain JSON values and back. Notes of an older version that
no longer fit are as good as none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, Final

import msgspec

from bot.model import Reply, State

_FIELDS: Final = frozenset(field.name for field in fields(State))


def write_state(state: State) -> dict[str, Any]:
    return dict(msgspec.to_builtins(state))


def read_state(note: Mapping[str, Any]) -> State | None:
    """None if the note is not one of ours."""
    if note.keys() != _FIELDS:
        return None
    try:
        return msgspec.convert(note, State)
    except msgspec.ValidationError:
        return None


def write_replies(replies: Iterable[Reply]) -> dict[str, Any]:
    return {"replies": msgspec.to_builtins(tuple(replies))}


def read_replies(note: Mapping[str, Any]) -> tuple[Reply, ...]:
    """None of them if the note is not one of ours."""
    try:
        return msgspec.convert(note.get("replies"), tuple[Reply, ...])
    except msgspec.ValidationError:
        return ()
