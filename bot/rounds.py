"""Rounds: what came in and what is due become turns; each is loaded, decided and written, in one transaction a round.

A turn that fails loses only its own changes. Whatever a turn decides is in the same commit as its update's end.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection
from telegram import Update
from telegram.ext import Application

from bot import logs
from bot.desk import Desk, Room, Stores
from bot.envelope import ALLOWED_UPDATES, read_envelope
from bot.steps import step
from conversations import notices
from conversations.menus import menu
from conversations.router import CURRENT, Router
from conversations.self_reporter.reminders import fall_due
from conversations.turn import Content, DeferredError, Notice, Screen, Turn
from conversations.undelivered import not_delivered
from conversations.wording import LANGUAGES, Words, words_for
from storage import audit, due
from storage.case import Case
from storage.cases import StaleCaseError
from storage.chats import Chat
from storage.clock import Clock, wall
from storage.database import Database
from storage.erasure import ErasureLedger, erase
from storage.inbox import Inbox, Received
from storage.outbox import Outbox, Outgoing
from storage.scope import STRANGER, Actor

# Updates in one round, at most one a chat; due rows in one round.
ROUND, DUE_ROUND = 64, 200
# A screen that nobody has touched for this long folds to a neutral line.
QUIET = timedelta(minutes=15)
# Somebody else wrote a case of the round in between: decide again, this often.
STALE_TRIES = 3


@dataclass(slots=True)
class Decided:
    """A turn with what goes out because of it."""

    turn: Turn
    outgoing: list[Outgoing] = field(default_factory=list)


@dataclass(slots=True)
class Outcome:
    """All that one round writes."""

    decided: list[Decided] = field(default_factory=list)
    outgoing: list[Outgoing] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    failed: list[tuple[Received, bool]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


class RoundFailedError(Exception):
    """One of a round's updates cannot be loaded or written: take them one by one."""


@contextmanager
def _somebodys() -> Iterator[None]:
    """Tell what somebody's update makes fail from a database that does not answer, which is nobody's.

    What fails only when it is loaded or written would otherwise fail its round, with everybody in it, for ever.
    """
    try:
        yield
    except (StaleCaseError, OperationalError, InterfaceError):
        raise
    except Exception as error:
        logs.get().error("a round failed", error=type(error).__name__, where=logs.where(error))
        raise RoundFailedError from error


