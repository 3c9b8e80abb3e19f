"""A case: one call-up of one self-reporter, as an object with verbs. Pure: no SQL, no network, no clock of its own.

Each verb changes the case in memory and remembers what it touched; `storage/case/cases.py` writes exactly that.
"""

from __future__ import annotations

from datetime import date, datetime

from storage.case.case_parts import LEVELS, UNSETTLED, Level, Story, new_id
from storage.case.helping import Helping
from storage.case.sharing import Sharing
from storage.case.signals import Signals


class Case(Sharing, Signals, Helping):
    """One call-up, whole: these are the verbs of its course."""

    __slots__ = ()

    def reach_by(self, channel: str) -> None:
        """Keep how the person wants to be reached: chat, telephone, paper or visit."""
        self.channel = channel
        self.touch("cases")

    def know_care(self, known: bool | None) -> None:
        """Keep whether professionals knew the person already; None when nobody knows."""
        self.known_to_care = known
        self.touch("cases")

    def count_questions(self, left: int) -> None:
        """Keep how many questions apply and have no answer."""
        if left != self.questions_left:
            self.questions_left = left
            self.touch("cases")

    def press(self, level: int) -> None:
        """Keep how worrying it is, from 0 to 4: lists sort by it."""
        if level != self.pressing:
            self.pressing = level
            self.touch("cases")

    def record_outcome(self, outcome: str, arrived: date | None = None) -> None:
        """Keep what came of the reporting date: reported, postponed, absent, arrested or cancelled.

        `arrived`: on which day they went in; who reported did so on the reporting date.
        """
        self.outcome = outcome
        if outcome in ("reported", "arrested"):
            self.phase = "inside"
            self.arrived_on = (self.reporting_date if outcome == "reported" else None) or arrived
        elif self.phase == "inside":  # it was noted by mistake
            self.phase = "called_up" if self.reporting_date else "waiting"
            self.arrived_on = self.inside_on = self.release_date = None
        if outcome == "cancelled":
            self.end_shares("cancelled")
        self.touch("cases")

    def release(self, day: date, formal: date | None = None) -> None:
        """The person is out, from this day on; until the `formal` end of the sentence, where it is later, on leave.

        The prison has nothing to do any more, and reads nothing.
        """
        self.end_shares("released")
        self.release_date, self.formal_release, self.phase = day, formal, "released"
        self.inside_on = None
        self.touch("cases")

    def known_inside(self, day: date) -> None:
        """Somebody said on this day that the person is inside: who asks whether they are out, asks later."""
        self.inside_on = day
        self.touch("cases")

    def close(self, reason: str, day: date) -> None:
        """The case ends, with the reason; nothing goes out any more."""
        self.end_shares("closed")
        self.phase, self.closed_reason, self.closed_on = "closed", reason, day
        for row in self.reminders:
            if row.state in UNSETTLED:
                self.end_reminder(row, "cancelled", "case closed")
        self.touch("cases")

    def reopen(self) -> None:
        """The case goes on after all: the person is called up again, or it was closed by mistake."""
        self.closed_reason = self.closed_on = None
        if self.outcome in ("reported", "arrested"):
            out = self.release_date is not None and self.inside_on is None
            self.phase = "released" if out else "inside"
        else:
            self.phase = "called_up" if self.reporting_date else "waiting"
        self.touch("cases")

    def mark(self, today: date, added_on: date) -> None:
        """Keep on which day it first stood on a list, had an action, and had a plan that the person agreed to.

        `added_on`: the day on the wall on which it was added, for a case that no list has brought.
        """
        if self.first_listed_on is None:
            self.first_listed_on = self.listed_on or added_on
        if self.first_action_on is None or self.plan_agreed_on is None:
            standing = [a for a in self.actions if a.status in ("agreed", "done")]
            if standing and self.first_action_on is None:
                self.first_action_on = today
            # What a worker does of their own accord asks for nobody's agreement.
            if self.plan_agreed_on is None and any(a.by != "worker" or a.owner != "worker" for a in standing):
                self.plan_agreed_on = today

    def know(self, fact: str, holds: bool | None) -> None:
        """Keep a fact that the figures need: yes, no, or None when nobody knows."""
        if self.facts.get(fact) is not holds:
            self.facts = {name: value for name, value in self.facts.items() if name != fact}
            if holds is not None:
                self.facts[fact] = holds
            self.touch("cases")

    def tell(self, kind: str, moment: str, text: str, now: datetime) -> Story:
        """Keep what somebody said of the help (`helped`, `missed`, `who`, `worker`, `story`) at the plan or after."""
        row = Story(new_id(), kind, moment, now, text)
        self.stories.append(row)
        self.touch("story", row)
        return row

    def expect_release(self, day: date | None, today: date | None = None) -> None:
        """Keep the day of release as somebody tells it; it may come up to two weeks early.

        Who tells it `today` knows the person inside. Once free it is the day on which they came out.
        """
        self.release_date = day
        if self.phase == "inside" and today is not None:
            self.inside_on = today
        self.touch("cases")

    def attend(self, by: datetime | None) -> None:
        """Keep by when somebody must have attended to it."""
        if by != self.attend_by:
            self.attend_by = by
            self.touch("cases")

    def know_collected(self, fetched: bool) -> None:
        """Keep for now whether somebody fetches the person at release."""
        self.fetched = fetched

    @property
    def collected(self) -> bool:
        """Tell whether somebody fetches the person at release, as far as it is known."""
        if self.fetched is not None:
            return self.fetched
        return self.id in self.stored and "nobody_to_collect" not in self.waiting

    def alarm(self) -> None:
        """The coordinators were told that nobody has seen to it in time."""
        self.alarmed_until = self.attend_by
        self.touch("cases")

    def invite(self, now: datetime) -> None:
        """An invitation was made."""
        self.invited_at = now
        self.touch("cases")

    def join(self, now: datetime) -> None:
        """The self-reporter opened the invitation on their own phone."""
        self.joined_at = self.joined_at or now
        self.unreachable_since = None
        self.touch("cases")

    @property
    def has_begun(self) -> bool:
        """Whether somebody came in by a phone, answered or agreed to anything: another phone needs the worker's yes."""
        return bool(self.joined_at or self.answers or any(a.by != "worker" for a in self.actions))

    def knock(self, phone: str, now: datetime) -> None:
        """Another phone has the code and the year of birth: its chat waits for a yes. The last one counts."""
        self.new_phone, self.new_phone_at, self.call_asked_at = phone, now, None
        self.touch("cases")

    def ask_call(self, now: datetime) -> bool:
        """Who holds the new phone wants to be called; True the first time."""
        first = self.call_asked_at is None
        self.call_asked_at = self.call_asked_at or now
        self.touch("cases")
        return first

    def answer_knock(self) -> None:
        """Somebody who helps has said whether the new phone is theirs: it waits no longer."""
        self.new_phone = self.new_phone_at = self.call_asked_at = None
        self.touch("cases")

    @property
    def knock_number(self) -> int:
        """Return two digits that stand on the new phone: who is called reads them out, else another gets the yes."""
        assert self.new_phone is not None
        return 10 + int(self.new_phone[-12:], 16) % 90

    def speak(self, language: str) -> None:
        """Keep the language that the person reads."""
        self.language = language
        self.touch("cases")

    def reached(self, yes: bool, now: datetime) -> None:
        """Keep whether messages arrive."""
        self.unreachable_since = None if yes else (self.unreachable_since or now)
        self.touch("cases")

    def confirm_date(self, day: date, by: str) -> None:
        """The letter says this day: from here on it is a fact (the letter rules, never the list)."""
        if day != self.reporting_date and self.outcome in ("postponed", "absent", "cancelled"):
            self.outcome = None  # another call-up of the same sentence
        self.reporting_date, self.date_confirmed_by = day, by
        self.list_withdrew = False
        if self.phase == "waiting":
            self.phase = "called_up"
        self.touch("cases")

    def withdraw_date(self) -> None:
        """A letter took the day back, or put it off without a new one: there is no day now."""
        self.reporting_date = self.date_confirmed_by = None
        if self.phase == "called_up":
            self.phase = "waiting"
        self.touch("cases")

    def list_date(self, day: date | None) -> None:
        """An overview brings, moves or drops a date. It is a fact for nobody until the letter confirms it."""
        self.list_withdrew = day is None and (self.overview_date is not None or self.list_withdrew)
        self.overview_date = day
        if self.date_confirmed_by is None:
            self.reporting_date = day
            if self.phase in ("waiting", "called_up"):
                self.phase = "called_up" if day else "waiting"
        self.touch("cases")

    @property
    def letter_at(self) -> datetime | None:
        """When the first letter to the person left, of a batch or noted by a worker.

        An invitation alone is none: it may be a picture on a colleague's screen.
        """
        return min(self._letters(), default=None)

    def _letters(self) -> list[datetime]:
        return [c.on for c in self.contacts if (c.kind, c.direction) == ("letter", "out")]

    def began(self, made_at: datetime, now: datetime) -> None:
        """The person opened an invitation that was made at a moment, and is there: contact, by chat.

        A code that no letter has taken along since was shown to them by us: then it is no answer to a former letter.
        """
        self.join(now)
        letters = self._letters()
        if letters and max(letters) < made_at:
            self.contacted("chat", "out", now)
        self.contacted("chat", "in", now)

    @property
    def confirmed_date(self) -> date | None:
        """The reporting date, once the letter confirmed it."""
        return self.reporting_date if self.date_confirmed_by else None

    def days_left(self, today: date) -> int | None:
        """Return the days until the reporting date, or None without one."""
        return (self.reporting_date - today).days if self.reporting_date else None

    @property
    def level(self) -> Level:
        """The highest level of the flags that stand."""
        standing = [LEVELS.index(f.level) for f in self.flags if f.stands]
        return LEVELS[max(standing, default=0)]
