"""The introduction: who our bot is, asked of Telegram and kept, so that the first invitation has a link.

The running program keeps it at every start. A command before the first `run` asks for itself.
"""

from __future__ import annotations

import asyncio

from telegram import Bot, User
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.transport import Transport
from bot.settings import Settings
from storage import installation
from storage.engines.database import Database

# Seconds that a command waits for Telegram.
PATIENCE = 10.0


class NamelessError(Exception):
    """Why the bot's name is not known, and what to do about it, in one sentence."""


async def ask_who_we_are(settings: Settings) -> User:
    """Return our bot as Telegram knows it; raises what the transport raises, and TimeoutError."""
    transport = Transport(connections=1, proxy=settings.proxy_url)
    bot = Bot(settings.bot_token.get_secret_value(), f"{settings.bot_api_url}/bot", request=transport)
    await transport.initialize()
    try:
        async with asyncio.timeout(PATIENCE):
            return await bot.get_me()
    finally:
        await transport.shutdown()


async def learn_our_name(settings: Settings, database: Database) -> str:
    """Return our bot's name, asking for it and keeping it when nobody has yet; raises NamelessError."""
    async with database.read() as connection:
        known = await installation.get(connection, installation.BOT_NAME)
    if known is not None:
        return known
    if not settings.bot_token.get_secret_value():
        raise NamelessError("The bot's name is not known: set VOORZORG_BOT_TOKEN, and links come by themselves.")
    try:
        name = (await ask_who_we_are(settings)).username or ""
    except InvalidToken:
        raise NamelessError(
            "The bot's name is not known: Telegram does not know this token. Set VOORZORG_BOT_TOKEN."
        ) from None
    except (TelegramError, TimeoutError):
        raise NamelessError(
            f"The bot's name is not known, so there is no link and no QR code: Telegram cannot be reached at "
            f"{settings.bot_api_url}. Try again when it can; the code itself works."
        ) from None
    async with database.write() as connection:
        await installation.keep(connection, installation.BOT_NAME, name)
    return name