class Rounds:
    """Turns what is stored into decisions that are stored."""

    def __init__(
        self,
        database: Database,
        stores: Stores,
        clock: Clock,
        content: Content,
        router: Router,
        application: Application[Any, Any, Any, Any, Any, Any],
        erasures: ErasureLedger,
    ) -> None:
        self._database = database
        self._stores = stores
        self._clock = clock
        self._content = content
        self._router = router
        self._application = application
        self._erasures = erasures
        self.inbox = Inbox(stores.vault)
        self.outbox = Outbox(stores.vault)

    async def updates(self) -> int:
        """Take one round of updates; returns how many it ended."""
        try:
            return await self._until_fresh(partial(self._updates, ROUND))
        except (RoundFailedError, StaleCaseError):
            return await self._one_by_one()

    async def due_rows(self) -> int:
        """Take one round of what is due now; returns how many rows it looked at."""
        try:
            return await self._until_fresh(partial(self._due_rows, None))
        except (RoundFailedError, StaleCaseError):
            return await self._due_one_by_one()

    async def _until_fresh(self, attempt: Callable[[], Awaitable[int]]) -> int:
        for _ in range(STALE_TRIES - 1):
            try:
                return await attempt()
            except StaleCaseError:
                logs.get().info("a case changed in between, deciding again")
        return await attempt()

    # Updates.

    async def _one_by_one(self) -> int:
        """Take a round's updates each in a transaction of its own, so that the one that fails costs nobody else."""
        ended = 0
        for _ in range(ROUND):
            try:
                ended += await self._until_fresh(partial(self._updates, 1))
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
            with _somebodys():
                failed = [(row, False) for row in await self.inbox.next(connection, now, 1)]
                if telling:
                    await self._write(Room(self._stores, connection, now), Outcome(failed=failed))
                else:
                    for row, hopeless in failed:
                        await self.inbox.fail(connection, row, now, hopeless)
        return len(failed)

    async def _updates(self, most: int) -> int:
        now = self._clock.now()
        async with self._database.write() as connection:
            with _somebodys():
                received = await self.inbox.next(connection, now, most)
                if not received:
                    return 0
                step("round:begun")
                room = Room(self._stores, connection, now)
                chats = await self._load(room, [row.chat_index for row in received if row.chat_index])
                outcome = Outcome()
                for row in received:
                    await self._take(room, row, chats, outcome)
                step("round:decided")
                await self._write(room, outcome)
                step("round:written")
        step("round:committed")
        return len(outcome.done) + len(outcome.failed)

    async def _load(self, room: Room, indexes: list[bytes]) -> dict[bytes, Chat]:
        chats = await self._stores.chats.by_index(room.connection, indexes) if indexes else {}
        case_ids = [chat.case_id for chat in chats.values() if chat.case_id]
        room.loaded = await self._stores.cases.load(room.connection, case_ids)
        staff_ids = {chat.staff_id for chat in chats.values() if chat.staff_id}
        staff_ids |= {case.worker for case in room.loaded.values() if case.worker}
        room.members = await self._stores.team.load(room.connection, sorted(staff_ids))
        return chats

    async def _take(self, room: Room, row: Received, chats: dict[bytes, Chat], outcome: Outcome) -> None:
        """Decide one update; a failure is counted and costs nobody else anything."""
        envelope = read_envelope(row.update)
        match envelope.kind:
            case "ignored":
                outcome.done.append(row.seq)
                return
            case "broken":
                outcome.failed.append((row, True))
                return
            case "group":
                # Added to a group or a channel: out again, saying nothing about anyone.
                outcome.outgoing.append(Outgoing("", "leave", {"chat_id": envelope.chat}))
                outcome.done.append(row.seq)
                return
            case "inline":
                query = {"inline_query_id": row.update["inline_query"]["id"], "results": [], "cache_time": 0}
                outcome.outgoing.append(Outgoing("", "inline", query))
                outcome.done.append(row.seq)
                return
        assert envelope.chat is not None
        assert row.chat_index is not None
        chat = chats.get(row.chat_index) or self._stores.chats.new(envelope.chat, room.now)
        try:
            turn = await self._turn(room, chat)
            if envelope.kind == "ours":
                await not_delivered(turn, row.update["voorzorg"]["kind"])
            else:
                await self._route(turn, row.update)
            decided = await self._decide(turn)
            if "callback_query" in row.update:
                answer = {"callback_query_id": row.update["callback_query"]["id"], "text": turn.toast or ""}
                decided.outgoing.insert(0, Outgoing(chat.id, "answer", answer))
            outcome.decided.append(decided)
            outcome.done.append(row.seq)
        except DeferredError:
            pass  # its case is held by an earlier turn of this round: next round
        except Exception as error:
            logs.get().error("a turn failed", seq=row.seq, error=type(error).__name__, where=logs.where(error))
            outcome.failed.append((row, False))

    async def _route(self, turn: Turn, raw: dict[str, Any]) -> None:
        chat = turn.chat
        chat.last_seen = turn.now
        if not chat.stored:
            self._greet(turn, raw)
        message = raw.get("message") or {}
        if isinstance(identity := message.get("message_id"), int):
            turn.message_id = identity
            chat.newest_message = max(chat.newest_message, identity)
        # What is tapped stands in the chat, also when we were ended before we had noted that it arrived there.
        tapped = (raw.get("callback_query") or {}).get("message") or {}
        if isinstance(shown := tapped.get("message_id"), int):
            chat.newest_message = max(chat.newest_message, shown)
        if "my_chat_member" not in raw and chat.blocked_at is not None:
            chat.blocked_at = None
            if turn.case is not None:
                turn.case.reached(True, turn.now)
        update = Update.de_json(raw, self._application.bot)
        token = CURRENT.set(turn)
        try:
            await self._application.process_update(update)
        finally:
            CURRENT.reset(token)

    @staticmethod
    def _greet(turn: Turn, raw: dict[str, Any]) -> None:
        """Meet somebody in the language of their telephone, when we have it."""
        content: dict[str, Any] = next((raw[kind] for kind in ALLOWED_UPDATES if kind in raw), {})
        spoken = str((content.get("from") or {}).get("language_code", ""))[:2]
        if spoken in LANGUAGES:
            turn.speak(spoken)

    async def _turn(self, room: Room, chat: Chat) -> Turn:
        desk = Desk(room)
        actor, case, helper, member = STRANGER, None, None, None
        if chat.case_id:
            desk.hold_own(chat.case_id)
            case = room.loaded.get(chat.case_id)
            if case is not None:
                actor = Actor("self_reporter", case.id)
                helper = await room.member(case.worker)
        elif chat.staff_id:
            desk.hold_own(chat.staff_id)
            member = await room.member(chat.staff_id)
            if member is not None:
                actor = Actor(member.role, member.id, member.area)
        words = self._words_of(chat.language)
        return Turn(room.now, chat, actor, self._content, desk, words, case, member, helper)

    def _words_of(self, language: str) -> Words:
        return words_for(language, self._content.zone)

    async def _decide(self, turn: Turn) -> Decided:
        """Show the screen of the place where the turn has led, and gather what goes out."""
        decided = Decided(turn)
        chat = turn.chat
        for kind, message_id in turn.tidy:
            payload: dict[str, Any] = {"chat_id": chat.telegram_id, "message_id": message_id}
            if kind == "clear":
                payload |= self._message(chat, notices.superseded(turn.words), None)
            decided.outgoing.append(Outgoing(chat.id, kind, payload))
        if turn.moved or turn.again:
            screen = await self._router.screen(turn)
            if turn.moved:
                chat.screen += 1
            payload = {"chat_id": chat.telegram_id} | self._message(chat, screen, chat.screen)
            decided.outgoing.append(Outgoing(chat.id, "screen", payload))
        return decided

    def _message(self, chat: Chat, screen: Screen, number: int | None) -> dict[str, Any]:
        keyboard = self._router.buttons.keyboard(chat.id, screen.rows, number)
        rows = [[{"text": label, "callback_data": data} for label, data in row] for row in keyboard]
        message: dict[str, Any] = {
            "text": screen.text,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        return message | {"reply_markup": {"inline_keyboard": rows}}

    # What is due.

    async def _due_rows(self, only: str | None) -> int:
        """Decide what is due, of one case or chat `only`."""
        now = self._clock.now()
        async with self._database.write() as connection:
            with _somebodys():
                rows = await due.due_now(connection, now, DUE_ROUND)
                rows = [row for row in rows if only in (None, row.case_id, row.chat_id)]
                if not rows:
                    return 0
                step("tick:begun")
                room = Room(self._stores, connection, now)
                outcome = Outcome()
                await self._remind(room, {row.case_id for row in rows if row.case_id}, outcome)
                await self._fold(room, {row.chat_id: row.id for row in rows if row.chat_id}, outcome)
                await self._write(room, outcome)
                step("tick:written")
        step("tick:committed")
        return len(rows)

    async def _due_one_by_one(self) -> int:
        """Decide what is due case by case: the one that fails is put off, and costs nobody else a reminder."""
        now = self._clock.now()
        async with self._database.read() as connection:
            rows = await due.due_now(connection, now, DUE_ROUND)
        for owner in dict.fromkeys(row.case_id or row.chat_id for row in rows):
            try:
                await self._until_fresh(partial(self._due_rows, owner))
            except (RoundFailedError, StaleCaseError):
                async with self._database.write() as connection:
                    mine = [row.id for row in rows if owner in (row.case_id, row.chat_id)]
                    await due.put_off(connection, mine, now, wall(now, self._content.zone).date())
        return len(rows)

    async def _remind(self, room: Room, case_ids: set[str], outcome: Outcome) -> None:
        """Let all reminders of a case that are due leave together."""
        room.loaded = await self._stores.cases.load(room.connection, case_ids)
        chats = await self._stores.chats.of_cases(room.connection, case_ids)
        for case in room.loaded.values():
            chat = chats.get(case.id) or self._stores.chats.new(0, room.now)
            turn = await self._turn(room, chat)
            turn.case = case
            turn.helper = await room.member(case.worker)
            ready = [row for row in case.reminders if row.state == "planned" and row.due_at <= room.now]
            await fall_due(turn, ready)
            # Nothing of the chat changes: the notice stands on its own.
            outcome.notices += turn.notices
            await self._save_cases(room, [case])

    async def _fold(self, room: Room, chats: dict[str, str], outcome: Outcome) -> None:
        """Fold the screens of chats that have gone quiet; look again later at the others."""
        ended = []
        for chat in await self._stores.chats.by_id(room.connection, chats):
            if room.now - chat.last_seen < QUIET:
                await due.replan(room.connection, chats[chat.id], chat.last_seen + QUIET)
                continue
            ended.append(chats[chat.id])
            chat.watched = False
            if chat.screen_message is not None and not chat.folded and chat.blocked_at is None:
                payload = {"chat_id": chat.telegram_id, "message_id": chat.screen_message}
                payload |= self._message(chat, notices.folded(self._words_of(chat.language)), None)
                outcome.outgoing.append(Outgoing(chat.id, "fold", payload))
            await self._stores.chats.save(room.connection, [chat])
        await due.drop(room.connection, ended)

    # Writing.

    async def _save_cases(self, room: Room, changed: list[Case]) -> None:
        today = wall(room.now, self._content.zone).date()
        await self._stores.cases.save(room.connection, changed, room.now, today)

    async def _write(self, room: Room, outcome: Outcome) -> None:
        for gone in [d for d in outcome.decided if d.turn.erased is not None]:
            outcome.decided.remove(gone)
            await self._erase(room, gone, outcome)
        connection, turns = room.connection, [d.turn for d in outcome.decided]
        changed = {case.id: case for turn in turns for case in (turn.case, *turn.cases) if case is not None}
        await self._save_cases(room, list(changed.values()))
        members = [turn.member for turn in turns if turn.member is not None and turn.member_changed]
        await self._stores.team.save(connection, members)
        for turn in turns:
            await self._bind(room, turn, outcome)
        watch = [turn.chat for turn in turns if (turn.moved or turn.again) and not turn.chat.watched]
        for chat in watch:
            chat.watched = True
        await self._stores.chats.save(connection, [turn.chat for turn in turns])
        await due.plan_fold(connection, [chat.id for chat in watch], room.now + QUIET, self._content.zone)
        for row, hopeless in outcome.failed:
            if await self.inbox.fail(connection, row, room.now, hopeless):
                await self._park(room, row, outcome)
        outgoing = [thing for decided in outcome.decided for thing in decided.outgoing] + outcome.outgoing
        wanted = [notice for turn in turns for notice in turn.notices] + outcome.notices
        outgoing += await self._word(connection, wanted)
        await self.outbox.add(connection, outgoing, room.now)
        await self.inbox.finish(connection, outcome.done)
        await audit.write(connection, [entry for turn in turns for entry in turn.trail], room.now)

    async def _erase(self, room: Room, gone: Decided, outcome: Outcome) -> None:
        """Erase a case with its chat; the goodbye and the tidying go out without either."""
        turn, case = gone.turn, gone.turn.erased
        assert case is not None
        today = wall(room.now, self._content.zone).date()
        self._erasures.note(case.identity.number, today)
        await erase(room.connection, case, (turn.chat.id, turn.chat.index))
        outcome.notices += turn.notices
        answers = [thing for thing in gone.outgoing if thing.kind == "answer"]
        payload: dict[str, Any] = {"chat_id": turn.chat.telegram_id}
        farewell = payload | self._message(turn.chat, notices.goodbye(turn.words), None)
        menu_of_strangers = {"scope": {"type": "chat", **payload}, "commands": menu(turn.words, "stranger")}
        outcome.outgoing += [Outgoing("", thing.kind, thing.payload) for thing in answers]
        if turn.chat.screen_message is not None:
            screen = payload | {"message_id": turn.chat.screen_message}
            outcome.outgoing.append(Outgoing("", "clear", screen | {"text": notices.superseded(turn.words).text}))
        outcome.outgoing += [Outgoing("", "menu", menu_of_strangers), Outgoing("", "notice", farewell)]
        await audit.write(room.connection, [audit.Entry(case.id, "chat", "erase", case.ref)], room.now)

    async def _bind(self, room: Room, turn: Turn, outcome: Outcome) -> None:
        """Use invitations up, seal the chat under its owner's key, and let a former phone of the owner go."""
        for invitation in turn.missed:
            await self._stores.invitations.miss(room.connection, invitation, room.now)
        for invitation, owner in turn.used:
            if not await self._stores.invitations.use(room.connection, invitation, room.now):
                raise StaleCaseError
            assert owner.subject is not None
            turn.chat.subject = owner.subject
            scope = {"type": "chat", "chat_id": turn.chat.telegram_id}
            commands = {"scope": scope, "commands": menu(turn.words, turn.actor.role)}
            outcome.outgoing.append(Outgoing(turn.chat.id, "menu", commands))
            find = self._stores.chats.of_cases if isinstance(owner, Case) else self._stores.chats.of_staff
            former = (await find(room.connection, [owner.id])).get(owner.id)
            if former is not None and former.id != turn.chat.id:
                if former.screen_message is not None:
                    payload = {"chat_id": former.telegram_id, "message_id": former.screen_message}
                    payload |= self._message(former, notices.superseded(self._words_of(former.language)), None)
                    outcome.outgoing.append(Outgoing(former.id, "clear", payload))
                await self._stores.chats.forget(room.connection, former)

    async def _park(self, room: Room, row: Received, outcome: Outcome) -> None:
        """Give an update up: one plain sentence to the person, and an alert to staff."""
        logs.get().error("an update is parked", seq=row.seq)
        room.members |= {m.id: m for m in await self._stores.team.all(room.connection)}
        told = [m for m in room.members.values() if m.active and m.role == "administrator"]
        outcome.notices += [Notice(("staff", m.id), "alert", notices.UNFOLD) for m in told]
        envelope = read_envelope(row.update)
        if envelope.kind != "private" or row.chat_index is None or envelope.chat is None:
            return
        known = await self._stores.chats.by_index(room.connection, [row.chat_index])
        chat = known.get(row.chat_index)
        if chat is None:
            chat = self._stores.chats.new(envelope.chat, room.now)
            await self._stores.chats.save(room.connection, [chat])
        if chat.case_id:
            cases = await self._stores.cases.load(room.connection, [chat.case_id])
            if case := cases.get(chat.case_id):
                helpers = await Desk(Room(self._stores, room.connection, room.now)).helpers(case)
                outcome.notices += [Notice(("staff", m.id), "alert", "case", case.ref) for m in helpers]
        words = self._words_of(chat.language)
        screen = notices.apology(words, self._content.region.contact(None).telephone)
        payload = {"chat_id": chat.telegram_id} | self._message(chat, screen, None)
        outcome.outgoing.append(Outgoing(chat.id, "notice", payload))

    async def _word(self, connection: AsyncConnection, wanted: list[Notice]) -> list[Outgoing]:
        """Word notices in the language of who gets them; who has no chat finds it in their list."""
        if not wanted:
            return []
        to_cases = await self._stores.chats.of_cases(connection, {n.to[1] for n in wanted if n.to[0] == "case"})
        to_staff = await self._stores.chats.of_staff(connection, {n.to[1] for n in wanted if n.to[0] == "staff"})
        outgoing = []
        for notice in wanted:
            chat = (to_cases if notice.to[0] == "case" else to_staff).get(notice.to[1])
            if chat is not None and chat.blocked_at is None:
                screen = notices.worded(self._words_of(chat.language), notice)
                payload = {"chat_id": chat.telegram_id} | self._message(chat, screen, None)
                outgoing.append(Outgoing(chat.id, "notice", payload, notice.key))
        return outgoing
