"""The actions of a plan, as a worker keeps them: add, another day, take over, finish. The person directs the plan.

What a worker adds for the person is a proposal: it counts when they agree. What the worker will do themselves counts at
once, and so does what was agreed in words with somebody who has no chat.
"""

from __future__ import annotations

from datetime import date

from conversations.effects.notice import Notice
from conversations.reminders.agenda import plan_action
from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words import worded
from conversations.words.share_sign import share_sign
from conversations.words.wording import unlinked
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import named, opened
from conversations.worker.case.steps import ask, in_rows, split
from storage.case.case import Case
from storage.case.case_parts import Action

_SIGNS = {"proposed": "❔", "agreed": "📌", "done": "✅", "declined": "👎", "dropped": "🗑"}


def words_of(turn: Turn, case: Case, action: Action) -> str:
    """Return an action in words: of the checklist in the reader's language, or somebody's own."""
    helper = turn.member.name if turn.member else case.ref
    known = worded.action_for_staff(turn.words, turn.content.checklist, action, helper)
    return known or unlinked(action.text)


def owner(turn: Turn, case: Case, action: Action, by_name: bool = True) -> str:
    """Return who does it; the person `by_name`, or without. Of the prison: how it stands with them."""
    if action.owner == "casemanager":
        return share_sign(turn.words, case, action, to_staff=True)
    return {
        "self": (by_name and case.identity.first_name) or turn.text("the person"),
        "worker": turn.text("you") if case.worker == turn.actor.id else turn.text("the worker"),
        "supporter": turn.text("somebody close"),
    }.get(action.owner, turn.text("somebody else"))


def asks_by_hand(case: Case, action: Action) -> bool:
    """Tell whether the worker asks it, or keeps that a yes is taken back: the person cannot say it in their chat."""
    return (not in_chat(case) or case.phase == "held") and (
        case.shares.can_be_asked(action) or case.shares.has_yes(action)
    )


def line(turn: Turn, case: Case, action: Action) -> str:
    """Return an action in a line: how it stands, what, who, and by when."""
    parts = [f"{_SIGNS[action.status]} {words_of(turn, case, action)}", owner(turn, case, action)]
    if action.due:
        parts.append(turn.words.short(action.due))
    return " · ".join(parts)


def in_chat(case: Case) -> bool:
    """Tell whether the person agrees to things in their own chat."""
    return case.joined_at is not None and case.channel == "chat" and not case.person.has_stopped


def action_at(case: Case, position: int | str) -> Action | None:
    """Return an action by its place in the case."""
    return next((a for a in case.actions if a.position == int(position)), None)


deed(20, "actions", lambda turn: turn.text("📌 Plan"))


@worker.screen("actions")
async def actions(turn: Turn) -> Screen:
    """Show the plan: what is open first."""
    case = await turn.open(turn.place["ref"], "open")
    order = {"proposed": 1, "agreed": 0}
    shown = sorted(case.actions, key=lambda a: (order.get(a.status, 2), a.due or date.max, a.position))
    lines = [f"{n}. {line(turn, case, action)}" for n, action in enumerate(shown, start=1)]
    if not shown:
        lines.append(turn.text("There is no plan yet."))
    buttons = [Button(str(n), "action", f"{case.ref}/{a.position}") for n, a in enumerate(shown, start=1)]
    return ask(
        turn, "\n".join(lines), *in_rows(buttons, 5), (Button(turn.text("➕ Add an action"), "action_add", case.ref),)
    )


@worker.tap("actions")
async def to_actions(turn: Turn, args: str) -> None:
    """Go to the plan."""
    if case := await opened(turn, args, "open"):
        turn.go("actions", ref=case.ref)


@worker.command("plan")
async def plan_wanted(turn: Turn, args: str) -> None:
    """Show the plan of a case."""
    if case := await named(turn, args, "open", "/plan GR-4K7Q2"):
        turn.go("actions", ref=case.ref)


