"""Coordination: what stands in the way of many, what colleagues ask, and when they met."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Table

from storage.schema.columns import Instant, metadata, pseudonymous, public, row_id, sealed

# What stands in the way of many (`bottleneck`) or would help (`improvement`); sealed under who wrote it.
bottlenecks = Table(
    "bottleneck",
    metadata,
    row_id(),
    pseudonymous("kind", String(12)),
    pseudonymous("case_id", String(32), ForeignKey("cases.id", ondelete="SET NULL"), nullable=True),
    pseudonymous("municipality", String(80)),
    pseudonymous("by", String(32), ForeignKey("staff.id")),
    pseudonymous("at", Instant),
    public("status", String(12)),
    pseudonymous("owner", String(32), nullable=True),
    sealed("personal", "content"),
    # What it is about, in the coordinator's words: those with the same theme are one.
    sealed("personal", "theme", nullable=True),
)

# What colleagues ask the coordinator, with the answer; sealed under who asked.
inquiries = Table(
    "inquiry",
    metadata,
    row_id(),
    pseudonymous("area", String(80)),
    pseudonymous("by", String(32), ForeignKey("staff.id")),
    pseudonymous("at", Instant),
    public("status", String(12)),
    pseudonymous("answered_by", String(32), nullable=True),
    # The area whose colleagues can find the answer: that of who gave it.
    public("found_in", String(80), nullable=True),
    sealed("personal", "content"),
)

# When the intake meeting of an area was held, and who kept its record.
meetings = Table(
    "meeting",
    metadata,
    row_id(),
    pseudonymous("by", String(32), ForeignKey("staff.id")),
    public("area", String(80)),
    pseudonymous("at", Instant),
)
