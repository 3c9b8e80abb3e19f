"""Phones that change hands: one that got a yes is bound, one that was there before leaves."""

from __future__ import annotations

from collections.abc import Iterable

from bot.channels.outgoing import showing
from bot.writing.writing import Writing
from conversations import notices
from conversations.effects.notice import Notice
from conversations.effects.phone import AnswerPhone, HandChat
from conversations.turn import Turn
from storage.case.case_changes import StaleCaseError
from storage.people.chats import Chat


async def leave(writing: Writing, former: Chat, number: str) -> None:
    """Let a former phone go: its screen folds, its menu is a stranger's, and it is told whom to call."""
    words = writing.words_of(former.language)
    if former.screen_message is not None:
        above = {"message_id": former.screen_message} | showing(notices.superseded(words))
        writing.send_last(former, "clear", above)
    writing.send_menu_last(former)
    if former.blocked_at is None:
        said = notices.worded(words, Notice(("case", ""), "moved", notices.UNFOLD, about=number))
        writing.send_last(former, "notice", showing(said))
    await writing.stores.chats.forget(writing.connection, former)


async def keep_answers(writing: Writing, effects: Iterable[tuple[Turn, AnswerPhone]]) -> None:
    """Bind what got a yes, at its first question and behind the PIN where there is one; a no is told as little.

    Raises StaleCaseError when the phone has become somebody's meanwhile.
    """
    for _, said in effects:
        found = await writing.stores.chats.by_id(writing.connection, [said.phone])
        if not found or found[0].case_id is not None or found[0].staff_id is not None:
            raise StaleCaseError
        chat = found[0]
        if said.theirs:
            await _bind(writing, chat, said)
        else:
            chat.place = {"kind": "refused"}
        chat.screen += 1  # what stands there waits for a word that has come: its buttons are old
        await writing.stores.chats.save(writing.connection, [chat])
        notice = Notice(("case", said.case.id), "message", notices.UNFOLD)
        writing.send(chat, "notice", showing(notices.worded(writing.words_of(chat.language), notice)))


async def _bind(writing: Writing, chat: Chat, said: AnswerPhone) -> None:
    case = said.case
    if (former := (await writing.stores.chats.of_cases(writing.connection, [case.id])).get(case.id)) is not None:
        await leave(writing, former, writing.content.region.contact(case.municipality).telephone)
    assert case.subject is not None
    here = {"kind": "phone"}
    chat.case_id, chat.subject = case.id, case.subject
    chat.place = here if case.preferences.pin is None else {"kind": "locked", "back": here}
    writing.send_menu(chat, "self_reporter")


async def keep_handed(writing: Writing, effects: Iterable[tuple[Turn, HandChat]]) -> None:
    """Seal chats under the key of the case that they go on with, at its first question.

    Raises StaleCaseError when the chat is not there any more.
    """
    for _, handed in effects:
        former, case = handed.former, handed.case
        chat = (await writing.stores.chats.of_cases(writing.connection, [former.id])).get(former.id)
        if chat is None or case.subject is None:
            raise StaleCaseError
        chat.case_id, chat.subject, chat.place = case.id, case.subject, {"kind": "phone"}
        chat.screen += 1  # what stands there is about the former case: its buttons are old
        await writing.stores.chats.save(writing.connection, [chat])
        await writing.stores.invitations.end(writing.connection, case.id, writing.room.now)
