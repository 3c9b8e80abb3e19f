"""Reminders of actions, and what the person says: done, not yet, help, later; after some "not yet", a question."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import time, timedelta

from conversations.reminders.agenda import ask_again
from conversations.reminders.kind import Kind
from conversations.reminders.schedule import next_due, of_id
from conversations.roles import self_reporter
from conversations.rules.sending_hours import later_today
from conversations.screen import Button, Screen
from conversations.self_reporter.home import ask_for_human
from conversations.self_reporter.phrases import LATER, gone, helper, number, screen, sign_later
from conversations.self_reporter.plan.plan_words import action_at, words_of
from conversations.self_reporter.script import Choice, Script, of_action, text
from conversations.turn import Turn
from storage.case.case_parts import Action, Reminder


def _late(turn: Turn, row: Reminder) -> str | None:
    action = turn.case.action(row.action_id or "")
    if action is None or action.status != "agreed" or action.due is None:
        return "no longer in the plan"
    if turn.case.phase == "held" and action.when == "before":
        return "inside now"
    return "too late" if row.kind == "action_before" and turn.today >= action.due else None


def _opens(turn: Turn, row: Reminder) -> None:
    turn.go("reminder", id=row.id)


REMINDER = Kind(late=_late, opens=_opens)


def _action_of(turn: Turn, row_id: str) -> Action | None:
    """Return the agreed action that a reminder is about."""
    row = of_id(turn, row_id)
    action = turn.case.action(row.action_id or "") if row else None
    return action if action is not None and action.status == "agreed" else None


HOW_IT_GOES = Script(
    "screen.reminder",
    text("How is it going?"),
    choices=(
        Choice(text("✅ Done"), "did"),
        Choice(text("⏳ Not yet"), "not_yet"),
        Choice(text("🙋 I need help"), "stuck"),
        Choice(text("🕑 Later"), "later"),
    ),
)


@self_reporter.screen("reminder")
async def reminder(turn: Turn) -> Screen:
    """Show what it is about."""
    row, action = of_id(turn, turn.place["id"]), _action_of(turn, turn.place["id"])
    if row is None or action is None or action.due is None:
        return gone(turn, "next_due")
    if action.due == turn.today:
        opening = turn.text("You agreed to do this today:")
    elif action.due > turn.today:
        opening = turn.text("You agreed to do this on {day}:", day=turn.words.day(action.due))
    else:
        opening = turn.text("You agreed to do this:")
    return screen(
        turn,
        f"{opening}\n\n📌 {words_of(turn, action)}\n\n{HOW_IT_GOES.said(turn)}",
        *HOW_IT_GOES.rows(turn, row.id),
        human_too=False,
        spoken=(*of_action(action.proposal), HOW_IT_GOES.id),
    )


@self_reporter.tap("did")
async def did(turn: Turn, args: str) -> None:
    """The action is done; what was still planned for it ends."""
    if action := _action_of(turn, args):
        turn.case.plan.settle(action, "done", "done", on=turn.today)
        turn.toast = turn.text("✅ Well done!")
    await next_due(turn, "")


def _ask_tomorrow(turn: Turn, action: Action) -> None:
    case = turn.case
    tomorrow = turn.today + timedelta(days=1)
    planned = any(r.action_id == action.id and r.state == "planned" for r in case.reminders)
    if not planned and (action.when != "before" or case.confirmed_date is None or tomorrow < case.confirmed_date):
        ask_again(turn, case, action, tomorrow)


@self_reporter.tap("not_yet")
async def not_yet(turn: Turn, args: str) -> None:
    """Ask again tomorrow; after some times, ask whether it is still the right thing to do."""
    action = _action_of(turn, args)
    if action is not None and action.due:
        turn.case.plan.count_not_yet(action, action.not_yet + 1)
        if action.not_yet >= turn.content.reminders.actions.not_yet:
            turn.go("still_right", action=action.position)
            return
        _ask_tomorrow(turn, action)
        turn.toast = turn.text("That is all right. I ask again later.")
    await next_due(turn, "")


STILL_RIGHT = Script(
    "screen.still_right",
    text("This is still open. That happens to many people. Does it still fit you?"),
    choices=(
        Choice(text("👍 Yes, on another day"), "other_day"),
        Choice(text("✏️ I do it in another way"), "own"),
        Choice(text("🙌 You do this for me"), "for_us"),
        Choice(text("🗑 Take it away"), "deed_away"),
    ),
)


@self_reporter.screen("still_right")
async def still_right(turn: Turn) -> Screen:
    """Ask whether it still is."""
    action = action_at(turn, turn.place["action"])
    if action is None or action.status != "agreed":
        return gone(turn)
    return screen(
        turn,
        f"📌 {words_of(turn, action)}\n\n{STILL_RIGHT.said(turn)}",
        *STILL_RIGHT.rows(turn, str(action.position)),
        spoken=(*of_action(action.proposal), STILL_RIGHT.id),
    )


WHEN_AGAIN = Script(
    "screen.later",
    text("When may I ask again?"),
    choices=(Choice(text("📅 Tomorrow"), "later_on", "tomorrow"), Choice(text("📅 Another day"), "other_day")),
)


def _later_today(turn: Turn) -> time | None:
    return later_today(turn.now, turn.content.zone, turn.case.preferences, turn.content.reminders.sending)


@self_reporter.screen("later")
async def later(turn: Turn) -> Screen:
    """Ask when."""
    action = _action_of(turn, turn.place["id"])
    if action is None:
        return gone(turn)
    # The reminder is named by the place: its id and a word more do not fit into a button.
    tomorrow, another = WHEN_AGAIN.choices
    buttons = [(tomorrow.button(turn),), (another.button(turn, str(action.position)),)]
    if _later_today(turn) is not None:
        buttons.insert(0, (Button(turn.text("🕑 Later today"), "later_on", "today"),))
    said = f"📌 {words_of(turn, action)}\n\n{WHEN_AGAIN.said(turn)}"
    return screen(turn, said, *buttons, spoken=(*of_action(action.proposal), WHEN_AGAIN.id))


@self_reporter.tap("later")
async def to_later(turn: Turn, args: str) -> None:
    """Go and say when."""
    turn.go("later", id=args)


@self_reporter.tap("later_on")
async def later_on(turn: Turn, args: str) -> None:
    """Ask again then."""
    case = turn.case
    if action := _action_of(turn, turn.place.get("id", "")):
        at = _later_today(turn)
        if args == "today" and at is not None:
            ask_again(turn, case, action, turn.today, at)
        else:
            _ask_tomorrow(turn, action)
        turn.toast = turn.text("That is all right. I ask again later.")
    await next_due(turn, "")


@self_reporter.tap("stuck")
async def stuck(turn: Turn, args: str) -> None:
    """Help is needed: a human hears it now, and the person gets the number."""
    action = _action_of(turn, args)
    await ask_for_human(turn, html.unescape(words_of(turn, action)) if action else "")
    turn.go("stuck")


_WAYS = (Choice(text("✍️ Write a message"), "write"), Choice(text("▶️ Go on"), "next_due"))
STUCK = Script(
    "screen.stuck",
    text("Good that you say it. Call {helper} now:\n{number}\n\nTogether you look for a way."),
    choices=_WAYS,
)
STUCK_LATER = Script("screen.stuck_later", *LATER, choices=_WAYS)
LETTER_STANDS = Script("screen.letter_stands", text("The day in your letter stands."))


@self_reporter.screen("stuck")
async def stuck_now(turn: Turn) -> Screen:
    """Say what to do now; the day in the letter stands."""
    later = sign_later(turn)
    script, values = (STUCK_LATER, later) if later else (STUCK, {"helper": helper(turn), "number": number(turn)})
    shown = script.screen(turn, human_too=False, **values)
    if turn.case.confirmed_date and turn.case.phase == "coming":
        return replace(shown, text=f"{shown.text}\n\n{LETTER_STANDS.said(turn)}", spoken=(script.id, LETTER_STANDS.id))
    return shown
