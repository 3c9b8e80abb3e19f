"""The environment of Alembic: it reaches the database through the same engine as everything else."""

from __future__ import annotations

import asyncio

from alembic import context
from sqlalchemy import Connection

from storage.engines.database import Database
from storage.schema import metadata


def _migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


async def _run() -> None:
    database = Database(context.config.attributes["url"])
    try:
        async with database.migrate() as connection:
            await connection.run_sync(_migrate)
    finally:
        await database.close()


asyncio.run(_run())
