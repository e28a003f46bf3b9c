"""Rules on arrest that programs have published: data/local_rules.csv, each row checked by a person.

Their own words, with the page they stand on. A row that nobody has checked for 180 days is not shown: a rule
that changed could cost somebody their freedom.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from directory.answers import Place
from directory.datafile import HERE, DataFileError, Row, read
from directory.geo import miles_between

FILE: Final = HERE / "local_rules.csv"
COLUMNS: Final = (
    "organization", "zip", "statement", "source_url", "adopted_on", "covers", "excludes", "contact",
    "verified_on", "verified_by", "expires_on",
)  # fmt: skip
FRESH: Final = timedelta(days=180)
REACH_MILES: Final = 30.0


@dataclass(frozen=True, slots=True)
class LocalRule:
    """One program's published rule. `statement`: its own words."""

    organization: str
    place: Place
    statement: str
    source_url: str
    covers: str
    excludes: str
    verified_on: date
    expires_on: date

    def is_shown(self, today: date) -> bool:
        return self.verified_on <= today < min(self.expires_on, self.verified_on + FRESH)


@dataclass(frozen=True, slots=True)
class LocalRules:
    rules: tuple[LocalRule, ...] = ()

    @classmethod
    def load(cls, zip_place: Callable[[str], Place | None], path: Path = FILE) -> LocalRules:
        """`zip_place`: a ZIP's place. Raises DataFileError, naming every faulty line."""
        rows = read(path, COLUMNS, _CHECKS)
        found, faults = [], []
        for row in rows:
            if (place := zip_place(row["zip"])) is None:
                faults.append(row.fault("zip", f"{row['zip']!r} is no ZIP code"))
                continue
            found.append(_rule(row, place))
        if faults:
            raise DataFileError("\n".join(faults))
        return cls(tuple(found))

    def near(self, place: Place, today: date) -> LocalRule | None:
        """The nearest rule that is fresh, within 30 miles."""
        shown = (rule for rule in self.rules if rule.is_shown(today))
        miles = [(miles_between(place.point, rule.place.point), rule) for rule in shown]
        near = min(miles, key=lambda pair: pair[0], default=None)
        return near[1] if near and near[0] <= REACH_MILES else None


def _rule(row: Row, place: Place) -> LocalRule:
    return LocalRule(
        row["organization"],
        place,
        row["statement"],
        row["source_url"],
        row["covers"],
        row["excludes"],
        verified_on=date.fromisoformat(row["verified_on"]),
        expires_on=date.fromisoformat(row["expires_on"]),
    )


def _filled(cell: str) -> str | None:
    return None if cell else "is empty"


def _address(cell: str) -> str | None:
    return None if cell.startswith("https://") else f"{cell!r}: write the page's address, https://..."


def _day(cell: str) -> str | None:
    try:
        date.fromisoformat(cell)
    except ValueError:
        return f"{cell!r}: write a day like 2026-11-27"
    return None


_CHECKS: Final[dict[str, Callable[[str], str | None]]] = {
    **dict.fromkeys(("organization", "statement", "verified_by"), _filled),
    "source_url": _address,
    "verified_on": _day,
    "expires_on": _day,
}
