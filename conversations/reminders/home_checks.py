"""Check-ins after release: some days after the one on which somebody came out, as the content says.

They come while WW can still be asked for again (within six months). Who has no chat is called by their helper.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from conversations.content.reminders import Reminders
from conversations.reminders.kind import Kind
from conversations.roles import self_reporter
from conversations.rules.sending_hours import hour_of
from conversations.screen import Screen
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.script import Choice, Script, text
from conversations.turn import Turn
from storage.case.case import Case
from storage.case.case_parts import Reminder
from storage.case.handed import HOME
from storage.clock import wall

HOME_CHECK = Script(
    "screen.home_check",
    text("You are home again for a while now. How is it going?"),
    choices=(
        Choice(text("😀 It goes well"), "home_check", "well"),
        Choice(text("🔄 Ask me questions"), "home_check", "ask"),
    ),
)


def _late(turn: Turn, _row: Reminder) -> str | None:
    return None if turn.case.phase == "free" else "no longer so"


def _words(turn: Turn, _case: Case, _row: Reminder) -> str:
    return turn.text("“You are home again. How is it with money, your home and your papers?”")


KIND = Kind(late=_late, opens=lambda turn, _row: turn.go(HOME), notice="message", words=_words)


def plan(case: Case, now: datetime, zone: ZoneInfo, reminders: Reminders) -> None:
    """Plan those to come; they move with the day of release, and end when somebody is not free."""
    rows = [row for row in case.reminders if row.kind == HOME and row.state != "cancelled"]
    out, today = case.release_date, wall(now, zone).date()
    if case.phase != "free" and not rows:
        return
    is_free, after = case.phase == "free", reminders.at_home.after_days
    wanted = {out + timedelta(days=days) for days in after} if is_free and out is not None else set()
    for row in rows:
        if row.state == "planned" and row.day not in wanted:
            case.schedule.end(row, "cancelled", "another date")
    for day in sorted(wanted - {row.day for row in rows}):
        if day > today:
            case.schedule.remind(HOME, day, hour_of(case.preferences, reminders.sending), zone)


@self_reporter.screen(HOME)
async def asked(turn: Turn) -> Screen:
    """Ask how it is, with a human one tap away."""
    return HOME_CHECK.screen(turn)


@self_reporter.tap(HOME)
async def said(turn: Turn, args: str) -> None:
    """Be glad with them, or go on to what is asked after release."""
    if args == "well":
        turn.toast = turn.text("Good to hear!")
    await onward(turn)
