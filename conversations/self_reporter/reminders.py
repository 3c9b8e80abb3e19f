"""Reminders: what leaves when its time has come, and what the person says to it."""

from __future__ import annotations

import html
from datetime import time, timedelta

from conversations.roles import self_reporter
from conversations.self_reporter.agenda import ask_again
from conversations.self_reporter.home import ask_for_human
from conversations.self_reporter.onward import onward
from conversations.self_reporter.phrases import helper, number, screen
from conversations.self_reporter.plan import words_of
from conversations.self_reporter.schedule import kind, show
from conversations.turn import Button, Screen, Turn
from storage.parts import Reminder

# Hours at which people leave home, offered the day before.
LEAVE_AT = ("08:00", "08:30", "09:00")


def _action_late(turn: Turn, row: Reminder) -> str | None:
    assert turn.case is not None
    action = turn.case.action(row.action_id or "")
    if action is None or action.status != "agreed" or action.due is None:
        return "no longer in the plan"
    return "too late" if row.kind == "action_before" and turn.today >= action.due else None


def _day_late(turn: Turn, _row: Reminder) -> str | None:
    assert turn.case is not None
    day = turn.case.confirmed_date
    return "too late" if day is None or turn.today >= day else None


def _to_reminder(turn: Turn, row: Reminder) -> None:
    turn.go("reminder", id=row.id)


kind("action_before", late=_action_late, opens=_to_reminder)
kind("action_day", late=_action_late, opens=_to_reminder)
kind("reporting_eve", late=_day_late, opens=_to_reminder, notice="important", waits=False, vital=True)


async def _next(turn: Turn) -> None:
    """Go to the next reminder that waits for an answer, else on."""
    assert turn.case is not None
    for row in turn.case.reminders:
        if row.state in ("leaving", "sent") and row.opened_at is None:
            action = turn.case.action(row.action_id or "")
            if action is not None and action.status == "agreed":
                show(turn, row)
                return
    await onward(turn)


@self_reporter.screen("reminder")
async def reminder(turn: Turn) -> Screen:
    """Show what it is about."""
    case = turn.case
    assert case is not None
    row = next((r for r in case.reminders if r.id == turn.place["id"]), None)
    if row is not None and row.kind == "reporting_eve" and case.confirmed_date:
        return _eve(turn, row)
    action = case.action(row.action_id or "") if row else None
    if row is None or action is None or action.status != "agreed" or action.due is None:
        return screen(turn, turn.text("✅ This is settled."), (Button(turn.text("▶️ Go on"), "onward"),))
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
        human_too=False,
    )


def _eve(turn: Turn, row: Reminder) -> Screen:
    case = turn.case
    assert case is not None
    assert case.confirmed_date is not None
    left = (case.confirmed_date - turn.today).days
    lines = [turn.text("Tomorrow is the day.") if left == 1 else turn.text("The day is near.")]
    where = f"   📍 {case.prison}" if case.prison else ""
    lines.append(
        f"📅 {turn.words.full_date(case.confirmed_date)}{where}\n" + turn.text("The time stands in your letter.")
    )
    lines.append(
        turn.text(
            "Take with you:\n✅ the letter with the day\n✅ your ID card\n✅ the list of your medicines\n"
            "✅ a paper with telephone numbers"
        )
    )
    lines.append(turn.text("🏠 Leave at home: telephone, drink and drugs."))
    lines.append(
        turn.text(
            "Are you in time? Then you start with more activities. Do you stay away? Then the police can fetch you."
        )
    )
    chosen = case.value("leave_at")
    if isinstance(chosen, str):
        lines.append(turn.text("🕗 You leave at {time}. Good plan. All the best tomorrow.", time=chosen))
        return screen(turn, "\n\n".join(lines), (Button(turn.text("▶️ Go on"), "onward"),))
    lines.append(turn.text("What time do you leave?"))
    return screen(
        turn,
        "\n\n".join(lines),
        tuple(
            Button(f"🕗 {turn.words.time(time.fromisoformat(at))}", "leave", f"{row.id}/{at.replace(':', '')}")
            for at in LEAVE_AT
        ),
        (Button(turn.text("😟 It is hard for me"), "stuck", row.id),),
        human_too=False,
    )


@self_reporter.tap("did")
async def did(turn: Turn, args: str) -> None:
    """The action is done; what was still planned for it ends."""
    case = turn.case
    assert case is not None
    row = next((r for r in case.reminders if r.id == args), None)
    action = case.action(row.action_id or "") if row else None
    if action is not None and action.status == "agreed":
        case.settle(action, "done", "done")
        turn.toast = turn.text("✅ Well done!")
    await _next(turn)


@self_reporter.tap("not_yet")
async def not_yet(turn: Turn, args: str) -> None:
    """Ask again tomorrow, once the day of the action has come."""
    case = turn.case
    assert case is not None
    row = next((r for r in case.reminders if r.id == args), None)
    action = case.action(row.action_id or "") if row else None
    if action is not None and action.status == "agreed" and action.due:
        planned = any(r.action_id == action.id and r.state == "planned" for r in case.reminders)
        if not planned and (case.confirmed_date is None or turn.today + timedelta(days=1) < case.confirmed_date):
            ask_again(turn, case, action)
        turn.toast = turn.text("That is all right. I ask again later.")
    await _next(turn)


@self_reporter.tap("stuck")
async def stuck(turn: Turn, args: str) -> None:
    """Help is needed: a human hears it now, and the person gets the number."""
    assert turn.case is not None
    row = next((r for r in turn.case.reminders if r.id == args), None)
    action = turn.case.action(row.action_id or "") if row else None
    await ask_for_human(turn, html.unescape(words_of(turn, action)) if action else "")
    turn.go("stuck")


@self_reporter.screen("stuck")
async def stuck_now(turn: Turn) -> Screen:
    """Say what to do now; the day in the letter stands."""
    lines = [
        turn.text(
            "Good that you say it. Call {helper} now:\n{number}\n\nTogether you look for a way.",
            helper=helper(turn),
            number=number(turn),
        )
    ]
    if turn.case and turn.case.confirmed_date:
        lines.append(turn.text("The day in your letter stands."))
    return Screen(
        "\n\n".join(lines),
        (
            (Button(turn.text("✍️ Write a message"), "write"),),
            (Button(turn.text("▶️ Go on"), "onward"),),
        ),
    )


@self_reporter.tap("leave")
async def leaves_at(turn: Turn, args: str) -> None:
    """Keep when the person leaves home."""
    case = turn.case
    assert case is not None
    row_id, _, at = args.partition("/")
    case.answer("leave_at", f"{at[:2]}:{at[2:]}", turn.now)
    turn.go("reminder", id=row_id)
