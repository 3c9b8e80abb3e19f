"""Reminders by hand, for who has no chat: the worker calls, with words to read out, and says what came of it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from conversations.reminders import home_check_plan
from conversations.reminders.kinds import KINDS
from conversations.reminders.silence import WAYS
from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.wording import escape
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import ask, in_rows, split
from conversations.worker.measures.actions import words_of
from storage.case import home_checks
from storage.case.case import Case
from storage.case.case_parts import Reminder
from storage.case.handed import handed


def words_to_read(turn: Turn, case: Case, row: Reminder) -> str:
    """Return what to say: short, and as the person would have read it."""
    of = KINDS.get(row.kind)
    if of is not None and of.words is not None:
        return of.words(turn, case, row)
    action = case.action(row.action_id or "")
    if action is None:
        return turn.text("“How are you? Is there anything that I can do for you?”")
    return turn.text("“You agreed to do this: {action}\nHow is it going?”", action="{action}").replace(
        "{action}", words_of(turn, case, action)
    )


deed(2, "by_hand", lambda turn: turn.text("📞 Call: reminder"), when=lambda case: any(handed(case, date.min)))


@worker.screen("by_hand")
async def by_hand(turn: Turn) -> Screen:
    """Show the first reminder that waits, with the words to read out."""
    case = await turn.open(turn.place["ref"], "change")
    row = next(handed(case, turn.today), None)
    if row is None:
        return ask(turn, turn.text("✅ Nothing waits to be said any more."))
    due = turn.words.moment(row.due_at)
    who = case.identity.name or case.ref
    silent = row.kind in WAYS
    text = (
        f"👤 {escape(who)}" if silent else turn.text("📞 Call {who}. This was to be said on {when}:", who=who, when=due)
    )
    at = case.reminders.index(row)
    said = turn.text("✅ It is done") if silent else turn.text("✅ Said")
    buttons = [
        Button(said, "by_hand_did", f"{case.ref}/{at}/done"),
        Button(turn.text("📵 Not reached"), "by_hand_did", f"{case.ref}/{at}/not_done"),
    ]
    rows = in_rows(buttons)
    if home_check_plan.for_who_calls(turn, case) and row.kind in home_checks.KINDS:
        rows = (*rows, (Button(turn.text("🗣 Write the answers down"), "together", case.ref),))
    return ask(turn, f"{text}\n\n{words_to_read(turn, case, row)}", *rows)


@worker.tap("by_hand")
async def to_by_hand(turn: Turn, args: str) -> None:
    """Go to what waits to be said."""
    if case := await opened(turn, args, "change"):
        turn.go("by_hand", ref=case.ref)


@worker.tap("by_hand_did")
async def did(turn: Turn, args: str) -> None:
    """Keep what came of it; a call that reached somebody is contact."""
    ref, at, what = split(args, 3)
    case = await opened(turn, ref, "change")
    if case is None or int(at) >= len(case.reminders):
        return
    row = case.reminders[int(at)]
    if row in handed(case, turn.today):
        dealt: Literal["done", "not_done"] = "done" if what == "done" else "not_done"
        case.schedule.deal_with(row, dealt, turn.now)
        way = WAYS.get(row.kind, "phone")
        if dealt == "done" or way == "phone":
            case.reach.contacted(way if dealt == "done" else "call_missed", "out", turn.now)
        if dealt == "done" and way != "letter":  # a letter has no answer yet
            case.reach.contacted(way, "in", turn.now)
    if any(handed(case, turn.today)):
        turn.go("by_hand", ref=case.ref)
    else:
        turn.go("case", ref=case.ref)
