"""Letters in batches: who needs one, one PDF to print, and noted as sent only once it was."""

from __future__ import annotations

from datetime import datetime

from conversations.coordinator.letters.unsending import AT_ONCE, mistaken, unsendable
from conversations.coordinator.team.assigning import pages
from conversations.coordinator.team.naming import names
from conversations.effects.letters import PrintLetters
from conversations.roles import coordinator
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.letter_texts import note_sent
from conversations.words.wording import escape
from storage.scope import NotYoursError

VISITS = 8


def _back(turn: Turn) -> tuple[Button, ...]:
    return (Button(turn.text("⬅️ My list"), "today", "0"),)


@coordinator.screen("letters")
async def letters(turn: Turn) -> Screen:
    """Show who needs a letter, a second one, or a visit."""
    due = await turn.reads.letters_due(turn.scope)
    first = turn.words.plural("{number} first letter", "{number} first letters", len(due.first))
    second = turn.words.plural("{number} second letter", "{number} second letters", len(due.second))
    visits = turn.words.plural("{number} visit", "{number} visits", len(due.visits))
    text = turn.text("✉️ <b>Letters</b>") + f"\n1️⃣ {first}\n2️⃣ {second}\n🚪 {visits}"
    if max(len(due.first), len(due.second)) > AT_ONCE:
        text += "\n" + turn.text(
            "I make {most} at a time. More at once? Use the command line: voorzorg letters.", most=AT_ONCE
        )
    rows: list[tuple[Button, ...]] = []
    if due.first:
        rows.append((Button(turn.text("🖨 Make first letters"), "letters_make", "first"),))
    if due.second:
        rows.append((Button(turn.text("🖨 Make second letters"), "letters_make", "second"),))
    if due.visits:
        rows.append((Button(turn.text("🚪 Whom to visit"), "visits", "0"),))
    return Screen(text, (*rows, *await unsendable(turn), _back(turn)))


@coordinator.command("brieven", "letters")
async def wanted(turn: Turn, _args: str) -> None:
    """Show who needs a letter."""
    turn.go("letters")


@coordinator.tap("letters")
async def to_letters(turn: Turn, _args: str) -> None:
    """Show who needs a letter."""
    turn.go("letters")


@coordinator.tap("letters_make")
async def make(turn: Turn, args: str) -> None:
    """Have a batch made: each letter gets a fresh code, and former codes of these cases end."""
    due = await turn.reads.letters_due(turn.scope)
    refs = (due.first if args == "first" else due.second)[:AT_ONCE]
    turn.decide(PrintLetters(tuple([await turn.open(ref, "letters") for ref in refs])))
    turn.go("letters_made", refs=refs, made=turn.now.isoformat())


@coordinator.screen("letters_made")
async def letters_made(turn: Turn) -> Screen:
    """Say what to do with the file, and ask whether it was done."""
    number = turn.words.plural("{number} letter", "{number} letters", len(turn.place["refs"]))
    text = turn.text(
        "🖨 <b>{letters}</b> come as a file. Print on both sides. The second file says which letter goes to whom. "
        "Letters of these cases that were made before no longer work.\n\nOnly when you have sent them, tap here:",
        letters=number,
    )
    return Screen(
        text,
        (
            (Button(turn.text("✅ Printed and sent"), "letters_sent"),),
            (Button(turn.text("⬅️ Not yet"), "letters"),),
        ),
    )


@coordinator.tap("letters_sent")
async def sent(turn: Turn, _args: str) -> None:
    """Note of each case that its letter has left; one that came under somebody else meanwhile is left out.

    So is one whose letter a colleague noted since: one letter must not count as two, and only the newest code works.
    """
    noted = already = 0
    made = datetime.fromisoformat(turn.place["made"])
    for ref in turn.place["refs"]:
        try:
            case = await turn.open(ref, "letters")
        except NotYoursError:
            continue
        if any((c.kind, c.direction) == ("letter", "out") and c.on >= made for c in case.contacts):
            already += 1
            continue
        note_sent(case, turn.now)
        noted += 1
    number = turn.words.plural("{number} letter", "{number} letters", noted)
    said = turn.text("✅ Noted as sent: {letters}.", letters=number)
    if already:
        said += "\n" + turn.words.plural(
            "⚠️ {number} letter was noted by a colleague meanwhile. Only the code that was made last works.",
            "⚠️ {number} letters were noted by a colleague meanwhile. Only the codes that were made last work.",
            already,
        )
    turn.go("letters_kept", said=said, **({"noted": turn.now.isoformat()} if noted else {}))


@coordinator.screen("letters_kept")
async def letters_kept(turn: Turn) -> Screen:
    """Say what was noted."""
    rows = (
        (Button(turn.text("✉️ Letters"), "letters"),),
        *(mistaken(turn) if turn.place.get("noted") else ()),
        _back(turn),
    )
    return Screen(turn.place["said"], rows)


@coordinator.tap("visits")
async def to_visits(turn: Turn, args: str) -> None:
    """Go to who is to be visited."""
    turn.go("visits", page=int(args))


@coordinator.screen("visits")
async def visits(turn: Turn) -> Screen:
    """Show the cases that two letters left silent, each to be opened."""
    refs = (await turn.reads.letters_due(turn.scope)).visits
    page = min(turn.place["page"], max(0, (len(refs) - 1) // VISITS))
    shown = await turn.reads.glance(refs[page * VISITS : (page + 1) * VISITS])
    lines = [turn.text("🚪 <b>Two letters, no word back.</b> Somebody goes and looks.")]
    who = await names(turn, [case.ref for case in shown])
    lines += [f"· {case.ref}{escape(who[case.ref])} · {case.municipality}" for case in shown]
    buttons = [Button(case.ref, "case", case.ref) for case in shown]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    rows += pages("visits", page, len(refs), VISITS)
    return Screen("\n".join(lines), (*rows, (Button(turn.text("⬅️ Back"), "letters"),)))
