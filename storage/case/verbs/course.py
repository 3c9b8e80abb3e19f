"""The course of a case: what happened, its phase, the reporting date, release and the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from storage.case.case_fields import CaseFields
from storage.case.case_parts import Event, Teller, new_id
from storage.case.phases import BEFORE, Kind
from storage.case.postponement import ASKED, GRANTED, REFUSED, open_request
from storage.case.verbs.schedule import Schedule
from storage.case.verbs.shares import Shares


def phase_of(events: list[Event], has_day: bool) -> Kind:
    """Return where a case stands by what happened in it: where the last event led that led somewhere.

    `has_day`: whether somebody who waits at home has a day on which they must go.
    """
    led = next((event.to for event in reversed(events) if event.to is not None), None)
    if led is None or led in BEFORE:
        return "coming" if has_day else "waiting"
    return led


@dataclass(slots=True, repr=False)
class Course:
    """The course that a call-up takes. `by`: who told it."""

    case: CaseFields

    def happened(self, what: str, to: Kind | None, day: date | None, by: Teller) -> None:
        """Keep that something happened, on this day; the case stands from here on where it led `to`."""
        event = Event(new_id(), len(self.case.events), what, to, day, by)
        self.case.events.append(event)
        self.case.touch("event", event)
        self._stand()

    def _stand(self) -> None:
        self.case.phase = phase_of(self.case.events, self.case.reporting_date is not None)
        self.case.touch("cases")

    def confirm_date(self, day: date, by: Teller) -> None:
        """The letter says this day: from here on it is a fact (the letter rules, never the list)."""
        case = self.case
        if day != case.reporting_date:
            if open_request(case) is not None:
                self.happened(GRANTED, None, None, by)
            if case.outcome in ("postponed", "absent", "cancelled"):
                case.outcome = None  # another call-up of the same sentence
        case.reporting_date, case.date_confirmed_by = day, by
        case.list_withdrew = False
        self._stand()

    def ask_postponement(self, day: date, by: Teller) -> bool:
        """Another day was asked for, on this day; the one in the letter stands. False when it was asked for before."""
        if self.case.phase != "coming" or open_request(self.case) is not None:
            return False
        self.happened(ASKED, None, day, by)
        return True

    def refuse_postponement(self, day: date, by: Teller) -> bool:
        """The day in the letter stays, as was decided on this day; False when nothing was asked for."""
        if open_request(self.case) is None:
            return False
        self.happened(REFUSED, None, day, by)
        return True

    def withdraw_date(self) -> None:
        """A letter took the day back, or put it off without a new one: there is no day now."""
        if open_request(self.case) is not None:
            self.happened(GRANTED, None, None, "worker")
        self.case.reporting_date = self.case.date_confirmed_by = None
        self._stand()

    def list_date(self, day: date | None) -> None:
        """An overview brings, moves or drops a date. It is a fact for nobody until the letter confirms it."""
        case = self.case
        case.list_withdrew = day is None and (case.overview_date is not None or case.list_withdrew)
        case.overview_date = day
        if case.date_confirmed_by is None:
            case.reporting_date = day
        self._stand()

    def record_outcome(self, outcome: str, arrived: date | None = None, by: Teller = "worker") -> None:
        """Keep what came of the reporting date: reported, postponed, absent, arrested or cancelled.

        `arrived`: on which day they went in; who reported did so on the reporting date.
        """
        case = self.case
        case.outcome = outcome
        if outcome in ("reported", "arrested"):
            if case.phase == "free":  # inside again, or never out: the day of a release that is over says nothing
                case.release_date = case.formal_release = case.inside_on = None
            case.arrived_on = (case.reporting_date if outcome == "reported" else None) or arrived
            self.happened(outcome, "held", case.arrived_on, by)
            return
        noted_by_mistake = case.phase == "held"
        if noted_by_mistake:
            case.arrived_on = case.inside_on = case.release_date = None
        self.happened(outcome, "waiting" if noted_by_mistake else None, case.reporting_date, by)
        if outcome == "cancelled":
            Shares(case).end("cancelled")

    def known_inside(self, day: date) -> None:
        """Somebody said on this day that the person is inside: who asks whether they are out, asks later."""
        self.case.inside_on = day
        self.case.touch("cases")

    def expect_release(self, day: date | None, today: date | None = None) -> None:
        """Keep the day of release as somebody tells it; it may come up to two weeks early.

        Who tells it `today` knows the person inside. Once free it is the day on which they came out.
        """
        self.case.release_date = day
        if self.case.phase == "held" and today is not None:
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

    def release(self, day: date, formal: date | None = None, by: Teller = "worker") -> None:
        """The person is out, from this day on; until the `formal` end of the sentence, where it is later, on leave.

        The prison has nothing to do any more, and reads nothing.
        """
        case = self.case
        Shares(case).end("released")
        case.release_date, case.formal_release = day, formal
        case.inside_on = None
        self.happened("released", "free", day, by)

    def close(self, reason: str, day: date, by: Teller = "worker") -> None:
        """The case ends, with the reason; nothing goes out any more."""
        case = self.case
        Shares(case).end("closed")
        case.closed_reason, case.closed_on = reason, day
        Schedule(case).cancel_all("case closed")
        self.happened("closed", "closed", day, by)

    def reopen(self, day: date | None = None, by: Teller = "worker") -> None:
        """The case goes on after all: the person is called up again, or it was closed by mistake."""
        case = self.case
        case.closed_reason = case.closed_on = None
        back: Kind = "waiting"
        if case.outcome in ("reported", "arrested"):
            back = "free" if case.release_date is not None and case.inside_on is None else "held"
        self.happened("reopened", back, day, by)
