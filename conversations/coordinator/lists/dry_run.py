"""The dry run of an overview on the screen: counts, who would hear what, and what was probably meant."""

from __future__ import annotations

from conversations.coordinator.lists.dry_lines import OFFERED, how_far, what_would_happen, who_hears
from conversations.effects.overview import KeepDraft
from conversations.roles import coordinator
from conversations.screen import Button, Screen
from conversations.shared.import_result import Taken
from conversations.turn import Turn
from storage.queues.drafts import Draft


def forgotten(turn: Turn) -> None:
    """Say that a file waited too long for its yes."""
    turn.go("import", turn.text("The overview waited for more than an hour and is forgotten. Send it once more."))


async def dry_run_of(turn: Turn) -> tuple[Draft, Taken] | None:
    """Return the overview of this place and what it would change now; None, and back, when its time is over."""
    assert turn.member is not None
    draft = await turn.reads.draft(turn.member, turn.place["draft"])
    if draft is None:
        forgotten(turn)
        return None
    return draft, await turn.reads.weigh(turn.scope, draft)


async def shown(turn: Turn, draft: Draft, note: str | None = None) -> None:
    """Go and show what an overview would change now."""
    taken = await turn.reads.weigh(turn.scope, draft)
    turn.go("dry_run", note, draft=draft.id, mark=taken.mark)


@coordinator.screen("dry_run")
async def dry_run(turn: Turn) -> Screen:
    """Show the counts, who would hear what, and what was probably meant."""
    found = await dry_run_of(turn)
    if found is None:
        return await coordinator.screens["import"](turn)
    draft, taken = found
    far = how_far(turn, draft, taken)
    lines = [*what_would_happen(turn, draft, taken, far), "", *who_hears(turn, taken)]
    rows: list[tuple[Button, ...]] = [(far.other,)] if far else []
    for at, place in enumerate(taken.places[:OFFERED]):
        number = turn.words.plural("{number} row", "{number} rows", place.rows)
        said = turn.text("🔎 “{said}”: probably {name} ({rows})", said=place.said, name=place.name, rows=number)
        lines.append(said)
        rows.append((Button(turn.text("✔️ {name} is meant", name=place.name), "dry_meant", str(at)),))
    rows += _parts(turn, taken)
    names = turn.text("👤 Names: come along") if draft.content["names"] else turn.text("👤 Names: left out")
    rows.append((Button(names, "dry_names"),))
    if taken.cases:
        rows.append((Button(turn.text("✅ Take it over"), "import_yes"), Button(turn.text("🗑 No"), "import_no")))
    else:
        rows.append((Button(turn.text("⬅️ Another file"), "import"),))
    return Screen("\n".join(lines), tuple(rows))


def _parts(turn: Turn, taken: Taken) -> list[tuple[Button, ...]]:
    """Return a button for each part that has anything in it, two in a row."""
    parts = [
        (turn.text("🆕 New"), "new", len(taken.new)),
        (turn.text("✏️ Changed"), "changes", len(taken.changes)),
        (turn.text("🔒 Kept"), "kept", len(taken.kept)),
        (turn.text("👥 Same person?"), "doubts", len(taken.doubts)),
        (turn.text("👻 Missing"), "missing", len(taken.missing)),
        (turn.text("⛔️ Refused"), "rejected", len(taken.rejected)),
    ]
    buttons = [Button(f"{label} {number}", "dry_part", f"{part}/0") for label, part, number in parts if number]
    return [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]


@coordinator.tap("dry_run")
async def back(turn: Turn, _args: str) -> None:
    """Go back to the dry run."""
    if (found := await dry_run_of(turn)) is not None:
        await shown(turn, found[0])


@coordinator.tap("dry_names")
async def names(turn: Turn, _args: str) -> None:
    """Take names along, or leave them out."""
    if (found := await dry_run_of(turn)) is not None:
        draft = found[0]
        draft.content["names"] = not draft.content["names"]
        turn.decide(KeepDraft(draft))
        await shown(turn, draft)


@coordinator.tap("dry_whole")
async def whole(turn: Turn, _args: str) -> None:
    """Take the list for that of its whole provinces, or of the places that it names."""
    if (found := await dry_run_of(turn)) is not None:
        draft = found[0]
        draft.content["whole"] = not draft.content.get("whole", False)
        turn.decide(KeepDraft(draft))
        await shown(turn, draft)


@coordinator.tap("dry_meant")
async def meant(turn: Turn, args: str) -> None:
    """Take a misspelt place for the one that was probably meant, in all rows."""
    found = await dry_run_of(turn)
    if found is None:
        return
    draft, taken = found
    place = taken.places[int(args)]
    draft.content["accepted"].append([place.said, place.name])
    turn.decide(KeepDraft(draft))
    await shown(turn, draft)
