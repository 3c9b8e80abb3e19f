"""The prison's answer to what is shared with it: we do this, or it cannot be and why; and words to the helper."""

from __future__ import annotations

import html

from conversations.casemanager.opening import item
from conversations.casemanager.shared_items import plain
from conversations.effects.notice import Notice
from conversations.roles import casemanager
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.typed import too_long
from conversations.worker.case.opening import named, opened
from storage.case.references import reference_before

# Characters of a reason or a message.
LONGEST = 1000


@casemanager.tap("confirm")
async def confirm(turn: Turn, args: str) -> None:
    """The prison takes it on; the person and the helper hear it, and nobody waits for it any more."""
    ref, _, position = args.partition("/")
    if found := await item(turn, ref, position):
        case, action = found
        if case.shares.confirm(action, turn.now):
            case.shares.tell_answer(action, turn.now, turn.content.zone)
            to_them = await turn.reads.helpers(case)
            turn.decide(*(Notice(("staff", m.id), "news", "actions", case.ref) for m in to_them))
        turn.go("case", turn.text("👍 Confirmed. The helper hears it."), ref=case.ref)


@casemanager.tap("cannot")
async def to_cannot(turn: Turn, args: str) -> None:
    """Go and say why."""
    ref, _, position = args.partition("/")
    if found := await item(turn, ref, position):
        turn.go("cannot", ref=found[0].ref, at=found[1].position)


def _ask(turn: Turn, text: str) -> Screen:
    ref = turn.place["ref"]
    return Screen(f"<b>{ref}</b>\n{text}", ((Button(turn.text("⬅️ Back"), "case", ref),),))


@casemanager.screen("cannot")
async def cannot(turn: Turn) -> Screen:
    """Ask why it cannot be."""
    await turn.open(turn.place["ref"], "confirm")
    return _ask(turn, turn.text("Why can it not be? Type the reason: the helper reads it. Nothing about health."))


@casemanager.typed("cannot")
async def cannot_typed(turn: Turn, text: str) -> None:
    """The helper hears it, with the reason, and the person; who does it now is for the two of them to say."""
    if too_long(turn, text, LONGEST):
        return
    turn.delete(turn.message_id)
    found = await item(turn, turn.place["ref"], turn.place["at"])
    if found is None:
        return
    case, action = found
    what = plain(turn.words, turn.content.checklist, action)
    said = turn.text("✋ The prison cannot do this: “{action}” {why}", action=what, why=text)
    case.helpers.note(html.unescape(said), turn.actor.id, turn.now)
    if case.shares.decline(action, turn.now):
        case.shares.tell_answer(action, turn.now, turn.content.zone)
    turn.notify(await turn.reads.helpers(case), "alert", case.ref)
    turn.go("kept")


@casemanager.screen("kept")
async def kept(turn: Turn) -> Screen:
    """Say so, with the way on: a list made in this turn would still show what was before it."""
    text = turn.text("The helper hears it, with your reason. You do not see it any more.")
    return Screen(f"✅ {text}", ((Button(turn.text("⬅️ My list"), "cases", "0"),),))


@casemanager.tap("write")
async def to_message(turn: Turn, args: str) -> None:
    """Go and write."""
    if case := await opened(turn, args, "confirm"):
        turn.go("message", ref=case.ref)


@casemanager.command("bericht", "message")
async def message_wanted(turn: Turn, args: str) -> None:
    """Write to the helper; words behind the reference are the message."""
    if case := await named(turn, args, "confirm", "/bericht GR-4K7Q2"):
        turn.go("message", ref=case.ref)
        if words := reference_before(args)[1]:
            await message_typed(turn, words)


@casemanager.screen("message")
async def message(turn: Turn) -> Screen:
    """Ask for the message."""
    await turn.open(turn.place["ref"], "confirm")
    return _ask(turn, turn.text("Type your message to the helper. The person can read it if they ask."))


@casemanager.typed("message", "case")
async def message_typed(turn: Turn, text: str) -> None:
    """Keep it with the case; the helper hears it."""
    if turn.place["kind"] == "case":
        turn.remark(turn.text("Do you want to write to the helper? Tap on the button below."))
        return
    if too_long(turn, text, LONGEST):
        return
    turn.delete(turn.message_id)
    if case := await opened(turn, turn.place["ref"], "confirm"):
        case.helpers.note(text, turn.actor.id, turn.now)
        turn.notify(await turn.reads.helpers(case), "message", case.ref)
        turn.go("case", turn.text("✅ Your message is with the helper."), ref=case.ref)
