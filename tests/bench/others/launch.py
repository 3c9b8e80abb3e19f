"""The launch of an example as it was published, every byte of it, against a Bot API server of our own.

A process of its own: `python launch.py LIBRARY FILE URL TOKEN LOOP`. Only the server and the token are set, from
outside; with `uvloop` as LOOP the event loop too.
"""

from __future__ import annotations

import asyncio
import os
import runpy
import sys
from typing import Any


def point_telegram(url: str, token: str) -> None:
    """Let whatever builds an application with python-telegram-bot talk to `url`, as `token`."""
    from telegram.ext import ApplicationBuilder

    as_published = ApplicationBuilder.token

    def ours(self: Any, _token: str) -> Any:
        return as_published(self, token).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot")

    ApplicationBuilder.token = ours  # type: ignore[assignment, method-assign]


def point_aiogram(url: str, token: str) -> None:
    """Let whatever makes a bot with aiogram talk to `url`, as the `token` that its examples find in BOT_TOKEN."""
    from aiogram.client.telegram import PRODUCTION, TelegramAPIServer

    ours = TelegramAPIServer.from_base(url)
    # The session has this very object as its default; it is frozen.
    object.__setattr__(PRODUCTION, "base", ours.base)
    object.__setattr__(PRODUCTION, "file", ours.file)
    os.environ["BOT_TOKEN"] = token


def main(library: str, file: str, url: str, token: str, loop: str = "") -> None:
    """Run the example until it ends."""
    if loop == "uvloop":
        import uvloop

        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    {"python-telegram-bot": point_telegram, "aiogram": point_aiogram}[library](url, token)
    runpy.run_path(file, run_name="__main__")


if __name__ == "__main__":
    main(*sys.argv[1:])
