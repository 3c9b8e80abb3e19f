"""Why a case waits for somebody: the one definition, over a whole case, of every reason and since when it holds."""

from __future__ import annotations

from datetime import date, datetime

from storage.case import Case

# In the order in which a worker should see them.
REASONS = (
    "urgent_flag",
    "unread_message",
    "not_reachable",
    "date_differs",
    "outcome_unknown",
    "no_worker",
    "no_letter_sent",
    "invitation_not_used",
)


def reasons_to_wait(case: Case, now: datetime, today: date) -> dict[str, datetime]:
    """Return each reason that holds now (`today` on the wall), with the moment since which it does."""
    if case.phase == "closed":
        return {}
    found: dict[str, datetime] = {}
    urgent = [f.since for f in case.flags if f.level == "urgent" and not f.acknowledged_at and not f.lowered_at]
    if urgent:
        found["urgent_flag"] = min(urgent)
    if unread := case.unread("self_reporter"):
        found["unread_message"] = unread[0].at
    if case.unreachable_since:
        found["not_reachable"] = case.unreachable_since
    if case.date_confirmed_by and case.overview_date != case.reporting_date and case.listed_on:
        found["date_differs"] = case.waiting.get("date_differs", now)
    if case.reporting_date and case.reporting_date < today and case.outcome is None and case.phase == "called_up":
        found["outcome_unknown"] = case.waiting.get("outcome_unknown", now)
    if case.worker is None:
        found["no_worker"] = case.added_at
    if case.joined_at is None:
        if case.invited_at is None:
            found["no_letter_sent"] = case.added_at
        else:
            found["invitation_not_used"] = case.invited_at
    return found
