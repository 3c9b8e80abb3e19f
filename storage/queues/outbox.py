"""The outbox: what goes out and has not arrived yet: stored before it is sent, blanked when it is sent or given up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, delete, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case.case_parts import new_id
from storage.engines.plain_json import dumps, loads
from storage.keys.vault import Vault
from storage.schema import outbox

# answer: to a tap, once. screen: the one screen of a chat. notice: neutral, unasked. fold: a quiet screen to a neutral
# line. clear: a former screen. delete: something typed. sweep: all that stands there and can go. menu: the commands of
# a role. leave: out of a group. inline: an empty answer to an inline query. errand: nothing to send, but to fetch or
# work out (bot/errands/errands.py).
KINDS = (
    "answer",
    "screen",
    "notice",
    "qr",
    "document",
    "fold",
    "clear",
    "delete",
    "sweep",
    "menu",
    "leave",
    "inline",
    "errand",
)
# Those that put a new message into a chat, or may.
MESSAGES = ("screen", "notice", "qr", "document")
# In a screen's payload: what is sent in its place where others see the lock screen, until it is edited into it.
STUB = "stub"
KEEP_FINISHED = timedelta(days=7)

_earlier = outbox.alias("earlier")
_COLUMNS = (
    *(outbox.c[name] for name in ("seq", "key", "chat_id", "kind", "attempts", "made_at", "reason", "payload")),
)
_INSERT = insert(outbox)
_SUPERSEDE = (
    update(outbox)
    .where(outbox.c.chat_id == bindparam("of_chat"), outbox.c.kind == "screen", outbox.c.state == "open")
    .values(state="superseded", payload=None)
)
# What may leave at once leaves also when the machine's clock has been set back since it was made.
_READY = or_(outbox.c.not_before <= bindparam("now"), outbox.c.not_before <= outbox.c.made_at)
# Whatever is ready, oldest first, and nothing of a chat whose earlier row waits for a retry. Answers to taps wait for
# nobody, and what is in no chat of ours (a group, a goodbye) is in none together.
_NEXT = (
    select(*_COLUMNS)
    .where(
        outbox.c.state == "open",
        _READY,
        outbox.c.kind != "errand",
        or_(
            outbox.c.kind == "answer",
            outbox.c.chat_id == "",
            ~exists().where(
                and_(
                    _earlier.c.state == "open",
                    _earlier.c.chat_id == outbox.c.chat_id,
                    _earlier.c.seq < outbox.c.seq,
                    _earlier.c.not_before > bindparam("now"),
                    _earlier.c.attempts > 0,
                )
            ),
        ),
    )
    .order_by(outbox.c.seq)
    .limit(bindparam("most"))
)
_ERRANDS = (
    select(*_COLUMNS)
    .where(outbox.c.state == "open", outbox.c.kind == "errand", _READY)
    .order_by(outbox.c.seq)
    .limit(bindparam("most"))
)
_UNDER = (outbox.c.state == "open") & outbox.c.key.like(bindparam("under"))
_RECALL = update(outbox).where(_UNDER).values(state="dropped", reason="recalled", payload=None)
_WAITING_UNDER = select(func.count(), func.min(outbox.c.not_before)).where(_UNDER)
_FINISH = (
    update(outbox)
    .where(outbox.c.seq == bindparam("row"))
    .values(state=bindparam("then"), reason=bindparam("why"), payload=None)
)
# What does not open stays as it is for a while, for somebody to look at.
_PARK = update(outbox).where(outbox.c.seq == bindparam("row")).values(state="parked", reason="damaged")
_LATER = (
    update(outbox)
    .where(outbox.c.seq == bindparam("row"))
    .values(attempts=bindparam("tried"), not_before=bindparam("again"), reason=bindparam("why"))
)
_CLOSE = (
    update(outbox)
    .where(outbox.c.chat_id == bindparam("of_chat"), outbox.c.state == "open")
    .values(state="failed", reason=bindparam("why"), payload=None)
)
_WAITING_KEYS = select(outbox.c.key).where(
    outbox.c.state == "open", outbox.c.chat_id.in_(bindparam("chats", expanding=True))
)
_MESSAGES = select(outbox.c.chat_id).where(outbox.c.state == "open", outbox.c.kind.in_(MESSAGES)).distinct()
_ALL_MESSAGES = select(*_COLUMNS).where(outbox.c.state == "open", outbox.c.kind.in_(MESSAGES)).order_by(outbox.c.seq)
_REWRITE = update(outbox).where(outbox.c.seq == bindparam("row")).values(payload=bindparam("other"))
_STANDS = select(outbox.c.payload).where(outbox.c.seq == bindparam("row"), outbox.c.state == "open")
_FORGET = delete(outbox).where(outbox.c.state != "open", outbox.c.made_at < bindparam("old"))
_COUNT = select(func.count()).select_from(outbox).where(outbox.c.state == "open")
_SOONEST = select(func.min(outbox.c.not_before)).where(outbox.c.state == "open")


@dataclass(slots=True, repr=False)
class Outgoing:
    """Something to send. `chat_id` is our own id of the chat; the payload holds Telegram's."""

    chat_id: str
    kind: str
    payload: dict[str, Any]
    key: str = field(default_factory=new_id)
    seq: int = 0
    attempts: int = 0
    made_at: datetime | None = None
    reason: str | None = None  # why it still waits, once it was tried
    not_before: datetime | None = None  # it may leave from then on; what comes after it does not wait for it
    damaged: bool = False  # nobody can read any more what was to be sent
    sealed: bytes = b""  # as it was read


