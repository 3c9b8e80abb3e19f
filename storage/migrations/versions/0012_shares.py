"""A yes to share belongs to one prison: consents name it, and keep what it said and how the yes ended.

Until now a yes was given to whatever prison the case had, also to one that a later list brought. Which prison that was
can be known where no list came in since: then it is the one in the case. Elsewhere the yes shares with nobody, and the
person is asked anew. What a prison confirmed moves to the yes that it was said to.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from storage.schema import Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

OLD, NEW = "casemanager:", "share:prison:"
# Zone of the rows with which people are asked: only the moment counts, and it has come.
ZONE = "Europe/Amsterdam"
OPEN = ("waiting", "called_up", "inside")

consent = sa.table(
    "consent",
    *(sa.column(name) for name in ("id", "case_id", "to", "given", "ended")),
    *(sa.column(name, Instant()) for name in ("at", "confirmed_at", "told_at")),
)
action = sa.table(
    "action",
    *(sa.column(name) for name in ("id", "case_id", "owner", "domain", "status")),
    sa.column("confirmed_at", Instant()),
)
case = sa.table("cases", *(sa.column(name) for name in ("id", "prison", "phase")))
audit = sa.table("audit", sa.column("verb"), sa.column("result"), sa.column("at", Instant()))
due = sa.table(
    "due",
    *(sa.column(name) for name in ("id", "case_id", "action_id", "kind", "zone", "state")),
    sa.column("day", sa.Date()),
    sa.column("at", sa.Time()),
    sa.column("due_at", Instant()),
)


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.alter_column(
            "to", existing_type=sa.String(length=120), type_=sa.String(length=160), existing_nullable=False
        )
        batch_op.add_column(sa.Column("confirmed_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("declined_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("ended", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("told_at", Instant(), nullable=True))
    _name_prisons(op.get_bind())
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_column("confirmed_at")


def _name_prisons(connection: sa.Connection) -> None:
    lists = sa.select(sa.func.max(audit.c.at, type_=Instant())).where(
        audit.c.verb == "import", audit.c.result == "done"
    )
    last_list = connection.execute(lists).scalar()
    given = (
        sa.select(consent, action.c.id.label("action_id"), case.c.prison, case.c.phase)
        .add_columns(action.c.owner, action.c.domain, action.c.status, action.c.confirmed_at.label("confirmed"))
        .join(action, consent.c.to == sa.literal(OLD) + action.c.id)
        .join(case, case.c.id == consent.c.case_id)
        .order_by(consent.c.at, consent.c.id)
    )
    said: dict[str, list[Any]] = {}
    for row in connection.execute(given):
        said.setdefault(row.action_id, []).append(row)
    for rows in said.values():
        for row, after in zip(rows, [*rows[1:], None], strict=True):
            _rename(connection, row, after, last_list)
    # What is left is about an action that is no more: it names nobody.
    gone = consent.c.to.like(f"{OLD}%")
    renamed = sa.literal(f"{NEW}:") + sa.func.substr(consent.c.to, len(OLD) + 1)
    connection.execute(sa.update(consent).where(gone).values(to=renamed))


def _rename(connection: sa.Connection, row: Any, after: Any, last_list: datetime | None) -> None:
    """Give a consent its prison, where that can be known, and what was said to it; `after`: the next word on it."""
    known = row.prison is not None and (last_list is None or row.at > last_list)
    values: dict[str, Any] = {"to": f"{NEW}{row.prison if known else ''}:{row.action_id}"}
    if row.given and after is not None:
        values["ended"] = "anew" if after.given else "withdrawn"
    elif row.given and row.phase not in OPEN:
        values["ended"] = row.phase
    if "ended" in values:
        values["told_at"] = row.at  # nobody hears today of what ended before
    confirmed = row.confirmed
    if (
        row.given
        and known
        and confirmed is not None
        and row.at <= confirmed
        and (after is None or confirmed < after.at)
    ):
        values["confirmed_at"] = confirmed
    connection.execute(sa.update(consent).where(consent.c.id == row.id).values(**values))
    asks = row.given and after is None and row.phase in OPEN and row.prison is not None and not known
    if asks and (row.owner, row.status) == ("casemanager", "agreed") and row.domain != "health":
        local = row.at.astimezone(ZoneInfo(ZONE))
        new = {"id": uuid4().hex, "case_id": row.case_id, "action_id": row.action_id, "kind": "share_again"}
        when = {"day": local.date(), "at": local.time().replace(microsecond=0, fold=0), "due_at": row.at}
        connection.execute(sa.insert(due).values(**new, **when, zone=ZONE, state="planned"))


def downgrade() -> None:
    """Take it back: what has ended, or names no prison, becomes a no."""
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confirmed_at", Instant(), nullable=True))
    connection = op.get_bind()
    shares = sa.select(consent, case.c.prison).join(case, case.c.id == consent.c.case_id)
    for row in connection.execute(shares.where(consent.c.to.like(f"{NEW}%")).order_by(consent.c.at)).all():
        recipient, _, action_id = row.to.removeprefix(NEW).rpartition(":")
        stands = bool(row.given) and row.ended is None and recipient != "" and recipient == row.prison
        changed = sa.update(consent).where(consent.c.id == row.id).values(to=OLD + action_id, given=stands)
        connection.execute(changed)
        confirmed = row.confirmed_at if stands else None
        connection.execute(sa.update(action).where(action.c.id == action_id).values(confirmed_at=confirmed))
    connection.execute(sa.delete(due).where(due.c.kind.in_(("share_again", "share_answered"))))
    with op.batch_alter_table("consent", schema=None) as batch_op:
        for name in ("told_at", "ended", "declined_at", "confirmed_at"):
            batch_op.drop_column(name)
        batch_op.alter_column(
            "to", existing_type=sa.String(length=160), type_=sa.String(length=120), existing_nullable=False
        )
