"""The end of a sitting: what comes next and on which day, a summary, and what the person does first."""

from __future__ import annotations

from datetime import date, timedelta

from conversations.reminders.kind import Kind
from conversations.roles import self_reporter
from conversations.rules.sending_hours import hour_of
from conversations.screen import Button, Screen
from conversations.self_reporter.phrases import helper, screen
from conversations.self_reporter.plan.plan_words import agreed_actions, words_of
from conversations.self_reporter.questions.next_step import next_question, onward
from conversations.self_reporter.script import Choice, Script, of_action, text, worded
from conversations.turn import Turn
from storage.case.case_parts import Reminder

SITTING = "sitting"
# Days from now that are offered for the next sitting, and actions to begin with.
DAYS, FIRST = (1, 3, 7), 3
LATER = Script("screen.sit_later", text("On which day do we go on?"), choices=(Choice(text("⬅️ Back"), "plan"),))
DONE = Script("screen.done_today", text("Done for today. Well done."), text("{helper} can read this on working days."))
FIRST_OF_ALL = Script(
    "screen.what_first", text("What do you do first?"), choices=(Choice(text("🤷 I see later"), "plan"),)
)
GO_ON = Script(
    "screen.sitting",
    text("Good that you are here. Shall we go on with the questions?"),
    choices=(Choice(text("▶️ Go on"), "sitting_on"), Choice(text("📅 Another day"), "sit_later")),
)


def _late(turn: Turn, _row: Reminder) -> str | None:
    if not turn.case.is_at_home:
        return "no longer so"
    return None if next_question(turn) else "nothing left to ask"


KIND = Kind(late=_late, opens=lambda turn, _row: turn.go("sitting"), by_hand=False)


def days_for(turn: Turn) -> list[date]:
    """Return the days on which the questions can go on: before the reporting day, if there is one."""
    last = turn.case.confirmed_date
    days = [turn.today + timedelta(days=n) for n in DAYS]
    return [day for day in days if last is None or day < last]


@self_reporter.screen("sit_later")
async def later(turn: Turn) -> Screen:
    """Ask for the day."""
    rows = tuple((Button(f"📅 {turn.words.day(day)}", "sit_on_day", day.isoformat()),) for day in days_for(turn))
    return screen(turn, LATER.said(turn), *rows, *LATER.rows(turn), spoken=(LATER.id,))


@self_reporter.tap("sit_later")
async def to_later(turn: Turn, _args: str) -> None:
    """Ask for the day of the next sitting."""
    turn.go("sit_later")


@self_reporter.tap("sit_on_day")
async def later_on(turn: Turn, args: str) -> None:
    """Keep the day and where it goes on, and come back to it then."""
    case, question, day = turn.case, next_question(turn), date.fromisoformat(args)
    case.schedule.cancel("another day", kinds=(SITTING,))
    if question is not None and day > turn.today:
        case.person.prefer(next_domain=question.domain, next_on=day)
        hour = hour_of(case.preferences, turn.content.reminders.sending)
        case.schedule.remind(SITTING, day, hour, turn.content.zone)
    turn.go("done_today")


@self_reporter.screen("done_today")
async def done_today(turn: Turn) -> Screen:
    """Sum up, and ask what comes first."""
    case = turn.case
    done, read = (worded(turn, line, helper=helper(turn)) for line in DONE.lines)
    lines = [done]
    wishes = case.preferences
    if wishes.next_domain and wishes.next_on:
        domain = next((d for d in turn.content.checklist.domains if d.id == wishes.next_domain), None)
        name = f"{domain.symbol} {turn.words.content(domain.id, domain.name)}" if domain else ""
        day = turn.words.day(wishes.next_on)
        lines.append(turn.text("📅 {day} we go on. {domain}", day=day.capitalize(), domain=name))
    mine = [a for a in agreed_actions(case) if a.owner == "self"][:FIRST]
    lines += [f"{n}. 📌 {words_of(turn, action)}" for n, action in enumerate(mine, start=1)]
    lines.append(read)
    plan = Button(turn.text("📋 My plan"), "plan")
    if not mine:
        return screen(turn, "\n\n".join(lines), (plan,), spoken=(DONE.id,))
    lines.append(FIRST_OF_ALL.said(turn))
    numbers = tuple(Button(f"{n}", "first", str(a.position)) for n, a in enumerate(mine, start=1))
    spoken = (DONE.id, *(i for a in mine for i in of_action(a.proposal)), FIRST_OF_ALL.id)
    return screen(turn, "\n\n".join(lines), numbers, *FIRST_OF_ALL.rows(turn), spoken=spoken)


@self_reporter.screen("sitting")
async def sitting(turn: Turn) -> Screen:
    """Go on where it stopped, on the day that the person picked."""
    return GO_ON.screen(turn)


@self_reporter.tap("sitting_on")
async def sitting_on(turn: Turn, _args: str) -> None:
    """Ask the next question."""
    turn.case.person.prefer(next_domain=None, next_on=None)
    question = next_question(turn)
    if question is not None:
        turn.go("question", id=question.id)
    else:
        await onward(turn)
