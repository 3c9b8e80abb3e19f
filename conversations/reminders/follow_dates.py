"""The following of dates: when the day or the release comes, moves or goes, the plan is worked out again.

Whoever brings the news, the same happens: actions whose day came from their proposal move with it, days that the person
chose stay, and the person hears of it in one message. A list is no news: only the letter moves a date.
"""

from __future__ import annotations

from datetime import date, time, timedelta

from conversations.content.checklist.model import Proposal
from conversations.reminders.agenda import now_on_the_wall, plan_action, plan_reporting_day
from conversations.reminders.check_in_plan import follow_day
from conversations.reminders.kind import Kind
from conversations.roles import self_reporter
from conversations.rules import checklist_rules
from conversations.rules.reporting_hour import forget_hours, report_at
from conversations.screen import Button, Screen
from conversations.self_reporter.day.hour_in_letter import keep_hour
from conversations.self_reporter.phrases import screen
from conversations.self_reporter.plan.plan_words import agreed_actions, no_longer_fits, words_of
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.script import Script, text
from conversations.turn import Turn
from conversations.words.reporting_day import day_of_letter
from storage.case.case import Case
from storage.case.case_parts import Action, Reminder, Teller

CHANGED = "day_changed"
# Actions that the news shows; the others stand in the plan.
SHOWN = 4
DAY_CHANGED = Script("screen.day_changed", text("📅 Your day is {day}."), text("This day stands in your letter."))
DAY_WITHDRAWN = Script(
    "screen.day_withdrawn", text("📭 There is no day now. A new letter comes."), text("Your plan stays.")
)


def _new_day(turn: Turn, case: Case, action: Action, proposal: Proposal, before: date | None) -> date | None:
    """Return the day that an action gets now; `before`: the reporting date that it was counted from."""
    day = checklist_rules.due_day(proposal, case.confirmed_date, turn.today, case.release_date)
    if proposal.timing != "before" or action.due is None or action.due < turn.today:
        return day
    counted_back = before is not None and action.due == before - timedelta(days=proposal.lead or 0)
    if counted_back or (case.confirmed_date is not None and action.due >= case.confirmed_date):
        return day
    # It was soon, whatever the date: it is not put off.
    return action.due if day is None or proposal.soon is not None else min(day, action.due)


def follow(turn: Turn, case: Case, before: date | None) -> list[Action]:
    """Give open actions the day that follows from the dates as they are now; returns those of the plan that moved."""
    moved = []
    for action in case.actions:
        proposal = turn.content.checklist.proposal(action.proposal)
        if action.status not in ("proposed", "agreed") or action.own_day or proposal is None:
            continue
        if proposal.timing == "before" and not case.is_at_home:
            continue  # its time is over
        day = _new_day(turn, case, action, proposal, before)
        if day != action.due:
            case.plan.move(action, day, own_day=False)
            if action.status == "agreed":
                plan_action(turn, case, action)
                moved.append(action)
    return moved


def _tell(turn: Turn, case: Case) -> None:
    """Let the person hear it, once: several changes of one day are one message."""
    case.schedule.cancel("told anew", kinds=(CHANGED,))
    if case.joined_at is not None and case.person.consents_to("channel"):
        case.schedule.remind(CHANGED, *now_on_the_wall(turn), turn.content.zone)


def letter_says(turn: Turn, case: Case, day: date, by: Teller) -> bool:
    """The letter brings or moves the day; `by` the person (`self`) or the `worker`. Returns whether the plan changed.

    The person who says it sees what changes; what a worker says they hear in a message.
    """
    before, same = case.confirmed_date, case.confirmed_date == day
    case.course.confirm_date(day, by)
    moved = follow(turn, case, before)
    if not same:
        forget_hours(case)
        plan_reporting_day(turn, case)
        follow_day(turn, case, before)
    if by != "self" and not same:
        _tell(turn, case)
    elif not same:
        case.schedule.cancel("said by themselves", kinds=(CHANGED,))
    return bool(moved or no_longer_fits(case))


def hour_read(turn: Turn, case: Case, at: time) -> None:
    """A worker read the hour in the letter: where it is news, the person hears it."""
    news = report_at(case) != at
    keep_hour(turn, case, at, "worker")
    if news:
        _tell(turn, case)


def letter_withdraws(turn: Turn, case: Case) -> None:
    """The day is off, or put off without a new one: a letter or the prison said so to the worker."""
    before = case.confirmed_date
    case.course.withdraw_date()
    follow(turn, case, before)
    forget_hours(case)
    plan_reporting_day(turn, case)
    _tell(turn, case)


def release_expected(turn: Turn, case: Case, day: date | None) -> None:
    """The day of release is known, or known better: what comes afterwards gets its day."""
    case.course.expect_release(day, turn.today)
    follow(turn, case, case.confirmed_date)


def _over(turn: Turn, _row: Reminder) -> str | None:
    return None if turn.case.is_at_home else "too late"


KIND = Kind(late=_over, opens=lambda turn, _row: turn.go(CHANGED), notice="important")


@self_reporter.screen(CHANGED)
async def day_changed(turn: Turn) -> Screen:
    """Say which day it is now, and what that does to the plan."""
    case = turn.case
    script, day = DAY_WITHDRAWN, ""
    if case.confirmed_date is not None:
        script, day = DAY_CHANGED, day_of_letter(turn.words, case)
    lines = [script.said(turn, day=day)]
    dated = [a for a in agreed_actions(case) if a.owner == "self" and a.when == "before"]
    late = no_longer_fits(case)
    if shown := [a for a in dated if a not in late and a.due][:SHOWN]:
        lines.append(turn.text("I worked your plan out again:"))
        lines += [f"📌 {words_of(turn, a)}\n📅 {turn.words.day(a.due)}" for a in shown if a.due]
    if not late:
        plan = (Button(turn.text("📋 My plan"), "plan"),)
        return screen(turn, "\n\n".join(lines), plan, _go_on(turn), spoken=(script.id,))
    lines.append(
        turn.text("📌 {action}\nThis comes too late now.", action="{action}").replace(
            "{action}", words_of(turn, late[0])
        )
    )
    again = Button(turn.text("📅 Choose another day"), "other_day", str(late[0].position))
    return screen(turn, "\n\n".join(lines), (again,), _go_on(turn), spoken=(script.id,))


def _go_on(turn: Turn) -> tuple[Button, ...]:
    return (Button(turn.text("▶️ Go on"), "next_due"),)


async def told_themselves(turn: Turn, changed: bool) -> None:
    """Go on after the person said the day: first to what changes with it."""
    if changed:
        turn.go(CHANGED)
    else:
        await onward(turn)
