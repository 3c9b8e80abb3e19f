"""`check`: what is wrong with this installation, and the mend."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from pydantic import ValidationError

from bot import logs
from bot.cli.session import command, print_json
from bot.settings import Settings
from bot.upkeep.checkup import check_up

_SIGNS = {"good": "✅", "mind": "🟡", "wrong": "❌"}


def add_to(app: typer.Typer) -> None:
    """Add the command of this file."""

    @app.command()
    @command
    async def check(
        json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
        offline: Annotated[bool, typer.Option("--offline", help="Do not ask Telegram.")] = False,
    ) -> None:
        """Look at settings, keys, database, token, catalogues and content; say what is wrong, and the mend."""
        logs.set_up("ERROR")
        try:
            settings: Settings | ValidationError = Settings()
        except ValidationError as error:
            settings = error
        found = await check_up(settings, ask_telegram=not offline)
        if json:
            print_json([asdict(finding) for finding in found])
        else:
            for finding in found:
                typer.echo(f"{_SIGNS[finding.state]} {finding.about}: {finding.says}")
                if finding.mend:
                    typer.echo(f"   → {finding.mend}")
        if any(finding.state == "wrong" for finding in found):
            raise typer.Exit(1)
