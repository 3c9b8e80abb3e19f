"""The dry run of an overview on the screen: counts, who would hear what, and what was probably meant."""

from __future__ import annotations

from collections import Counter

from conversations.effects.overview import KeepDraft
from conversations.roles import coordinator
from conversations.screen import Button, Screen
from conversations.shared.import_result import Taken
from conversations.turn import Turn
from conversations.words.wording import escape
from storage.queues.drafts import Draft

# Names of places offered on one screen, and workers named on it.
OFFERED, NAMED = 4, 12
# Municipalities named in which nobody takes the new cases.
PLACES = 6


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
    lines = [
        turn.text("🧪 <b>Dry run</b>: nothing has changed yet."),
        turn.text(
            "🆕 {new} new · ✏️ {changed} changed · 🟰 {same} unchanged · 👻 {missing} missing (they stay)",
            new=len(taken.new),
            changed=len(taken.changes),
            same=taken.unchanged,
            missing=len(taken.missing),
        ),
    ]
    if taken.doubts:
        lines.append(
            turn.words.plural(
                "👥 {number} row may be about somebody else: not taken unless you say yes.",
                "👥 {number} rows may be about somebody else: not taken unless you say yes.",
                len(taken.doubts),
            )
        )
    if draft.content["overview"].get("left_out"):
        columns = ", ".join(draft.content["overview"]["left_out"])
        lines.append(turn.text("🚫 Read without: {columns}", columns=columns))
    rows: list[tuple[Button, ...]] = []
    _how_far(turn, draft, taken, lines, rows)
    if taken.newer is not None:
        day = turn.words.short(taken.newer)
        lines.append(turn.text("⚠️ This list is older than one that is in already, of {day}.", day=day))
    if draft.content["overview"]["part"]:
        lines.append(turn.text("🧩 Mended rows: who is not in this file stays as they are."))
    refused = len(taken.rejected) - len(taken.erased) - len(taken.doubts)
    if refused:
        lines.append(turn.words.plural("⛔️ {number} row refused", "⛔️ {number} rows refused", refused))
    if taken.erased:
        lines.append(
            turn.words.plural(
                "🗑 {number} row of somebody who had everything erased",
                "🗑 {number} rows of people who had everything erased",
                len(taken.erased),
            )
        )
    if taken.kept:
        lines.append(
            turn.words.plural(
                "🔒 In {number} case a colleague knows better than the list: that stays.",
                "🔒 In {number} cases a colleague knows better than the list: that stays.",
                len(taken.kept),
            )
        )
    if taken.moved:
        refs = ", ".join(taken.moved[:OFFERED]) + (" …" if len(taken.moved) > OFFERED else "")
        lines.append(
            turn.words.plural(
                "🏘 {number} case moves to where its worker does not work: {refs}. Hand over: /overdragen",
                "🏘 {number} cases move to where their worker does not work: {refs}. Hand over: /overdragen",
                len(taken.moved),
                refs=refs,
            )
        )
    nobodys = Counter(case.municipality for case in taken.made if case.worker is None)
    if nobodys:
        places = ", ".join(f"{place} {number}" for place, number in nobodys.most_common(PLACES))
        more = f" … (+{len(nobodys) - PLACES})" if len(nobodys) > PLACES else ""
        lines.append(turn.text("👤 Nobody has these yet: {places}", places=places + more))
    if taken.back:
        refs = ", ".join(taken.back[:OFFERED]) + (" …" if len(taken.back) > OFFERED else "")
        lines.append(turn.text("📂 Closed, and on the list again: {refs}. Open again: /zaak", refs=refs))
    lines += ["", *_who_hears(turn, taken)]
    for at, place in enumerate(taken.places[:OFFERED]):
        lines.append(
            turn.text(
                "🔎 “{said}”: probably {name} ({rows})", said=place.said, name=place.name, rows=_rows(turn, place.rows)
            )
        )
        rows.append((Button(turn.text("✔️ {name} is meant", name=place.name), "dry_meant", str(at)),))
    parts = [
        (turn.text("🆕 New"), "new", len(taken.new)),
        (turn.text("✏️ Changed"), "changes", len(taken.changes)),
        (turn.text("🔒 Kept"), "kept", len(taken.kept)),
        (turn.text("👥 Same person?"), "doubts", len(taken.doubts)),
        (turn.text("👻 Missing"), "missing", len(taken.missing)),
        (turn.text("⛔️ Refused"), "rejected", len(taken.rejected)),
    ]
    buttons = [Button(f"{label} {number}", "dry_part", f"{part}/0") for label, part, number in parts if number]
    rows += [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    names = turn.text("👤 Names: come along") if draft.content["names"] else turn.text("👤 Names: left out")
    rows.append((Button(names, "dry_names"),))
    if taken.cases:
        rows.append((Button(turn.text("✅ Take it over"), "import_yes"), Button(turn.text("🗑 No"), "import_no")))
    else:
        rows.append((Button(turn.text("⬅️ Another file"), "import"),))
    return Screen("\n".join(lines), tuple(rows))


def _how_far(turn: Turn, draft: Draft, taken: Taken, lines: list[str], rows: list[tuple[Button, ...]]) -> None:
    """Say of whom the list is silent because it does not name where they live, and offer to take it for the whole list.

    A municipality's list says nothing of the others; of a province's, one in which nobody is left is not named.
    """
    whole = draft.content.get("whole", False)
    if not whole and not taken.apart:
        return
    of = {place: turn.content.region.province_of(place) for place in draft.content["overview"].get("places", ())}
    provinces = {province for place, province in of.items() if turn.scope.may_in("import", place, province)}
    if not provinces:
        return
    names = turn.words.listed(sorted(provinces))
    if whole:
        lines.append(turn.text("📍 This is the whole list of {provinces}.", provinces=names))
        rows.append((Button(turn.text("📍 Only of the places in it"), "dry_whole"),))
        return
    lines.append(
        turn.words.plural(
            "📍 {number} case in a place that this list does not name: it stays as it is.",
            "📍 {number} cases in places that this list does not name: they stay as they are.",
            taken.apart,
        )
    )
    rows.append((Button(turn.text("📍 The whole list of {provinces}", provinces=names), "dry_whole"),))


def _rows(turn: Turn, number: int) -> str:
    return turn.words.plural("{number} row", "{number} rows", number)


def _who_hears(turn: Turn, taken: Taken) -> list[str]:
    """Say who would hear what, half an hour after the yes."""
    lines = [turn.text("✉️ <b>Who hears what</b>, half an hour after your yes:")]
    for told in list(taken.workers.values())[:NAMED]:
        said = []
        if told.new:
            said.append(turn.words.plural("{number} new case", "{number} new cases", told.new))
        if told.changed:
            said.append(turn.words.plural("{number} changed case", "{number} changed cases", told.changed))
        if told.differs:
            said.append(
                turn.words.plural(
                    "{number} date that differs from the letter",
                    "{number} dates that differ from the letter",
                    told.differs,
                )
            )
        if told.missing:
            said.append(turn.words.plural("{number} case not listed", "{number} cases not listed", told.missing))
        if told.back:
            said.append(turn.words.plural("{number} closed case back", "{number} closed cases back", told.back))
        reached = "" if told.joined else turn.text(" (has not joined yet: hears nothing)")
        lines.append(f"· {escape(told.name)}: {', '.join(said)}{reached}")
    if len(taken.workers) > NAMED:
        lines.append(f"· … (+{len(taken.workers) - NAMED})")
    if taken.people:
        lines.append(
            turn.words.plural(
                "· {number} person: the list changed, the day in the letter stands",
                "· {number} people: the list changed, the day in the letter stands",
                len(taken.people),
            )
        )
    if not taken.workers and not taken.people:
        lines.append(turn.text("· nobody"))
    lines.append(turn.text("A day on the list is told to nobody. The letter counts."))
    return lines


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
