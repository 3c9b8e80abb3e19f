"""An import in the chat: a file is sent, read elsewhere, weighed without changing anything, and taken over on a yes.

Every way to a change goes through the dry run (dry_run.py): what is new, changed, missing and refused, and who would
hear what. Messages leave half an hour later, and can be taken back with one tap until then.
"""

from __future__ import annotations

from conversations.coordinator.lists.dry_run import dry_run_of, forgotten, shown
from conversations.coordinator.lists.telling import messages
from conversations.effects.errand import Errand
from conversations.effects.notice import Notice
from conversations.effects.overview import KeepDraft, RecallMessages, TakeOver
from conversations.effects.trace import Trace
from conversations.roles import coordinator
from conversations.said import Came, File
from conversations.screen import Button, Screen
from conversations.shared.import_result import leaves_at
from conversations.turn import Turn
from conversations.words.reasons import Reason
from conversations.words.wording import escape
from storage.clock import wall
from storage.queues.drafts import Draft

# Bytes that a bot may fetch (Bot API, getFile).
LARGEST_FILE = 20 * 1024 * 1024
# Rows that are taken over in the chat, in one transaction; the command line takes more.
ROWS_AT_MOST = 1_000
LONGEST_NAME = 100
# Columns named that are not known.
COLUMNS_NAMED = 15


def _back(turn: Turn) -> tuple[Button, ...]:
    return (Button(turn.text("⬅️ My list"), "today", "0"),)


@coordinator.screen("import")
async def asked(turn: Turn) -> Screen:
    """Ask for the file; what a former import still has to send can be taken back here."""
    text = turn.text(
        "📥 <b>A new overview</b>\nSend the file here: .xlsx or .csv, at most 20 MB. First I show what would change. "
        "Nothing changes before you say yes. I take the file out of this chat.\n"
        "Larger, or more than {most} rows? Use the command line: voorzorg cases import.",
        most=ROWS_AT_MOST,
    )
    rows = []
    if (waiting := await turn.reads.leaving(turn.actor.id)) is not None:
        at = turn.words.time(wall(waiting[1], turn.content.zone).time())
        number = turn.words.plural("{number} message", "{number} messages", waiting[0])
        text += "\n\n" + turn.text("✉️ Of your last import {messages} leave at {time}.", messages=number, time=at)
        rows.append((Button(turn.text("↩️ Take the messages back"), "import_recall"),))
    return Screen(text, (*rows, _back(turn)))


@coordinator.command("import")
async def wanted(turn: Turn, _args: str) -> None:
    """Ask for an overview."""
    turn.go("import")


@coordinator.tap("import")
async def to_import(turn: Turn, _args: str) -> None:
    """Ask for an overview."""
    turn.go("import")


@coordinator.file("import", "dry_run", "dry_part", "import_columns", "import_done")
async def sent(turn: Turn, file: File) -> None:
    """Have a file fetched and read; it goes out of the chat."""
    turn.delete(turn.message_id)
    if file.size > LARGEST_FILE:
        turn.go(
            "import",
            turn.text(
                "⛔️ The file is larger than 20 MB: I cannot fetch it here. Use the command line: voorzorg cases import."
            ),
        )
        return
    name = file.name[-LONGEST_NAME:]
    turn.decide(Errand("overview", {"file_id": file.handle, "file_name": name, "about": file.handle}))
    turn.go("import_reading", about=file.handle)


@coordinator.screen("import_reading")
async def reading(turn: Turn) -> Screen:
    """Say that the file is being read."""
    return Screen(turn.text("⏳ I am reading the file. One moment."), (_back(turn),))


@coordinator.result("overview")
async def read(turn: Turn, came: Came) -> None:
    """Show what a file would change, or why it is refused; who went on with something else gets a notice."""
    result = came.result
    waits = turn.place["kind"] == "import_reading" and turn.place["about"] == came.about
    refused = None
    if "refused" in result:
        refused = escape(turn.words.reason(Reason.unpacked(result["refused"])))
    elif len(result["overview"]["rows"]) > ROWS_AT_MOST:
        refused = turn.text(
            "The file has more than {most} rows. Use the command line: voorzorg cases import.", most=ROWS_AT_MOST
        )
    if refused is not None:
        if waits:
            turn.go("import", f"⛔️ {refused}")
        else:
            turn.decide(Notice(("staff", turn.actor.id), "read", "import"))
        return
    assert turn.member is not None
    draft = turn.reads.new_draft(
        turn.member, {"overview": result["overview"], "names": True, "accepted": [], "file": came.about}
    )
    turn.decide(KeepDraft(draft))
    if waits:
        await _first(turn, draft)
    else:
        turn.decide(Notice(("staff", turn.actor.id), "read", "draft", draft.id))


@coordinator.tap("draft")
async def to_draft(turn: Turn, args: str) -> None:
    """Show the dry run of a file that was read meanwhile."""
    assert turn.member is not None
    draft = await turn.reads.draft(turn.member, args)
    if draft is None:
        forgotten(turn)
    else:
        await _first(turn, draft)


async def _first(turn: Turn, draft: Draft) -> None:
    """Show the dry run of a file, or first ask whether it may be read without some of its columns."""
    if draft.content["overview"].get("left_out") and not draft.content.get("without"):
        turn.go("import_columns", draft=draft.id)
    else:
        await shown(turn, draft)


