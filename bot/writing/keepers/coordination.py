"""Keepers of what hangs from no case: bottlenecks, questions of colleagues, meetings."""

from __future__ import annotations

from collections.abc import Iterable

from bot.writing.writing import Writing
from conversations.effects.coordination import KeepBottleneck, KeepInquiry, KeepMeeting
from conversations.turn import Turn
from storage.coordination import meetings


async def keep_bottlenecks(writing: Writing, effects: Iterable[tuple[Turn, KeepBottleneck]]) -> None:
    """Keep what stands in the way."""
    await writing.stores.bottlenecks.save(writing.connection, [effect.bottleneck for _, effect in effects])


async def keep_inquiries(writing: Writing, effects: Iterable[tuple[Turn, KeepInquiry]]) -> None:
    """Keep questions and what became of them."""
    await writing.stores.inquiries.save(writing.connection, [effect.inquiry for _, effect in effects])


async def keep_meetings(writing: Writing, effects: Iterable[tuple[Turn, KeepMeeting]]) -> None:
    """Keep that meetings were held."""
    for _, effect in effects:
        await meetings.keep(writing.connection, effect.meeting)
