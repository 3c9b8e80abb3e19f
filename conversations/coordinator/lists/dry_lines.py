"""The lines of a dry run: what would happen to whom when an overview is taken over, and who would hear of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from conversations.screen import Button
from conversations.shared.import_result import Taken, ToWorker
from conversations.turn import Turn
from conversations.words.wording import escape
from storage.queues.drafts import Draft

# Names of places and cases on one screen, and workers named on it.
OFFERED, NAMED = 4, 12
# Municipalities named in which nobody takes the new cases.
PLACES = 6


@dataclass(frozen=True, slots=True)
class HowFar:
    """How far a list reaches: the sentence that says it, and the button that takes it otherwise."""

    said: str
    other: Button


def how_far(turn: Turn, draft: Draft, taken: Taken) -> HowFar | None:
    """Say of whom the list is silent because it does not name where they live, and offer to take it for the whole list.

    A municipality's list says nothing of the others; of a province's, one in which nobody is left is not named.
    """
    whole = draft.content.get("whole", False)
    if not whole and not taken.apart:
        return None
    of = {place: turn.content.region.province_of(place) for place in draft.content["overview"].get("places", ())}
    provinces = {province for place, province in of.items() if turn.scope.may_in("import", place, province)}
    if not provinces:
        return None
    names = turn.words.listed(sorted(provinces))
    if whole:
        said = turn.text("📍 This is the whole list of {provinces}.", provinces=names)
        return HowFar(said, Button(turn.text("📍 Only of the places in it"), "dry_whole"))
    said = turn.words.plural(
        "📍 {number} case in a place that this list does not name: it stays as it is.",
        "📍 {number} cases in places that this list does not name: they stay as they are.",
        taken.apart,
    )
    return HowFar(said, Button(turn.text("📍 The whole list of {provinces}", provinces=names), "dry_whole"))


def what_would_happen(turn: Turn, draft: Draft, taken: Taken, far: HowFar | None) -> Iterator[str]:
    """Yield what an overview would change now, and what about it asks for a look."""
    yield turn.text("🧪 <b>Dry run</b>: nothing has changed yet.")
    yield turn.text(
        "🆕 {new} new · ✏️ {changed} changed · 🟰 {same} unchanged · 👻 {missing} missing (they stay)",
        new=len(taken.new),
        changed=len(taken.changes),
        same=taken.unchanged,
        missing=len(taken.missing),
    )
    if taken.doubts:
        yield turn.words.plural(
            "👥 {number} row may be about somebody else: not taken unless you say yes.",
            "👥 {number} rows may be about somebody else: not taken unless you say yes.",
            len(taken.doubts),
        )
    yield from _of_the_list(turn, draft, taken, far)
    yield from _of_refused_rows(turn, taken)
    yield from _of_cases(turn, taken)


def _of_the_list(turn: Turn, draft: Draft, taken: Taken, far: HowFar | None) -> Iterator[str]:
    if left_out := draft.content["overview"].get("left_out"):
        yield turn.text("🚫 Read without: {columns}", columns=", ".join(left_out))
    if far is not None:
        yield far.said
    if taken.newer is not None:
        day = turn.words.short(taken.newer)
        yield turn.text("⚠️ This list is older than one that is in already, of {day}.", day=day)
    if draft.content["overview"]["part"]:
        yield turn.text("🧩 Mended rows: who is not in this file stays as they are.")


def _of_refused_rows(turn: Turn, taken: Taken) -> Iterator[str]:
    if refused := len(taken.rejected) - len(taken.erased) - len(taken.doubts):
        yield turn.words.plural("⛔️ {number} row refused", "⛔️ {number} rows refused", refused)
    if taken.erased:
        yield turn.words.plural(
            "🗑 {number} row of somebody who had everything erased",
            "🗑 {number} rows of people who had everything erased",
            len(taken.erased),
        )


def _of_cases(turn: Turn, taken: Taken) -> Iterator[str]:
    if taken.kept:
        yield turn.words.plural(
            "🔒 In {number} case a colleague knows better than the list: that stays.",
            "🔒 In {number} cases a colleague knows better than the list: that stays.",
            len(taken.kept),
        )
    if taken.moved:
        yield turn.words.plural(
            "🏘 {number} case moves to where its worker does not work: {refs}. Hand over: /overdragen",
            "🏘 {number} cases move to where their worker does not work: {refs}. Hand over: /overdragen",
            len(taken.moved),
            refs=_first_of(taken.moved),
        )
    nobodys = Counter(case.municipality for case in taken.made if case.worker is None)
    if nobodys:
        places = ", ".join(f"{place} {number}" for place, number in nobodys.most_common(PLACES))
        more = f" … (+{len(nobodys) - PLACES})" if len(nobodys) > PLACES else ""
        yield turn.text("👤 Nobody has these yet: {places}", places=places + more)
    if taken.back:
        yield turn.text("📂 Closed, and on the list again: {refs}. Open again: /zaak", refs=_first_of(taken.back))


def _first_of(refs: list[str]) -> str:
    return ", ".join(refs[:OFFERED]) + (" …" if len(refs) > OFFERED else "")


def who_hears(turn: Turn, taken: Taken) -> Iterator[str]:
    """Say who would hear what, half an hour after the yes."""
    yield turn.text("✉️ <b>Who hears what</b>, half an hour after your yes:")
    for told in list(taken.workers.values())[:NAMED]:
        reached = "" if told.joined else turn.text(" (has not joined yet: hears nothing)")
        yield f"· {escape(told.name)}: {', '.join(_told(turn, told))}{reached}"
    if len(taken.workers) > NAMED:
        yield f"· … (+{len(taken.workers) - NAMED})"
    if taken.people:
        yield turn.words.plural(
            "· {number} person: the list changed, the day in the letter stands",
            "· {number} people: the list changed, the day in the letter stands",
            len(taken.people),
        )
    if not taken.workers and not taken.people:
        yield turn.text("· nobody")
    yield turn.text("A day on the list is told to nobody. The letter counts.")


def _told(turn: Turn, told: ToWorker) -> Iterator[str]:
    if told.new:
        yield turn.words.plural("{number} new case", "{number} new cases", told.new)
    if told.changed:
        yield turn.words.plural("{number} changed case", "{number} changed cases", told.changed)
    if told.differs:
        yield turn.words.plural(
            "{number} date that differs from the letter", "{number} dates that differ from the letter", told.differs
        )
    if told.missing:
        yield turn.words.plural("{number} case not listed", "{number} cases not listed", told.missing)
    if told.back:
        yield turn.words.plural("{number} closed case back", "{number} closed cases back", told.back)
