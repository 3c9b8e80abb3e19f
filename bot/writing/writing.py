"""One round as it is written: its room and outcome, and what keepers write with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.outgoing import to_chat, to_former_chat
from bot.rounds.loaded import Room
from bot.stores import Stores
from bot.writing.outcome import Outcome
from conversations.content.content import Content
from conversations.effects.effect import Effect
from conversations.menus import menu
from conversations.turn import Turn
from conversations.words.wording import Words, words_for
from storage.keys.erasure import ErasureLedger
from storage.people.chats import Chat
from storage.queues.outbox import Outbox

E = TypeVar("E", bound=Effect)


@dataclass(frozen=True, slots=True)
class Writing:
    """One round as it is written, in the transaction of its room."""

    room: Room
    outcome: Outcome
    content: Content
    erasures: ErasureLedger
    outbox: Outbox

    @property
    def connection(self) -> AsyncConnection:
        """The connection of the round's transaction."""
        return self.room.connection

    @property
    def stores(self) -> Stores:
        """The repositories."""
        return self.room.stores

    def decided(self, kind: type[E]) -> list[tuple[Turn, E]]:
        """Return the effects of one kind with their turns, in order."""
        return [(turn, effect) for turn in self.outcome.turns for effect in turn.effects if type(effect) is kind]

    def send(self, chat: Chat, kind: str, payload: dict[str, Any]) -> None:
        """Let something leave in a chat."""
        self.outcome.outgoing.append(to_chat(chat, kind, payload))

    def send_last(self, chat: Chat, kind: str, payload: dict[str, Any]) -> None:
        """Let something leave in a chat that is not ours any more when it does."""
        self.outcome.outgoing.append(to_former_chat(chat, kind, payload))

    def send_menu(self, chat: Chat, role: str) -> None:
        """Give a chat the menu of a role, in its language."""
        self.send(chat, "menu", {"commands": menu(self.words_of(chat.language), role)})

    def send_menu_last(self, chat: Chat) -> None:
        """Give a chat that is nobody's any more the menu of a stranger."""
        self.send_last(chat, "menu", {"commands": menu(self.words_of(chat.language), "stranger")})

    def words_of(self, language: str) -> Words:
        """Return the words of a language."""
        return words_for(language, self.content.zone)
