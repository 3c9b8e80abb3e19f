"""Another phone on a case with answers: it waits for the worker's yes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.schema import Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("new_phone", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("new_phone_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("call_asked_at", Instant(), nullable=True))
    waits = sa.text("new_phone IS NOT NULL")
    op.create_index("ix_cases_new_phone", "cases", ["new_phone"], sqlite_where=waits, postgresql_where=waits)


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_cases_new_phone", table_name="cases")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        for name in ("call_asked_at", "new_phone_at", "new_phone"):
            batch_op.drop_column(name)
