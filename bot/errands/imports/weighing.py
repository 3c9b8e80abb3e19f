"""Weighing: what each row of an overview brings, to a case that is made or a known one, on cases in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.errands.imports.cases_of_rows import CasesOfRows
from bot.errands.imports.facts import as_listed, bring_in, facts_of
from bot.errands.imports.refusals import DAMAGED, ERASED, Refusals
from bot.errands.imports.who_hears import told
from bot.errands.overviews.row import OverviewRow
from bot.stores import Stores
from conversations.content.dispatch import Dispatch
from conversations.content.region import Region
from conversations.shared.import_result import Change, Forwarded, Refused, Taken
from conversations.words.reasons import Reason
from storage.case.case import Case
from storage.case.case_parts import Identity
from storage.case.references import fresh_reference
from storage.people.loads import Loads
from storage.scope import PROVINCE


@dataclass
class Weighing:
    """One overview being weighed; `taken` is what has come of it so far, `refs` every reference in use."""

    stores: Stores
    region: Region
    dispatch: Dispatch
    refusals: Refusals
    cases: CasesOfRows
    loads: Loads
    refs: set[str]
    now: datetime
    zone: ZoneInfo
    taken: Taken

    def weigh(self, row: OverviewRow, names: bool) -> None:
        """Weigh a row; without `names` no new name is taken from it."""
        case = self.cases.known.get(row.number)
        if reason := self.refusals.outside(row, case):
            self._outside(row, case, reason)
        elif case is None:
            self._unknown(row, names)
        elif said := self.refusals.somebody_else(case, row):
            reason, doubt = said
            self.taken.doubts += [doubt] if doubt else []
            self._refuse(row, reason)
        else:
            self._compare(case, row if names else _nameless(row))

    def _refuse(self, row: OverviewRow, reason: Reason) -> None:
        self.taken.rejected.append(Refused(row.row, reason))

    def _outside(self, row: OverviewRow, case: Case | None, reason: Reason) -> None:
        """Refuse a row of another area, and pass it on, unless nobody is to have it any more."""
        self._refuse(row, reason)
        self.taken.outside += 1
        if case is not None or not self.refusals.was_erased(row):
            self.taken.forward.append(Forwarded(as_listed(row), reason))

    def _unknown(self, row: OverviewRow, names: bool) -> None:
        """Make a case of a row without one, unless the case is damaged or was erased."""
        if row.number in self.cases.damaged:
            self._refuse(row, DAMAGED)
        elif self.refusals.was_erased(row):
            self._refuse(row, ERASED)
            self.taken.erased.append(row.row)
        else:
            self._make(row if names else _nameless(row))

    def _compare(self, case: Case, row: OverviewRow) -> None:
        taken = self.taken
        if row.listed_on is not None and case.listed_on is not None and row.listed_on < case.listed_on:
            taken.newer = max(taken.newer or case.listed_on, case.listed_on)
        back = case.phase == "closed" and case.missing_since is not None
        changed, kept = bring_in(case, row, self.now, self.zone)
        taken.cases.append(case)
        if kept:
            taken.kept[case.ref] = kept
        if back:
            taken.back.append(case.ref)
            if (worker := told(taken, self.loads, case)) is not None:
                worker.back += 1
        if changed:
            self._change(case, changed)
        else:
            taken.unchanged += 1

    def _change(self, case: Case, changed: list[Change]) -> None:
        taken = self.taken
        taken.changes[case.ref] = changed
        names = {change.name for change in changed}
        moved = "reporting_date" in names
        differs = moved and case.confirmed_date is not None and case.overview_date != case.confirmed_date
        if differs and case.joined_at is not None and case.phase != "closed":
            taken.people.append(case.id)
        member = self.loads.member(case.worker)
        reach = (case.municipality, PROVINCE + case.province, "all")
        if "municipality" in names and member and member.area not in reach:
            taken.moved.append(case.ref)
        if (worker := told(taken, self.loads, case)) is not None:
            worker.differs += differs
            worker.changed += not differs

    def _make(self, row: OverviewRow) -> None:
        taken, loads = self.taken, self.loads
        ref = fresh_reference(self.region.prefix(row.province), self.refs)
        identity = Identity(row.first_name, row.last_name, row.birth_year, row.number)
        case, key = self.stores.cases.new(
            identity, ref=ref, province=row.province, listed_on=row.listed_on, added_at=self.now, **facts_of(row)
        )
        case.listed = facts_of(row)
        case.course.list_date(row.reporting_date)
        case.helpers.assign(self.dispatch.choose(loads, row.municipality, row.province, row.language, row.district))
        if (member := loads.member(case.worker)) is not None:
            taken.takers[member.id] = member.name
        taken.new.append(ref)
        taken.cases.append(case)
        taken.made.append(case)
        taken.keys.append(key)
        if (worker := told(taken, loads, case)) is not None:
            worker.new += 1


def _nameless(row: OverviewRow) -> OverviewRow:
    return replace(row, first_name="", last_name="")
