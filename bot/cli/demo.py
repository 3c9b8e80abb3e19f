"""`demo`: the whole system on embedded defaults, with made-up people, on a page in the browser."""

from __future__ import annotations

import tempfile
import webbrowser
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from bot import logs
from bot.cli.running import serve, set_up
from bot.cli.session import command
from bot.demo.people import COORDINATOR, PEOPLE, WORKERS, people_of_the_demo
from bot.settings import Settings
from bot.webchat.server import Server
from bot.wiring import Voorzorg
from conversations.content.content import PARTS
from conversations.content.region import Region
from conversations.rules.hours import next_open
from storage.clock import ShiftedClock, SystemClock

TOKEN = "1:demo-only-on-this-machine"


def demo_settings(folder: Path, url: str) -> Settings:
    """Return settings that keep everything in `folder` and speak to the Bot API server at `url`."""
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # a visitor's own .env must not lead the demo to real data
        bot_token=SecretStr(TOKEN),
        bot_api_url=url,
        database_url=f"sqlite+aiosqlite:///{folder}/voorzorg.db",
        master_key_file=folder / "master.keys",
        staff_totp="off",
        log_level="WARNING",
        content_folder=None,
        audio_folder=None,
        letter_template=None,
        proxy_url=None,
        webhook_url=None,
    )
    return settings.model_copy(update={part.setting: None for part in PARTS if part.setting})


def at_work(now: datetime) -> datetime:
    """Return `now`, or when the teams are next at work: only then a worker's phone rings at once."""
    return next_open(Region.load().office, now, demo_settings(Path(), "").zone)


class Demo:
    """The Bot API server, the page and the program, in one process, with a clock that moves forward."""

    def __init__(self, folder: Path, port: int, start: datetime | None = None) -> None:
        self.folder = folder
        self.clock = ShiftedClock(start)
        self.server = Server(TOKEN, self.clock, port, on_clock=self._moved)
        self._running: Voorzorg | None = None

    async def _moved(self, moment: datetime) -> None:
        self.clock.forward_to(moment)
        if self._running is not None:
            await self._running.tick()

    async def serve(self) -> None:
        """Set up, and run until a signal."""
        settings = demo_settings(self.folder, self.server.url)
        await set_up(settings)
        await people_of_the_demo(settings, self.clock, self.server.world)
        await serve(settings, self.clock, self._keep)

    def _keep(self, running: Voorzorg) -> None:
        self._running = running


def add_to(app: typer.Typer) -> None:
    """Add the command of this file."""

    @app.command()
    @command
    async def demo(
        port: Annotated[int, typer.Option(help="Of the page on 127.0.0.1.")] = 8080,
        no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the page.")] = False,
    ) -> None:
        """Run the whole system on embedded defaults, with made-up cases, and open a chat page."""
        logs.set_up("WARNING")
        with tempfile.TemporaryDirectory(prefix="voorzorg-demo-") as folder:
            shown = Demo(Path(folder), port, at_work(SystemClock().now()))
            async with shown.server:
                people, workers = len(PEOPLE), ", ".join(WORKERS)
                typer.echo(
                    f"Voorzorg runs on {shown.server.url} with {people} people, {workers} who help them, "
                    f"and {COORDINATOR}, who coordinates. "
                    "Ctrl+C ends it."
                )
                if not no_browser:
                    webbrowser.open(shown.server.url)
                await shown.serve()
