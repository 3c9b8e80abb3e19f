"""Each named step once: the program dies exactly there, begins again, and everything is as it should be."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.steps import STEPS
from tests.faults.crowd import gathered
from tests.faults.killer import Killer, Plan
from tests.faults.mortal import Cradle
from tests.faults.verdict import judge

CHATS = 3
# In the middle of the conversation; what is due comes all at once.
PASSES = {"tick": 1}
IN_THE_MIDDLE = 7


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("step", STEPS)
async def test_a_program_that_dies_at_this_step_goes_on_as_if_nothing_had_happened(
    step: str, cradle: Cradle, tmp_path: Path, elsewhere: str | None
) -> None:
    async with gathered(cradle, tmp_path, CHATS, 7, elsewhere) as crowd:
        killer = Killer(crowd, [Plan(step, PASSES.get(step.partition(":")[0], IN_THE_MIDDLE), 0.0)])
        async with asyncio.TaskGroup() as tasks:
            people = tasks.create_task(crowd.live())
            await killer.kill(killer.plans[0])
            await killer.relent(people)
        verdict = await judge(crowd, killer.on_the_way(), killer.afresh)
    assert not killer.missed(), "the step was never reached"
    assert verdict.reminders or not step.startswith("tick:"), "nobody had a reminder"
    assert not verdict.faults, "\n".join([killer.table(), *verdict.faults])
