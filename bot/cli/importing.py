"""`cases import`: an overview from the command line, in the same code as in the chat, and for files of any length."""

from __future__ import annotations

import asyncio
import shlex
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli.console import at_work, progress
from bot.cli.import_lines import lines_of
from bot.cli.session import CommandError, Session, command, opened, print_json
from bot.cli.team import keep_private
from bot.errands.documents.making import made
from bot.errands.imports.overview_import import OverviewImport, trail
from bot.errands.overviews.bounded import read_bounded
from bot.errands.overviews.packing import unpacked
from bot.errands.overviews.reader import Overview, OverviewError
from bot.own_content import own_files
from bot.rounds.loaded import Room
from bot.writing.outcome import Outcome
from bot.writing.saving import save_cases
from bot.writing.writer import Writer
from conversations.coordinator.lists.telling import messages
from conversations.shared.import_result import Taken, beyond, leaves_at, message_prefix, to_forward, to_mend
from conversations.words.places import fold
from conversations.words.wording import DEFAULT, Words, words_for
from storage import audit
from storage.case.case_parts import new_id
from storage.clock import wall
from storage.queues.outbox import Outbox
from storage.scope import Scope

# Rows from which progress is shown.
LONG = 500

As = Annotated[str, typer.Option("--as", metavar="NAME", help="The coordinator on whose behalf.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


class _DryRunError(Exception):
    """Everything was worked out, and nothing is kept."""


def add_to(app: typer.Typer) -> None:
    """Add the commands to a family."""

    @app.command("import")
    @command
    async def import_(
        file: Annotated[Path, typer.Argument(help="An overview, xlsx or csv.")],
        as_: As,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
        rejected: Annotated[
            Path | None, typer.Option(help="Write the refused rows there (xlsx), to be mended.")
        ] = None,
        elsewhere: Annotated[
            Path | None, typer.Option(help="Write the rows of another area there (xlsx), to be passed on.")
        ] = None,
        beyond_region: Annotated[
            Path | None, typer.Option("--beyond", help="Write the rows from outside the region there (xlsx).")
        ] = None,
        names: Annotated[Literal["on", "off"], typer.Option(help="off: take no names over.")] = "on",
        accept: Annotated[bool, typer.Option("--accept", help="Take misspelt places for what is proposed.")] = False,
        yes: Annotated[
            bool, typer.Option("--yes", help="Also when more than half of the cases change, or are missing.")
        ] = False,
        same: Annotated[
            list[str] | None,
            typer.Option(metavar="REF", help="This case's row is about the same person, though name or year differ."),
        ] = None,
        without: Annotated[
            list[str] | None, typer.Option(metavar="HEADING", help="Leave this column out, which is not known.")
        ] = None,
        area: Annotated[
            str | None,
            typer.Option(help="The list is the whole list of this area; else of the municipalities that it names."),
        ] = None,
        json: Json = False,
    ) -> None:
        """Bring in an overview of self-reporters. Who must hear of it does so half an hour later (`cases recall`)."""
        async with opened() as session:
            overview = await _read(session, file, without or [])
            if accept:
                overview = overview.accepting(overview.offers())
            covers = [session.area(area)] if area else []
            taken = await _take(session, overview, as_, names == "on", dry_run, yes, same or [], covers)
        words = _words(session)
        cells = {r.row: r.cells for r in overview.rejected}
        if elsewhere is not None and taken.forward:
            keep_private(elsewhere, await made("table", to_forward("Ander gebied", taken, words)))
        if beyond_region is not None and taken.beyond:
            sheet = beyond("Buiten de regio", overview.headings, cells, taken, words)
            keep_private(beyond_region, await made("table", sheet))
        if rejected is not None:
            keep_private(rejected, await made("table", to_mend("Afgekeurd", overview.headings, cells, taken, words)))
        if json:
            print_json(taken.as_json(words))
            return
        at = f"at {wall(leaves_at(session.now), session.settings.zone):%H:%M}"
        for line in lines_of(taken, words, "half an hour after the import" if dry_run else at, dry_run):
            typer.echo(line)

    @app.command()
    @command
    async def recall(as_: As) -> None:
        """Take back the messages of imports that have not left yet; what was taken over stays."""
        async with opened() as session, session.database.write() as connection:
            scope = await _coordinator(session, await session.scope(connection, as_))
            outbox, prefix = Outbox(session.stores.vault), message_prefix(scope.actor.id)
            waiting = await outbox.waiting_under(connection, prefix)
            await outbox.recall(connection, prefix)
            number = waiting[0] if waiting else 0
            await audit.write(
                connection, [audit.Entry(scope.actor.id, "cli", "recall", f"{number} messages")], session.now
            )
        typer.echo(f"{number} messages taken back.")


def _words(session: Session) -> Words:
    """Return the words of reasons: a command says them as the chat does."""
    return words_for(DEFAULT, session.settings.zone)


async def _read(session: Session, file: Path, without: list[str]) -> Overview:
    try:
        data = await asyncio.to_thread(file.read_bytes)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
    with at_work("Reading the file …"):
        try:
            overview = unpacked(await read_bounded(data, file.name, own_files(session.settings), session.today))
        except OverviewError as error:
            raise CommandError(_words(session).reason(error.reason)) from None
    agreed = set(map(fold, without))
    if asked := [heading for heading in overview.left_out if fold(heading) not in agreed]:
        flags = " ".join(f"--without {shlex.quote(heading)}" for heading in asked)
        raise CommandError(f"These columns are not known: {', '.join(asked)}. To read the file without them: {flags}")
    return overview


async def _coordinator(session: Session, scope: Scope) -> Scope:
    if scope.actor.role != "coordinator":
        raise CommandError("Only a coordinator brings in overviews.")
    return scope


async def _take(
    session: Session,
    overview: Overview,
    as_: str,
    names: bool,
    dry_run: bool,
    yes: bool,
    same: list[str],
    covers: list[str],
) -> Taken:
    """Work out what an overview brings, and write it, all or nothing, unless it is a dry run."""
    taken = Taken()
    zone = session.settings.zone
    try:
        async with session.database.write() as connection:
            scope = await _coordinator(session, await session.scope(connection, as_))
            overview_import = OverviewImport(
                session.stores, session.region, scope, session.erasures, session.content.dispatch
            )
            rows = len(overview.rows)
            with progress("Comparing", rows, shown=rows >= LONG) as is_at:
                taken = await overview_import.weigh(
                    connection,
                    overview,
                    session.now,
                    zone,
                    names,
                    lambda done, _: is_at("Comparing", done),
                    same=[ref.upper() for ref in same],
                    covers=covers,
                )
                if dry_run:
                    raise _DryRunError
                _make_sure(taken, yes)
                is_at("Writing", rows)
                writer = Writer(session.stores, session.content, session.erasures)
                await session.stores.cases.add(connection, taken.keys)
                room = Room(session.stores, connection, session.now)
                to = await save_cases(room, session.content, taken.cases)
                to += messages(scope.actor.id, new_id(), taken, session.now)
                await audit.write(connection, trail(taken, scope.actor.id, "cli"), session.now)
                await writer.write(room, Outcome(notices=to))
    except _DryRunError:
        pass
    return taken


def _make_sure(taken: Taken, yes: bool) -> None:
    """Ask once more when it may be the wrong file, as in the chat; with nobody to ask, only --yes goes on."""
    if yes or not taken.doubtful:
        return
    older = f"This list is older than one of {taken.newer} that is in already" if taken.newer else ""
    said = f"changed {len(taken.changes)}, missing {taken.newly_missing}, unchanged {taken.unchanged}"
    what = older or f"More than half of the cases {'change' if taken.many_changed else 'are missing from this list'}"
    if sys.stdin.isatty():
        typer.confirm(f"{what} ({said}). Is this the right file?", abort=True, err=True)
    else:
        raise CommandError(f"{what} ({said}). If this is the right file: --yes.")
