"""Overviews that were read wait, sealed, for their sender's yes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.schema import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "overview_draft",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_overview_draft_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overview_draft")),
    )
    with op.batch_alter_table("overview_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_overview_draft_staff_id"), ["staff_id"], unique=False)


def downgrade() -> None:
    """Undo the change."""
    op.drop_table("overview_draft")
