"""The same small bot, written twice: with python-telegram-bot and with aiogram.

It asks on /start, says back what was tapped, and sends back what files hold. Neither knows of this server more than
its address.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol

from bot.webchat.server import Server

HELLO = "<b>Hallo</b>, gaat het goed?"
SECRET = "een-geheim_1"

Feed = Callable[[dict[str, Any]], Awaitable[None]]


class Client(Protocol):
    """A library with the bot in it."""

    # The library's exceptions for 400, 403 and 429.
    refused: type[Exception]
    forbidden: type[Exception]
    too_many: type[Exception]

    def polling(self) -> AbstractAsyncContextManager[None]:
        """Run the bot by polling."""
        ...

    def fed(self, url: str) -> AbstractAsyncContextManager[Feed]:
        """Run the bot on a webhook at `url`; gives what to do with each raw update."""
        ...

    async def send(self, chat_id: int, text: str) -> None:
        """Send a text."""
        ...

    async def send_photo(self, chat_id: int, picture: bytes) -> str:
        """Send a picture; returns the file_id of its largest size."""
        ...

    async def set_menu(self, chat_id: int, language: str, **commands: str) -> None:
        """Set the menu of one chat."""
        ...

    async def read(self) -> list[dict[str, Any]]:
        """Poll once; returns what the library understood of each update, as it would write it down itself."""
        ...


class PythonTelegramBot:
    """The bot with python-telegram-bot."""

    def __init__(self, server: Server) -> None:
        from telegram import error
        from telegram.ext import Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters

        self.refused, self.forbidden, self.too_many = error.BadRequest, error.Forbidden, error.RetryAfter
        builder = Application.builder().token(server.token)
        self.application = builder.base_url(f"{server.url}/bot").base_file_url(f"{server.url}/file/bot").build()
        self.application.add_handler(CommandHandler("start", self._start))
        self.application.add_handler(CallbackQueryHandler(self._tapped))
        self.application.add_handler(MessageHandler(filters.ATTACHMENT, self._file))

    async def _start(self, update: Any, context: Any) -> None:
        from telegram import InlineKeyboardButton, InlineKeyboardMarkup

        buttons = [InlineKeyboardButton(text, callback_data=text) for text in ("Ja", "Nee")]
        await update.message.reply_html(HELLO, reply_markup=InlineKeyboardMarkup.from_row(buttons))

    async def _tapped(self, update: Any, context: Any) -> None:
        await update.callback_query.answer("Bewaard")
        await update.callback_query.edit_message_text(f"Gekozen: {update.callback_query.data}")

    async def _file(self, update: Any, context: Any) -> None:
        message = update.message
        file = await (message.document or message.photo[-1]).get_file()
        await message.reply_document(bytes(await file.download_as_bytearray()), filename="terug.txt", caption="Hier")

    @asynccontextmanager
    async def polling(self) -> AsyncIterator[None]:
        async with self.application:
            await self.application.start()
            await self.application.updater.start_polling()
            yield
            await self.application.updater.stop()
            await self.application.stop()

    @asynccontextmanager
    async def fed(self, url: str) -> AsyncIterator[Feed]:
        from telegram import Update

        async def feed(raw: dict[str, Any]) -> None:
            await self.application.process_update(Update.de_json(raw, self.application.bot))

        async with self.application:
            await self.application.bot.set_webhook(url, secret_token=SECRET, max_connections=5)
            yield feed

    async def send(self, chat_id: int, text: str) -> None:
        async with self.application.bot as bot:
            await bot.send_message(chat_id, text)

    async def send_photo(self, chat_id: int, picture: bytes) -> str:
        async with self.application.bot as bot:
            sent = await bot.send_photo(chat_id, picture, caption="Kijk")
        return sent.photo[-1].file_id

    async def set_menu(self, chat_id: int, language: str, **commands: str) -> None:
        from telegram import BotCommandScopeChat

        async with self.application.bot as bot:
            scope = BotCommandScopeChat(chat_id)
            await bot.set_my_commands(list(commands.items()), scope=scope, language_code=language)

    async def read(self) -> list[dict[str, Any]]:
        async with self.application.bot as bot:
            return [update.to_dict() for update in await bot.get_updates(timeout=0)]


class Aiogram:
    """The bot with aiogram."""

    def __init__(self, server: Server) -> None:
        from aiogram import Bot, Dispatcher, F, exceptions
        from aiogram.client.session.aiohttp import AiohttpSession
        from aiogram.client.telegram import TelegramAPIServer

        self.refused = exceptions.TelegramBadRequest
        self.forbidden = exceptions.TelegramForbiddenError
        self.too_many = exceptions.TelegramRetryAfter
        self.bot = Bot(server.token, session=AiohttpSession(api=TelegramAPIServer.from_base(server.url)))
        self.dispatcher = Dispatcher()
        self.dispatcher.message(F.text.startswith("/start"))(self._start)
        self.dispatcher.message(F.document | F.photo)(self._file)
        self.dispatcher.callback_query()(self._tapped)

    async def _start(self, message: Any) -> None:
        buttons = [{"text": text, "callback_data": text} for text in ("Ja", "Nee")]
        await message.answer(HELLO, parse_mode="HTML", reply_markup={"inline_keyboard": [buttons]})

    async def _tapped(self, query: Any) -> None:
        await query.answer("Bewaard")
        await query.message.edit_text(f"Gekozen: {query.data}")

    async def _file(self, message: Any) -> None:
        from aiogram.types import BufferedInputFile

        content = await self.bot.download(message.document or message.photo[-1])
        await message.answer_document(BufferedInputFile(content.read(), "terug.txt"), caption="Hier")

    @asynccontextmanager
    async def polling(self) -> AsyncIterator[None]:
        polling = asyncio.create_task(self.dispatcher.start_polling(self.bot, handle_signals=False))
        yield
        await self.dispatcher.stop_polling()
        await polling

    @asynccontextmanager
    async def fed(self, url: str) -> AsyncIterator[Feed]:
        async def feed(raw: dict[str, Any]) -> None:
            await self.dispatcher.feed_raw_update(self.bot, raw)

        async with self.bot:
            await self.bot.set_webhook(url, secret_token=SECRET, max_connections=5)
            yield feed

    async def send(self, chat_id: int, text: str) -> None:
        async with self.bot:
            await self.bot.send_message(chat_id, text)

    async def send_photo(self, chat_id: int, picture: bytes) -> str:
        from aiogram.types import BufferedInputFile

        async with self.bot:
            sent = await self.bot.send_photo(chat_id, BufferedInputFile(picture, "plaatje.png"), caption="Kijk")
        assert sent.photo is not None
        return sent.photo[-1].file_id

    async def set_menu(self, chat_id: int, language: str, **commands: str) -> None:
        from aiogram.types import BotCommand, BotCommandScopeChat

        listed = [BotCommand(command=name, description=words) for name, words in commands.items()]
        async with self.bot:
            await self.bot.set_my_commands(listed, scope=BotCommandScopeChat(chat_id=chat_id), language_code=language)

    async def read(self) -> list[dict[str, Any]]:
        async with self.bot:
            updates = await self.bot.get_updates(timeout=0)
        return [update.model_dump(mode="json", exclude_none=True, by_alias=True) for update in updates]
