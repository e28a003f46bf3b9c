"""A talk's state, and an answer, as plain JSON values and back. Notes of an older version that
no longer fit are as good as none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.model import Reply, State, Waiting
from directory.answers import Place
from directory.model import Point


def write_state(state: State) -> dict[str, Any]:
    return {
        "language": state.language,
        "language_chosen": state.language_chosen,
        "greeted": state.greeted,
        "waiting": state.waiting.value,
        "needs": list(state.needs),
        "wishes": dict(state.wishes),
        "place": _write_place(state.place) if state.place else None,
        "places": [_write_place(place) for place in state.places],
        "offered": list(state.offered),
        "place_before": _write_place(state.place_before) if state.place_before else None,
        "shown": list(state.shown),
        "page": state.page,
        "detail": state.detail,
        "misses": state.misses,
        "told_danger": dict(state.told_danger),
        "unconfirmed": state.unconfirmed,
        "care": state.care,
        "texts_left": round(state.texts_left, 2),
        "heard_at": state.heard_at,
        "echo": state.echo,
        "echoes": state.echoes,
    }


def read_state(note: Mapping[str, Any]) -> State | None:
    """None if the note is not one of ours."""
    try:
        return State(
            language=note["language"],
            language_chosen=note["language_chosen"],
            greeted=note["greeted"],
            waiting=Waiting(note["waiting"]),
            needs=tuple(note["needs"]),
            wishes=dict(note["wishes"]),
            place=_read_place(note["place"]) if note["place"] else None,
            places=tuple(map(_read_place, note["places"])),
            offered=tuple(note["offered"]),
            place_before=_read_place(note["place_before"]) if note["place_before"] else None,
            shown=tuple(note["shown"]),
            page=note["page"],
            detail=note["detail"],
            misses=note["misses"],
            told_danger=dict(note["told_danger"]),
            unconfirmed=bool(note["unconfirmed"]),
            care=int(note["care"]),
            texts_left=float(note["texts_left"]),
            heard_at=note["heard_at"],
            echo=note["echo"],
            echoes=int(note["echoes"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _write_place(place: Place) -> dict[str, Any]:
    return {
        "label": place.label,
        "point": list(place.point),
        "kind": place.kind,
        "state": place.state,
        "zip": place.zip,
        "time_zone": place.time_zone,
    }


def _read_place(note: Mapping[str, Any]) -> Place:
    return Place(**{**note, "point": Point(*note["point"])})


def write_replies(replies: Iterable[Reply]) -> dict[str, Any]:
    return {"replies": [[reply.text, reply.budget] for reply in replies]}


def read_replies(note: Mapping[str, Any]) -> tuple[Reply, ...]:
    return tuple(Reply(text, budget) for text, budget in note["replies"])
