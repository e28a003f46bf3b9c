"""Ids that are the same for the same words: HSDS wants UUIDs, sources rarely have them."""

from __future__ import annotations

from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

OURS: Final = uuid5(NAMESPACE_URL, "https://openway.example/directory")


def made_id(*parts: str) -> str:
    """A UUID that is always the same for the same words."""
    return str(uuid5(OURS, "\x1f".join(parts)))


def is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
