"""The command line as somebody at a desk uses it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from bot.cli import app

SAMPLES = Path(__file__).parents[1] / "samples"


class Desk:
    """Runs commands in one data folder."""

    def __init__(self) -> None:
        self._runner = CliRunner()

    def run(self, *words: str) -> str:
        """Run a command that works; returns standard output."""
        result = self._runner.invoke(app, words)
        assert result.exit_code == 0, result.output
        return result.stdout

    def json(self, *words: str) -> Any:
        """Run a command with --json; standard output is one document and nothing else."""
        return json.loads(self.run(*words, "--json"))

    def refused(self, *words: str) -> str:
        """Run a command that does not work; returns standard error, and nothing stands on standard output."""
        result = self._runner.invoke(app, words)
        assert result.exit_code == 1, result.output
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
        return result.stderr
