"""When a message may leave that comes unasked: by day, outside somebody's quiet hours, after their pause."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from conversations.content.reminders import Reminders
from conversations.rules.sending_hours import hour_of, is_quiet, later_today, next_allowed, within_hours
from storage.case.case_parts import Preferences
from storage.clock import instant

ZONE = ZoneInfo("Europe/Amsterdam")
HOURS = Reminders.load().sending
DAY, NEXT = date(2026, 11, 24), date(2026, 11, 25)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return instant(day, time(hour, minute), ZONE)


@pytest.mark.parametrize(
    ("begin", "end", "quiet", "not_quiet"),
    [
        (time(13), time(15), [time(13), time(14, 59)], [time(12, 59), time(15)]),
        (time(22), time(9, 30), [time(22), time(23, 59), time(0), time(9, 29)], [time(21, 59), time(9, 30), time(12)]),
        (time(13), time(13), [], [time(13), time(0)]),
        (time(13), None, [], [time(13), time(14)]),
        (None, time(15), [], [time(14), time(15)]),
        (None, None, [], [time(3)]),
    ],
)
def test_quiet_hours_begin_and_end_at_their_minute_also_past_midnight(
    begin: time | None, end: time | None, quiet: list[time], not_quiet: list[time]
) -> None:
    wishes = Preferences(quiet_from=begin, quiet_until=end)
    assert all(is_quiet(moment, wishes) is True for moment in quiet)
    assert all(is_quiet(moment, wishes) is False for moment in not_quiet)


@pytest.mark.parametrize(
    ("wish", "hour"),
    [
        (None, time(10)),
        (time(9), time(9)),
        (time(19, 59), time(19, 59)),
        (time(20), time(10)),
        (time(8, 59), time(10)),
    ],
)
def test_somebody_is_reminded_at_their_own_hour_or_at_ten(wish: time | None, hour: time) -> None:
    assert hour_of(Preferences(hour=wish), HOURS) == hour


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        (at(DAY, 8, 59), at(DAY, 9)),
        (at(DAY, 9), at(DAY, 9)),
        (at(DAY, 19, 59), at(DAY, 19, 59)),
        (at(DAY, 20), at(NEXT, 9)),
        (at(DAY, 23), at(NEXT, 9)),
        (at(DAY, 0), at(DAY, 9)),
    ],
)
def test_messages_leave_between_nine_and_eight_in_the_evening(moment: datetime, leaves: datetime) -> None:
    assert within_hours(moment, ZONE, HOURS) == leaves
    assert next_allowed(moment, ZONE, Preferences(), HOURS) == leaves


@pytest.mark.parametrize(
    ("wishes", "moment", "leaves"),
    [
        # Quiet in the morning: what falls due leaves when that ends.
        (Preferences(quiet_from=time(8), quiet_until=time(11)), at(DAY, 9), at(DAY, 11)),
        (Preferences(quiet_from=time(8), quiet_until=time(11)), at(DAY, 7), at(DAY, 11)),
        # Quiet over noon: before it, after it, and never in it.
        (Preferences(quiet_from=time(12), quiet_until=time(14)), at(DAY, 13), at(DAY, 14)),
        (Preferences(quiet_from=time(12), quiet_until=time(14)), at(DAY, 21), at(NEXT, 9)),
        # Quiet from the afternoon on until the next morning.
        (Preferences(quiet_from=time(15), quiet_until=time(10)), at(DAY, 16), at(NEXT, 10)),
        # Quiet hours that leave nothing of the day are not kept.
        (Preferences(quiet_from=time(8), quiet_until=time(20)), at(DAY, 7), at(DAY, 9)),
        (Preferences(quiet_from=time(8), quiet_until=time(20)), at(DAY, 12), at(DAY, 12)),
        # A pause ends on its day at the person's own hour, and is over from then on.
        (Preferences(paused_until=NEXT, hour=time(12, 30)), at(DAY, 12), at(NEXT, 12, 30)),
        (Preferences(paused_until=DAY, hour=time(12, 30)), at(DAY, 11), at(DAY, 11)),
        (Preferences(paused_until=NEXT, quiet_from=time(9), quiet_until=time(11)), at(DAY, 12), at(NEXT, 11)),
    ],
)
def test_a_message_that_can_wait_keeps_to_the_wishes(wishes: Preferences, moment: datetime, leaves: datetime) -> None:
    assert next_allowed(moment, ZONE, wishes, HOURS) == leaves


@pytest.mark.parametrize(
    ("now", "wishes", "later"),
    [
        (at(DAY, 10, 5), Preferences(), time(12, 5)),
        (at(DAY, 17, 59), Preferences(), time(19, 59)),
        (at(DAY, 18), Preferences(), None),
        (at(DAY, 6), Preferences(), time(9)),
        (at(DAY, 10), Preferences(quiet_from=time(11), quiet_until=time(13)), time(13)),
        # Who asks for later today breaks their own pause.
        (at(DAY, 10), Preferences(paused_until=NEXT), time(12)),
        (at(DAY, 10) + timedelta(seconds=31, microseconds=7), Preferences(), time(12)),
    ],
)
def test_later_today_is_two_hours_on_at_a_whole_minute_or_not_at_all(
    now: datetime, wishes: Preferences, later: time | None
) -> None:
    assert later_today(now, ZONE, wishes, HOURS) == later
