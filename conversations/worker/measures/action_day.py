"""The day of an action: of one that stands, or of a new one."""

from __future__ import annotations

from datetime import date, timedelta

from conversations.reminders.agenda import plan_action
from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.typed import day_of
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import ask, in_rows, split
from conversations.worker.measures.actions import action_at, tell

# Days from now that a button offers.
DAYS = (2, 7, 14, 28)


@worker.screen("action_day")
async def action_day(turn: Turn) -> Screen:
    """Ask by when."""
    ref, at = turn.place["ref"], turn.place["at"]
    days = [turn.today + timedelta(days=n) for n in DAYS]
    buttons = [Button(f"📅 {turn.words.day(day)}", "action_on", f"{ref}/{at}/{day.isoformat()}") for day in days]
    return ask(turn, turn.text("By which day? You can type a day too."), *in_rows(buttons, 1))


@worker.tap("action_day")
async def to_action_day(turn: Turn, args: str) -> None:
    """Go and choose a day."""
    ref, at = split(args, 2)
    if case := await opened(turn, ref, "change"):
        turn.go("action_day", ref=case.ref, at=int(at))


async def _on(turn: Turn, ref: str, at: int | str, day: date) -> None:
    case = await opened(turn, ref, "change")
    if case is None or (action := action_at(case, at)) is None or action.status not in ("agreed", "proposed"):
        return
    case.plan.move(action, day)
    if action.status == "agreed" and action.owner == "self":
        plan_action(turn, case, action)
        tell(turn, case)
    turn.go("actions", f"✅ {turn.words.day(day)}", ref=case.ref)


@worker.tap("action_on")
async def action_on(turn: Turn, args: str) -> None:
    """Take the day of a button."""
    ref, at, day = split(args, 3)
    await _on(turn, ref, at, date.fromisoformat(day))


@worker.typed("action_day")
async def day_typed(turn: Turn, text: str) -> None:
    """Take a typed day, from today on."""
    turn.delete(turn.message_id)
    if (day := day_of(turn, text, from_today=True)) is not None:
        await _on(turn, turn.place["ref"], turn.place["at"], day)
