"""The echo bot to be compared with: what python-telegram-bot's published example does, on its default transport.

Run as a process of its own: `python echo.py URL TOKEN`.
"""

from __future__ import annotations

import logging
import sys

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


def main(url: str, token: str) -> None:
    """Run until SIGTERM; it logs what the example logs."""
    logging.basicConfig(level=logging.INFO)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    application = Application.builder().token(token).base_url(f"{url}/bot").build()
    application.add_handler(CommandHandler(["start", "help"], helped))
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echoed))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main(*sys.argv[1:])
