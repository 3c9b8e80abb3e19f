"""Words of a plan: actions by their place in the case, as a self-reporter's screens show them, in their order."""

from __future__ import annotations

from datetime import date

from conversations.self_reporter.phrases import helper
from conversations.turn import Turn
from conversations.words import worded
from conversations.words.share_sign import share_sign
from conversations.words.wording import escape
from storage.case.case import Case
from storage.case.case_parts import Action

OPEN = ("proposed", "agreed")


def words_of(turn: Turn, action: Action) -> str:
    """Return an action in the reader's words; an own action in the person's own."""
    return worded.action(turn.words, turn.content.checklist, action, helper(turn)) or escape(action.text)


def action_at(turn: Turn, position: str | int) -> Action | None:
    """Return the action at a place in the case.

    Buttons name it so: an id of 32 characters and a day do not fit into 64 bytes.
    """
    return next((a for a in turn.case.actions if str(a.position) == str(position)), None)


def order_of(action: Action) -> tuple[int, date, int]:
    """Return what an action of the plan is sorted by: what the person put first, then by its day."""
    return -action.rank, action.due or date.max, action.position


def agreed_actions(case: Case) -> list[Action]:
    """Return what stands in the plan and is not done, in the person's order."""
    return sorted((a for a in case.actions if a.status == "agreed"), key=order_of)


def no_longer_fits(case: Case) -> list[Action]:
    """Return the agreed actions whose own day comes too late for the reporting date: the person chooses again."""
    day = case.confirmed_date
    if day is None or case.phase != "coming":
        return []
    return [a for a in agreed_actions(case) if a.own_day and a.when == "before" and a.due is not None and a.due >= day]


def signs(turn: Turn, action: Action) -> list[str]:
    """Return what else stands with an action: the day, who does it, and who may read it."""
    lines = []
    if action.due:
        lines.append(f"📅 {turn.words.day(action.due)}")
    elif action.proposal and action.when == "before" and turn.case.confirmed_date is None:
        lines.append(turn.text("📅 As soon as your day is known."))
    if action.owner == "worker":
        lines.append(turn.text("🙌 {helper} does this.", helper=helper(turn)))
    elif action.owner == "casemanager":
        lines.append(share_sign(turn.words, turn.case, action))
        if turn.case.shares.state(action) == "declined":
            lines.append(turn.text("🙋 Look with {helper} for another way.", helper=helper(turn)))
    elif action.together:
        lines.append(turn.text("🤝 Together with {helper}.", helper=helper(turn)))
    return lines
