"""A line: a channel in memory, with the outbox of a real database behind it. It notes what is carried out, and fails.

What a channel does is asked by bot/channels/port.py; this one does it without a network, so that each rule of delivery
is tried in a moment. How Telegram fails is tried through the house (tests/delivery/post.py).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, time
from math import inf
from typing import Any

from sqlalchemy import select

from bot.channels.port import Attachment, Message
from bot.channels.reading import OURS
from bot.delivery.delivery import Delivery
from bot.delivery.pace import Pace
from conversations.content.reminders import Reminders
from conversations.screen import Screen
from storage.clock import SetClock
from storage.people.chats import Chat
from storage.people.staff import Member
from storage.queues.outbox import Outgoing
from storage.schema import outbox
from tests.storage.records import NOW, TODAY, ZONE, Records

# What is done in a chat: the call, the chat, and what it says or is about.
Done = tuple[str, int | None, Any]


def saying(text: str, **more: Any) -> dict[str, Any]:
    """Return what a row holds that says something."""
    return {"screen": Screen(text).kept(), "number": None} | more


class Line:
    """A channel that notes what it does. The next calls of a kind fail with what `fails` holds for it, in order."""

    def __init__(self) -> None:
        self.done: list[Done] = []
        self.silent: list[bool] = []
        self.fails: dict[str, list[Exception]] = {}
        # Something that happens meanwhile, before a call of a kind is carried out.
        self.meanwhile: dict[str, Callable[[], Awaitable[None]]] = {}
        self.number = 100

    async def _do(self, way: str, to: int | None, what: Any) -> None:
        if meanwhile := self.meanwhile.pop(way, None):
            await meanwhile()
        if waiting := self.fails.get(way):
            raise waiting.pop(0)
        self.done.append((way, to, what))

    async def answer(self, tap: str, text: str) -> None:
        await self._do("answer", None, (tap, text))

    async def send(self, to: int, message: Message, silent: bool = False) -> int:
        await self._do("send", to, _said(message))
        self.silent.append(silent)
        self.number += 1
        return self.number

    async def attach(self, to: int, attachment: Attachment) -> int:
        await self._do("attach", to, attachment)
        self.number += 1
        return self.number

    async def edit(self, to: int, number: int, message: Message) -> None:
        await self._do("edit", to, (number, _said(message)))

    async def delete(self, to: int, number: int) -> None:
        await self._do("delete", to, number)

    async def delete_all(self, to: int, numbers: Sequence[int]) -> None:
        await self._do("sweep", to, list(numbers))

    async def menu(self, to: int | None, commands: Sequence[dict[str, str]]) -> None:
        await self._do("menu", to, list(commands))

    async def fetch(self, handle: str) -> bytes:
        await self._do("fetch", None, handle)
        return b""

    async def leave(self, to: int) -> None:
        await self._do("leave", to, None)

    async def decline(self, query: str) -> None:
        await self._do("inline", None, query)


def _said(message: Message) -> str:
    return message.made["text"] if message.made is not None else message.screen.text


class Office:
    """An outbox, a line, and delivery between them; all its times are set."""

    def __init__(self, records: Records, timer: Callable[[], float]) -> None:
        self.records, self.line, self.clock, self.timer = records, Line(), SetClock(NOW), timer
        self.at_a_pace()

    def at_a_pace(self, in_chat: float = inf) -> None:
        """Begin anew at this pace in a chat."""
        pace = Pace(inf, in_chat, self.timer)
        hours = Reminders.load().sending
        self.delivery = Delivery(self.records.database, self.records.vault, self.clock, self.line, pace, ZONE, hours)

    async def chat(self, number: int = 1, screen: int | None = None, newest: int = 0, **more: Any) -> Chat:
        """Return a chat in which a screen stands; `more`: of whom it is."""
        chat = await self.records.chat(number, **more)
        chat.screen_message, chat.newest_message = screen, newest
        async with self.records.database.write() as connection:
            await self.records.chats.save(connection, [chat])
        return chat

    async def colleague(self, number: int = 9, screen: int | None = None, newest: int = 0) -> Chat:
        """Return the chat of a member of the team."""
        member: Member = await self.records.member()
        return await self.chat(number, screen, newest, member=member)

    async def put(self, *rows: Outgoing, at: datetime = NOW) -> None:
        """Put rows into the outbox."""
        async with self.records.database.write() as connection:
            await self.records.outbox.add(connection, rows, at)

    async def tells(self, chat: Chat, kind: str, said: dict[str, Any], **more: Any) -> None:
        """Put one row for a chat into the outbox."""
        await self.put(Outgoing(chat.id, kind, {"to": chat.telegram_id} | said, **more))

    async def reminder(self, number: int = 1) -> Chat:
        """Let a reminder leave: its row of the schedule, and its notice in the outbox; returns whose chat it is."""
        case = await self.records.case()
        chat = await self.chat(number, case=case)
        row = case.schedule.remind("check_in", TODAY, time(10), ZONE)
        row.state, row.notice = "leaving", f"reminder:{number}"
        await self.records.save(case)
        await self.tells(chat, "notice", saying("Dag"), key=row.notice)
        return chat

    async def ledger(self, chat: Chat) -> tuple[str, str | None]:
        """Return (state, reason) of the reminder of a chat."""
        case = await self.records.load(chat.case_id or "")
        assert case is not None
        return case.reminders[0].state, case.reminders[0].reason

    async def send(self) -> list[Done]:
        """Send one batch; returns what was done in it."""
        before = len(self.line.done)
        await self.delivery.send_batch()
        return self.line.done[before:]

    async def rows(self) -> list[tuple[str, str, str | None]]:
        """Return (kind, state, reason) of every row, oldest first."""
        async with self.records.database.read() as connection:
            found = await connection.execute(select(outbox).order_by(outbox.c.seq))
            return [(row.kind, row.state, row.reason) for row in found]

    async def waits(self) -> list[tuple[int, float]]:
        """Return (tries so far, seconds from now until the next) of every open row, oldest first."""
        async with self.records.database.read() as connection:
            found = await connection.execute(select(outbox).where(outbox.c.state == "open").order_by(outbox.c.seq))
            return [(row.attempts, (row.not_before - self.clock.now()).total_seconds()) for row in found]

    async def told(self) -> list[tuple[int, str]]:
        """Return what who helps is to hear: (whose chat, why), oldest first."""
        async with self.records.database.read() as connection:
            found = await self.records.inbox.next(connection, self.clock.now(), 100)
        updates = [row.update[OURS] for row in found]
        return [(said["telegram_id"], said["kind"]) for said in updates]

    async def standing(self, chat: Chat) -> tuple[int | None, int, bool]:
        """Return the screen of a chat, its newest message, and whether it is folded."""
        async with self.records.database.read() as connection:
            found = (await self.records.chats.by_index(connection, [chat.index]))[chat.index]
        assert found is not None
        return found.screen_message, found.newest_message, found.folded
