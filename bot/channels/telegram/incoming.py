"""Incoming updates, by polling or by webhook, for as long as the program runs and whatever becomes of the line."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any

from telegram import Bot
from telegram.error import BadRequest, Conflict, EndPointNotFound, InvalidToken, NetworkError, RetryAfter

from bot import logs
from bot.channels.telegram.reception import Reception
from bot.channels.telegram.transport import wait_of
from bot.channels.telegram.webhook import Endpoint, set_webhook
from bot.outages import TELEGRAM, Outages
from bot.settings import Settings
from bot.standby import Standby

# Seconds to wait after Telegram could not be reached; the last one repeats.
BACKOFF = (1, 2, 5, 10, 30)
# Seconds after which it is tried again, however long Telegram asked us to wait (429): what people say comes in here.
LONGEST_WAIT = 60.0
# Polls that may meet another poller right after a takeover: who had the lease before ends at its next look.
CONFLICTS = 4


async def until_reached(call: Callable[[], Awaitable[Any]], outages: Outages) -> None:
    """Call Telegram until it answers, for ever; raises PermissionError when it does not know the token."""
    for misses in count():
        try:
            await call()
        except InvalidToken:
            raise PermissionError("Telegram does not know this token. Set VOORZORG_BOT_TOKEN.") from None
        except RetryAfter as error:
            await asyncio.sleep(min(wait_of(error), LONGEST_WAIT))
        except BadRequest:  # which python-telegram-bot counts among the failures of the network
            raise
        except NetworkError as error:
            outages.away(TELEGRAM, error)
            await asyncio.sleep(BACKOFF[min(misses, len(BACKOFF) - 1)])
        else:
            outages.back(TELEGRAM)
            return


class Incoming:
    """Takes updates in until its task ends. `stored` does something with the database, `arrived` wakes who decides."""

    def __init__(
        self,
        reception: Reception,
        bot: Bot,
        settings: Settings,
        standby: Standby | None,
        stored: Callable[[Callable[[], Awaitable[Any]]], Awaitable[Any]],
        arrived: Callable[[], None],
        outages: Outages,
    ) -> None:
        self._reception = reception
        self._bot = bot
        self._settings = settings
        self._standby = standby
        self._stored = stored
        self._arrived = arrived
        self._outages = outages
        self._left_webhook = False

    async def run(self) -> None:
        """Take updates in, in the way that the settings ask for."""
        await (self._listen() if self._settings.webhook_url else self._poll())

    async def _listen(self) -> None:
        """Let Telegram bring updates."""
        async with Endpoint(self._reception, self._settings, self._arrived):
            await until_reached(lambda: set_webhook(self._bot, self._settings), self._outages)
            await asyncio.Event().wait()

    async def _poll(self) -> None:
        misses = conflicts = 0
        while True:
            try:
                if await self._stored(self._reception.poll):
                    self._arrived()
                misses = conflicts = 0
                self._outages.back(TELEGRAM)
            except Conflict as error:
                if "webhook is active" in error.message and await self._leave_webhook():
                    continue
                conflicts += 1
                if self._standby is None or conflicts > CONFLICTS:
                    raise RuntimeError(
                        "Another process polls Telegram with this token. Stop it, then start again."
                    ) from None
                await self._stored(self._standby.renew)  # which of the two is it that should end?
                await asyncio.sleep(BACKOFF[min(conflicts, len(BACKOFF)) - 1])
            except (InvalidToken, EndPointNotFound):  # do_api_request turns the one into the other
                raise PermissionError("Telegram no longer knows this token. Set VOORZORG_BOT_TOKEN.") from None
            except RetryAfter as error:
                logs.get().error("Telegram gives no updates for a while", seconds=round(wait_of(error)))
                await asyncio.sleep(min(wait_of(error), LONGEST_WAIT))
            except NetworkError as error:
                self._outages.away(TELEGRAM, error)
                await asyncio.sleep(BACKOFF[min(misses, len(BACKOFF) - 1)])
                misses += 1

    async def _leave_webhook(self) -> bool:
        """Fetch updates that were brought before; what waits is kept. Once: who sets it again is another process."""
        if self._left_webhook:
            return False
        self._left_webhook = True
        logs.get().warning("updates went to a webhook: it is deleted, and they are fetched from now on")
        await until_reached(self._bot.delete_webhook, self._outages)
        return True
