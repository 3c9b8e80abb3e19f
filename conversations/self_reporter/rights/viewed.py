"""Views: who looked into the case, and when (NEN 7513): from the audit trail, so that one can ask a helper about it."""

from __future__ import annotations

from conversations.roles import self_reporter
from conversations.screen import Button, Screen
from conversations.self_reporter.phrases import number, screen
from conversations.turn import Turn
from conversations.words.wording import escape

# Lines on one screen, the newest first.
SHOWN = 12


async def lines(turn: Turn) -> list[str]:
    """Return each person and day once, the newest first."""
    found: dict[tuple[str, str], str] = {}
    for name, at, verb in await turn.reads.viewed(turn.case.ref):
        day = turn.words.full_date(at.astimezone(turn.content.zone).date())
        who = escape(name) if name else turn.text("somebody of the team")
        what = _near(turn, verb, who) or f"👤 {who}"
        found.setdefault((what, day), f"{what} · {turn.words.moment(at)}")
    return list(found.values())


def _near(turn: Turn, verb: str, who: str) -> str | None:
    """Return what else happened near the case than that somebody looked into it."""
    match verb:
        case "bind":
            return turn.text("📱 You came in with a phone")
        case "new_phone":
            return turn.text("📱 Another phone wanted to come in")
        case "new_phone_yes":
            return turn.text("📱 {name} said: that phone is yours", name=who)
        case "new_phone_no":
            return turn.text("📱 {name} said: that phone is not yours", name=who)
        case "letters":
            return turn.text("✉️ {name} made a letter for you", name=who)
        case "invite":
            return turn.text("🔑 {name} made a new code", name=who)
        case "export" | "research":
            return turn.text("📊 {name} made figures, without your name", name=who)
    return None


@self_reporter.command("wiekeek", "whoviewed")
async def wanted(turn: Turn, _args: str) -> None:
    """Show who looked."""
    turn.go("viewed")


@self_reporter.tap("viewed")
async def to_viewed(turn: Turn, _args: str) -> None:
    """Show who looked."""
    turn.go("viewed")


@self_reporter.screen("viewed")
async def viewed(turn: Turn) -> Screen:
    """List who opened the case; who looked more often on one day stands there once."""
    found = await lines(turn)
    text = [turn.text("👁 Who looked into your answers and your plan?")]
    text.append("\n".join(found[:SHOWN]) if found else turn.text("Nobody yet."))
    if len(found) > SHOWN:
        text.append(turn.text("All of it stands in 📄 My data."))
    text.append(turn.text("Do you want to know why? Call {number}", number=number(turn)))
    return screen(turn, "\n\n".join(text), (Button(turn.text("▶️ Go on"), "onward"),))
