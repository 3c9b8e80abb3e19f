"""Reminders of actions, and what the person says: done, not yet, help, later; after some "not yet", a question."""

from __future__ import annotations

import html
from datetime import time, timedelta

from conversations.reminders.agenda import ask_again
from conversations.reminders.kind import Kind
from conversations.reminders.schedule import next_due, of_id
from conversations.roles import self_reporter
from conversations.rules.sending_hours import later_today
from conversations.screen import Button, Screen
from conversations.self_reporter.home import ask_for_human
from conversations.self_reporter.phone.spoken import of_action
from conversations.self_reporter.phrases import helper, number, screen, sign_later
from conversations.self_reporter.plan.plan_words import action_at, words_of
from conversations.self_reporter.plan.proposals import gone
from conversations.turn import Turn
from storage.case.case_parts import Action, Reminder


def _late(turn: Turn, row: Reminder) -> str | None:
    action = turn.case.action(row.action_id or "")
    if action is None or action.status != "agreed" or action.due is None:
        return "no longer in the plan"
    if turn.case.phase == "inside" and action.when == "before":
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


@self_reporter.screen("reminder")
async def reminder(turn: Turn) -> Screen:
    """Show what it is about."""
    row, action = of_id(turn, turn.place["id"]), _action_of(turn, turn.place["id"])
    if row is None or action is None or action.due is None:
        go_on = (Button(turn.text("▶️ Go on"), "next_due"),)
        return screen(turn, turn.text("✅ This is settled."), go_on, spoken=("screen.settled",))
    if action.due == turn.today:
        opening = turn.text("You agreed to do this today:")
    elif action.due > turn.today:
        opening = turn.text("You agreed to do this on {day}:", day=turn.words.day(action.due))
    else:
        opening = turn.text("You agreed to do this:")
    return screen(
        turn,
        f"{opening}\n\n📌 {words_of(turn, action)}\n\n" + turn.text("How is it going?"),
        (Button(turn.text("✅ Done"), "did", row.id),),
        (Button(turn.text("⏳ Not yet"), "not_yet", row.id),),
        (Button(turn.text("🙋 I need help"), "stuck", row.id),),
        (Button(turn.text("🕑 Later"), "later", row.id),),
        human_too=False,
        spoken=(*of_action(action.proposal), "screen.reminder"),
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


@self_reporter.screen("still_right")
async def still_right(turn: Turn) -> Screen:
    """Ask whether it still is."""
    action = action_at(turn, turn.place["action"])
    if action is None or action.status != "agreed":
        return gone(turn)
    at = str(action.position)
    question = turn.text("This is still open. That happens to many people. Does it still fit you?")
    return screen(
        turn,
        f"📌 {words_of(turn, action)}\n\n{question}",
        (Button(turn.text("👍 Yes, on another day"), "other_day", at),),
        (Button(turn.text("✏️ I do it in another way"), "own", at),),
        (Button(turn.text("🙌 You do this for me"), "for_us", at),),
        (Button(turn.text("🗑 Take it away"), "deed_away", at),),
        spoken=(*of_action(action.proposal), "screen.still_right"),
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
    buttons = [
        (Button(turn.text("📅 Tomorrow"), "later_on", "tomorrow"),),
        (Button(turn.text("📅 Another day"), "other_day", str(action.position)),),
    ]
    if _later_today(turn) is not None:
        buttons.insert(0, (Button(turn.text("🕑 Later today"), "later_on", "today"),))
    text = f"📌 {words_of(turn, action)}\n\n" + turn.text("When may I ask again?")
    return screen(turn, text, *buttons, spoken=(*of_action(action.proposal), "screen.later"))


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


@self_reporter.screen("stuck")
async def stuck_now(turn: Turn) -> Screen:
    """Say what to do now; the day in the letter stands."""
    later = sign_later(turn)
    lines = [
        later
        or turn.text(
            "Good that you say it. Call {helper} now:\n{number}\n\nTogether you look for a way.",
            helper=helper(turn),
            number=number(turn),
        )
    ]
    spoken: tuple[str, ...] = ("screen.stuck_later" if later else "screen.stuck",)
    if turn.case.confirmed_date and turn.case.phase == "called_up":
        lines.append(turn.text("The day in your letter stands."))
        spoken = (*spoken, "screen.letter_stands")
    return Screen(
        "\n\n".join(lines),
        (
            (Button(turn.text("✍️ Write a message"), "write"),),
            (Button(turn.text("▶️ Go on"), "next_due"),),
        ),
        spoken,
    )
