"""In the manner of aiogram's echo example, for where the published one cannot be fetched.

Run by `launch.py`, which says where its server is and what its token.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from os import environ

from aiogram import Bot, Dispatcher, html
from aiogram.client.default import DefaultBotProperties
from aiogram.enums import ParseMode
from aiogram.filters import CommandStart
from aiogram.types import Message

dispatcher = Dispatcher()


@dispatcher.message(CommandStart())
async def greeted(message: Message) -> None:
    """Answer a start."""
    assert message.from_user is not None
    await message.answer(f"Welcome, {html.bold(message.from_user.full_name)}!")


@dispatcher.message()
async def echoed(message: Message) -> None:
    """Send a copy of what came, whatever it was."""
    try:
        await message.send_copy(chat_id=message.chat.id)
    except TypeError:
        await message.answer("That cannot be copied.")


async def main() -> None:
    """Run until SIGTERM."""
    bot = Bot(environ["BOT_TOKEN"], default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    # It logs what the example logs.
    logging.basicConfig(level=logging.INFO, stream=sys.stdout)
    asyncio.run(main())
