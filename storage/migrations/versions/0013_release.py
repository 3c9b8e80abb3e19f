"""Being inside gets its days: of arrival, the last one known, and the formal end; who is inside is looked at anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Reasons that did not know where a case stands (storage/case/waiting.py).
_STALE = "'no_letter_sent', 'invitation_not_used', 'hand_delivery', 'date_differs', 'action_overdue', 'not_reachable'"


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("arrived_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("inside_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("formal_release", sa.Date(), nullable=True))
    # Who was arrested went in on that day or later: they are asked about too soon at worst.
    op.execute("UPDATE cases SET arrived_on = reporting_date WHERE outcome IN ('reported', 'arrested')")
    # Whoever told a day of release knew them inside.
    op.execute("UPDATE cases SET inside_on = reporting_date WHERE phase = 'inside' AND release_date IS NOT NULL")
    # Their reasons to wait, and what comes to their phone, are worked out by the next look.
    op.execute(
        "UPDATE cases SET look_at = added_at WHERE phase <> 'closed' AND (phase IN ('inside', 'released') OR EXISTS "
        f"(SELECT 1 FROM pending WHERE pending.case_id = cases.id AND pending.reason IN ({_STALE})))"
    )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_column("formal_release")
        batch_op.drop_column("inside_on")
        batch_op.drop_column("arrived_on")
