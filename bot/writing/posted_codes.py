"""A code that was posted in a group is nobody's secret any more: it is burned, and who helps hears it (hostile 89)."""

from __future__ import annotations

import re

from bot.lookups.lookups import Lookups
from bot.rounds.loaded import Room
from conversations.content.content import Content
from conversations.effects.notice import Notice
from storage.people.invitations import find_code

# What may be a code in a message, also at the end of a link; more of them in one message are not looked at.
_MAY_BE = re.compile(r"[A-Za-z0-9_-]{12,22}")
MOST = 10


async def burn_posted(room: Room, content: Content, text: str) -> list[Notice]:
    """Burn every open code in the text of a message of a group; returns what the helpers of its cases hear."""
    told: list[Notice] = []
    lookups = Lookups(room, content)
    for found in [text, *_MAY_BE.findall(text)][:MOST]:
        code = find_code(found)
        invitation = await lookups.invitation(code) if code else None
        if invitation is None or not invitation.is_open(room.now):
            continue
        await room.stores.invitations.burn(room.connection, invitation, room.now)
        case = await lookups.case_of(invitation)
        if case is not None:
            told += [Notice(("staff", m.id), "alert", "case", case.ref) for m in await lookups.helpers(case)]
    return told
