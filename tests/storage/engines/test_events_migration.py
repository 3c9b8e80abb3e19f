"""Bringing a database up to date that kept no events: each case gets those of which its phase follows."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection

from storage.case.case import Case
from storage.case.verbs.course import phase_of
from tests.storage.records import TODAY, Records

DAY = timedelta(days=1)


async def test_each_case_stands_where_it_stood_and_its_events_say_so(records: Records) -> None:
    waits, coming, absent, held, fetched, free, wrong, done, left, again = people = [
        await records.case(reporting_date=TODAY - 60 * DAY) for _ in range(10)
    ]
    waits.course.withdraw_date()
    coming.course.confirm_date(TODAY, "self")
    absent.course.record_outcome("absent")
    for case in (held, free, wrong, done, left):
        case.course.record_outcome("reported")
    fetched.course.record_outcome("arrested", TODAY - 50 * DAY)
    for case in (free, left):
        case.course.release(TODAY - 20 * DAY)
    wrong.course.record_outcome("postponed")
    for case in (done, left, again):
        case.course.close("finished", TODAY)
    again.course.reopen(TODAY)
    await records.save(*people)
    stood = {case.id: case.phase for case in people}
    assert set(stood.values()) == {"waiting", "coming", "held", "free", "closed"}

    def back_and_forth(connection: Connection) -> None:
        with Operations.context(MigrationContext.configure(connection, opts={"render_as_batch": True})):
            version = import_module("storage.migrations.versions.0017_events")
            version.downgrade()
            version.upgrade()

    async with records.database.migrate() as connection:
        await connection.run_sync(back_and_forth)
    for case in people:
        found = await records.load(case.id)
        assert found is not None
        assert found.phase == stood[case.id] == phase_of(found.events, found.reporting_date is not None)
    assert await _told(records, left) == ["reported", "released", "closed"]
    assert await _told(records, absent) == ["absent"]
    [arrived] = (await _loaded(records, fetched)).events
    assert (arrived.what, arrived.to, arrived.day, arrived.by) == ("arrested", "held", TODAY - 50 * DAY, "unknown")
    assert arrived.noted_at is None
    # What happens from now on follows what was kept.
    reopened = await _loaded(records, left)
    reopened.course.reopen(TODAY)
    assert reopened.phase == "free"


async def _loaded(records: Records, case: Case) -> Case:
    found = await records.load(case.id)
    assert found is not None
    return found


async def _told(records: Records, case: Case) -> list[str]:
    return [event.what for event in (await _loaded(records, case)).events]
