"""The installation, as it knows itself: kept by the running program, for commands that run beside it."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import installation

BOT_NAME = "bot_name"
# "37 2026-11-24T09:00:00+00:00": how many, in the hour that began then.
WRONG_CODES = "wrong_codes"

_GET = select(installation.c.value).where(installation.c.name == bindparam("wanted"))
_DROP = delete(installation).where(installation.c.name == bindparam("wanted"))
_KEEP = insert(installation)


async def get(connection: AsyncConnection, name: str) -> str | None:
    """Return a fact by its name."""
    found: str | None = (await connection.execute(_GET, {"wanted": name})).scalar()
    return found


async def keep(connection: AsyncConnection, name: str, value: str) -> None:
    """Keep a fact; the former one goes."""
    await connection.execute(_DROP, {"wanted": name})
    await connection.execute(_KEEP, {"name": name, "value": value})
