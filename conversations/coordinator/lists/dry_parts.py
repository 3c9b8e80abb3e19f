"""The parts of a dry run, a page at a time: what is new, changed, kept, missing, and what is refused, as a file too."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from conversations.coordinator.lists.dry_run import dry_run_of, shown
from conversations.coordinator.team.naming import names
from conversations.effects.document import Document
from conversations.effects.overview import KeepDraft
from conversations.roles import coordinator
from conversations.screen import Button, Screen
from conversations.shared.import_result import Change, Doubt, Taken, beyond, to_forward, to_mend
from conversations.turn import Turn
from conversations.words.wording import escape

PAGE = 10

Part = Literal["new", "changes", "kept", "doubts", "missing", "rejected"]


@coordinator.tap("dry_part")
async def to_part(turn: Turn, args: str) -> None:
    """Go to a part of the dry run, at a page."""
    if (found := await dry_run_of(turn)) is not None:
        part, page = args.split("/")
        turn.go("dry_part", draft=found[0].id, mark=found[1].mark, part=part, page=int(page))


@coordinator.screen("dry_part")
async def part_of(turn: Turn) -> Screen:
    """Show one part, a page at a time."""
    found = await dry_run_of(turn)
    if found is None:
        return await coordinator.screens["import"](turn)
    part: Part = turn.place["part"]
    title, all_lines = _lines(turn, found[1], part)
    page = min(turn.place["page"], max(0, (len(all_lines) - 1) // PAGE))
    if part == "missing":
        who = await names(turn, found[1].missing[page * PAGE : (page + 1) * PAGE])
        all_lines[page * PAGE : (page + 1) * PAGE] = [f"· {ref}{escape(name)}" for ref, name in who.items()]
    lines = [f"<b>{title}</b> · {len(all_lines)}", *all_lines[page * PAGE : (page + 1) * PAGE]]
    around = [Button("◀️", "dry_part", f"{part}/{page - 1}")] if page else []
    if (page + 1) * PAGE < len(all_lines):
        around.append(Button("▶️", "dry_part", f"{part}/{page + 1}"))
    rows = [tuple(around)] if around else []
    if part == "doubts":
        asked = found[1].doubts[page * PAGE : (page + 1) * PAGE]
        same = [Button(turn.text("✔️ {ref}: the same", ref=one.ref), "dry_same", f"{one.ref}/{page}") for one in asked]
        rows = [*(tuple(same[at : at + 2]) for at in range(0, len(same), 2)), *rows]
    # Rows of another area, and of who had everything erased, are not for this coordinator to mend.
    mendable = len(found[1].rejected) - found[1].outside - len(found[1].erased)
    if part == "rejected" and mendable:
        rows.append((Button(turn.text("📎 As a file to mend"), "dry_file"),))
    if part == "rejected" and (found[1].forward or found[1].beyond):
        rows.append((Button(turn.text("📎 Of another area: to pass on"), "dry_elsewhere"),))
    return Screen("\n".join(lines), (*rows, (Button(turn.text("⬅️ Back"), "dry_run"),)))


def _lines(turn: Turn, taken: Taken, part: Part) -> tuple[str, list[str]]:
    match part:
        case "new":
            lines = []
            for case in taken.made:
                worker = taken.takers.get(case.worker or "")
                day = turn.words.short(case.overview_date) if case.overview_date else turn.text("no date yet")
                who = escape(worker) if worker else turn.text("nobody yet")
                lines.append(f"· {case.municipality} · {day} · 👤 {who}")
            return turn.text("🆕 New"), lines
        case "changes" | "kept":
            facts = taken.changes if part == "changes" else taken.kept
            title = turn.text("✏️ Changed") if part == "changes" else turn.text("🔒 Kept: what the list says otherwise")
            return title, [f"{ref}: {'; '.join(change(turn, c) for c in changes)}" for ref, changes in facts.items()]
        case "doubts":
            title = turn.text("👥 The same person? Look in the file. Without your yes it stays as it is")
            return title, [_doubt(turn, one) for one in taken.doubts]
        case "missing":
            return turn.text("👻 Missing from this list; they stay"), [f"· {ref}" for ref in taken.missing]
        case "rejected":
            lines = [
                turn.text("Row {row}: {reason}", row=r.row, reason=turn.words.reason(r.reason)) for r in taken.rejected
            ]
            return turn.text("⛔️ Refused"), lines


def _doubt(turn: Turn, one: Doubt) -> str:
    """Return what differs between a row and the case of its number: who decides has to see it."""
    said = {"row": one.row, "ref": one.ref, "before": one.before, "after": one.after}
    if one.what == "last_name":
        return turn.text("Row {row}, {ref}: another surname. {before} → {after}", **said)
    return turn.text("Row {row}, {ref}: another year of birth. {before} → {after}", **said)


@coordinator.tap("dry_same")
async def same(turn: Turn, args: str) -> None:
    """Take a row for the person of the case with its number, although surname or year of birth differ."""
    if (found := await dry_run_of(turn)) is None:
        return
    draft, taken = found
    ref, page = args.split("/")
    if any(one.ref == ref for one in taken.doubts):
        draft.content.setdefault("same", []).append(ref)
        turn.decide(KeepDraft(draft))
        taken = await turn.reads.weigh(turn.scope, draft)
    if taken.doubts:
        turn.go("dry_part", draft=draft.id, mark=taken.mark, part="doubts", page=int(page))
    else:
        await shown(turn, draft)


def fact(turn: Turn, name: str) -> str:
    """Return what a fact of a list is called."""
    return {
        "identity": turn.text("name or year of birth"),
        "municipality": turn.text("municipality"),
        "prison": turn.text("prison"),
        "sentence_days": turn.text("days of the sentence"),
        "known_to_care": turn.text("known to other help"),
        "language": turn.text("language"),
        "reporting_date": turn.text("day on the list"),
    }[name]


def change(turn: Turn, one: Change) -> str:
    """Return a change in words: what, from, to. Who somebody is stays out of it."""
    if one.name == "identity":
        return fact(turn, one.name)
    return f"{fact(turn, one.name)} {_value(turn, one.before)} → {_value(turn, one.after)}"


def _value(turn: Turn, value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return turn.text("yes") if value else turn.text("no")
    if isinstance(value, date):
        return turn.words.short(value)
    return escape(str(value))


@coordinator.tap("dry_file")
async def as_file(turn: Turn, _args: str) -> None:
    """Send the refused rows with their reasons, to be mended and sent again."""
    found = await dry_run_of(turn)
    if found is None:
        return
    draft, taken = found
    said = draft.content["overview"]
    cells = {r["row"]: r["cells"] for r in said["rejected"]}
    data = to_mend(turn.text("Refused"), said["headings"], cells, taken, turn.words)
    turn.decide(Document("table", data, "afgekeurd.xlsx", turn.text("📎 Mend the rows, and send the file here.")))
    await shown(turn, draft)


@coordinator.tap("dry_elsewhere")
async def elsewhere(turn: Turn, _args: str) -> None:
    """Send the rows of other areas, and those from beyond the region, to be passed on; nothing of them is kept."""
    found = await dry_run_of(turn)
    if found is None:
        return
    draft, taken = found
    said = draft.content["overview"]
    caption = turn.text("📎 Not yours. Pass it on in a safe way to who it concerns. I keep nothing of it.")
    if taken.forward:
        data = to_forward(turn.text("Another area"), taken, turn.words)
        turn.decide(Document("table", data, "ander-gebied.xlsx", caption))
    if taken.beyond:
        cells = {r["row"]: r["cells"] for r in said["rejected"]}
        data = beyond(turn.text("Outside the region"), said["headings"], cells, taken, turn.words)
        turn.decide(Document("table", data, "buiten-de-regio.xlsx", caption))
    await shown(turn, draft)
