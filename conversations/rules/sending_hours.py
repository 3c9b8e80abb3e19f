"""Sending hours: when messages that come unasked may leave (safety.md, G4.3), and within them what a person wishes.

Pure: `hours` are those of the content.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from conversations.content.reminders import Sending
from storage.case.case_parts import Preferences
from storage.clock import instant, wall


def is_quiet(at: time, wishes: Preferences) -> bool:
    """Tell whether a time of the day lies in somebody's quiet hours, which may go on past midnight."""
    begin, end = wishes.quiet_from, wishes.quiet_until
    if begin is None or end is None or begin == end:
        return False
    return begin <= at < end if begin < end else at >= begin or at < end


def hour_of(wishes: Preferences, hours: Sending) -> time:
    """Return the hour at which somebody wants to be reminded, within the sending hours."""
    wish = wishes.hour or hours.usual
    return wish if hours.holds(wish) else hours.usual


def _next(moment: datetime, zone: ZoneInfo, wishes: Preferences, hours: Sending) -> datetime | None:
    """Return the first moment from `moment` on within the sending hours and outside the quiet ones, if there is one."""
    local = wall(moment, zone)

    def fits(at: time) -> bool:
        return hours.holds(at) and not is_quiet(at, wishes)

    if fits(local.time()):
        return moment
    begins = sorted({hours.opens, *([wishes.quiet_until] if wishes.quiet_until is not None else [])})
    for day in (local.date(), local.date() + timedelta(days=1)):
        for at in begins:
            if fits(at) and (begin := instant(day, at, zone)) >= moment:
                return begin
    return None


def within_hours(moment: datetime, zone: ZoneInfo, hours: Sending) -> datetime:
    """Return `moment`, or the next opening of the sending hours when it lies outside them."""
    found = _next(moment, zone, Preferences(), hours)
    assert found is not None
    return found


def next_allowed(moment: datetime, zone: ZoneInfo, wishes: Preferences, hours: Sending) -> datetime:
    """Return the first moment from `moment` on at which a message may leave that can wait.

    A pause holds it until `paused_until` at the person's own hour. Quiet hours that leave nothing of the day are not
    kept: somebody would never hear anything.
    """
    until = wishes.paused_until
    if until is not None and wall(moment, zone).date() < until:
        moment = instant(until, hour_of(wishes, hours), zone)
    return _next(moment, zone, wishes, hours) or within_hours(moment, zone, hours)


def later_today(now: datetime, zone: ZoneInfo, wishes: Preferences, hours: Sending) -> time | None:
    """Return when on the day of `now` a message may still come, some hours from now; None when the day is over."""
    moment = now + timedelta(minutes=hours.later_minutes)
    local = wall(next_allowed(moment, zone, replace(wishes, paused_until=None), hours), zone)
    return local.time().replace(second=0, microsecond=0, fold=0) if local.date() == wall(now, zone).date() else None
