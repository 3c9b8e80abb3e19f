"""Kills, planned by a seed: half at any moment, half at a step that the process reaches; and what each of them hit."""

from __future__ import annotations

import asyncio
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from bot.steps import STEPS
from conversations.content.reminders import Reminders
from storage.clock import instant, wall
from tests.faults.crowd import Crowd
from tests.faults.stored import to_be_sent, unsent

# Real seconds: the latest moment of a kill from outside.
LATEST = 0.9
# How often a step may be passed before the kill there, at most.
PASSES = {"reception": 8, "round": 12, "delivery": 8, "tick": 1}
PASSES_OF_A_MESSAGE = 150
# Time that passes at once, so that something is due: screens fold after a quarter of an hour.
WHILE = timedelta(minutes=20)
# Longer than a reminder waits for a chat in which somebody is busy, and shorter than it takes to fold its screen.
UNTIL_QUIET = timedelta(minutes=6)
# When reminders come to who named no hour.
MORNING = Reminders.load().sending.usual


@dataclass(frozen=True)
class Plan:
    """One kill to come: at a pass of a step, or so many seconds after the process was begun."""

    step: str | None
    on_pass: int
    delay: float


@dataclass(frozen=True)
class Kill:
    """One kill as it was: the last step passed, rows on the way, and the messages of each chat among them."""

    phase: str
    by_itself: bool
    rows: int
    messages: Counter[int]
    started_in: float | None


def plans(kills: int, mind: Random, latest: float = LATEST) -> list[Plan]:
    """Return so many kills, every step among them before any comes twice, in an order of their own."""
    steps: list[str] = []
    while len(steps) < kills // 2:
        steps += mind.sample(STEPS, len(STEPS))
    planned = [Plan(step, mind.randint(1, _most(step)), 0.0) for step in steps[: kills // 2]]
    planned += [Plan(None, 1, mind.uniform(0.0, latest)) for _ in range(kills - len(planned))]
    mind.shuffle(planned)
    return planned


def _is_tick(plan: Plan) -> bool:
    return plan.step is not None and plan.step.startswith("tick:")


def _most(step: str) -> int:
    many = step in ("delivery:sending", "delivery:sent")
    return PASSES_OF_A_MESSAGE if many else PASSES[step.partition(":")[0]]


@dataclass
class Killer:
    """Ends the program again and again, and begins it again at once."""

    crowd: Crowd
    plans: list[Plan]
    kills: list[Kill] = field(default_factory=list)
    # Our own ids of chats for which a message waited at a kill, as often as it did.
    afresh: Counter[str] = field(default_factory=Counter)
    _begun: float = 0.0
    _until_morning: bool = False

    async def begin(self, plan: Plan | None = None) -> None:
        """Begin a life that ends as planned, or one that goes on."""
        self._begun = time.monotonic()
        if plan is None:
            await self.crowd.program.begin()
        else:
            await self.crowd.program.begin(plan.step, plan.on_pass)

    async def kill(self, plan: Plan) -> None:
        """Live one life up to its kill."""
        await self.begin(plan)
        program = self.crowd.program
        if _is_tick(plan) and await self._somebody_agrees():
            self.let_time_pass()
        if plan.step is None:
            by_itself = not await program.lives(plan.delay)
        else:
            await self.crowd.until(program.is_dead)
            by_itself = program.is_dead()
        if not by_itself:
            await program.kill()
        status = await program.ended()
        assert status == -signal.SIGKILL, "\n".join([f"it ended by itself, with {status}", *program.log()[-40:]])
        recorder = program.recorder
        started_in = recorder.running_at - self._begun if recorder.running_at else None
        noted_at = recorder.noted_at or self._begun
        messages = Counter(
            {chat: found for chat, sent in self.crowd.sent.items() if (found := sum(s.at > noted_at for s in sent))}
        )
        self.afresh += await to_be_sent(self.crowd.settings)
        self.kills.append(Kill(recorder.phase, by_itself, recorder.on_the_way, messages, started_in))

    async def _somebody_agrees(self) -> bool:
        """Wait until somebody has agreed to something for soon; raises AssertionError when that does not come.

        False: the program has come to its tick, and died there, before that. Who reports tomorrow is told so at once.
        """
        program = self.crowd.program
        if await self.crowd.until(self.crowd.under_way.is_set):
            return True
        if program.is_dead():
            return False
        chats = "\n\n".join(str(person) for person in self.crowd.people[:3])
        raise AssertionError("\n".join(["nobody agreed to anything for soon", chats, *program.log()[-40:]]))

    async def relent(self, people: asyncio.Task[None]) -> None:
        """Begin the last life, wait until everybody has come to an end and all is delivered, and end it in peace."""
        program = self.crowd.program
        await self.begin()
        if any(map(_is_tick, self.plans)) and not self._until_morning:
            # It died at a tick before anybody had agreed to anything: what comes tomorrow is to come all the same.
            assert await self._somebody_agrees(), "\n".join(program.log()[-40:])
            self._to_the_morning()
        await self.crowd.stop(people)
        self.crowd.clock.forward_to(self.crowd.clock.now() + UNTIL_QUIET)
        assert await self._quiet(), "\n".join(["what is due does not leave, or is not confirmed", *program.log()[-40:]])
        assert await program.stop() == 0, "\n".join(program.log()[-40:])

    async def _quiet(self) -> bool:
        """Wait until all updates are confirmed and all that is due has left; tell whether it has."""
        recorder, crowd = self.crowd.program.recorder, self.crowd
        if not await crowd.until(lambda: bool(recorder.running_at)):
            return False
        confirmed = asyncio.ensure_future(crowd.server.world.updates.confirmed())
        try:
            return await crowd.until(confirmed.done) and await crowd.until(self._nothing_waits)
        finally:
            confirmed.cancel()

    async def _nothing_waits(self) -> bool:
        return not await unsent(self.crowd.settings, self.crowd.clock)

    def let_time_pass(self) -> None:
        """Move on for a while, or, at the last two ticks that are killed, to the reminders of the next morning."""
        clock = self.crowd.clock
        ticks = [at for at, plan in enumerate(self.plans) if _is_tick(plan)]
        if len(self.kills) in ticks[-2:]:
            self._to_the_morning()
        else:
            clock.forward_to(clock.now() + WHILE)

    def _to_the_morning(self) -> None:
        clock, zone = self.crowd.clock, self.crowd.settings.zone
        clock.forward_to(instant(wall(clock.now(), zone).date() + timedelta(days=1), MORNING, zone))
        self._until_morning = True

    def on_the_way(self) -> Counter[int]:
        """Return how many messages of each chat had arrived at a kill without being noted: each may come once more."""
        return sum((kill.messages for kill in self.kills), Counter())

    def missed(self) -> list[str]:
        """Return the steps that a kill was planned at and did not come to."""
        return [
            plan.step
            for plan, kill in zip(self.plans, self.kills, strict=True)
            if plan.step is not None and (kill.phase, kill.by_itself) != (plan.step, True)
        ]

    def table(self) -> str:
        """Return which phase each kill hit, as a table."""
        lines = [f"{'last step passed':<18} {'kills':>5} {'there':>5} {'from outside':>12} {'rows':>5} {'messages':>8}"]
        for phase in ("starting", "running", *STEPS):
            here = [kill for kill in self.kills if kill.phase == phase]
            there = sum(kill.by_itself for kill in here)
            rows, messages = sum(kill.rows for kill in here), sum(kill.messages.total() for kill in here)
            lines.append(f"{phase:<18} {len(here):>5} {there:>5} {len(here) - there:>12} {rows:>5} {messages:>8}")
        return "\n".join(lines)
