"""Fixtures of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import session
from storage.clock import SetClock
from tests.cli.command_line import TODAY, CommandLine


@pytest.fixture(autouse=True)
def _no_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    """No command asks a Telegram outside: this one refuses at once."""
    monkeypatch.setenv("VOORZORG_BOT_API_URL", "http://127.0.0.1:9")


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A fresh installation with one coordinator."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VOORZORG_BOT_TOKEN", "4242:canary-token-that-must-not-show")
    monkeypatch.setattr(session, "clock", SetClock(TODAY))
    cli = CommandLine()
    cli.run("init")
    cli.run("team", "invite", "--role", "coordinator", "--name", "Coby", "--area", "all")
    return cli
