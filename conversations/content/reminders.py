"""Reminders, as data: at which hours they come, and how long before or after a day.

What protects people holds whatever a municipality writes: nobody is written to at night, there is a reminder on the day
before the reporting day early enough to call who has not opened it, and the last message comes before somebody leaves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Annotated, Literal, Self, TypeVar

from pydantic import AfterValidator, Field, model_validator

from conversations.content.files.content_file import ContentFile, Data, Id, refuse, twice
from storage.case.home_checks import CheckId

InOrder = TypeVar("InOrder", int, time)

# The widest hours in which messages may leave, and the shortest time between them: an outage must not cost the day.
EARLIEST, LATEST, SHORTEST = time(7), time(22), timedelta(hours=4)
# The latest hour of the reminder on the day before: not opened, there must be time to call.
EVE_AT_LATEST = time(12)
# The earliest of all: the last message to who leaves early. And the latest at which somebody is thought to have left.
AWAKE, GONE_AT_LATEST = time(5), time(12)

_EXAMPLES = {
    "sending": "a [sending] table with opens, closes, usual and later_minutes",
    "opens": "opens = 09:00:00",
    "closes": "closes = 20:00:00",
    "usual": "usual = 10:00:00",
    "later_minutes": "later_minutes = 120",
    "milestones": "a [milestones] table with reporting_14, reporting_7 and reporting_3",
    "reporting_14": "reporting_14 = 14",
    "reporting_7": "reporting_7 = 7",
    "reporting_3": "reporting_3 = 3",
    "day_before": "a [day_before] table with at, again and to_call_minutes",
    "at": "at = 10:00:00",
    "again": "again = 16:00:00",
    "to_call_minutes": "to_call_minutes = 30",
    "reporting_day": "a [reporting_day] table, as in the packaged file",
    "last_before_leaving_minutes": "last_before_leaving_minutes = 90",
    "last_at_least_minutes": "last_at_least_minutes = 30",
    "last_not_before": "last_not_before = 05:00:00",
    "on_the_way_minutes": "on_the_way_minutes = 120",
    "left_home": "left_home = 10:00:00",
    "leave_offered": "leave_offered = [08:00:00, 08:30:00, 09:00:00]",
    "leave_earlier_minutes": "leave_earlier_minutes = [120, 90, 60]",
    "letter_offered": "letter_offered = [09:00:00, 10:00:00, 13:00:00]",
    "actions": "an [actions] table with days_before, evening and not_yet",
    "days_before": "days_before = 1",
    "evening": "evening = 19:30:00",
    "not_yet": "not_yet = 3",
    "check_ins": "a [check_ins] table with every_weeks, before_days, lasts_days and soon_days",
    "every_weeks": "every_weeks = 8",
    "before_days": "before_days = 14",
    "lasts_days": "lasts_days = 7",
    "soon_days": "soon_days = 1",
    "at_home": "an [at_home] table with known_minutes, call_at and a [[at_home.check]] table for each check-in",
    "known_minutes": "known_minutes = 120",
    "call_at": "call_at = 16:00:00",
    "check": "a [[at_home.check]] table with id, days, asks, call_days and counts_as",
    "asks": 'asks = ["home", "money_now"]',
    "call_days": "call_days = 3",
    "counts_as": 'counts_as = "release"',
}


def _on_the_wall(at: time) -> time:
    """Return a time as a clock on the wall shows it; raises ValueError for seconds, and for a zone of its own."""
    if at.second or at.microsecond or at.tzinfo is not None:
        raise ValueError("is no time in whole minutes; write it like 09:30:00")
    return at


Hour = Annotated[time, AfterValidator(_on_the_wall)]


class Sending(Data):
    """The hours in which messages leave that come unasked, the usual one, and how many minutes "later today" is."""

    opens: Hour
    closes: Hour
    usual: Hour
    later_minutes: int = Field(ge=30, le=480)

    def holds(self, at: time) -> bool:
        """Tell whether a time of the day lies in them."""
        return self.opens <= at < self.closes


class Milestones(Data):
    """Days before the reporting day on which a reminder comes. Its name stands in the schedule, whatever its days."""

    reporting_14: int = Field(ge=2, le=90)
    reporting_7: int = Field(ge=2, le=90)
    reporting_3: int = Field(ge=2, le=90)

    @property
    def days(self) -> dict[str, int]:
        """The days before the reporting day, by the name of the reminder, most first."""
        return self.model_dump()


class DayBefore(Data):
    """The day before the reporting day: its reminder, the one where that was not opened, and minutes left to call."""

    at: Hour
    again: Hour
    to_call_minutes: int = Field(ge=15, le=240)


class ReportingDay(Data):
    """The reporting day: minutes and hours around the one at which somebody leaves home, and what is offered."""

    last_before_leaving_minutes: int = Field(ge=15, le=240)
    last_at_least_minutes: int = Field(ge=15, le=240)
    last_not_before: Hour
    on_the_way_minutes: int = Field(ge=30, le=480)
    left_home: Hour
    leave_offered: tuple[Hour, ...] = Field(min_length=1, max_length=4)
    leave_earlier_minutes: tuple[Annotated[int, Field(ge=5, le=480)], ...] = Field(min_length=1, max_length=4)
    letter_offered: tuple[Hour, ...] = Field(min_length=1, max_length=4)


class Actions(Data):
    """What was agreed: how many days before it is asked about, at which hour on the eve, how often "not yet" does."""

    days_before: int = Field(ge=1, le=14)
    evening: Hour
    not_yet: int = Field(ge=2, le=10)


class CheckIns(Data):
    """Check-ins: how often without a day, how long before and how soon after one, how long an answer holds."""

    every_weeks: int = Field(ge=1, le=26)
    before_days: int = Field(ge=2, le=90)
    lasts_days: int = Field(ge=1, le=60)
    soon_days: int = Field(ge=1, le=7)


class HomeCheck(Data):
    """A check-in after release: on which day since then, what it asks, and when who helps calls instead.

    `id` stands in the schedule, whatever its days. `asks`: questions of the checklist. `call_days`: so many days
    without an answer; 0 is the same day. `counts_as`: the moment in the figures that its answers tell of.
    """

    id: CheckId
    days: int = Field(ge=0, le=182)
    asks: tuple[Id, ...] = Field(min_length=1, max_length=8)
    call_days: int = Field(ge=0, le=14)
    counts_as: Literal["release", "later"] = "release"


class AtHome(Data):
    """After release: the check-ins; minutes after a release became known, and the hour for calls of the same day."""

    known_minutes: int = Field(ge=30, le=480)
    call_at: Hour
    checks: tuple[HomeCheck, ...] = Field(alias="check", min_length=1)

    def check(self, kind: str) -> HomeCheck | None:
        """Return the check-in of a kind in the schedule; None for another kind, and where the file has left it out."""
        return next((one for one in self.checks if one.id == kind), None)


class Reminders(ContentFile):
    """All of it."""

    packaged = "reminders.toml"
    examples = _EXAMPLES

    sending: Sending
    milestones: Milestones
    day_before: DayBefore
    reporting_day: ReportingDay
    actions: Actions
    check_ins: CheckIns
    at_home: AtHome

    @model_validator(mode="after")
    def _protect(self) -> Self:
        refuse([*self._hours(), *self._order(), *self._last_message()])
        return self

    def _hours(self) -> Iterator[str]:
        sending, day_before = self.sending, self.day_before
        if sending.opens < EARLIEST:
            yield f"sending.opens: nobody is written to before {EARLIEST:%H:%M}; write {EARLIEST} or later"
        if sending.closes > LATEST:
            yield f"sending.closes: nobody is written to after {LATEST:%H:%M}; write {LATEST} or earlier"
        if _between(sending.opens, sending.closes) < SHORTEST:
            yield "sending.closes: leaves fewer than four hours a day for messages; write a later time"
            return
        named = {
            "sending.usual": sending.usual,
            "day_before.at": day_before.at,
            "day_before.again": day_before.again,
            "actions.evening": self.actions.evening,
            "at_home.call_at": self.at_home.call_at,
        }
        for where, at in named.items():
            if not sending.holds(at):
                hours = f"from {sending.opens} until before {sending.closes}"
                yield f"{where}: lies outside the sending hours; write a time {hours}"
        if day_before.at > EVE_AT_LATEST:
            yield f"day_before.at: leaves no time to call who does not open it; write {EVE_AT_LATEST} or earlier"
        if day_before.again <= day_before.at:
            yield "day_before.again: does not come after the first one; write a time later than at"

    def _order(self) -> Iterator[str]:
        for (longer, more), (shorter, fewer) in pairwise(self.milestones.days.items()):
            if fewer >= more:
                yield f"milestones.{shorter}: does not come after {longer}; write fewer than {more} days"
        yield from self._checks()
        day = self.reporting_day
        for name, offered in (("leave_offered", day.leave_offered), ("letter_offered", day.letter_offered)):
            if not _rises(offered):
                yield f"reporting_day.{name}: are not in order; write each later than the one before it"
        if not _rises(day.leave_earlier_minutes[::-1]):
            yield "reporting_day.leave_earlier_minutes: are not in order; write each smaller than the one before it"

    def _checks(self) -> Iterator[str]:
        """Each comes once, on a day of its own, and who helps has called before the next one."""
        checks = self.at_home.checks
        yield from twice("at_home.check", (one.id for one in checks))
        for one in checks:
            yield from twice(f"at_home.check.{one.id}.asks", one.asks)
        for one, other in pairwise(checks):
            where = f"at_home.check.{other.id}.days"
            if other.days == one.days:
                yield f"{where}: {one.id} comes on that day already; write another day"
            elif other.days < one.days:
                yield f"{where}: does not come after {one.id}; write more than {one.days} days"
            elif other.days - one.days <= one.call_days:
                mend = f"write fewer than {other.days - one.days} days"
                yield f"at_home.check.{one.id}.call_days: who helps calls after the next check-in; {mend}"

    def _last_message(self) -> Iterator[str]:
        day = self.reporting_day
        if day.last_before_leaving_minutes < day.last_at_least_minutes:
            mend = f"write {day.last_before_leaving_minutes} or less"
            yield f"reporting_day.last_at_least_minutes: is more than last_before_leaving_minutes; {mend}"
        if not AWAKE <= day.last_not_before <= self.sending.opens:
            mend = f"write a time from {AWAKE} to {self.sending.opens}"
            yield f"reporting_day.last_not_before: comes at night, or after sending.opens; {mend}"
        if not self.sending.opens < day.left_home <= GONE_AT_LATEST:
            mend = f"write a time after {self.sending.opens}, {GONE_AT_LATEST} at the latest"
            yield f"reporting_day.left_home: the last message must come before it, and no other after it; {mend}"


def _between(first: time, second: time) -> timedelta:
    return datetime.combine(date.min, second) - datetime.combine(date.min, first)


def _rises(values: Sequence[InOrder]) -> bool:
    return all(one < other for one, other in pairwise(values))
