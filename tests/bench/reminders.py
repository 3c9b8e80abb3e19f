"""Many reminders that are due at one moment, against a server that takes no more than Telegram does.

Everything is as it is delivered, the pace included; only the zone is one where it is noon: reminders leave by
day.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.webchat.phone import Phone
from bot.webchat.server import Server
from bot.webchat.telegram.rates import Rates
from storage.clock import SystemClock
from tests.bench.cases import ledger, remind_all
from tests.bench.installation import on_sqlite
from tests.bench.runs import TOKEN, UNPACED, all_arrive, phones_of, program
from tests.house import settings_for

# What Telegram takes (bots FAQ): messages a second in all, and in one chat.
PER_SECOND, PER_CHAT_SECOND = 30, 1
# Seconds from planning until they are due: the program has started by then. Seconds in which a second one would come.
AHEAD, DOUBLES = 4, 1.5
# Reminders a second that are waited for at the least, and seconds for everything else.
SLOWEST, PATIENCE = 10, 20


@dataclass(frozen=True, slots=True)
class Wave:
    """What came of reminders that were due at one moment.

    `first`, `last`: seconds after that moment; `refused`: answers 429; `came`: in how many chats so many came;
    `ledger`: how many rows of the schedule ended in each state; `cpu`: seconds of the program.
    """

    planned: int
    first: float
    last: float
    refused: int
    came: Counter[int]
    ledger: Counter[str]
    cpu: float

    @property
    def rate(self) -> float:
        """Reminders a second, from the first to the last."""
        between = self.last - self.first
        return (sum(count * chats for count, chats in self.came.items()) - 1) / between if between else 0.0


def zone_at_noon(now: datetime) -> str:
    """Return the zone of whole hours in which it is noon (its sign is that of POSIX: west is plus)."""
    ahead = 12 - now.hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


class Arrivals:
    """When what the bot sends reaches the phones, in seconds of `time.time` and of each chat."""

    def __init__(self, server: Server) -> None:
        self._world = server.world
        self._seen = {chat.id: len(chat.lock_screen) for chat in server.world.phones}
        self.at: dict[int, list[float]] = {phone: [] for phone in self._seen}
        server.world.listeners.add(self._changed)

    def _changed(self, chat_id: int) -> None:
        chat = self._world.chats[chat_id]
        if isinstance(chat, Phone) and len(chat.lock_screen) > self._seen[chat.id]:
            self._seen[chat.id] = len(chat.lock_screen)
            self.at[chat.id].append(SystemClock().now().timestamp())

    async def complete(self, patience: float) -> None:
        """Wait until each phone has got something, and a little longer; no longer than `patience` seconds."""
        end = time.monotonic() + patience
        while not all(self.at.values()) and time.monotonic() < end:
            await asyncio.sleep(0.1)
        await asyncio.sleep(DOUBLES)


async def run_reminders(folder: Path, count: int, core: int | None) -> Wave:
    """Let `count` people arrive, and then be reminded all at once."""
    template = await on_sqlite(folder, count)
    zone = zone_at_noon(SystemClock().now())
    async with Server(TOKEN) as server:
        settings = settings_for(folder, server.url, timezone=zone)
        phones = phones_of(server, count)
        async with program(folder, settings.database_url, server, core, timezone=zone, **UNPACED):
            await all_arrive(phones, template.codes)
        server.api.rates = Rates(PER_SECOND, PER_CHAT_SECOND)
        arrivals = Arrivals(server)
        moment = SystemClock().now() + timedelta(seconds=AHEAD + count / 200)
        planned = await remind_all(settings, moment)
        async with program(folder, settings.database_url, server, core, timezone=zone) as started:
            await arrivals.complete(PATIENCE + count / SLOWEST)
            cpu = started.cpu
        states = await ledger(settings)
    times = [at - moment.timestamp() for ats in arrivals.at.values() for at in ats]
    came = Counter(map(len, arrivals.at.values()))
    first, last = (min(times), max(times)) if times else (math.nan, math.nan)
    return Wave(planned, first, last, server.api.rates.refused, came, states, cpu)
