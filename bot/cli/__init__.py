"""The command line: one program with subcommands, one file a family."""

from __future__ import annotations

import typer

from bot.cli import audio, cases, checking, copying, demo, letters, monitor, running, team

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
running.add_to(app)
demo.add_to(app)
checking.add_to(app)
copying.add_to(app)
letters.add_to(app)
monitor.add_to(app)
app.add_typer(team.app, name="team")
app.add_typer(cases.app, name="cases")
app.add_typer(audio.app, name="audio")
