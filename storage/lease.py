"""The lease: which of several processes runs the installation, when they share a PostgreSQL database.

The holder renews its lease well before it ends; whoever waits takes it over once it has ended. Times are those of each
process's own clock, which may differ by less than what is left between two renewals. What is written never depends on
that: every writing transaction of the holder begins with the question whether it still is the holder.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case.case_parts import new_id
from storage.clock import Clock
from storage.engines.database import Database
from storage.schema import lease

RUN = "run"

_LOOK = select(lease.c.holder, lease.c.until).where(lease.c.name == bindparam("wanted"))
_TAKE = (
    update(lease)
    .where(
        lease.c.name == bindparam("wanted"),
        or_(lease.c.holder == bindparam("me"), lease.c.until <= bindparam("now")),
    )
    .values(holder=bindparam("me"), until=bindparam("then"))
)
_FIRST = insert(lease)
_RENEW = (
    update(lease)
    .where(lease.c.name == bindparam("wanted"), lease.c.holder == bindparam("me"))
    .values(until=bindparam("then"))
)
_MINE = select(lease.c.name).where(lease.c.name == bindparam("wanted"), lease.c.holder == bindparam("me"))
_LET_GO = delete(lease).where(lease.c.name == bindparam("wanted"), lease.c.holder == bindparam("me"))


class LeaseLostError(Exception):
    """Another process has taken over: this one must end, and write nothing more."""

    def __init__(self) -> None:
        super().__init__("Another process has taken over: this one stood still for too long. It ends here.")


async def is_free(connection: AsyncConnection, clock: Clock, name: str = RUN) -> bool:
    """Tell whether nobody holds the lease now."""
    held = (await connection.execute(_LOOK, {"wanted": name})).first()
    return held is None or held.until <= clock.now()


class Lease:
    """One process's side of a lease of `seconds`, under an identity of its own."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        seconds: float,
        lost: Callable[[LeaseLostError], None] = lambda _: None,
        name: str = RUN,
    ) -> None:
        """Take what the lease is kept in, its length, and who must hear it when it turns out to be lost."""
        self._database = database
        self._clock = clock
        self._length = timedelta(seconds=seconds)
        self._lost = lost
        self._name = name
        self._me = new_id()
        # Until when nobody else can have it, as far as this process knows.
        self.until = clock.now()

    async def take(self) -> bool:
        """Take the lease when nobody has it; from then on all that this database object writes depends on it."""
        async with self._database.read() as connection:  # without keeping the holder waiting
            held = (await connection.execute(_LOOK, {"wanted": self._name})).first()
            if held is not None and held.holder != self._me and held.until > self._clock.now():
                return False
        async with self._database.write() as connection:
            now = self._clock.now()
            until = now + self._length
            mine = {"wanted": self._name, "me": self._me, "then": until}
            if not (await connection.execute(_TAKE, mine | {"now": now})).rowcount:
                if (await connection.execute(_LOOK, {"wanted": self._name})).first() is not None:
                    return False
                await connection.execute(_FIRST, {"name": self._name, "holder": self._me, "until": until})
        self.until = until
        self._database.fence = self.check
        return True

    async def renew(self) -> None:
        """Hold it for its full length from now on; raises LeaseLostError when somebody else has it."""
        async with self._database.write() as connection:  # which checks that it is ours
            until = self._clock.now() + self._length
            await connection.execute(_RENEW, {"wanted": self._name, "me": self._me, "then": until})
        self.until = until

    async def confirm(self) -> None:
        """Make sure that it is held, before something that no transaction can take back; raises LeaseLostError.

        Asks the database only when the lease has ended by this process's own clock: when it stood still.
        """
        if self._clock.now() >= self.until:
            await self.renew()

    async def check(self, connection: AsyncConnection) -> None:
        """Raise LeaseLostError unless this process is the holder, as of this transaction."""
        if (await connection.execute(_MINE, {"wanted": self._name, "me": self._me})).first() is None:
            error = LeaseLostError()
            self._lost(error)
            raise error

    async def release(self) -> None:
        """Let go, so that whoever waits takes over at once. This database object writes nothing more."""
        async with self._database.write() as connection:
            await connection.execute(_LET_GO, {"wanted": self._name, "me": self._me})
        self.until = self._clock.now()
