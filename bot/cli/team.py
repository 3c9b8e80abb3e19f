"""`team`: who works here."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import pyotp
import typer

from bot.cli.console import show_table
from bot.cli.office import CommandError, command, office, print_json
from bot.documents.making import made
from bot.documents.qr import qr_svg
from bot.team import LIFETIME, dismiss
from conversations.invitation_sheet import invitation_sheet
from conversations.places import Found
from conversations.wording import words_for
from storage import audit
from storage.staff import ROLES

app = typer.Typer(no_args_is_help=True, help="The team: invite, list, end.")
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


@app.command()
@command
async def invite(
    role: Annotated[str, typer.Option(help=", ".join(ROLES))],
    name: Annotated[str, typer.Option(help="As colleagues and self-reporters know them.")],
    area: Annotated[str, typer.Option(help="A municipality, a province, a prison, or all.")],
    sheet: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the sheet to hand over: a PDF with the sign-in secret.")
    ] = None,
    json: Json = False,
) -> None:
    """Invite somebody, or invite them again: the former invitation ends."""
    if role not in ROLES:
        raise CommandError(f"There is no role {role!r}. Roles: {', '.join(ROLES)}.")
    if not name.strip():
        raise CommandError("Give a name.")
    async with office() as desk, desk.database.write() as connection:
        place = desk.area(area)
        if role == "casemanager" and not isinstance(desk.region.prison(place), Found):
            raise CommandError(f"A casemanager works in a prison, and {place} is none. Give a prison as area.")
        member = await desk.stores.team.named(connection, name)
        if member is not None and (member.role, member.area) != (role, place):
            raise CommandError(f"{member.name} is in the team already, as {member.role} of {member.area}.")
        if member is None:
            member = await desk.stores.team.add(connection, role, place, name.strip(), pyotp.random_base32())
        fresh = await desk.stores.invitations.make(connection, desk.now, desk.now + LIFETIME, staff_id=member.id)
        await audit.write(connection, [audit.Entry(None, "cli", "invite", member.id)], desk.now)
        link = await desk.link(connection, fresh.code)
        uri = pyotp.TOTP(member.totp_secret).provisioning_uri(name=member.name, issuer_name="Voorzorg")
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
            pictures = qr_svg(uri), qr_svg(link) if link else ""
            data = invitation_sheet(words, member.name, member.totp_secret, fresh.short_code, fresh.expires, pictures)
            keep_private(sheet, await made("welcome", data))
    if json:
        print_json(document)
        return
    typer.echo(
        f"{member.name}, {role} of {place}\ncode:    {fresh.code}\nlink:    {document['link'] or 'not known yet'}"
    )
    typer.echo(f"sign-in: {document['totp_uri']}\nuntil:   {fresh.expires:%Y-%m-%d}")


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
    told = [[f"{v:%Y-%m-%d}" if isinstance(v, datetime) else str(v or "") for v in row.values()] for row in rows]
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
