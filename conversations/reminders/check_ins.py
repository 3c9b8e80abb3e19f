"""Check-ins: what may have changed is asked again: every eight weeks without a day, when one comes, and before it.

Nothing is kept of it but the row of the schedule: what it asks are the answers from before somebody opened it.
"""

from __future__ import annotations

from datetime import date, timedelta

from conversations.content.checklist.questions import Question
from conversations.reminders import check_in_hooks
from conversations.reminders.schedule import kind
from conversations.roles import self_reporter
from conversations.rules import checklist_rules
from conversations.rules.sending_hours import hour_of
from conversations.screen import Button, Screen
from conversations.self_reporter.phrases import screen
from conversations.self_reporter.questions.next_step import onward
from conversations.turn import Turn
from storage.case.case import Case
from storage.case.case_parts import Reminder

CHECK_IN = "check_in"
EVERY, BEFORE, LASTS, SOON = timedelta(weeks=8), timedelta(days=14), timedelta(days=7), timedelta(days=1)


def _late(turn: Turn, _row: Reminder) -> str | None:
    assert turn.case is not None
    return None if turn.case.phase in ("waiting", "called_up") else "no longer so"


kind(CHECK_IN, late=_late, opens=lambda turn, _row: turn.go("check_in"), by_hand=False)


def _wanted(turn: Turn, case: Case) -> set[date]:
    """Return the days of the check-ins to come; one for the day that came, planned by `follow_day`, stays."""
    if case.phase not in ("waiting", "called_up"):
        return set()
    if case.confirmed_date is None:
        return {turn.today + EVERY}
    soon = {row.day for row in _planned(case) if row.day <= turn.today + SOON}
    return soon | {day for day in (case.confirmed_date - BEFORE,) if day > turn.today}


def _planned(case: Case) -> list[Reminder]:
    return [row for row in case.reminders if row.kind == CHECK_IN and row.state == "planned"]


@check_in_hooks.plans
def ensure(turn: Turn, case: Case) -> None:
    """Plan the next check-in, also for who stops halfway; it moves with the date and with the last answer."""
    wanted = _wanted(turn, case)
    for row in _planned(case):
        if row.day not in wanted:
            case.end_reminder(row, "cancelled", "planned anew")
    for day in sorted(wanted - {row.day for row in _planned(case)}):
        case.remind(CHECK_IN, day, hour_of(case.preferences), turn.content.zone)


def follow_day(turn: Turn, case: Case, before: date | None) -> None:
    """The day came, or moved from `before`: a first day asks anew what is over a week old, tomorrow."""
    asked = checklist_rules.may_have_changed(
        turn.content.checklist, case.answers, checklist_rules.situation_of(case, turn.today)
    )
    if before is None and case.consents_to("channel") and any(_is_old(turn, case, q) for q in asked):
        case.remind(CHECK_IN, turn.today + SOON, hour_of(case.preferences), turn.content.zone)
    if _planned(case):
        ensure(turn, case)


def _is_old(turn: Turn, case: Case, question: Question) -> bool:
    return turn.now - case.answers[question.id].at > LASTS


@check_in_hooks.asks
def left(turn: Turn) -> list[Question]:
    """Return what an opened check-in still asks again."""
    case = turn.case
    assert case is not None
    opened = [r.opened_at for r in case.reminders if r.kind == CHECK_IN and r.opened_at is not None]
    if not opened or turn.now - max(opened) > LASTS:
        return []
    situation = checklist_rules.situation_of(case, turn.today)
    asked = checklist_rules.may_have_changed(turn.content.checklist, case.answers, situation)
    return [q for q in asked if case.answers[q.id].at < max(opened)]


@self_reporter.screen("check_in")
async def check_in(turn: Turn) -> Screen:
    """Ask whether anything has changed."""
    return screen(
        turn,
        turn.text("We spoke some time ago. Has anything changed since then?"),
        (Button(turn.text("🔄 Yes, ask me again"), "check_ask"),),
        (Button(turn.text("✅ All is the same"), "check_same"),),
    )


@self_reporter.tap("check_ask")
async def ask_again(turn: Turn, _args: str) -> None:
    """Ask again what may have changed."""
    await onward(turn)


@self_reporter.tap("check_same")
async def same(turn: Turn, _args: str) -> None:
    """What was said stands, as of now."""
    case = turn.case
    assert case is not None
    for question in left(turn):
        case.answer(question.id, case.answers[question.id].value, turn.now)
    await onward(turn)
