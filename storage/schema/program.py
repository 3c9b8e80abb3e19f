"""The program: what it knows of itself, which of its processes runs, and the trail of who did what."""

from __future__ import annotations

from sqlalchemy import Integer, String, Table

from storage.schema.columns import Instant, metadata, pseudonymous, public

# What the installation knows of itself, such as its bot's name.
installation = Table(
    "installation",
    metadata,
    public("name", String(32), primary_key=True),
    public("value", String(200)),
)

# Which process runs the installation, where several could: about processes, not about anybody (storage/lease.py).
lease = Table(
    "lease",
    metadata,
    public("name", String(16), primary_key=True),
    public("holder", String(32)),
    public("until", Instant),
)

audit = Table(
    "audit",
    metadata,
    public("seq", Integer, primary_key=True, autoincrement=True),
    public("at", Instant),
    pseudonymous("actor", String(32), nullable=True),
    public("origin", String(8)),
    public("verb", String(24)),
    pseudonymous("object", String(80), nullable=True),
    public("result", String(16)),
)
