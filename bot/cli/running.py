"""`init` makes what an installation needs; `run` is the installation, in one process."""

from __future__ import annotations

import asyncio
import fcntl
import gc
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer

from bot import logs
from bot.channels.telegram.introduction import NamelessError, learn_our_name
from bot.cli.session import CommandError, command
from bot.settings import Settings
from bot.wiring import Voorzorg
from storage.clock import Clock, SystemClock
from storage.engines.address import address
from storage.engines.database import Database
from storage.keys.vault import KeyRing
from storage.keys.wrapped_keys import make_system_keys
from storage.migrations import upgrade

# Objects made between two looks of the garbage collector at the young ones: about those of a round.
YOUNG = 20_000


async def set_up(settings: Settings) -> None:
    """Make the data folder, the key ring, the tables and the database's own keys, where they are missing."""
    database = Database(settings.database_url)
    try:
        if database.is_sqlite:
            Path(database.url.database or "").parent.mkdir(parents=True, exist_ok=True)
        holds_keys = await database.holds_keys()
        if settings.master_key_file.exists():
            ring = KeyRing.load(settings.master_key_file)
        elif holds_keys:
            raise CommandError(
                f"There is a database, but its key file {settings.master_key_file} is missing. Put it back from your "
                "key backup: a new key does not open what is stored."
            )
        else:
            ring = KeyRing.create(settings.master_key_file)
        await asyncio.to_thread(upgrade, settings.database_url)
        await database.open()
        await make_system_keys(database, ring)
    finally:
        await database.close()


@contextmanager
def only_process(settings: Settings) -> Iterator[None]:
    """Hold the installation for one process; raises CommandError when another holds it.

    On PostgreSQL several may start: all but one wait for the lease (bot/standby.py).
    """
    if address(settings.database_url).get_backend_name() != "sqlite":
        yield
        return
    with folder_to_ourselves(settings):
        yield


@contextmanager
def folder_to_ourselves(settings: Settings) -> Iterator[None]:
    """Hold the data folder; raises CommandError while Voorzorg runs on what is in it."""
    path = settings.master_key_file.with_suffix(".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError("Voorzorg is running already on this data. Stop that process first.") from None
        yield


async def serve(settings: Settings, clock: Clock, began: Callable[[Voorzorg], None] | None = None) -> None:
    """Run until SIGTERM or SIGINT, or until it cannot go on; then end what is under way. `began` hears when it runs."""
    running = Voorzorg(settings, clock)
    asked = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, asked.set)
    waiting = asyncio.create_task(asked.wait())
    try:
        starting = asyncio.create_task(_begin(running))
        first: set[asyncio.Future[Any]] = {starting, waiting}
        await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
        if not starting.done():
            starting.cancel()
            return
        await starting
        # What is there now stays: the collector need not go through it again and again.
        gc.freeze()
        gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
        if began is not None:
            began(running)
        ends: set[asyncio.Future[Any]] = {waiting, running.failed}
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        if running.failed.done():
            running.failed.result()
    finally:
        waiting.cancel()
        await running.stop()


async def _begin(running: Voorzorg) -> None:
    await running.open()
    await running.start()


async def _introduce(settings: Settings) -> None:
    """Learn the bot's name, so that the first invitations have a link and a QR code; say why when it cannot be had."""
    database = Database(settings.database_url)
    await database.open()
    try:
        typer.echo(f"The bot is @{await learn_our_name(settings, database)}.")
    except NamelessError as error:
        typer.secho(str(error), fg=typer.colors.YELLOW, err=True)
    finally:
        await database.close()


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""

    @app.command()
    @command
    async def init() -> None:
        """Make the data folder, the database and the master key ring. Repeatable; never overwrites a key."""
        settings = Settings()
        await set_up(settings)
        typer.echo(f"Ready. Keep {settings.master_key_file} apart from the database and its backups.")
        await _introduce(settings)

    @app.command()
    @command
    async def run() -> None:
        """Run everything in one process. SIGTERM ends what is under way and exits 0.

        On PostgreSQL a second process waits as a standby, and takes over when the first has gone silent.
        """
        settings = Settings()
        logs.set_up(settings.log_level)
        if not settings.bot_token.get_secret_value():
            raise CommandError("VOORZORG_BOT_TOKEN is not set. Ask @BotFather on Telegram for a bot and its token.")
        with only_process(settings):
            await serve(settings, SystemClock())
