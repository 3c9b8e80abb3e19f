"""What happened in a case gets rows, of which its phase follows; phases are kept by their kind, which tracks name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from storage.schema import Instant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KINDS = {"called_up": "coming", "inside": "held", "released": "free"}
INSIDE = ("reported", "arrested")
ROWS = 1000

case = sa.table(
    "cases",
    *(sa.column(name) for name in ("id", "phase", "outcome")),
    *(
        sa.column(name, sa.Date())
        for name in ("reporting_date", "arrived_on", "inside_on", "release_date", "closed_on")
    ),
)
event = sa.table(
    "event",
    *(sa.column(name) for name in ("id", "case_id", "position", "what", "to_", "by")),
    sa.column("day", sa.Date()),
)


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "event",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("to_", sa.String(length=8), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("by", sa.String(length=16), nullable=False),
        sa.Column("noted_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_event_case_id_cases"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_case_id"), ["case_id"], unique=False)
    connection = op.get_bind()
    rows = [row for one in connection.execute(sa.select(case)).all() for row in _happened(one)]
    for at in range(0, len(rows), ROWS):
        connection.execute(sa.insert(event), rows[at : at + ROWS])
    for name, kind in KINDS.items():
        connection.execute(sa.update(case).where(case.c.phase == name).values(phase=kind))


def _happened(one: Any) -> Iterator[dict[str, Any]]:
    """Yield what must have happened for a case to stand as it does; by whom it was told, and when, nobody kept."""
    told: list[tuple[str, str | None, date | None]] = []
    if one.outcome is not None:
        held = one.outcome in INSIDE
        told.append((one.outcome, "held" if held else None, one.arrived_on if held else one.reporting_date))
    was_free = one.outcome in INSIDE and one.release_date is not None and one.inside_on is None
    if one.phase == "released" or (one.phase == "closed" and was_free):
        told.append(("released", "free", one.release_date))
    if one.phase == "closed":
        told.append(("closed", "closed", one.closed_on))
    for position, (what, to, day) in enumerate(told):
        yield {
            "id": uuid4().hex,
            "case_id": one.id,
            "position": position,
            "what": what,
            "to_": to,
            "day": day,
            "by": "unknown",
        }


def downgrade() -> None:
    """Take it back."""
    for name, kind in KINDS.items():
        op.execute(sa.update(case).where(case.c.phase == kind).values(phase=name))
    op.drop_table("event")
