"""The README from scratch: invitations made before the first `run` have a link, a QR code and the bot's name."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.webchat.server import Server
from bot.webchat.telegram import faults
from storage.clock import SystemClock
from tests.cli.command_line import SAMPLES, CommandLine
from tests.house import TOKEN

INVITE = ("team", "invite", "--role", "worker", "--name", "Anneke", "--area", "Groningen")
OFFLINE = "there is no link and no QR code"


class FirstDay(CommandLine):
    """Commands beside a Bot API server in this process."""

    async def do(self, *words: str) -> str:
        """Run a command that works; returns all that it said."""
        return await asyncio.to_thread(self._do, *words)

    def _do(self, *words: str) -> str:
        from bot.cli import app

        result = self.runner.invoke(app, words)
        assert result.exit_code == 0, result.output
        return result.output

    async def document(self, *words: str) -> Any:
        """Run a command with --json."""
        return await asyncio.to_thread(self.json, *words)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, with the token of a bot set and nothing else."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VOORZORG_BOT_TOKEN", TOKEN)
    return tmp_path


async def test_the_readme_from_scratch_gives_links_from_the_first_invitation(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Server(token=TOKEN, clock=SystemClock()) as server:
        monkeypatch.setenv("VOORZORG_BOT_API_URL", server.url)
        cli = FirstDay()
        said = await cli.do("init")
        assert "The bot is @" in said
        bot = said.partition("@")[2].partition(".")[0]
        await cli.do("team", "invite", "--role", "coordinator", "--name", "Coby", "--area", "all")
        sheet = folder / "anneke.pdf"
        invited = await cli.document(*INVITE, "--sheet", str(sheet))
        assert invited["link"] == f"https://t.me/{bot}?start={invited['code']}"
        assert sheet.read_bytes().startswith(b"%PDF")
        await cli.do("cases", "import", str(SAMPLES / "overview-week47.xlsx"), "--as", "Coby")
        [first, *_] = await cli.document("cases", "list", "--as", "Coby")
        case = await cli.document("cases", "invite", first["ref"], "--as", "Coby")
        assert case["link"] == f"https://t.me/{bot}?start={case['code']}"
        letters = await cli.do("letters", "--as", "Coby", "--out", "brieven.pdf", "--area", "Groningen")
        assert "letters in brieven.pdf" in letters


@pytest.mark.parametrize("learns", [("check",), (*INVITE,), ("init",)], ids=["check", "invite", "init"])
async def test_who_began_without_a_network_learns_the_name_later(
    folder: Path, monkeypatch: pytest.MonkeyPatch, learns: tuple[str, ...]
) -> None:
    cli = FirstDay()
    assert OFFLINE in await cli.do("init")
    assert OFFLINE in await cli.do(*INVITE)
    assert "link:    not known yet" in await cli.do(*INVITE)
    async with Server(token=TOKEN, clock=SystemClock()) as server:
        monkeypatch.setenv("VOORZORG_BOT_API_URL", server.url)
        from bot.cli import app

        await asyncio.to_thread(cli.runner.invoke, app, learns)
        monkeypatch.setenv("VOORZORG_BOT_API_URL", "http://127.0.0.1:9")
        assert (await cli.document(*INVITE))["link"].startswith("https://t.me/")


async def test_what_stands_between_a_command_and_the_name_is_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli = FirstDay()
    async with Server(token=TOKEN, clock=SystemClock()) as server:
        monkeypatch.setenv("VOORZORG_BOT_API_URL", server.url)
        server.faults.add("getMe", faults.error(502, "Bad Gateway"), times=1)
        assert OFFLINE in await cli.do("init")
        monkeypatch.setenv("VOORZORG_BOT_TOKEN", "4242:another-token-altogether")
        said = await cli.do("init")
        assert "Telegram does not know this token" in said
        assert "another-token" not in said
    monkeypatch.setenv("VOORZORG_BOT_TOKEN", "")
    assert "set VOORZORG_BOT_TOKEN" in await cli.do("init")
