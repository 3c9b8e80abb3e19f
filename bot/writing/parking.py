"""Parking: an update that is given up after its last try, and what people hear of that."""

from __future__ import annotations

from bot import logs
from bot.channels.outgoing import showing
from bot.channels.reading import address
from bot.lookups.lookups import Lookups
from bot.rounds.loaded import Room
from bot.writing.writing import Writing
from conversations import notices
from conversations.effects.notice import Notice
from storage.people.chats import Chat
from storage.queues.inbox import Received


async def park(writing: Writing, row: Received) -> None:
    """Say of an update that was given up: one plain sentence to the person, and an alert to staff."""
    logs.get().error("an update is parked", seq=row.seq)
    room, outcome = writing.room, writing.outcome
    room.members |= {m.id: m for m in await writing.stores.team.all(writing.connection)}
    outcome.notices += notices.to_administrators(room.members.values())
    if (chat := await _chat_of(writing, row)) is None:
        return
    if chat.case_id:
        cases = await writing.stores.cases.load(writing.connection, [chat.case_id])
        if case := cases.get(chat.case_id):
            again = Room(writing.stores, writing.connection, room.now)
            helpers = await Lookups(again, writing.content).helpers(case)
            outcome.notices += [Notice(("staff", m.id), "alert", "case", case.ref) for m in helpers]
    telephone = writing.content.region.contact(None).telephone
    apology = notices.apology(writing.words_of(chat.language), telephone)
    writing.send(chat, "notice", showing(apology))


async def _chat_of(writing: Writing, row: Received) -> Chat | None:
    """Return the chat in which somebody waits for an answer; None when nobody can tell, or nobody does."""
    chats, envelope = writing.stores.chats, address(row.update)
    if row.chat_index is None or not (row.damaged or (envelope.kind == "private" and envelope.chat is not None)):
        return None
    known = await chats.by_index(writing.connection, [row.chat_index])
    chat = known.get(row.chat_index)
    if chat is not None and envelope.chat is not None:
        chat.telegram_id = envelope.chat
    if chat is None and row.chat_index not in known and envelope.chat is not None:
        chat = chats.new(envelope.chat, writing.room.now)
        await chats.save(writing.connection, [chat])
    return chat if chat is not None and chat.telegram_id else None
