"""Words that are left behind: notices to others, and the trail of who did what."""

from __future__ import annotations

from collections.abc import Iterable

from bot.writing.writing import Writing
from conversations.effects.notice import Notice
from conversations.effects.trace import Trace
from conversations.turn import Turn
from storage import audit


async def keep_notices(writing: Writing, effects: Iterable[tuple[Turn, Notice]]) -> None:
    """Tell others what turns decided to tell, before what else this round has to tell (bot/writing/telling.py)."""
    writing.outcome.notices[:0] = [notice for _, notice in effects]


async def keep_traces(writing: Writing, effects: Iterable[tuple[Turn, Trace]]) -> None:
    """Write down who did what, with what they did."""
    entries = [audit.Entry(effect.by, "chat", effect.verb, effect.about, effect.result) for _, effect in effects]
    await audit.write(writing.connection, entries, writing.room.now)
