"""Overviews: one that waits for a yes, one that got it, and the messages that it would have sent."""

from __future__ import annotations

from collections.abc import Iterable

from bot.errands.imports.overview_import import trail
from bot.writing.saving import save_cases
from bot.writing.writing import Writing
from conversations.effects.overview import KeepDraft, RecallMessages, TakeOver
from conversations.shared.import_result import message_prefix
from conversations.turn import Turn
from storage import audit
from storage.queues import drafts


async def keep_drafts(writing: Writing, effects: Iterable[tuple[Turn, KeepDraft]]) -> None:
    """Keep what waits for a yes, sealed under who sent it."""
    for turn, effect in effects:
        assert turn.member is not None
        await drafts.save(writing.connection, turn.member, effect.draft)


async def keep_taken_over(writing: Writing, effects: Iterable[tuple[Turn, TakeOver]]) -> None:
    """Write what got a yes, with its trail."""
    connection, room = writing.connection, writing.room
    for turn, effect in effects:
        await writing.stores.cases.add(connection, effect.taken.keys)
        writing.outcome.notices += await save_cases(room, writing.content, effect.taken.cases)
        await audit.write(connection, trail(effect.taken, turn.actor.id, "chat"), room.now)
        await drafts.drop(connection, effect.draft)


async def keep_recalled(writing: Writing, effects: Iterable[tuple[Turn, RecallMessages]]) -> None:
    """Take back what somebody's imports would have sent."""
    for turn, _ in effects:
        await writing.outbox.recall(writing.connection, message_prefix(turn.actor.id))
