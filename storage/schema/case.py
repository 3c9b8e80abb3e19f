"""Cases: one call-up a row. Everything of a case hangs from it and goes with it."""

from __future__ import annotations

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, false

from storage.schema.columns import Instant, metadata, pseudonymous, public, row_id, sealed

cases = Table(
    "cases",
    metadata,
    row_id(),
    pseudonymous("ref", String(8), unique=True),
    public("version", Integer),
    pseudonymous("municipality", String(80), index=True),
    pseudonymous("province", String(40)),
    pseudonymous("prison", String(80), nullable=True, index=True),
    pseudonymous("track", String(16)),
    pseudonymous("phase", String(16)),
    pseudonymous("outcome", String(16), nullable=True),
    pseudonymous("reporting_date", Date, nullable=True),
    pseudonymous("date_confirmed_by", String(16), nullable=True),
    pseudonymous("overview_date", Date, nullable=True),
    # The list brought a date before, and brings none now.
    pseudonymous("list_withdrew", Boolean, server_default=false()),
    # Inside: the day of arrival, the last one on which somebody said that they are inside, the day of release as it was
    # told (once free: the one on which they came out), and the formal end of the sentence where that is later.
    pseudonymous("arrived_on", Date, nullable=True),
    pseudonymous("inside_on", Date, nullable=True),
    pseudonymous("release_date", Date, nullable=True),
    pseudonymous("formal_release", Date, nullable=True),
    pseudonymous("sentence_days", Integer, nullable=True),
    pseudonymous("known_to_care", Boolean, nullable=True),
    pseudonymous("listed_on", Date, nullable=True),
    pseudonymous("missing_since", Date, nullable=True),
    pseudonymous("closed_reason", String(16), nullable=True),
    pseudonymous("closed_on", Date, nullable=True),
    pseudonymous("added_at", Instant),
    pseudonymous("language", String(8)),
    pseudonymous("worker", String(32), ForeignKey("staff.id"), nullable=True, index=True),
    pseudonymous("invited_at", Instant, nullable=True),
    pseudonymous("joined_at", Instant, nullable=True),
    # The chat of another phone that waits for the worker's yes, since when, and when it asked to be called.
    pseudonymous("new_phone", String(32), nullable=True),
    pseudonymous("new_phone_at", Instant, nullable=True),
    pseudonymous("call_asked_at", Instant, nullable=True),
    pseudonymous("unreachable_since", Instant, nullable=True),
    pseudonymous("channel", String(12), server_default="chat"),
    # How worrying it is, from 0 to 4; one more when time is too short for what would help (domain.md section 2).
    pseudonymous("pressing", Integer, server_default="0"),
    # Questions that apply and have no answer yet, as of the last turn; none known: NULL.
    pseudonymous("questions_left", Integer, nullable=True),
    pseudonymous("last_answer_at", Instant, nullable=True),
    # The coordinator may read along until then (the worker asked).
    pseudonymous("shared_until", Instant, nullable=True),
    # When time alone gives or ends a reason to wait (storage/case/waiting.py).
    pseudonymous("look_at", Instant, nullable=True, index=True),
    # By when somebody must have attended to it (its norm), and up to which norm the coordinator was told.
    pseudonymous("attend_by", Instant, nullable=True, index=True),
    pseudonymous("alarmed_until", Instant, nullable=True),
    # For the figures (storage/figures/monitoring.py): the first list, the first action and an agreed plan, facts
    # as JSON {fact: yes or no}, and what `monitoring` holds of it, digested.
    pseudonymous("first_listed_on", Date, nullable=True),
    pseudonymous("first_action_on", Date, nullable=True),
    pseudonymous("plan_agreed_on", Date, nullable=True),
    # Since which day an open case stands on the list while nobody has spoken to the person; else NULL.
    pseudonymous("silent_since", Date, nullable=True),
    pseudonymous("facts", Text, server_default="{}"),
    pseudonymous("measured", String(16), nullable=True),
    pseudonymous("overview_index", LargeBinary, nullable=True, unique=True),
    sealed("personal", "identity"),
    sealed("special", "record"),
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
