"""`cases`: bring in, list, show, invite."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.channels.outgoing import showing, to_former_chat
from bot.cli import importing
from bot.cli.case_document import case_document
from bot.cli.console import show_table
from bot.cli.session import CommandError, Session, command, not_yours, opened, print_json
from bot.lookups.case_index import case_index
from bot.lookups.known_cases import with_reference
from bot.lookups.letters import expires
from bot.writing.erasing import erase_person
from conversations.notices import superseded
from conversations.words.wording import words_for
from storage import audit
from storage.case.case import Case
from storage.case.references import read_reference
from storage.engines import residue
from storage.engines.connection import AsyncConnection
from storage.queues.outbox import Outbox
from storage.scope import NotYoursError, Scope, Verb

# Tries to sweep an erased case out of the database's files, a second apart; the running program goes on trying.
SWEEPS = 5

app = typer.Typer(no_args_is_help=True, help="Cases: import, list, show, invite.")
importing.add_to(app)

As = Annotated[str, typer.Option("--as", metavar="NAME", help="The member of the team on whose behalf.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Area = Annotated[str | None, typer.Option(help="A municipality, a province or a prison.")]


@app.command("list")
@command
async def list_(
    as_: As,
    pending: Annotated[bool, typer.Option("--pending", help="Only cases that wait for somebody.")] = False,
    area: Area = None,
    json: Json = False,
) -> None:
    """List cases, most pressing first."""
    async with opened() as session, session.database.write() as connection:
        scope = await session.scope(connection, as_)
        place = session.area(area) if area else None
        names = {m.id: m.name for m in await session.stores.team.all(connection)}
        lines = await case_index(connection, scope, place, names, pending, session.content.tracks)
        await audit.write(connection, [audit.Entry(scope.actor.id, "cli", "list", place)], session.now)
    if json:
        print_json(lines)
        return
    rows = [
        (
            line["ref"],
            line["municipality"],
            str(line["reporting_date"] or ""),
            line["phase"],
            line["worker"] or "",
            ", ".join(w["reason"].replace("_", " ") for w in line["waiting_for"]),
        )
        for line in lines
    ]
    show_table(("case", "municipality", "date", "phase", "worker", "waits for"), rows)


async def _opened(session: Session, connection: AsyncConnection, scope: Scope, ref: str, verb: Verb) -> Case:
    """Return a case that may be done `verb` to; the same answer to all others."""
    shaped = read_reference(ref) or ref
    case = await with_reference(connection, session.stores.cases, shaped)
    try:
        return scope.check(verb, case)
    except NotYoursError:
        raise not_yours(ref) from None


@app.command()
@command
async def show(ref: str, as_: As, json: Json = False) -> None:
    """Show one case, whole."""
    async with opened() as session, session.database.write() as connection:
        scope = await session.scope(connection, as_)
        case = await _opened(session, connection, scope, ref, "open")
        names = {m.id: m.name for m in await session.stores.team.all(connection)}
        await audit.write(connection, [audit.Entry(scope.actor.id, "cli", "open", case.ref)], session.now)
        words = words_for("nl", session.settings.zone)
        team = session.region.contact(case.municipality).team
        document = case_document(case, session.content, words, names.get(case.worker or ""), team, session.today)
    if json:
        print_json(document)
        return
    for name, value in document.items():
        if isinstance(value, list):
            typer.echo(f"{name}:")
            for item in value:
                typer.echo("  " + " · ".join(str(v) for v in item.values() if v is not None))
        else:
            typer.echo(f"{name}: {value if value is not None else ''}")


@app.command()
@command
async def invite(ref: str, as_: As, json: Json = False) -> None:
    """Make a fresh invitation for a case; the former one ends."""
    async with opened(named=True) as session, session.database.write() as connection:
        scope = await session.scope(connection, as_)
        case = await _opened(session, connection, scope, ref, "index")
        if case.person.has_begun and not scope.may("invite", case):
            raise CommandError(
                f"Somebody has begun with {case.ref}. Who helps them makes a fresh code, and knows whom it is for."
            )
        case = await _opened(session, connection, scope, ref, "invite")
        until = expires(case, session.now, session.settings.zone)
        fresh = await session.stores.invitations.make(connection, session.now, until, case_id=case.id)
        case.reach.invited(session.now)
        await session.stores.cases.save(connection, [case], session.now, session.settings.zone)
        await audit.write(connection, [audit.Entry(scope.actor.id, "cli", "invite", case.ref)], session.now)
        document = {
            "code": fresh.code,
            "short_code": fresh.short_code,
            "link": await session.link(connection, fresh.code),
            "expires": fresh.expires,
        }
    if json:
        print_json(document)
    else:
        for name, value in document.items():
            typer.echo(f"{name}: {value or 'not known yet'}")


@app.command("erase")
@command
async def erase_(
    ref: str,
    as_: As,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask once more.")] = False,
) -> None:
    """Erase a case with everything of it, as /wissen does. Nothing brings it back."""
    if not yes:
        typer.confirm(f"Erase {ref}, with everything of it?", abort=True)
    async with opened() as session:
        async with session.database.write() as connection:
            scope = await session.scope(connection, as_)
            case = await _opened(session, connection, scope, ref, "erase")
            chat = (await session.stores.chats.of_cases(connection, [case.id])).get(case.id)
            zone, outbox = session.settings.zone, Outbox(session.stores.vault)
            folds = await erase_person(connection, session.stores, session.erasures, case, chat, session.today, zone)
            await outbox.add(connection, folds, session.now)
            if chat is not None and chat.screen_message is not None:
                above = {"message_id": chat.screen_message} | showing(superseded(words_for(chat.language, zone)))
                await outbox.add(connection, [to_former_chat(chat, "clear", above)], session.now)
            await audit.write(connection, [audit.Entry(scope.actor.id, "cli", "erase", case.ref)], session.now)
        typer.echo(f"{case.ref} is erased.")
        for _ in range(SWEEPS):
            if await residue.sweep(session.database):
                return
            await asyncio.sleep(1)
    typer.echo("Somebody still reads an older state of the database. 'voorzorg run' sweeps it out when that has ended.")
