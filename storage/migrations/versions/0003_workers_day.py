"""What a worker keeps: notes, measures, decisions, hand-overs, cover and norms; when a case is looked at again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.schema import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "cover",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("away", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["away"], ["staff.id"], name=op.f("fk_cover_away_staff"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name=op.f("fk_cover_by_staff"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover")),
    )
    with op.batch_alter_table("cover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cover_away"), ["away"], unique=False)
        batch_op.create_index(batch_op.f("ix_cover_by"), ["by"], unique=False)

    op.create_table(
        "bottleneck",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=True),
        sa.Column("municipality", sa.String(length=80), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name=op.f("fk_bottleneck_by_staff")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_bottleneck_case_id_cases"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bottleneck")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("measure", sa.String(length=24), nullable=False),
        sa.Column("asked_by", sa.String(length=32), nullable=False),
        sa.Column("asked_of", sa.String(length=32), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("decide_by", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_decision_case_id_cases"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_asked_of"), ["asked_of"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_case_id"), ["case_id"], unique=False)

    op.create_table(
        "handover",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("from_", sa.String(length=32), nullable=True),
        sa.Column("to", sa.String(length=32), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_handover_case_id_cases"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_case_id"), ["case_id"], unique=False)

    op.create_table(
        "measure",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_measure_case_id_cases"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_case_id"), ["case_id"], unique=False)

    op.create_table(
        "note",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_note_case_id_cases"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_case_id"), ["case_id"], unique=False)

    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by", sa.String(length=16), server_default="self_reporter", nullable=False))
        batch_op.add_column(sa.Column("settled_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("confirmed_at", Instant(), nullable=True))

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("channel", sa.String(length=12), server_default="chat", nullable=False))
        batch_op.add_column(sa.Column("list_withdrew", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("questions_left", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("last_answer_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("shared_until", Instant(), nullable=True))
        batch_op.add_column(sa.Column("look_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("attend_by", Instant(), nullable=True))
        batch_op.add_column(sa.Column("alarmed_until", Instant(), nullable=True))
        batch_op.create_index(batch_op.f("ix_cases_attend_by"), ["attend_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_look_at"), ["look_at"], unique=False)

    with op.batch_alter_table("due", schema=None) as batch_op:
        batch_op.add_column(sa.Column("dealt", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("dealt_at", Instant(), nullable=True))

    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.add_column(sa.Column("overruled_at", Instant(), nullable=True))

    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("working_days", sa.String(length=7), server_default="1111100", nullable=False))
        batch_op.add_column(sa.Column("digest_at", sa.Time(), server_default="08:45:00.000000", nullable=False))
        batch_op.add_column(sa.Column("digest_on", sa.Date(), nullable=True))

    # Time may have given a reason to wait already: every case is looked at once.
    op.execute("UPDATE cases SET look_at = 0 WHERE phase <> 'closed'")


def downgrade() -> None:
    """Undo the change."""
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.drop_column("digest_on")
        batch_op.drop_column("digest_at")
        batch_op.drop_column("working_days")

    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.drop_column("overruled_at")

    with op.batch_alter_table("due", schema=None) as batch_op:
        batch_op.drop_column("dealt_at")
        batch_op.drop_column("dealt")

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cases_look_at"))
        batch_op.drop_index(batch_op.f("ix_cases_attend_by"))
        batch_op.drop_column("alarmed_until")
        batch_op.drop_column("attend_by")
        batch_op.drop_column("look_at")
        batch_op.drop_column("shared_until")
        batch_op.drop_column("last_answer_at")
        batch_op.drop_column("questions_left")
        batch_op.drop_column("list_withdrew")
        batch_op.drop_column("channel")

    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_column("confirmed_at")
        batch_op.drop_column("settled_on")
        batch_op.drop_column("by")

    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_case_id"))

    op.drop_table("note")
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_case_id"))

    op.drop_table("measure")
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_case_id"))

    op.drop_table("handover")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_case_id"))
        batch_op.drop_index(batch_op.f("ix_decision_asked_of"))

    op.drop_table("decision")
    op.drop_table("bottleneck")
    with op.batch_alter_table("cover", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cover_by"))
        batch_op.drop_index(batch_op.f("ix_cover_away"))

    op.drop_table("cover")
