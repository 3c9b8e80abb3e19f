"""The course of a case: its phase, the reporting date, what came of it, release and the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from storage.case.case_fields import CaseFields
from storage.case.verbs.schedule import Schedule
from storage.case.verbs.shares import Shares


@dataclass(slots=True, repr=False)
class Course:
    """The course that a call-up takes."""

    case: CaseFields

    def confirm_date(self, day: date, by: str) -> None:
        """The letter says this day: from here on it is a fact (the letter rules, never the list)."""
        case = self.case
        if day != case.reporting_date and case.outcome in ("postponed", "absent", "cancelled"):
            case.outcome = None  # another call-up of the same sentence
        case.reporting_date, case.date_confirmed_by = day, by
        case.list_withdrew = False
        if case.phase == "waiting":
            case.phase = "called_up"
        case.touch("cases")

    def withdraw_date(self) -> None:
        """A letter took the day back, or put it off without a new one: there is no day now."""
        self.case.reporting_date = self.case.date_confirmed_by = None
        if self.case.phase == "called_up":
            self.case.phase = "waiting"
        self.case.touch("cases")

    def list_date(self, day: date | None) -> None:
        """An overview brings, moves or drops a date. It is a fact for nobody until the letter confirms it."""
        case = self.case
        case.list_withdrew = day is None and (case.overview_date is not None or case.list_withdrew)
        case.overview_date = day
        if case.date_confirmed_by is None:
            case.reporting_date = day
            if case.phase in ("waiting", "called_up"):
                case.phase = "called_up" if day else "waiting"
        case.touch("cases")

    def record_outcome(self, outcome: str, arrived: date | None = None) -> None:
        """Keep what came of the reporting date: reported, postponed, absent, arrested or cancelled.

        `arrived`: on which day they went in; who reported did so on the reporting date.
        """
        case = self.case
        case.outcome = outcome
        if outcome in ("reported", "arrested"):
            case.phase = "inside"
            case.arrived_on = (case.reporting_date if outcome == "reported" else None) or arrived
        elif case.phase == "inside":  # it was noted by mistake
            case.phase = "called_up" if case.reporting_date else "waiting"
            case.arrived_on = case.inside_on = case.release_date = None
        if outcome == "cancelled":
            Shares(case).end("cancelled")
        case.touch("cases")

    def known_inside(self, day: date) -> None:
        """Somebody said on this day that the person is inside: who asks whether they are out, asks later."""
        self.case.inside_on = day
        self.case.touch("cases")

    def expect_release(self, day: date | None, today: date | None = None) -> None:
        """Keep the day of release as somebody tells it; it may come up to two weeks early.

        Who tells it `today` knows the person inside. Once free it is the day on which they came out.
        """
        self.case.release_date = day
        if self.case.phase == "inside" and today is not None:
            self.case.inside_on = today
        self.case.touch("cases")

    def know_collected(self, fetched: bool) -> None:
        """Keep for now whether somebody fetches the person at release."""
        self.case.fetched = fetched

    @property
    def collected(self) -> bool:
        """Whether somebody fetches the person at release, as far as it is known."""
        case = self.case
        if case.fetched is not None:
            return case.fetched
        return case.id in case.stored and "nobody_to_collect" not in case.waiting

    def release(self, day: date, formal: date | None = None) -> None:
        """The person is out, from this day on; until the `formal` end of the sentence, where it is later, on leave.

        The prison has nothing to do any more, and reads nothing.
        """
        case = self.case
        Shares(case).end("released")
        case.release_date, case.formal_release, case.phase = day, formal, "released"
        case.inside_on = None
        case.touch("cases")

    def close(self, reason: str, day: date) -> None:
        """The case ends, with the reason; nothing goes out any more."""
        case = self.case
        Shares(case).end("closed")
        case.phase, case.closed_reason, case.closed_on = "closed", reason, day
        Schedule(case).cancel_all("case closed")
        case.touch("cases")

    def reopen(self) -> None:
        """The case goes on after all: the person is called up again, or it was closed by mistake."""
        case = self.case
        case.closed_reason = case.closed_on = None
        if case.outcome in ("reported", "arrested"):
            out = case.release_date is not None and case.inside_on is None
            case.phase = "released" if out else "inside"
        else:
            case.phase = "called_up" if case.reporting_date else "waiting"
        case.touch("cases")
