"""Bringing a database up to date that knew of nobody's day inside: who was forgotten there is looked at anew."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection

from storage.case.waiting import reasons_to_wait
from tests.storage.records import NOW, TODAY, ZONE, Records

DAY = timedelta(days=1)


async def test_who_was_forgotten_inside_before_is_looked_at_again(records: Records) -> None:
    told, untold, arrested, home = [await records.case(reporting_date=TODAY - 60 * DAY) for _ in range(4)]
    told.course.record_outcome("reported")
    told.course.expect_release(TODAY - 30 * DAY)
    untold.course.record_outcome("reported")
    arrested.course.record_outcome("arrested", TODAY - 50 * DAY)
    home.course.record_outcome("postponed")
    await records.save(told, untold, arrested, home)

    def back_and_forth(connection: Connection) -> None:
        with Operations.context(MigrationContext.configure(connection, opts={"render_as_batch": True})):
            later = [import_module(f"storage.migrations.versions.{name}") for name in ("0017_events", "0013_release")]
            for version in later:
                version.downgrade()
            for version in reversed(later):
                version.upgrade()

    async with records.database.migrate() as connection:
        await connection.run_sync(back_and_forth)
    for case in (told, untold, arrested):
        found = await records.load(case.id)
        assert found is not None
        assert found.arrived_on == TODAY - 60 * DAY
        assert found.inside_on == (TODAY - 60 * DAY if case is told else None)
        assert found.look_at is not None
        assert found.look_at <= NOW
        assert "perhaps_free" in reasons_to_wait(found, NOW, ZONE)
    found = await records.load(home.id)
    assert found is not None
    assert found.arrived_on is None
