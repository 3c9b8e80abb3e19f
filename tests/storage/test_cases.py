"""Cases on a real database: whole in, whole out, in few statements, and never over somebody else's change."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from sqlalchemy import event, select, text

from storage.cases import StaleCaseError
from storage.schema import pending
from tests.house import House


async def test_a_case_comes_back_as_it_was_written(house: House) -> None:
    ref = await house.case()
    case = await house.load(ref)
    now = house.clock.now()
    case.answer("letter", "day", now)
    case.answer("list", ["a", "b"], now)
    action = case.propose("report", "self", "before", "bel je broer", house.today, None)
    case.agree(action)
    case.remind("action_day", house.today, time(10), house.settings.zone, action)
    case.raise_flag("cannot_report", "report", "high", "Says so.", now)
    case.contacted("phone", "out", now)
    case.consent("channel", True, now, "1")
    case.message("self_reporter", "dag 👋", now)
    async with house.app.database.write() as connection:
        await house.stores.cases.save(connection, [case], now, house.today)
    again = await house.load(ref)
    for name in ("identity", "answers", "actions", "flags", "contacts", "consents", "messages", "reminders", "version"):
        assert getattr(again, name) == getattr(case, name), name
    assert set(again.waiting) == {"no_worker", "no_letter_sent", "unread_message"}


async def test_a_case_changed_in_between_is_not_written_over(house: House) -> None:
    ref = await house.case()
    first, second = await house.load(ref), await house.load(ref)
    first.answer("letter", "day", house.clock.now())
    second.answer("letter", "none", house.clock.now())
    async with house.app.database.write() as connection:
        await house.stores.cases.save(connection, [first], house.clock.now(), house.today)
    with pytest.raises(StaleCaseError):
        async with house.app.database.write() as connection:
            await house.stores.cases.save(connection, [second], house.clock.now(), house.today)
    assert (await house.load(ref)).value("letter") == "day"


async def test_why_it_waits_is_written_with_it(house: House) -> None:
    ref = await house.case()
    await house.invite(ref)
    async with house.app.database.read() as connection:
        rows = {row.reason for row in await connection.execute(select(pending))}
    assert rows == {"no_worker", "invitation_not_used"}


async def test_many_cases_take_as_few_statements_as_one(house: House) -> None:
    refs = [await house.case() for _ in range(30)]
    ids = [(await house.load(ref)).id for ref in refs]
    counted: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        counted.append(statement)

    event.listen(house.app.database.engine.sync_engine, "before_cursor_execute", count)
    try:
        async with house.app.database.read() as connection:
            one = len(counted)
            await house.stores.cases.load(connection, ids[:1])
            one = len(counted) - one
            found = await house.stores.cases.load(connection, ids)
    finally:
        event.remove(house.app.database.engine.sync_engine, "before_cursor_execute", count)
    assert len(found) == 30
    assert len(counted) == 1 + one * 2  # BEGIN, and the same number twice


async def test_deleting_a_case_takes_everything_of_it_along(house: House) -> None:
    ref = await house.case()
    phone = await house.arrived(ref)
    await house.tap(phone, "Alleen ik", "Verder", "Ja, hier", "Geld", "Er staat geen dag in", "Ja, dit doe ik")
    case_id = (await house.load(ref)).id
    async with house.app.database.write() as connection:
        await connection.execute(text("DELETE FROM cases WHERE id = :id"), {"id": case_id})
        for table in ("action", "flag", "contact", "consent", "message", "pending", "invitation", "chat"):
            left = await connection.execute(text(f"SELECT count(*) FROM {table} WHERE case_id = :id"), {"id": case_id})
            assert left.scalar() == 0, table
        left = await connection.execute(text("SELECT count(*) FROM due"))
        assert left.scalar() == 0
