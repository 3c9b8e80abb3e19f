"""The inbox: what came in, not handled yet: stored before it is confirmed to Telegram, blanked when it is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, delete, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines.plain_json import dumps, loads
from storage.keys.vault import Vault, VaultError
from storage.schema import inbox

# Telegram repeats an unconfirmed update for at most a day, and may start its numbers anew after a quiet week.
REMEMBER = timedelta(days=2)
# Parked rows stay for somebody to look at, this long (safety.md).
KEEP_PARKED = timedelta(days=30)
TRIES = 5
# Wait after each failing try.
BACKOFF = (timedelta(0), timedelta(seconds=1), timedelta(seconds=4), timedelta(seconds=15))

_earlier = inbox.alias("earlier")
_KNOWN = select(inbox.c.update_id).where(inbox.c.update_id.in_(bindparam("ids", expanding=True)))
_INSERT = insert(inbox)
# The earliest open update of each chat: never two of one chat in a round, and none past one that waits.
_NEXT = (
    select(inbox.c.seq, inbox.c.chat_index, inbox.c.attempts, inbox.c.received_at, inbox.c.payload)
    .where(
        inbox.c.state == "open",
        # What came in just now is taken at once, also when the machine's clock has been set back since.
        or_(inbox.c.not_before <= bindparam("now"), inbox.c.attempts == 0),
        ~exists().where(
            and_(
                _earlier.c.state == "open",
                _earlier.c.chat_index == inbox.c.chat_index,
                _earlier.c.seq < inbox.c.seq,
            )
        ),
    )
    .order_by(inbox.c.seq)
    .limit(bindparam("most"))
)
_DONE = update(inbox).where(inbox.c.seq == bindparam("row")).values(state="done", payload=None)
_FAILED = (
    update(inbox)
    .where(inbox.c.seq == bindparam("row"))
    .values(state=bindparam("then"), attempts=inbox.c.attempts + 1, not_before=bindparam("again"))
)
_FORGET = delete(inbox).where(
    ((inbox.c.state == "done") & (inbox.c.received_at < bindparam("old")))
    | ((inbox.c.state == "parked") & (inbox.c.received_at < bindparam("very_old")))
)
# What is parked stays longer than its number counts: a new update may have the same one.
_FREE = update(inbox).where(inbox.c.state == "parked", inbox.c.received_at < bindparam("old")).values(update_id=None)
_COUNT = select(func.count()).select_from(inbox).where(inbox.c.state == "open")


@dataclass(frozen=True, slots=True, repr=False)
class Received:
    """An update that waits for its turn."""

    seq: int
    chat_index: bytes | None
    attempts: int
    received_at: datetime
    update: dict[str, Any]
    damaged: bool = False  # nobody can read any more what came in


def _row(chat_index: bytes | None) -> str:
    # A payload is sealed for its chat: moved to another chat's row it does not open.
    return chat_index.hex() if chat_index else ""


class Inbox:
    """The queue of updates. Payloads are sealed with the transit key."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def store(
        self, connection: AsyncConnection, updates: Iterable[tuple[dict[str, Any], int | None]], now: datetime
    ) -> int:
        """Keep updates with the Telegram id of their chat; one that is known already is left out. Returns the new."""
        fresh: dict[object, tuple[dict[str, Any], int | None]] = {}
        for update_, telegram_id in updates:
            fresh.setdefault(update_.get("update_id") or id(update_), (update_, telegram_id))
        ids = [u["update_id"] for u, _ in fresh.values() if "update_id" in u]
        known = set((await connection.execute(_KNOWN, {"ids": ids})).scalars()) if ids else set()
        rows = []
        for update_, telegram_id in fresh.values():
            if update_.get("update_id") in known:
                continue
            index = None if telegram_id is None else self._vault.blind("telegram", str(telegram_id))
            text = dumps(update_)
            rows.append(
                {
                    "update_id": update_.get("update_id"),
                    "chat_index": index,
                    "state": "open",
                    "attempts": 0,
                    "received_at": now,
                    "not_before": now,
                    "payload": self._vault.transit.seal("inbox", "payload", _row(index), text),
                }
            )
        if rows:
            await connection.execute(_INSERT, rows)
        return len(rows)

    async def next(self, connection: AsyncConnection, now: datetime, most: int) -> list[Received]:
        """Return the earliest open update of each chat, oldest first, `most` at the most."""
        return [self._received(row) for row in await connection.execute(_NEXT, {"now": now, "most": most})]

    def _received(self, row: Any) -> Received:
        try:
            text = self._vault.transit.open("inbox", "payload", _row(row.chat_index), row.payload or b"")
        except VaultError:
            return Received(row.seq, row.chat_index, row.attempts, row.received_at, {}, damaged=True)
        return Received(row.seq, row.chat_index, row.attempts, row.received_at, loads(text))

    async def finish(self, connection: AsyncConnection, done: list[int]) -> None:
        """Handled: blank the payloads."""
        if done:
            await connection.execute(_DONE, [{"row": seq} for seq in done])

    async def fail(self, connection: AsyncConnection, row: Received, now: datetime, hopeless: bool) -> bool:
        """Count a failing try; True when the row is parked now: no try is left, or it cannot even be read."""
        parked = hopeless or row.attempts + 1 >= TRIES
        again = now if parked else now + BACKOFF[row.attempts]
        await connection.execute(_FAILED, {"row": row.seq, "then": "parked" if parked else "open", "again": again})
        return parked

    async def forget(self, connection: AsyncConnection, now: datetime) -> None:
        """Delete what is done and past repeating, and parked rows past their time."""
        await connection.execute(_FORGET, {"old": now - REMEMBER, "very_old": now - KEEP_PARKED})
        await connection.execute(_FREE, {"old": now - REMEMBER})

    async def waiting(self, connection: AsyncConnection) -> int:
        """Return how many updates are open."""
        return int((await connection.execute(_COUNT)).scalar_one())
