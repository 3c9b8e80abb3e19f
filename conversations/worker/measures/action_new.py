"""A new action from a worker: in the person's words, and who does it."""

from __future__ import annotations

from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.typed import too_long
from conversations.words.wording import unlinked
from conversations.worker.case.opening import named, opened
from conversations.worker.case.steps import ask, done, in_rows, split
from conversations.worker.measures.actions import in_chat, tell
from storage.case.references import reference_before
from storage.case.sharing import SHARING

LONGEST_ACTION = 200


@worker.screen("action_add")
async def action_add(turn: Turn) -> Screen:
    """Ask what must be done."""
    return ask(turn, turn.text("What must be done? Type it in plain words: the person reads it."))


@worker.tap("action_add")
async def to_action_add(turn: Turn, args: str) -> None:
    """Go and type an action."""
    if case := await opened(turn, args, "change"):
        turn.go("action_add", ref=case.ref)


@worker.command("actie", "action")
async def action_wanted(turn: Turn, args: str) -> None:
    """Add an action to a case; words behind the reference are the action."""
    if case := await named(turn, args, "change", "/actie GR-4K7Q2"):
        turn.go("action_add", ref=case.ref)
        if words := reference_before(args)[1]:
            await add_typed(turn, words)


@worker.typed("action_add")
async def add_typed(turn: Turn, text: str) -> None:
    """Take the words; then who does it."""
    if too_long(turn, text, LONGEST_ACTION):
        return
    turn.delete(turn.message_id)
    turn.go("action_who", ref=turn.place["ref"], text=text)


@worker.screen("action_who")
async def action_who(turn: Turn) -> Screen:
    """Ask who does it."""
    case = await turn.open(turn.place["ref"], "change")
    who = case.identity.first_name or turn.text("the person")
    buttons = [
        Button(turn.text("👤 {who}", who=who), "action_by", f"{case.ref}/self"),
        Button(turn.text("🤝 I do this"), "action_by", f"{case.ref}/worker"),
        Button(turn.text("👥 Somebody else"), "action_by", f"{case.ref}/other"),
    ]
    if case.prison is not None and case.phase in SHARING:
        buttons.append(Button(turn.text("🏢 The prison"), "action_by", f"{case.ref}/casemanager"))
    words = turn.text("Who does it?")
    return ask(turn, f"📌 {unlinked(turn.place['text'])}\n{words}", *in_rows(buttons, 1))


@worker.tap("action_by")
async def action_by(turn: Turn, args: str) -> None:
    """Put it in the plan; then by when."""
    ref, who = split(args, 2)
    text = turn.place.get("text")
    case = await opened(turn, ref, "change")
    if case is None or text is None:
        return
    when = "inside" if who == "casemanager" else "before"
    action = case.plan.propose("own", who, when, text, None, None, by="worker")
    if who == "worker" or not in_chat(case):
        case.plan.agree(action)
    else:
        tell(turn, case)
    if case.shares.can_be_asked(action):
        turn.go("share_ask", ref=case.ref, at=action.position)
    elif who in ("self", "casemanager") and action.status == "proposed":
        done(turn, case, turn.text("It is put to them. It counts when they say yes."))
    else:
        turn.go("action_day", ref=case.ref, at=action.position)
