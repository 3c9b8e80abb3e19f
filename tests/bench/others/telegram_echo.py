"""In the manner of python-telegram-bot's echo example, for where the published one cannot be fetched.

Run by `launch.py`, which says where its server is and what its token.
"""

from __future__ import annotations

import logging

from telegram import Update
from telegram.ext import Application, CommandHandler, ContextTypes, MessageHandler, filters


async def helped(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer a command."""
    assert update.message is not None
    await update.message.reply_text("Help!")


async def echoed(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what was said."""
    assert update.message is not None
    assert update.message.text is not None
    await update.message.reply_text(update.message.text)


def main() -> None:
    """Run until SIGTERM; it logs what the example logs."""
    logging.basicConfig(level=logging.INFO)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    application = Application.builder().token("TOKEN").build()
    application.add_handler(CommandHandler(["start", "help"], helped))
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echoed))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()
