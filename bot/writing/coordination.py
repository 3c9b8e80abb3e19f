"""What a coordinator has decided in a turn, as it is written: errands, imports, letters, the team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errands.overviews.into_cases import trail
from bot.lookups.letters import batch
from bot.rounds.loaded import Room
from bot.writing.team import dismiss, sheet_data, welcome
from conversations import notices
from conversations.papers.posting_list import caption_of, posting_list
from conversations.shared.import_result import message_prefix
from conversations.turn import Turn
from storage import audit, installation
from storage.coordination import meetings
from storage.people.invitations import FreshCode
from storage.people.staff import Member
from storage.queues import drafts
from storage.queues.outbox import Outgoing

if TYPE_CHECKING:
    from bot.writing.writer import Outcome, Writer


async def picture(connection: AsyncConnection, turn: Turn, fresh: FreshCode) -> Outgoing:
    """Return a fresh invitation as a picture for who acts, with the code that can be typed below it."""
    name = await installation.get(connection, installation.BOT_NAME)
    caption = notices.invitation(turn.words, fresh.short_code)
    qr = {"link": f"https://t.me/{name}?start={fresh.code}", "caption": caption, "parse_mode": "HTML"}
    return Outgoing(turn.chat.id, "qr", {"chat_id": turn.chat.telegram_id} | qr)


async def _sheet(connection: AsyncConnection, turn: Turn, member: Member, fresh: FreshCode) -> Outgoing:
    """Return the sheet of a member as a file for who invites them: to be printed, handed over and deleted."""
    name = await installation.get(connection, installation.BOT_NAME)
    data = sheet_data(turn.words, member, fresh, f"https://t.me/{name}?start={fresh.code}" if name else None)
    caption = notices.sheet(turn.words)
    file = {"document": {"template": "welcome", **data}, "file_name": "voorzorg.pdf", "caption": caption}
    return Outgoing(turn.chat.id, "document", {"chat_id": turn.chat.telegram_id} | file)


async def keep_office_work(writer: Writer, room: Room, turn: Turn, outcome: Outcome) -> None:
    """Keep it, and put on its way what comes of it."""
    for errand in turn.errands:
        asked = {"chat_id": turn.chat.telegram_id, "kind": errand.kind, "by": turn.actor.id} | errand.data
        outcome.outgoing.append(Outgoing(turn.chat.id, "errand", asked))
    await _keep_overviews(writer, room, turn, outcome)
    await _keep_team(writer, room, turn, outcome)
    await writer.stores.inquiries.save(room.connection, turn.inquiries)
    for held in turn.meetings:
        await meetings.keep(room.connection, held)
    if turn.letters:
        content = writer.content
        data = await batch(
            room.connection,
            writer.stores,
            content.region,
            turn.letters,
            room.now,
            content.zone,
            content.letter_languages,
            content.letters,
            content.letter_template,
        )
        caption = turn.words.plural("{number} letter", "{number} letters", len(turn.letters))
        file = {"document": {"template": "letters", **data}, "file_name": "brieven.pdf", "caption": caption}
        outcome.outgoing.append(Outgoing(turn.chat.id, "document", {"chat_id": turn.chat.telegram_id} | file))
        lines = posting_list(turn.letters, turn.scope, turn.words, room.now)
        beside = {
            "document": {"template": "posting_list", **lines},
            "file_name": "verzendlijst.pdf",
            "caption": caption_of(turn.words),
        }
        outcome.outgoing.append(Outgoing(turn.chat.id, "document", {"chat_id": turn.chat.telegram_id} | beside))


async def _keep_overviews(writer: Writer, room: Room, turn: Turn, outcome: Outcome) -> None:
    """Keep what waits for a yes, write what got one, and take back what it would have sent."""
    connection = room.connection
    for draft in turn.drafts:
        assert turn.member is not None
        await drafts.save(connection, turn.member, draft)
    for done in turn.imports:
        await writer.stores.cases.add(connection, done.taken.keys)
        outcome.notices += await writer.save_cases(room, done.taken.cases)
        await audit.write(connection, trail(done.taken, turn.actor.id, "chat"), room.now)
        await drafts.drop(connection, done.draft)
    if turn.recalled:
        await writer.outbox.recall(connection, message_prefix(turn.actor.id))


async def _keep_team(writer: Writer, room: Room, turn: Turn, outcome: Outcome) -> None:
    """Invite, and end access: the cases that somebody leaves wait for somebody else."""
    for new in turn.welcomed:
        welcomed, fresh = await welcome(room.connection, writer.stores, new, room.now)
        outcome.outgoing.append(await picture(room.connection, turn, fresh))
        if writer.content.sign_in:
            outcome.outgoing.append(await _sheet(room.connection, turn, welcomed, fresh))
    for member_id in turn.dismissed:
        if (member := await room.member(member_id)) is not None:
            left = await dismiss(room.connection, writer.stores, member, room.now)
            outcome.notices += await writer.save_cases(room, left)
