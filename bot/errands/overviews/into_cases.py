"""An import: new cases are made of an overview, known ones compared, missing ones kept and marked.

`weigh` works out what would happen and writes nothing; `keep` writes exactly that. The letter rules, never the list: a
date that an overview brings, moves or drops is a fact for nobody until it has been confirmed from the letter
(`Course.list_date`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.errands.overviews.reader import Overview, OverviewRow
from bot.lookups import known_cases
from bot.lookups.known_cases import CHUNK
from bot.stores import Stores
from conversations.content.dispatch import Dispatch
from conversations.content.region import Region
from conversations.shared.import_result import Change, Doubt, Forwarded, Place, Refused, Taken, ToWorker
from conversations.words.reasons import Reason, text
from storage import audit
from storage.case.case import Case
from storage.case.case_parts import Identity
from storage.case.references import fresh_reference
from storage.clock import wall
from storage.engines.connection import AsyncConnection
from storage.keys.erasure import ErasureLedger
from storage.people.loads import Loads
from storage.people.names import identity_key, likeness, person_key
from storage.people.staff import Member
from storage.scope import PROVINCE, Scope

# The one answer about who had everything erased, whether by number or by name. Another person of the same name and year
# is added by a coordinator who knows that it is another; the next list is then linked to that case.
ERASED = text(
    "This person had everything erased. Take the row out. A new call-up? Ask your administrator. "
    "Is it somebody else? Add them with /nieuw."
)
DAMAGED = text("The case of this person does not open. The administrator knows. Read the row in once more later.")
# What a list says of a case, and a colleague may know better.
FACTS = ("municipality", "prison", "sentence_days", "known_to_care", "language")

# Figures of a case number, zeros in front of it included.
LONGEST_FIGURES = 10

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

Progress = Callable[[int, int], None]


def _spellings(number: str) -> list[str]:
    """Return a case number with other zeros in front: a spreadsheet drops them, and other files keep them."""
    if not number.isdecimal() or len(number) > LONGEST_FIGURES:
        return []
    bare = number.lstrip("0") or "0"
    return [zeros for width in range(len(bare), LONGEST_FIGURES + 1) if (zeros := bare.zfill(width)) != number]


def _facts(row: OverviewRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FACTS}


def _as_listed(row: OverviewRow) -> tuple[str, ...]:
    """Return the cells of a row under the headings of FORWARDED, as any reader of overviews takes it."""
    reporting, listed = (f"{day:%d-%m-%Y}" if day else "" for day in (row.reporting_date, row.listed_on))
    known = "" if row.known_to_care is None else "ja" if row.known_to_care else "nee"
    who = (row.number, row.first_name, row.last_name, str(row.birth_year), row.municipality, row.prison or "")
    return (*who, reporting, str(row.sentence_days or ""), listed, known, row.language, row.district or "")


def _update(case: Case, row: OverviewRow, at: datetime, zone: ZoneInfo) -> tuple[list[Change], list[Change]]:
    """Bring the facts of an overview into a known case; returns what changed, and what somebody's own word kept."""
    changed: list[Change] = []
    kept: list[Change] = []
    first, last = (
        (row.first_name, row.last_name) if row.last_name else (case.identity.first_name, case.identity.last_name)
    )
    number = row.number
    if case.identity.number in _spellings(number):  # the one that has its zeros still
        number = max(number, case.identity.number or "", key=len)
    identity = Identity(first, last, row.birth_year, number)
    if case.identity != identity:
        changed.append(Change("identity", None, None))
        case.identity = identity
    for name, now in _facts(row).items():
        here = getattr(case, name)
        before = case.listed.get(name, here)
        if now == here:
            continue
        if here == before:
            changed.append(Change(name, here, now))
            if name == "prison":
                case.shares.change_prison(now, at, zone)
            else:
                setattr(case, name, now)
            if name == "municipality":
                case.province = row.province
        elif now != before:
            kept.append(Change(name, here, now))
    if case.overview_date != row.reporting_date:
        changed.append(Change("reporting_date", case.overview_date, row.reporting_date))
        case.course.list_date(row.reporting_date)
    listed = (case.missing_since, case.listed_on, case.listed)
    if changed or kept or listed != (None, row.listed_on, _facts(row)):
        case.missing_since, case.listed_on, case.listed = None, row.listed_on, _facts(row)
        case.touch("cases")
    return changed, kept


