"""The hour after a danger: what was said of it, and what it asks of the answers that follow."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from bot.model import Danger
from bot.talk import Talk

AGAIN_AFTER: Final = timedelta(hours=1)

# What to look for when somebody in this danger names a place and no need.
NATURAL_NEED: Final = {
    Danger.SUICIDE: "mental_health",
    Danger.VIOLENCE: "dv_services",
    Danger.MEDICAL: "detox",
}


def last_told(talk: Talk) -> Danger | None:
    """The danger whose safety text was said last, if that was within the hour."""
    told = {kind: when for kind in Danger if (when := told_at(talk, kind))}
    return max(told, key=lambda kind: told[kind]) if told else None


def told_at(talk: Talk, kind: Danger) -> datetime | None:
    """When the safety text was said, if within the hour; a note that cannot be read counts as never."""
    try:
        told = datetime.fromisoformat(talk.state.told_danger[kind.value])
        return told if timedelta(0) <= talk.now - told < AGAIN_AFTER else None
    except (KeyError, TypeError, ValueError):
        return None


def noted(talk: Talk, kind: Danger) -> Talk:
    """The talk with a note that the safety text is said now."""
    return talk.asking(
        told_danger={**talk.state.told_danger, kind.value: talk.now.astimezone(UTC).isoformat()}
    )


def needs_of(talk: Talk) -> tuple[str, ...]:
    """The needs that were named; what a danger in this text asks for goes before older ones."""
    if talk.meaning.danger and not talk.meaning.needs:
        return _natural(talk.meaning.danger) or talk.state.needs
    return talk.state.needs or _natural(last_told(talk))


def _natural(kind: Danger | None) -> tuple[str, ...]:
    return (NATURAL_NEED[kind],) if kind in NATURAL_NEED else ()
