"""Figures: one narrow row of facts a case, and what was published at the close of each month."""

from __future__ import annotations

from sqlalchemy import BigInteger, Date, ForeignKey, Index, SmallInteger, String, Table, Text

from storage.schema.columns import metadata, pseudonymous, public

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
    pseudonymous("municipality", String(80), primary_key=True),
    pseudonymous("month", Date, primary_key=True),
    pseudonymous("id", String(32), primary_key=True),
    *(pseudonymous(name, BigInteger) for name in TALLIES),
    pseudonymous("case_id", String(32), ForeignKey("cases.id", ondelete="SET NULL"), nullable=True, unique=True),
    pseudonymous("province", String(40)),
    pseudonymous("prison", String(80), nullable=True),
    pseudonymous("track", String(16)),
    pseudonymous("sentence", String(8)),
    pseudonymous("how", String(8), nullable=True),
    *(
        pseudonymous(name, SmallInteger)
        for name in ("letter_sent", "letter_answered", "contact", "action", "plan", "own_wish")
    ),
    pseudonymous("known", SmallInteger, nullable=True),
    pseudonymous("actions_due", SmallInteger),
    pseudonymous("actions_in_time", SmallInteger),
    pseudonymous("called_up", SmallInteger),
    pseudonymous("outcome", String(16), nullable=True),
    pseudonymous("handed_over", SmallInteger),
    pseudonymous("returned", SmallInteger),
    pseudonymous("aftercare", SmallInteger),
    # Days from the agreed plan to the reporting date.
    pseudonymous("head_start", SmallInteger, nullable=True),
    *(pseudonymous(name, SmallInteger, nullable=True) for name in PROFILE),
    *(pseudonymous(f"{topic}_{at}", SmallInteger, nullable=True) for topic in TOPICS for at in MOMENTS),
    # "code=decision/reason", a space between them.
    pseudonymous("measures", String(600), server_default=""),
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
    public("closed", Date, primary_key=True),
    public("municipality", String(80), primary_key=True),
    public("month", Date, primary_key=True),
    public("province", String(40)),
    public("counts", Text),
)
