"""Notes for those who help, and a short line for the municipality's own file."""

from __future__ import annotations

from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.typed import too_long
from conversations.words.wording import unlinked
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import named, opened
from conversations.worker.case.steps import LONGEST_NOTE, ask, done
from conversations.worker.measures.actions import owner, words_of
from storage.case.references import reference_before

# Notes on one screen.
SHOWN = 4

deed(60, "notes", lambda turn: turn.text("📝 Notes"))
deed(65, "record", lambda turn: turn.text("📄 Line for the file"))


@worker.screen("notes")
async def notes(turn: Turn) -> Screen:
    """Show the last notes, and ask for one."""
    case = await turn.open(turn.place["ref"], "open")
    lines = []
    for note in case.notes[-SHOWN:]:
        who = await turn.reads.staff(note.by)
        name = who.name if who else turn.text("a former colleague")
        lines.append(f"<b>{unlinked(name)}</b>, {turn.words.moment(note.at)}\n{unlinked(note.text)}")
    lines.append(turn.text("Type a note for those who help. The person can read it if they ask."))
    return ask(turn, "\n\n".join(lines))


@worker.tap("notes")
async def to_notes(turn: Turn, args: str) -> None:
    """Go to the notes of a case."""
    if case := await opened(turn, args, "change"):
        turn.go("notes", ref=case.ref)


@worker.command("notitie", "note")
async def note_wanted(turn: Turn, args: str) -> None:
    """Write a note; words behind the reference are the note."""
    if case := await named(turn, args, "change", "/notitie GR-4K7Q2"):
        turn.go("notes", ref=case.ref)
        if words := reference_before(args)[1]:
            await note_typed(turn, words)


@worker.typed("notes")
async def note_typed(turn: Turn, text: str) -> None:
    """Keep a note."""
    if too_long(turn, text, LONGEST_NOTE):
        return
    turn.delete(turn.message_id)
    if case := await opened(turn, turn.place["ref"], "change"):
        case.helpers.note(text, turn.actor.id, turn.now)
        done(turn, case, turn.text("Note kept."))


@worker.screen("record")
async def record(turn: Turn) -> Screen:
    """Show what to copy into the municipality's own file: facts and agreements, nothing of what was said."""
    case = await turn.open(turn.place["ref"], "open")
    lines = [f"{turn.words.full_date(turn.today)} · {case.ref}"]
    if case.contacts:
        last = case.contacts[-1].on.astimezone(turn.content.zone).date()
        lines.append(
            turn.words.plural(
                "Contact: {number} time, last on {day}.",
                "Contact: {number} times, last on {day}.",
                len(case.contacts),
                day=turn.words.short(last),
            )
        )
    else:
        lines.append(turn.text("No contact yet."))
    agreed = [a for a in case.actions if a.status in ("agreed", "done")]
    for action in agreed:
        day = f", {turn.words.short(action.due)}" if action.due else ""
        state = turn.text("done") if action.status == "done" else turn.text("agreed")
        lines.append(f"- {words_of(turn, case, action)} ({owner(turn, case, action, by_name=False)}{day}): {state}")
    if not agreed:
        lines.append(turn.text("No actions agreed yet."))
    text = turn.text("Copy this into your own file. It holds no name and no health.")
    body = "\n".join(lines)
    return ask(turn, f"{text}\n\n<pre>{body}</pre>", (Button(turn.text("📝 Notes"), "notes", case.ref),))


@worker.tap("record")
async def to_record(turn: Turn, args: str) -> None:
    """Go to the line for the file."""
    if case := await opened(turn, args, "open"):
        turn.go("record", ref=case.ref)
