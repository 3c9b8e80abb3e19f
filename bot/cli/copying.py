"""`copy`: from SQLite to PostgreSQL, or back."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot import logs
from bot.cli import session
from bot.cli.console import show_table
from bot.cli.running import folder_to_ourselves
from bot.cli.session import CommandError, command, print_json
from bot.settings import Settings
from storage import audit
from storage.engines.connection import AsyncConnection
from storage.engines.copying import CopyError, copy_all
from storage.engines.database import Database
from storage.lease import is_free
from storage.migrations import upgrade


async def _open_target(target: Database, address: str) -> None:
    """Open the target, with our tables if it had none."""
    if target.is_sqlite:
        Path(target.url.database or "").parent.mkdir(parents=True, exist_ok=True)
    if await target.version() is None:
        await asyncio.to_thread(upgrade, address)
    await target.open()


async def _at_rest(connection: AsyncConnection, database: Database) -> None:
    if not await is_free(connection, session.clock):
        raise CommandError(f"Voorzorg runs on {database.name}. Stop all its processes first.")


def add_to(app: typer.Typer) -> None:
    """Add the command of this file."""

    @app.command()
    @command
    async def copy(
        target: Annotated[
            str,
            typer.Argument(
                help="The address of an empty database. A password need not stand in it: PGPASSWORD and ~/.pgpass do."
            ),
        ],
        json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
    ) -> None:
        """Copy everything into another database, as it is sealed, and compare it row by row.

        Nothing may run meanwhile. The database that is copied stays as it is, with one more line in its audit trail;
        the key file stays where it is.
        """
        settings = Settings()
        logs.set_up(settings.log_level)
        here, there = Database(settings.database_url), Database(target)
        if here.url == there.url:
            raise CommandError("That is the database in use. Give the address of another one.")
        with folder_to_ourselves(settings):
            async with AsyncExitStack() as stack:
                stack.push_async_callback(there.close)
                stack.push_async_callback(here.close)
                await here.open()
                await _open_target(there, target)
                # Whoever else wants to write waits until both are done: what is copied is all there is.
                reading = await stack.enter_async_context(here.write())
                writing = await stack.enter_async_context(there.write())
                await _at_rest(reading, here)
                await _at_rest(writing, there)
                await audit.write(reading, [audit.Entry(None, "cli", "copy", None)], session.clock.now())
                try:
                    copied = await copy_all(reading, writing)
                except CopyError as error:
                    raise CommandError(str(error)) from None
        if json:
            print_json({"from": here.name, "to": there.name, "tables": [asdict(table) for table in copied]})
            return
        rows = [(table.table, str(table.rows), table.sha256) for table in copied]
        show_table(("table", "rows", "sha256"), rows)
        typer.echo(
            f"All {sum(table.rows for table in copied)} rows are the same in {there.name}. Set VOORZORG_DATABASE_URL "
            f"to it and start. Then destroy {here.name} and its backups: no erasure reaches them any more."
        )
