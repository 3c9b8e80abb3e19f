"""In the manner of python-telegram-bot's conversation example, for where the published one cannot be fetched.

State lies in memory. Run by `launch.py`, which says where its server is and what its token.
"""

from __future__ import annotations

import logging
from enum import IntEnum
from typing import Any

from telegram import ReplyKeyboardMarkup, ReplyKeyboardRemove, Update
from telegram.ext import Application, CommandHandler, ContextTypes, ConversationHandler, MessageHandler, filters

CHOICES = ("Boy", "Girl", "Other")
logger = logging.getLogger(__name__)


class Step(IntEnum):
    """What the person is asked for."""

    GENDER, PHOTO, LOCATION, BIO = range(4)


async def _reply(update: Update, text: str, **more: Any) -> str:
    assert update.message is not None
    await update.message.reply_text(text, **more)
    return str(update.message.chat.first_name)


async def begun(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> Step:
    """Ask the first question, with a keyboard."""
    keyboard = ReplyKeyboardMarkup([CHOICES], one_time_keyboard=True, input_field_placeholder="Which of these?")
    await _reply(update, "Welcome! I have a few questions; /cancel ends them.\n\nWhich are you?", reply_markup=keyboard)
    return Step.GENDER


async def gender(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> Step:
    """Take the choice, and ask for a photo."""
    who = await _reply(update, "Fine. Now a photo of you, or /skip.", reply_markup=ReplyKeyboardRemove())
    logger.info("%s chose %s", who, update.message and update.message.text)
    return Step.PHOTO


async def photo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> Step:
    """Fetch the photo, and ask for a place."""
    assert update.message is not None
    await (await update.message.photo[-1].get_file()).download_to_drive("photo.jpg")
    who = await _reply(update, "Beautiful! Now your location, or /skip.")
    logger.info("%s sent a photo", who)
    return Step.LOCATION


async def no_photo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> Step:
    """Ask for a place without a photo."""
    who = await _reply(update, "Never mind the photo. Now your location, please, or /skip.")
    logger.info("%s sent no photo", who)
    return Step.LOCATION


async def place(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> Step:
    """Take the place, and ask for words."""
    assert update.message is not None
    assert update.message.location is not None
    where = update.message.location
    who = await _reply(update, "I may come by one day! Last, tell me something about you.")
    logger.info("%s is at %f, %f", who, where.latitude, where.longitude)
    return Step.BIO


async def no_place(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> Step:
    """Ask for words without a place."""
    who = await _reply(update, "As you wish. Last, tell me something about you.")
    logger.info("%s sent no location", who)
    return Step.BIO


async def words(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> int:
    """Take the words: that was all."""
    who = await _reply(update, "Thanks! Until another time.")
    logger.info("%s says %s", who, update.message and update.message.text)
    return ConversationHandler.END


async def cancelled(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> int:
    """End it at once."""
    who = await _reply(update, "Goodbye, until another time.", reply_markup=ReplyKeyboardRemove())
    logger.info("%s ended it", who)
    return ConversationHandler.END


def main() -> None:
    """Run until SIGTERM; it logs what the example logs."""
    logging.basicConfig(format="%(asctime)s - %(name)s - %(levelname)s - %(message)s", level=logging.INFO)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    application = Application.builder().token("TOKEN").build()
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", begun)],
            states={
                Step.GENDER: [MessageHandler(filters.Regex(f"^({'|'.join(CHOICES)})$"), gender)],
                Step.PHOTO: [MessageHandler(filters.PHOTO, photo), CommandHandler("skip", no_photo)],
                Step.LOCATION: [MessageHandler(filters.LOCATION, place), CommandHandler("skip", no_place)],
                Step.BIO: [MessageHandler(filters.TEXT & ~filters.COMMAND, words)],
            },
            fallbacks=[CommandHandler("cancel", cancelled)],
        )
    )
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()
