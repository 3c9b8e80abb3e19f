"""Erasing everything: what it means, asked once more, done at once, without needing anybody."""

from __future__ import annotations

from conversations.effects.notice import Notice
from conversations.roles import self_reporter
from conversations.screen import Screen
from conversations.self_reporter.phrases import helper, number
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.script import Choice, Script, text
from conversations.turn import Turn

ERASE = Script(
    "screen.erase",
    text(
        "Do you want to erase everything?\n\n"
        "🗑 Your answers, your plan and your messages go. I can bring nothing back.\n"
        "📱 Delete this chat yourself too: Telegram has a copy.\n"
        "🏛 What {helper} wrote down for the municipality stays there.\n\n"
        "You still get help: {number}"
    ),
    choices=(Choice(text("🗑 Yes, erase everything"), "erase_all"), Choice(text("⬅️ No, keep it"), "keep_all")),
)


@self_reporter.command("wissen", "erase")
async def wanted(turn: Turn, _args: str) -> None:
    """Ask before everything goes."""
    turn.go("erase")


@self_reporter.tap("erase_ask")
async def asked(turn: Turn, _args: str) -> None:
    """Ask the same from where somebody stops."""
    turn.go("erase")


@self_reporter.screen("erase")
async def erase(turn: Turn) -> Screen:
    """Say what goes, and what stays elsewhere."""
    return ERASE.screen(turn, helper=helper(turn), number=number(turn))


@self_reporter.tap("erase_all")
async def erased(turn: Turn, _args: str) -> None:
    """Erase, and tell who helps that it was done."""
    case = turn.case
    turn.notify(await turn.reads.helpers(case), "erased", case.ref)
    case.shares.end("closed")
    for prison in case.shares.tell_ends(turn.now):
        to_them = await turn.reads.casemanagers(prison)
        turn.decide(*(Notice(("staff", m.id), "unshared", "no_longer", case.ref) for m in to_them))
    turn.erase(turn.case)


@self_reporter.tap("keep_all")
async def kept(turn: Turn, _args: str) -> None:
    """Go on as before."""
    await onward(turn)
