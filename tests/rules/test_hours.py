"""Office hours: a norm counts only the hours in which somebody reads, whatever the clocks and the calendar do."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from conversations.content.region import OfficeHours
from conversations.rules.hours import after_days, after_hours, is_open, last_working_day, next_open, next_working_day
from storage.clock import instant, wall

ZONE = ZoneInfo("Europe/Amsterdam")
# On Monday 30 November 2026 nobody works.
CLOSED = date(2026, 11, 30)
OFFICE = OfficeHours(
    opens=time(9),
    closes=time(17),
    working_days=("monday", "tuesday", "wednesday", "thursday", "friday"),
    closed=frozenset({CLOSED}),
)
THURSDAY, FRIDAY, SATURDAY, TUESDAY = date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 28), date(2026, 12, 1)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return instant(day, time(hour, minute), ZONE)


def local(moment: datetime) -> tuple[date, time]:
    seen = wall(moment, ZONE)
    return seen.date(), seen.time()


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        (at(THURSDAY, 8, 59), False),
        (at(THURSDAY, 9), True),
        (at(THURSDAY, 16, 59), True),
        (at(THURSDAY, 17), False),
        (at(SATURDAY, 12), False),
        (at(CLOSED, 12), False),
        # The hour on the wall counts, also in summer: seven o'clock in UTC is nine.
        (at(date(2026, 7, 2), 9), True),
        (at(date(2026, 7, 2), 8, 59), False),
    ],
)
def test_the_teams_are_at_work_in_their_hours_of_a_working_day(moment: datetime, open_: bool) -> None:
    assert is_open(OFFICE, moment, ZONE) is open_


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (at(THURSDAY, 10, 30), at(THURSDAY, 10, 30)),
        (at(THURSDAY, 7), at(THURSDAY, 9)),
        (at(THURSDAY, 17), at(FRIDAY, 9)),
        (at(THURSDAY, 22), at(FRIDAY, 9)),
        (at(FRIDAY, 17), at(TUESDAY, 9)),
        (at(SATURDAY, 7), at(TUESDAY, 9)),
        (at(CLOSED, 7), at(TUESDAY, 9)),
    ],
)
def test_what_comes_outside_the_hours_waits_for_the_next_opening(moment: datetime, opens: datetime) -> None:
    assert next_open(OFFICE, moment, ZONE) == opens


def test_a_working_day_is_itself_and_a_closed_one_gives_the_nearest_on_either_side() -> None:
    assert next_working_day(OFFICE, FRIDAY) == last_working_day(OFFICE, FRIDAY) == FRIDAY
    for day in (SATURDAY, date(2026, 11, 29), CLOSED):
        assert next_working_day(OFFICE, day) == TUESDAY
        assert last_working_day(OFFICE, day) == FRIDAY


@pytest.mark.parametrize(
    ("moment", "hours", "by"),
    [
        (at(THURSDAY, 10), 2, at(THURSDAY, 12)),
        (at(THURSDAY, 10), 0.5, at(THURSDAY, 10, 30)),
        # All of what is left of a day may be used.
        (at(THURSDAY, 10), 7, at(THURSDAY, 17)),
        (at(THURSDAY, 10), 8, at(FRIDAY, 10)),
        (at(THURSDAY, 10), 15, at(FRIDAY, 17)),
        # Over a weekend and a day on which nobody works.
        (at(THURSDAY, 10), 16, at(TUESDAY, 10)),
        (at(SATURDAY, 12), 3, at(TUESDAY, 12)),
        (at(THURSDAY, 20), 8, at(FRIDAY, 17)),
    ],
)
def test_a_norm_in_hours_counts_office_hours_only(moment: datetime, hours: float, by: datetime) -> None:
    assert local(after_hours(OFFICE, moment, hours, ZONE)) == local(by)


@pytest.mark.parametrize(
    ("moment", "days", "by"),
    [
        (at(THURSDAY, 10), 0, at(THURSDAY, 17)),
        (at(THURSDAY, 10), 1, at(FRIDAY, 17)),
        (at(THURSDAY, 10), 2, at(TUESDAY, 17)),
        # What comes after closing is of the next day.
        (at(THURSDAY, 18), 0, at(FRIDAY, 17)),
        (at(SATURDAY, 10), 0, at(TUESDAY, 17)),
        (at(FRIDAY, 18), 1, at(date(2026, 12, 2), 17)),
    ],
)
def test_a_norm_in_days_ends_when_the_last_of_them_closes(moment: datetime, days: int, by: datetime) -> None:
    assert local(after_days(OFFICE, moment, days, ZONE)) == local(by)


@pytest.mark.parametrize("name", ["America/New_York", "Europe/Amsterdam", "Pacific/Auckland"])
def test_the_hours_are_those_of_the_place_wherever_the_machine_stands(name: str) -> None:
    zone = ZoneInfo(name)

    def there(day: date, hour: int) -> datetime:
        return instant(day, time(hour), zone)

    assert is_open(OFFICE, there(THURSDAY, 9), zone)
    assert not is_open(OFFICE, there(THURSDAY, 17), zone)
    assert next_open(OFFICE, there(THURSDAY, 8), zone) == there(THURSDAY, 9)
    assert next_open(OFFICE, there(THURSDAY, 20), zone) == there(FRIDAY, 9)
    assert after_hours(OFFICE, there(THURSDAY, 10), 8, zone) == there(FRIDAY, 10)
    assert after_days(OFFICE, there(THURSDAY, 10), 1, zone) == there(FRIDAY, 17)
    assert after_days(OFFICE, there(THURSDAY, 20), 0, zone) == there(FRIDAY, 17)
    assert after_days(OFFICE, there(THURSDAY, 7), 0, zone) == there(THURSDAY, 17)
