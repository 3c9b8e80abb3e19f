"""Since when nobody has spoken to somebody who waits: a column of its own, so that a region is counted at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("silent_since", sa.Date(), nullable=True))
    op.execute(
        "UPDATE cases SET silent_since = first_listed_on WHERE phase IN ('waiting', 'called_up') AND EXISTS "
        "(SELECT 1 FROM monitoring WHERE monitoring.case_id = cases.id AND monitoring.contact = 0)"
    )
    since = sa.text("silent_since IS NOT NULL")
    op.create_index(
        "ix_cases_silent", "cases", ["municipality", "silent_since"], sqlite_where=since, postgresql_where=since
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_cases_silent", table_name="cases")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_column("silent_since")
