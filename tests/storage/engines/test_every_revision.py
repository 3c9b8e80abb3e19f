"""Databases of every earlier version, with people in them: brought up to date, everybody is still there, whole."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection

from storage.case.case import Case
from storage.migrations import versions
from tests.storage.case.test_cases import fill
from tests.storage.engines.test_database import differences
from tests.storage.records import Records

VERSIONS = sorted(module.name for module in pkgutil.iter_modules(versions.__path__))


def _told(case: Case) -> dict[str, Any]:
    """What every version knew of people: what they said and agreed, and what they are reminded of."""
    return {
        "who": case.identity,
        "answers": {question: answer.value for question, answer in case.answers.items()},
        "messages": [(message.sender, message.text) for message in case.messages],
        "actions": [(action.text, action.status, action.owner, action.due) for action in case.actions],
        "flags": [(flag.flag, flag.level, flag.reason) for flag in case.flags],
        "contacts": [(contact.kind, contact.direction) for contact in case.contacts],
        "reminders": [(row.kind, row.day, row.state) for row in case.reminders],
        "channel": case.person.consents_to("channel"),
        "days": (case.reporting_date, case.confirmed_date, case.release_date, case.phase, case.outcome),
    }


@pytest.mark.parametrize("revision", VERSIONS[:-1])
async def test_everybody_in_a_database_of_an_earlier_version_is_there_after_it(records: Records, revision: str) -> None:
    people = [await records.case() for _ in range(3)]
    for case in people:
        fill(case)
    await records.save(*people)
    before = {case.id: _told(await _loaded(records, case)) for case in people}
    later: list[ModuleType] = [
        import_module(f"{versions.__name__}.{name}") for name in VERSIONS[VERSIONS.index(revision) + 1 :]
    ]

    def back_and_forth(connection: Connection) -> None:
        with Operations.context(MigrationContext.configure(connection, opts={"render_as_batch": True})):
            for version in reversed(later):
                version.downgrade()
            for version in later:
                version.upgrade()

    async with records.database.migrate() as connection:
        await connection.run_sync(back_and_forth)
    async with records.database.read() as connection:
        assert await connection.run_sync(differences) == []
    assert {case.id: _told(await _loaded(records, case)) for case in people} == before


async def _loaded(records: Records, case: Case) -> Case:
    found = await records.load(case.id)
    assert found is not None
    return found
