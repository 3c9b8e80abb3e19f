"""The reporting day: what to bring, where and when, the hour at which somebody leaves, and a last message."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from conversations.reminders.agenda import EVE, EVE_AGAIN, LAST, last_message_at, plan_last_message
from conversations.reminders.kind import Kind
from conversations.reminders.schedule import is_unattended, of_id
from conversations.roles import self_reporter
from conversations.rules.reporting_hour import LEAVE_AT, before, leave_at, left_home, report_at
from conversations.screen import Button, Screen
from conversations.self_reporter.day.hour_in_letter import ask_hour, hour_typed, typed_time
from conversations.self_reporter.day.reporting_words import (
    BRING,
    IN_THE_LETTER,
    LEAVE_EVE,
    LEAVE_LATE,
    LEAVE_NOW,
    LEAVE_OTHER,
    LEAVE_TODAY,
    LEAVE_WHEN,
    ON_THE_DAY,
    ON_THE_DAY_HOUR,
    ON_THE_EVE,
    ON_THE_EVE_HOUR,
    REPORTING,
    SILENT,
    TODAY,
    TOMORROW,
)
from conversations.self_reporter.phrases import gone, screen
from conversations.self_reporter.script import worded
from conversations.turn import Turn
from conversations.words.reporting_day import day_of_letter
from storage.case.case import Case
from storage.case.case_parts import Reminder
from storage.case.silence import AHEAD
from storage.clock import instant

_EVES = (AHEAD, EVE, EVE_AGAIN)


def _too_late(turn: Turn, row: Reminder) -> str | None:
    case = turn.case
    day = case.confirmed_date
    if day is None or case.phase != "coming" or case.outcome is not None:
        return "no longer so"
    left, milestones = (day - turn.today).days, turn.content.reminders.milestones.days
    if row.kind in milestones:
        # The next one is there by then, and says more.
        later = [days for days in (*milestones.values(), 1) if days < milestones[row.kind]]
        return "too late" if left <= max(later) else None
    if row.kind == LAST:
        gone = instant(day, left_home(case, turn.content.reminders.reporting_day), turn.content.zone)
        return "too late" if turn.now >= gone else None
    if row.kind == EVE_AGAIN and any(r.kind in _EVES and r.opened_at and r.day == row.day for r in case.reminders):
        return "opened"
    return "too late" if left < 1 else None


def _opens(turn: Turn, row: Reminder) -> None:
    """Open it: whoever sees one of the eve's has seen them both, and what came before them."""
    for other in turn.case.reminders:
        if row.kind in _EVES and other.kind in _EVES and other.day <= row.day and other.state in ("leaving", "sent"):
            turn.case.schedule.mark_opened(other, turn.now)
    turn.go("reporting", id=row.id)


def _words(turn: Turn, case: Case, _row: Reminder) -> str:
    day = day_of_letter(turn.words, case)
    return turn.text(
        "“{day} is the day. Take the letter and your ID with you. Take the list of your medicines too. "
        "Write telephone numbers on paper. Leave your telephone at home. What time do you leave?”",
        day=day,
    )


MILESTONE = Kind(late=_too_late, opens=_opens, notice="important", pauses=False, by_hand=False, words=_words)
A_WEEK_BEFORE = Kind(late=_too_late, opens=_opens, notice="important", pauses=False, words=_words)
THE_DAY_BEFORE = Kind(late=_too_late, opens=_opens, notice="important", waits=False, vital=True, words=_words)
ONCE_MORE = Kind(late=_too_late, opens=_opens, notice="important", waits=False, by_hand=False)
LAST_MESSAGE = Kind(
    late=_too_late, opens=_opens, notice="important", waits=False, any_hour=True, by_hand=False, last=True
)


def _where(turn: Turn, case: Case) -> str:
    prison = turn.content.region.prison_called(case.prison)
    if prison is None:
        return f"\n📍 {case.prison}" if case.prison else ""
    return (
        f"\n📍 {prison.name}, {prison.address or prison.place}"
        if prison.place not in prison.name
        else (f"\n📍 {prison.name}" + (f", {prison.address}" if prison.address else ""))
    )


def _facts(turn: Turn, case: Case) -> list[str]:
    assert case.confirmed_date is not None
    left = (case.confirmed_date - turn.today).days
    if left == 0:
        opening = turn.text(TODAY)
    elif left == 1:
        opening = turn.text(TOMORROW)
    else:
        opening = turn.words.plural("{number} day to go.", "{number} days to go.", left)
    at = report_at(case)
    lines = [f"📅 {day_of_letter(turn.words, case)}{_where(turn, case)}"]
    if at is None and left <= 1:  # earlier it is asked, below
        lines.append(turn.text(IN_THE_LETTER))
    take, *things, leave, in_time = map(turn.text, BRING)
    return [opening, "\n".join(lines), "\n✅ ".join([take, *things]), leave, in_time]


