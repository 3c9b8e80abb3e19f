"""When a self-reporter is reminded: rules on the wall clock, planned with the action or date that they belong to."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from conversations.turn import Turn
from storage.case import Case
from storage.clock import instant, wall
from storage.parts import Action

# Messages that come unasked leave within these hours (safety.md, G4.3).
OPENS, CLOSES = time(9), time(20)
MORNING = time(10)
ACTION_KINDS = ("action_before", "action_day")
REPORTING_KINDS = ("reporting_eve",)


def within_hours(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return `moment`, or the next opening of the sending hours when it lies outside them."""
    local = wall(moment, zone)
    if OPENS <= local.time() < CLOSES:
        return moment
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    return instant(day, OPENS, zone)


def _plan(turn: Turn, case: Case, kind: str, day: date, action: Action | None = None) -> None:
    if instant(day, MORNING, turn.content.zone) > turn.now:
        case.remind(kind, day, MORNING, turn.content.zone, action)


def plan_action(turn: Turn, case: Case, action: Action) -> None:
    """Remind of an agreed action the day before and on its day, at ten; what was planned for it ends."""
    case.cancel_reminders("planned anew", action_id=action.id)
    if action.due:
        _plan(turn, case, "action_before", action.due - timedelta(days=1), action)
        _plan(turn, case, "action_day", action.due, action)


def ask_again(turn: Turn, case: Case, action: Action) -> None:
    """Ask about an action once more tomorrow."""
    _plan(turn, case, "action_day", turn.today + timedelta(days=1), action)


def plan_reporting_day(turn: Turn, case: Case) -> None:
    """Remind of the reporting day the day before; what was planned for another day ends."""
    case.cancel_reminders("another date", kinds=REPORTING_KINDS)
    if case.confirmed_date:
        _plan(turn, case, "reporting_eve", case.confirmed_date - timedelta(days=1))
