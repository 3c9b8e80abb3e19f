"""Parts of a case: the rows that hang from it, and why it waits for somebody."""

from __future__ import annotations

from sqlalchemy import Boolean, Date, ForeignKey, Integer, String, Table, false

from storage.schema.columns import Instant, metadata, of_case, pseudonymous, row_id, sealed

actions = Table(
    "action",
    metadata,
    row_id(),
    of_case(),
    pseudonymous("position", Integer),
    pseudonymous("domain", String(16)),
    pseudonymous("owner", String(16)),
    pseudonymous("when_", String(8)),
    pseudonymous("status", String(16)),
    pseudonymous("due", Date, nullable=True),
    pseudonymous("by", String(16), server_default="self_reporter"),
    pseudonymous("settled_on", Date, nullable=True),
    pseudonymous("private", Boolean, server_default=false()),
    sealed("special", "content"),
)

flags = Table(
    "flag",
    metadata,
    row_id(),
    of_case(),
    pseudonymous("domain", String(16)),
    pseudonymous("level", String(8)),
    pseudonymous("since", Instant),
    pseudonymous("acknowledged_at", Instant, nullable=True),
    pseudonymous("lowered_at", Instant, nullable=True),
    pseudonymous("overruled_at", Instant, nullable=True),
    sealed("special", "content"),
)

contacts = Table(
    "contact",
    metadata,
    row_id(),
    of_case(),
    pseudonymous("kind", String(16)),
    pseudonymous("direction", String(4)),
    pseudonymous("on_", Instant),
)

consents = Table(
    "consent",
    metadata,
    row_id(),
    of_case(),
    pseudonymous("to", String(160)),
    pseudonymous("given", Boolean),
    pseudonymous("at", Instant),
    pseudonymous("text_version", String(16)),
    # Of a yes to a recipient: what they said, why it ended, and since when they need not be told
    # (storage/case/sharing.py).
    pseudonymous("confirmed_at", Instant, nullable=True),
    pseudonymous("declined_at", Instant, nullable=True),
    pseudonymous("ended", String(12), nullable=True),
    pseudonymous("told_at", Instant, nullable=True),
)

messages = Table(
    "message",
    metadata,
    row_id(),
    of_case(),
    pseudonymous("sender", String(16)),
    pseudonymous("kind", String(12)),
    pseudonymous("at", Instant),
    pseudonymous("read_at", Instant, nullable=True),
    # Until then it waits for an answer; whether somebody has read it is another matter.
    pseudonymous("settled_at", Instant, nullable=True),
    sealed("special", "content"),
)

# What professionals write down, weigh, ask of each other and hand over.
notes = Table(
    "note",
    metadata,
    row_id(),
    of_case(),
    pseudonymous("at", Instant),
    pseudonymous("by", String(32)),
    sealed("special", "content"),
)

measures = Table(
    "measure",
    metadata,
    row_id(),
    of_case(),
    pseudonymous("code", String(24)),
    pseudonymous("decision", String(12)),
    pseudonymous("reason", String(12), nullable=True),
    pseudonymous("at", Instant),
    pseudonymous("by", String(32)),
    sealed("special", "content"),
)

decisions = Table(
    "decision",
    metadata,
    row_id(),
    of_case(),
    pseudonymous("measure", String(24)),
    pseudonymous("asked_by", String(32)),
    pseudonymous("asked_of", String(32), index=True),
    pseudonymous("asked_at", Instant),
    pseudonymous("decide_by", Date),
    pseudonymous("answer", String(8), nullable=True),
    pseudonymous("answered_at", Instant, nullable=True),
    sealed("special", "content"),
)

handovers = Table(
    "handover",
    metadata,
    row_id(),
    of_case(),
    pseudonymous("from_", String(32), nullable=True),
    pseudonymous("to", String(32)),
    pseudonymous("at", Instant),
    pseudonymous("seen_at", Instant, nullable=True),
    sealed("special", "content"),
)

# What a meeting decided on a case: what, who and by when.
resolutions = Table(
    "resolution",
    metadata,
    row_id(),
    of_case(),
    pseudonymous("by", String(32)),
    pseudonymous("owner", String(32), nullable=True),
    pseudonymous("at", Instant),
    pseudonymous("due", Date),
    pseudonymous("done_at", Instant, nullable=True),
    sealed("special", "content"),
)

# What was tried at the edge of the possible, and where it stopped.
efforts = Table(
    "effort",
    metadata,
    row_id(),
    of_case(),
    pseudonymous("by", String(32)),
    pseudonymous("at", Instant),
    sealed("special", "content"),
)

# What the person and the worker said of the help, for the research and the report (domain.md section 4).
stories = Table(
    "story",
    metadata,
    row_id(),
    of_case(),
    pseudonymous("kind", String(16)),
    pseudonymous("moment", String(12)),
    pseudonymous("at", Instant),
    sealed("special", "content"),
)

# What happened in the course of a case: its phase follows from the last one that led somewhere.
events = Table(
    "event",
    metadata,
    row_id(),
    of_case(),
    pseudonymous("position", Integer),
    pseudonymous("what", String(16)),
    pseudonymous("to_", String(8), nullable=True),
    pseudonymous("day", Date, nullable=True),
    pseudonymous("by", String(16)),
    # Empty of what happened before events were kept.
    pseudonymous("noted_at", Instant, nullable=True),
)

# Why a case waits for somebody: written with the case, read by the lists.
pending = Table(
    "pending",
    metadata,
    pseudonymous("case_id", String(32), ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    pseudonymous("reason", String(32), primary_key=True),
    pseudonymous("since", Instant),
)
