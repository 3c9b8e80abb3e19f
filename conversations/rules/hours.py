"""Office hours: when somebody of the team reads, and how long a norm lasts that only counts those hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from conversations.content.region import OfficeHours
from storage.clock import instant, wall

DAY = timedelta(days=1)


def is_open(office: OfficeHours, moment: datetime, zone: ZoneInfo) -> bool:
    """Tell whether the teams are at work."""
    local = wall(moment, zone)
    return office.is_working_day(local.date()) and office.opens <= local.time() < office.closes


def next_open(office: OfficeHours, moment: datetime, zone: ZoneInfo) -> datetime:
    """Return `moment` when the teams are at work then, else the next opening."""
    if is_open(office, moment, zone):
        return moment
    local = wall(moment, zone)
    day = local.date()
    if not office.is_working_day(day) or local.time() >= office.opens:
        day = next_working_day(office, day + DAY)
    return instant(day, office.opens, zone)


def next_working_day(office: OfficeHours, day: date) -> date:
    """Return `day`, or the first day after it on which the teams work."""
    while not office.is_working_day(day):
        day += DAY
    return day


def last_working_day(office: OfficeHours, day: date) -> date:
    """Return `day`, or the last day before it on which the teams work."""
    while not office.is_working_day(day):
        day -= DAY
    return day


def after_hours(office: OfficeHours, moment: datetime, hours: float, zone: ZoneInfo) -> datetime:
    """Return when so many office hours have passed since `moment`."""
    left = timedelta(hours=hours)
    begin = next_open(office, moment, zone)
    while True:
        closing = instant(wall(begin, zone).date(), office.closes, zone)
        if left <= closing - begin:
            return begin + left
        left -= closing - begin
        begin = next_open(office, closing, zone)


def after_days(office: OfficeHours, moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Return the closing time of the last of so many working days after that of `moment`; none: that day itself."""
    day = next_working_day(office, wall(next_open(office, moment, zone), zone).date())
    for _ in range(days):
        day = next_working_day(office, day + DAY)
    return instant(day, office.closes, zone)
