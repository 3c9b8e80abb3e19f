"""Queues: what falls due, what came in, what goes out, and overviews that wait for a yes."""

from __future__ import annotations

from sqlalchemy import BigInteger, Date, ForeignKey, Index, Integer, LargeBinary, String, Table, Time, UniqueConstraint

from storage.schema.columns import Instant, metadata, pseudonymous, public, row_id, sealed

# What must happen at a time: the database is the schedule, and the ledger.
due = Table(
    "due",
    metadata,
    row_id(),
    pseudonymous("case_id", String(32), ForeignKey("cases.id", ondelete="CASCADE"), nullable=True, index=True),
    pseudonymous("action_id", String(32), ForeignKey("action.id", ondelete="CASCADE"), nullable=True),
    pseudonymous("chat_id", String(32), ForeignKey("chat.id", ondelete="CASCADE"), nullable=True),
    public("kind", String(24)),
    pseudonymous("day", Date),
    public("at", Time),
    public("zone", String(40)),
    pseudonymous("due_at", Instant),
    public("state", String(20)),
    public("reason", String(80), nullable=True),
    pseudonymous("notice", String(80), nullable=True, index=True),
    pseudonymous("opened_at", Instant, nullable=True),
    pseudonymous("dealt", String(8), nullable=True),
    pseudonymous("dealt_at", Instant, nullable=True),
)
Index("ix_due_open", due.c.due_at, sqlite_where=due.c.state == "planned", postgresql_where=due.c.state == "planned")

# An overview that was read and waits for its sender's yes (storage/queues/drafts.py).
drafts = Table(
    "overview_draft",
    metadata,
    row_id(),
    pseudonymous("staff_id", String(32), ForeignKey("staff.id", ondelete="CASCADE"), index=True),
    public("expires_at", Instant),
    sealed("personal", "content"),
)

inbox = Table(
    "inbox",
    metadata,
    public("seq", Integer, primary_key=True, autoincrement=True),
    public("update_id", BigInteger, nullable=True),
    pseudonymous("chat_index", LargeBinary, nullable=True),
    public("state", String(8)),
    public("attempts", Integer),
    public("received_at", Instant),
    public("not_before", Instant),
    sealed("special", "payload", nullable=True),
    UniqueConstraint("update_id"),
)
Index(
    "ix_inbox_open",
    inbox.c.chat_index,
    inbox.c.seq,
    sqlite_where=inbox.c.state == "open",
    postgresql_where=inbox.c.state == "open",
)
Index("ix_inbox_line", inbox.c.seq, sqlite_where=inbox.c.state == "open", postgresql_where=inbox.c.state == "open")

outbox = Table(
    "outbox",
    metadata,
    public("seq", Integer, primary_key=True, autoincrement=True),
    public("key", String(80), unique=True),
    pseudonymous("chat_id", String(32), index=True),
    public("kind", String(12)),
    public("state", String(12)),
    public("attempts", Integer),
    public("made_at", Instant),
    public("not_before", Instant),
    public("reason", String(80), nullable=True),
    sealed("special", "payload", nullable=True),
)
Index("ix_outbox_open", outbox.c.seq, sqlite_where=outbox.c.state == "open", postgresql_where=outbox.c.state == "open")
