"""`audio list`: what can be recorded so that it can be heard: each text with its id, and whether it is there."""

from __future__ import annotations

import csv
import sys
from typing import Annotated

import typer

from bot.cli.console import show_table
from bot.cli.session import CommandError, command, print_json
from bot.own_content import load_content, own_files
from bot.settings import Settings
from conversations.content.audio import PACKAGED
from conversations.content.files.own_files import AUDIO
from conversations.self_reporter.phone.spoken import spoken, words_to_speak
from conversations.words.wording import DEFAULT, LANGUAGES, words_for

app = typer.Typer(no_args_is_help=True, help="Recordings: texts that can be heard.")


@app.callback()
def _family() -> None:
    """Keep `list` a command of its own: with one command, typer would leave its name out."""


@app.command("list")
@command
async def list_(
    language: Annotated[str, typer.Option(help=f"One of {', '.join(LANGUAGES)}.")] = DEFAULT,
    missing: Annotated[bool, typer.Option("--missing", help="Only what is not recorded yet.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV, for a sheet to read from.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
) -> None:
    """List every text that can be recorded: its id, what to speak, and the file to save it as."""
    if language not in LANGUAGES:
        raise CommandError(f"There is no language {language!r}. Give one of {', '.join(LANGUAGES)}.")
    settings = Settings()
    folder = own_files(settings).of(AUDIO) or PACKAGED
    content = load_content(settings)
    words = words_for(language, settings.zone)
    rows = [
        {
            "id": one.id,
            "recorded": content.audio.of(language, one.id) is not None,
            "file": str(folder / language / f"{one.id}.ogg"),
            "text": words_to_speak(words, content, one),
        }
        for one in spoken(content)
    ]
    shown = [row for row in rows if not (missing and row["recorded"])]
    if json:
        print_json(shown)
    elif as_csv:
        table = csv.DictWriter(sys.stdout, ("id", "recorded", "file", "text"), lineterminator="\n")
        table.writeheader()
        table.writerows(row | {"recorded": "yes" if row["recorded"] else "no"} for row in shown)
    else:
        told = [("✅" if row["recorded"] else "–", str(row["id"]), str(row["text"])) for row in shown]
        show_table(("", "id", "what to speak"), told, is_long=True)
        made = sum(bool(row["recorded"]) for row in rows)
        typer.echo(f"{made} of {len(rows)} are recorded. Save each as Ogg Opus: {folder / language}/<id>.ogg")
