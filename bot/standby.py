"""The standby: one process among several on a PostgreSQL database waits for the lease, keeps it, gives it back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot import logs
from storage.clock import Clock
from storage.engines.connection import OperationalError
from storage.engines.database import Database
from storage.lease import Lease, LeaseLostError

# How often a lease is renewed within its length, and looked at by who waits for it.
RENEWALS, LOOKS = 3, 10


class Standby:
    """This process's side of it. `failed` hears when another process has taken over: nothing may be sent any more."""

    def __init__(self, database: Database, clock: Clock, seconds: float, failed: Callable[[Exception], None]) -> None:
        self._failed = failed
        self._seconds = seconds
        self._lease = Lease(database, clock, seconds, failed)
        self._keeping: asyncio.Task[None] | None = None

    async def turn(self) -> bool:
        """Wait until the lease is ours, and keep it from then on; returns whether another process had it."""
        waited = False
        while not await self._taken(waited):
            if not waited:
                logs.get().info("standby: another process runs this installation")
            waited = True
            await asyncio.sleep(self._seconds / LOOKS)
        self._keeping = asyncio.create_task(self._keep(), name="lease")
        if waited:
            logs.get().info("taking over")
        return waited

    async def _taken(self, waited: bool) -> bool:
        try:
            return await self._lease.take()
        except OperationalError:
            if not waited:
                raise
            return False  # who waits outlives the database being away

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(self._seconds / RENEWALS)
            try:
                await self._lease.renew()
            except LeaseLostError:
                return  # said already
            except OperationalError as error:
                # Nor can anybody else take it while the database is away.
                logs.get().warning("the lease is not renewed yet", error=type(error.orig).__name__)
            except Exception as error:
                self._failed(error)
                return

    async def confirm(self) -> None:
        """Make sure that it is ours before a poll or a message, which no transaction takes back.

        Asks the database only when the lease has ended by our own clock. Raises LeaseLostError.
        """
        await self._lease.confirm()

    async def renew(self) -> None:
        """Ask the database whether it is ours, and keep it for its full length; raises LeaseLostError."""
        await self._lease.renew()

    async def let_go(self) -> None:
        """Stop holding it: whoever waits takes over at once."""
        if self._keeping is None:
            return
        keeping, self._keeping = self._keeping, None
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        try:
            await self._lease.release()
        except LeaseLostError:
            pass
        except OperationalError as error:
            logs.get().warning("the lease was not given back", error=type(error).__name__)
