"""Codes that open nothing count by how they begin, for an hour."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.schema import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "guess",
        sa.Column("beginning_hash", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("beginning_hash", name=op.f("pk_guess")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("guess")