@coordinator.screen("import_columns")
async def columns(turn: Turn) -> Screen:
    """Name the columns that are not known, and ask whether to go on without them."""
    assert turn.member is not None
    draft = await turn.reads.draft(turn.member, turn.place["draft"])
    if draft is None:
        forgotten(turn)
        return await asked(turn)
    names = draft.content["overview"]["left_out"]
    lines = [turn.text("📥 <b>The file is read. These columns I do not know:</b>")]
    lines += [f"· {escape(name)}" for name in names[:COLUMNS_NAMED]]
    if len(names) > COLUMNS_NAMED:
        lines.append(f"· … (+{len(names) - COLUMNS_NAMED})")
    lines.append(turn.text("I can leave them out. Nothing of them is kept."))
    return Screen(
        "\n".join(lines),
        (
            (Button(turn.text("✅ Read without these columns"), "import_without", draft.id),),
            (Button(turn.text("🗑 No"), "import_no"),),
        ),
    )


@coordinator.tap("import_without")
async def without(turn: Turn, args: str) -> None:
    """Go on without the columns that are not known."""
    assert turn.member is not None
    draft = await turn.reads.draft(turn.member, args)
    if draft is None:
        forgotten(turn)
        return
    draft.content["without"] = True
    turn.decide(KeepDraft(draft))
    await shown(turn, draft)


@coordinator.tap("import_yes")
async def said_yes(turn: Turn, args: str) -> None:
    """Take it over, when it still comes to what was shown; when it changes more than half, ask once more."""
    found = await dry_run_of(turn)
    if found is None:
        return
    draft, taken = found
    if taken.mark != turn.place["mark"]:
        await shown(turn, draft, turn.text("⚠️ Meanwhile something changed. Look once more."))
    elif taken.doubtful and args != "sure":
        turn.go("import_sure", draft=draft.id, mark=taken.mark)
    else:
        turn.decide(TakeOver(draft, taken))
        to = messages(turn.actor.id, draft.id, taken, turn.now)
        turn.decide(*to)
        counts = [len(taken.new), len(taken.changes), len(taken.missing), len(taken.rejected)]
        turn.go("import_done", counts=counts, messages=len(to))


@coordinator.screen("import_sure")
async def sure(turn: Turn) -> Screen:
    """Ask once more: it may be the wrong file."""
    found = await dry_run_of(turn)
    if found is None:
        return await asked(turn)
    _, taken = found
    if taken.many_changed or taken.many_missing:
        why = turn.text("⚠️ <b>More than half changes.</b> Is this the right file?")
    else:
        why = turn.text("⚠️ <b>This list is older than one that is in already.</b> Is this the right file?")
    counts = turn.text(
        "Changed: {changed} · missing: {missing} · unchanged: {same}",
        changed=len(taken.changes),
        missing=taken.newly_missing,
        same=taken.unchanged,
    )
    text = f"{why}\n{counts}"
    return Screen(
        text,
        (
            (Button(turn.text("✅ Yes, take it over"), "import_yes", "sure"),),
            (Button(turn.text("⬅️ Look once more"), "dry_run"), Button(turn.text("🗑 No"), "import_no")),
        ),
    )


@coordinator.tap("import_no")
async def said_no(turn: Turn, _args: str) -> None:
    """Change nothing."""
    turn.go("import", turn.text("Nothing has changed."))


@coordinator.screen("import_done")
async def done(turn: Turn) -> Screen:
    """Say what was taken over, and when who hears of it."""
    new, changed, missing, refused = turn.place["counts"]
    lines = [
        turn.text("✅ <b>Taken over.</b>"),
        turn.text(
            "🆕 {new} new · ✏️ {changed} changed · 👻 {missing} missing (they stay) · ⛔️ {refused} refused",
            new=new,
            changed=changed,
            missing=missing,
            refused=refused,
        ),
    ]
    rows: list[tuple[Button, ...]] = []
    if turn.place["messages"] and not turn.decided(RecallMessages):
        at = turn.words.time(wall(leaves_at(turn.now), turn.content.zone).time())
        number = turn.words.plural("{number} message", "{number} messages", turn.place["messages"])
        lines.append(
            turn.text(
                "✉️ {messages}: not before {time}. Until then you can take them back.",
                messages=number,
                time=turn.place.setdefault("at", at),
            )
        )
        rows.append((Button(turn.text("↩️ Take the messages back"), "import_recall"),))
    rows.append((Button(turn.text("🗂 Assign cases"), "assign", "0"), Button(turn.text("✉️ Letters"), "letters")))
    rows.append(_back(turn))
    return Screen("\n".join(lines), tuple(rows))


@coordinator.tap("import_recall")
async def recall(turn: Turn, _args: str) -> None:
    """Take back what has not left yet; what was taken over stays."""
    waiting = await turn.reads.leaving(turn.actor.id)
    if waiting is None:
        turn.go("import", turn.text("There is nothing to take back any more: the messages have left."))
        return
    turn.decide(RecallMessages())
    turn.decide(Trace(turn.actor.id, "recall", f"{waiting[0]} messages"))
    number = turn.words.plural("{number} message", "{number} messages", waiting[0])
    turn.go("recalled", said=turn.text("↩️ {messages} taken back. What was taken over stays.", messages=number))


@coordinator.screen("recalled")
async def recalled(turn: Turn) -> Screen:
    """Say what was taken back."""
    return Screen(turn.place["said"], (_back(turn),))
