"""How worrying a case is, for the order of lists; and nobody's cases found among very many."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PLACES = ("municipality", "province", "prison")


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pressing", sa.Integer(), server_default="0", nullable=False))
        batch_op.create_index(batch_op.f("ix_cases_prison"), ["prison"], unique=False)
    nobodys = sa.text("worker IS NULL")
    for place in PLACES:
        op.create_index(f"ix_cases_free_{place}", "cases", [place], sqlite_where=nobodys, postgresql_where=nobodys)
    # All are looked at once more, so that their flags and their order are right from the first tick on.
    op.execute("UPDATE cases SET look_at = 0 WHERE phase <> 'closed'")


def downgrade() -> None:
    """Take the change back."""
    for place in PLACES:
        op.drop_index(f"ix_cases_free_{place}", table_name="cases")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cases_prison"))
        batch_op.drop_column("pressing")
