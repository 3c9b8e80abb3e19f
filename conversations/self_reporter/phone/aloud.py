"""Reading aloud: what a screen says, where somebody has recorded it; never on a phone that others use.

A recording comes as a file, and a file stays in the chat: so it is sent to who taps, and never unasked.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from conversations.effects.document import Document
from conversations.roles import self_reporter
from conversations.screen import Button, Screen
from conversations.turn import Turn


def recordings(turn: Turn, shown: Screen) -> list[Path]:
    """Return what a screen says as somebody recorded it, in the order in which it is heard."""
    if turn.actor.role != "self_reporter" or not turn.has_case or turn.case.shares_phone is not False:
        return []
    ids = shown.spoken
    if heard := turn.place.get("heard"):  # what is said above the screen comes first
        ids = (heard, *ids)
    found = (turn.content.audio.of(turn.words.language, text_id) for text_id in ids)
    return [file for file in found if file is not None]


def offered(turn: Turn, shown: Screen) -> Screen:
    """Return a screen with the button to hear it, above the one that calls a human."""
    if not recordings(turn, shown):
        return shown
    last = [row for row in shown.rows[-1:] if any(button.verb == "human" for button in row)]
    rows = (*shown.rows[: len(shown.rows) - len(last)], (Button(turn.text("🔊 Read aloud"), "aloud"),), *last)
    return replace(shown, rows=rows)


@self_reporter.tap("aloud")
async def aloud(turn: Turn, _args: str) -> None:
    """Let what stands on the screen be heard: it comes as files that play, under a neutral name."""
    shown = await self_reporter.screens[turn.place["kind"]](turn)
    for file in recordings(turn, shown):
        turn.decide(Document("audio", {"file": str(file)}, "luister.ogg", turn.text("🔊 Listen.")))
    if turn.decided(Document):
        turn.toast = turn.text("It comes in a moment.")
