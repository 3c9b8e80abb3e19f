"""Bots that know nothing of this server work with it as they do with Telegram."""

from __future__ import annotations

import asyncio

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Forbidden, RetryAfter
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.webchat import faults


def ptb(server):
    builder = Application.builder().token(server.token)
    return builder.base_url(f"{server.url}/bot").base_file_url(f"{server.url}/file/bot").build()


async def test_a_python_telegram_bot_application_polls_asks_edits_and_sends_files(server):
    application = ptb(server)

    async def start(update: Update, context) -> None:
        keyboard = InlineKeyboardMarkup.from_row(
            [InlineKeyboardButton(text, callback_data=text) for text in ("Ja", "Nee")]
        )
        await update.message.reply_html(f"Hallo {update.effective_user.mention_html()}", reply_markup=keyboard)

    async def tapped(update: Update, context) -> None:
        await update.callback_query.answer("Bewaard")
        await update.callback_query.edit_message_text(f"Gekozen: {update.callback_query.data}")

    async def echo_file(update: Update, context) -> None:
        file = await update.message.document.get_file()
        await update.message.reply_document(bytes(await file.download_as_bytearray()), filename="terug.txt")

    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(tapped))
    application.add_handler(MessageHandler(filters.Document.ALL, echo_file))
    sam = server.world.phone("Sam")
    async with application:
        await application.start()
        await application.updater.start_polling()
        sam.start("code")
        assert (await sam.answer()).labels == ["Ja", "Nee"]
        sam.tap("Ja")
        assert (await sam.wait_for("Gekozen")).text == "Gekozen: Ja"
        assert sam.toasts == ["Bewaard"]
        sam.send_document("brief.txt", b"beste Sam")
        assert (
            await sam.wait_for(lambda phone: phone.last.document if not phone.last.mine else None)
        ).content == b"beste Sam"
        await application.updater.stop()
        await application.stop()


async def test_python_telegram_bot_reads_everything_that_a_phone_sends(server, call, sam):
    (
        await call(
            "sendMessage",
            chat_id=sam.id,
            text="?",
            reply_markup={"inline_keyboard": [[{"text": "Ja", "callback_data": "j"}]]},
        )
    )
    for act in ("sticker", "voice", "photo", "location", "contact"):
        getattr(sam, f"send_{act}")()
    sam.send_document("a.pdf", b"1")
    sam.forward("Van een ander")
    sam.reply(1, "Deze")
    sam.edit(sam.last.message_id, "Die")
    sam.tap("Ja")
    sam.tap_data(999, "weg")
    sam.inline("vraag")
    sam.block()
    group = server.world.group()
    group.say("Hallo")
    group.kick_bot()
    server.world.channel().say("Post")
    application = ptb(server)
    async with application.bot as bot:
        updates = await bot.get_updates(timeout=0)
    assert len(updates) == server.world.updates.pending
    assert all(next(key for key in update.to_dict() if key != "update_id") for update in updates)
    assert updates[1].message.sticker.emoji == "👍"
    assert updates[7].message.forward_origin.sender_user_name == "Iemand anders"


async def test_python_telegram_bot_raises_its_own_errors(server, sam, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # without it, RetryAfter warns about a type to come
    application = ptb(server)
    async with application.bot as bot:
        with pytest.raises(BadRequest, match="Message text is empty"):
            await bot.send_message(sam.id, " ")
        server.faults.add("sendMessage", faults.error(429, "Too Many Requests: retry after 2", retry_after=2))
        with pytest.raises(RetryAfter):
            await bot.send_message(sam.id, "hoi")
        sam.block()
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(sam.id, "hoi")


async def test_an_aiogram_bot_polls_asks_and_answers(server):
    aiogram = pytest.importorskip("aiogram", reason="aiogram, the second client, is not installed")
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import BufferedInputFile, CallbackQuery, Message

    session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
    bot, dispatcher = aiogram.Bot(server.token, session=session), aiogram.Dispatcher()

    @dispatcher.message()
    async def asked(message: Message) -> None:
        button = {"text": "Ja", "callback_data": "j"}
        await message.answer("<b>Hallo</b>", parse_mode="HTML", reply_markup={"inline_keyboard": [[button]]})

    @dispatcher.callback_query()
    async def tapped(query: CallbackQuery) -> None:
        await query.answer("Bewaard")
        await query.message.answer_document(BufferedInputFile(b"plan", "plan.txt"))

    sam = server.world.phone("Sam")
    sam.start()
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
    await sam.wait_for("Hallo")
    sam.tap("Ja")
    assert (await sam.wait_for(lambda phone: phone.last.document)).content == b"plan"
    assert sam.toasts == ["Bewaard"]
    await dispatcher.stop_polling()
    await polling
