"""`team`: who works here."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.channels.outgoing import showing, to_chat
from bot.cli.console import show_table
from bot.cli.session import CommandError, Session, command, opened, print_json
from bot.errands.documents.making import made
from bot.writing.team import dismiss, secret_uri, sheet_data, welcome
from conversations.effects.notice import Notice, NoticeKind
from conversations.effects.team import Welcome
from conversations.notices import UNFOLD, worded
from conversations.rules.ranks import OPEN_ROLES, may_manage, within
from conversations.screen import Screen
from conversations.words.places import Found
from conversations.words.wording import words_for
from conversations.worker.today.agenda import LONGEST
from storage import audit
from storage.clock import wall
from storage.engines.connection import AsyncConnection
from storage.people import covers
from storage.people.covers import Cover
from storage.people.staff import ROLES, Member
from storage.queues.outbox import Outbox

app = typer.Typer(no_args_is_help=True, help="The team: invite, list, end.")
# Who has cases, and can have a colleague's for a while.
WITH_CASES = ("worker", "coordinator")
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


@app.command()
@command
async def invite(
    role: Annotated[str, typer.Option(help=", ".join(OPEN_ROLES))],
    name: Annotated[str, typer.Option(help="As colleagues and self-reporters know them.")],
    area: Annotated[str, typer.Option(help="A municipality, a province, a prison, or all.")],
    sheet: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the sheet to hand over: a PDF with the sign-in secret.")
    ] = None,
    json: Json = False,
) -> None:
    """Invite somebody, or invite them again: the former invitation and the former sign-in secret end."""
    if role not in OPEN_ROLES:
        why = (
            f"There is nothing here for a {role} yet: nobody is invited as one"
            if role in ROLES
            else f"There is no role {role!r}"
        )
        raise CommandError(f"{why}. Roles: {', '.join(OPEN_ROLES)}.")
    if not name.strip():
        raise CommandError("Give a name.")
    async with opened(named=True) as session, session.database.write() as connection:
        place = session.area(area)
        if role == "casemanager" and not isinstance(session.region.prison(place), Found):
            raise CommandError(f"A casemanager works in a prison, and {place} is none. Give a prison as area.")
        member = await session.stores.team.named(connection, name)
        if member is not None and (member.role, member.area) != (role, place):
            raise CommandError(f"{member.name} is in the team already, as {member.role} of {member.area}.")
        again = member.id if member is not None else None
        new = Welcome(role, place, name.strip(), again)
        member, fresh = await welcome(connection, session.stores, new, session.now)
        if again is not None:
            await _tell(session, connection, member, "access")
        await audit.write(connection, [audit.Entry(None, "cli", "invite", member.id)], session.now)
        link = await session.link(connection, fresh.code)
        uri = secret_uri(member)
        document = {
            "code": fresh.code,
            "link": link,
            "role": role,
            "area": place,
            "expires": fresh.expires,
            "totp_uri": uri,
        }
        if sheet is not None:
            words = words_for("nl", session.settings.zone)
            keep_private(sheet, await made("welcome", sheet_data(words, member, fresh, link)))
    if json:
        print_json(document)
        return
    typer.echo(
        f"{member.name}, {role} of {place}\ncode:    {fresh.code}\nlink:    {document['link'] or 'not known yet'}"
    )
    typer.echo(f"sign-in: {document['totp_uri']}\nuntil:   {wall(fresh.expires, session.settings.zone):%Y-%m-%d}")


async def _tell(session: Session, connection: AsyncConnection, member: Member, kind: NoticeKind) -> None:
    """Let a member hear on their phone of what was done at the command line."""
    chat = (await session.stores.chats.of_staff(connection, [member.id])).get(member.id)
    if chat is not None and chat.blocked_at is None:
        notice = Notice(("staff", member.id), kind, UNFOLD)
        said = Screen(worded(words_for(chat.language, session.settings.zone), notice).text)
        told = to_chat(chat, "notice", showing(said))
        await Outbox(session.stores.vault).add(connection, [told], session.now)


def keep_private(file: Path, data: bytes) -> None:
    """Write a file that nobody else on this machine can read."""
    try:
        file.unlink(missing_ok=True)
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as private:
            private.write(data)
    except OSError as error:
        raise CommandError(f"{file} cannot be written: {error.strerror}.") from None


@app.command("list")
@command
async def list_(json: Json = False) -> None:
    """List the team."""
    async with opened() as session, session.database.read() as connection:
        members = sorted(await session.stores.team.all(connection), key=lambda m: (not m.active, m.role, m.name))
    rows: list[dict[str, Any]] = [
        {"name": m.name, "role": m.role, "area": m.area, "joined": m.joined_at, "ended": m.ended_at} for m in members
    ]
    if json:
        print_json(rows)
        return
    zone = session.settings.zone
    told = [
        [f"{wall(v, zone):%Y-%m-%d}" if isinstance(v, datetime) else str(v or "") for v in row.values()] for row in rows
    ]
    show_table(("name", "role", "area", "joined", "ended"), told)


@app.command()
@command
async def cover(
    away: Annotated[str, typer.Argument(help="Who is away.")],
    by: Annotated[str, typer.Argument(help="Who has their cases in that time.")],
    as_: Annotated[str, typer.Option("--as", metavar="NAME", help="Who decides it: not who stands in.")],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The last day, within fourteen days.")],
    from_: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day; today when it is left out.")
    ] = None,
) -> None:
    """Let a colleague stand in for somebody who is away. Both hear it."""
    async with opened() as session, session.database.write() as connection:
        actor = (await session.scope(connection, as_)).actor
        who, stand_in = [await _named(session, connection, name) for name in (away, by)]
        if stand_in.id == actor.id or stand_in.id == who.id:
            raise CommandError(f"Nobody makes themselves a stand-in: {who.name} or another coordinator decides.")
        decides = may_manage(actor, who, session.region) or (
            actor.role == "administrator" and within(actor.area, who.area, session.region)
        )
        if actor.id != who.id and not decides:
            raise CommandError(f"{as_} does not decide for {who.name}: they do, or a coordinator of their area.")
        if who.role not in WITH_CASES or stand_in.role not in WITH_CASES or stand_in.joined_at is None:
            raise CommandError(f"{stand_in.name} cannot stand in for {who.name}: workers and coordinators do, once in.")
        if not any(within(area, stand_in.area, session.region) for area in (who.area, actor.area)):
            raise CommandError(f"{stand_in.name} works elsewhere.")
        first, last = from_.date() if from_ else session.today, until.date()
        if not session.today <= first <= last <= first + LONGEST:
            raise CommandError("Give days from today on, the last within fourteen days of the first.")
        await covers.arrange(connection, Cover(who.id, stand_in.id, first, last))
        for member in (who, stand_in):
            await _tell(session, connection, member, "cover")
        entries = [audit.Entry(actor.id, "cli", "cover", member.id) for member in (who, stand_in)]
        await audit.write(connection, entries, session.now)
    typer.echo(f"{stand_in.name} stands in for {who.name}, {first} up to and including {last}.")


async def _named(session: Session, connection: AsyncConnection, name: str) -> Member:
    member = await session.stores.team.named(connection, name)
    if member is None:
        raise CommandError(f"There is nobody called {name!r} in the team. See 'voorzorg team list'.")
    return member


@app.command()
@command
async def end(name: str) -> None:
    """End somebody's access, at once."""
    async with opened() as session, session.database.write() as connection:
        member = await _named(session, connection, name)
        left = await dismiss(connection, session.stores, member, session.now)
        await session.stores.cases.save(connection, left, session.now, session.settings.zone)
        await audit.write(connection, [audit.Entry(None, "cli", "end", member.id)], session.now)
    typer.echo(f"{member.name} has no access any more. {len(left)} cases wait for somebody else.")
