"""`letters`: one PDF with a letter for each case that needs one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import at_work
from bot.cli.session import CommandError, Session, command, opened, print_json
from bot.cli.team import keep_private
from bot.errands.documents.making import DocumentError, made
from bot.lookups.known_cases import with_references
from bot.lookups.letters import batch, letters_due, sent_today
from conversations.papers.posting_list import posting_list
from conversations.words.letter_texts import note_sent
from conversations.words.wording import words_for
from storage import audit
from storage.case.case import Case
from storage.clock import wall


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    @command
    async def letters(
        as_: Annotated[str, typer.Option("--as", metavar="NAME", help="The coordinator on whose behalf.")],
        out: Annotated[Path | None, typer.Option(help="The PDF to write. Print it on both sides.")] = None,
        area: Annotated[str | None, typer.Option(help="A municipality, a province or a prison.")] = None,
        second: Annotated[
            bool, typer.Option("--second", help="Second letters, to whom the first left silent.")
        ] = False,
        sent: Annotated[
            bool, typer.Option("--sent", help="Note them as sent: you print and send this file now.")
        ] = False,
        not_sent: Annotated[
            bool, typer.Option("--not-sent", help="Take back that the last batch of today was sent; makes none.")
        ] = False,
        window: Annotated[
            bool, typer.Option("--window", help="Name and reference where an envelope has its window.")
        ] = False,
        json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
    ) -> None:
        """Make a letter with a fresh code for each case that still needs one. Former codes of these cases end."""
        if not_sent:
            await _take_back(as_, area, json)
            return
        if out is None:
            raise typer.BadParameter("The PDF to write is needed.", param_hint="--out")
        async with opened(named=True) as session:
            rules, zone = session.content.letters, session.settings.zone
            async with session.database.write() as connection:
                scope = await session.scope(connection, as_)
                place = session.area(area) if area else None
                due = await letters_due(connection, scope, rules, session.now, zone, place)
                refs = due.second if second else due.first
                found: dict[str, Case] = {}
                async for some in with_references(connection, session.stores.cases, refs):
                    found |= {case.ref: case for case in some}
                to = [scope.check("letters", found[ref]) for ref in refs]
                template = session.content.letter_template
                languages = session.content.letter_languages
                about = (session.stores, session.region, to, session.now, zone, languages, rules, template, window)
                data = await batch(connection, *about) if to else {}
                lines = posting_list(to, scope, words_for("nl", zone), session.now)
                made_for = [f"{len(to)} letters", *(case.ref for case in to)]
                entries = [audit.Entry(scope.actor.id, "cli", "letters", what) for what in made_for]
                await audit.write(connection, entries, session.now)
            beside = out.with_name(f"{out.stem}-verzendlijst.pdf")
            if to:
                try:
                    with at_work(f"Typesetting {len(to)} letters …"):
                        keep_private(out, await made("letters", data))
                        keep_private(beside, await made("posting_list", lines))
                except DocumentError as error:
                    raise CommandError(f"{error}. Is {template or 'the template'} in order?") from None
            if to and not sent and not json and sys.stdin.isatty():
                sent = typer.confirm(f"{len(to)} letters in {out}. Printed and sent?", default=False)
            if to and sent:
                await _note_sent(session, [case.ref for case in to])
        if json:
            made_too = {"posting_list": str(beside)} if to else {}
            print_json({"letters": len(to), "sent": sent and bool(to), "cases": refs} | made_too)
        elif to:
            noted = "noted as sent" if sent else "not noted as sent: --sent does that"
            typer.echo(f"{len(to)} letters in {out}, {noted}. Which goes to whom: {beside}.")
        else:
            typer.echo("No case needs a letter now.")


async def _note_sent(session: Session, refs: list[str]) -> None:
    now = session.now  # one moment for all: it is what makes them a batch
    async with session.database.write() as connection:
        async for some in with_references(connection, session.stores.cases, refs):
            for case in some:
                note_sent(case, now)
            await session.stores.cases.save(connection, some, now, session.settings.zone)


async def _take_back(as_: str, area: str | None, json: bool) -> None:
    """Let the last batch of today count as not sent, but for those who have begun meanwhile."""
    async with opened() as session:
        zone = session.settings.zone
        async with session.database.write() as connection:
            scope = await session.scope(connection, as_)
            sent = await sent_today(connection, scope, session.now, zone, session.area(area) if area else None)
            if sent is None:
                raise CommandError("No letters were noted as sent today. After a day it cannot be taken back.")
            if not sent.refs:
                raise CommandError("Everybody of these letters has begun meanwhile: they stay noted as sent.")
            async for some in with_references(connection, session.stores.cases, sent.refs):
                for case in some:
                    scope.check("letters", case).reach.letter_not_sent(sent.at)
                await session.stores.cases.save(connection, some, session.now, zone)
            trail = [audit.Entry(scope.actor.id, "cli", "letter not sent", ref) for ref in sent.refs]
            await audit.write(connection, trail, session.now)
    if json:
        print_json({"letters": len(sent.refs), "sent": False, "begun": sent.begun, "cases": sent.refs})
    else:
        noted = f"noted at {wall(sent.at, zone):%H:%M}, count as not sent again"
        begun = f" {sent.begun} stay noted as sent: these people have begun." if sent.begun else ""
        typer.echo(f"{len(sent.refs)} letters, {noted}. Destroy them before you make new ones.{begun}")
