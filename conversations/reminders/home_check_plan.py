"""The plan of check-ins after release: when they come, what an opened one still asks, and when somebody calls instead.

They hang from the day of release as `reminders.toml` says. Nothing is kept of them but the rows of the schedule: what
one asks are the questions that have no answer yet since its day, and an answer from before stands until another comes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from conversations.content.checklist.questions import Question
from conversations.content.reminders import Reminders
from conversations.rules import checklist_rules
from conversations.rules.sending_hours import hour_of
from conversations.turn import Turn
from storage.case.case import Case
from storage.case.case_parts import Answer, Reminder
from storage.case.home_checks import CALL, CHECKS, HOME, KINDS
from storage.clock import instant, wall

# Somebody gets so long at least before who helps is asked to call on the same day.
TO_ANSWER = timedelta(hours=2)
_OUT = ("leaving", "sent")


def out_since(case: Case) -> date | None:
    """Return the day on which somebody came out; None for who is not free."""
    if case.phase != "free":
        return None
    return case.release_date or _last_release(case)


def _last_release(case: Case) -> date | None:
    return next((event.day for event in reversed(case.events) if event.to == "free" and event.day is not None), None)


def of_this_release(case: Case) -> list[Reminder]:
    """Return the check-ins since somebody came out the last time, in the order of their days."""
    out = out_since(case)
    if out is None:
        return []
    since = min(out, _last_release(case) or out)
    rows = (row for row in case.reminders if row.kind in CHECKS and row.state != "cancelled" and row.day >= since)
    return sorted(rows, key=lambda row: row.day)


def plan(case: Case, now: datetime, zone: ZoneInfo, reminders: Reminders) -> None:
    """Plan those to come, whatever has changed; they move with the day of release, and end with being free."""
    planned = [row for row in case.reminders if row.kind in (*CHECKS, HOME, CALL) and row.state == "planned"]
    if case.phase != "free" and not planned:
        return
    wanted = dict(_wanted(case, now, zone, reminders))
    for row in planned:
        if case.phase != "free":
            case.schedule.end(row, "cancelled", "no longer so")
        elif row.kind in wanted and _stays(row, wanted[row.kind], now, zone):
            del wanted[row.kind]
        elif row.kind != CALL:
            case.schedule.end(row, "cancelled", "another date")
    soon = now + timedelta(minutes=reminders.at_home.known_minutes)
    first = reminders.at_home.checks[0].id
    for kind, moment in wanted.items():
        local = wall(max(moment, soon) if kind == first or moment <= now else moment, zone)
        case.schedule.remind(kind, local.date(), local.time().replace(microsecond=0, fold=0), zone)
    _plan_calls(case, zone, reminders)


def _wanted(case: Case, now: datetime, zone: ZoneInfo, reminders: Reminders) -> Iterator[tuple[str, datetime]]:
    """Yield which check-ins are still to come, and when they would: of those whose time is over only the last one."""
    out = out_since(case)
    if out is None:
        return
    asked, checks = {row.kind for row in of_this_release(case) if row.state != "planned"}, reminders.at_home.checks
    last = max((at for at, check in enumerate(checks) if check.id in asked), default=-1)
    hour = hour_of(case.preferences, reminders.sending)
    moments = [(check.id, instant(out + timedelta(days=check.days), hour, zone)) for check in checks[last + 1 :]]
    over = [kind for kind, moment in moments if moment <= now]
    yield from ((kind, moment) for kind, moment in moments if moment > now or kind == over[-1])


def _stays(row: Reminder, moment: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Tell whether a planned check-in keeps its time: it is of its day, or that is over and it still waits to leave."""
    day = wall(moment, zone).date()
    return row.day == day or (moment <= now and row.day > day)


def _plan_calls(case: Case, zone: ZoneInfo, reminders: Reminders) -> None:
    """Ask who helps to call where nobody answers the newest one that left, as many days later as it says."""
    left = [row for row in of_this_release(case) if row.state in _OUT]
    check = reminders.at_home.check(left[-1].kind) if left else None
    if check is None or left[-1].dealt is not None:
        return
    row, at_home = left[-1], reminders.at_home
    day = wall(row.due_at, zone).date() + timedelta(days=check.call_days)
    at: time = at_home.call_at
    if instant(day, at, zone) < row.due_at + TO_ANSWER:
        day, at = day + timedelta(days=1), reminders.sending.opens
    if not any(r.kind == CALL and r.state != "cancelled" and (r.day, r.at) == (day, at) for r in case.reminders):
        case.schedule.remind(CALL, day, at, zone)


def newest(case: Case) -> Reminder | None:
    """Return the last check-in whose time has come; None before the first."""
    return next((row for row in reversed(of_this_release(case)) if row.state != "planned"), None)


def asked_by(turn: Turn, case: Case, row: Reminder) -> list[Question]:
    """Return the questions of a check-in that apply to somebody, in its order."""
    check = turn.content.reminders.at_home.check(row.kind)
    situation = checklist_rules.situation_of(case, turn.today)
    apply = {q.id: q for q in checklist_rules.applicable(turn.content.checklist, case.answers, situation)}
    return [apply[asked] for asked in (check.asks if check else ()) if asked in apply]


def _is_of(answer: Answer | None, row: Reminder, zone: ZoneInfo) -> bool:
    return answer is not None and wall(answer.at, zone).date() >= row.day


def left_of(turn: Turn, case: Case, row: Reminder) -> list[Question]:
    """Return what a check-in still asks: what nobody has answered since its day began."""
    return [q for q in asked_by(turn, case, row) if not _is_of(case.answers.get(q.id), row, turn.content.zone)]


def for_who_calls(turn: Turn, case: Case) -> list[Question]:
    """Return what the newest check-in still asks, where it went to who helps, or they were asked to call instead."""
    row = newest(case)
    if row is None:
        return []
    went = (r for r in case.reminders if r.state == "handed_to_worker" and r.kind in KINDS and r.day >= row.day)
    return left_of(turn, case, row) if any(went) else []


def answered(turn: Turn, case: Case) -> None:
    """Keep for the figures what was answered since the day of the newest check-in, whoever wrote it down."""
    row = newest(case)
    check = turn.content.reminders.at_home.check(row.kind) if row is not None else None
    if row is not None and check is not None:
        said = {asked for asked in check.asks if _is_of(case.answers.get(asked), row, turn.content.zone)}
        turn.content.facts.keep_now(case, check.counts_as, said)


def going_on(turn: Turn) -> Reminder | None:
    """Return the check-in that the person has opened and not gone through yet; None when there is none."""
    row = newest(turn.case)
    return row if row is not None and row.opened_at is not None and row.dealt is None else None


def is_answered(turn: Turn, case: Case, row: Reminder) -> bool:
    """Tell whether somebody answered anything that a check-in asks, went through it, or spoke to us since."""
    check, zone = turn.content.reminders.at_home.check(row.kind), turn.content.zone
    return (
        row.dealt is not None
        or any(_is_of(case.answers.get(asked), row, zone) for asked in (check.asks if check else ()))
        or any(contact.direction == "in" and contact.on >= row.due_at for contact in case.contacts)
    )
