"""The writer: what a round has come to, written with its updates' end in one transaction."""

from __future__ import annotations

from datetime import timedelta

from bot.rounds.loaded import Room
from bot.stores import Stores
from bot.writing.erasing import mentions
from bot.writing.keepers.table import KEEPERS
from bot.writing.outcome import Outcome
from bot.writing.parking import park
from bot.writing.telling import word
from bot.writing.writing import Writing
from conversations.content.content import Content
from storage.keys.erasure import ErasureLedger
from storage.queues import due
from storage.queues.inbox import Inbox
from storage.queues.outbox import MESSAGES, Outbox, Outgoing

# A screen that nobody has touched for this long folds to a neutral line.
QUIET = timedelta(minutes=15)


class Writer:
    """Writes outcomes."""

    def __init__(self, stores: Stores, content: Content, erasures: ErasureLedger) -> None:
        self._stores = stores
        self._content = content
        self._erasures = erasures
        self.inbox = Inbox(stores.vault)
        self.outbox = Outbox(stores.vault)

    async def write(self, room: Room, outcome: Outcome) -> None:
        """Write all that a round has come to."""
        writing = Writing(room, outcome, self._content, self._erasures, self.outbox)
        for kind, keep in KEEPERS.items():
            if effects := writing.decided(kind):
                await keep(writing, effects)
        await self._keep_chats(writing)
        for row, hopeless in outcome.failed:
            if await self.inbox.fail(room.connection, row, room.now, hopeless):
                await park(writing, row)
        outgoing = _without_the_erased(outcome)
        outgoing += await word(writing, outcome.notices)
        await self.outbox.add(room.connection, outgoing, room.now)
        await self.inbox.finish(room.connection, outcome.done)

    async def _keep_chats(self, writing: Writing) -> None:
        """Write where the conversations stand, and when their screens fold."""
        room, turns = writing.room, writing.outcome.turns
        watch = [turn.chat for turn in turns if (turn.moved or turn.again) and not turn.chat.watched]
        for chat in watch:
            chat.watched = True
        await self._stores.chats.save(room.connection, [turn.chat for turn in turns])
        await due.plan_fold(room.connection, [chat.id for chat in watch], room.now + QUIET, self._content.zone)


def _without_the_erased(outcome: Outcome) -> list[Outgoing]:
    """Return what goes out, without what colleagues were to see of somebody who was erased in this very round."""
    if not outcome.erased:
        return outcome.outgoing
    return [
        thing
        for thing in outcome.outgoing
        if not (thing.chat_id and thing.kind in MESSAGES and mentions(thing, outcome.erased))
    ]
