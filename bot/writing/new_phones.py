"""Phones change hands as they are written: one that got a yes is bound, one that was there before leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rounds.loaded import Room
from conversations import notices
from conversations.turn import Notice, Turn
from storage.case.cases import StaleCaseError
from storage.people.chats import Chat
from storage.queues.outbox import Outgoing

if TYPE_CHECKING:
    from bot.writing.writer import Outcome, Writer


async def leave(writer: Writer, room: Room, former: Chat, outcome: Outcome, number: str = "") -> None:
    """Let a former phone go: its screen folds, its menu is a stranger's; with a `number` it is told whom to call."""
    words = writer.words_of(former.language)
    if former.screen_message is not None:
        payload = {"chat_id": former.telegram_id, "message_id": former.screen_message}
        payload |= writer.message(former, notices.superseded(words), None)
        outcome.outgoing.append(Outgoing("", "clear", payload))
    outcome.outgoing.append(Outgoing("", "menu", writer.menu(former, "stranger")))
    if number and former.blocked_at is None:
        said = notices.worded(words, Notice(("case", ""), "moved", notices.UNFOLD, about=number))
        payload = {"chat_id": former.telegram_id} | writer.message(former, said, None)
        outcome.outgoing.append(Outgoing("", "notice", payload))
    await writer.stores.chats.forget(room.connection, former)


async def answer_phones(writer: Writer, room: Room, turn: Turn, outcome: Outcome) -> None:
    """Bind what got a yes, at its first question and behind the PIN where there is one; a no is told as little."""
    chats = writer.stores.chats
    for said in turn.phones:
        found = await chats.by_id(room.connection, [said.phone])
        if not found or found[0].case_id is not None or found[0].staff_id is not None:
            raise StaleCaseError
        chat, case = found[0], said.case
        if said.theirs:
            if (former := (await chats.of_cases(room.connection, [case.id])).get(case.id)) is not None:
                number = writer.content.region.contact(case.municipality).telephone
                await leave(writer, room, former, outcome, number)
            assert case.subject is not None
            here = {"kind": "phone"}
            locked = {"kind": "locked", "back": here}
            chat.case_id, chat.subject = case.id, case.subject
            chat.place = here if case.preferences.pin is None else locked
            outcome.outgoing.append(Outgoing(chat.id, "menu", writer.menu(chat, "self_reporter")))
        else:
            chat.place = {"kind": "refused"}
        chat.screen += 1  # what stands there waits for a word that has come: its buttons are old
        await chats.save(room.connection, [chat])
        notice = notices.worded(writer.words_of(chat.language), Notice(("case", case.id), "message", notices.UNFOLD))
        payload = {"chat_id": chat.telegram_id} | writer.message(chat, notice, None)
        outcome.outgoing.append(Outgoing(chat.id, "notice", payload))
