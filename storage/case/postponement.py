"""Postponement: another day was asked for, in writing, and until there is a decision the day in the letter stands."""

from __future__ import annotations

from datetime import date, timedelta

from storage.case.case_fields import CaseFields
from storage.case.case_parts import Event

ASKED, GRANTED, REFUSED = "postpone_asked", "postpone_granted", "postpone_refused"
# An answer that has not come after so long is asked after; and so near to the day in any case.
LONG, NEAR = timedelta(days=14), timedelta(days=7)


def open_request(case: CaseFields) -> Event | None:
    """Return the request for another day that nobody has decided on; None without one, or when it is over anyhow."""
    if case.phase != "coming" or case.outcome is not None:
        return None
    # Whatever happened since decides it: an answer, an outcome, the end of the case.
    last = case.events[-1] if case.events else None
    return last if last is not None and last.what == ASKED else None


def ask_from(case: CaseFields) -> date | None:
    """Return the day from which somebody asks what was decided; None without an open request."""
    asked = open_request(case)
    if asked is None or asked.day is None or case.reporting_date is None:
        return None
    return min(asked.day + LONG, max(asked.day, case.reporting_date - NEAR))
