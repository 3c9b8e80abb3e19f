"""The reporting day in words, with its hour as far as it is known."""

from __future__ import annotations

from datetime import date, time

from conversations.rules.reporting_hour import report_at
from conversations.words.wording import Words
from storage.case.case import Case


def day_and_hour(words: Words, day: date, at: time | None) -> str:
    """Return a day in full, with the time of the day where it is known: dinsdag 9 maart 2027, 09:00."""
    return words.full_date(day) + (f", {words.time(at)}" if at is not None else "")


def day_of_letter(words: Words, case: Case) -> str:
    """Return the day that the letter confirmed, with its hour as far as it is known; nothing without a day."""
    return day_and_hour(words, case.confirmed_date, report_at(case)) if case.confirmed_date else ""
