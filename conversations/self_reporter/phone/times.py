"""Times at which messages come: a part of the day, an hour in it, and a week's rest. `Preferences` keeps them."""

from __future__ import annotations

from datetime import date, time, timedelta

from conversations.reminders.agenda import plan_action, plan_reporting_day
from conversations.roles import self_reporter
from conversations.rules.sending_hours import hour_of
from conversations.screen import Button, Screen
from conversations.self_reporter.phrases import screen
from conversations.self_reporter.script import Choice, Script, text
from conversations.turn import Turn
from storage.case.case import Case

REST = timedelta(days=7)
# Parts of the day: quiet from and until, and the hours that can be chosen in it.
PARTS: dict[str, tuple[time | None, time | None, tuple[int, ...]]] = {
    "all": (None, None, (9, 10, 12, 15, 18)),
    "morning": (time(12), time(9), (9, 10, 11)),
    "afternoon": (time(17), time(12), (12, 14, 16)),
    "evening": (time(20), time(17), (17, 18, 19)),
}
TIMES = Script(
    "screen.times",
    text("Do you want rest? Then I am silent for a week."),
    choices=(
        Choice(text("⏸ A week of rest"), "rest", "on"),
        Choice(text("🕙 Another time"), "part_ask"),
        Choice(text("▶️ Go on"), "onward"),
    ),
)
TIMES_RESTING = Script(
    "screen.times_resting",
    text("⏸ I am silent until {day}. Only about the day in your letter I still write."),
    choices=(
        Choice(text("▶️ Write to me again"), "rest", "off"),
        Choice(text("🕙 Another time"), "part_ask"),
        Choice(text("▶️ Go on"), "onward"),
    ),
)
PART = Script(
    "screen.part",
    text("When may I write to you?"),
    choices=(
        Choice(text("🌤 The whole day"), "part", "all"),
        Choice(text("🌅 In the morning"), "part", "morning"),
        Choice(text("☀️ In the afternoon"), "part", "afternoon"),
        Choice(text("🌆 In the evening"), "part", "evening"),
        Choice(text("⬅️ Back"), "times"),
    ),
)
HOUR = Script("screen.hour", text("At what time? It is Dutch time."), choices=(Choice(text("⬅️ Back"), "part_ask"),))


def _hours(turn: Turn, part: str) -> list[int]:
    """Return the hours of a part of the day at which messages may leave: only those are offered."""
    return [hour for hour in PARTS[part][2] if turn.content.reminders.sending.holds(time(hour))]


def _part(case: Case) -> str:
    wishes = case.preferences
    return next(
        (p for p, (begin, end, _) in PARTS.items() if (begin, end) == (wishes.quiet_from, wishes.quiet_until)), "all"
    )


def is_resting(turn: Turn, case: Case) -> bool:
    """Tell whether a pause lasts."""
    until = case.preferences.paused_until
    return until is not None and turn.today < until


@self_reporter.screen("times")
async def times(turn: Turn) -> Screen:
    """Show how it is now, and what can be changed."""
    case = turn.case
    at = turn.words.time(hour_of(case.preferences, turn.content.reminders.sending))
    part = next(choice.button(turn).label for choice in PART.choices if choice.args == _part(case))
    now = turn.text("My messages come at {time}. That is Dutch time. {part}", time=at, part=part)
    until = case.preferences.paused_until
    day = turn.words.day(until) if until is not None else ""
    script = TIMES_RESTING if is_resting(turn, case) else TIMES
    return screen(turn, f"{now}\n\n{script.said(turn, day=day)}", *script.rows(turn), spoken=(script.id,))


@self_reporter.command("pauze", "pause")
async def wanted(turn: Turn, _args: str) -> None:
    """Show the times."""
    turn.go("times")


@self_reporter.tap("times")
async def to_times(turn: Turn, _args: str) -> None:
    """Show the times."""
    turn.go("times")


@self_reporter.tap("rest")
async def rest(turn: Turn, args: str) -> None:
    """Begin a week's rest, or end it; what is due meanwhile waits."""
    until: date | None = turn.today + REST if args == "on" else None
    turn.case.person.prefer(paused_until=until)
    turn.go("times")


@self_reporter.screen("part")
async def part(turn: Turn) -> Screen:
    """Ask for a part of the day."""
    *parts, back = PART.choices
    rows = tuple((part.button(turn),) for part in parts if _hours(turn, part.args))
    return screen(turn, PART.said(turn), *rows, (back.button(turn),), spoken=(PART.id,))


@self_reporter.tap("part_ask")
async def to_part(turn: Turn, _args: str) -> None:
    """Ask for it."""
    turn.go("part")


@self_reporter.tap("part")
async def part_chosen(turn: Turn, args: str) -> None:
    """Keep the part of the day, and ask for the hour."""
    case = turn.case
    if args in PARTS and (hours := _hours(turn, args)):
        begin, end, _ = PARTS[args]
        case.person.prefer(quiet_from=begin, quiet_until=end, hour=time(hours[0]) if begin else None)
        _plan_anew(turn, case)
        turn.go("hour", part=args)


@self_reporter.screen("hour")
async def hour(turn: Turn) -> Screen:
    """Ask for the hour."""
    hours = _hours(turn, turn.place["part"])
    rows = tuple((Button(f"🕙 {turn.words.time(time(h))}", "hour", str(h)),) for h in hours)
    return screen(turn, HOUR.said(turn), *rows, *HOUR.rows(turn), spoken=(HOUR.id,))


@self_reporter.tap("hour")
async def hour_chosen(turn: Turn, args: str) -> None:
    """Keep the hour; what is planned moves to it."""
    turn.case.person.prefer(hour=time(int(args)))
    _plan_anew(turn, turn.case)
    turn.go("times", turn.text("✅ Good."))


def _plan_anew(turn: Turn, case: Case) -> None:
    for action in case.actions:
        if action.status == "agreed" and any(r.action_id == action.id and r.state == "planned" for r in case.reminders):
            plan_action(turn, case, action)
    if case.confirmed_date is not None:
        plan_reporting_day(turn, case)
