"""Telegram chats: whose they are, where the conversation stands, and which message is the screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.keys import load_subjects
from storage.parts import new_id
from storage.plain_json import dumps, loads
from storage.schema import chats
from storage.vault import Subject, Vault

_PLAIN = (
    "case_id",
    "staff_id",
    "language",
    "blocked_at",
    "last_seen",
    "screen",
    "screen_message",
    "newest_message",
    "folded",
    "watched",
    "code_tries",
    "code_tries_since",
)
_SEALED = ("subject", "address", "place")
# Sealed with the place: when somebody was busy is nobody's business.
_BUSY = "busy_until"
# The plain columns come first: they become attributes by their place.
_CHATS = select(*(chats.c[name] for name in _PLAIN), *(chats.c[name] for name in ("id", "telegram_index", *_SEALED)))
_BY_INDEX = _CHATS.where(chats.c.telegram_index.in_(bindparam("indexes", expanding=True)))
_BY_CASE = _CHATS.where(chats.c.case_id.in_(bindparam("ids", expanding=True)))
_BY_STAFF = _CHATS.where(chats.c.staff_id.in_(bindparam("ids", expanding=True)))
_BY_ID = _CHATS.where(chats.c.id.in_(bindparam("ids", expanding=True)))
_STANDING = select(chats.c.id, chats.c.language, chats.c.screen_message, chats.c.newest_message).where(
    chats.c.id.in_(bindparam("ids", expanding=True))
)
_FORGET = delete(chats).where(chats.c.id == bindparam("row_id"))
_INSERT = insert(chats)
_UPDATE = (
    update(chats)
    .where(chats.c.id == bindparam("row_id"))
    .values({name: bindparam(name) for name in (*_PLAIN, *_SEALED)})
)
_SHOWN = (
    update(chats)
    .where(chats.c.id == bindparam("row_id"))
    .values(
        screen_message=bindparam("message"),
        newest_message=case(
            (chats.c.newest_message < bindparam("message"), bindparam("message")), else_=chats.c.newest_message
        ),
        folded=bindparam("now_folded"),
    )
)
_SENT = (
    update(chats)
    .where(chats.c.id == bindparam("row_id"), chats.c.newest_message < bindparam("message"))
    .values(newest_message=bindparam("message"))
)


@dataclass(slots=True, repr=False)
class Chat:
    """One private chat with somebody; `place` is where the conversation stands, and with it what free text means."""

    id: str
    telegram_id: int
    index: bytes
    subject: Subject
    last_seen: datetime
    case_id: str | None = None
    staff_id: str | None = None
    language: str = "nl"
    blocked_at: datetime | None = None
    screen: int = 0
    screen_message: int | None = None
    newest_message: int = 0
    folded: bool = False
    watched: bool = False
    code_tries: int = 0
    code_tries_since: datetime | None = None
    place: dict[str, Any] = field(default_factory=lambda: {"kind": "start"})
    # How far its owner is ahead of what one person may send (conversations/admission.py).
    busy_until: datetime | None = None
    stored: bool = False
    # What is sealed in the row, by column: (subject, text, blob). The same text is not sealed anew.
    sealed: dict[str, tuple[str, str, bytes]] = field(default_factory=dict)


def _sealed(chat: Chat, column: str, text: str) -> bytes:
    """Return a column sealed, as it was when nothing in it changed."""
    subject, before, blob = chat.sealed.get(column, ("", "", b""))
    if (subject, before) != (chat.subject.id, text):
        blob = chat.subject.seal("chat", column, chat.id, text)
        chat.sealed[column] = (chat.subject.id, text, blob)
    return blob


class Chats:
    """All chats; strangers' are sealed with the transit key until they are bound to a case or a member of staff."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def index(self, telegram_id: int) -> bytes:
        """Return the blind index of a Telegram id."""
        return self._vault.blind("telegram", str(telegram_id))

    def new(self, telegram_id: int, now: datetime) -> Chat:
        """Return a stranger's chat that is not kept yet."""
        return Chat(new_id(), telegram_id, self.index(telegram_id), self._vault.transit, now)

    async def _open(self, connection: AsyncConnection, rows: list[Any]) -> list[Chat]:
        bound = {row.subject for row in rows} - {self._vault.transit.id}
        subjects = await load_subjects(connection, self._vault.ring, bound)
        subjects[self._vault.transit.id] = self._vault.transit
        opened = []
        for row in rows:
            subject = subjects[row.subject]
            address = subject.open("chat", "address", row.id, row.address)
            place = subject.open("chat", "place", row.id, row.place)
            stands = loads(place)
            busy = stands.pop(_BUSY, None)
            opened.append(
                Chat(
                    id=row.id,
                    telegram_id=int(address),
                    index=row.telegram_index,
                    subject=subject,
                    place=stands,
                    busy_until=None if busy is None else datetime.fromisoformat(busy),
                    stored=True,
                    sealed={
                        "address": (subject.id, address, row.address),
                        "place": (subject.id, place, row.place),
                    },
                    **dict(zip(_PLAIN, row, strict=False)),
                )
            )
        return opened

    async def by_index(self, connection: AsyncConnection, indexes: Iterable[bytes]) -> dict[bytes, Chat]:
        """Return the known chats among these blind indexes."""
        rows = list(await connection.execute(_BY_INDEX, {"indexes": list(indexes)}))
        return {chat.index: chat for chat in await self._open(connection, rows)}

    async def of_cases(self, connection: AsyncConnection, case_ids: Iterable[str]) -> dict[str, Chat]:
        """Return the chats of self-reporters by the id of their case."""
        rows = list(await connection.execute(_BY_CASE, {"ids": list(case_ids)}))
        return {chat.case_id: chat for chat in await self._open(connection, rows) if chat.case_id}

    async def of_staff(self, connection: AsyncConnection, staff_ids: Iterable[str]) -> dict[str, Chat]:
        """Return the chats of members of staff by their id."""
        rows = list(await connection.execute(_BY_STAFF, {"ids": list(staff_ids)}))
        return {chat.staff_id: chat for chat in await self._open(connection, rows) if chat.staff_id}

    async def by_id(self, connection: AsyncConnection, ids: Iterable[str]) -> list[Chat]:
        """Return the chats with these ids."""
        wanted = list(ids)
        return await self._open(connection, list(await connection.execute(_BY_ID, {"ids": wanted}))) if wanted else []

    async def forget(self, connection: AsyncConnection, chat: Chat) -> None:
        """Let a chat go: whoever writes from it again is a stranger."""
        await connection.execute(_FORGET, {"row_id": chat.id})

    async def save(self, connection: AsyncConnection, changed: Iterable[Chat]) -> None:
        """Write chats back."""
        new: list[dict[str, Any]] = []
        old: list[dict[str, Any]] = []
        for chat in changed:
            row: dict[str, Any] = {name: getattr(chat, name) for name in _PLAIN}
            row["subject"] = chat.subject.id
            row["address"] = _sealed(chat, "address", str(chat.telegram_id))
            place = chat.place if chat.busy_until is None else chat.place | {_BUSY: chat.busy_until.isoformat()}
            row["place"] = _sealed(chat, "place", dumps(place))
            if chat.stored:
                old.append(row | {"row_id": chat.id})
            else:
                new.append(row | {"id": chat.id, "telegram_index": chat.index})
                chat.stored = True
        if new:
            await connection.execute(_INSERT, new)
        if old:
            await connection.execute(_UPDATE, old)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a chat, as far as sending to it needs to know; nothing of it is sealed."""

    id: str
    language: str
    screen_message: int | None
    newest_message: int


async def standing(connection: AsyncConnection, ids: Iterable[str]) -> dict[str, Standing]:
    """Return what stands in the chats with these ids, by id."""
    return {row.id: Standing(*row) for row in await connection.execute(_STANDING, {"ids": list(ids)})}


async def note_screens(connection: AsyncConnection, shown: list[tuple[str, int, bool]]) -> None:
    """Keep which message shows each chat's screen: (chat, message id, whether it is folded)."""
    if shown:
        await connection.execute(_SHOWN, [{"row_id": c, "message": m, "now_folded": f} for c, m, f in shown])


async def note_sent(connection: AsyncConnection, sent: list[tuple[str, int]]) -> None:
    """Keep the newest message of each chat: (chat, message id)."""
    if sent:
        await connection.execute(_SENT, [{"row_id": chat, "message": message} for chat, message in sent])
