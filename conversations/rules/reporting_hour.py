"""The hours of the reporting day: that of the letter, and the one at which somebody leaves home.

Both are said by the person, or read from the letter by a worker, and stand among the answers. They belong to one day:
with another day they are forgotten. `usual`: what is assumed where neither is said, from the content.
"""

from __future__ import annotations

from datetime import time

from conversations.content.reminders import ReportingDay
from storage.case.case import Case

REPORT_AT, LEAVE_AT = "report_at", "leave_at"


def before(at: time, minutes: int) -> time:
    """Return the time of the day so many minutes earlier, at midnight at the earliest."""
    left = max(at.hour * 60 + at.minute - minutes, 0)
    return time(left // 60, left % 60)


def _said(case: Case, name: str) -> time | None:
    said = case.person.answer_to(name)
    return time.fromisoformat(said) if isinstance(said, str) else None


def report_at(case: Case) -> time | None:
    """Return at what time the letter says that the person must be there, as far as it is known."""
    return _said(case, REPORT_AT)


def leave_at(case: Case) -> time | None:
    """Return when the person leaves home on the reporting day, as they said it."""
    return _said(case, LEAVE_AT)


def expected_to_leave(case: Case, usual: ReportingDay) -> time | None:
    """Return when the person leaves home, as they said it or as follows from the letter; None without either."""
    leaves, at = leave_at(case), report_at(case)
    if leaves is not None or at is None:
        return leaves
    return before(at, usual.on_the_way_minutes)


def left_home(case: Case, usual: ReportingDay) -> time:
    """Return from when on the reporting day nobody is with their phone."""
    expected = expected_to_leave(case, usual)
    return usual.left_home if expected is None else expected


def reporting_hour(case: Case, usual: ReportingDay) -> time:
    """Return from when on the day it is asked how it went: the hour in the letter, else when they should be there.

    Without either it is assumed that nobody is called up for an earlier hour than the usual one of leaving.
    """
    at, leaves = report_at(case), leave_at(case)
    if at is not None or leaves is None:
        return at or usual.left_home
    arrives = min(leaves.hour * 60 + leaves.minute + usual.on_the_way_minutes, 23 * 60 + 59)
    return time(arrives // 60, arrives % 60)


def forget_hours(case: Case) -> None:
    """Forget both: they were the hours of another day."""
    case.person.forget_answer(REPORT_AT)
    case.person.forget_answer(LEAVE_AT)
