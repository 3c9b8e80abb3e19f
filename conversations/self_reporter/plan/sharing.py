"""Sharing: may this prison read this action? Asked plainly, anew for another prison, and taken back at any time."""

from __future__ import annotations

import html
from dataclasses import replace

from conversations.reminders.kind import Kind
from conversations.reminders.schedule import shows_next
from conversations.roles import self_reporter
from conversations.screen import Screen
from conversations.self_reporter.home import ask_for_human
from conversations.self_reporter.phrases import gone, screen
from conversations.self_reporter.plan.plan_words import action_at, words_of
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.script import Choice, Script, of_action, text
from conversations.turn import Turn
from conversations.words import worded
from conversations.words.share_sign import mark_of
from conversations.words.wording import escape, unlinked
from storage.case.case import Case
from storage.case.case_parts import Action, Reminder

# Which text of `share` was read, for the record.
TEXT_VERSION = "2026-11-30"
SHARE = Script(
    "screen.share",
    text(
        "{prison} can do this for you:\n\n📌 {action}\n\n"
        "Then somebody there reads this sentence, your name and your day. "
        "They see who helps you, and in which municipality. Nothing else.\n\n"
        "May {prison} read it? You can always take it back."
    ),
    choices=(
        Choice(text("👍 Yes, it may"), "share_say", "yes"),
        Choice(text("👎 No"), "share_say", "no"),
        Choice(text("💬 First talk about it"), "share_say", "talk"),
    ),
)


@self_reporter.screen("share")
async def share(turn: Turn) -> Screen:
    """Ask, for one action and one prison."""
    case, action = turn.case, action_at(turn, turn.place["action"])
    if action is None or not case.shares.can_be_asked(action) or case.shares.state(action) != "not_shared":
        return gone(turn)
    prison, lines = escape(case.prison or ""), []
    if (before := case.shares.said_yes_before(action)) is not None:
        former = escape(before) or turn.text("the prison")
        lines.append(turn.text("You said yes to {before}. Now {prison} is named.", before=former, prison=prison))
    lines.append(SHARE.said(turn, action="{action}", prison=prison).replace("{action}", words_of(turn, action)))
    (yes,), *others = SHARE.rows(turn, str(action.position))
    yes = replace(yes, args=f"{yes.args}/{mark_of(case)}")  # to the prison that the text names
    return screen(turn, "\n\n".join(lines), (yes,), *others, spoken=(*of_action(action.proposal), SHARE.id))


@self_reporter.tap("share")
async def to_share(turn: Turn, args: str) -> None:
    """Go and decide."""
    turn.go("share", action=args)


@self_reporter.tap("share_say")
async def share_said(turn: Turn, args: str) -> None:
    """Keep a yes or a no. First to talk is a no for now, and the helper hears it."""
    case = turn.case
    position, said, mark = [*args.split("/"), "", ""][:3]
    action = action_at(turn, position)
    if action is None or not (case.shares.has_yes(action) or case.shares.can_be_asked(action)):
        await onward(turn)
        return
    if said == "yes" and mark != mark_of(case):
        turn.go("share", turn.text("Another prison is named now."), action=position)  # a yes is to who was named
        return
    shared = case.shares.state(action) != "not_shared"
    if said != "yes":
        # Asked first and refused, or taken back: kept once.
        case.shares.let_prison_read(action, False, turn.now, TEXT_VERSION)
    elif not shared:
        case.shares.let_prison_read(action, True, turn.now, TEXT_VERSION)
        if action in case.shares.with_the_prison():
            turn.notify(await turn.reads.casemanagers(case.prison), "asked", case.ref)
    if said == "talk":
        await ask_for_human(turn, html.unescape(words_of(turn, action)))
    elif said != "yes":
        # Somebody else must see to it now.
        turn.notify(await turn.reads.helpers(case), "alert", case.ref)
    turn.toast = turn.text("✅ Kept.")
    if not shows_next(turn):
        await onward(turn)


# Asked anew, when another prison is named.


def _of_row(case: Case, row: Reminder) -> Action | None:
    return case.action(row.action_id or "")


def _cannot_ask(turn: Turn, row: Reminder) -> str | None:
    case = turn.case
    action = _of_row(case, row)
    if action is None or not case.shares.can_be_asked(action):
        return "no longer so"
    # Inside nobody taps: whoever helps asks it at a visit or on the telephone.
    return "inside now" if case.phase == "held" else None


def _asks(turn: Turn, row: Reminder) -> None:
    action = _of_row(turn.case, row)
    turn.go("share", action=action.position if action else -1)


def _read_out(turn: Turn, case: Case, row: Reminder) -> str:
    action = _of_row(case, row)
    helps = turn.text("the helper")
    words = worded.action(turn.words, turn.content.checklist, action, helps) if action else ""
    return turn.text(
        "Another prison is named. Ask: “May {prison} read this: {action}”\n\nThen keep the answer: 📌 Plan.",
        prison=escape(case.prison or "–"),
        action="{action}",
    ).replace("{action}", words or unlinked(action.text if action else ""))


ASKS_ANEW = Kind(late=_cannot_ask, opens=_asks, notice="message", vital=True, words=_read_out)


# What the prison said.


def _cannot_tell(turn: Turn, row: Reminder) -> str | None:
    case = turn.case
    action = _of_row(case, row)
    said = action is not None and action.status == "agreed" and case.shares.state(action) in ("confirmed", "declined")
    return None if said else "no longer so"


def _shows(turn: Turn, row: Reminder) -> None:
    action = _of_row(turn.case, row)
    turn.go("deed", action=action.position if action else -1)


# Who has no chat hears it from their helper, who hears it in the same turn.
TELLS_ANSWER = Kind(late=_cannot_tell, opens=_shows, notice="message", by_hand=False)
