"""Rules on arrest that programs have published: fresh, near, or not told at all."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from directory.answers import Place
from directory.datafile import DataFileError
from directory.local_rules import COLUMNS, FILE, LocalRules
from directory.model import Point

TODAY = date(2026, 11, 27)
HERE = Place("60614 (Chicago, IL)", Point(41.92, -87.65), "zip", "IL", "60614")
FAR = replace(HERE, point=Point(40.11, -88.24))
ROW = {
    "organization": "Example Police", "zip": "60614", "statement": "We do not charge who asks for help.",
    "source_url": "https://example.org/rule", "adopted_on": "", "covers": "possession", "excludes": "warrants",
    "contact": "", "verified_on": "2026-11-01", "verified_by": "A. Person", "expires_on": "2027-12-01",
}  # fmt: skip


def rules(folder: Path, **changed: str) -> LocalRules:
    path = folder / "local_rules.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS)
        writer.writeheader()
        writer.writerow({**ROW, **changed})
    return LocalRules.load(lambda code: HERE if code == "60614" else None, path)


def test_a_fresh_rule_within_thirty_miles_is_told(tmp_path: Path) -> None:
    found = rules(tmp_path).near(HERE, TODAY)
    assert found
    assert (found.organization, found.statement) == (ROW["organization"], ROW["statement"])
    assert rules(tmp_path).near(FAR, TODAY) is None


def test_a_rule_is_hidden_when_it_expires_or_was_not_looked_at_for_180_days(tmp_path: Path) -> None:
    assert rules(tmp_path, expires_on="2026-11-27").near(HERE, TODAY) is None
    looked = date.fromisoformat(ROW["verified_on"])
    assert rules(tmp_path).near(HERE, looked + timedelta(days=179))
    assert rules(tmp_path).near(HERE, looked + timedelta(days=180)) is None
    assert rules(tmp_path).near(HERE, looked - timedelta(days=1)) is None, "nobody has looked yet"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"zip": "00000"}, "zip: '00000' is no ZIP code"),
        ({"statement": ""}, "statement: is empty"),
        ({"verified_by": ""}, "verified_by: is empty"),
        ({"source_url": "http://example.org"}, "source_url: .*https"),
        ({"expires_on": "soon"}, "expires_on: 'soon': write a day"),
    ],
)
def test_a_faulty_row_is_named(tmp_path: Path, changed: dict[str, str], told: str) -> None:
    with pytest.raises(DataFileError, match=f"line 2, {told}"):
        rules(tmp_path, **changed)


def test_our_own_file_can_be_read() -> None:
    assert LocalRules.load(lambda _code: HERE, FILE) == LocalRules()
