"""Homecoming: who is home says so, a missed day brings one kind message, and being free brings the rest alive."""

from __future__ import annotations

from datetime import date

from conversations.reminders.agenda import REPORTING_KINDS, now_on_the_wall
from conversations.reminders.follow_dates import follow, letter_withdraws
from conversations.reminders.kind import Kind
from conversations.reminders.schedule import AT_HOME
from conversations.roles import self_reporter
from conversations.screen import Button, Screen
from conversations.self_reporter.home import ask_for_human
from conversations.self_reporter.phrases import helper, number, screen
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.script import Choice, Script, text
from conversations.turn import Turn
from storage.case.case import Case
from storage.case.case_parts import Reminder, Teller
from storage.case.release import formally_free_on
from storage.clock import instant

MISSED = "missed_day"


def _over(turn: Turn, _row: Reminder) -> str | None:
    return None if turn.case.outcome == "absent" and turn.case.phase == "coming" else "no longer so"


KIND = Kind(late=_over, opens=lambda turn, _row: turn.go(MISSED), unattended=True)


def outcome_known(turn: Turn, case: Case, outcome: str) -> None:
    """Somebody knows what came of the reporting day: what was held is let go, or no longer needed."""
    was_free = case.phase == "free"
    case.course.record_outcome(outcome, turn.today, _teller(turn))
    if was_free:  # what was for afterwards has no day any more
        follow(turn, case, case.confirmed_date)
    case.schedule.cancel("outcome known", kinds=(*REPORTING_KINDS, MISSED))
    if outcome in ("postponed", "cancelled"):
        letter_withdraws(turn, case)
    elif outcome == "absent":
        case.schedule.remind(MISSED, *now_on_the_wall(turn), turn.content.zone)
    else:
        for action in case.actions:
            if action.when == "before":
                case.schedule.cancel("inside now", action_id=action.id)
    _look_again(turn, case)


def _teller(turn: Turn) -> Teller:
    return "self" if turn.actor.role == "self_reporter" else "worker"


def _look_again(turn: Turn, case: Case) -> None:
    """Let what waited for somebody to be back leave as soon as it may."""
    for row in case.reminders:
        if row.state == "planned" and row.due_at > turn.now and instant(row.day, row.at, turn.content.zone) <= turn.now:
            row.due_at = turn.now
            case.touch("due", row)


def is_free(turn: Turn, case: Case, since: date | None = None) -> None:
    """The person is out, today or `since` a day: what was for afterwards gets its day, and reminders come again."""
    out = since or turn.today
    case.course.release(out, formally_free_on(case, out), _teller(turn))
    follow(turn, case, case.confirmed_date)
    _look_again(turn, case)


@self_reporter.tap("at_home")
async def at_home(turn: Turn, _args: str) -> None:
    """The phone is theirs again."""
    case = turn.case
    case.person.answer(AT_HOME, turn.today.isoformat(), turn.now)
    _look_again(turn, case)
    turn.go("home_again")


HOME_AGAIN = Script(
    "screen.home_again",
    text("🏠 Good that you are here."),
    text("How is it now?"),
    choices=(Choice(text("🔓 I am free"), "home_say", "free"),),
)


@self_reporter.screen("home_again")
async def home_again(turn: Turn) -> Screen:
    """Welcome them, and ask how it is: they say it, and nobody has to ask."""
    case = turn.case
    rows = [*HOME_AGAIN.rows(turn)]
    if case.phase == "held":
        rows.append((Button(turn.text("🕐 I am home for a while"), "home_say", "leave"),))
    else:
        rows.append((Button(turn.text("📅 I got another day"), "letter"),))
        rows.append((Button(turn.text("😟 I stayed at home"), "home_say", "missed"),))
    return screen(turn, HOME_AGAIN.said(turn), *rows, spoken=(HOME_AGAIN.id,))


@self_reporter.tap("home_say")
async def home_said(turn: Turn, args: str) -> None:
    """Keep what they say; the helper hears it."""
    case = turn.case
    if args == "free" and case.phase in ("coming", "held"):
        is_free(turn, case)
        turn.notify(await turn.reads.helpers(case), "alert", case.ref)
        turn.go("free")
    elif args == "missed":
        await ask_for_human(turn, turn.text("I did not go on the day."))
        turn.go(MISSED)
    else:
        if args == "leave" and case.phase == "held":
            case.course.known_inside(turn.today)
        await onward(turn)


async def no_longer_free(turn: Turn) -> None:
    """The person says that they are not free yet: it was a mistake, or leave. Who helps hears it."""
    case = turn.case
    if case.outcome in ("reported", "arrested"):
        case.course.record_outcome(case.outcome, case.arrived_on, _teller(turn))
        case.course.known_inside(turn.today)
        follow(turn, case, case.confirmed_date)
        turn.notify(await turn.reads.helpers(case), "alert", case.ref)
        turn.go("perhaps_day", leave=True)
    else:
        await onward(turn)


# Drug deaths are three to eight times as many in the first weeks after prison (Merrall, Addiction 2010; read
# 30 November 2026). To everybody, and only on a screen that was opened: nobody is asked whether it is about them.
AFTER_A_WHILE = text(
    "⚠️ Stopped with drugs for a while? Your body can take much less now. Be together with somebody. "
    "Somebody does not wake up, or breathes badly: call {emergency}."
)
FREE = Script(
    "screen.free",
    text("🔓 Welcome back. {helper} hears that you are free. Your plan for now is ready."),
    AFTER_A_WHILE,
    choices=(Choice(text("📋 My plan"), "plan"), Choice(text("▶️ Go on"), "onward")),
)


@self_reporter.screen("free")
async def free(turn: Turn) -> Screen:
    """Say what comes now."""
    return FREE.screen(turn, helper=helper(turn), emergency=turn.content.region.numbers.emergency.telephone)


MISSED_DAY = Script(
    "screen.missed_day",
    text(
        "Your day is over. You were not there yet.\n\nYou can still choose. Call {helper}:\n{number}\n\n"
        "Together you look at what is possible now. The sooner you call, the more is possible."
    ),
    choices=(Choice(text("✍️ Write a message"), "write"), Choice(text("▶️ Go on"), "next_due")),
)


@self_reporter.screen(MISSED)
async def missed(turn: Turn) -> Screen:
    """Say the one kind thing that helps."""
    return MISSED_DAY.screen(turn, helper=helper(turn), number=number(turn))
