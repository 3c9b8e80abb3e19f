"""Members of the team come and go: an invitation for somebody new, and the end of access with what it leaves behind."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pyotp
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errands.documents.qr import qr_svg
from bot.stores import Stores
from conversations.effects.team import Welcome
from conversations.papers.invitation_sheet import invitation_sheet
from conversations.words.wording import Words
from storage.case.case import Case
from storage.engines import residue
from storage.people.invitations import FreshCode
from storage.people.staff import Member
from storage.queues import drafts
from storage.queues.outbox import Outbox
from storage.schema import cases

# A member's invitation lives as long as one made in a chat (design.md, Invitations).
LIFETIME = timedelta(days=7)


async def welcome(connection: AsyncConnection, stores: Stores, new: Welcome, now: datetime) -> tuple[Member, FreshCode]:
    """Make a member, or find them, and return them with a fresh invitation; a former one ends.

    Who is invited again has lost a phone, or fears so: their sign-in secret is another one from now on, and who is
    signed in with the former one is not any more. Their cases stay theirs.
    """
    if new.member_id is None:
        member = await stores.team.add(connection, new.role, new.area, new.name, pyotp.random_base32())
    else:
        member = (await stores.team.load(connection, [new.member_id]))[new.member_id]
        member.totp_secret, member.session_until = pyotp.random_base32(), None
        await stores.team.save(connection, [member])
    return member, await stores.invitations.make(connection, now, now + LIFETIME, staff_id=member.id)


def sheet_data(words: Words, member: Member, fresh: FreshCode, link: str | None) -> dict[str, Any]:
    """Return the sheet to hand over, for the template `welcome`: the sign-in secret and the invitation."""
    pictures = qr_svg(secret_uri(member)), qr_svg(link) if link else ""
    return invitation_sheet(words, member.name, member.totp_secret, fresh.short_code, fresh.expires, pictures)


def secret_uri(member: Member) -> str:
    """Return the sign-in secret as an app for one-time codes takes it."""
    return pyotp.TOTP(member.totp_secret).provisioning_uri(name=member.name, issuer_name="Voorzorg")


async def dismiss(connection: AsyncConnection, stores: Stores, member: Member, now: datetime) -> list[Case]:
    """End somebody's access, at once; returns their cases, which wait for somebody else and are yet to be saved.

    What still waits to be sent to them does not leave.
    """
    member.ended_at = now
    await stores.team.save(connection, [member])
    chats = await stores.chats.of_staff(connection, [member.id])
    await Outbox(stores.vault).close_chats(connection, [chat.id for chat in chats.values()], "access ended")
    await drafts.drop_of(connection, member.id)
    await residue.note(connection, "outbox", "overview_draft")
    theirs = await stores.cases.find(connection, cases.c.worker == member.id)
    left = list((await stores.cases.load(connection, theirs)).values())
    for case in left:
        case.helpers.assign(None)
    return left
