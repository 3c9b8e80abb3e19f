"""Telling: notices of a round, worded in the language of who gets them."""

from __future__ import annotations

from datetime import datetime

from bot.channels.outgoing import showing, to_chat
from bot.writing.writing import Writing
from conversations import notices
from conversations.content.content import Content
from conversations.effects.notice import Notice
from conversations.rules.hours import next_open
from storage.people.stopped import stopped
from storage.queues.outbox import Outgoing


async def word(writing: Writing, wanted: list[Notice]) -> list[Outgoing]:
    """Return notices as they go out; who has no chat, or left it, finds it when they look."""
    if not wanted:
        return []
    chats, connection, now = writing.stores.chats, writing.connection, writing.room.now
    to_cases = await chats.of_cases(connection, {n.to[1] for n in wanted if n.to[0] == "case"})
    to_staff = await chats.of_staff(connection, {n.to[1] for n in wanted if n.to[0] == "staff"})
    left = await stopped(connection, (n.to[1] for n in wanted if n.to[0] == "case"))
    outgoing = []
    for notice in wanted:
        if notice.to[0] == "case" and notice.to[1] in left:
            continue
        chat = (to_cases if notice.to[0] == "case" else to_staff).get(notice.to[1])
        if chat is not None and chat.blocked_at is None:
            screen = notices.worded(writing.words_of(chat.language), notice)
            until = held_until(writing.content, notice, notice.not_before or now) or notice.not_before
            outgoing.append(to_chat(chat, "notice", showing(screen), key=notice.key, not_before=until))
    return outgoing


def held_until(content: Content, notice: Notice, now: datetime) -> datetime | None:
    """Return when a notice to a colleague may leave: within office hours; None: at once.

    What administrators hear never waits, nor that somebody else has one's cases from now on.
    """
    at_once = notice.kind in ("digest", "cover") or notice.verb == notices.UNFOLD
    if notice.to[0] == "case" or at_once:
        return None
    return next_open(content.region.office, now, content.zone)
