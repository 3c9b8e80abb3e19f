"""Refusals of rows: why one is not taken for the case of its number, or by who brings the overview in."""

from __future__ import annotations

from collections.abc import Collection

from bot.errands.overviews.row import OverviewRow
from conversations.shared.import_result import Doubt
from conversations.words.reasons import Reason, text
from storage.case.case import Case
from storage.keys.erasure import ErasureLedger
from storage.people.names import likeness
from storage.scope import Scope

# The one answer about who had everything erased, whether by number or by name. Another person of the same name and year
# is added by a coordinator who knows that it is another; the next list is then linked to that case.
ERASED = text(
    "This person had everything erased. Take the row out. A new call-up? Ask your administrator. "
    "Is it somebody else? Add them with /nieuw."
)
DAMAGED = text("The case of this person does not open. The administrator knows. Read the row in once more later.")

_ANOTHER = text(
    "This case number is that of {ref}, and surname and year of birth are others: this is somebody else. See whether "
    "the rows and columns still belong together. Is the row right? Ask for the case number, or add the case by hand."
)
_USED_AGAIN = text(
    "This case number was that of {ref}. That case is closed, and this is somebody else. Ask for the case number, or "
    "add the case by hand."
)
_SWAPPED = text("At {ref} first name and surname stand the other way round. Put them into the right column.")
_DOUBT = {
    "last_name": text("This case number is that of {ref}, with another surname. Is it the same person? Then say yes."),
    "birth_year": text(
        "This case number is that of {ref}, with another year of birth. Is it the same person? Then say yes."
    ),
}


class Refusals:
    """Says why rows are refused. `same`: references of cases of which somebody said that the row is about them."""

    def __init__(self, scope: Scope, erasures: ErasureLedger, same: Collection[str]) -> None:
        self._scope = scope
        self._erasures = erasures
        self._erased = erasures.hashes()
        self._same = same

    def was_erased(self, row: OverviewRow) -> bool:
        """Tell whether a row is of somebody who had everything erased, by their number or by who they are."""
        who = (row.first_name, row.last_name, row.birth_year, row.municipality)
        return self._erasures.holds(row.number, self._erased) or self._erasures.holds_person(*who, self._erased)

    def outside(self, row: OverviewRow, case: Case | None) -> Reason | None:
        """Say why a row is not this actor's to bring in; None when it is."""
        if not self._scope.may_in("import", row.municipality, row.province):
            return text(
                "{municipality} is not of your area. Send this row to the coordinator there.",
                municipality=row.municipality,
            )
        if case is not None and not self._scope.may("import", case):
            return text(
                "This case still is of another area, and the list says {municipality}. "
                "Ask the coordinator there to read this overview in.",
                municipality=row.municipality,
            )
        return None

    def somebody_else(self, case: Case, row: OverviewRow) -> tuple[Reason, Doubt | None] | None:
        """Say why a row is not taken for the person of the case with its number; None when it is about them.

        With what a yes is asked about, where somebody could say that it is the same person.
        """
        who = case.identity
        match likeness(who, row.first_name, row.last_name, row.birth_year):
            case "another":
                return (_USED_AGAIN if case.phase == "closed" else _ANOTHER).of(ref=case.ref), None
            case "swapped":
                return _SWAPPED.of(ref=case.ref), None
            case "last_name" | "birth_year" as what if case.ref not in self._same:
                pair = (who.last_name, row.last_name) if what == "last_name" else (who.birth_year, row.birth_year)
                return _DOUBT[what].of(ref=case.ref), Doubt(row.row, case.ref, what, *map(str, pair))
        return None
