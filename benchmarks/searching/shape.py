"""What all parts share; light, so that a measured process holds little but its engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

Bits = np.ndarray[Any, np.dtype[Any]]
# How often each need stands on a service; some have several.
SHARES: Final = {
    "food": 0.20, "mental_health": 0.18, "outpatient": 0.12, "clinic": 0.11, "housing": 0.10,
    "recovery_support": 0.08, "shelter": 0.06, "jobs": 0.06, "legal": 0.05, "residential": 0.05,
    "medication": 0.05, "transport": 0.045, "detox": 0.04, "dv_services": 0.03, "naloxone": 0.03,
    "id_documents": 0.015, "syringe_services": 0.01,
}  # fmt: skip


@dataclass(slots=True)
class Listings:
    """What the peers are given: one row a listing, as plain lists and arrays."""

    ids: list[str]
    services: list[str]
    latitude: Bits  # NaN: no door
    longitude: Bits
    needs: Bits  # a bit per need of SHARES
    facts: dict[str, Bits]  # -1 unknown, 0 no, 1 yes
    active: Bits
    states: list[str]
    names: list[str]  # of the service and its organization
    texts: list[str]  # description and city

    def __len__(self) -> int:
        return len(self.ids)

    def searchable(self) -> Iterator[int]:
        yield from np.flatnonzero(self.active).tolist()


ASKED_FACTS: Final = ("medicaid", "walk_in", "id_needed")
