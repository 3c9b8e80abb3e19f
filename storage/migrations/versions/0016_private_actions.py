"""Whether nobody beside the person and who helps reads of an action: said by the content, no longer by an id."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change: all that is about health stays private."""
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.add_column(sa.Column("private", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(sa.text("UPDATE action SET private = true WHERE domain = 'health'"))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_column("private")
