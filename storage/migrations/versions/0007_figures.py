"""What figures need: facts of a case, a narrow row that outlives it, months as they were published, stories."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.schema import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "published",
        sa.Column("closed", sa.Date(), nullable=False),
        sa.Column("municipality", sa.String(length=80), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("province", sa.String(length=40), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("closed", "municipality", "month", name=op.f("pk_published")),
    )
    op.create_table(
        "monitoring",
        sa.Column("municipality", sa.String(length=80), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        *(sa.Column(f"tally{number}", sa.BigInteger(), nullable=False) for number in range(36)),
        sa.Column("case_id", sa.String(length=32), nullable=True),
        sa.Column("province", sa.String(length=40), nullable=False),
        sa.Column("prison", sa.String(length=80), nullable=True),
        sa.Column("track", sa.String(length=16), nullable=False),
        sa.Column("sentence", sa.String(length=8), nullable=False),
        sa.Column("how", sa.String(length=8), nullable=True),
        sa.Column("letter_sent", sa.SmallInteger(), nullable=False),
        sa.Column("letter_answered", sa.SmallInteger(), nullable=False),
        sa.Column("contact", sa.SmallInteger(), nullable=False),
        sa.Column("action", sa.SmallInteger(), nullable=False),
        sa.Column("plan", sa.SmallInteger(), nullable=False),
        sa.Column("own_wish", sa.SmallInteger(), nullable=False),
        sa.Column("known", sa.SmallInteger(), nullable=True),
        sa.Column("actions_due", sa.SmallInteger(), nullable=False),
        sa.Column("actions_in_time", sa.SmallInteger(), nullable=False),
        sa.Column("called_up", sa.SmallInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("handed_over", sa.SmallInteger(), nullable=False),
        sa.Column("returned", sa.SmallInteger(), nullable=False),
        sa.Column("aftercare", sa.SmallInteger(), nullable=False),
        sa.Column("head_start", sa.SmallInteger(), nullable=True),
        sa.Column("has_debts", sa.SmallInteger(), nullable=True),
        sa.Column("no_work", sa.SmallInteger(), nullable=True),
        sa.Column("care", sa.SmallInteger(), nullable=True),
        sa.Column("addiction", sa.SmallInteger(), nullable=True),
        sa.Column("job_start", sa.SmallInteger(), nullable=True),
        sa.Column("job_release", sa.SmallInteger(), nullable=True),
        sa.Column("job_later", sa.SmallInteger(), nullable=True),
        sa.Column("home_start", sa.SmallInteger(), nullable=True),
        sa.Column("home_release", sa.SmallInteger(), nullable=True),
        sa.Column("home_later", sa.SmallInteger(), nullable=True),
        sa.Column("income_start", sa.SmallInteger(), nullable=True),
        sa.Column("income_release", sa.SmallInteger(), nullable=True),
        sa.Column("income_later", sa.SmallInteger(), nullable=True),
        sa.Column("debts_start", sa.SmallInteger(), nullable=True),
        sa.Column("debts_release", sa.SmallInteger(), nullable=True),
        sa.Column("debts_later", sa.SmallInteger(), nullable=True),
        sa.Column("relation_start", sa.SmallInteger(), nullable=True),
        sa.Column("relation_release", sa.SmallInteger(), nullable=True),
        sa.Column("relation_later", sa.SmallInteger(), nullable=True),
        sa.Column("identity_start", sa.SmallInteger(), nullable=True),
        sa.Column("identity_release", sa.SmallInteger(), nullable=True),
        sa.Column("identity_later", sa.SmallInteger(), nullable=True),
        sa.Column("insurance_start", sa.SmallInteger(), nullable=True),
        sa.Column("insurance_release", sa.SmallInteger(), nullable=True),
        sa.Column("insurance_later", sa.SmallInteger(), nullable=True),
        sa.Column("measures", sa.String(length=600), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_monitoring_case_id_cases"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("municipality", "month", "id", name=op.f("pk_monitoring")),
        sa.UniqueConstraint("case_id", name=op.f("uq_monitoring_case_id")),
        sqlite_with_rowid=False,
    )
    there = sa.text("head_start IS NOT NULL")
    columns = ["municipality", "head_start", "month"]
    op.create_index("ix_monitoring_head_start", "monitoring", columns, sqlite_where=there, postgresql_where=there)
    op.create_table(
        "story",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("moment", sa.String(length=12), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_story_case_id_cases"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
    )
    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_story_case_id"), ["case_id"], unique=False)

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("first_listed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("first_action_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("plan_agreed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("facts", sa.Text(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("measured", sa.String(length=16), nullable=True))

    # Every case is looked at once more, and measured then.
    op.execute("UPDATE cases SET look_at = 0")


def downgrade() -> None:
    """Undo the change."""
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_column("measured")
        batch_op.drop_column("facts")
        batch_op.drop_column("plan_agreed_on")
        batch_op.drop_column("first_action_on")
        batch_op.drop_column("first_listed_on")

    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_story_case_id"))

    op.drop_table("story")
    op.drop_table("monitoring")
    op.drop_table("published")
