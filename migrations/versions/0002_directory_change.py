"""What each change of the directory touched, for search indexes that are open."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "directory_change",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("record_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("row"),
    )
    op.create_index(op.f("ix_directory_change_generation"), "directory_change", ["generation"], unique=False)
    # The version that is there now, so that an index of it need not be built anew at the next change.
    bind = op.get_bind()
    version = bind.scalar(sa.text("SELECT version FROM directory_state"))
    if version:
        row = {"generation": int(version.partition("-")[0]), "version": version}
        bind.execute(
            sa.text(
                "INSERT INTO directory_change (generation, version, kind, record_id)"
                " VALUES (:generation, :version, 'listing', '')"
            ),
            row,
        )


def downgrade() -> None:
    op.drop_index(op.f("ix_directory_change_generation"), table_name="directory_change")
    op.drop_table("directory_change")
