"""Two programs on one PostgreSQL database, with a clock that is set: who runs, who waits, and who must end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.channels.telegram.incoming import CONFLICTS
from bot.webchat.phone import PATIENCE
from bot.webchat.telegram import faults
from bot.wiring import DRAIN, Voorzorg
from storage.engines.database import Database
from storage.lease import LeaseLostError
from storage.schema import lease
from tests.house import House

pytestmark = pytest.mark.parametrize("house", ["postgresql"], indirect=True)


@asynccontextmanager
async def another(house: House, lease_seconds: float = 30) -> AsyncIterator[Voorzorg]:
    """A second program on the same data, not opened yet."""
    app = Voorzorg(house.settings.model_copy(update={"lease_seconds": lease_seconds}), house.clock)
    yield app
    await app.stop()


async def followed(house: House) -> None:
    """Let another process take over, after a time in which the house's program stood still."""
    house.clock.forward(seconds=house.settings.lease_seconds + 1)
    beside = Database(house.settings.database_url)
    await beside.open()
    async with beside.write() as connection:
        until = house.clock.now() + timedelta(hours=1)
        await connection.execute(update(lease).values(holder="another", until=until))
    await beside.close()


async def test_the_second_waits_and_goes_on_where_the_first_stood(house: House) -> None:
    ref = await house.case()
    mila = await house.arrived(ref)
    async with another(house, lease_seconds=1) as second:
        opening = asyncio.create_task(second.open())
        await house.tap(mila, "Alleen ik")
        mila.tap("Verder")
        assert await house.app.reception.poll()  # stored by the first, and not decided
        house.clock.forward(seconds=31)
        await asyncio.wait_for(opening, PATIENCE)
        with pytest.raises(LeaseLostError):
            await house.app.forget()
        assert isinstance(house.app.failed.exception(), LeaseLostError)
        house.app, first = second, house.app
        await house.pump()
        await house.tap(mila, "Ja, hier", "Mijn huis")
        assert "brief" in mila.last.text
        await first.stop()


async def test_a_standby_that_is_told_to_end_ends(house: House) -> None:
    async with another(house) as second:
        opening = asyncio.create_task(second.open())
        await asyncio.sleep(0)
        opening.cancel()
        await asyncio.gather(opening, return_exceptions=True)
    assert await house.app.reception.poll() == 0


async def test_who_stood_still_asks_before_it_polls_or_sends(house: House) -> None:
    calls = house.server.api.calls
    await followed(house)
    before = calls.copy()
    for attempt in (house.app.reception.poll, house.app.rounds.updates, house.app.delivery.send_batch):
        with pytest.raises(LeaseLostError):
            await house.app.stored(attempt)
    assert calls == before


async def test_who_is_followed_does_not_end_what_it_was_sending(house: House) -> None:
    """Another process sends all of it again: who goes on sending only makes it more often twice."""
    ref = await house.case()
    await house.arrived(ref)
    sending = house.server.faults.add("sendMessage", faults.slow(3600))
    house.world.phone(first_name="Ola").start()
    await house.app.start()
    await asyncio.wait_for(sending.spent(), PATIENCE)
    await followed(house)
    assert house.app.standby is not None
    with pytest.raises(LeaseLostError):
        await house.app.standby.renew()
    running, house.app = house.app, Voorzorg(house.settings, house.clock)
    await asyncio.wait_for(running.stop(), DRAIN / 2)
    assert running.failed.done()


async def test_another_poller_is_borne_with_for_a_while_and_then_said(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who had the lease before may poll once more before it ends itself."""
    monkeypatch.setattr("bot.channels.telegram.incoming.BACKOFF", (0, 0, 0, 0, 0))
    conflict = faults.error(409, "Conflict: terminated by other getUpdates request")
    house.server.faults.add("getUpdates", conflict, times=CONFLICTS)
    phone = house.world.phone(first_name="Ola")
    phone.start()
    running, house.app = house.app, Voorzorg(house.settings, house.clock)
    await running.start()
    try:
        await phone.wait_for("Hallo, ik ben Voorzorg", PATIENCE)
        house.server.faults.add("getUpdates", conflict, times=None)
        with pytest.raises(RuntimeError, match="Another process polls Telegram"):
            await asyncio.wait_for(running.failed, PATIENCE)
    finally:
        await running.stop()
