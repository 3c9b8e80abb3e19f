"""The database or Telegram goes away for as long as it likes: the program waits, says why, and goes on."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot import wiring
from bot.outages import DATABASE, EACH, TELEGRAM, Outages, cause_of
from bot.rounds.ticking import SILENCE, Ticks
from bot.webchat.telegram import faults
from bot.wiring import Voorzorg
from tests.house import TOKEN, House

PATIENCE = 20
QUESTION = "Waar denk je nu het meest aan?"


@pytest.fixture(autouse=True)
def _in_no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries follow each other at once, and a busy database is not waited for."""
    monkeypatch.setattr("bot.channels.telegram.incoming.BACKOFF", (0.001, 0.001))
    monkeypatch.setattr("storage.engines.database.BUSY_TIMEOUT_MS", 1)
    monkeypatch.setattr(wiring, "TICK", 0.01)


async def until(true: Callable[[], bool]) -> None:
    """Let the program run until something is so."""
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.001)


@contextmanager
def busy(folder: Path) -> Iterator[None]:
    """Hold the database so that nobody can write, as a full disk or a stuck backup does."""
    other = sqlite3.connect(folder / "voorzorg.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def tried(app: Voorzorg, what: str, times: int) -> Callable[[], bool]:
    return lambda: what in app.outages.lasting and app.outages.lasting[what].count > times


async def test_a_start_without_telegram_waits_for_it_and_says_why(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = house.server.faults.add("getMe", faults.error(502, "Bad Gateway"), times=25)
    await house.restart()
    assert plan.hits == 25
    lines = [line for line in capsys.readouterr().out.splitlines() if "Telegram does not answer" in line]
    assert len(lines) == 1
    assert "Bad Gateway" in lines[0]
    assert TOKEN not in lines[0]


async def test_a_start_with_a_database_that_cannot_be_written_waits_for_it(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    await house.app.stop()
    app = house.app = Voorzorg(house.settings, house.clock)
    with busy(house.folder):
        opening = asyncio.create_task(app.open())
        await until(tried(app, DATABASE, 12))
    await asyncio.wait_for(opening, PATIENCE)
    assert "database is locked" in capsys.readouterr().out


async def test_while_it_runs_a_database_may_be_away_for_hours_and_administrators_hear_when_it_is_back(
    house: House,
) -> None:
    beheer = await house.joined(await house.member("administrator", "all", "Beheer"))
    samira = await house.arrived(await house.case())
    app, hours = house.app, count(0, 600)
    await house.restart()
    app = house.app
    app.outages.timer = lambda: float(next(hours))  # each look is ten minutes later
    beheer.lock_screen.clear()
    await app.start()
    with busy(house.folder):
        samira.tap("Alleen ik")
        await until(tried(app, DATABASE, 40))
        assert not app.failed.done()
    await samira.wait_for("Ik ben een computer.", PATIENCE)
    await until(lambda: beheer.lock_screen[:1] == ["⚠️ Kijk hiernaar · Voorzorg"])
    await until(lambda: not app.outages.lasting)


def test_what_is_away_is_said_at_once_then_each_minute_with_its_cause_and_how_often(
    capsys: pytest.CaptureFixture[str],
) -> None:
    moment = 0.0
    outages = Outages(lambda: moment)
    full = OperationalError("INSERT …", {"name": "Kanariepiet"}, sqlite3.OperationalError("database or disk is full"))
    for _ in range(130):
        outages.away(DATABASE, full)
        moment += 1
    lines = [line for line in capsys.readouterr().out.splitlines() if "does not answer" in line]
    assert len(lines) == 3
    assert "count=121" in lines[-1]
    assert all("OperationalError: database or disk is full" in line for line in lines)
    assert "Kanariepiet" not in "".join(lines)
    outages.away(DATABASE, ConnectionRefusedError(111, "Connect call failed"))  # another cause is said at once
    assert "Connect call failed" in capsys.readouterr().out
    outages.back(DATABASE)
    outages.back(DATABASE)
    outages.back(TELEGRAM)
    assert outages.take() == [DATABASE]
    assert outages.take() == []
    # What was short is nobody's business.
    outages.away(TELEGRAM, TimeoutError())
    moment += EACH / 2
    outages.back(TELEGRAM)
    assert outages.take() == []


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (TimeoutError(), "TimeoutError"),
        (OSError(28, "No space left on device"), "OSError: [Errno 28] No space left on device"),
        (RuntimeError(f"https://host/bot{TOKEN}/getMe"), "RuntimeError: https://host/bot[token]/getMe"),
        (ValueError("first line\nof many"), "ValueError: first line"),
        (ValueError("x" * 5000), "ValueError: " + "x" * 188),
    ],
)
def test_a_cause_is_one_short_line_without_a_token(error: Exception, cause: str) -> None:
    assert cause_of(error) == cause


async def test_when_no_tick_ends_for_a_minute_it_is_said_once_and_somebody_is_told() -> None:
    moment, told, hangs = 0.0, [], asyncio.Event()

    async def tick() -> None:
        await hangs.wait()

    async def alarm() -> None:
        told.append(moment)

    ticks = Ticks(tick, alarm, 0, lambda: moment)
    running = asyncio.create_task(ticks.run())
    for later in (10.0, SILENCE - 1, SILENCE, SILENCE + 10, SILENCE + 1000):
        moment = later
        await ticks.look()
    assert told == [SILENCE]
    hangs.set()
    await until(lambda: ticks.ended == moment)
    await ticks.look()
    running.cancel()
    moment += SILENCE + 1
    await ticks.look()
    assert len(told) == 2  # another time


async def test_a_clock_that_is_set_back_and_right_again_holds_up_nothing(house: House) -> None:
    samira = await house.arrived(await house.case())
    await house.tap(samira, "Alleen ik", "Verder", "Ja, hier", "Geld", "Er staat geen dag in", "Ja, dit doe ik")
    ref = (await house.document((await _refs(house))[0]))["ref"]
    due_at = min(row.due_at for row in (await house.load(ref)).reminders)
    samira.say("/plan")  # comes in, and what is meant for now waits in the outbox, right before it happens
    await house.app.reception.poll()
    house.clock.moment -= timedelta(hours=1)
    await house.pump()
    assert "plan" in samira.last.text.lower()
    await house.say(samira, "/start")  # and she is not taken for somebody who writes too much
    assert "Wacht 1 minuut" not in samira.last.text
    shown = len(samira.lock_screen)
    await house.app.start()
    house.clock.moment += timedelta(hours=1)
    house.clock.forward_to(due_at + timedelta(minutes=1))
    await until(lambda: len(samira.lock_screen) > shown)


async def _refs(house: House) -> list[str]:
    from sqlalchemy import text

    async with house.app.database.read() as connection:
        return list((await connection.execute(text("SELECT ref FROM cases"))).scalars())