@worker.screen("action")
async def action_(turn: Turn) -> Screen:
    """Show one action, and what can be done with it."""
    case = await turn.open(turn.place["ref"], "open")
    action = action_at(case, turn.place["at"])
    if action is None:
        return await actions(turn)
    args = f"{case.ref}/{action.position}"
    buttons = []
    if action.status == "agreed":
        buttons.append(Button(turn.text("✅ It is done"), "action_done", args))
        buttons.append(Button(turn.text("📅 Another day"), "action_day", args))
        stands = case.shares.state(action)
        if stands == "not_shared" and case.shares.can_be_asked(action) and asks_by_hand(case, action):
            buttons.append(Button(turn.text("👁 May the prison read it?"), "share_ask", args))
        if stands in ("asked", "declined"):
            buttons.append(Button(turn.text("👍 The prison confirmed"), "action_sure", args))
        if stands == "asked":
            buttons.append(Button(turn.text("✋ The prison cannot"), "action_cannot", args))
        if case.shares.has_yes(action) and asks_by_hand(case, action):
            buttons.append(Button(turn.text("🔒 The person takes the yes back"), "share_is", f"{args}/no"))
    if action.status == "proposed" and not in_chat(case):
        buttons.append(Button(turn.text("👍 Agreed together"), "action_yes", args))
    if action.status in ("agreed", "proposed"):
        if action.owner != "worker":
            buttons.append(Button(turn.text("🤝 I do this"), "action_mine", args))
        buttons.append(Button(turn.text("🗑 Not needed any more"), "action_drop", args))
    buttons.append(Button(turn.text("📌 Plan"), "actions", case.ref))
    return ask(turn, line(turn, case, action), *in_rows(buttons, 1))


@worker.tap("action")
async def to_action(turn: Turn, args: str) -> None:
    """Go to one action."""
    ref, at = split(args, 2)
    if case := await opened(turn, ref, "open"):
        turn.go("action", ref=case.ref, at=int(at))


def tell(turn: Turn, case: Case) -> None:
    """Let the person know that their plan has changed, if they have a chat."""
    if case.joined_at is not None:
        turn.decide(Notice(("case", case.id), "message", "onward"))


@worker.tap("action_done")
async def action_done(turn: Turn, args: str) -> None:
    """An agreed action is done."""
    ref, at = split(args, 2)
    case = await opened(turn, ref, "change")
    if case is not None and (action := action_at(case, at)) is not None and action.status == "agreed":
        case.plan.settle(action, "done", "done", on=turn.today)
        turn.go("actions", "✅ " + turn.text("Done."), ref=case.ref)


@worker.tap("action_sure")
async def action_sure(turn: Turn, args: str) -> None:
    """The prison said yes in another way, such as on the telephone: the person hears it."""
    ref, at = split(args, 2)
    case = await opened(turn, ref, "change")
    if case is not None and (action := action_at(case, at)) is not None and case.shares.confirm(action, turn.now):
        case.shares.tell_answer(action, turn.now, turn.content.zone)
        turn.go("actions", "✅ " + turn.text("Confirmed."), ref=case.ref)


@worker.tap("action_cannot")
async def action_cannot(turn: Turn, args: str) -> None:
    """The prison said no in another way: the person hears it, and it stays open who does it."""
    ref, at = split(args, 2)
    case = await opened(turn, ref, "change")
    if case is not None and (action := action_at(case, at)) is not None and case.shares.decline(action, turn.now):
        case.shares.tell_answer(action, turn.now, turn.content.zone)
        turn.go("actions", "✅ " + turn.text("Kept."), ref=case.ref)


@worker.tap("action_drop")
async def action_drop(turn: Turn, args: str) -> None:
    """An action is not needed any more."""
    ref, at = split(args, 2)
    case = await opened(turn, ref, "change")
    if case is not None and (action := action_at(case, at)) is not None and action.status in ("agreed", "proposed"):
        case.plan.settle(action, "dropped", "not needed", on=turn.today)
        turn.go("actions", "✅ " + turn.text("It is out of the plan."), ref=case.ref)


@worker.tap("action_yes")
async def action_yes(turn: Turn, args: str) -> None:
    """The person said yes, in words: they have no chat to say it in."""
    ref, at = split(args, 2)
    case = await opened(turn, ref, "change")
    if (
        case is not None
        and (action := action_at(case, at)) is not None
        and action.status == "proposed"
        and not in_chat(case)
    ):
        case.plan.agree(action)
        if action.owner == "self":
            plan_action(turn, case, action)
        turn.go("actions", "✅ " + turn.text("Agreed."), ref=case.ref)


@worker.tap("action_mine")
async def action_mine(turn: Turn, args: str) -> None:
    """The worker takes an action over: it is agreed then, and the person hears it."""
    ref, at = split(args, 2)
    case = await opened(turn, ref, "change")
    if case is not None and (action := action_at(case, at)) is not None and action.status in ("agreed", "proposed"):
        case.plan.pass_on(action, "worker")
        case.plan.agree(action)
        tell(turn, case)
        turn.go("actions", "✅ " + turn.text("It is yours now."), ref=case.ref)
