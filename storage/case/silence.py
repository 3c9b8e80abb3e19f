"""Silence: reminders of the day that nobody opens, letters that nobody answers, questions that nobody goes on with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from storage.case.case import Case
from storage.case.verbs.reach import WRITTEN

# Days, from domain.md sections 2 and 3.
NO_CONTACT = timedelta(days=14)  # after the letter
STALLED = timedelta(days=14)  # after the last answer
# The reminder on the day before; where nobody works then, also that on the last working day before it. Not opened this
# long after it was due, the worker is asked to call (messages.md).
EVE, AHEAD, NOT_OPENED = "reporting_eve", "reporting_ahead", timedelta(hours=6, minutes=15)
# Days from the last working day to the reporting day, at most: Christmas, a weekend and a bridge day lie between.
LONGEST_CLOSED = 8


def is_awaited(case: Case) -> bool:
    """Tell whether somebody waits at home for a call-up that may come: nobody writes to, or looks for, anybody else."""
    return case.is_at_home and case.outcome != "cancelled"


def unopened(case: Case, *states: str) -> Iterator[datetime]:
    """Return when the reminders of the reporting day that were not opened ask for a call.

    One that is still leaving then was not delivered: all the more reason to call.
    """
    if case.phase != "coming" or case.outcome is not None or case.reporting_date is None:
        return
    spoken = max((c.on for c in case.contacts if c.direction == "in" and c.kind not in WRITTEN), default=None)
    for row in case.reminders:
        days = (case.reporting_date - row.day).days
        of_this_day = (row.kind == EVE and days == 1) or (row.kind == AHEAD and 1 < days <= LONGEST_CLOSED)
        if not of_this_day or row.state not in states or row.opened_at is not None:
            continue
        if spoken is None or spoken < row.due_at:  # who was spoken to since has heard of it
            yield row.due_at + NOT_OPENED


def silent_since(case: Case) -> datetime | None:
    """Return when the letter left to which nobody has reacted; None when somebody did, or none left."""
    letter = case.reach.letter_at
    if letter is None or case.joined_at is not None or not is_awaited(case):
        return None
    reacted = any(c.direction == "in" and c.on >= letter for c in case.contacts)
    return None if reacted else letter


def silent_from(case: Case) -> datetime | None:
    """Return when nobody's answer to the letter becomes a reason to go and look."""
    since = silent_since(case)
    return None if since is None else since + NO_CONTACT


def stalled_from(case: Case) -> datetime | None:
    """Return when questions that nobody goes on with become a reason to go and look."""
    since = case.last_answer_at or case.joined_at
    if since is None or not case.questions_left or not case.is_at_home:
        return None
    return since + STALLED
