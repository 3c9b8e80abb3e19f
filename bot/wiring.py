"""Wiring: the parts of the running program, how they wake each other, and how they stop."""

from __future__ import annotations

import asyncio
import os
import warnings
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import count
from typing import Any, TypeVar

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram import Bot
from telegram.warnings import PTBUserWarning

from bot import logs
from bot.channels.reading import said_in
from bot.channels.telegram import incoming
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.incoming import Incoming, until_reached
from bot.channels.telegram.reception import Reception
from bot.channels.telegram.transport import Transport
from bot.delivery.delivery import Delivery
from bot.delivery.pace import Pace
from bot.errands.errands import Errands
from bot.outages import DATABASE, Outages
from bot.own_content import load_content
from bot.rounds.due_rounds import DueRounds
from bot.rounds.rounds import Rounds
from bot.rounds.ticking import Ticks
from bot.settings import Settings
from bot.standby import Standby
from bot.stores import Stores
from bot.upkeep.sweeping import Sweeper
from bot.writing.writer import Writer
from conversations.buttons import Buttons
from conversations.content import whole
from conversations.menus import menu
from conversations.router import Router
from conversations.words.wording import words_for
from storage import installation
from storage.clock import Clock
from storage.engines import residue
from storage.engines.connection import OperationalError
from storage.engines.database import Database
from storage.engines.errors import AwayError
from storage.keys.erasure import ErasureLedger
from storage.keys.vault import KeyRing, Vault
from storage.keys.wrapped_keys import open_vault
from storage.lease import LeaseLostError
from storage.queues import drafts
from storage.queues.outbox import Outgoing

T = TypeVar("T")

# Seconds: between two looks at what is due, and at most for what is under way at a stop.
TICK, DRAIN = 1.0, 20.0
# Seconds that an alert about ticks that stand still may take: what they stand at may stand in its way.
ALARM = 10.0

# Waiting times as timedeltas, without a warning each time.
os.environ.setdefault("PTB_TIMEDELTA", "true")
# Asking for raw JSON is meant: an update that cannot be parsed must not hold up the others.
warnings.filterwarnings("ignore", message=r"Please use 'Bot\.", category=PTBUserWarning)


def left_out(verb: str) -> None:
    """Say that a screen is shown without a button that is too long for Telegram: nobody's turn fails because of it."""
    logs.get().error("a button is too long and was left out", kind=verb)


