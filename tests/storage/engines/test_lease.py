"""The lease on both databases: one holder at a time, and who has lost it writes nothing more."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from bot.webchat.phone import PATIENCE
from storage import installation
from storage.clock import SetClock
from storage.engines.database import Database
from storage.lease import Lease, LeaseLostError, is_free
from storage.schema import lease
from tests.storage.records import NOW

LENGTH = 30.0
_WAITING = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


async def note(database: Database, value: str) -> None:
    """Write something."""
    async with database.write() as connection:
        await installation.keep(connection, "written by", value)


async def noted(database: Database) -> str | None:
    """Return what was written last."""
    async with database.read() as connection:
        return await installation.get(connection, "written by")


async def free(database: Database, clock: SetClock) -> bool:
    """Tell whether nobody holds the lease."""
    async with database.read() as connection:
        return await is_free(connection, clock)


async def test_the_first_has_it_and_the_second_waits_until_it_has_ended(
    database: Database, beside: Database, clock: SetClock
) -> None:
    first, second = Lease(database, clock, LENGTH), Lease(beside, clock, LENGTH)
    assert await free(database, clock)
    assert await first.take()
    assert not await second.take()
    clock.forward(seconds=29.999)
    assert not await second.take()
    assert not await free(database, clock)
    clock.forward(seconds=0.001)
    assert await free(database, clock)
    assert await second.take()
    assert not await first.take()


async def test_who_renews_it_keeps_it(database: Database, beside: Database, clock: SetClock) -> None:
    first, second = Lease(database, clock, LENGTH), Lease(beside, clock, LENGTH)
    assert await first.take()
    for _ in range(10):
        clock.forward(seconds=20)
        await first.renew()
        assert not await second.take()
    assert first.until == clock.now() + timedelta(seconds=LENGTH)
    clock.forward(seconds=30)
    assert await second.take()


async def test_who_lets_go_is_followed_at_once(database: Database, beside: Database, clock: SetClock) -> None:
    first, second = Lease(database, clock, LENGTH), Lease(beside, clock, LENGTH)
    assert await first.take()
    await first.release()
    assert await second.take()
    with pytest.raises(LeaseLostError):
        await note(database, "first")


async def test_who_stood_still_for_too_long_writes_nothing_more_and_is_told(
    database: Database, beside: Database, clock: SetClock
) -> None:
    told: list[LeaseLostError] = []
    first, second = Lease(database, clock, LENGTH, told.append), Lease(beside, clock, LENGTH)
    assert await first.take()
    await note(database, "first")
    clock.forward(seconds=31)
    assert await second.take()
    await note(beside, "second")
    for attempt in (first.renew, first.confirm, first.release, lambda: note(database, "first")):
        with pytest.raises(LeaseLostError):
            await attempt()
    assert await noted(database) == "second"
    assert len(told) == 4
    await note(beside, "second, still")


async def test_who_stood_still_and_was_not_followed_goes_on(
    database: Database, beside: Database, clock: SetClock
) -> None:
    first, second = Lease(database, clock, LENGTH), Lease(beside, clock, LENGTH)
    assert await first.take()
    clock.forward(hours=1)
    await note(database, "first")
    await first.confirm()
    assert not await second.take()
    assert await noted(beside) == "first"


async def test_before_its_end_the_database_is_not_asked(database: Database, clock: SetClock) -> None:
    held = Lease(database, clock, LENGTH)
    assert await held.take()
    async with database.write():
        await asyncio.wait_for(held.confirm(), PATIENCE)  # it would wait for this very transaction


async def test_a_command_writes_whoever_has_the_lease(database: Database, beside: Database, clock: SetClock) -> None:
    assert await Lease(database, clock, LENGTH).take()
    await note(beside, "a command")
    assert await noted(database) == "a command"


async def test_of_twenty_at_once_one_gets_it(url: str, database: Database, clock: SetClock) -> None:
    async with AsyncExitStack() as stack:
        several = []
        for _ in range(5):
            opened = Database(url)
            await opened.open()
            stack.push_async_callback(opened.close)
            several += [Lease(opened, clock, LENGTH) for _ in range(4)]
        taken = await asyncio.gather(*(waiting.take() for waiting in several))
    assert sum(taken) == 1


async def test_a_write_that_waited_through_the_takeover_is_refused(
    database: Database, beside: Database, clock: SetClock
) -> None:
    """Who holds the lease is asked after the wait for the other writer, and not answered from before it."""
    assert await Lease(database, clock, LENGTH).take()
    async with beside.write() as connection:
        waiting = asyncio.create_task(note(database, "first"))
        async with asyncio.timeout(PATIENCE):
            while not beside.is_sqlite and not (await connection.execute(_WAITING)).scalar():
                pass
        await connection.execute(update(lease).values(holder="second"))
    with pytest.raises(LeaseLostError):
        await waiting
    assert await noted(beside) is None
