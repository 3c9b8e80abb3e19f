"""What the program has kept, read once it has ended: the queues, the cases, and what each chat should show."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.lookups.lookups import Lookups
from bot.rounds.loaded import Room
from bot.settings import Settings
from bot.stores import Stores
from bot.webchat.telegram import entities
from conversations import notices
from conversations.buttons import Buttons
from conversations.content.content import Content
from conversations.router import Router
from conversations.turn import Turn
from conversations.words.wording import words_for
from storage.case.case import Case
from storage.case.case_parts import UNSETTLED
from storage.clock import Clock
from storage.engines.database import Database
from storage.keys.vault import KeyRing
from storage.keys.wrapped_keys import open_vault
from storage.people.chats import Chat
from storage.queues.outbox import MESSAGES
from storage.schema import audit, cases, chats, due, inbox, invitations, outbox
from storage.scope import Actor

# How a reminder can end (design.md, decision 9).
ENDS = {"sent", "failed", "cancelled", "skipped", "handed_to_worker"}
# What a screen looks like: its text, and its buttons with what they mean.
Look = tuple[str, list[list[tuple[str, str]]]]


@dataclass
class Stored:
    """The database with all that opens it."""

    connection: AsyncConnection
    stores: Stores
    content: Content
    router: Router
    clock: Clock

    async def case(self, ref: str) -> tuple[Case, Chat]:
        """Return a case and the chat of whom it is about."""
        found = await self.stores.cases.find(self.connection, cases.c.ref == ref)
        case = (await self.stores.cases.load(self.connection, found))[found[0]]
        return case, (await self.stores.chats.of_cases(self.connection, [case.id]))[case.id]

    async def look(self, case: Case, chat: Chat) -> Look:
        """Return the screen that follows from what is stored, worded as a round would."""
        room = Room(self.stores, self.connection, self.clock.now(), {case.id: case})
        words = words_for(chat.language, self.content.zone)
        helper = await room.member(case.worker)
        actor = Actor("self_reporter", case.id)
        turn = Turn(room.now, chat, actor, self.content, Lookups(room, self.content), words, case, None, helper)
        screen = notices.folded(words) if chat.folded else await self.router.screen(turn)
        number = None if chat.folded else chat.screen
        keyboard = self.router.buttons.keyboard(chat.id, screen.rows, number)
        return entities.rich(screen.text)[0], [[(label, data) for label, data in row] for row in keyboard if row]

    async def invitation(self, case: Case) -> tuple[int, int]:
        """Return how many invitations of a case were used, and how many wrong years were counted."""
        tries = select(func.count(invitations.c.used_at), func.sum(invitations.c.tries))
        used, wrong = (await self.connection.execute(tries.where(invitations.c.case_id == case.id))).one()
        return used, wrong

    async def faults(self, updates: range) -> list[str]:
        """Return what is wrong with the queues, the schedule and the file itself."""
        found: list[str] = []
        states = Counter((await self.connection.execute(select(inbox.c.state))).scalars())
        if set(states) != {"done"}:
            found.append(f"inbox: {dict(states)}")
        handled = Counter((await self.connection.execute(select(inbox.c.update_id))).scalars())
        if lost := [number for number in updates if handled[number] != 1]:
            found.append(f"{len(lost)} confirmed updates are not in the inbox once: {lost[:5]}")
        kept = select(func.count()).where(inbox.c.payload.is_not(None))
        if number := (await self.connection.execute(kept)).scalar():
            found.append(f"inbox: {number} payloads are still there")
        rows = Counter((row.state, row.kind) for row in await self.connection.execute(select(outbox)))
        # What was cancelled before it left is dropped.
        if wrong := {row: n for row, n in rows.items() if row[0] not in ("sent", "superseded", "dropped")}:
            found.append(f"outbox: {wrong}")
        kept = select(func.count()).where(outbox.c.payload.is_not(None))
        if number := (await self.connection.execute(kept)).scalar():
            found.append(f"outbox: {number} payloads are still there")
        denied = select(func.count()).where(audit.c.verb.in_(("forged", "denied")))
        if number := (await self.connection.execute(denied)).scalar():
            found.append(f"audit: {number} taps of their own buttons were denied")
        if self.connection.dialect.name == "sqlite":
            found += await self._file()
        return found + await self._schedule()

    async def _file(self) -> list[str]:
        found = []
        for check, right in (("integrity_check", ["ok"]), ("foreign_key_check", [])):
            if (said := list((await self.connection.execute(text(f"PRAGMA {check}"))).scalars())) != right:
                found.append(f"{check}: {said[:3]}")
        return found

    async def _schedule(self) -> list[str]:
        found, now = [], self.clock.now()
        folds: Counter[str] = Counter()
        for row in await self.connection.execute(select(due)):
            if row.chat_id is not None:
                folds[row.chat_id] += 1
            elif row.state not in ENDS | set(UNSETTLED):
                found.append(f"schedule: {row.kind} is {row.state}")
            if row.due_at <= now and row.state in UNSETTLED:
                found.append(f"schedule: {row.kind} was due at {row.due_at} and is {row.state} at {now}")
        for chat in await self.connection.execute(select(chats)):
            if folds[chat.id] != int(chat.watched):
                found.append(f"schedule: {folds[chat.id]} folds for a chat that is {chat.watched=}")
            if chat.screen_message is not None and not chat.folded and not chat.watched:
                found.append("schedule: a screen that stands open will never fold")
        return found


async def to_be_sent(settings: Settings) -> Counter[str]:
    """Return our own ids of the chats for which a message waits: it is sent below whatever stands there, never edited.

    Such a chat may hold a message that nobody noted (bot/delivery/delivery.py, `recall`), so a screen may come there
    once more.
    """
    database = Database(settings.database_url)
    await database.open()
    try:
        async with database.read() as connection:
            waiting = select(outbox.c.chat_id).where(outbox.c.state == "open", outbox.c.kind.in_(MESSAGES)).distinct()
            return Counter((await connection.execute(waiting)).scalars())
    finally:
        await database.close()


async def unsent(settings: Settings, clock: Clock) -> int:
    """Return how much is due now, or waits for its place at the pace of its chat, and has not left."""
    database = Database(settings.database_url)
    await database.open()
    try:
        async with database.read() as connection:
            late = select(func.count()).where(due.c.state == "planned", due.c.due_at <= clock.now())
            waiting = select(func.count()).where(outbox.c.state == "open")
            return sum([int((await connection.execute(counted)).scalar_one()) for counted in (late, waiting)])
    finally:
        await database.close()


@asynccontextmanager
async def opened(settings: Settings, clock: Clock) -> AsyncIterator[Stored]:
    """What an installation that does not run has kept."""
    database = Database(settings.database_url)
    await database.open()
    try:
        stores = Stores.of(await open_vault(database, KeyRing.load(settings.master_key_file)))
        content = Content(settings.zone, sign_in=False)
        async with database.read() as connection:
            yield Stored(connection, stores, content, Router(Buttons(stores.vault)), clock)
    finally:
        await database.close()
