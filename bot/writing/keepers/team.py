"""The team: who comes, who goes, who stands in for whom, and what somebody changed of themselves."""

from __future__ import annotations

from collections.abc import Iterable

from bot.writing.keepers.documents import send_document
from bot.writing.keepers.invitation import send_picture
from bot.writing.saving import save_cases
from bot.writing.team import dismiss, sheet_data, welcome
from bot.writing.writing import Writing
from conversations import notices
from conversations.effects.document import Document
from conversations.effects.team import ComeBack, Dismiss, KeepMember, StandIn, Welcome
from conversations.turn import Turn
from storage import installation
from storage.people import covers
from storage.people.invitations import FreshCode
from storage.people.staff import Member


async def keep_welcomed(writing: Writing, effects: Iterable[tuple[Turn, Welcome]]) -> None:
    """Invite to the team: a picture, and where a code is asked at sign-in, a sheet to print."""
    for turn, new in effects:
        welcomed, fresh = await welcome(writing.connection, writing.stores, new, writing.room.now)
        await send_picture(writing, turn, fresh)
        if writing.content.sign_in:
            await _send_sheet(writing, turn, welcomed, fresh)


async def _send_sheet(writing: Writing, turn: Turn, member: Member, fresh: FreshCode) -> None:
    """Let the sheet of a member leave as a file for who invites them: to be printed, handed over and deleted."""
    name = await installation.get(writing.connection, installation.BOT_NAME)
    data = sheet_data(turn.words, member, fresh, f"https://t.me/{name}?start={fresh.code}" if name else None)
    send_document(writing, turn, Document("welcome", data, "voorzorg.pdf", notices.sheet(turn.words)))


async def keep_dismissed(writing: Writing, effects: Iterable[tuple[Turn, Dismiss]]) -> None:
    """End access: the cases that somebody leaves wait for somebody else."""
    for _, effect in effects:
        if (member := await writing.room.member(effect.member_id)) is not None:
            left = await dismiss(writing.connection, writing.stores, member, writing.room.now)
            writing.outcome.notices += await save_cases(writing.room, writing.content, left)


async def keep_members(writing: Writing, effects: Iterable[tuple[Turn, KeepMember]]) -> None:
    """Write members who have changed, each once."""
    changed = {effect.member.id: effect.member for _, effect in effects}
    await writing.stores.team.save(writing.connection, list(changed.values()))


async def keep_stand_ins(writing: Writing, effects: Iterable[tuple[Turn, StandIn]]) -> None:
    """Let colleagues stand in."""
    for _, effect in effects:
        await covers.arrange(writing.connection, effect.cover)


async def keep_back(writing: Writing, effects: Iterable[tuple[Turn, ComeBack]]) -> None:
    """End that somebody stands in."""
    for _, effect in effects:
        await covers.end(writing.connection, effect.member_id)
