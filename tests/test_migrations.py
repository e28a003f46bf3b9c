"""Migrations lead to exactly the tables that the code declares, on SQLite and on PostgreSQL."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

import migrations
from bot import memory
from directory import schema
from storage import open_engine


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        return list(compare_metadata(context, [schema.metadata, memory.metadata]))  # type: ignore[arg-type]


def test_an_upgraded_database_has_the_tables_of_the_code(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/test.sqlite3")
    migrations.upgrade(engine)
    assert differences(engine) == []
    assert inspect(engine).has_table("service_at_location")


def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/test.sqlite3")
    migrations.upgrade(engine)
    before = (tmp_path / "test.sqlite3").read_bytes()
    migrations.upgrade(engine)
    assert (tmp_path / "test.sqlite3").read_bytes() == before
