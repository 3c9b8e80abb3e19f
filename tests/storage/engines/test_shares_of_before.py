"""A yes that was given before consents named a prison: it belongs to the prison it was given to, else to nobody."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, select, text

from storage import audit
from storage.case.case import Case
from storage.case.case_parts import Action, new_id
from storage.schema import due
from storage.scope import Actor, Scope
from tests.storage.records import NOW, TODAY, ZONE, Records, after

HERE = "PI Veenhuizen"


def version_of_then(call: str) -> Any:
    """Return what takes the tables one version back, or forth again."""

    def go(connection: Connection) -> None:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        with Operations.context(context):
            getattr(import_module("storage.migrations.versions.0012_shares"), call)()

    return go


class Before:
    """Cases as they were kept then."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.said: list[tuple[str, str, bool, datetime]] = []
        self.confirmed: list[tuple[str, datetime]] = []

    async def case(self, prison: str | None, *said: bool, domain: str = "identity", **facts: Any) -> Case:
        case = await self.records.case(prison=prison, **facts)
        action = case.plan.propose(domain, "casemanager", "inside", "ID-kaart", None, None)
        case.plan.agree(action)
        await self.records.save(case)
        self.said += [(case.id, action.id, given, after(hours=n + 1)) for n, given in enumerate(said)]
        return case

    async def brought_up_to_date(self) -> None:
        database = self.records.database
        async with database.migrate() as connection:
            await connection.run_sync(version_of_then("downgrade"))
            for case_id, action_id, given, at in self.said:
                values = {"id": new_id(), "case": case_id, "to": f"casemanager:{action_id}", "given": given}
                moment = int(at.timestamp() * 1000)
                row = 'INSERT INTO consent (id, case_id, "to", given, at, text_version) '
                row += "VALUES (:id, :case, :to, :given, :at, '1')"
                await connection.execute(text(row), values | {"at": moment})
            for action_id, at in self.confirmed:
                row = "UPDATE action SET confirmed_at = :at WHERE id = :id"
                await connection.execute(text(row), {"at": int(at.timestamp() * 1000), "id": action_id})
            await connection.run_sync(version_of_then("upgrade"))

    async def load(self, case: Case) -> tuple[Case, Action]:
        found = await self.records.load(case.id)
        assert found is not None
        return found, found.actions[0]

    async def readers(self, case: Case) -> list[str]:
        found, _ = await self.load(case)
        async with self.records.database.read() as connection:
            areas = [HERE, "PI Leeuwarden", ""]
            scopes = {area: Scope(Actor("casemanager", "m", area), NOW) for area in areas}
            listed = {a: await self.records.cases.find(connection, s.visible("items")) for a, s in scopes.items()}
        may = [area for area, scope in scopes.items() if scope.may("items", found)]
        assert may == [area for area, ids in listed.items() if case.id in ids]
        return may


async def test_a_yes_since_the_last_list_belongs_to_the_prison_of_the_case_with_what_it_confirmed(
    records: Records,
) -> None:
    before = Before(records)
    confirmed, open_ = await before.case(HERE, True), await before.case(HERE, False, True)
    anew, no = await before.case(HERE, True, False, True), await before.case(HERE, True, False)
    free = await before.case(HERE, True, phase="released", release_date=TODAY)
    health = await before.case(HERE, True, domain="health")
    async with records.database.write() as connection:
        await audit.write(connection, [audit.Entry("m", "cli", "import", "3 rows")], NOW)
    # `anew` was confirmed under the first yes, which was taken back since.
    before.confirmed = [(confirmed.actions[0].id, after(hours=5)), (anew.actions[0].id, after(hours=1, minutes=30))]
    await before.brought_up_to_date()
    for case, state, readers in (
        (confirmed, "confirmed", [HERE]),
        (open_, "asked", [HERE]),
        (anew, "asked", [HERE]),
        (no, "not_shared", []),
        (free, "not_shared", []),
        (health, "not_shared", []),
    ):
        found, action = await before.load(case)
        assert (found.shares.state(action), await before.readers(case)) == (state, readers)
        assert found.shares.tell_ends(NOW) == []  # nobody is told today of what ended before
        assert found.reminders == []


async def test_a_yes_before_the_last_list_or_without_a_prison_shares_with_nobody_and_is_asked_anew(
    records: Records,
) -> None:
    before = Before(records)
    listed, none = await before.case("PI Leeuwarden", True), await before.case(None, True)
    refused = await before.case("PI Leeuwarden", True, False)
    gone = await before.case("PI Leeuwarden", True, phase="closed", closed_on=TODAY)
    async with records.database.write() as connection:
        await audit.write(connection, [audit.Entry("m", "chat", "import", "3 rows")], after(days=1))
        await audit.write(connection, [audit.Entry("m", "chat", "import", "1 rows outside", "denied")], after(days=2))
    await before.brought_up_to_date()
    for case in (listed, none, refused, gone):
        found, action = await before.load(case)
        assert (found.shares.state(action), await before.readers(case)) == ("not_shared", [])
    async with records.database.read() as connection:
        asked = (await connection.execute(select(due.c.case_id, due.c.kind, due.c.state, due.c.due_at))).all()
    assert [tuple(row) for row in asked] == [(listed.id, "share_again", "planned", after(hours=1))]
    # The moment that a prison is named, whoever had none is asked too.
    found, action = await before.load(none)
    found.shares.change_prison(HERE, NOW, ZONE)
    assert [row.action_id for row in found.reminders] == [action.id]
    assert found.shares.said_yes_before(action) == ""


async def test_words_about_an_action_that_is_no_more_and_about_other_things_are_kept(records: Records) -> None:
    before = Before(records)
    case = await before.case(HERE)
    case.person.consent("channel", True, NOW, "1")
    await records.save(case)
    before.said = [(case.id, "f" * 32, True, NOW)]
    await before.brought_up_to_date()
    found, _ = await before.load(case)
    assert sorted(row.to for row in found.consents) == ["channel", f"share:prison::{'f' * 32}"]
    assert found.person.consents_to("channel")


async def test_going_back_a_version_leaves_only_what_still_stands(records: Records) -> None:
    case = await records.case(prison=HERE)
    stands, moved = [case.plan.propose("identity", "casemanager", "inside", "ID", None, None) for _ in range(2)]
    for action in (stands, moved):
        case.plan.agree(action)
    case.person.consent(f"share:prison:PI Leeuwarden:{moved.id}", True, NOW, "1")
    case.shares.let_prison_read(stands, True, NOW, "1")
    case.shares.confirm(stands, NOW)
    await records.save(case)
    async with records.database.migrate() as connection:
        await connection.run_sync(version_of_then("downgrade"))
        rows = (await connection.execute(text('SELECT "to", given FROM consent'))).all()
        assert {(row.to, bool(row.given)) for row in rows} == {
            (f"casemanager:{stands.id}", True),
            (f"casemanager:{moved.id}", False),
        }
        kept = await connection.execute(text("SELECT id FROM action WHERE confirmed_at IS NOT NULL"))
        assert list(kept.scalars()) == [stands.id]
        await connection.run_sync(version_of_then("upgrade"))
    again = await records.load(case.id)
    assert again is not None
    assert [again.shares.state(action) for action in again.actions] == ["confirmed", "not_shared"]
