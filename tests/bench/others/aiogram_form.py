"""In the manner of aiogram's finite state machine example, for where the published one cannot be fetched.

State lies in its MemoryStorage. Run by `launch.py`, which says where its server is and what its token.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from os import environ
from typing import Any

from aiogram import Bot, Dispatcher, F, Router, html
from aiogram.client.default import DefaultBotProperties
from aiogram.enums import ParseMode
from aiogram.filters import Command, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import KeyboardButton, Message, ReplyKeyboardMarkup, ReplyKeyboardRemove

router = Router()


class Step(StatesGroup):
    """What the person is asked for."""

    name = State()
    likes = State()
    language = State()


@router.message(CommandStart())
async def begun(message: Message, state: FSMContext) -> None:
    """Ask for the name."""
    await state.set_state(Step.name)
    await message.answer("Welcome! What are you called?", reply_markup=ReplyKeyboardRemove())


@router.message(Command("cancel"))
@router.message(F.text.casefold() == "cancel")
async def cancelled(message: Message, state: FSMContext) -> None:
    """End it at once, wherever it stands."""
    where = await state.get_state()
    if where is None:
        return
    logging.info("Ended at %r", where)
    await state.clear()
    await message.answer("It is ended.", reply_markup=ReplyKeyboardRemove())


@router.message(Step.name)
async def named(message: Message, state: FSMContext) -> None:
    """Keep the name, and ask a question with a keyboard."""
    await state.update_data(name=message.text)
    await state.set_state(Step.likes)
    keyboard = ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text="Yes"), KeyboardButton(text="No")]], resize_keyboard=True
    )
    text = f"Good to meet you, {html.quote(message.text or '')}!\nIs it fun to write a bot?"
    await message.answer(text, reply_markup=keyboard)


@router.message(Step.likes, F.text.casefold() == "no")
async def disliked(message: Message, state: FSMContext) -> None:
    """Sum it up without the last question."""
    kept = await state.get_data()
    await state.clear()
    await message.answer("That is all right.\nGoodbye.", reply_markup=ReplyKeyboardRemove())
    await sum_up(message, kept, likes=False)


@router.message(Step.likes, F.text.casefold() == "yes")
async def liked(message: Message, state: FSMContext) -> None:
    """Ask for the language."""
    await state.set_state(Step.language)
    await message.reply("So it is!\nWhich programming language did you take?", reply_markup=ReplyKeyboardRemove())


@router.message(Step.likes)
async def unknown(message: Message) -> None:
    """Neither yes nor no."""
    await message.reply("That I did not understand.")


@router.message(Step.language)
async def answered(message: Message, state: FSMContext) -> None:
    """Keep the language, and sum it up."""
    kept = await state.update_data(language=message.text)
    await state.clear()
    if (message.text or "").casefold() == "python":
        await message.reply("Python! The one that I am written in, too. 🐍")
    await sum_up(message, kept)


async def sum_up(message: Message, kept: dict[str, Any], likes: bool = True) -> None:
    """Say what was kept."""
    language = html.quote(kept.get("language", "something else"))
    text = f"I shall remember, {html.quote(kept['name'])}, "
    text += f"that you write bots in {language} and like it." if likes else "that bots are not for you."
    await message.answer(text, reply_markup=ReplyKeyboardRemove())


async def main() -> None:
    """Run until SIGTERM."""
    bot = Bot(environ["BOT_TOKEN"], default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    # It logs what the example logs.
    logging.basicConfig(level=logging.INFO, stream=sys.stdout)
    asyncio.run(main())
