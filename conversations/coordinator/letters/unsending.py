"""A batch that was noted as sent by mistake: taken back the same day, but for those who have begun meanwhile."""

from __future__ import annotations

from datetime import datetime

from conversations.effects.trace import Trace
from conversations.roles import coordinator
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.letter_texts import SentBatch
from storage.clock import wall
from storage.scope import NotYoursError

# Letters of one batch in the chat; the command line has more.
AT_ONCE = 100


def mistaken(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    """Return the button that takes a batch back."""
    return ((Button(turn.text("↩️ Not sent after all"), "letters_unsent"),),)


async def unsendable(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    """Return the button that takes the last batch of today back, where that makes sense."""
    sent = await turn.reads.letters_sent(turn.scope)
    if sent is None or not 0 < len(sent.refs) <= AT_ONCE:
        return ()
    return mistaken(turn)


async def _to_take_back(turn: Turn) -> SentBatch | None:
    """Return the batch that was just noted, or else the last; say why it stays, and return None, when it does."""
    noted = turn.place.get("noted")
    sent = await turn.reads.letters_sent(turn.scope, datetime.fromisoformat(noted) if noted else None)
    if sent is not None and sent.refs:
        return sent
    turn.go("letters", _begun(turn, sent.begun) if sent else turn.text("This can no longer be taken back."))
    return None


@coordinator.tap("letters_unsent")
async def ask(turn: Turn, _args: str) -> None:
    """Ask whether these letters are to count as not sent: those that were just noted, or else the last ones."""
    if (sent := await _to_take_back(turn)) is not None:
        turn.go("letters_unsent", count=len(sent.refs), begun=sent.begun, noted=sent.at.isoformat())


@coordinator.screen("letters_unsent")
async def letters_unsent(turn: Turn) -> Screen:
    """Say what it does."""
    noted = wall(datetime.fromisoformat(turn.place["noted"]), turn.content.zone)
    text = turn.text(
        "↩️ <b>Not sent after all?</b>\n{letters}, noted as sent at {hour}. They count as not sent again, and you can "
        "make new ones. Destroy the old ones: with new letters, their codes no longer work.",
        letters=turn.words.plural("{number} letter", "{number} letters", turn.place["count"]),
        hour=f"{noted:%H:%M}",
    )
    if turn.place["begun"]:
        text += "\n\n" + _begun(turn, turn.place["begun"])
    rows = (
        (Button(turn.text("↩️ Yes, not sent"), "letters_take_back"),),
        (Button(turn.text("⬅️ No, they were sent"), "letters"),),
    )
    return Screen(text, rows)


@coordinator.tap("letters_take_back")
async def take_back(turn: Turn, _args: str) -> None:
    """Let them count as not sent; what somebody did meanwhile, or the night, is looked at once more."""
    if (sent := await _to_take_back(turn)) is None:
        return
    back = 0
    for ref in sent.refs:
        try:
            case = await turn.open(ref, "letters")
        except NotYoursError:
            continue
        case.reach.letter_not_sent(sent.at)
        turn.decide(Trace(turn.actor.id, "letter not sent", ref))
        back += 1
    number = turn.words.plural("{number} letter", "{number} letters", back)
    said = turn.text("↩️ Taken back: {letters}. They count as not sent.", letters=number)
    if sent.begun:
        said += "\n" + _begun(turn, sent.begun)
    turn.go("letters_kept", said=said)


def _begun(turn: Turn, begun: int) -> str:
    return turn.words.plural(
        "{number} person of these letters has begun meanwhile. That letter stays noted as sent.",
        "{number} people of these letters have begun meanwhile. Their letters stay noted as sent.",
        begun,
    )
