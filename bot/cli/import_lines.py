"""The lines of an import: what it did, or would do, as the command prints it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conversations.shared.import_result import Change, Taken
from conversations.words.wording import Words


def lines_of(taken: Taken, words: Words, at: str, dry_run: bool) -> Iterator[str]:
    """Yield the lines that say what an overview came to; `at`: when those who must hear of it do."""
    if dry_run:
        yield "Nothing is kept: this is what would happen."
    yield (
        f"new {len(taken.new)} · changed {len(taken.changes)} · unchanged {taken.unchanged} · "
        f"missing {len(taken.missing)} (kept) · rejected {len(taken.rejected)}"
    )
    if taken.newer:
        yield f"  This list is older than one of {taken.newer} that is in already."
    yield from _of_cases(taken)
    yield from _of_rows(taken, words)
    yield from _who_hears(taken, at)
    if not dry_run and (taken.workers or taken.people):
        yield "  Until then: voorzorg cases recall"


def _of_cases(taken: Taken) -> Iterator[str]:
    for ref, changes in taken.changes.items():
        yield f"  {ref}: {_listed(changes)}"
    for ref, changes in taken.kept.items():
        yield f"  {ref}: a colleague's word stays, the list says otherwise: {_listed(changes)}"
    for ref in taken.back:
        yield f"  {ref}: is closed, and stands on the list again; open it again (/zaak)"
    for ref in taken.moved:
        yield f"  {ref}: moves to where its worker does not work; hand it over (/overdragen)"
    if taken.apart:
        yield f"  {taken.apart} cases in places that this list does not name: they stay as they are (--area AREA)"


def _of_rows(taken: Taken, words: Words) -> Iterator[str]:
    for doubt in taken.doubts:
        differs = "surname" if doubt.what == "last_name" else "year of birth"
        yield f"  row {doubt.row}, {doubt.ref}: another {differs}. The same person? --same {doubt.ref}"
    for rejection in taken.rejected:
        yield f"  rij {rejection.row}: {words.reason(rejection.reason)}"
    if taken.forward:
        yield f"  {len(taken.forward)} rows of another area: --elsewhere FILE writes them, to be passed on"
    if taken.beyond:
        yield f"  {len(taken.beyond)} rows from outside the region: --beyond FILE writes them"
    for place in taken.places:
        yield f"  {place.said!r} is probably {place.name!r} ({place.rows} rows): --accept takes it so"


def _who_hears(taken: Taken, at: str) -> Iterator[str]:
    for told in taken.workers.values():
        yield (
            f"  {told.name} hears {at}: {told.new} new, {told.changed} changed, {told.differs} differ from a letter, "
            f"{told.missing} not listed, {told.back} closed and back"
            + ("" if told.joined else " (has not joined yet: hears nothing)")
        )
    if taken.people:
        yield f"  {len(taken.people)} people hear {at} that the list changed and their letter stands"


def _listed(changes: Iterable[Change]) -> str:
    return ", ".join(_change(c.name, c.before, c.after) for c in changes)


def _change(name: str, before: object, after: object) -> str:
    return name if name == "identity" else f"{name} {before or '-'} → {after or '-'}"
