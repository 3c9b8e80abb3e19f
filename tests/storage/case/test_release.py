"""The window of release: reckoned from arrival and sentence, narrowed by who knows, and never without a day to ask."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.content.reminders import Reminders
from conversations.reminders import home_check_plan
from conversations.self_reporter.day import perhaps_free
from storage.case.case import Case
from storage.case.case_parts import Identity
from storage.case.home_checks import CHECKS
from storage.case.release import Window, arrived, asks_on, formally_free_on, window_of
from storage.case.waiting import next_look, reasons_to_wait
from storage.clock import instant, wall

ZONE = ZoneInfo("Europe/Amsterdam")
REMINDERS = Reminders.load()
DAY = timedelta(days=1)
ARRIVED = date(2026, 12, 9)
NOW = datetime(2026, 12, 9, 9, 0, tzinfo=UTC)


def _inside(days: int | None = 30, told: date | None = None) -> Case:
    case = Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("Sam", "Postma", 2002, "Z1"))
    case.sentence_days, case.worker = days, "w1"
    case.course.confirm_date(ARRIVED, "self")
    case.course.record_outcome("reported")
    if told is not None:
        case.course.expect_release(told, ARRIVED)
    return case


@pytest.mark.parametrize(
    ("days", "earliest", "latest"),
    [
        (30, 16, 30),  # leave of two weeks may come before the end
        (8, 1, 8),  # ... but nobody is out before the day after they went in
        (7, 4, 7),  # too short for leave
        (1, 1, 1),
        (365, 351, 365),
        (366, 362, 366),  # too long for it; on conditions part of it falls away
        (540, 478, 540),
        (730, 605, 730),  # two years: of what is over the first a third
        (731, 484, 731),  # beyond that of all of it
        (1095, 727, 1095),
        (3000, 2267, 3000),  # and two years at most
        (None, 21, 35),  # nobody knows: as long as most
        (0, 21, 35),
    ],
)
def test_the_window_follows_from_the_length_of_the_sentence(days: int | None, earliest: int, latest: int) -> None:
    assert window_of(_inside(days)) == Window(ARRIVED + earliest * DAY, ARRIVED + latest * DAY)


def test_a_day_that_somebody_told_narrows_the_window_and_is_asked_about_a_week_later_at_the_soonest() -> None:
    case = _inside(30, told=ARRIVED + 20 * DAY)
    assert window_of(case) == Window(ARRIVED + 6 * DAY, ARRIVED + 20 * DAY, told=True)
    assert asks_on(case) == ARRIVED + 7 * DAY  # who told it knew them inside that day
    case.course.known_inside(ARRIVED + 16 * DAY)
    assert asks_on(case) == ARRIVED + 20 * DAY  # on the day itself, not after it
    case.course.known_inside(ARRIVED + 20 * DAY)
    assert asks_on(case) == ARRIVED + 27 * DAY


def test_who_was_known_inside_is_out_the_day_after_at_the_soonest() -> None:
    case = _inside(30)
    case.course.known_inside(ARRIVED + 25 * DAY)
    assert window_of(case) == Window(ARRIVED + 26 * DAY, ARRIVED + 30 * DAY)
    case.course.known_inside(ARRIVED - DAY)
    assert window_of(case) == Window(ARRIVED + 16 * DAY, ARRIVED + 30 * DAY)


def test_of_a_sentence_too_short_for_leave_a_told_day_is_early_by_days_and_not_by_weeks() -> None:
    assert window_of(_inside(7, told=ARRIVED + 7 * DAY)) == Window(ARRIVED + 4 * DAY, ARRIVED + 7 * DAY, told=True)


def test_where_nobody_noted_the_day_they_went_in_an_earlier_one_stands_for_it() -> None:
    case = _inside()
    case.listed_on = ARRIVED - 40 * DAY
    case.arrived_on = ARRIVED + DAY
    assert arrived(case) == ARRIVED + DAY
    case.arrived_on = None
    assert arrived(case) == ARRIVED
    case.reporting_date = None
    assert arrived(case) == ARRIVED - 40 * DAY
    case.listed_on = None
    assert arrived(case) == NOW.date()


def test_who_was_arrested_went_in_on_the_day_that_it_was_noted() -> None:
    case = _inside()
    case.course.record_outcome("arrested", ARRIVED + 12 * DAY)
    assert window_of(case) == Window(ARRIVED + 28 * DAY, ARRIVED + 42 * DAY)


def test_out_before_the_formal_end_is_leave_and_both_days_are_kept() -> None:
    case = _inside(30)
    assert formally_free_on(case, ARRIVED + 18 * DAY) == ARRIVED + 30 * DAY
    assert formally_free_on(case, ARRIVED + 30 * DAY) is None
    assert formally_free_on(_inside(None), ARRIVED + 18 * DAY) is None  # nobody knows the end


def test_nobody_else_has_a_window() -> None:
    case = _inside()
    case.course.release(ARRIVED + 20 * DAY)
    assert (window_of(case), asks_on(case)) == (None, None)
    case.course.close("finished", ARRIVED + 40 * DAY)
    assert window_of(case) is None


def test_a_case_closed_by_mistake_while_its_person_was_inside_goes_on_inside() -> None:
    case = _inside(30, told=ARRIVED + 20 * DAY)
    case.course.close("finished", ARRIVED + 2 * DAY)
    case.course.reopen()
    assert case.phase == "held"
    case.course.release(ARRIVED + 20 * DAY)
    case.course.close("finished", ARRIVED + 21 * DAY)
    case.course.reopen()
    assert case.phase == "free"


@settings(max_examples=150)
@given(
    st.none() | st.integers(-1, 2000),
    st.lists(
        st.tuples(
            st.sampled_from(["told", "untold", "inside", "close", "reopen", "free", "arrested", "quiet", "wait"]),
            st.integers(-40, 120),
        ),
        max_size=12,
    ),
)
def test_nobody_inside_is_without_a_reason_to_wait_or_a_day_that_brings_one(
    days: int | None, story: list[tuple[str, int]]
) -> None:
    case, now = _inside(days), instant(ARRIVED, time(12), ZONE)
    for what, by in story:
        today = wall(now, ZONE).date()
        match what:
            case "told":
                case.course.expect_release(today + by * DAY, today)
            case "untold":
                case.course.expect_release(None, today)
            case "held" if case.phase == "held":
                case.course.known_inside(today)
            case "close":
                case.course.close("finished", today)
            case "reopen" if case.phase == "closed":
                case.course.reopen()
            case "free" if case.phase == "held":
                case.course.release(today, formally_free_on(case, today))
            case "arrested":
                case.course.record_outcome("arrested", today)
            case "quiet":
                case.person.prefer(quiet_from=time(8), quiet_until=time(12 + abs(by) % 8))
            case _:
                now += timedelta(hours=abs(by) * 5)
        perhaps_free.plan(case, now, ZONE, REMINDERS.sending)
        home_check_plan.plan(case, now, ZONE, REMINDERS)
        today, planned = wall(now, ZONE).date(), [r for r in case.reminders if r.state == "planned"]
        asked = asks_on(case)
        assert (asked is not None) == (case.phase == "held")
        if asked is None:
            assert not [r for r in planned if r.kind == "perhaps_free"]
            continue
        # Never further than a life's worth: somebody asks a day after the latest day at the latest, or a week on.
        window = window_of(case)
        assert window is not None
        assert window.earliest <= asked
        assert asked <= max(window.earliest, (case.inside_on or ARRIVED) + 7 * DAY)
        reasons = reasons_to_wait(case, now, ZONE)
        assert ("perhaps_free" in reasons) is (asked <= today)
        if "perhaps_free" not in reasons:
            look = next_look(case, now, ZONE)
            assert look is not None
            assert look <= instant(asked, time(0), ZONE)
            assert [r for r in planned if r.kind == "perhaps_free" and r.day == asked]
        # To a phone that may be in other hands it comes once a week at most.
        asked_on = sorted(r.day for r in planned if r.kind == "perhaps_free")
        assert all(later - day >= 7 * DAY for day, later in pairwise(asked_on))
        # What is due now leaves.
        for row in planned:
            if row.due_at <= now:
                row.state = "sent"


def test_the_checks_at_home_follow_the_day_of_release_and_come_once() -> None:
    case = _inside()
    case.course.release(ARRIVED + 20 * DAY)
    home_check_plan.plan(case, instant(ARRIVED + 20 * DAY, time(7), ZONE), ZONE, REMINDERS)

    def checks() -> list[tuple[str, int, str]]:
        rows = [r for r in case.reminders if r.kind in CHECKS and r.state != "cancelled"]
        return [(r.kind, (r.day - ARRIVED).days, f"{r.at:%H:%M}") for r in rows]

    day, week = ("check_day", 20, "10:00"), ("check_week", 27, "10:00")
    assert checks() == [day, week, ("check_month", 50, "10:00"), ("check_22", 174, "10:00")]
    for row in case.reminders[:2]:
        row.state = "sent"
    case.course.expect_release(ARRIVED + 18 * DAY)
    home_check_plan.plan(case, NOW + 28 * DAY, ZONE, REMINDERS)
    assert checks() == [day, week, ("check_month", 48, "10:00"), ("check_22", 172, "10:00")]
    case.course.close("finished", ARRIVED + 30 * DAY)
    assert {r.state for r in case.reminders} == {"sent", "cancelled"}


@pytest.mark.parametrize(
    ("told", "at", "first"),
    [
        (0, time(6), ("check_day", 20, "10:00")),
        (0, time(9, 30), ("check_day", 20, "11:30")),
        (0, time(15), ("check_day", 20, "17:00")),
        (3, time(15), ("check_day", 23, "17:00")),
        # The week is over: one question is enough, not that of the first day and that of the week.
        (9, time(15), ("check_week", 29, "17:00")),
        (400, time(15), ("check_22", 420, "17:00")),
    ],
)
def test_the_first_check_comes_at_ten_or_two_hours_after_the_release_became_known(
    told: int, at: time, first: tuple[str, int, str]
) -> None:
    case = _inside()
    case.course.release(ARRIVED + 20 * DAY)
    now = instant(ARRIVED + (20 + told) * DAY, at, ZONE)
    for later in (0, 1, 119):  # whatever is written meanwhile, it keeps its time
        home_check_plan.plan(case, now + timedelta(minutes=later), ZONE, REMINDERS)
    rows = [r for r in case.reminders if r.kind in CHECKS]
    assert (rows[0].kind, (rows[0].day - ARRIVED).days, f"{rows[0].at:%H:%M}") == first
    assert len({r.kind for r in rows}) == len(rows)
