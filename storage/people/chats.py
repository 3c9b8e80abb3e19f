"""Chats: whose they are, where the conversation stands, and which message is the screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case.case_parts import new_id
from storage.engines import residue
from storage.engines.plain_json import dumps, loads
from storage.keys.vault import Subject, Vault
from storage.keys.wrapped_keys import load_readable
from storage.schema import chats

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
    "recent",
)
# The address of a chat whose own is damaged: nobody has it.
UNKNOWN = "0"
# Where a conversation stands when nobody knows any more: behind the lock, if there is one.
_BEGINNING: dict[str, Any] = {"kind": "start"}
_SOMEWHERE: dict[str, Any] = {"kind": "locked", "back": _BEGINNING}
_SEALED = ("subject", "address", "place")
# Sealed with the place: when somebody was busy is nobody's business.
_BUSY = "busy_until"
# The plain columns come first: they become attributes by their place.
_CHATS = select(*(chats.c[name] for name in _PLAIN), *(chats.c[name] for name in ("id", "telegram_index", *_SEALED)))
_BY_INDEX = _CHATS.where(chats.c.telegram_index.in_(bindparam("indexes", expanding=True)))
_BY_CASE = _CHATS.where(chats.c.case_id.in_(bindparam("ids", expanding=True)))
_BY_STAFF = _CHATS.where(chats.c.staff_id.in_(bindparam("ids", expanding=True)))
_BY_ID = _CHATS.where(chats.c.id.in_(bindparam("ids", expanding=True)))
_STANDING = select(
    chats.c.id, chats.c.language, chats.c.screen_message, chats.c.newest_message, chats.c.staff_id
).where(chats.c.id.in_(bindparam("ids", expanding=True)))
_FORGET = delete(chats).where(chats.c.id == bindparam("row_id"))
_INSERT = insert(chats)
_UPDATE = (
    update(chats)
    .where(chats.c.id == bindparam("row_id"))
    .values({name: bindparam(name) for name in (*_PLAIN, *_SEALED)})
)
# A bot can take a message out of a chat for so long (Bot API, deleteMessages), and so many at once; an hour less, for
# what waits before it is sent.
DELETABLE, AT_ONCE = timedelta(hours=47), 100
_RECENT = chats.c.recent.concat(bindparam("entry"))
_SHOWN = (
    update(chats)
    .where(chats.c.id == bindparam("row_id"))
    .values(
        recent=case((chats.c.screen_message == bindparam("message"), chats.c.recent), else_=_RECENT),
        screen_message=bindparam("message"),
        newest_message=case(
            (chats.c.newest_message < bindparam("message"), bindparam("message")), else_=chats.c.newest_message
        ),
        folded=bindparam("now_folded"),
    )
)
_SENT = (
    update(chats)
    .where(chats.c.id == bindparam("row_id"))
    .values(
        recent=_RECENT,
        newest_message=case(
            (chats.c.newest_message < bindparam("message"), bindparam("message")), else_=chats.c.newest_message
        ),
    )
)


def _entry(message: int, at: datetime) -> str:
    """Return how a message is noted that came into a chat: its id and the minute."""
    return f"{message}@{int(at.timestamp()) // 60} "


def _noted(recent: str) -> dict[int, datetime]:
    pairs = (entry.split("@") for entry in recent.split())
    return {int(message): datetime.fromtimestamp(int(minute) * 60, UTC) for message, minute in pairs}


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
    # Messages that came in or went out and that nobody has taken out since (`sweep`), oldest first.
    recent: str = ""
    # How far its owner is ahead of what one person may send (conversations/admission.py).
    busy_until: datetime | None = None
    stored: bool = False
    # What is sealed in the row, by column: (subject, text, blob). The same text is not sealed anew.
    sealed: dict[str, tuple[str, str, bytes]] = field(default_factory=dict)

    def note(self, message: int, at: datetime) -> None:
        """Note a message that stays in the chat."""
        self.recent += _entry(message, at)

    def sweep(self, now: datetime) -> list[int]:
        """Return what can still be taken out of the chat beside its screen, the newest, and forget it."""
        noted = _noted(self.recent)
        found = [m for m, at in noted.items() if now - at < DELETABLE and m != self.screen_message]
        kept = noted.get(self.screen_message or 0)
        self.recent = _entry(self.screen_message or 0, kept) if kept else ""
        return found[-AT_ONCE:]

    def forget_old(self) -> None:
        """Let go what no bot could take out when somebody was last there, and more than goes at once."""
        if self.recent.count("@") > 1:
            left = [(m, at) for m, at in _noted(self.recent).items() if self.last_seen - at < DELETABLE]
            self.recent = "".join(_entry(m, at) for m, at in left[-AT_ONCE:])


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
        subjects = await load_readable(connection, self._vault.ring, bound)
        subjects[self._vault.transit.id] = self._vault.transit
        opened = []
        for row in rows:
            subject = subjects.get(row.subject)
            if subject is None:
                continue
            fields = {column: self._field(subject, row, column) for column in ("address", "place")}
            address = fields["address"] or UNKNOWN
            stands = loads(fields["place"] or dumps(_SOMEWHERE if row.case_id else _BEGINNING))
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
                        column: (subject.id, text, getattr(row, column))
                        for column, text in fields.items()
                        if text is not None
                    },
                    **dict(zip(_PLAIN, row, strict=False)),
                )
            )
        return opened

    def _field(self, subject: Subject, row: Any, column: str) -> str | None:
        return self._vault.ring.damage.opened(
            "chat", f"{row.id} {column}", lambda: subject.open("chat", column, row.id, getattr(row, column))
        )

    async def by_index(self, connection: AsyncConnection, indexes: Iterable[bytes]) -> dict[bytes, Chat | None]:
        """Return the known chats among these blind indexes; None for one whose owner's key is damaged.

        What a chat's own row no longer tells is made good: who writes tells the address, and a lost place begins anew.
        """
        rows = list(await connection.execute(_BY_INDEX, {"indexes": list(indexes)}))
        known: dict[bytes, Chat | None] = dict.fromkeys(row.telegram_index for row in rows)
        return known | {chat.index: chat for chat in await self._open(connection, rows)}

    async def of_cases(self, connection: AsyncConnection, case_ids: Iterable[str]) -> dict[str, Chat]:
        """Return the chats of self-reporters by the id of their case."""
        rows = list(await connection.execute(_BY_CASE, {"ids": list(case_ids)}))
        return {chat.case_id: chat for chat in await self._reachable(connection, rows) if chat.case_id}

    async def of_staff(self, connection: AsyncConnection, staff_ids: Iterable[str]) -> dict[str, Chat]:
        """Return the chats of members of staff by their id."""
        rows = list(await connection.execute(_BY_STAFF, {"ids": list(staff_ids)}))
        return {chat.staff_id: chat for chat in await self._reachable(connection, rows) if chat.staff_id}

    async def _reachable(self, connection: AsyncConnection, rows: list[Any]) -> list[Chat]:
        return [chat for chat in await self._open(connection, rows) if chat.telegram_id != int(UNKNOWN)]

    async def by_id(self, connection: AsyncConnection, ids: Iterable[str]) -> list[Chat]:
        """Return the chats with these ids."""
        wanted = list(ids)
        if not wanted:
            return []
        return await self._reachable(connection, list(await connection.execute(_BY_ID, {"ids": wanted})))

    async def forget(self, connection: AsyncConnection, chat: Chat) -> None:
        """Let a chat go: whoever writes from it again is a stranger."""
        await connection.execute(_FORGET, {"row_id": chat.id})
        await residue.note(connection, "chat")

    async def save(self, connection: AsyncConnection, changed: Iterable[Chat]) -> None:
        """Write chats back."""
        new: list[dict[str, Any]] = []
        old: list[dict[str, Any]] = []
        for chat in changed:
            chat.forget_old()
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
    staff_id: str | None


async def standing(connection: AsyncConnection, ids: Iterable[str]) -> dict[str, Standing]:
    """Return what stands in the chats with these ids, by id."""
    return {row.id: Standing(*row) for row in await connection.execute(_STANDING, {"ids": list(ids)})}


async def note_screens(connection: AsyncConnection, shown: list[tuple[str, int, bool]], at: datetime) -> None:
    """Keep which message shows each chat's screen: (chat, message id, whether it is folded)."""
    if shown:
        rows = [{"row_id": c, "message": m, "now_folded": f, "entry": _entry(m, at)} for c, m, f in shown]
        await connection.execute(_SHOWN, rows)


async def note_sent(connection: AsyncConnection, sent: list[tuple[str, int]], at: datetime) -> None:
    """Keep the newest message of each chat: (chat, message id)."""
    if sent:
        rows = [{"row_id": chat, "message": message, "entry": _entry(message, at)} for chat, message in sent]
        await connection.execute(_SENT, rows)
