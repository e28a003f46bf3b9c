"""What changed in the directory since when; and that it is said when that cannot be told."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory import changes
from storage import begin
from tests.worlds import entry, imported, open_store


def test_what_changed_since_a_version_is_told_or_that_it_cannot_be(tmp_path: Path) -> None:
    engine, store = open_store(tmp_path)
    imported(engine, entry("1"), entry("2"))
    first = store.version()
    imported(engine, entry("2", name="Renamed"))
    with engine.connect() as connection:
        known = changes.since(connection, first)
        assert known is not None
        assert known.version == store.version()
        [changed] = store.listings(sorted(known.changed))
        assert changed.service.name == "Renamed"
        now = changes.since(connection, store.version())
        assert now is not None
        assert now.changed == now.gone == frozenset()
        for unknown in ("0", "1-ffffffffffffffff", "999-ffffffffffffffff", first.partition("-")[0]):
            assert changes.since(connection, unknown) is None, unknown


def test_a_change_of_everything_or_too_long_ago_cannot_be_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, store = open_store(tmp_path)
    imported(engine, entry("1"))
    first = store.version()
    with begin(engine) as connection:
        changes.mark_changed(connection)
        assert changes.since(connection, first) is None
    second = store.version()
    monkeypatch.setattr(changes, "KEPT", 3)
    for n in range(4):
        imported(engine, entry("1", name=f"Name {n}"))
    with engine.connect() as connection:
        assert changes.since(connection, second) is None