class Voorzorg:
    """The running program: `open` wires it, `start` sets it going, `stop` ends it; `failed`: it cannot go on.

    On PostgreSQL `open` waits while another process holds the lease, and takes over when that has ended.
    """

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.database = Database(settings.database_url)
        # SQLite has one file on one machine, and a lock on it (bot/cli/running.py).
        self.standby: Standby | None = None
        if not self.database.is_sqlite:
            self.standby = Standby(self.database, clock, settings.lease_seconds, self._fail)
        self.failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._arrived, self._leaving, self._asked = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.outages = Outages()
        self._stopping = False
        self._tasks: list[asyncio.Task[None]] = []
        self._leads = False  # the lease, where there is one, has been ours
        self._clockwork: list[asyncio.Task[None]] = []
        self._transports: list[Transport] = []
        self.bot: Bot | None = None

    async def open(self) -> None:
        """Open the database and meet Telegram."""
        settings = self.settings
        content = load_content(settings)
        whole.check_catalogues()
        await self.stored(self.database.open)
        vault = await self.stored(self._vault)
        if self.standby is not None and await self.stored(self.standby.turn):
            await self.stored(self.database.check)  # tables and keys may be others by now
            vault = await self.stored(self._vault)
        self._leads = True
        erasures = ErasureLedger.beside(settings.master_key_file, vault)
        stores = Stores.of(vault, erasures)
        router = Router(Buttons(stores.vault, left_out))
        self._transports = [Transport(proxy=settings.proxy_url), Transport(connections=1, proxy=settings.proxy_url)]
        self.bot = bot = Bot(
            settings.bot_token.get_secret_value(),
            f"{settings.bot_api_url}/bot",
            f"{settings.bot_api_url}/file/bot",
            request=self._transports[0],
            get_updates_request=self._transports[1],
        )
        await until_reached(bot.initialize, self.outages)
        writer = Writer(stores, content, erasures)
        self.rounds = Rounds(self.database, stores, self.clock, content, router, partial(said_in, bot=bot), writer)
        self.due = DueRounds(self.database, stores, self.clock, content, writer)
        self.reception = Reception(self.database, self.rounds.inbox, self.clock, bot, settings.poll_seconds)
        self.incoming = Incoming(
            self.reception, bot, settings, self.standby, self.stored, self._arrived.set, self.outages
        )
        self.channel = TelegramChannel(bot, router.buttons)
        pace = Pace(settings.messages_per_second, settings.chat_messages_per_second)
        self.sweeper = Sweeper(self.database)
        hours = content.reminders.sending
        self.delivery = Delivery(self.database, stores.vault, self.clock, self.channel, pace, settings.zone, hours)
        self.errands = Errands(self.database, stores.vault, self.clock, self.channel, settings)
        await self.stored(self.delivery.recall)
        await self.stored(lambda: self._introduce(bot.username))

    async def _introduce(self, name: str) -> None:
        """Note who we are, and give strangers their menu."""
        async with self.database.write() as connection:
            await installation.keep(connection, installation.BOT_NAME, name)
            strangers = {"to": None, "commands": menu(words_for("nl", self.settings.zone), "stranger")}
            await self.rounds.outbox.add(connection, [Outgoing("", "menu", strangers)], self.clock.now())

    async def _vault(self) -> Vault:
        return await open_vault(self.database, KeyRing.load(self.settings.master_key_file))

    async def start(self) -> None:
        """Set the loops going: what was under way when it last stopped goes on."""
        await self.stored(self.forget)
        ticks = Ticks(self.tick, self._alarm, TICK)
        self._clockwork = [
            asyncio.create_task(self._guard(loop()), name=name)
            for name, loop in (("ticks", ticks.run), ("watch", ticks.watch))
        ]
        # On the wall's time: set back, what is over only stays a little longer. What falls due never hangs from it.
        self._upkeep = AsyncIOScheduler(timezone=self.settings.zone)
        self._upkeep.add_job(self._forget_in_time, "interval", hours=1, max_instances=1, coalesce=True)
        self._upkeep.start()
        self._tasks = [
            asyncio.create_task(self._guard(loop()), name=name)
            for name, loop in (
                ("reception", self.incoming.run),
                ("rounds", self._decide),
                ("delivery", self._send_out),
                ("errands", self._run_errands),
            )
        ]
        logs.get().info("running", url=self.settings.bot_api_url)

    async def stop(self) -> None:
        """Take nothing more in, end what is under way, and close. What was not confirmed comes again."""
        if self._tasks:
            self._stopping = True
            self._upkeep.shutdown(wait=False)
            for task in self._clockwork:  # what is due stays due
                task.cancel()
            # Who has lost the lease ends nothing that is under way: another process does all of it again.
            lost = self.failed.done() and isinstance(self.failed.exception(), LeaseLostError)
            for task in self._tasks if lost else self._tasks[:1]:
                task.cancel()
            self.wake()
            # The loops end their round and their batch by themselves; then nobody else sends, and the rest can go.
            _, late = await asyncio.wait(self._tasks, timeout=DRAIN)
            try:
                async with asyncio.timeout(DRAIN):
                    while not late and not self.failed.done():
                        if not await self.rounds.updates() + await self.delivery.send_batch():
                            break
            except Exception as error:
                logs.get().warning("stopped before everything was sent", error=type(error).__name__)
            for task in late:
                task.cancel()
            await asyncio.gather(*self._tasks, *self._clockwork, return_exceptions=True)
        if self.bot is not None:
            await self.bot.shutdown()
            # Which leaves them open when Telegram was never reached, or did not know the token.
            for transport in self._transports:
                await transport.shutdown()
        if self.standby is not None:
            await self.standby.let_go()
        await self.database.close()
        logs.get().info("stopped")

    def wake(self) -> None:
        """Let all loops look at once."""
        self._arrived.set()
        self._leaving.set()
        self._asked.set()

    async def tick(self) -> None:
        """Let leave what is due now, and wake the loops: a command may have written beside us."""
        try:
            if self.outages.take():
                await self.due.alert()
            while await self.due.rows():
                pass
            await self.due.stuck()
            while await self.due.looks():
                pass
            await self.due.morning()
            await self.due.month()
            await self.due.alarms()
            await self.due.damage()
            await self.due.close_month()
            await self.sweeper.look()
            self.outages.back(DATABASE)
        except OperationalError as error:
            self.outages.away(DATABASE, error)
        except Exception as error:
            logs.get().error("a tick failed", error=type(error).__name__, where=logs.where(error))
        self.wake()

    async def _alarm(self) -> None:
        """Tell the administrators that nothing that falls due leaves, if that is possible at all."""
        try:
            async with asyncio.timeout(ALARM):
                await self.due.alert()
        except Exception as error:
            logs.get().error("nobody could be told", error=type(error).__name__)

    async def _forget_in_time(self) -> None:
        try:
            await self.stored(self.forget)
        except OperationalError:  # we stop, and begin with it
            if not self._stopping:
                raise

    async def forget(self) -> None:
        """Delete what the queues have finished with; before the first poll, since update ids may start anew."""
        async with self.database.write() as connection:
            await self.rounds.inbox.forget(connection, self.clock.now())
            await self.rounds.outbox.forget(connection, self.clock.now())
            await drafts.forget(connection, self.clock.now())
            if self.database.is_sqlite:  # elsewhere the server sees to what queues have finished with
                await residue.note(connection, "inbox", "outbox")

    async def _guard(self, loop: Any) -> None:
        try:
            await loop
        except asyncio.CancelledError:
            raise
        except Exception as error:
            logs.get().error("cannot go on", error=type(error).__name__, where=logs.where(error))
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        if not self.failed.done():
            self.failed.set_exception(error)
            self.failed.exception()  # said by whoever waits for it, and not once more by asyncio

    async def _decide(self) -> None:
        while not self._stopping:
            if await self.stored(self.rounds.updates):
                self._leaving.set()
                self._asked.set()
                continue
            await self._arrived.wait()
            self._arrived.clear()

    async def _send_out(self) -> None:
        while not self._stopping:
            if await self.stored(self.delivery.send_batch):
                self._arrived.set()
                continue
            if self.delivery.failure:
                raise self.delivery.failure
            await self._leaving.wait()
            self._leaving.clear()

    async def _run_errands(self) -> None:
        while not self._stopping:
            if await self.stored(self.errands.round):
                self._arrived.set()
                continue
            await self._asked.wait()
            self._asked.clear()

    async def stored(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Do something with the database; when it is away, busy or full, wait for ever: what is stored stays stored."""
        for failures in count():
            try:
                if self.standby is not None and self._leads:
                    await self.standby.confirm()
                done = await attempt()
            except (OperationalError, AwayError) as error:
                if self._stopping:
                    raise
                self.outages.away(DATABASE, error)
                await asyncio.sleep(incoming.BACKOFF[min(failures, len(incoming.BACKOFF) - 1)])
            else:
                if failures:
                    self.outages.back(DATABASE)
                return done
        raise AssertionError("counting has no end")
