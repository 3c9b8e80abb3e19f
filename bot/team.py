"""Members of the team come and go: an invitation for somebody new, and the end of access with what it leaves behind."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyotp
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.stores import Stores
from conversations.turn import NewMember
from storage.case import Case
from storage.invitations import FreshCode
from storage.outbox import Outbox
from storage.schema import cases
from storage.staff import Member

# A member's invitation lives as long as one made in a chat (design.md, Invitations).
LIFETIME = timedelta(days=7)


async def welcome(connection: AsyncConnection, stores: Stores, new: NewMember, now: datetime) -> FreshCode:
    """Make a member, unless they are there already, and return a fresh invitation; a former one ends."""
    member_id = new.member_id
    if member_id is None:
        member = await stores.team.add(connection, new.role, new.area, new.name, pyotp.random_base32())
        member_id = member.id
    return await stores.invitations.make(connection, now, now + LIFETIME, staff_id=member_id)


async def dismiss(connection: AsyncConnection, stores: Stores, member: Member, now: datetime) -> list[Case]:
    """End somebody's access, at once; returns their cases, which wait for somebody else and are yet to be saved.

    What still waits to be sent to them does not leave.
    """
    member.ended_at = now
    await stores.team.save(connection, [member])
    chats = await stores.chats.of_staff(connection, [member.id])
    await Outbox(stores.vault).close_chats(connection, [chat.id for chat in chats.values()], "access ended")
    theirs = await stores.cases.find(connection, cases.c.worker == member.id)
    left = list((await stores.cases.load(connection, theirs)).values())
    for case in left:
        case.assign(None)
    return left
