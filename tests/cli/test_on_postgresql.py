"""The command line on PostgreSQL: the same commands, and a word on what stands between them and the server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import session
from storage.clock import SetClock
from tests.cli.command_line import SAMPLES, CommandLine
from tests.postgresql import Postgresql, in_a_thread


class ThreadedCommandLine(CommandLine):
    """Runs commands beside the event loop of a test."""

    def run(self, *words: str) -> str:
        return in_a_thread(lambda: CommandLine.run(self, *words))

    def refused(self, *words: str) -> str:
        return in_a_thread(lambda: CommandLine.refused(self, *words))


@pytest.fixture
async def url(postgresql: Postgresql) -> AsyncIterator[str]:
    """The address of a database without any tables."""
    async with postgresql.database("template1") as url:
        yield url


@pytest.fixture
def cli(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ThreadedCommandLine:
    """A fresh installation with one coordinator."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VOORZORG_BOT_TOKEN", "4242:canary-token-that-must-not-show")
    monkeypatch.setenv("VOORZORG_DATABASE_URL", url)
    monkeypatch.setattr(session, "clock", SetClock(datetime(2026, 11, 24, 9, tzinfo=UTC)))
    cli = ThreadedCommandLine()
    cli.run("init")
    cli.run("team", "invite", "--role", "coordinator", "--name", "Coby", "--area", "all")
    return cli


async def test_an_overview_comes_in_and_its_cases_are_worked_on(cli: ThreadedCommandLine) -> None:
    cli.run("init")  # repeatable
    cli.run("team", "invite", "--role", "worker", "--name", "Anneke", "--area", "all")
    week47, week48 = (str(SAMPLES / f"overview-week{week}.xlsx") for week in (47, 48))
    nothing = {"new": 0, "changed": 0, "unchanged": 0, "missing": 0, "rejected": []}
    assert cli.json("cases", "import", week47, "--as", "Coby", "--dry-run") == nothing | {"new": 40}
    assert cli.json("cases", "import", week47, "--as", "Coby") == nothing | {"new": 40}
    later = {"new": 3, "changed": 8, "unchanged": 30, "missing": 2}
    assert cli.json("cases", "import", week48, "--as", "Coby") == nothing | later
    lines = cli.json("cases", "list", "--as", "Anneke", "--pending")
    assert len(lines) == 43
    ref = lines[0]["ref"]
    assert cli.json("cases", "show", ref, "--as", "Anneke")["worker"] == "Anneke"
    assert cli.json("cases", "invite", ref, "--as", "Anneke")["code"]
    cli.run("cases", "erase", ref, "--as", "Anneke", "--yes")
    assert "no case" in cli.refused("cases", "show", ref, "--as", "Anneke")
    assert "42 cases" in cli.run("team", "end", "Anneke")


async def test_init_refuses_a_new_key_over_existing_data(cli: ThreadedCommandLine) -> None:
    Path("data/master.keys").unlink()
    assert "Put it back" in cli.refused("init")
    assert not Path("data/master.keys").exists()


async def test_what_stands_in_the_way_of_a_command_is_said_without_the_password(
    cli: ThreadedCommandLine, url: str, postgresql: Postgresql, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address, said in (
        (postgresql.url("nowhere"), "There is no database nowhere"),
        ("postgresql://voorzorg:geheim@127.0.0.1:9/voorzorg", "does not answer"),
        ("mysql://voorzorg:geheim@host/voorzorg", "VOORZORG_DATABASE_URL: "),
    ):
        monkeypatch.setenv("VOORZORG_DATABASE_URL", address)
        for words in (("init",), ("team", "list"), ("copy", url)):
            told = cli.refused(*words)
            assert said in told
            assert "geheim" not in told
