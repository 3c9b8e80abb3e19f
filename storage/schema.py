"""The tables. Every column says how secret it is; `personal` and `special` columns hold sealed blobs only.

public: says nothing of a person. pseudonymous: about a case, without saying whose. personal, special: sealed
(AVG art. 4, 9 and 10). Everything of a case hangs from `cases` and goes with it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    Time,
    TypeDecorator,
    UniqueConstraint,
    false,
)

LABELS = ("public", "pseudonymous", "personal", "special")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class Instant(TypeDecorator[datetime]):
    """A moment, aware, kept as whole milliseconds since 1970 in UTC: the same on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Turn an aware moment into milliseconds."""
        return None if value is None else (value - _EPOCH) // _MILLISECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Turn milliseconds into an aware moment in UTC."""
        return None if value is None else _EPOCH + timedelta(milliseconds=value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _column(label: str, name: str, type_: Any, *args: Any, **more: Any) -> Column[Any]:
    more.setdefault("nullable", False)
    return Column(name, type_, *args, info={"label": label}, **more)


def _public(name: str, type_: Any, *args: Any, **more: Any) -> Column[Any]:
    return _column("public", name, type_, *args, **more)


def _pseudonymous(name: str, type_: Any, *args: Any, **more: Any) -> Column[Any]:
    return _column("pseudonymous", name, type_, *args, **more)


def _sealed(label: str, name: str, **more: Any) -> Column[Any]:
    return _column(label, name, LargeBinary, **more)


def _id() -> Column[Any]:
    return _pseudonymous("id", String(32), primary_key=True)


def _of_case() -> Column[Any]:
    return _pseudonymous("case_id", String(32), ForeignKey("cases.id", ondelete="CASCADE"), index=True)


# A subject is a case, a member of staff, or one of the installation's own keys; its key lies here, wrapped.
subject_keys = Table(
    "subject_key",
    metadata,
    _pseudonymous("subject", String(32), primary_key=True),
    _public("master", String(32)),
    _public("wrapped", LargeBinary),
)

staff = Table(
    "staff",
    metadata,
    _id(),
    _public("role", String(16)),
    _public("area", String(80)),
    _pseudonymous("joined_at", Instant, nullable=True),
    _pseudonymous("ended_at", Instant, nullable=True),
    _pseudonymous("session_until", Instant, nullable=True),
    # Monday to Sunday, 1 for a day on which they work; when the digest comes, and when it last did.
    _public("working_days", String(7), server_default="1111100"),
    _public("digest_at", Time, server_default="08:45:00.000000"),
    _public("digest_on", Date, nullable=True),
    # The month whose report a coordinator was last told of: its first day.
    _public("report_on", Date, nullable=True),
    _sealed("personal", "identity"),
)

# A colleague has somebody's cases for a while, first and last day included.
covers = Table(
    "cover",
    metadata,
    _id(),
    _pseudonymous("away", String(32), ForeignKey("staff.id", ondelete="CASCADE"), index=True),
    _pseudonymous("by", String(32), ForeignKey("staff.id", ondelete="CASCADE"), index=True),
    _pseudonymous("from_day", Date),
    _pseudonymous("until_day", Date),
)

# What stands in the way of many (`bottleneck`) or would help (`improvement`); sealed under who wrote it.
bottlenecks = Table(
    "bottleneck",
    metadata,
    _id(),
    _pseudonymous("kind", String(12)),
    _pseudonymous("case_id", String(32), ForeignKey("cases.id", ondelete="SET NULL"), nullable=True),
    _pseudonymous("municipality", String(80)),
    _pseudonymous("by", String(32), ForeignKey("staff.id")),
    _pseudonymous("at", Instant),
    _public("status", String(12)),
    _pseudonymous("owner", String(32), nullable=True),
    _sealed("personal", "content"),
    # What it is about, in the coordinator's words: those with the same theme are one.
    _sealed("personal", "theme", nullable=True),
)

# What colleagues ask the coordinator, with the answer; sealed under who asked.
inquiries = Table(
    "inquiry",
    metadata,
    _id(),
    _pseudonymous("area", String(80)),
    _pseudonymous("by", String(32), ForeignKey("staff.id")),
    _pseudonymous("at", Instant),
    _public("status", String(12)),
    _pseudonymous("answered_by", String(32), nullable=True),
    # The area whose colleagues can find the answer: that of who gave it.
    _public("found_in", String(80), nullable=True),
    _sealed("personal", "content"),
)

# When the intake meeting of an area was held, and who kept its record.
meetings = Table(
    "meeting",
    metadata,
    _id(),
    _pseudonymous("by", String(32), ForeignKey("staff.id")),
    _public("area", String(80)),
    _pseudonymous("at", Instant),
)

cases = Table(
    "cases",
    metadata,
    _id(),
    _pseudonymous("ref", String(8), unique=True),
    _public("version", Integer),
    _pseudonymous("municipality", String(80), index=True),
    _pseudonymous("province", String(40)),
    _pseudonymous("prison", String(80), nullable=True, index=True),
    _pseudonymous("track", String(16)),
    _pseudonymous("phase", String(16)),
    _pseudonymous("outcome", String(16), nullable=True),
    _pseudonymous("reporting_date", Date, nullable=True),
    _pseudonymous("date_confirmed_by", String(16), nullable=True),
    _pseudonymous("overview_date", Date, nullable=True),
    # The list brought a date before, and brings none now.
    _pseudonymous("list_withdrew", Boolean, server_default=false()),
    # Inside: the day of arrival, the last one on which somebody said that they are inside, the day of release as it was
    # told (once free: the one on which they came out), and the formal end of the sentence where that is later.
    _pseudonymous("arrived_on", Date, nullable=True),
    _pseudonymous("inside_on", Date, nullable=True),
    _pseudonymous("release_date", Date, nullable=True),
    _pseudonymous("formal_release", Date, nullable=True),
    _pseudonymous("sentence_days", Integer, nullable=True),
    _pseudonymous("known_to_care", Boolean, nullable=True),
    _pseudonymous("listed_on", Date, nullable=True),
    _pseudonymous("missing_since", Date, nullable=True),
    _pseudonymous("closed_reason", String(16), nullable=True),
    _pseudonymous("closed_on", Date, nullable=True),
    _pseudonymous("added_at", Instant),
    _pseudonymous("language", String(8)),
    _pseudonymous("worker", String(32), ForeignKey("staff.id"), nullable=True, index=True),
    _pseudonymous("invited_at", Instant, nullable=True),
    _pseudonymous("joined_at", Instant, nullable=True),
    # The chat of another phone that waits for the worker's yes, since when, and when it asked to be called.
    _pseudonymous("new_phone", String(32), nullable=True),
    _pseudonymous("new_phone_at", Instant, nullable=True),
    _pseudonymous("call_asked_at", Instant, nullable=True),
    _pseudonymous("unreachable_since", Instant, nullable=True),
    _pseudonymous("channel", String(12), server_default="chat"),
    # How worrying it is, from 0 to 4; one more when time is too short for what would help (domain.md section 2).
    _pseudonymous("pressing", Integer, server_default="0"),
    # Questions that apply and have no answer yet, as of the last turn; none known: NULL.
    _pseudonymous("questions_left", Integer, nullable=True),
    _pseudonymous("last_answer_at", Instant, nullable=True),
    # The coordinator may read along until then (the worker asked).
    _pseudonymous("shared_until", Instant, nullable=True),
    # When time alone gives or ends a reason to wait (storage/case/waiting.py).
    _pseudonymous("look_at", Instant, nullable=True, index=True),
    # By when somebody must have attended to it (its norm), and up to which norm the coordinator was told.
    _pseudonymous("attend_by", Instant, nullable=True, index=True),
    _pseudonymous("alarmed_until", Instant, nullable=True),
    # For the figures (storage/figures/monitoring.py): the first list, the first action and an agreed plan, facts
    # as JSON {fact: yes or no}, and what `monitoring` holds of it, digested.
    _pseudonymous("first_listed_on", Date, nullable=True),
    _pseudonymous("first_action_on", Date, nullable=True),
    _pseudonymous("plan_agreed_on", Date, nullable=True),
    # Since which day an open case stands on the list while nobody has spoken to the person; else NULL.
    _pseudonymous("silent_since", Date, nullable=True),
    _pseudonymous("facts", Text, server_default="{}"),
    _pseudonymous("measured", String(16), nullable=True),
    _pseudonymous("overview_index", LargeBinary, nullable=True, unique=True),
    _sealed("personal", "identity"),
    _sealed("special", "record"),
)

# The cases that nobody has yet, by what an area can be: few among many.
for _place in (cases.c.municipality, cases.c.province, cases.c.prison):
    _nobodys = cases.c.worker.is_(None)
    Index(f"ix_cases_free_{_place.name}", _place, sqlite_where=_nobodys, postgresql_where=_nobodys)

# Few among many: the cases at whose door another phone stands.
Index(
    "ix_cases_new_phone",
    cases.c.new_phone,
    sqlite_where=cases.c.new_phone.is_not(None),
    postgresql_where=cases.c.new_phone.is_not(None),
)

# Those that nobody has spoken to: counted over a whole region, from the index alone.
Index(
    "ix_cases_silent",
    cases.c.municipality,
    cases.c.silent_since,
    sqlite_where=cases.c.silent_since.is_not(None),
    postgresql_where=cases.c.silent_since.is_not(None),
)

actions = Table(
    "action",
    metadata,
    _id(),
    _of_case(),
    _pseudonymous("position", Integer),
    _pseudonymous("domain", String(16)),
    _pseudonymous("owner", String(16)),
    _pseudonymous("when_", String(8)),
    _pseudonymous("status", String(16)),
    _pseudonymous("due", Date, nullable=True),
    _pseudonymous("by", String(16), server_default="self_reporter"),
    _pseudonymous("settled_on", Date, nullable=True),
    _pseudonymous("private", Boolean, server_default=false()),
    _sealed("special", "content"),
)

flags = Table(
    "flag",
    metadata,
    _id(),
    _of_case(),
    _pseudonymous("domain", String(16)),
    _pseudonymous("level", String(8)),
    _pseudonymous("since", Instant),
    _pseudonymous("acknowledged_at", Instant, nullable=True),
    _pseudonymous("lowered_at", Instant, nullable=True),
    _pseudonymous("overruled_at", Instant, nullable=True),
    _sealed("special", "content"),
)

contacts = Table(
    "contact",
    metadata,
    _id(),
    _of_case(),
    _pseudonymous("kind", String(16)),
    _pseudonymous("direction", String(4)),
    _pseudonymous("on_", Instant),
)

consents = Table(
    "consent",
    metadata,
    _id(),
    _of_case(),
    _pseudonymous("to", String(160)),
    _pseudonymous("given", Boolean),
    _pseudonymous("at", Instant),
    _pseudonymous("text_version", String(16)),
    # Of a yes to a recipient: what they said, why it ended, and since when they need not be told
    # (storage/case/sharing.py).
    _pseudonymous("confirmed_at", Instant, nullable=True),
    _pseudonymous("declined_at", Instant, nullable=True),
    _pseudonymous("ended", String(12), nullable=True),
    _pseudonymous("told_at", Instant, nullable=True),
)

messages = Table(
    "message",
    metadata,
    _id(),
    _of_case(),
    _pseudonymous("sender", String(16)),
    _pseudonymous("kind", String(12)),
    _pseudonymous("at", Instant),
    _pseudonymous("read_at", Instant, nullable=True),
    # Until then it waits for an answer; whether somebody has read it is another matter.
    _pseudonymous("settled_at", Instant, nullable=True),
    _sealed("special", "content"),
)

# What professionals write down, weigh, ask of each other and hand over.
notes = Table(
    "note",
    metadata,
    _id(),
    _of_case(),
    _pseudonymous("at", Instant),
    _pseudonymous("by", String(32)),
    _sealed("special", "content"),
)

measures = Table(
    "measure",
    metadata,
    _id(),
    _of_case(),
    _pseudonymous("code", String(24)),
    _pseudonymous("decision", String(12)),
    _pseudonymous("reason", String(12), nullable=True),
    _pseudonymous("at", Instant),
    _pseudonymous("by", String(32)),
    _sealed("special", "content"),
)

decisions = Table(
    "decision",
    metadata,
    _id(),
    _of_case(),
    _pseudonymous("measure", String(24)),
    _pseudonymous("asked_by", String(32)),
    _pseudonymous("asked_of", String(32), index=True),
    _pseudonymous("asked_at", Instant),
    _pseudonymous("decide_by", Date),
    _pseudonymous("answer", String(8), nullable=True),
    _pseudonymous("answered_at", Instant, nullable=True),
    _sealed("special", "content"),
)

handovers = Table(
    "handover",
    metadata,
    _id(),
    _of_case(),
    _pseudonymous("from_", String(32), nullable=True),
    _pseudonymous("to", String(32)),
    _pseudonymous("at", Instant),
    _pseudonymous("seen_at", Instant, nullable=True),
    _sealed("special", "content"),
)

# What a meeting decided on a case: what, who and by when.
resolutions = Table(
    "resolution",
    metadata,
    _id(),
    _of_case(),
    _pseudonymous("by", String(32)),
    _pseudonymous("owner", String(32), nullable=True),
    _pseudonymous("at", Instant),
    _pseudonymous("due", Date),
    _pseudonymous("done_at", Instant, nullable=True),
    _sealed("special", "content"),
)

# What was tried at the edge of the possible, and where it stopped.
efforts = Table(
    "effort",
    metadata,
    _id(),
    _of_case(),
    _pseudonymous("by", String(32)),
    _pseudonymous("at", Instant),
    _sealed("special", "content"),
)

# What must happen at a time: the database is the schedule, and the ledger.
due = Table(
    "due",
    metadata,
    _id(),
    _pseudonymous("case_id", String(32), ForeignKey("cases.id", ondelete="CASCADE"), nullable=True, index=True),
    _pseudonymous("action_id", String(32), ForeignKey("action.id", ondelete="CASCADE"), nullable=True),
    _pseudonymous("chat_id", String(32), ForeignKey("chat.id", ondelete="CASCADE"), nullable=True),
    _public("kind", String(24)),
    _pseudonymous("day", Date),
    _public("at", Time),
    _public("zone", String(40)),
    _pseudonymous("due_at", Instant),
    _public("state", String(20)),
    _public("reason", String(80), nullable=True),
    _pseudonymous("notice", String(80), nullable=True, index=True),
    _pseudonymous("opened_at", Instant, nullable=True),
    _pseudonymous("dealt", String(8), nullable=True),
    _pseudonymous("dealt_at", Instant, nullable=True),
)
Index("ix_due_open", due.c.due_at, sqlite_where=due.c.state == "planned", postgresql_where=due.c.state == "planned")

# Why a case waits for somebody: written with the case, read by the lists.
pending = Table(
    "pending",
    metadata,
    _pseudonymous("case_id", String(32), ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    _pseudonymous("reason", String(32), primary_key=True),
    _pseudonymous("since", Instant),
)

# One row a Telegram chat, known to us or not: its place in a conversation, its screen.
chats = Table(
    "chat",
    metadata,
    _id(),
    _pseudonymous("telegram_index", LargeBinary, unique=True),
    _pseudonymous("subject", String(32)),
    _pseudonymous("case_id", String(32), ForeignKey("cases.id", ondelete="CASCADE"), nullable=True, index=True),
    _pseudonymous("staff_id", String(32), ForeignKey("staff.id", ondelete="CASCADE"), nullable=True, index=True),
    _public("language", String(8)),
    _pseudonymous("blocked_at", Instant, nullable=True),
    _pseudonymous("last_seen", Instant),
    _public("screen", Integer),
    _public("screen_message", BigInteger, nullable=True),
    _public("newest_message", BigInteger),
    _public("folded", Boolean),
    _public("watched", Boolean),
    _public("code_tries", Integer),
    _public("code_tries_since", Instant, nullable=True),
    # What still stands there of the last days, as `storage.people.chats.Recent` writes it.
    _pseudonymous("recent", Text, server_default=""),
    _sealed("personal", "address"),
    _sealed("special", "place"),
)

# An overview that was read and waits for its sender's yes (storage/queues/drafts.py).
drafts = Table(
    "overview_draft",
    metadata,
    _id(),
    _pseudonymous("staff_id", String(32), ForeignKey("staff.id", ondelete="CASCADE"), index=True),
    _public("expires_at", Instant),
    _sealed("personal", "content"),
)

invitations = Table(
    "invitation",
    metadata,
    _id(),
    _pseudonymous("case_id", String(32), ForeignKey("cases.id", ondelete="CASCADE"), nullable=True, index=True),
    _pseudonymous("staff_id", String(32), ForeignKey("staff.id", ondelete="CASCADE"), nullable=True, index=True),
    _public("code_hash", LargeBinary, unique=True),
    _public("short_hash", LargeBinary, unique=True),
    _public("made_at", Instant),
    _public("expires_at", Instant),
    _public("used_at", Instant, nullable=True),
    _public("ended_at", Instant, nullable=True),
    _public("tries", Integer),
)

# Codes that open nothing, by their first letters, for an hour: about nobody (storage/people/guesses.py).
guesses = Table(
    "guess",
    metadata,
    _public("beginning_hash", LargeBinary, primary_key=True),
    _public("number", Integer),
    _public("since", Instant),
)

inbox = Table(
    "inbox",
    metadata,
    _public("seq", Integer, primary_key=True, autoincrement=True),
    _public("update_id", BigInteger, nullable=True),
    _pseudonymous("chat_index", LargeBinary, nullable=True),
    _public("state", String(8)),
    _public("attempts", Integer),
    _public("received_at", Instant),
    _public("not_before", Instant),
    _sealed("special", "payload", nullable=True),
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
    _public("seq", Integer, primary_key=True, autoincrement=True),
    _public("key", String(80), unique=True),
    _pseudonymous("chat_id", String(32), index=True),
    _public("kind", String(12)),
    _public("state", String(12)),
    _public("attempts", Integer),
    _public("made_at", Instant),
    _public("not_before", Instant),
    _public("reason", String(80), nullable=True),
    _sealed("special", "payload", nullable=True),
)
Index("ix_outbox_open", outbox.c.seq, sqlite_where=outbox.c.state == "open", postgresql_where=outbox.c.state == "open")

audit = Table(
    "audit",
    metadata,
    _public("seq", Integer, primary_key=True, autoincrement=True),
    _public("at", Instant),
    _pseudonymous("actor", String(32), nullable=True),
    _public("origin", String(8)),
    _public("verb", String(24)),
    _pseudonymous("object", String(80), nullable=True),
    _public("result", String(16)),
)

# What the installation knows of itself, such as its bot's name.
installation = Table(
    "installation",
    metadata,
    _public("name", String(32), primary_key=True),
    _public("value", String(200)),
)

# Which process runs the installation, where several could: about processes, not about anybody (storage/lease.py).
lease = Table(
    "lease",
    metadata,
    _public("name", String(16), primary_key=True),
    _public("holder", String(32)),
    _public("until", Instant),
)

# What the figures count: one narrow row a case, which stays without it when the case is erased. Each fact is 1, 0, or
# NULL where nobody knows. In the order in which figures read it: SQLite keeps the rows by their key.
TOPICS = ("job", "home", "income", "debts", "relation", "identity", "insurance")
MOMENTS = ("start", "release", "later")
PROFILE = ("has_debts", "no_work", "care", "addiction")
# Columns that hold several counts each, so that a region of 100,000 cases is added up at once
# (storage/figures/indicators.py).
TALLIES = tuple(f"tally{number}" for number in range(36))
monitoring = Table(
    "monitoring",
    metadata,
    _pseudonymous("municipality", String(80), primary_key=True),
    _pseudonymous("month", Date, primary_key=True),
    _pseudonymous("id", String(32), primary_key=True),
    *(_pseudonymous(name, BigInteger) for name in TALLIES),
    _pseudonymous("case_id", String(32), ForeignKey("cases.id", ondelete="SET NULL"), nullable=True, unique=True),
    _pseudonymous("province", String(40)),
    _pseudonymous("prison", String(80), nullable=True),
    _pseudonymous("track", String(16)),
    _pseudonymous("sentence", String(8)),
    _pseudonymous("how", String(8), nullable=True),
    *(
        _pseudonymous(name, SmallInteger)
        for name in ("letter_sent", "letter_answered", "contact", "action", "plan", "own_wish")
    ),
    _pseudonymous("known", SmallInteger, nullable=True),
    _pseudonymous("actions_due", SmallInteger),
    _pseudonymous("actions_in_time", SmallInteger),
    _pseudonymous("called_up", SmallInteger),
    _pseudonymous("outcome", String(16), nullable=True),
    _pseudonymous("handed_over", SmallInteger),
    _pseudonymous("returned", SmallInteger),
    _pseudonymous("aftercare", SmallInteger),
    # Days from the agreed plan to the reporting date.
    _pseudonymous("head_start", SmallInteger, nullable=True),
    *(_pseudonymous(name, SmallInteger, nullable=True) for name in PROFILE),
    *(_pseudonymous(f"{topic}_{at}", SmallInteger, nullable=True) for topic in TOPICS for at in MOMENTS),
    # "code=decision/reason", a space between them.
    _pseudonymous("measures", String(600), server_default=""),
    sqlite_with_rowid=False,
)
# The median needs each number of days, and only those: read from the index alone.
Index(
    "ix_monitoring_head_start",
    monitoring.c.municipality,
    monitoring.c.head_start,
    monitoring.c.month,
    sqlite_where=monitoring.c.head_start.is_not(None),
    postgresql_where=monitoring.c.head_start.is_not(None),
)

# Figures as they were published at the close of a month: counts per municipality and month of the list, as JSON.
published = Table(
    "published",
    metadata,
    _public("closed", Date, primary_key=True),
    _public("municipality", String(80), primary_key=True),
    _public("month", Date, primary_key=True),
    _public("province", String(40)),
    _public("counts", Text),
)

# What the person and the worker said of the help, for the research and the report (domain.md section 4).
stories = Table(
    "story",
    metadata,
    _id(),
    _of_case(),
    _pseudonymous("kind", String(16)),
    _pseudonymous("moment", String(12)),
    _pseudonymous("at", Instant),
    _sealed("special", "content"),
)
