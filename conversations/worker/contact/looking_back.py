"""Looking back: what the person says of the help, and what the worker learned: by a tap, told on only with a yes."""

from __future__ import annotations

from conversations.effects.notice import Notice
from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.self_reporter.plan.looking_back import CONSENT, LONGEST
from conversations.turn import Turn
from conversations.words.fitting import LONGEST as SCREEN
from conversations.words.fitting import newest
from conversations.words.typed import too_long
from conversations.words.wording import unlinked
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import ask, in_rows
from conversations.worker.measures.actions import in_chat

deed(64, "stories", lambda turn: turn.text("💬 What helped"), "open")


def _kind(turn: Turn, kind: str) -> str:
    return {
        "helped": turn.text("What helped"),
        "missed": turn.text("What was missing"),
        "who": turn.text("Who helped"),
        "worker": turn.text("What I learned"),
    }[kind]


@worker.screen("stories")
async def stories(turn: Turn) -> Screen:
    """Show what was said, the newest last, and the ways to hear more."""
    case = await turn.open(turn.place["ref"], "open")
    if turn.place.get("own"):
        return ask(turn, turn.text("What did you learn from this case? Type it in a few sentences. No names."))
    when = {"plan": turn.text("at the plan"), "after": turn.text("afterwards"), "closing": turn.text("at closing")}
    said = [f"<b>{_kind(turn, s.kind)}</b>, {when[s.moment]}\n{unlinked(s.text)}" for s in case.stories]
    lines = newest(said, SCREEN - 600) or [turn.text("Nothing was said yet.")]
    if case.person.consents_to(CONSENT):
        lines.append(turn.text("✅ You may share this with colleagues, without a name."))
    elif case.stories:
        lines.append(turn.text("🔒 Do not tell this on."))
    buttons = [Button(turn.text("✏️ What I learned"), "stories_own", case.ref)]
    if in_chat(case):
        buttons.insert(0, Button(turn.text("💬 Ask what helped"), "stories_ask", case.ref))
    return ask(turn, "\n\n".join(lines), *in_rows(buttons, 1))


@worker.tap("stories")
async def to_stories(turn: Turn, args: str) -> None:
    """Go to what was said."""
    if case := await opened(turn, args, "open"):
        turn.go("stories", ref=case.ref)


@worker.tap("stories_ask")
async def ask_them(turn: Turn, args: str) -> None:
    """Ask the person, in a neutral message."""
    if case := await opened(turn, args, "message"):
        turn.decide(Notice(("case", case.id), "message", "look_back", "0"))
        turn.go("stories", "✅ " + turn.text("The question is on its way."), ref=case.ref)


@worker.tap("stories_own")
async def ask_me(turn: Turn, args: str) -> None:
    """Go and type what the worker learned."""
    if case := await opened(turn, args, "change"):
        turn.go("stories", ref=case.ref, own=True)


@worker.typed("stories")
async def typed(turn: Turn, text: str) -> None:
    """Keep it with the case."""
    if not turn.place.get("own"):
        turn.remark(turn.text("I do not read this here. Tap on a button, or type /help."))
        return
    if too_long(turn, text, LONGEST):
        return
    turn.delete(turn.message_id)
    if case := await opened(turn, turn.place["ref"], "change"):
        case.person.tell("worker", "closing", text, turn.now)
        turn.go("stories", ref=case.ref)
