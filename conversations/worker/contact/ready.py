"""Ready sentences: by subject, sent with a tap."""

from __future__ import annotations

from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import ask, in_rows, split
from conversations.worker.contact.talk import say


@worker.screen("ready")
async def ready(turn: Turn) -> Screen:
    """Show the subjects, or the sentences of one."""
    ref, sentences = turn.place["ref"], turn.content.sentences
    group = sentences.group(turn.place.get("group", ""))
    if group is None:
        buttons = [
            Button(f"{g.symbol} {turn.words.content(g.id, g.name)}", "ready", f"{ref}/{g.id}") for g in sentences.groups
        ]
        return ask(turn, turn.text("About what? The person reads it in their own language."), *in_rows(buttons))
    number = turn.content.region.contact(None).telephone
    worded = [turn.words.content(one.id, one.text, number=number) for one in group.sentences]
    lines = [f"{n}. {text}" for n, text in enumerate(worded, start=1)]
    numbers = [Button(str(n), "ready_say", f"{ref}/{one.id}") for n, one in enumerate(group.sentences, start=1)]
    other = (Button(turn.text("💬 Other sentences"), "ready", f"{ref}/"),)
    return ask(turn, "\n".join(lines), *in_rows(numbers, 4), other)


@worker.tap("ready")
async def to_ready(turn: Turn, args: str) -> None:
    """Choose a subject."""
    ref, group = split(args, 2)
    if case := await opened(turn, ref, "message"):
        turn.go("ready", ref=case.ref, group=group)


@worker.tap("ready_say")
async def ready_say(turn: Turn, args: str) -> None:
    """Send one."""
    ref, sentence_id = split(args, 2)
    case = await opened(turn, ref, "message")
    if case is not None and turn.content.sentences.sentence(sentence_id) is not None:
        say(turn, case, sentence_id, kind="ready")
