"""When a self-reporter is reminded: rules on the wall clock, planned with the action or date that they belong to."""

from __future__ import annotations

from datetime import date, timedelta

from conversations.self_reporter.window import MORNING, hour_of
from conversations.turn import Turn
from storage.case import Case
from storage.clock import instant
from storage.parts import Action

ACTION_KINDS = ("action_before", "action_day")
REPORTING_KINDS = ("reporting_eve",)


def plan_action(turn: Turn, case: Case, action: Action) -> None:
    """Remind of an agreed action the day before and on its day, at the person's hour; what was planned for it ends."""
    case.cancel_reminders("planned anew", action_id=action.id)
    if action.due:
        _plan_action(turn, case, "action_before", action.due - timedelta(days=1), action)
        _plan_action(turn, case, "action_day", action.due, action)


def ask_again(turn: Turn, case: Case, action: Action) -> None:
    """Ask about an action once more tomorrow."""
    _plan_action(turn, case, "action_day", turn.today + timedelta(days=1), action)


def _plan_action(turn: Turn, case: Case, kind: str, day: date, action: Action) -> None:
    hour = hour_of(case.preferences)
    if instant(day, hour, turn.content.zone) > turn.now:
        case.remind(kind, day, hour, turn.content.zone, action)


def plan_reporting_day(turn: Turn, case: Case) -> None:
    """Remind of the reporting day the day before; what was planned for another day ends."""
    case.cancel_reminders("another date", kinds=REPORTING_KINDS)
    if case.confirmed_date:
        day = case.confirmed_date - timedelta(days=1)
        if instant(day, MORNING, turn.content.zone) > turn.now:
            case.remind("reporting_eve", day, MORNING, turn.content.zone)
