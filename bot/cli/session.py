"""A command's session: an open database, the member of staff on whose behalf it acts, and how it answers."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import wraps
from typing import Any, NoReturn, ParamSpec

import typer
import uvloop
from pydantic import ValidationError

from bot import logs
from bot.channels.telegram.introduction import NamelessError, learn_our_name
from bot.own_content import load_content
from bot.settings import Settings
from bot.stores import Stores
from conversations.content.content import Content
from conversations.content.files.content_file import ContentError
from conversations.content.region import Region
from conversations.words.places import Found, Match, Near
from storage import installation
from storage.clock import Clock, SystemClock, wall
from storage.engines.connection import AsyncConnection, OperationalError
from storage.engines.database import Database
from storage.engines.errors import SchemaError
from storage.keys.erasure import ErasureLedger
from storage.keys.vault import KeyRing, VaultError
from storage.keys.wrapped_keys import open_vault
from storage.lease import LeaseLostError
from storage.scope import Actor, Scope

P = ParamSpec("P")

# What commands take the time from; tests set another.
clock: Clock = SystemClock()


class CommandError(Exception):
    """What stands in the way, and what to do about it."""


# What commands end with, in a sentence that says what to do.
REFUSALS = (CommandError, SchemaError, VaultError, ContentError, LeaseLostError)


def fail(message: str) -> NoReturn:
    """End with a message on standard error and status 1."""
    typer.secho(message, fg=typer.colors.RED, err=True)
    raise typer.Exit(1)


def command(function: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Run an asynchronous command; what goes wrong is said in one sentence, without a trace or anybody's data."""

    @wraps(function)
    def run(*args: P.args, **more: P.kwargs) -> None:
        try:
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(function(*args, **more))
        except (*REFUSALS, ValueError, PermissionError, RuntimeError) as error:
            if isinstance(error, ValidationError):
                fail("\n".join(f"VOORZORG_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors()))
            fail(str(error))
        except (ConnectionError, FileNotFoundError) as error:
            fail(str(error))
        except OperationalError as error:
            fail(f"The database does not answer ({type(error.orig).__name__}). Is it there, and writable?")

    return run


@dataclass(slots=True)
class Session:
    """An open database with its repositories."""

    settings: Settings
    content: Content
    database: Database
    stores: Stores
    clock: Clock

    @property
    def region(self) -> Region:
        """The region that the installation serves."""
        return self.content.region

    @property
    def erasures(self) -> ErasureLedger:
        """What was erased at own request."""
        return ErasureLedger.beside(self.settings.master_key_file, self.stores.vault)

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.clock.now()

    @property
    def today(self) -> date:
        """The day on the wall."""
        return wall(self.now, self.settings.zone).date()

    async def scope(self, connection: AsyncConnection, name: str) -> Scope:
        """Return what the named member of staff may do; raises CommandError when there is nobody of that name."""
        member = await self.stores.team.named(connection, name)
        if member is None:
            raise CommandError(f"There is nobody called {name!r} in the team. See 'voorzorg team list'.")
        return Scope(Actor(member.role, member.id, member.area), self.now)

    def area(self, text: str) -> str:
        """Return an area in its one spelling; raises CommandError, with the one that was probably meant."""
        return spelled(self.region.area(text), text, "area")

    async def learn_our_name(self) -> None:
        """Ask Telegram for the bot's name, unless it is known: before a transaction. Says why when it cannot be had."""
        try:
            await learn_our_name(self.settings, self.database)
        except NamelessError as error:
            typer.secho(str(error), fg=typer.colors.YELLOW, err=True)

    async def link(self, connection: AsyncConnection, code: str) -> str | None:
        """Return the deep link of a code, or None while the bot's name is not known yet."""
        name = await installation.get(connection, installation.BOT_NAME)
        return f"https://t.me/{name}?start={code}" if name else None


def spelled(match: Match, text: str, kind: str) -> str:
    """Return the spelling of a match that is sure; raises CommandError otherwise."""
    match match:
        case Found(kind="province", name=name):
            return f"provincie {name}"
        case Found(area=area):
            return area
        case Near(name=name):
            raise CommandError(f"There is no {kind} {text!r}. Do you mean {name!r}?")
    raise CommandError(f"There is no {kind} {text!r}. Give a municipality, a province, a prison, or all.")


@asynccontextmanager
async def opened(*, named: bool = False) -> AsyncIterator[Session]:
    """Open what the settings name; `named`: ask Telegram for our bot's name, unless it is known."""
    settings = Settings()
    logs.set_up(settings.log_level)
    content = load_content(settings)
    database = Database(settings.database_url)
    await database.open()
    try:
        stores = Stores.of(await open_vault(database, KeyRing.load(settings.master_key_file)))
        session = Session(settings, content, database, stores, clock)
        if named:
            await session.learn_our_name()
        yield session
    finally:
        await database.close()


def plain(value: Any) -> Any:
    """Turn dates and moments into ISO 8601 for JSON."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def print_json(document: Any) -> None:
    """Print one JSON document on standard output."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2, default=plain)
    sys.stdout.write("\n")


def not_yours(ref: str) -> CommandError:
    """Return the one answer to a case of somebody else and to one that does not exist."""
    return CommandError(f"There is no case {ref} for you.")
