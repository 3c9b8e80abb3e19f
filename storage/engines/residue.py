"""Residue: what still lies in the database's files of what was deleted, and how it is swept out while all goes on.

SQLite keeps deleted pages in its write-ahead log until that is checkpointed and cut off; PostgreSQL keeps dead rows in
the table's file until that is written anew. Whoever deletes what is personal notes the tables in the same transaction;
the running program sweeps until nothing of them is left, also after a command beside it (bot/upkeep/sweeping.py).

PostgreSQL's own log and its archives keep what was written until the server lets go of them: there it rests on the key
(README, On PostgreSQL).
"""

from __future__ import annotations

from sqlalchemy import and_, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import installation
from storage.case.case_parts import new_id
from storage.engines.database import Database
from storage.schema import cases, metadata
from storage.schema import installation as facts

_PREFIX = "residue:"
# Stands for everything of cases: sealed under keys of their own, it opens no more once these are gone.
OF_CASES = cases.name
_NOTED = select(facts.c.name, facts.c.value).where(facts.c.name.like(f"{_PREFIX}%")).order_by(facts.c.name)
_SWEPT = delete(facts).where(and_(facts.c.name == bindparam("noted"), facts.c.value == bindparam("as_of")))


async def note(connection: AsyncConnection, *tables: str) -> None:
    """Note that something personal was deleted from these tables, in the transaction that did it."""
    for table in tables:
        await installation.keep(connection, _PREFIX + table, new_id())


async def noted(database: Database) -> dict[str, str]:
    """Return the tables with residue, each with what stands for its latest deletion."""
    async with database.read() as connection:
        found = {row.name.removeprefix(_PREFIX): row.value for row in await connection.execute(_NOTED)}
    return {table: value for table, value in found.items() if table in metadata.tables}


async def sweep(database: Database) -> bool:
    """Sweep what is noted out of the files; False when somebody still reads it, so that it must be tried again."""
    tables = await noted(database)
    if not tables:
        return True
    swept = await database.swept(sorted(tables))
    if swept:
        async with database.write() as connection:
            # What was deleted meanwhile is noted anew, and stays noted.
            await connection.execute(_SWEPT, [{"noted": _PREFIX + name, "as_of": tables[name]} for name in swept])
    return len(swept) == len(tables)
