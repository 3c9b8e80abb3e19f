"""The beginning of a turn: the chat that somebody writes from, who they are, and the case that is theirs."""

from __future__ import annotations

from bot.lookups.lookups import Lookups
from bot.rounds.loaded import Room
from conversations.content.content import Content
from conversations.turn import Turn
from conversations.words.wording import LANGUAGES, words_for
from storage.clock import wall
from storage.keys.vault import VaultError
from storage.people.chats import Chat
from storage.scope import STRANGER, Actor


async def turn_for(room: Room, chat: Chat, content: Content) -> Turn:
    """Return the turn of a chat: who speaks, and about which case, held for it.

    Raises VaultError when that does not open any more: who has a case must not be taken for a stranger.
    """
    lookups = Lookups(room, content)
    actor, case, helper, member = STRANGER, None, None, None
    if chat.case_id:
        lookups.hold_own(chat.case_id)
        case = room.loaded.get(chat.case_id)
        if case is None:
            raise VaultError("The case of this chat does not open.")
        actor = Actor("self_reporter", case.id)
        helper = await room.member(case.worker)
    elif chat.staff_id:
        lookups.hold_own(chat.staff_id)
        member = await room.member(chat.staff_id)
        if chat.staff_id not in room.members:
            raise VaultError("The member of this chat does not open.")
        if member is not None:
            covers = await lookups.covered_by(member.id, wall(room.now, content.zone).date())
            actor = Actor(member.role, member.id, member.area, covers)
    else:
        lookups.hold_own(chat.id)  # a worker's yes may make it somebody's in this very round
    words = words_for(chat.language, content.zone)
    return Turn(room.now, chat, actor, content, lookups, words, case, member, helper)


def greet(turn: Turn, language: str) -> None:
    """Meet somebody in the language of their telephone, when we have it."""
    if language in LANGUAGES:
        turn.speak(language)
