"""A batch of delivery: what it has come to, noted in memory while it is sent, and written in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import logs
from bot.channels.reading import OURS
from storage.people.chats import Standing, note_screens, note_sent
from storage.queues import due
from storage.queues.inbox import Inbox
from storage.queues.outbox import MESSAGES, Outbox, Outgoing

# A message that has not left after this long no longer helps anybody.
GIVE_UP = timedelta(hours=24)
# Waits after failing tries, in seconds; the last one repeats.
BACKOFF = (1, 2, 5, 15, 60, 300)
# Why a row waits that may have arrived already.
UNANSWERED = "no answer"
# Why a document does not leave: it could not be made.
NOT_MADE = "not made"


@dataclass(slots=True)
class Batch:
    """The rows that moved on, and what stands in their chats now. Its verbs tell whether a lane may go on."""

    finished: list[tuple[int, str, str | None]] = field(default_factory=list)
    later: list[tuple[int, int, datetime, str]] = field(default_factory=list)
    screens: list[tuple[str, int, bool]] = field(default_factory=list)
    sent: list[tuple[str, int]] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)
    settled: list[tuple[str, str, str | None]] = field(default_factory=list)
    folds: list[Outgoing] = field(default_factory=list)
    undelivered: list[tuple[int, str]] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    damaged: list[Outgoing] = field(default_factory=list)

    async def write(self, connection: AsyncConnection, outbox: Outbox, inbox: Inbox, now: datetime) -> None:
        """Keep all of it. What could not be delivered comes back as an update of our own."""
        await outbox.finish(connection, self.finished)
        await outbox.park(connection, [row.seq for row in self.damaged])
        await outbox.postpone(connection, self.later)
        for key in await outbox.close_chats(connection, self.closed, "unreachable"):
            self.settled.append((key, "handed_to_worker", "unreachable"))
        await outbox.add(connection, self.folds, now)
        await note_screens(connection, self.screens, now)
        await note_sent(connection, self.sent, now)
        await due.settle(connection, self.settled)
        back = [
            ({OURS: {"kind": kind, "telegram_id": telegram_id}}, telegram_id) for telegram_id, kind in self.undelivered
        ]
        await inbox.store(connection, back, now)

    def arrived(self, row: Outgoing) -> bool:
        """The channel has taken it."""
        return self._end(row, "sent", None, "sent", None)

    def drop(self, row: Outgoing, why: str, handed: bool) -> bool:
        """It is no longer wanted; `handed`: a reminder that nobody gets goes to the worker."""
        self.finished.append((row.seq, "dropped", why))
        if handed:
            self._settle(row, "handed_to_worker", why)
        return True

    def set_aside(self, row: Outgoing) -> bool:
        """Nobody can read it any more; a reminder that nobody gets goes to the worker."""
        self.damaged.append(row)
        self._settle(row, "handed_to_worker", "damaged")
        return True

    def hold(self, row: Outgoing, until: datetime) -> None:
        """It waits for its hour; what comes after it in its chat does not wait with it."""
        self.later.append((row.seq, 0, until, row.reason or "night"))

    def again(self, row: Outgoing, now: datetime, why: str, asked: timedelta | None = None) -> bool:
        """Try again later, after as long as the channel `asked`; answers to taps and what is a day old are given up."""
        if row.kind == "answer":
            self.finished.append((row.seq, "failed", why))
            return True
        if row.made_at is not None and now - row.made_at > GIVE_UP:
            return self.fail(row, why)
        if (
            asked is not None
            and row.key.startswith("reminder:")
            and row.made_at
            and now + asked - row.made_at > GIVE_UP
        ):
            return self.fail(row, why)  # it would come when it helps nobody any more
        wait = asked or timedelta(seconds=BACKOFF[min(row.attempts, len(BACKOFF) - 1)])
        if row.reason == UNANSWERED:  # it may have arrived: what goes wrong later does not change that
            why = UNANSWERED
        self.later.append((row.seq, row.attempts + (asked is None), now + wait, why))
        return False

    def unanswered(self, row: Outgoing, now: datetime) -> bool:
        """Nobody knows whether it arrived: an edit is simply repeated, a message is sent once more and no further."""
        if row.kind == "answer" or (row.kind in MESSAGES[1:] and row.reason == UNANSWERED):
            return self._end(row, "uncertain", UNANSWERED, "sent", "not confirmed")
        return self.again(row, now, UNANSWERED)

    def refused(self, row: Outgoing, chat: Standing | None) -> bool:
        """The channel will never take this row. For tidying that is an end like another."""
        if row.kind in MESSAGES:
            logs.get().error("a message is refused", kind=row.kind, seq=row.seq)
            return self.fail(row, "refused")
        if row.kind == "fold" and chat is not None:
            self.screens.append((row.chat_id, chat.screen_message or 0, True))
        self.finished.append((row.seq, "sent", None))
        return True

    def fail(self, row: Outgoing, why: str) -> bool:
        """It will not arrive; a human hears of a message."""
        self._end(row, "failed", why, "handed_to_worker", why)
        if row.chat_id and row.kind in MESSAGES:
            self.undelivered.append((row.payload["to"], "not_made" if why == NOT_MADE else "refused"))
        return True

    def gone(self, row: Outgoing, why: str) -> bool:
        """Nobody gets anything in this chat any more: end all that waits for it, and let a human know."""
        self._end(row, "failed", why, "handed_to_worker", why)
        if row.chat_id and row.kind in MESSAGES:
            self.closed.append(row.chat_id)
            self.undelivered.append((row.payload["to"], "unreachable"))
        return False

    def _end(self, row: Outgoing, state: str, why: str | None, ledger: str, reason: str | None) -> bool:
        self.finished.append((row.seq, state, why))
        self._settle(row, ledger, reason)
        return True

    def _settle(self, row: Outgoing, state: str, reason: str | None) -> None:
        if row.key.startswith("reminder:"):
            self.settled.append((row.key, state, reason))
