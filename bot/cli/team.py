"""`team`: who works here."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cli.console import show_table
from bot.cli.office import CommandError, Office, command, office, print_json
from bot.documents.making import made
from bot.team import dismiss, secret_uri, sheet_data, welcome
from conversations.notices import UNFOLD, worded
from conversations.places import Found
from conversations.ranks import OPEN_ROLES
from conversations.turn import NewMember, Notice
from conversations.wording import words_for
from storage import audit
from storage.clock import wall
from storage.outbox import Outbox, Outgoing
from storage.staff import ROLES, Member

app = typer.Typer(no_args_is_help=True, help="The team: invite, list, end.")
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
    async with office() as desk, desk.database.write() as connection:
        place = desk.area(area)
        if role == "casemanager" and not isinstance(desk.region.prison(place), Found):
            raise CommandError(f"A casemanager works in a prison, and {place} is none. Give a prison as area.")
        member = await desk.stores.team.named(connection, name)
        if member is not None and (member.role, member.area) != (role, place):
            raise CommandError(f"{member.name} is in the team already, as {member.role} of {member.area}.")
        again = member.id if member is not None else None
        new = NewMember(role, place, name.strip(), again)
        member, fresh = await welcome(connection, desk.stores, new, desk.now)
        if again is not None:
            await _tell(desk, connection, member)
        await audit.write(connection, [audit.Entry(None, "cli", "invite", member.id)], desk.now)
        link = await desk.link(connection, fresh.code)
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
            words = words_for("nl", desk.settings.zone)
            keep_private(sheet, await made("welcome", sheet_data(words, member, fresh, link)))
    if json:
        print_json(document)
        return
    typer.echo(
        f"{member.name}, {role} of {place}\ncode:    {fresh.code}\nlink:    {document['link'] or 'not known yet'}"
    )
    typer.echo(f"sign-in: {document['totp_uri']}\nuntil:   {wall(fresh.expires, desk.settings.zone):%Y-%m-%d}")


async def _tell(desk: Office, connection: AsyncConnection, member: Member) -> None:
    """Let somebody who is invited again hear it on the phone that they have."""
    chat = (await desk.stores.chats.of_staff(connection, [member.id])).get(member.id)
    if chat is not None and chat.blocked_at is None:
        notice = Notice(("staff", member.id), "access", UNFOLD)
        text = worded(words_for(chat.language, desk.settings.zone), notice).text
        told = Outgoing(chat.id, "notice", {"chat_id": chat.telegram_id, "text": text, "parse_mode": "HTML"})
        await Outbox(desk.stores.vault).add(connection, [told], desk.now)


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
    async with office() as desk, desk.database.read() as connection:
        members = sorted(await desk.stores.team.all(connection), key=lambda m: (not m.active, m.role, m.name))
    rows: list[dict[str, Any]] = [
        {"name": m.name, "role": m.role, "area": m.area, "joined": m.joined_at, "ended": m.ended_at} for m in members
    ]
    if json:
        print_json(rows)
        return
    zone = desk.settings.zone
    told = [
        [f"{wall(v, zone):%Y-%m-%d}" if isinstance(v, datetime) else str(v or "") for v in row.values()] for row in rows
    ]
    show_table(("name", "role", "area", "joined", "ended"), told)


@app.command()
@command
async def end(name: str) -> None:
    """End somebody's access, at once."""
    async with office() as desk, desk.database.write() as connection:
        member = await desk.stores.team.named(connection, name)
        if member is None:
            raise CommandError(f"There is nobody called {name!r} in the team. See 'voorzorg team list'.")
        left = await dismiss(connection, desk.stores, member, desk.now)
        await desk.stores.cases.save(connection, left, desk.now, desk.settings.zone)
        await audit.write(connection, [audit.Entry(None, "cli", "end", member.id)], desk.now)
    typer.echo(f"{member.name} has no access any more. {len(left)} cases wait for somebody else.")
