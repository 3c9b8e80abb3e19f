"""One run of each bot: which part follows which, and what everybody does in it.

The others run with what pip installs for them, as their examples start them. Two run once more as somebody would who
knows them well, so that nobody need wonder: on uvloop, which Voorzorg runs on, and python-telegram-bot's with sniffio,
which httpcore otherwise looks for in vain several times a request.
"""

from __future__ import annotations

import asyncio
import sys
import sysconfig
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.webchat.phone import Phone
from bot.webchat.server import Server
from tests.bench import people
from tests.bench.cases import BIRTH_YEAR
from tests.bench.examples import OTHERS
from tests.bench.installation import Template
from tests.bench.measure import Measure, Run, Size
from tests.bench.program import Program, running

TOKEN = "4242:only-on-this-machine"
COMMANDS = ("/plan", "/vragen")
# Settings of a Voorzorg that sends as fast as it can: the others keep no pace either.
UNPACED = {"messages_per_second": "100000", "chat_messages_per_second": "100000"}


@dataclass(frozen=True, slots=True)
class Other:
    """An example: its library and program, what people say to it in turn, and in which ways they do.

    `queued`: whether all at once too; `timed`: whether delays are measured too; `tuned`: whether it has sniffio and
    uvloop.
    """

    library: str
    program: str
    said: tuple[str, ...]
    queued: bool = False
    timed: bool = False
    tuned: bool = False


_ECHO = ("hallo", "tot ziens")
# A form that has all its answers at once does not know which is which: each step follows the answer to the former.
_TELEGRAM_FORM = ("/start", "Girl", "/skip", "/skip", "Ik fiets graag.")
_AIOGRAM_FORM = ("/start", "Samira", "Yes", "Rust")
OTHER_BOTS = {
    "echo": Other("python-telegram-bot", "telegram_echo.py", _ECHO, queued=True, timed=True),
    "echo tuned": Other("python-telegram-bot", "telegram_echo.py", _ECHO, queued=True, tuned=True),
    "form": Other("python-telegram-bot", "telegram_form.py", _TELEGRAM_FORM),
    "aiogram echo": Other("aiogram", "aiogram_echo.py", _ECHO, queued=True),
    "aiogram form": Other("aiogram", "aiogram_form.py", _AIOGRAM_FORM),
    "aiogram form tuned": Other("aiogram", "aiogram_form.py", _AIOGRAM_FORM, tuned=True),
}


@asynccontextmanager
async def program(folder: Path, url: str, server: Server, core: int | None, **settings: str) -> AsyncIterator[Program]:
    """Run Voorzorg itself on the installation in `folder` and the database at `url`, with these settings besides."""
    found = {
        "bot_token": TOKEN,
        "bot_api_url": server.url,
        "database_url": url,
        "master_key_file": str(folder / "master.keys"),
    }
    environment = {f"VOORZORG_{name.upper()}": value for name, value in (found | settings).items()}
    async with running((sys.executable, "-m", "bot", "run"), environment, folder, server, core) as started:
        yield started


async def all_arrive(phones: Sequence[Phone], codes: Sequence[str]) -> None:
    """Everybody opens their invitation and goes on to the first question."""
    await asyncio.gather(*(people.arrive(phone, code, BIRTH_YEAR) for phone, code in zip(phones, codes, strict=True)))


async def run_voorzorg(template: Template, folder: Path, size: Size, core: int | None) -> Run:
    """Run the program itself on a copy of a prepared installation; everybody arrives before anything is timed."""
    async with (
        Server(TOKEN) as server,
        template.copy(folder) as url,
        program(folder, url, server, core, **UNPACED) as started,
    ):
        phones = phones_of(server, size.people)
        await all_arrive(phones, template.codes)
        measure = Measure(server, started, size, template.postmaster)
        await measure.quiet()
        measure.run.delays = await people.paced(phones, people.tap, size.rate, size.paced)
        await measure.part("taps", people.taps(phones, size.each))
        await measure.part("texts", people.texts(phones, COMMANDS, size.each))
        await measure.part("all at once", people.all_at_once(phones, COMMANDS, size.each, people.screens))
        return await measure.ended()


async def run_other(other: Other, file: Path, folder: Path, size: Size, core: int | None) -> Run:
    """Run the example in `file`; everybody has gone through it once before anything is timed."""
    folder.mkdir()
    packages = {"PYTHONPATH": str(_packages(folder / "packages", other.tuned))}
    command = (sys.executable, "-S", str(OTHERS / "launch.py"), other.library, str(file))
    loop = ("uvloop",) if other.tuned else ()
    async with (
        Server(TOKEN) as server,
        running((*command, server.url, TOKEN, *loop), packages, folder, server, core) as started,
    ):
        phones = phones_of(server, size.people)
        await people.texts(phones, other.said, len(other.said))
        measure = Measure(server, started, size)
        await measure.quiet()
        if other.timed:
            measure.run.delays = await people.paced(phones, lambda phone: phone.say("dag"), size.rate, size.paced)
        await measure.part("texts", people.texts(phones, other.said, size.each))
        if other.queued:
            await measure.part("all at once", people.all_at_once(phones, other.said, size.each, people.messages))
        return await measure.ended()


def phones_of(server: Server, count: int) -> list[Phone]:
    """Return the phones of so many people who never wrote before."""
    return [server.world.phone(first_name="Samira") for _ in range(count)]


def _packages(folder: Path, sniffio: bool) -> Path:
    """Return a folder with the packages that are installed here, with or without sniffio: for a path without others."""
    folder.mkdir()
    for place in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        for package in Path(place).iterdir():
            if sniffio or not package.name.startswith("sniffio"):
                (folder / package.name).symlink_to(package)
    return folder
