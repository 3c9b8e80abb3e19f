"""Perhaps free: from the earliest day of release on the person is asked whether they are out, until they say so.

The phone may lie in the prison's locker, or in other hands. So what comes unasked is a neutral notice, three times at
most, and the first question says nothing of a prison.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from conversations.content.reminders import Sending
from conversations.reminders.follow_dates import release_expected
from conversations.reminders.kind import Kind
from conversations.reminders.schedule import AT_HOME
from conversations.roles import self_reporter
from conversations.rules.sending_hours import hour_of
from conversations.screen import Button, Screen
from conversations.self_reporter.day.homecoming import is_free
from conversations.self_reporter.phrases import CONFIRM_DATE, EXAMPLE, number, quiet_line, screen
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.script import Choice, Script, text
from conversations.turn import Turn
from conversations.words.dates import NoSuchDayError, NotADateError, read_date
from conversations.words.typed import nearest
from storage.case.case import Case
from storage.case.case_parts import Reminder
from storage.case.release import ASK_AGAIN, asks_on, window_of
from storage.clock import instant, wall

PERHAPS = "perhaps_free"
# After the latest day it is asked once more; from then on only people ask.
ONCE_MORE = timedelta(days=14)


def _late(turn: Turn, row: Reminder) -> str | None:
    asked = asks_on(turn.case)
    return None if asked is not None and asked <= max(turn.today, row.day) else "no longer so"


KIND = Kind(late=_late, opens=lambda turn, _row: turn.go(PERHAPS), notice="message", unattended=True, by_hand=False)


def days_to_ask(case: Case, today: date) -> set[date]:
    """Return on which days the person is asked from today on: the earliest, the latest, and once after it.

    A day that nobody asked on yet is today's. There is a week between two of them.
    """
    window, first = window_of(case), asks_on(case)
    if window is None or first is None:
        return set()
    gone = [row.day for row in case.reminders if row.kind == PERHAPS and row.state not in ("planned", "cancelled")]
    last, found = max((day for day in gone if day >= first), default=None), set()
    for day in sorted({first, window.latest, window.latest + ONCE_MORE}):
        wanted = max(day, first)
        if wanted < today and last is None:
            wanted = today
        if wanted >= today and (last is None or wanted - last >= ASK_AGAIN):
            found.add(wanted)
            last = wanted
    return found


def plan(case: Case, now: datetime, zone: ZoneInfo, hours: Sending) -> None:
    """Plan these questions anew, whatever has changed; for who is not inside they end."""
    planned = [row for row in case.reminders if row.kind == PERHAPS and row.state == "planned"]
    if case.phase != "held" and not planned:
        return
    local, first = wall(now, zone), asks_on(case)
    # One that waits for quiet hours or a pause to end keeps its day.
    waiting = [row for row in planned if first is not None and first <= row.day <= local.date()]
    wanted = days_to_ask(case, local.date())
    if waiting:
        wanted = {day for day in wanted if day - local.date() >= ASK_AGAIN} | {waiting[0].day}
    for row in planned:
        if row.day not in wanted:
            case.schedule.end(row, "cancelled", "planned anew" if case.phase == "held" else "no longer so")
    for day in sorted(wanted - {row.day for row in planned}):
        at = hour_of(case.preferences, hours)
        over = day == local.date() and instant(day, at, zone) <= now
        case.schedule.remind(PERHAPS, day, local.time().replace(microsecond=0, fold=0) if over else at, zone)


def is_asked(turn: Turn) -> bool:
    """Tell whether the earliest day has come, and nobody has said since where the person is."""
    asked = asks_on(turn.case) if turn.has_case else None
    return asked is not None and asked <= turn.today


HOME = Script(
    "screen.perhaps_free",
    text("🏠 Are you home again?"),
    choices=(
        Choice(text("✅ Yes, I am home"), "perhaps_say", "home"),
        Choice(text("🕐 That comes later"), "perhaps_say", "not_yet"),
        Choice(text("👥 I am somebody else"), "perhaps_say", "else"),
    ),
)


@self_reporter.screen(PERHAPS)
async def asked(turn: Turn) -> Screen:
    """Ask whether they are home; whoever reads it learns nothing. What they typed can go to who helps."""
    typed, question = turn.place.get("said"), HOME.said(turn)
    send = ((Button(turn.text("💬 Send what I typed"), "send_said"),),) if typed else ()
    if typed:
        question = "\n\n".join([turn.text("I am a computer. I do not understand this."), question, quiet_line(turn)])
    return screen(turn, question, *HOME.rows(turn), *send, spoken=(HOME.id,))


@self_reporter.tap("perhaps_say")
async def said(turn: Turn, args: str) -> None:
    """Keep what they say, and ask what follows from it."""
    case = turn.case
    if case.phase != "held":  # somebody was first
        await onward(turn)
        return
    match args:
        case "home":
            case.person.answer(AT_HOME, turn.today.isoformat(), turn.now)
            turn.go("perhaps_out")
        case "free":
            is_free(turn, case)
            turn.notify(await turn.reads.helpers(case), "alert", case.ref)
            turn.go("free")
        case "leave" | "not_yet":
            case.course.known_inside(turn.today)
            turn.go("perhaps_day", leave=args == "leave")
        case "else":
            turn.go("perhaps_else", by=turn.tapped)
        case _:
            await onward(turn)


OUT = Script(
    "screen.perhaps_out",
    text("Good that you are here. Are you free now?"),
    choices=(
        Choice(text("🔓 I am free"), "perhaps_say", "free"),
        Choice(text("🕐 I am home for a while"), "perhaps_say", "leave"),
    ),
)


@self_reporter.screen("perhaps_out")
async def out(turn: Turn) -> Screen:
    """Ask whether they are free, or home for a while."""
    return OUT.screen(turn)


WHICH_DAY = Script(
    "screen.perhaps_day",
    text("On which day are you free? Type the day. Example: {day}."),
    choices=(Choice(text("🤷 I do not know"), "perhaps_day"),),
)


@self_reporter.screen("perhaps_day")
async def which_day(turn: Turn) -> Screen:
    """Ask the day on which they expect to be free, if they know it."""
    return WHICH_DAY.screen(turn, day=turn.words.full_date(EXAMPLE))


@self_reporter.typed("perhaps_day", "perhaps_sure")
async def day_typed(turn: Turn, text: str) -> None:
    """Read a day, and put it back in words."""
    turn.delete(turn.message_id)
    try:
        day = nearest(text, read_date(text, turn.today), turn.today)
    except NoSuchDayError:
        turn.go("perhaps_day", turn.text("That day does not exist."))
    except NotADateError:
        await self_reporter.not_understood(turn, text, turn.text("I cannot read that as a date."))
    else:
        if day < turn.today:
            turn.go("perhaps_day", turn.text("That day is over. Choose a day that still comes."))
        else:
            turn.go("perhaps_sure", day=day.isoformat())


@self_reporter.screen("perhaps_sure")
async def sure(turn: Turn) -> Screen:
    """Put the day back in words."""
    day = turn.place["day"]
    yes, no = CONFIRM_DATE.choices
    rows = (yes.to("perhaps_day").button(turn, day),), (no.to("perhaps_say").button(turn, "not_yet"),)
    said = CONFIRM_DATE.said(turn, day=turn.words.full_date(date.fromisoformat(day)))
    return screen(turn, said, *rows, spoken=(CONFIRM_DATE.id,))


@self_reporter.tap("perhaps_day")
async def day_said(turn: Turn, args: str) -> None:
    """Keep the day, or that nobody knows it; it is asked again then, or in a week."""
    case = turn.case
    if args and case.phase == "held":
        release_expected(turn, case, date.fromisoformat(args))
    turn.go("perhaps_quiet")


QUIET = Script(
    "screen.perhaps_quiet",
    text("✅ Good. I ask again later. Are you free before that? Tap on the button.\n\nYou can call too: {number}"),
    choices=(Choice(text("🔓 I am free"), "perhaps_say", "free"), Choice(text("📋 My plan"), "plan")),
)


@self_reporter.screen("perhaps_quiet")
async def quiet(turn: Turn) -> Screen:
    """Say that it is kept, and how to say it when they are free."""
    return QUIET.screen(turn, number=number(turn))


SOMEBODY_ELSE = Script(
    "screen.perhaps_else",
    text("🙏 Thank you. Then I am silent now."),
    choices=(Choice(text("▶️ Go on"), "perhaps_say", "back"),),
)


@self_reporter.screen("perhaps_else")
async def somebody_else(turn: Turn) -> Screen:
    """Thank whoever holds the phone, and say nothing more."""
    return SOMEBODY_ELSE.screen(turn, human_too=False)


@self_reporter.tap("welcome")
async def welcome(turn: Turn, _args: str) -> None:
    """Open what came after a helper noted that the person is free."""
    if turn.case.phase == "free" and turn.case.person.consents_to("channel"):
        turn.go("free")
    else:
        await onward(turn)
