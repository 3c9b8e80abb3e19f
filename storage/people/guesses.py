"""Guesses: codes that opened nothing within the last hour, counted by how they begin, whoever typed them.

They only slow the next wrong one down. A right code is always taken: its 57 bits and more are what guards it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.keys.vault import Vault
from storage.schema import guesses

# How long a guess counts.
HOUR = timedelta(hours=1)
# The characters that a beginning is: the first group of a code in a letter.
BEGINNING = 4

_GET = select(guesses.c.number).where(
    guesses.c.beginning_hash == bindparam("wanted"), guesses.c.since > bindparam("after")
)
_OLD = delete(guesses).where(guesses.c.since <= bindparam("after"))
_MORE = (
    update(guesses)
    .where(guesses.c.beginning_hash == bindparam("of_beginning"))
    .values(number=guesses.c.number + bindparam("more"))
)
_NEW = insert(guesses)


class Guesses:
    """All of them; how they begin is kept as a keyed hash."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def _beginning(self, code: str) -> bytes:
        return self._vault.blind("invitation", f"begins {code[:BEGINNING]}")

    async def like(self, connection: AsyncConnection, code: str, now: datetime) -> int:
        """Return how many codes that begin as this one opened nothing in the hour that began with the first of them."""
        found = await connection.execute(_GET, {"wanted": self._beginning(code), "after": now - HOUR})
        return int(found.scalar() or 0)

    async def count(self, connection: AsyncConnection, codes: Iterable[str], now: datetime) -> None:
        """Add to them; those whose hour is over go."""
        more = Counter(self._beginning(code) for code in codes)
        if not more:
            return
        await connection.execute(_OLD, {"after": now - HOUR})
        for beginning, number in more.items():
            known = await connection.execute(_MORE, {"of_beginning": beginning, "more": number})
            if not known.rowcount:
                await connection.execute(_NEW, {"beginning_hash": beginning, "number": number, "since": now})
