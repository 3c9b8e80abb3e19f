"""When reminders come: over every minute of the days on which clocks and calendars do odd things."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.content.reminders import Reminders
from conversations.reminders.agenda import EVE, EVE_AGAIN, LAST, MILESTONES, last_message_at, reporting_rows
from conversations.rules.reporting_hour import before
from conversations.rules.sending_hours import is_quiet, later_today, next_allowed, within_hours
from conversations.words.times import NotATimeError, read_time
from storage.case.case_parts import Preferences
from storage.clock import instant, wall

ZONE = ZoneInfo("Europe/Amsterdam")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
REMINDERS = Reminders.load()
HOURS = REMINDERS.sending


def last_sunday(year: int, month: int) -> date:
    day = date(year, month, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)


# Both changes of the clock of 2026–2030, the leap day, and the turn of each year.
ODD_DAYS = (
    [last_sunday(year, month) for year in range(2026, 2031) for month in (3, 10)]
    + [date(2028, 2, 29)]
    + [date(year, 1, 1) for year in range(2027, 2032)]
)


@pytest.mark.parametrize("odd", ODD_DAYS, ids=str)
def test_around_an_odd_day_each_reminder_is_planned_once_and_in_its_hours(odd: date) -> None:
    for ahead in (0, 1, 3, 7, 14):
        reporting = odd + timedelta(days=ahead)
        now = instant(odd - 20 * DAY, time(12), ZONE)
        rows = reporting_rows(reporting, now, ZONE, Preferences(), time(8, 30), REMINDERS)
        assert sorted(kind for kind, _, _ in rows) == sorted([*MILESTONES, EVE, EVE_AGAIN, LAST])
        for kind, day, at in rows:
            local = wall(instant(day, at, ZONE), ZONE)
            assert local.date() == day
            assert (local.time() == at) == (at != time(2, 30))
            assert HOURS.holds(local.time()) or kind == LAST


@pytest.mark.parametrize("odd", ODD_DAYS, ids=str)
def test_over_every_minute_of_an_odd_weekend_what_is_due_leaves_once_and_by_day(odd: date) -> None:
    """A row that is looked at each minute leaves the first minute at which it may: there is exactly one such minute."""
    wishes = Preferences(quiet_from=time(22), quiet_until=time(9, 30))
    begin, end = instant(odd - DAY, time(0), ZONE), instant(odd + 2 * DAY, time(0), ZONE)
    moment = begin
    while moment < end:
        for leaves in (within_hours(moment, ZONE, HOURS), next_allowed(moment, ZONE, wishes, HOURS)):
            local = wall(leaves, ZONE)
            assert leaves >= moment
            assert leaves - moment < timedelta(hours=15)
            assert HOURS.holds(local.time())
            assert within_hours(leaves, ZONE, HOURS) == leaves
        assert not is_quiet(wall(next_allowed(moment, ZONE, wishes, HOURS), ZONE).time(), wishes)
        moment += MINUTE


@pytest.mark.parametrize("odd", ODD_DAYS, ids=str)
def test_over_every_minute_of_an_odd_day_the_plan_for_a_date_never_lies_in_the_past(odd: date) -> None:
    reporting = odd + DAY
    moment, end = instant(odd - DAY, time(0), ZONE), instant(odd + 2 * DAY, time(0), ZONE)
    while moment < end:
        rows = reporting_rows(reporting, moment, ZONE, Preferences(), None, REMINDERS)
        kinds = [kind for kind, _, _ in rows]
        assert len(kinds) == len(set(kinds))
        assert all(instant(day, at, ZONE) > moment - MINUTE for _, day, at in rows)
        if wall(moment, ZONE).date() <= odd:
            assert EVE in kinds  # whoever learns of it the day before still hears of it
        else:
            assert set(kinds) <= {LAST}
        moment += MINUTE


def test_a_pause_holds_what_can_wait_until_its_end_at_the_persons_own_hour() -> None:
    wishes = Preferences(hour=time(12, 30), paused_until=date(2028, 3, 1))
    moment = instant(date(2028, 2, 27), time(10), ZONE)
    assert next_allowed(moment, ZONE, wishes, HOURS) == instant(date(2028, 3, 1), time(12, 30), ZONE)


_TIMES = st.none() | st.times(min_value=time(0), max_value=time(23, 59))


@given(
    moment=st.integers(0, 1_800_000).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + minutes * MINUTE * 1.4),
    begin=_TIMES,
    until=_TIMES,
    hour=_TIMES,
    pause=st.none() | st.dates(date(2026, 1, 1), date(2030, 12, 31)),
)
def test_whatever_somebody_wishes_a_message_leaves_by_day_and_not_in_vain(
    moment: datetime, begin: time | None, until: time | None, hour: time | None, pause: date | None
) -> None:
    wishes = Preferences(hour=hour, quiet_from=begin, quiet_until=until, paused_until=pause)
    leaves = next_allowed(moment, ZONE, wishes, HOURS)
    assert leaves >= moment
    assert HOURS.holds(wall(leaves, ZONE).time())
    assert next_allowed(leaves, ZONE, wishes, HOURS) == leaves
    paused = pause is not None and wall(moment, ZONE).date() < pause
    assert not paused or wall(leaves, ZONE).date() >= (pause or date.max)
    if not paused:
        assert leaves - moment <= timedelta(hours=49)


@pytest.mark.parametrize(
    ("leaves", "last"),
    [
        (None, time(9)),
        (time(8, 30), time(7)),
        (time(8), time(6, 30)),
        (time(6), time(5)),
        (time(5), time(4, 30)),
        (time(0, 10), time(0)),
        (time(13), time(11, 30)),
    ],
)
def test_the_last_message_comes_in_time_for_when_somebody_leaves(leaves: time | None, last: time) -> None:
    assert last_message_at(leaves, REMINDERS) == last


def test_for_every_hour_of_a_letter_the_last_message_comes_before_somebody_leaves_and_they_leave_before_it() -> None:
    for minutes in range(24 * 60):
        there = time(minutes // 60, minutes % 60)
        leaves = before(there, REMINDERS.reporting_day.on_the_way_minutes)
        assert leaves <= there
        assert (leaves < there) == (minutes > 0)
        last = last_message_at(leaves, REMINDERS)
        assert last <= leaves
        assert (last < leaves) == (leaves > time(0))
        assert last >= time(5) or leaves < time(5, 30)


@pytest.mark.parametrize(
    ("now", "quiet", "later"),
    [
        (time(11), None, time(13)),
        (time(17, 59), None, time(19, 59)),
        (time(18), None, None),
        (time(23, 30), None, None),
        (time(6), None, time(9)),
        (time(11), (time(12), time(16)), time(16)),
        (time(11), (time(12), time(9)), None),
    ],
)
def test_later_today_is_two_hours_from_now_or_when_messages_may_leave_again(
    now: time, quiet: tuple[time, time] | None, later: time | None
) -> None:
    wishes = Preferences(quiet_from=quiet and quiet[0], quiet_until=quiet and quiet[1])
    moment = instant(date(2026, 11, 24), now, ZONE)
    assert later_today(moment, ZONE, wishes, HOURS) == later
    # A week of rest ends by itself: what is planned waits for it.
    paused = Preferences(paused_until=date(2026, 12, 1), quiet_from=wishes.quiet_from, quiet_until=wishes.quiet_until)
    assert later_today(moment, ZONE, paused, HOURS) == later


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8", time(8)),
        ("8 uur", time(8)),
        ("om 8 uur", time(8)),
        ("half 9", time(8, 30)),
        ("kwart over 8", time(8, 15)),
        ("kwart voor 8", time(7, 45)),
        ("8.30", time(8, 30)),
        ("08:05", time(8, 5)),
        ("0830", time(8, 30)),
        ("7u30", time(7, 30)),
        ("8 uur 's ochtends", time(8)),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, read: time) -> None:
    assert read_time(typed) == read


@pytest.mark.parametrize("typed", ["25:00", "half 0", "morgen", "8:61", "١٢", "straks", "", "8 9 10"])
def test_what_is_no_time_is_asked_again(typed: str) -> None:
    with pytest.raises(NotATimeError):
        read_time(typed)
