"""A lease for the process that runs; references of the audit trail as long as an area."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.schema import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("holder", sa.String(length=32), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.alter_column("object", existing_type=sa.String(length=40), type_=sa.String(length=80))


def downgrade() -> None:
    """Undo the change."""
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.alter_column("object", existing_type=sa.String(length=80), type_=sa.String(length=40))
    op.drop_table("lease")
