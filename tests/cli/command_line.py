"""The command line as somebody uses it."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import update
from typer.testing import CliRunner

from bot.cli import app, session
from storage.schema import cases, staff

TODAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
SAMPLES = Path(__file__).parents[1] / "samples"


class CommandLine:
    """Runs commands in one data folder."""

    def __init__(self) -> None:
        self.runner = CliRunner()

    def run(self, *words: str) -> str:
        """Run a command that works; returns standard output."""
        result = self.runner.invoke(app, words)
        assert result.exit_code == 0, result.output
        return result.stdout

    def json(self, *words: str) -> Any:
        """Run a command with --json; standard output is one document and nothing else."""
        return json.loads(self.run(*words, "--json"))

    def refused(self, *words: str) -> str:
        """Run a command that does not work; returns standard error, and nothing stands on standard output."""
        result = self.runner.invoke(app, words)
        assert result.exit_code == 1, result.output
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
        return result.stderr

    def everybody_is_in(self) -> None:
        """Let all who are invited have opened their invitation."""
        _write(update(staff).values(joined_at=TODAY))

    def has_begun(self, ref: str) -> None:
        """Let somebody have come in with the phone of a case."""
        _write(update(cases).where(cases.c.ref == ref).values(joined_at=TODAY))

    @staticmethod
    def day(after: int) -> str:
        """Return a day so many days from today, as commands take it."""
        return (TODAY + timedelta(days=after)).date().isoformat()


def _write(statement: Any) -> None:
    async def write() -> None:
        async with session.opened() as cli, cli.database.write() as connection:
            await connection.execute(statement)

    asyncio.run(write())
