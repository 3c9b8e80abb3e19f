"""What a round has come to, and how it is written: with the updates' end, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import logs
from bot.channels.telegram.envelope import read_envelope
from bot.channels.telegram.render import message_of
from bot.lookups.lookups import Desk
from bot.rounds.loaded import Room
from bot.stores import Stores
from bot.writing.coordination import keep_office_work, picture
from bot.writing.erasing import erase_person, mentions
from bot.writing.new_phones import answer_phones, leave
from conversations import notices
from conversations.buttons import Buttons
from conversations.menus import menu
from conversations.reminders import home_checks
from conversations.rules import checklist_rules
from conversations.rules.flags import pressing, review
from conversations.rules.hours import next_open
from conversations.rules.norms import attend_by
from conversations.self_reporter.day import perhaps_free
from conversations.self_reporter.phrases import helper
from conversations.turn import Content, Notice, Screen, Turn
from conversations.words.wording import Words, words_for
from storage import audit
from storage.case.case import Case
from storage.case.cases import StaleCaseError
from storage.case.handed import settle_handed
from storage.clock import wall
from storage.keys.erasure import ErasureLedger
from storage.people import covers
from storage.people.chats import Chat
from storage.people.guesses import Guesses
from storage.people.stopped import stopped
from storage.queues import due
from storage.queues.inbox import Inbox, Received
from storage.queues.outbox import MESSAGES, Outbox, Outgoing

# A screen that nobody has touched for this long folds to a neutral line.
QUIET = timedelta(minutes=15)
# How long an invitation lives that was made in a chat (design.md, Invitations).
INVITED = timedelta(days=7)


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


class Writer:
    """Writes outcomes."""

    def __init__(self, stores: Stores, content: Content, buttons: Buttons, erasures: ErasureLedger) -> None:
        self._stores = self.stores = stores
        self._content = self.content = content
        self._buttons = buttons
        self._erasures = erasures
        self.inbox = Inbox(stores.vault)
        self.outbox = Outbox(stores.vault)

    async def write(self, room: Room, outcome: Outcome) -> None:
        refs = set()
        for gone in [d for d in outcome.decided if d.turn.erased is not None]:
            outcome.decided.remove(gone)
            await self._erase(room, gone, outcome)
            assert gone.turn.erased is not None
            refs.add(gone.turn.erased.ref)
        connection, turns = room.connection, [d.turn for d in outcome.decided]
        changed = {case.id: case for turn in turns for case in (turn.case, *turn.cases) if case is not None}
        await self._stores.cases.add(connection, room.keys)
        outcome.notices += await self.save_cases(room, list(changed.values()))
        await self._keep_the_rest(room, turns, outcome)
        members = [turn.member for turn in turns if turn.member is not None and turn.member_changed]
        await self._stores.team.save(connection, members)
        for turn in turns:
            await self._bind(room, turn, outcome)
            await self._hand_chats(room, turn)
            await answer_phones(self, room, turn, outcome)
        guessed = [turn.guessed for turn in turns if turn.guessed is not None]
        await Guesses(self._stores.vault).count(connection, guessed, room.now)
        if guessed and await self._stores.invitations.count_wrong(connection, len(guessed), room.now):
            outcome.notices += notices.to_administrators(await self._stores.team.all(connection))
        watch = [turn.chat for turn in turns if (turn.moved or turn.again) and not turn.chat.watched]
        for chat in watch:
            chat.watched = True
        await self._stores.chats.save(connection, [turn.chat for turn in turns])
        await due.plan_fold(connection, [chat.id for chat in watch], room.now + QUIET, self._content.zone)
        for row, hopeless in outcome.failed:
            if await self.inbox.fail(connection, row, room.now, hopeless):
                await self._park(room, row, outcome)
        outgoing = [thing for decided in outcome.decided for thing in decided.outgoing] + outcome.outgoing
        if refs:  # what colleagues were to see of them in this very round
            outgoing = [
                thing for thing in outgoing if not (thing.chat_id and thing.kind in MESSAGES and mentions(thing, refs))
            ]
        wanted = [notice for turn in turns for notice in turn.notices] + outcome.notices
        outgoing += await self.word(connection, wanted, room.now)
        await self.outbox.add(connection, outgoing, room.now)
        await self.inbox.finish(connection, outcome.done)
        await audit.write(connection, [entry for turn in turns for entry in turn.trail], room.now)

    async def _keep_the_rest(self, room: Room, turns: list[Turn], outcome: Outcome) -> None:
        """Keep what hangs from no case, and put on its way what who acts asked to be made."""
        connection = room.connection
        await self._stores.bottlenecks.save(connection, [told for turn in turns for told in turn.bottlenecks])
        for turn in turns:
            await keep_office_work(self, room, turn, outcome)
            for away in turn.back_from:
                await covers.end(connection, away)
            for cover in turn.covers:
                await covers.arrange(connection, cover)
            for case in turn.invited:
                until = room.now + INVITED
                fresh = await self._stores.invitations.make(connection, room.now, until, case_id=case.id)
                outcome.outgoing.append(await picture(connection, turn, fresh))
            for made in turn.documents:
                file = {"template": made.template, **made.data}
                # Whom it is about, for when one of them is erased before it has left (bot/writing/erasing.py).
                about = [case.ref for case in (turn.case, *turn.cases) if case is not None]
                payload = {"document": file, "file_name": made.file_name, "caption": made.caption, "about": about}
                outcome.outgoing.append(
                    Outgoing(turn.chat.id, "document", {"chat_id": turn.chat.telegram_id} | payload)
                )

    async def save_cases(self, room: Room, changed: list[Case]) -> list[Notice]:
        """Write cases, each with its flags, what is still to be asked, and by when somebody must have seen to it.

        Returns what is to be told of: a flag that is urgent and new, a reminder of the day that nobody opened, and to a
        prison what it reads no more.
        """
        told: list[Notice] = []
        unopened = {case.id for case in changed if "not_opened" in case.waiting}
        today, checklist = wall(room.now, self._content.zone).date(), self._content.checklist
        for case in changed:
            if case.touched:
                raised = review(checklist, case, room.now, self._content.zone)
                if any(flag.level == "urgent" for flag in raised):
                    to_them = await Desk(room, self._content).helpers(case)
                    told += [Notice(("staff", m.id), "alert", "case", case.ref) for m in to_them]
                settle_handed(case, room.now, self._content.zone)
                perhaps_free.plan(case, room.now, self._content.zone)
                home_checks.plan(case, room.now, self._content.zone)
                for prison in case.tell_ends(room.now):
                    to_them = await Desk(room, self._content).casemanagers(prison)
                    told += [Notice(("staff", m.id), "unshared", "no_longer", case.ref) for m in to_them]
                self._content.facts.keep(case)
                case.attend(attend_by(case, self._content))
                case.press(pressing(checklist, case, today))
                if case.answers or case.joined_at:
                    situation = checklist_rules.usual_situation(case, today)
                    case.count_questions(checklist_rules.questions_left(checklist, case.answers, situation))
        await self._stores.cases.save(room.connection, changed, room.now, self._content.zone)
        for case in changed:
            # Today is the last on which somebody can call: this does not wait for tomorrow's list.
            if "not_opened" in case.waiting and case.id not in unopened:
                to_them = await Desk(room, self._content).helpers(case)
                told += [Notice(("staff", m.id), "alert", "case", case.ref) for m in to_them]
        return told

    def message(self, chat: Chat, screen: Screen, number: int | None) -> dict[str, Any]:
        return message_of(self._buttons, chat.id, screen, number)

    def words_of(self, language: str) -> Words:
        return words_for(language, self._content.zone)

    def menu(self, chat: Chat, role: str) -> dict[str, Any]:
        """Return what gives a chat the menu of a role, in its language."""
        scope = {"type": "chat", "chat_id": chat.telegram_id}
        return {"scope": scope, "commands": menu(self.words_of(chat.language), role)}

    async def _erase(self, room: Room, gone: Decided, outcome: Outcome) -> None:
        """Erase a case with its chat; the goodbye and the tidying go out without either."""
        turn, case = gone.turn, gone.turn.erased
        assert case is not None
        zone = self._content.zone
        today = wall(room.now, zone).date()
        outcome.outgoing += await erase_person(
            room.connection, self._stores, self._erasures, case, turn.chat, today, zone
        )
        outcome.notices += turn.notices
        answers = [thing for thing in gone.outgoing if thing.kind in ("answer", "delete", "clear")]
        payload: dict[str, Any] = {"chat_id": turn.chat.telegram_id}
        farewell = payload | self.message(turn.chat, notices.goodbye(turn.words, helper(turn)), None)
        outcome.outgoing += [Outgoing("", thing.kind, thing.payload) for thing in answers]
        if turn.chat.screen_message is not None:
            screen = payload | {"message_id": turn.chat.screen_message}
            outcome.outgoing.append(Outgoing("", "clear", screen | {"text": notices.superseded(turn.words).text}))
        if standing := turn.chat.sweep(room.now):
            outcome.outgoing.append(Outgoing("", "sweep", payload | {"message_ids": standing}))
        outcome.outgoing += [
            Outgoing("", "menu", self.menu(turn.chat, "stranger")),
            Outgoing("", "notice", farewell),
        ]
        await audit.write(room.connection, [audit.Entry(case.id, "chat", "erase", case.ref)], room.now)

    async def _bind(self, room: Room, turn: Turn, outcome: Outcome) -> None:
        """Use invitations up, seal the chat under its owner's key, and let a former phone of the owner go."""
        for invitation in turn.missed:
            await self._stores.invitations.miss(room.connection, invitation, room.now)
        for invitation in turn.spent:
            if not await self._stores.invitations.use(room.connection, invitation, room.now):
                raise StaleCaseError
        for invitation, owner in turn.used:
            if not await self._stores.invitations.use(room.connection, invitation, room.now):
                raise StaleCaseError
            assert owner.subject is not None
            turn.chat.subject = owner.subject
            outcome.outgoing.append(Outgoing(turn.chat.id, "menu", self.menu(turn.chat, turn.actor.role)))
            find = self._stores.chats.of_cases if isinstance(owner, Case) else self._stores.chats.of_staff
            former = (await find(room.connection, [owner.id])).get(owner.id)
            if former is not None and former.id != turn.chat.id:
                await leave(self, room, former, outcome, self._content.region.contact(None).telephone)

    async def _hand_chats(self, room: Room, turn: Turn) -> None:
        """Seal chats under the key of the case that they go on with, at its first question."""
        for former, case in turn.handed_chats:
            chat = (await self._stores.chats.of_cases(room.connection, [former.id])).get(former.id)
            if chat is None or case.subject is None:
                raise StaleCaseError
            chat.case_id, chat.subject, chat.place = case.id, case.subject, {"kind": "phone"}
            chat.screen += 1  # what stands there is about the former case: its buttons are old
            await self._stores.chats.save(room.connection, [chat])
            await self._stores.invitations.end(room.connection, case.id, room.now)

    async def _park(self, room: Room, row: Received, outcome: Outcome) -> None:
        """Give an update up: one plain sentence to the person, and an alert to staff."""
        logs.get().error("an update is parked", seq=row.seq)
        room.members |= {m.id: m for m in await self._stores.team.all(room.connection)}
        outcome.notices += notices.to_administrators(room.members.values())
        envelope = read_envelope(row.update)
        if row.chat_index is None or not (row.damaged or (envelope.kind == "private" and envelope.chat is not None)):
            return
        known = await self._stores.chats.by_index(room.connection, [row.chat_index])
        chat = known.get(row.chat_index)
        if chat is not None and envelope.chat is not None:
            chat.telegram_id = envelope.chat
        if chat is None and row.chat_index not in known and envelope.chat is not None:
            chat = self._stores.chats.new(envelope.chat, room.now)
            await self._stores.chats.save(room.connection, [chat])
        if chat is None or not chat.telegram_id:
            return  # nobody can tell any more who that is
        if chat.case_id:
            cases = await self._stores.cases.load(room.connection, [chat.case_id])
            if case := cases.get(chat.case_id):
                helpers = await Desk(Room(self._stores, room.connection, room.now), self._content).helpers(case)
                outcome.notices += [Notice(("staff", m.id), "alert", "case", case.ref) for m in helpers]
        words = self.words_of(chat.language)
        screen = notices.apology(words, self._content.region.contact(None).telephone)
        payload = {"chat_id": chat.telegram_id} | self.message(chat, screen, None)
        outcome.outgoing.append(Outgoing(chat.id, "notice", payload))

    async def word(self, connection: AsyncConnection, wanted: list[Notice], now: datetime) -> list[Outgoing]:
        """Word notices in the language of who gets them; who has no chat, or left it, finds it when they look."""
        if not wanted:
            return []
        to_cases = await self._stores.chats.of_cases(connection, {n.to[1] for n in wanted if n.to[0] == "case"})
        to_staff = await self._stores.chats.of_staff(connection, {n.to[1] for n in wanted if n.to[0] == "staff"})
        left = await stopped(connection, (n.to[1] for n in wanted if n.to[0] == "case"))
        outgoing = []
        for notice in wanted:
            if notice.to[0] == "case" and notice.to[1] in left:
                continue
            chat = (to_cases if notice.to[0] == "case" else to_staff).get(notice.to[1])
            if chat is not None and chat.blocked_at is None:
                screen = notices.worded(self.words_of(chat.language), notice)
                payload = {"chat_id": chat.telegram_id} | self.message(chat, screen, None)
                until = self._held_until(notice, notice.not_before or now) or notice.not_before
                outgoing.append(Outgoing(chat.id, "notice", payload, notice.key, not_before=until))
        return outgoing

    def _held_until(self, notice: Notice, now: datetime) -> datetime | None:
        """Return when a notice to a colleague may leave: within office hours.

        What administrators hear never waits, nor that somebody else has one's cases from now on.
        """
        at_once = notice.kind in ("digest", "cover") or notice.verb == notices.UNFOLD
        if notice.to[0] == "case" or at_once:
            return None
        return next_open(self._content.region.office, now, self._content.zone)