class OverviewImport:
    """Takes an overview over, for one member of staff, within what they may do."""

    def __init__(
        self,
        stores: Stores,
        region: Region,
        scope: Scope,
        erasures: ErasureLedger,
        dispatch: Dispatch | None = None,
    ) -> None:
        self._erasures = erasures
        self._stores = stores
        self._region = region
        self._scope = scope
        self._dispatch = dispatch or Dispatch()
        # Numbers of cases that do not open any more.
        self._damaged: set[str] = set()

    async def take(self, connection: AsyncConnection, overview: Overview, now: datetime, zone: ZoneInfo) -> Taken:
        """Write what the overview brings and return it; all of it, or, when the transaction ends badly, nothing."""
        taken = await self.weigh(connection, overview, now, zone)
        await self.keep(connection, taken, now, zone)
        return taken

    async def keep(self, connection: AsyncConnection, taken: Taken, now: datetime, zone: ZoneInfo) -> None:
        """Write what was weighed; raises StaleCaseError when somebody changed one of the cases since."""
        await self._stores.cases.add(connection, taken.keys)
        await self._stores.cases.save(connection, taken.cases, now, zone)
        await audit.write(connection, trail(taken, self._scope.actor.id, "cli"), now)

    async def weigh(
        self,
        connection: AsyncConnection,
        overview: Overview,
        now: datetime,
        zone: ZoneInfo,
        names: bool = True,
        progress: Progress | None = None,
        same: Collection[str] = (),
        covers: Collection[str] = (),
    ) -> Taken:
        """Work out what an overview brings, on cases in memory; without `names` no new name is taken.

        `same`: references of the cases of which somebody has said that the row is about that person, although surname
        or year of birth differ. `covers`: the areas of which the overview is the whole list; else only who lives in a
        municipality that it names can be missing from it.
        """
        taken = Taken(rejected=[Refused(r.row, r.reason) for r in overview.rejected], rows=len(overview.rows))
        taken.beyond = [r.row for r in overview.rejected if r.elsewhere]
        counted = Counter(offer for rejection in overview.rejected for offer in rejection.offers)
        taken.places = [Place(offer.said, offer.name, counted[offer]) for offer in overview.offers()]
        known = await self._known(connection, [row.number for row in overview.rows], progress)
        await self._with_other_zeros(connection, overview.rows, known)
        await self._link(connection, overview.rows, known)
        team = [m for m in await self._stores.team.all(connection) if m.active]
        loads = await Loads.of(connection, team, wall(now, zone).date())
        refs = await known_cases.references(connection)
        erased = self._erasures.hashes()
        for row in overview.rows:
            case = known.get(row.number)
            whole, row = row, row if names else replace(row, first_name="", last_name="")
            if outside := self._outside(row, case):
                taken.rejected.append(Refused(row.row, outside))
                taken.outside += 1
                if case is None and self._was_erased(whole, erased):
                    continue  # nor does it go to anybody else
                taken.forward.append(Forwarded(_as_listed(whole), outside))
            elif case is None and row.number in self._damaged:
                taken.rejected.append(Refused(row.row, DAMAGED))
            elif case is None and self._was_erased(whole, erased):
                taken.rejected.append(Refused(row.row, ERASED))
                taken.erased.append(row.row)
            elif case is None:
                self._make(row, fresh_reference(self._region.prefix(row.province), refs), now, loads, taken)
            elif who := self._somebody_else(case, whole, same, taken):
                taken.rejected.append(Refused(row.row, who))
            else:
                self._compare(case, row, loads, taken, (now, zone))
        if not overview.part:
            taken.covers = sorted(covers or overview.places)
            await self._missing(connection, overview.numbers, wall(now, zone).date(), loads, taken)
        taken.rejected.sort(key=lambda rejection: rejection.row)
        return taken

    def _was_erased(self, row: OverviewRow, erased: set[str]) -> bool:
        """Tell whether a row is of somebody who had everything erased, by their number or by who they are."""
        who = (row.first_name, row.last_name, row.birth_year, row.municipality)
        return self._erasures.holds(row.number, erased) or self._erasures.holds_person(*who, erased)

    def _outside(self, row: OverviewRow, case: Case | None) -> Reason | None:
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

    def _somebody_else(self, case: Case, row: OverviewRow, same: Collection[str], taken: Taken) -> Reason | None:
        """Say why a row is not taken for the person of the case with its number; None when it is about them."""
        who = case.identity
        match likeness(who, row.first_name, row.last_name, row.birth_year):
            case "another":
                return (_USED_AGAIN if case.phase == "closed" else _ANOTHER).of(ref=case.ref)
            case "swapped":
                return _SWAPPED.of(ref=case.ref)
            case "last_name" | "birth_year" as what if case.ref not in same:
                pair = (who.last_name, row.last_name) if what == "last_name" else (who.birth_year, row.birth_year)
                taken.doubts.append(Doubt(row.row, case.ref, what, *map(str, pair)))
                return _DOUBT[what].of(ref=case.ref)
        return None

    def _compare(self, case: Case, row: OverviewRow, loads: Loads, taken: Taken, at: tuple[datetime, ZoneInfo]) -> None:
        if row.listed_on is not None and case.listed_on is not None and row.listed_on < case.listed_on:
            taken.newer = max(taken.newer or case.listed_on, case.listed_on)
        back = case.phase == "closed" and case.missing_since is not None
        changed, kept = _update(case, row, *at)
        taken.cases.append(case)
        if kept:
            taken.kept[case.ref] = kept
        if back:
            taken.back.append(case.ref)
            if (told := _told(taken, loads, case)) is not None:
                told.back += 1
        if not changed:
            taken.unchanged += 1
            return
        taken.changes[case.ref] = changed
        moved = any(change.name == "reporting_date" for change in changed)
        differs = moved and case.confirmed_date is not None and case.overview_date != case.confirmed_date
        if differs and case.joined_at is not None and case.phase != "closed":
            taken.people.append(case.id)
        member = loads.member(case.worker)
        reach = (case.municipality, PROVINCE + case.province, "all")
        if any(change.name == "municipality" for change in changed) and member and member.area not in reach:
            taken.moved.append(case.ref)
        if (told := _told(taken, loads, case)) is not None:
            told.differs += differs
            told.changed += not differs

    def _make(self, row: OverviewRow, ref: str, now: datetime, loads: Loads, taken: Taken) -> None:
        identity = Identity(row.first_name, row.last_name, row.birth_year, row.number)
        case, key = self._stores.cases.new(
            identity, ref=ref, province=row.province, listed_on=row.listed_on, added_at=now, **_facts(row)
        )
        case.listed = _facts(row)
        case.course.list_date(row.reporting_date)
        case.helpers.assign(self._dispatch.choose(loads, row.municipality, row.province, row.language, row.district))
        if (member := loads.member(case.worker)) is not None:
            taken.takers[member.id] = member.name
        taken.new.append(ref)
        taken.cases.append(case)
        taken.made.append(case)
        taken.keys.append(key)
        if (told := _told(taken, loads, case)) is not None:
            told.new += 1

    async def _known(
        self, connection: AsyncConnection, numbers: list[str], progress: Progress | None
    ) -> dict[str, Case]:
        blind = {self._stores.vault.blind("overview", number): number for number in numbers}
        found: dict[str, Case] = {}
        indexes = list(blind)
        for at in range(0, len(indexes), CHUNK):
            if progress:
                progress(at, len(indexes))
            numbered = await known_cases.with_numbers(connection, indexes[at : at + CHUNK])
            by_id = {case_id: blind[index] for case_id, index in numbered.items()}
            loaded = await self._stores.cases.load(connection, by_id)
            for case in loaded.values():
                found[by_id[case.id]] = case
            self._damaged |= {number for case_id, number in by_id.items() if case_id not in loaded}
        return found

    async def _with_other_zeros(
        self, connection: AsyncConnection, rows: Sequence[OverviewRow], known: dict[str, Case]
    ) -> None:
        """Find the cases whose number has other zeros in front, where the row is about the same person."""
        unknown = {other: row for row in rows if row.number not in known for other in _spellings(row.number)}
        taken = {case.id for case in known.values()}
        for number, case in (await self._known(connection, list(unknown), None)).items():
            row, who = unknown[number], case.identity
            if case.id not in taken and likeness(who, row.first_name, row.last_name, row.birth_year) == "same":
                known[row.number] = case
                taken.add(case.id)

    async def _link(self, connection: AsyncConnection, rows: Sequence[OverviewRow], known: dict[str, Case]) -> None:
        """Find the cases of people whom a worker added by hand before a list brought them: one person is one case."""
        places = sorted({row.municipality for row in rows})
        ids = await known_cases.added_by_hand(connection, self._stores.cases, self._scope, places)
        if not ids:
            return
        found = await self._stores.cases.load(connection, ids)
        people = {(case.municipality, *identity_key(case.identity)): case for case in found.values()}
        for row in rows:
            person = (row.municipality, *person_key(row.first_name, row.last_name, row.birth_year))
            if row.number not in known and (case := people.pop(person, None)) is not None:
                known[row.number] = case

    async def _missing(
        self, connection: AsyncConnection, numbers: frozenset[str], today: date, loads: Loads, taken: Taken
    ) -> None:
        """Mark the cases of the scope that stood in an earlier overview and not in this one. They stay.

        Only of those whom this overview covers: the list of one municipality says nothing of the others. Closed ones
        are marked too, so that it is seen when one of them is back; nobody hears that they are gone.
        """
        spelt = (other for number in numbers for other in (number, *_spellings(number)))
        listed = {self._stores.vault.blind("overview", number) for number in spelt}
        covers = set(taken.covers)
        fresh = []
        for row in await known_cases.listed(connection, self._scope):
            if row.overview_index in listed:
                continue
            if covers.isdisjoint((row.municipality, PROVINCE + row.province, row.prison, "all")):
                taken.apart += row.phase != "closed" and row.missing_since is None
            elif row.missing_since is None:
                fresh.append(row.id)
            elif row.phase != "closed":
                taken.missing.append(row.ref)
        for at in range(0, len(fresh), CHUNK):
            for case in (await self._stores.cases.load(connection, fresh[at : at + CHUNK])).values():
                self._gone(case, covers, today, loads, taken)
        taken.missing.sort()

    def _gone(self, case: Case, covers: set[str], today: date, loads: Loads, taken: Taken) -> None:
        """Mark a case that is not on a list on which it could stand."""
        place = case.listed.get("municipality", case.municipality)
        # A colleague knows that they moved; the lists have them where they lived before, and this one says nothing of
        # that place.
        if place != case.municipality and covers.isdisjoint((place, PROVINCE + self._region.province_of(place), "all")):
            taken.apart += case.phase != "closed"
            return
        case.missing_since = today
        case.touch("cases")
        taken.cases.append(case)
        if case.phase != "closed":
            taken.missing.append(case.ref)
            taken.newly_missing += 1
        if case.phase in ("waiting", "called_up") and (told := _told(taken, loads, case)) is not None:
            told.missing += 1


def _told(taken: Taken, loads: Loads, case: Case) -> ToWorker | None:
    """Return what the worker of a case hears, or who stands in for them, to be added to."""
    member: Member | None = loads.hears(case.worker)
    if member is None:
        return None
    return taken.workers.setdefault(member.id, ToWorker(member.name, joined=member.joined_at is not None))


def trail(taken: Taken, actor: str, origin: str) -> list[audit.Entry]:
    """Return what is written down of an import: how much, and whether rows of another area were refused."""
    entries = [audit.Entry(actor, origin, "import", f"{taken.rows} rows")]
    if taken.outside:
        entries.append(audit.Entry(actor, origin, "import", f"{taken.outside} rows outside", "denied"))
    return entries