@self_reporter.screen("reporting")
async def reporting(turn: Turn) -> Screen:
    """Show it, and ask what is to be asked: the day before, at what time somebody leaves."""
    case, row = turn.case, of_id(turn, turn.place["id"])
    if row is None or case.confirmed_date is None or case.phase != "coming" or turn.today > case.confirmed_date:
        if is_unattended(turn, case):
            return SILENT.screen(turn)
        return gone(turn, "next_due")
    lines, left, leaves = _facts(turn, case), (case.confirmed_date - turn.today).days, leave_at(case)
    at = report_at(case)
    if left > 1 and at is None:
        return ask_hour(turn, lines)
    plan, letter, hard, go_on = (
        (choice.button(turn, args),) for choice, args in zip(REPORTING.choices, ("", row.id, row.id, ""), strict=True)
    )
    if left > 1 and at is not None:
        lines.append(worded(turn, REPORTING.lines[-1], time=turn.words.time(at)))
        return screen(turn, "\n\n".join(lines), plan, letter, hard, go_on, spoken=(REPORTING.id,))
    hour_unknown, hour_known = (ON_THE_EVE, ON_THE_EVE_HOUR) if left == 1 else (ON_THE_DAY, ON_THE_DAY_HOUR)
    day = hour_unknown if at is None else hour_known
    other, _hard = LEAVE_WHEN.rows(turn, row.id)
    ways = (other, letter, hard) if at is not None and left == 1 else (other, hard)
    if leaves is None and left == 1:
        lines.append(LEAVE_WHEN.said(turn))
        offered = tuple(
            Button(f"🕗 {turn.words.time(one)}", "leave", f"{row.id}/{one:%H%M}") for one in _offered(turn, at)
        )
        rows = (offered, *ways) if offered else ways
        return screen(turn, "\n\n".join(lines), *rows, human_too=False, spoken=(day.id, LEAVE_WHEN.id))
    go = leaves is not None and turn.now >= instant(case.confirmed_date, leaves, turn.content.zone)
    if leaves is not None and go:
        lines.append(worded(turn, LEAVE_NOW.lines[0], time=turn.words.time(leaves)))
    elif leaves is not None:
        late = at is not None and leaves >= at
        said = turn.words.time(leaves)
        fine = turn.text("🕗 You leave at {time}. Good plan.", time=said)
        lines.append(turn.text("🕗 You leave at {time}.", time=said) if late else fine)
    if left == 1:
        last = last_message_at(leaves, turn.content.reminders)
        lines.append(turn.text("Tomorrow at {time} I send one more message.", time=turn.words.time(last)))
    ends = LEAVE_EVE if left == 1 else LEAVE_NOW if go else LEAVE_TODAY
    lines.append(worded(turn, ends.lines[-1]))
    return screen(turn, "\n\n".join(lines), *ways, go_on, spoken=(day.id, ends.id))


def _offered(turn: Turn, at: time | None) -> tuple[time, ...]:
    """Return when somebody may leave who must be there `at` some time; before midnight nobody leaves."""
    usual = turn.content.reminders.reporting_day
    if at is None:
        return usual.leave_offered
    earlier = (before(at, minutes) for minutes in usual.leave_earlier_minutes)
    return tuple(dict.fromkeys(leaves for leaves in earlier if leaves < at))


@self_reporter.screen("leave_other")
async def leave_other(turn: Turn) -> Screen:
    """Ask for a time."""
    return LEAVE_OTHER.screen(turn, turn.place["id"])


@self_reporter.tap("leave_other")
async def to_leave_other(turn: Turn, args: str) -> None:
    """Go and type a time."""
    turn.go("leave_other", id=args)


@self_reporter.tap("to_reporting")
async def to_reporting(turn: Turn, args: str) -> None:
    """Back to the reminder."""
    turn.go("reporting", id=args)


def _leaves(turn: Turn, at: time, row_id: str) -> None:
    case = turn.case
    case.person.answer(LEAVE_AT, at.strftime("%H:%M"), turn.now)
    plan_last_message(turn, case)
    turn.go("reporting", id=row_id)


@self_reporter.tap("leave")
async def leaves_at(turn: Turn, args: str) -> None:
    """Keep when the person leaves home; the last message comes in time for it."""
    row_id, _, at = args.partition("/")
    _leaves(turn, time.fromisoformat(at), row_id)


@self_reporter.typed("leave_other", "leave_late", "reporting")
async def time_typed(turn: Turn, text: str) -> None:
    """Take a typed time, where one is asked: that of the letter, or on the day before when the person leaves."""
    case = turn.case
    left = (case.confirmed_date - turn.today).days if case.confirmed_date is not None else 0
    if turn.place["kind"] == "reporting" and left > 1 and report_at(case) is None:
        await hour_typed(turn, text)
        return
    if turn.place["kind"] == "reporting" and left != 1:
        await self_reporter.not_understood(turn, text)
        return
    if (at := await typed_time(turn, text)) is None:
        return
    there = report_at(case)
    if there is not None and at >= there:
        turn.go("leave_late", id=turn.place["id"], at=f"{at:%H%M}")
    else:
        _leaves(turn, at, turn.place["id"])


@self_reporter.screen("leave_late")
async def leave_late(turn: Turn) -> Screen:
    """Say that who leaves at such a time comes too late, and ask again."""
    case, row_id, at = turn.case, turn.place["id"], turn.place["at"]
    there, leaves = report_at(case), time.fromisoformat(at)
    (yet,), *others = LEAVE_LATE.rows(turn, row_id, time=turn.words.time(leaves))
    said = LEAVE_LATE.said(turn, hour=turn.words.time(there) if there is not None else "–")
    return screen(turn, said, (replace(yet, args=f"{row_id}/{at}"),), *others, spoken=(LEAVE_LATE.id,))
