"""Rounds of what is due: reminders leave in turns without an update, and screens that have gone quiet fold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

from bot.channels.outgoing import showing, to_chat
from bot.lookups.lookups import Lookups
from bot.rounds import damage, monthly
from bot.rounds.begin import turn_for
from bot.rounds.failures import RoundFailedError, somebodys, until_fresh
from bot.rounds.loaded import Room
from bot.steps import step
from bot.stores import Stores
from bot.writing.outcome import Outcome
from bot.writing.saving import save_cases
from bot.writing.writer import QUIET, Writer
from conversations import notices
from conversations.content.content import Content
from conversations.effects.notice import Notice
from conversations.notices import to_administrators
from conversations.reminders.schedule import fall_due, still_helps
from conversations.turn import Turn
from conversations.words.wording import words_for
from storage.case.case import Case
from storage.case.case_changes import StaleCaseError
from storage.clock import Clock, wall
from storage.engines.database import Database
from storage.figures import cubes
from storage.people.chats import Chat
from storage.queues import due
from storage.scope import Actor, Scope

# Rows of one round.
ROUND = 200
# After so long it is looked at whether what could not be delivered still helps, and again as often.
STUCK_AFTER = timedelta(minutes=1)
# Until another look at a case that does not open.
SET_ASIDE = timedelta(hours=1)


class DueRounds:
    """Turns what is due into decisions that are stored."""

    def __init__(self, database: Database, stores: Stores, clock: Clock, content: Content, writer: Writer) -> None:
        self._database = database
        self.stores = stores
        self._clock = clock
        self.content = content
        self.writer = writer
        # The last month that is known to be published.
        self._closed: date | None = None
        # When it was last looked at what could not be delivered.
        self._looked = datetime.min.replace(tzinfo=UTC)

    async def rows(self) -> int:
        """Take one round of what is due now; returns how many rows it looked at."""
        try:
            return await until_fresh(partial(self._rows, None))
        except (RoundFailedError, StaleCaseError):
            return await self._one_by_one()

    async def _rows(self, only: str | None) -> int:
        """Decide what is due, of one case or chat `only`."""
        now = self._clock.now()
        async with self._database.write() as connection:
            with somebodys():
                rows = await due.due_now(connection, now, ROUND)
                rows = [row for row in rows if only in (None, row.case_id, row.chat_id)]
                if not rows:
                    return 0
                step("tick:begun")
                room = Room(self.stores, connection, now)
                outcome = Outcome()
                await self._remind(room, {row.case_id for row in rows if row.case_id}, outcome)
                await self._fold(room, {row.chat_id: row.id for row in rows if row.chat_id}, outcome)
                # What belongs to a case that does not open waits, and is given up in the end: the ledger says so.
                damaged = [row.id for row in rows if row.case_id and row.case_id not in room.loaded]
                await due.put_off(connection, damaged, now, wall(now, self.content.zone).date())
                await self.writer.write(room, outcome)
                step("tick:written")
        step("tick:committed")
        return len(rows)

    async def stuck(self) -> int:
        """Look, once a minute, whether what could not be delivered still helps; returns how many cases."""
        now = self._clock.now()
        if timedelta() <= now - self._looked < STUCK_AFTER:  # a clock set back does not keep it from looking
            return 0
        self._looked = now
        async with self._database.read() as connection:
            ids = await due.stuck(connection, now - STUCK_AFTER)
        return sum([await until_fresh(partial(self._stuck, ids[at : at + ROUND])) for at in range(0, len(ids), ROUND)])

    async def _stuck(self, ids: list[str]) -> int:
        now = self._clock.now()
        async with self._database.write() as connection:
            room, outcome = Room(self.stores, connection, now), Outcome()
            room.loaded = await self.stores.cases.load(connection, ids)
            for case in room.loaded.values():
                turn = await self._turn(room, case)
                if await still_helps(turn, [row for row in case.reminders if row.state == "leaving"]):
                    outcome.notices += turn.decided(Notice)
                    outcome.notices += await save_cases(room, self.content, [case])
            await self.writer.write(room, outcome)
        return len(ids)

    async def looks(self) -> int:
        """Look once more at cases for which time alone may have changed what they wait for; returns how many."""
        return await until_fresh(self._looks)

    async def _looks(self) -> int:
        now = self._clock.now()
        async with self._database.write() as connection:
            ids = await self.stores.cases.to_look_at(connection, now, ROUND)
            if ids:
                found = await self.stores.cases.load(connection, ids)
                for case in found.values():
                    case.touch("cases")
                await self.stores.cases.set_aside(connection, set(ids) - set(found), now + SET_ASIDE)
                room, outcome = Room(self.stores, connection, now, loaded=found), Outcome()
                outcome.notices += await save_cases(room, self.content, list(found.values()))
                await self.writer.write(room, outcome)
        return len(ids)

    async def morning(self) -> int:
        """Tell the members of the team whose list is due that it is ready; returns how many."""
        return await until_fresh(self._morning)

    async def _morning(self) -> int:
        now = self._clock.now()
        local, office = wall(now, self.content.zone), self.content.region.office
        if not office.is_working_day(local.date()):
            return 0
        async with self._database.read() as connection:
            if not await self.stores.team.without_digest(connection, local.date(), local.time()):
                return 0
        async with self._database.write() as connection:
            ids = await self.stores.team.without_digest(connection, local.date(), local.time())
            await self.stores.team.note_digest(connection, ids, local.date())
            room = Room(self.stores, connection, now)
            outcome = Outcome()
            if local.time() < office.closes:  # after a day without us, tomorrow's list comes soon enough
                for member_id in ids:
                    if await self._has_something(room, member_id):
                        outcome.notices.append(Notice(("staff", member_id), "digest", "today", "0"))
            await self.writer.write(room, outcome)
        return len(ids)

    async def month(self) -> int:
        """Tell the coordinators, once a month, that its report is ready; returns how many."""
        return await until_fresh(self._month)

    async def _month(self) -> int:
        now = self._clock.now()
        local = wall(now, self.content.zone)
        month = monthly.due_month(self.content, local.date(), local.time())
        if month is None or not await monthly.is_due(self._database, self.stores.team, self.content, month):
            return 0
        async with self._database.write() as connection:
            outcome = Outcome()
            outcome.notices += await monthly.tell(connection, self.stores.team, self.content, month)
            await self.writer.write(Room(self.stores, connection, now), outcome)
        return len(outcome.notices)

    async def _has_something(self, room: Room, member_id: str) -> bool:
        lookups, member = Lookups(room, self.content), await room.member(member_id)
        if member is None:
            return False
        today = wall(room.now, self.content.zone).date()
        if any(cover.away == member.id for cover in await room.covers(today)):
            return False
        covered = await lookups.covered_by(member.id, today)
        lists = lookups.lists(Scope(Actor(member.role, member.id, member.area, covered), room.now), today)
        return bool(await lists.count("today") or (await lists.own_actions()).number or await lists.asked())

    async def alarms(self) -> int:
        """Tell the coordinators, once, of what nobody has seen to within its norm; returns how many cases."""
        return await until_fresh(self._alarms)

    async def _alarms(self) -> int:
        now = self._clock.now()
        async with self._database.read() as connection:
            if not await self.stores.cases.late(connection, now, 1):
                return 0
        async with self._database.write() as connection:
            ids = await self.stores.cases.late(connection, now, ROUND)
            room = Room(self.stores, connection, now, await self.stores.cases.load(connection, ids))
            await self.stores.cases.set_aside(connection, set(ids) - set(room.loaded), now + SET_ASIDE)
            lookups, outcome = Lookups(room, self.content), Outcome()
            for case in room.loaded.values():
                case.attention.alarm()
                to_them = await lookups.coordinators(case) or await lookups.helpers(case)
                outcome.notices += [Notice(("staff", m.id), "late", "case", case.ref) for m in to_them]
            outcome.notices += await save_cases(room, self.content, list(room.loaded.values()))
            await self.writer.write(room, outcome)
        return len(ids)

    async def damage(self) -> int:
        """Tell the administrators of what does not open any more; returns how many rows were met."""
        met = self.stores.vault.ring.damage.take()
        if met:
            async with self._database.write() as connection:
                told = Outcome(notices=await damage.tell(connection, self.stores, met))
                await self.writer.write(Room(self.stores, connection, self._clock.now()), told)
        return len(met)

    async def alert(self) -> None:
        """Let the administrators know that something is to be looked at: the log says what."""
        async with self._database.write() as connection:
            room = Room(self.stores, connection, self._clock.now())
            told = to_administrators(await self.stores.team.all(connection))
            await self.writer.write(room, Outcome(notices=told))

    async def close_month(self) -> None:
        """Publish the figures of a month that has ended, once: from then on they stay (storage/figures/cubes.py)."""
        today = wall(self._clock.now(), self.content.zone).date()
        closed = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
        if self._closed == closed:
            return
        async with self._database.write() as connection:
            last = await cubes.last_closed(connection)
            if last is None or last < closed:
                await cubes.publish(connection, closed)
        self._closed = closed

    async def _one_by_one(self) -> int:
        """Decide what is due case by case: the one that fails is put off, and costs nobody else a reminder."""
        now = self._clock.now()
        async with self._database.read() as connection:
            rows = await due.due_now(connection, now, ROUND)
        for owner in dict.fromkeys(row.case_id or row.chat_id for row in rows):
            try:
                await until_fresh(partial(self._rows, owner))
            except (RoundFailedError, StaleCaseError):
                async with self._database.write() as connection:
                    mine = [row.id for row in rows if owner in (row.case_id, row.chat_id)]
                    await due.put_off(connection, mine, now, wall(now, self.content.zone).date())
        return len(rows)

    async def _remind(self, room: Room, case_ids: set[str], outcome: Outcome) -> None:
        """Let all reminders of a case that are due leave together."""
        room.loaded = await self.stores.cases.load(room.connection, case_ids)
        chats = await self.stores.chats.of_cases(room.connection, case_ids)
        for case in room.loaded.values():
            turn = await self._turn(room, case, chats.get(case.id))
            ready = [row for row in case.reminders if row.state == "planned" and row.due_at <= room.now]
            await fall_due(turn, ready)
            # Nothing of the chat changes: the notice stands on its own.
            outcome.notices += turn.decided(Notice)
            outcome.notices += await save_cases(room, self.content, [case])

    async def _turn(self, room: Room, case: Case, chat: Chat | None = None) -> Turn:
        """Return a turn about a case, without an update."""
        turn = await turn_for(room, chat or self.stores.chats.new(0, room.now), self.content)
        turn.own_case = case
        turn.helper = await room.member(case.worker)
        return turn

    async def _fold(self, room: Room, chats: dict[str, str], outcome: Outcome) -> None:
        """Fold the screens of chats that have gone quiet; look again later at the others."""
        ended = []
        found = await self.stores.chats.by_id(room.connection, chats)
        ended += [row for chat_id, row in chats.items() if chat_id not in {chat.id for chat in found}]
        for chat in found:
            if room.now - chat.last_seen < QUIET:
                await due.replan(room.connection, chats[chat.id], chat.last_seen + QUIET)
                continue
            ended.append(chats[chat.id])
            chat.watched = False
            if chat.screen_message is not None and not chat.folded and chat.blocked_at is None:
                folded = notices.folded(words_for(chat.language, self.content.zone))
                outcome.outgoing.append(to_chat(chat, "fold", showing(folded)))
            await self.stores.chats.save(room.connection, [chat])
        await due.drop(room.connection, ended)
