"""People: the team and who stands in for whom, the chats, and the codes that let somebody in."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Integer, LargeBinary, String, Table, Text, Time

from storage.schema.columns import Instant, metadata, pseudonymous, public, row_id, sealed

staff = Table(
    "staff",
    metadata,
    row_id(),
    public("role", String(16)),
    public("area", String(80)),
    pseudonymous("joined_at", Instant, nullable=True),
    pseudonymous("ended_at", Instant, nullable=True),
    pseudonymous("session_until", Instant, nullable=True),
    # Monday to Sunday, 1 for a day on which they work; when the digest comes, and when it last did.
    public("working_days", String(7), server_default="1111100"),
    public("digest_at", Time, server_default="08:45:00.000000"),
    public("digest_on", Date, nullable=True),
    # The month whose report a coordinator was last told of: its first day.
    public("report_on", Date, nullable=True),
    sealed("personal", "identity"),
)

# A colleague has somebody's cases for a while, first and last day included.
covers = Table(
    "cover",
    metadata,
    row_id(),
    pseudonymous("away", String(32), ForeignKey("staff.id", ondelete="CASCADE"), index=True),
    pseudonymous("by", String(32), ForeignKey("staff.id", ondelete="CASCADE"), index=True),
    pseudonymous("from_day", Date),
    pseudonymous("until_day", Date),
)

# One row a Telegram chat, known to us or not: its place in a conversation, its screen.
chats = Table(
    "chat",
    metadata,
    row_id(),
    pseudonymous("telegram_index", LargeBinary, unique=True),
    pseudonymous("subject", String(32)),
    pseudonymous("case_id", String(32), ForeignKey("cases.id", ondelete="CASCADE"), nullable=True, index=True),
    pseudonymous("staff_id", String(32), ForeignKey("staff.id", ondelete="CASCADE"), nullable=True, index=True),
    public("language", String(8)),
    pseudonymous("blocked_at", Instant, nullable=True),
    pseudonymous("last_seen", Instant),
    public("screen", Integer),
    public("screen_message", BigInteger, nullable=True),
    public("newest_message", BigInteger),
    public("folded", Boolean),
    public("watched", Boolean),
    public("code_tries", Integer),
    public("code_tries_since", Instant, nullable=True),
    # What still stands there of the last days, as `storage.people.chats.Recent` writes it.
    pseudonymous("recent", Text, server_default=""),
    sealed("personal", "address"),
    sealed("special", "place"),
)

invitations = Table(
    "invitation",
    metadata,
    row_id(),
    pseudonymous("case_id", String(32), ForeignKey("cases.id", ondelete="CASCADE"), nullable=True, index=True),
    pseudonymous("staff_id", String(32), ForeignKey("staff.id", ondelete="CASCADE"), nullable=True, index=True),
    public("code_hash", LargeBinary, unique=True),
    public("short_hash", LargeBinary, unique=True),
    public("made_at", Instant),
    public("expires_at", Instant),
    public("used_at", Instant, nullable=True),
    public("ended_at", Instant, nullable=True),
    public("tries", Integer),
)

# Codes that open nothing, by their first letters, for an hour: about nobody (storage/people/guesses.py).
guesses = Table(
    "guess",
    metadata,
    public("beginning_hash", LargeBinary, primary_key=True),
    public("number", Integer),
    public("since", Instant),
)
