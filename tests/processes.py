"""Voorzorg as a process of its own, as an operator starts it."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from tests.house import TOKEN

COMMAND = [sys.executable, "-m", "bot"]


async def start(folder: Path, url: str, token: str = TOKEN) -> asyncio.subprocess.Process:
    """Start `voorzorg run` on the data in `folder`, with the Bot API server at `url`."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("VOORZORG_")} | {
        "VOORZORG_BOT_TOKEN": token,
        "VOORZORG_BOT_API_URL": url,
        "VOORZORG_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/voorzorg.db",
        "VOORZORG_MASTER_KEY_FILE": str(folder / "master.keys"),
        "VOORZORG_LOG_LEVEL": "DEBUG",
    }
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*COMMAND, "run", env=environment, stdout=pipe, stderr=pipe)
