"""The hour in the letter: asked at a quiet moment, more than a day before, and kept until another day comes."""

from __future__ import annotations

from datetime import time

from conversations.reminders.agenda import plan_last_message
from conversations.roles import self_reporter
from conversations.rules.reporting_hour import LEAVE_AT, REPORT_AT, leave_at
from conversations.screen import Button, Screen
from conversations.self_reporter.day.reporting_words import REPORT_OTHER, REPORT_WHEN
from conversations.self_reporter.phrases import screen
from conversations.self_reporter.script import worded
from conversations.turn import Turn
from conversations.words.times import AFTERNOON, THERE, NotATimeError, read_time
from storage.case.case import Case
from storage.case.case_parts import Speaker


def keep_hour(turn: Turn, case: Case, at: time, by: Speaker = "self_reporter") -> None:
    """Keep the hour in the letter; the last message comes in time for it.

    An hour of leaving that would be too late for it is forgotten, and asked again the day before.
    """
    case.person.answer(REPORT_AT, at.strftime("%H:%M"), turn.now, by)
    leaves = leave_at(case)
    if leaves is not None and leaves >= at:
        case.person.forget_answer(LEAVE_AT)
    plan_last_message(turn, case)


def ask_hour(turn: Turn, lines: list[str]) -> Screen:
    """Return the reminder with the question below it, and how the person can go on without an answer."""
    row_id, question = turn.place["id"], worded(turn, REPORT_WHEN.lines[-1])
    hours = turn.content.reminders.reporting_day.letter_offered
    offered = tuple(Button(f"🕘 {turn.words.time(at)}", "report", f"{row_id}/{at:%H%M}") for at in hours)
    other, hard, go_on = REPORT_WHEN.choices
    rows = (offered, (other.button(turn, row_id),), (hard.button(turn, row_id),), (go_on.button(turn),))
    return screen(turn, "\n\n".join([*lines, question]), *rows, spoken=(REPORT_WHEN.id,))


@self_reporter.tap("report")
async def report_at_tapped(turn: Turn, args: str) -> None:
    """Keep an hour that was offered."""
    row_id, _, at = args.partition("/")
    _kept(turn, time.fromisoformat(at), row_id)


@self_reporter.screen("report_other")
async def report_other(turn: Turn) -> Screen:
    """Ask for another hour."""
    return REPORT_OTHER.screen(turn, turn.place["id"])


@self_reporter.tap("report_other")
async def to_report_other(turn: Turn, args: str) -> None:
    """Go and type an hour."""
    turn.go("report_other", id=args)


@self_reporter.typed("report_other")
async def report_typed(turn: Turn, text: str) -> None:
    """Take a typed hour."""
    await hour_typed(turn, text)


async def hour_typed(turn: Turn, text: str) -> None:
    """Take an hour that was typed where one is asked."""
    if (at := await typed_time(turn, text, THERE)) is not None:
        _kept(turn, at, turn.place["id"])


async def typed_time(turn: Turn, text: str, afternoon: int = AFTERNOON) -> time | None:
    """Return a typed time (`read_time`); say how one is typed, with ways on, and return None, when it is none."""
    try:
        return read_time(text, afternoon)
    except NotATimeError:
        await self_reporter.not_understood(turn, text, turn.text("I cannot read that as a time. Example: 7:30."))
        return None


def _kept(turn: Turn, at: time, row_id: str) -> None:
    keep_hour(turn, turn.case, at)
    turn.go("reporting", id=row_id)
