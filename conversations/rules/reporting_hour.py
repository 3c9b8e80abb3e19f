"""The hours of the reporting day: that of the letter, and the one at which somebody leaves home.

Both are said by the person, or read from the letter by a worker, and stand among the answers. They belong to one day:
with another day they are forgotten.
"""

from __future__ import annotations

from datetime import time

from storage.case.case import Case

REPORT_AT, LEAVE_AT = "report_at", "leave_at"
# So many minutes before the hour in the letter somebody has left home, unless they said when they leave.
ON_THE_WAY = 120
# When they have left where neither is known.
LEFT_HOME = time(10)


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


def expected_to_leave(case: Case) -> time | None:
    """Return when the person leaves home, as they said it or as follows from the letter; None without either."""
    leaves, at = leave_at(case), report_at(case)
    if leaves is not None or at is None:
        return leaves
    return before(at, ON_THE_WAY)


def left_home(case: Case) -> time:
    """Return from when on the reporting day nobody is with their phone."""
    expected = expected_to_leave(case)
    return LEFT_HOME if expected is None else expected


def reporting_hour(case: Case) -> time:
    """Return from when on the day it is asked how it went: the hour in the letter, else when they should be there.

    Without either it is assumed that nobody is called up for before ten o'clock.
    """
    at, leaves = report_at(case), leave_at(case)
    if at is not None or leaves is None:
        return at or LEFT_HOME
    arrives = min(leaves.hour * 60 + leaves.minute + ON_THE_WAY, 23 * 60 + 59)
    return time(arrives // 60, arrives % 60)


def forget_hours(case: Case) -> None:
    """Forget both: they were the hours of another day."""
    case.person.forget_answer(REPORT_AT)
    case.person.forget_answer(LEAVE_AT)
