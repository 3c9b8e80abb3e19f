"""`team`: who works here."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

import pyotp
import typer
from rich.console import Console
from rich.table import Table

from bot.cli.office import CommandError, command, office, print_json
from storage import audit
from storage.schema import cases
from storage.staff import ROLES

app = typer.Typer(no_args_is_help=True, help="The team: invite, list, end.")
# A member's invitation lives as long as one made in a chat (design.md, Invitations).
LIFETIME = timedelta(days=7)
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


@app.command()
@command
async def invite(
    role: Annotated[str, typer.Option(help=", ".join(ROLES))],
    name: Annotated[str, typer.Option(help="As colleagues and self-reporters know them.")],
    area: Annotated[str, typer.Option(help="A municipality, a province, a prison, or all.")],
    json: Json = False,
) -> None:
    """Invite somebody, or invite them again: the former invitation ends."""
    if role not in ROLES:
        raise CommandError(f"There is no role {role!r}. Roles: {', '.join(ROLES)}.")
    if not name.strip():
        raise CommandError("Give a name.")
    async with office() as desk, desk.database.write() as connection:
        place = desk.area(area)
        member = await desk.stores.team.named(connection, name)
        if member is not None and (member.role, member.area) != (role, place):
            raise CommandError(f"{member.name} is in the team already, as {member.role} of {member.area}.")
        if member is None:
            member = await desk.stores.team.add(connection, role, place, name.strip(), pyotp.random_base32())
        fresh = await desk.stores.invitations.make(connection, desk.now, desk.now + LIFETIME, staff_id=member.id)
        await audit.write(connection, [audit.Entry(None, "cli", "invite", member.id)], desk.now)
        document = {
            "code": fresh.code,
            "link": await desk.link(connection, fresh.code),
            "role": role,
            "area": place,
            "expires": fresh.expires,
            "totp_uri": pyotp.TOTP(member.totp_secret).provisioning_uri(name=member.name, issuer_name="Voorzorg"),
        }
    if json:
        print_json(document)
        return
    typer.echo(
        f"{member.name}, {role} of {place}\ncode:    {fresh.code}\nlink:    {document['link'] or 'not known yet'}"
    )
    typer.echo(f"sign-in: {document['totp_uri']}\nuntil:   {fresh.expires:%Y-%m-%d}")


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
    table = Table("name", "role", "area", "joined", "ended")
    for row in rows:
        table.add_row(*(f"{v:%Y-%m-%d}" if k in ("joined", "ended") and v else str(v or "") for k, v in row.items()))
    Console().print(table)


@app.command()
@command
async def end(name: str) -> None:
    """End somebody's access, at once."""
    async with office() as desk, desk.database.write() as connection:
        member = await desk.stores.team.named(connection, name)
        if member is None:
            raise CommandError(f"There is nobody called {name!r} in the team. See 'voorzorg team list'.")
        member.ended_at = desk.now
        await desk.stores.team.save(connection, [member])
        theirs = await desk.stores.cases.find(connection, cases.c.worker == member.id)
        left = list((await desk.stores.cases.load(connection, theirs)).values())
        for case in left:
            case.assign(None)
        await desk.stores.cases.save(connection, left, desk.now, desk.settings.zone)
        await audit.write(connection, [audit.Entry(None, "cli", "end", member.id)], desk.now)
    typer.echo(f"{member.name} has no access any more. {len(left)} cases wait for somebody else.")
