"""A batch that was noted as sent by mistake: taken back the same day, until somebody begins with one of its codes."""

from __future__ import annotations

from datetime import datetime

from conversations.roles import coordinator
from conversations.turn import Button, Screen, Turn
from storage.audit import Entry
from storage.clock import wall
from storage.scope import NotYoursError

# Letters of one batch in the chat; the command line has more.
AT_ONCE = 100


def mistaken(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    """Return the button that takes the last batch back."""
    return ((Button(turn.text("↩️ Not sent after all"), "letters_unsent"),),)


async def unsendable(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    """Return the button that takes the last batch of today back, where that makes sense."""
    sent = await turn.reads.letters_sent(turn.scope)
    if sent is None or sent.used or len(sent.refs) > AT_ONCE:
        return ()
    return mistaken(turn)


@coordinator.tap("letters_unsent")
async def ask(turn: Turn, _args: str) -> None:
    """Ask whether these letters are to count as not sent."""
    sent = await turn.reads.letters_sent(turn.scope)
    if sent is None:
        turn.go("letters", turn.text("No letters were noted as sent today."))
    elif sent.used:
        turn.go("letters", _used(turn))
    else:
        turn.go("letters_unsent", refs=sent.refs, noted=sent.at.isoformat())


@coordinator.screen("letters_unsent")
async def letters_unsent(turn: Turn) -> Screen:
    """Say what it does."""
    noted = wall(datetime.fromisoformat(turn.place["noted"]), turn.content.zone)
    text = turn.text(
        "↩️ <b>Not sent after all?</b>\n{letters}, noted as sent at {hour}. They count as not sent again, and you can "
        "make new ones. Destroy the old ones: with new letters, their codes no longer work.",
        letters=turn.words.plural("{number} letter", "{number} letters", len(turn.place["refs"])),
        hour=f"{noted:%H:%M}",
    )
    rows = (
        (Button(turn.text("↩️ Yes, not sent"), "letters_take_back"),),
        (Button(turn.text("⬅️ No, they were sent"), "letters"),),
    )
    return Screen(text, rows)


@coordinator.tap("letters_take_back")
async def take_back(turn: Turn, _args: str) -> None:
    """Let them count as not sent; what somebody did meanwhile, or the night, is looked at once more."""
    sent = await turn.reads.letters_sent(turn.scope)
    noted = datetime.fromisoformat(turn.place["noted"])
    if sent is None or sent.at != noted:
        turn.go("letters", turn.text("This can no longer be taken back."))
        return
    if sent.used:
        turn.go("letters", _used(turn))
        return
    back = 0
    for ref in sent.refs:
        try:
            case = await turn.open(ref, "letters")
        except NotYoursError:
            continue
        case.letter_not_sent(noted)
        turn.trail.append(Entry(turn.actor.id, "chat", "letter not sent", ref))
        back += 1
    number = turn.words.plural("{number} letter", "{number} letters", back)
    said = turn.text("↩️ Taken back: {letters}. They count as not sent.", letters=number)
    turn.go("letters_kept", said=said, noted=0)


def _used(turn: Turn) -> str:
    return turn.text("Somebody has begun with a code of these letters. So they were sent.")
