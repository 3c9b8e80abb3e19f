"""When what a person wrote was answered, and when a new worker has read what the former one told them.

Until now a message left the lists when somebody opened the case. What was only opened waits once more: nobody knows
whether it had an answer.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.schema import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("settled_at", Instant(), nullable=True))
        # The word that somebody else helps now is longer: PostgreSQL refused the whole hand-over for it.
        batch_op.alter_column("kind", type_=sa.String(12), existing_type=sa.String(8), existing_nullable=False)
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seen_at", Instant(), nullable=True))
    op.execute(
        "UPDATE message SET settled_at = COALESCE(read_at, at) WHERE sender = 'self_reporter' AND ("
        "(kind IN ('pin', 'letter') AND read_at IS NOT NULL)"
        " OR EXISTS (SELECT 1 FROM message AS said WHERE said.case_id = message.case_id AND said.sender = 'worker'"
        " AND said.kind IN ('text', 'ready') AND said.at >= message.at)"
        " OR EXISTS (SELECT 1 FROM contact WHERE contact.case_id = message.case_id AND contact.direction = 'in'"
        " AND contact.kind NOT IN ('chat', 'letter') AND contact.on_ >= message.at))"
    )
    # What waits is worked out anew for whoever has something that was opened and not answered.
    op.execute(
        "UPDATE cases SET look_at = 0 WHERE phase <> 'closed' AND EXISTS (SELECT 1 FROM message"
        " WHERE message.case_id = cases.id AND message.sender = 'self_reporter' AND message.settled_at IS NULL"
        " AND message.read_at IS NOT NULL)"
    )
    # An invitation on a colleague's screen is no letter any more: the row among the figures is written anew.
    op.execute(
        "UPDATE cases SET look_at = 0 WHERE invited_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM contact"
        " WHERE contact.case_id = cases.id AND contact.kind = 'letter' AND contact.direction = 'out')"
    )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_column("seen_at")
    op.execute("DELETE FROM message WHERE kind = 'new_helper'")  # for which there was no room
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_column("settled_at")
        batch_op.alter_column("kind", type_=sa.String(8), existing_type=sa.String(12), existing_nullable=False)
