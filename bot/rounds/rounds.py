"""Rounds: what came in becomes turns; each is loaded, decided and written, in one transaction a round.

A turn that fails loses only its own changes. Whatever a turn decides is in the same commit as its update's end.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from bot import logs
from bot.channels import reading
from bot.rounds.begin import greet, turn_for
from bot.rounds.failures import RoundFailedError, somebodys, until_fresh
from bot.rounds.loaded import Room
from bot.steps import step
from bot.stores import Stores
from bot.writing.outcome import Outcome
from bot.writing.posted_codes import burn_posted
from bot.writing.writer import Writer
from conversations.admission import admitted
from conversations.content.content import Content
from conversations.effects.case import Change
from conversations.effects.chat import Answer, Show, TakeOut
from conversations.reads import DeferredError
from conversations.router import Router
from conversations.said import Left, Said, Tapped
from conversations.self_reporter.phone import lock
from conversations.turn import Turn
from storage.case.case_changes import StaleCaseError
from storage.clock import Clock
from storage.engines.database import Database
from storage.keys.vault import VaultError
from storage.people.chats import Chat
from storage.queues.inbox import Received
from storage.queues.outbox import Outgoing

# Updates in one round, at most one a chat.
ROUND = 64


class Rounds:
    """Turns what came in into decisions that are stored."""

    def __init__(
        self,
        database: Database,
        stores: Stores,
        clock: Clock,
        content: Content,
        router: Router,
        reads: Callable[[dict[str, Any]], Said],
        writer: Writer,
    ) -> None:
        self._database = database
        self.stores = stores
        self._clock = clock
        self.content = content
        self.router = router
        self._reads = reads
        self.writer = writer
        self.inbox = writer.inbox
        self.outbox = writer.outbox

    async def updates(self) -> int:
        """Take one round of updates; returns how many it ended."""
        try:
            return await until_fresh(partial(self._updates, ROUND))
        except (RoundFailedError, StaleCaseError):
            return await self._one_by_one()

    async def _one_by_one(self) -> int:
        """Take a round's updates each in a transaction of its own, so that the one that fails costs nobody else."""
        ended = 0
        for _ in range(ROUND):
            try:
                ended += await until_fresh(partial(self._updates, 1))
            except (RoundFailedError, StaleCaseError):
                try:
                    ended += await self._fail_first(telling=True)
                except RoundFailedError:
                    ended += await self._fail_first(telling=False)
        return ended

    async def _fail_first(self, telling: bool) -> int:
        """Count a failing try of the earliest update; `telling`: and let people know when it was the last."""
        now = self._clock.now()
        async with self._database.write() as connection:
            with somebodys():
                failed = [(row, False) for row in await self.inbox.next(connection, now, 1)]
                if telling:
                    await self.writer.write(Room(self.stores, connection, now), Outcome(failed=failed))
                else:
                    for row, hopeless in failed:
                        await self.inbox.fail(connection, row, now, hopeless)
        return len(failed)

    async def _updates(self, most: int) -> int:
        now = self._clock.now()
        async with self._database.write() as connection:
            with somebodys():
                received = await self.inbox.next(connection, now, most)
                if not received:
                    return 0
                step("round:begun")
                room = Room(self.stores, connection, now)
                chats = await self._load(room, [row.chat_index for row in received if row.chat_index])
                outcome = Outcome()
                for row in received:
                    await self._take(room, row, chats, outcome)
                step("round:decided")
                await self.writer.write(room, outcome)
                step("round:written")
        step("round:committed")
        return len(outcome.done) + len(outcome.failed)

    async def _load(self, room: Room, indexes: list[bytes]) -> dict[bytes, Chat | None]:
        chats = await self.stores.chats.by_index(room.connection, indexes) if indexes else {}
        known = [chat for chat in chats.values() if chat is not None]
        case_ids = [chat.case_id for chat in known if chat.case_id]
        room.loaded = await self.stores.cases.load(room.connection, case_ids)
        staff_ids = {chat.staff_id for chat in known if chat.staff_id}
        staff_ids |= {case.worker for case in room.loaded.values() if case.worker}
        room.members = await self.stores.team.load(room.connection, sorted(staff_ids))
        return chats

    async def _take(self, room: Room, row: Received, chats: dict[bytes, Chat | None], outcome: Outcome) -> None:
        """Decide one update; a failure is counted and costs nobody else anything."""
        if row.damaged:
            outcome.failed.append((row, True))
            return
        envelope = reading.address(row.update)
        match envelope.kind:
            case "ignored":
                outcome.done.append(row.seq)
                return
            case "broken":
                outcome.failed.append((row, True))
                return
            case "group":
                # Added to a group or a channel: out again, saying nothing about anyone.
                try:
                    outcome.notices += await burn_posted(room, self.content, reading.posted_in(row.update))
                except DeferredError:
                    return  # somebody uses it in this very round: next round
                outcome.outgoing.append(Outgoing("", "leave", {"to": envelope.chat}))
                outcome.done.append(row.seq)
                return
            case "inline":
                outcome.outgoing.append(Outgoing("", "inline", {"query": reading.query_in(row.update)}))
                outcome.done.append(row.seq)
                return
        assert envelope.chat is not None
        assert row.chat_index is not None
        try:
            chat = self._chat(row.chat_index, envelope.chat, chats, room)
            turn = await turn_for(room, chat, self.content)
            said = self._reads(row.update)
            if envelope.kind == "ours":
                await self.router.take(turn, said)
            else:
                await self._route(turn, said, row.received_at)
            await self._show(turn)
            if isinstance(said, Tapped):
                turn.decide(Answer(said.tap, turn.toast or ""))
            outcome.turns.append(turn)
            outcome.done.append(row.seq)
        except DeferredError:
            pass  # its case is held by an earlier turn of this round: next round
        except Exception as error:
            logs.get().error("a turn failed", seq=row.seq, error=type(error).__name__, where=logs.where(error))
            outcome.failed.append((row, False))

    def _chat(self, index: bytes, telegram_id: int, chats: dict[bytes, Chat | None], room: Room) -> Chat:
        """Return the chat of an update; raises VaultError when nobody can tell any more whose it is."""
        if index not in chats:
            return self.stores.chats.new(telegram_id, room.now)
        chat = chats[index]
        if chat is None:
            raise VaultError("The key of whose chat this is does not open.")
        chat.telegram_id = telegram_id  # its own note of it may be damaged
        return chat

    async def _route(self, turn: Turn, said: Said, received_at: datetime) -> None:
        chat = turn.chat
        turn.quiet_for, chat.last_seen = turn.now - chat.last_seen, turn.now
        if not chat.stored:
            greet(turn, said.language)
        newest = chat.newest_message
        if said.message is not None:
            turn.message_id, turn.written = said.message, said.written or 0
            chat.newest_message = max(chat.newest_message, said.message)
        # What is tapped stands in the chat, also when we were ended before we had noted that it arrived there.
        if isinstance(said, Tapped) and said.on is not None:
            turn.tapped = said.on
            chat.newest_message = max(chat.newest_message, said.on)
        if not turn.has_case and not isinstance(said, Left):
            chat.blocked_at = None  # a self-reporter says so (conversations/self_reporter/arrival/coming_back.py)
        lock.guard(turn)
        if admitted(turn, said, received_at):
            await self.router.take(turn, said)
        elif said.message is not None:
            chat.note(said.message, turn.now)  # not read now, and not taken out: it goes when all is swept
        if said.message is not None and TakeOut(said.message) in turn.effects:
            # It goes before anything is shown: the screen is the newest again and is edited where it stands, so that
            # the answer to typed words is no new message on a lock screen.
            chat.newest_message = newest

    async def _show(self, turn: Turn) -> None:
        """Show the screen of the place where the turn has led, and let its case be written."""
        chat = turn.chat
        if turn.moved or turn.again:
            screen = await self.router.screen(turn)
            if turn.moved:
                chat.screen += 1
            private = turn.has_case and turn.case.shares_phone is not False
            turn.decide(Show(screen, chat.screen, private))
        if turn.has_case:
            turn.decide(Change(turn.case))
