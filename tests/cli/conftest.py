"""Fixtures of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import session
from storage.clock import SetClock
from tests.cli.desk import TODAY, Desk


@pytest.fixture(autouse=True)
def _no_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    """No command asks a Telegram outside: this one refuses at once."""
    monkeypatch.setenv("VOORZORG_BOT_API_URL", "http://127.0.0.1:9")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A fresh installation with one coordinator."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VOORZORG_BOT_TOKEN", "4242:canary-token-that-must-not-show")
    monkeypatch.setattr(session, "clock", SetClock(TODAY))
    desk = Desk()
    desk.run("init")
    desk.run("team", "invite", "--role", "coordinator", "--name", "Coby", "--area", "all")
    return desk
