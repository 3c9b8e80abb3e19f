"""Reminders that were handed to the worker: how long each still asks for a call, and what settles it without one. Pure.

What came of the day, words in both directions since, and where the person is now settle it: nobody calls somebody who
is inside to remind them of the day before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from storage.case import home_checks
from storage.case.case import Case
from storage.case.case_parts import Reminder
from storage.case.phases import BEFORE
from storage.case.sharing import ASKED_ANEW
from storage.clock import wall

# Reminders of the reporting day all begin so; the one after a day that was missed.
OF_THE_DAY, MISSED = "reporting_", "missed_day"


def still_asks(case: Case, row: Reminder, today: date) -> bool:
    """Tell whether a reminder that was handed to the worker still asks for a call."""
    if row.state != "handed_to_worker" or row.dealt is not None or case.phase == "closed":
        return False
    if row.kind == ASKED_ANEW:  # words about something else do not answer whether a prison may read it
        return (asked := case.action(row.action_id or "")) is not None and case.shares.is_unasked(asked)
    if any(c.direction == "in" and c.on >= row.due_at for c in case.contacts):
        return False  # they have spoken since
    phase = case.phase
    if row.action_id is not None:
        action = case.action(row.action_id)
        return action is not None and action.status == "agreed" and (phase in BEFORE or action.when != "before")
    if row.kind.startswith(OF_THE_DAY):
        day = case.reporting_date
        return phase == "coming" and case.outcome is None and day is not None and row.day <= day and today <= day
    if row.kind == MISSED:
        return phase in BEFORE and case.outcome == "absent"
    if row.kind in home_checks.KINDS:  # what was answered since, by themselves or to who called, was no less
        return phase == "free" and (case.last_answer_at is None or case.last_answer_at < row.due_at)
    return phase in BEFORE


def handed(case: Case, today: date) -> Iterator[Reminder]:
    """Yield the reminders that wait for the worker, oldest first."""
    return (row for row in case.reminders if still_asks(case, row, today))


def settle_handed(case: Case, now: datetime, zone: ZoneInfo) -> None:
    """Give each handed reminder that asks for nothing any more its end: it was over before anybody did it."""
    today = wall(now, zone).date()
    for row in case.reminders:
        if row.state == "handed_to_worker" and row.dealt is None and not still_asks(case, row, today):
            case.schedule.deal_with(row, "over", now)
