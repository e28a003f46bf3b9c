"""Brings a database to the shape this code needs. Revisions are numbered: 0001, 0002 ..."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Engine, inspect, text

HERE: Final = Path(__file__).parent


def newest() -> str:
    return max(path.name[:4] for path in (HERE / "versions").glob("[0-9]*.py"))


def upgrade(engine: Engine) -> None:
    """Runs the revisions that are missing; nothing when there are none."""
    if _revision(engine) == newest():
        return
    from alembic import command  # only here: importing it takes as long as opening the database
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE))
    with engine.connect().execution_options(openway_write=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(engine: Engine) -> str:
    if not inspect(engine).has_table("alembic_version"):
        return ""
    with engine.connect() as connection:
        return connection.scalar(text("SELECT version_num FROM alembic_version")) or ""
