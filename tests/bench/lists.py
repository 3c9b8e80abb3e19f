"""What a worker waits for: the pending list, a case's card and a search, among a thousand cases and among very many."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from bot.cli.running import set_up
from bot.lookups.lookups import Lookups
from bot.rounds.loaded import Room
from bot.settings import Settings
from bot.stores import Stores
from conversations.content.content import Content
from conversations.content.region import Region
from conversations.router import conversation_of_role
from conversations.turn import Turn
from conversations.words.wording import words_for
from storage.clock import SystemClock
from storage.engines.database import Database
from storage.people.staff import Member
from storage.scope import Actor
from tests.bench.cases import opened
from tests.bench.many import FORTY, MUNICIPALITY, NAMES, make_many
from tests.house import settings_for
from tests.postgresql import NoServerError, Postgresql

# Cases of a region; a goal is seen beside what it takes among them.
FEW = 1_000
# Times that each screen is made; the median counts.
TIMES = 25
# What is made: the list of the morning, the first page of all of one's own, a card, and two searches.
SCREENS = ("pending list", "own cases", "card", "search by name", "mistyped reference")


@dataclass(frozen=True, slots=True)
class Looks:
    """Milliseconds for each screen on a database with so many cases."""

    database: str
    cases: int
    took: dict[str, float]


class _Screens:
    """A worker's screens, made as a turn does, each on what it loads afresh."""

    def __init__(self, database: Database, stores: Stores, settings: Settings, worker: Member, refs: list[str]) -> None:
        self._database, self._stores, self._worker, self._refs = database, stores, worker, refs
        self._content = Content(settings.zone, sign_in=False)
        self._words = words_for("nl", settings.zone)
        self._now = SystemClock().now()

    @asynccontextmanager
    async def _turn(self, kind: str, **place: object) -> AsyncIterator[Turn]:
        async with self._database.read() as connection:
            lookups = Lookups(Room(self._stores, connection, self._now), self._content)
            chat = self._stores.chats.new(1, self._now)
            chat.place = {"kind": kind, **place}
            covers = await lookups.covered_by(self._worker.id, self._now.date())
            actor = Actor("worker", self._worker.id, MUNICIPALITY, covers)
            yield Turn(self._now, chat, actor, self._content, lookups, self._words, member=self._worker)

    async def look(self, name: str, at: int) -> str:
        """Make a screen; returns what it says."""
        ref = self._refs[at % len(self._refs)]
        if name == "mistyped reference":
            slip = ref[:-1] + ("2" if ref[-1] != "2" else "3")
            async with self._turn("today") as turn:
                await conversation_of_role("worker").commands["zaak"](turn, slip)
                return str(turn.place["note"])
        kind, place = {
            "pending list": ("today", {}),
            "own cases": ("cases", {"of": "mine"}),
            "card": ("case", {"ref": ref}),
            "search by name": ("find", {"text": NAMES[at % len(NAMES)]}),
        }[name]
        async with self._turn(kind, **place) as turn:
            return (await conversation_of_role("worker").screens[kind](turn)).text


async def _timed(look: Callable[[int], Awaitable[str]]) -> float:
    took = []
    for at in range(TIMES):
        began = time.perf_counter()
        await look(at)
        took.append(time.perf_counter() - began)
    return median(took) * 1000


async def run_lists(folder: Path, count: int, name: str, url: str | None = None) -> Looks:
    """Make `count` cases in an empty folder or database, and time each screen; nothing else is at work meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = settings_for(folder, "", **({"database_url": url} if url else {}))
    await set_up(settings)
    async with opened(settings) as (database, stores):
        now = SystemClock().now()
        worker, refs = await make_many(database, stores, Region.load(), count, now, settings.zone)
        screens = _Screens(database, stores, settings, worker, refs)
        assert str(min(FORTY, count)) in await screens.look("own cases", 0)
        took = {}
        for screen in SCREENS:
            took[screen] = await _timed(partial(screens.look, screen))
    return Looks(name, count, took)


async def on_every_database(folder: Path, *counts: int) -> list[Looks]:
    """Time them among so many cases each, on SQLite and, where there is a server, on PostgreSQL."""
    found = [await run_lists(folder / f"sqlite{count}", count, "SQLite") for count in counts]
    try:
        server = Postgresql(safe=True)
    except NoServerError:
        return found
    try:
        for count in counts:
            async with server.database() as url:
                found.append(await run_lists(folder / f"postgresql{count}", count, "PostgreSQL", url))
    finally:
        server.stop()
    return found
