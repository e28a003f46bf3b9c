"""Alembic's door: it is only ever run by migrations.upgrade, on a connection of ours."""

from alembic import context

from bot import memory
from directory import schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=[schema.metadata, memory.metadata],
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
