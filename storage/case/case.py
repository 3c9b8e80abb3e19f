"""A case: one call-up of one self-reporter, with what it has. Pure: no SQL, no network, no clock of its own.

Each verb changes the case in memory and remembers what it touched; `storage/case/cases.py` writes exactly that.
"""

from __future__ import annotations

from datetime import date

from storage.case.case_fields import CaseFields
from storage.case.verbs.attention import Attention
from storage.case.verbs.course import Course
from storage.case.verbs.door import Door
from storage.case.verbs.figures import CaseFigures
from storage.case.verbs.helpers import Helpers
from storage.case.verbs.person import Person
from storage.case.verbs.plan import Plan
from storage.case.verbs.reach import Reach
from storage.case.verbs.schedule import Schedule
from storage.case.verbs.shares import Shares
from storage.case.verbs.signals import Signals
from storage.case.verbs.thread import Thread


class Case(CaseFields):
    """One call-up, whole. Each noun is a view of its fields, made when it is asked for: a loaded case holds none."""

    __slots__ = ()

    @property
    def person(self) -> Person:
        """What the person answers, wants, allows and tells."""
        return Person(self)

    @property
    def course(self) -> Course:
        """Its phase, the reporting date, what came of it, release and the end."""
        return Course(self)

    @property
    def plan(self) -> Plan:
        """The actions."""
        return Plan(self)

    @property
    def schedule(self) -> Schedule:
        """The reminders."""
        return Schedule(self)

    @property
    def shares(self) -> Shares:
        """What a prison reads of the actions."""
        return Shares(self)

    @property
    def signals(self) -> Signals:
        """The flags."""
        return Signals(self)

    @property
    def thread(self) -> Thread:
        """The messages."""
        return Thread(self)

    @property
    def reach(self) -> Reach:
        """How the person is reached, and the contacts."""
        return Reach(self)

    @property
    def door(self) -> Door:
        """A new phone that waits for a yes."""
        return Door(self)

    @property
    def helpers(self) -> Helpers:
        """Who has it, notes, measures, decisions and hand-overs."""
        return Helpers(self)

    @property
    def attention(self) -> Attention:
        """How worrying it is, and by when somebody must have seen to it."""
        return Attention(self)

    @property
    def figures(self) -> CaseFigures:
        """What the figures need."""
        return CaseFigures(self)

    @property
    def confirmed_date(self) -> date | None:
        """The reporting date, once the letter confirmed it."""
        return self.reporting_date if self.date_confirmed_by else None

    def days_left(self, today: date) -> int | None:
        """Return the days until the reporting date, or None without one."""
        return (self.reporting_date - today).days if self.reporting_date else None
