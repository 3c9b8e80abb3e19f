"""The plan of check-ins: when they come, and what an opened one asks again.

Nothing is kept of it but the row of the schedule: what it asks are the answers from before somebody opened it.
"""

from __future__ import annotations

from datetime import date, timedelta

from conversations.content.checklist.questions import Question
from conversations.reminders.kind import Kind
from conversations.rules import checklist_rules
from conversations.rules.sending_hours import hour_of
from conversations.turn import Turn
from storage.case.case import Case
from storage.case.case_parts import Reminder

CHECK_IN = "check_in"


def _late(turn: Turn, _row: Reminder) -> str | None:
    return None if turn.case.is_at_home else "no longer so"


KIND = Kind(late=_late, opens=lambda turn, _row: turn.go("check_in"), by_hand=False)


def _wanted(turn: Turn, case: Case) -> set[date]:
    """Return the days of the check-ins to come; one for the day that came, planned by `follow_day`, stays."""
    if not case.is_at_home:
        return set()
    check_ins = turn.content.reminders.check_ins
    if case.confirmed_date is None:
        return {turn.today + timedelta(weeks=check_ins.every_weeks)}
    soon = {row.day for row in _planned(case) if row.day <= _soon(turn)}
    before = case.confirmed_date - timedelta(days=check_ins.before_days)
    return soon | {day for day in (before,) if day > turn.today}


def _soon(turn: Turn) -> date:
    return turn.today + timedelta(days=turn.content.reminders.check_ins.soon_days)


def _lasts(turn: Turn) -> timedelta:
    return timedelta(days=turn.content.reminders.check_ins.lasts_days)


def _planned(case: Case) -> list[Reminder]:
    return [row for row in case.reminders if row.kind == CHECK_IN and row.state == "planned"]


def ensure(turn: Turn, case: Case) -> None:
    """Plan the next check-in, also for who stops halfway; it moves with the date and with the last answer."""
    wanted = _wanted(turn, case)
    for row in _planned(case):
        if row.day not in wanted:
            case.schedule.end(row, "cancelled", "planned anew")
    for day in sorted(wanted - {row.day for row in _planned(case)}):
        _remind(turn, case, day)


def _remind(turn: Turn, case: Case, day: date) -> None:
    hour = hour_of(case.preferences, turn.content.reminders.sending)
    case.schedule.remind(CHECK_IN, day, hour, turn.content.zone)


def follow_day(turn: Turn, case: Case, before: date | None) -> None:
    """The day came, or moved from `before`: a first day asks anew, soon, what was answered long before it."""
    asked = checklist_rules.may_have_changed(
        turn.content.checklist, case.answers, checklist_rules.situation_of(case, turn.today)
    )
    if before is None and case.person.consents_to("channel") and any(_is_old(turn, case, q) for q in asked):
        _remind(turn, case, _soon(turn))
    if _planned(case):
        ensure(turn, case)


def _is_old(turn: Turn, case: Case, question: Question) -> bool:
    return turn.now - case.answers[question.id].at > _lasts(turn)


def left(turn: Turn) -> list[Question]:
    """Return what an opened check-in still asks again."""
    case = turn.case
    opened = [r.opened_at for r in case.reminders if r.kind == CHECK_IN and r.opened_at is not None]
    if not opened or turn.now - max(opened) > _lasts(turn):
        return []
    situation = checklist_rules.situation_of(case, turn.today)
    asked = checklist_rules.may_have_changed(turn.content.checklist, case.answers, situation)
    return [q for q in asked if case.answers[q.id].at < max(opened)]