class Outbox:
    """The queue of what goes out. Payloads are sealed with the transit key."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def add(self, connection: AsyncConnection, outgoing: Iterable[Outgoing], now: datetime) -> None:
        """Keep what is to be sent; a new screen takes the place of those of its chat that still wait."""
        things = list(outgoing)
        if screens := [{"of_chat": thing.chat_id} for thing in things if thing.kind == "screen"]:
            await connection.execute(_SUPERSEDE, screens)
        rows = [
            {
                "key": thing.key,
                "chat_id": thing.chat_id,
                "kind": thing.kind,
                "state": "open",
                "attempts": 0,
                "made_at": now,
                "not_before": thing.not_before or now,
                "payload": self._vault.transit.seal("outbox", "payload", thing.key, dumps(thing.payload)),
            }
            for thing in things
        ]
        if rows:
            await connection.execute(_INSERT, rows)

    async def next(
        self, connection: AsyncConnection, now: datetime, most: int, kinds: Sequence[str] | None = None
    ) -> list[Outgoing]:
        """Return what may be sent now, of these kinds if any are named, oldest first, `most` rows at the most."""
        statement = _NEXT if kinds is None else _NEXT.where(outbox.c.kind.in_(kinds))
        return [self._opened(row) for row in await connection.execute(statement, {"now": now, "most": most})]

    def _opened(self, row: Any) -> Outgoing:
        damage, transit = self._vault.ring.damage, self._vault.transit
        text = damage.opened("outbox", row.key, lambda: transit.open("outbox", "payload", row.key, row.payload or b""))
        return Outgoing(
            row.chat_id,
            row.kind,
            {} if text is None else loads(text),
            row.key,
            row.seq,
            row.attempts,
            row.made_at,
            row.reason,
            damaged=text is None,
            sealed=row.payload or b"",
        )

    async def errands(self, connection: AsyncConnection, now: datetime, most: int) -> list[Outgoing]:
        """Return errands that may be done now, oldest first, `most` rows at the most."""
        return [self._opened(row) for row in await connection.execute(_ERRANDS, {"now": now, "most": most})]

    async def recall(self, connection: AsyncConnection, prefix: str) -> None:
        """Take back what has not left yet of all whose key begins with `prefix`; it holds no % or _."""
        await connection.execute(_RECALL, {"under": f"{prefix}%"})

    async def waiting_under(self, connection: AsyncConnection, prefix: str) -> tuple[int, datetime] | None:
        """Return how many rows whose key begins with `prefix` wait, and when the first may leave."""
        number, first = (await connection.execute(_WAITING_UNDER, {"under": f"{prefix}%"})).one()
        return (int(number), first) if number else None

    async def messages(self, connection: AsyncConnection) -> list[Outgoing]:
        """Return every message that waits, whenever it may leave; what is damaged is left out."""
        rows = [self._opened(row) for row in await connection.execute(_ALL_MESSAGES)]
        return [row for row in rows if not row.damaged]

    async def rewrite(self, connection: AsyncConnection, row: Outgoing) -> None:
        """Let something else leave in this place."""
        sealed = self._vault.transit.seal("outbox", "payload", row.key, dumps(row.payload))
        await connection.execute(_REWRITE, {"row": row.seq, "other": sealed})

    async def stands(self, connection: AsyncConnection, row: Outgoing) -> bool:
        """Tell whether a row still waits as it was read: nobody has taken it back or changed it since."""
        return (await connection.execute(_STANDS, {"row": row.seq})).scalar() == row.sealed

    async def finish(self, connection: AsyncConnection, finished: list[tuple[int, str, str | None]]) -> None:
        """Close rows: (seq, state, reason); state is sent, failed, dropped or uncertain."""
        if finished:
            await connection.execute(_FINISH, [{"row": seq, "then": state, "why": why} for seq, state, why in finished])

    async def park(self, connection: AsyncConnection, rows: list[int]) -> None:
        """Set damaged rows aside: what comes after them goes on."""
        if rows:
            await connection.execute(_PARK, [{"row": seq} for seq in rows])

    async def postpone(self, connection: AsyncConnection, rows: list[tuple[int, int, datetime, str]]) -> None:
        """Try rows again later: (seq, attempts so far, moment, reason)."""
        if rows:
            await connection.execute(
                _LATER, [{"row": seq, "tried": n, "again": again, "why": why} for seq, n, again, why in rows]
            )

    async def close_chats(self, connection: AsyncConnection, chats: list[str], why: str) -> list[str]:
        """Nothing more can reach these chats: end all that waits for them, and return its keys."""
        if not chats:
            return []
        keys = list((await connection.execute(_WAITING_KEYS, {"chats": chats})).scalars())
        await connection.execute(_CLOSE, [{"of_chat": chat, "why": why} for chat in chats])
        return keys

    async def chats_of_messages(self, connection: AsyncConnection) -> set[str]:
        """Return the chats for which a message waits: at a start, it may have been sent before without being noted."""
        return set((await connection.execute(_MESSAGES)).scalars())

    async def forget(self, connection: AsyncConnection, now: datetime) -> None:
        """Delete what has been finished for a while."""
        await connection.execute(_FORGET, {"old": now - KEEP_FINISHED})

    async def waiting(self, connection: AsyncConnection) -> int:
        """Return how many rows are open."""
        return int((await connection.execute(_COUNT)).scalar_one())

    async def soonest(self, connection: AsyncConnection) -> datetime | None:
        """Return when the first open row may be sent, or None when nothing waits."""
        found: datetime | None = (await connection.execute(_SOONEST)).scalar()
        return found
