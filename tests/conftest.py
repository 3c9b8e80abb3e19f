"""Fixtures for all tests."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, Phase, settings

from tests.counted import COUNTED
from tests.house import DATABASES, House, open_house
from tests.postgresql import NoServerError, Postgresql

# A machine that is busy is slow, and nothing is wrong: no example has a deadline.
# What is wrong is shown by the smallest example, but for `make mutants`, where all that counts is that it is noticed.
PHASES = (Phase.explicit, Phase.generate) if "VOORZORG_ONLY_NOTICE" in os.environ else tuple(Phase)
settings.register_profile("voorzorg", deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=PHASES)
settings.load_profile("voorzorg")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let all houses stand on another database."""
    parser.addoption("--on", choices=DATABASES, default="sqlite", help="what houses stand on unless a test says so")


# What takes longest comes first, so that no core waits for it at the end.
LONGEST = ("tests/simulation/", "tests/faults/", "tests/bench/", "tests/fuzz/", "tests/journeys/", "tests/hostile/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the rooms that take longest first; within them the order stays."""
    places = {room: at for at, room in enumerate(LONGEST)}
    items.sort(key=lambda item: next((at for room, at in places.items() if item.nodeid.startswith(room)), len(places)))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell what was counted; of a test that failed too."""
    reports = [r for kind in ("passed", "failed") for r in terminalreporter.stats.get(kind, ()) if r.when == "call"]
    counted = [str(line) for report in reports for name, line in report.user_properties if name == COUNTED]
    if counted:
        terminalreporter.section("counted")
        for line in sorted(counted):
            terminalreporter.write_line(line)


@pytest.fixture(autouse=True)
def _logs_are_set_up_anew() -> Iterator[None]:
    """A test that sets logging up, or runs a command that does, leaves it to the next one as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def _every_button_fits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No screen that any test shows has a button too long for Telegram on the last screen of a chat of years."""
    too_long: list[str] = []
    monkeypatch.setattr("bot.wiring.left_out", too_long.append)
    yield
    assert not too_long, f"too long for a button: {sorted(set(too_long))}"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """A PostgreSQL server; tests that need it are skipped where none can be had."""
    try:
        server = Postgresql()
    except NoServerError as error:
        pytest.skip(str(error))
    yield server
    server.stop()


@pytest.fixture
async def house(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    """A whole Voorzorg on an empty database: SQLite, or what `--on` or `on_both` says."""
    kind = getattr(request, "param", request.config.getoption("--on"))
    async with AsyncExitStack() as stack:
        settings = {}
        if kind == "postgresql":
            server: Postgresql = request.getfixturevalue("postgresql")
            settings["database_url"] = await stack.enter_async_context(server.database())
        yield await stack.enter_async_context(open_house(tmp_path, **settings))
