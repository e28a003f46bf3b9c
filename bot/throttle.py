"""How many texts we answer: a bucket that fills again, and an ear for other machines.

A danger, a STOP and their like never wait in it. A reply that would be told for the fourth time in a row
within ten minutes helps nobody: where people answer is told instead. Then we are silent: it may be a machine.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2s
from typing import Final

from bot.intents.lost import PERSON
from bot.model import Reply, State, Turn
from bot.speech import economical
from translations import catalogue, mark

ROOM: Final = 20.0  # texts at once
REFILL: Final = timedelta(seconds=6)  # one text
ECHOES: Final = 4
ECHO_WITHIN: Final = timedelta(minutes=10)

_EMPTY: Final = "empty"
TOO_MANY: Final = mark(
    "That is many texts at once. Wait a minute, then text again. Emergency: 911. Crisis: call or text 988."
)


def filled(state: State, now: datetime) -> State:
    """The state with the bucket as full as it is now."""
    since = _since(state, now)
    texts = ROOM if since is None else min(ROOM, state.texts_left + since / REFILL)
    return replace(state, texts_left=texts, heard_at=now.astimezone(UTC).isoformat())


def taken(state: State) -> State:
    return replace(state, texts_left=max(0.0, state.texts_left - 1))


def is_empty(state: State) -> bool:
    return state.texts_left < 1


def refused(before: State, state: State) -> Turn:
    """Said once, when the bucket has just run empty; silence after that."""
    said = before.echo == _EMPTY
    reply = Reply(economical(catalogue(state.language).gettext(TOO_MANY)))
    return Turn(replace(state, echo=_EMPTY), () if said else (reply,))


def echoed(before: State, turn: Turn, now: datetime) -> Turn:
    """The turn with a note of what it says; without a word if that was said too often in a row."""
    digest = _digest(turn.replies)
    since = _since(before, now)
    again = digest == before.echo and since is not None and since < ECHO_WITHIN
    echoes = before.echoes + 1 if again else 1
    state = replace(turn.state, echo=digest, echoes=echoes)
    if echoes == ECHOES:  # who is there after all is told where people answer
        return replace(
            turn, state=state, replies=(Reply(economical(catalogue(state.language).gettext(PERSON))),)
        )
    return replace(turn, state=state, replies=() if echoes > ECHOES else turn.replies)


def _digest(replies: tuple[Reply, ...]) -> str:
    """Of our own words, not the person's."""
    return blake2s("\n".join(reply.text for reply in replies).encode(), digest_size=8).hexdigest()


def _since(state: State, now: datetime) -> timedelta | None:
    try:
        return max(timedelta(0), now - datetime.fromisoformat(state.heard_at))
    except (TypeError, ValueError):
        return None
