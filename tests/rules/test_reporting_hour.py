"""The hours of the reporting day: what the letter says, when somebody leaves, and what follows from one of the two."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from conversations.content.reminders import Reminders
from conversations.rules.reporting_hour import (
    before,
    expected_to_leave,
    forget_hours,
    leave_at,
    left_home,
    report_at,
    reporting_hour,
)
from conversations.words.reporting_day import day_and_hour, day_of_letter
from conversations.words.wording import Words
from storage.case.case import Case
from storage.case.case_parts import Identity

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY = date(2027, 3, 9)
USUAL = Reminders.load().reporting_day
DUTCH = Words("nl", ZoneInfo("Europe/Amsterdam"))


def a_case(report: str | None = None, leave: str | None = None) -> Case:
    case = Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("Sam", "Postma", 2002, "Z1"))
    if report is not None:
        case.person.answer("report_at", report, NOW)
    if leave is not None:
        case.person.answer("leave_at", leave, NOW)
    return case


@pytest.mark.parametrize(
    ("at", "minutes", "earlier"),
    [
        (time(9), 120, time(7)),
        (time(9, 15), 30, time(8, 45)),
        (time(2), 120, time(0)),
        (time(1), 120, time(0)),
        (time(0, 50), 50, time(0)),
        (time(1, 1), 60, time(0, 1)),
    ],
)
def test_an_earlier_time_of_the_day_never_lies_in_the_day_before(at: time, minutes: int, earlier: time) -> None:
    assert before(at, minutes) == earlier


@pytest.mark.parametrize(
    ("report", "leave", "leaves", "gone", "asked"),
    [
        # Nobody knows: nobody is called up for before ten.
        (None, None, None, time(10), time(10)),
        # The letter says it: two hours before it somebody leaves, and then they are gone.
        ("09:30", None, time(7, 30), time(7, 30), time(9, 30)),
        ("00:00", None, time(0), time(0), time(0)),
        # They said when they leave: two hours later they should be there.
        (None, "08:15", time(8, 15), time(8, 15), time(10, 15)),
        (None, "08:00", time(8), time(8), time(10)),
        (None, "22:30", time(22, 30), time(22, 30), time(23, 59)),
        (None, "21:59", time(21, 59), time(21, 59), time(23, 59)),
        # Both: each counts for its own.
        ("11:00", "06:45", time(6, 45), time(6, 45), time(11)),
        # "I do not know" is no hour.
        ("unknown?", None, None, time(10), time(10)),
    ],
)
def test_what_is_not_said_of_the_day_follows_from_what_is(
    report: str | None, leave: str | None, leaves: time | None, gone: time, asked: time
) -> None:
    case = a_case(leave=leave)
    if report == "unknown?":
        case.person.answer("report_at", ["unknown"], NOW)
    elif report is not None:
        case.person.answer("report_at", report, NOW)
        assert report_at(case) == time.fromisoformat(report)
    assert leave_at(case) == (None if leave is None else time.fromisoformat(leave))
    assert expected_to_leave(case, USUAL) == leaves
    assert left_home(case, USUAL) == gone
    assert reporting_hour(case, USUAL) == asked


def test_with_another_day_both_hours_are_forgotten() -> None:
    case = a_case("09:30", "07:15")
    forget_hours(case)
    assert (report_at(case), leave_at(case)) == (None, None)
    assert case.answers == {}


def test_the_day_is_written_in_full_with_its_hour_where_it_is_known() -> None:
    assert day_and_hour(DUTCH, DAY, None) == "dinsdag 9 maart 2027"
    assert day_and_hour(DUTCH, DAY, time(9, 30)) == "dinsdag 9 maart 2027, 09:30"


def test_only_a_day_that_the_letter_confirmed_is_told_with_its_hour() -> None:
    case = a_case("09:30")
    case.course.list_date(DAY)
    assert day_of_letter(DUTCH, case) == ""
    case.course.confirm_date(DAY, "letter")
    assert day_of_letter(DUTCH, case) == "dinsdag 9 maart 2027, 09:30"
