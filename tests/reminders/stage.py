"""A stage for what falls due: one person with a helper, at any moment, without a database and without a network."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any, cast
from zoneinfo import ZoneInfo

from bot.lookups.lookups import Lookups
from bot.rounds.loaded import Room
from bot.stores import Stores
from conversations.content.region import OfficeHours, Region
from conversations.effects.notice import Notice
from conversations.roles import self_reporter
from conversations.screen import Screen
from conversations.turn import Content, Turn
from conversations.words.wording import Words
from storage.case.case import Case
from storage.case.case_parts import Action, Identity, Reminder
from storage.clock import wall
from storage.keys.vault import SYSTEM_SUBJECTS, KeyRing, Vault
from storage.people.staff import Member
from storage.scope import Actor

ZONE = ZoneInfo("Europe/Amsterdam")
# A Tuesday, ten o'clock on the wall.
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RING = KeyRing({"first": bytes(range(32))})
VAULT = Vault(RING, {name: RING.new_subject(name)[0] for name in SYSTEM_SUBJECTS})


@cache
def content() -> Content:
    """Return the packaged content, with an office that works from nine to five on all weekdays."""
    region = Region.load()
    days: Any = ("monday", "tuesday", "wednesday", "thursday", "friday")
    office = OfficeHours(opens=time(9), closes=time(17), working_days=days)
    return Content(ZONE, region.model_copy(update={"office": office}))


class Stage:
    """Sam, who has said yes to the chat and was not seen for an hour, and Anneke, who helps."""

    def __init__(self) -> None:
        self.case = Case(
            "c1", "GR-AAAAA", "Groningen", "Groningen", NOW - 30 * DAY, Identity("Sam", "Postma", 2002, None)
        )
        self.case.joined_at = NOW - 20 * DAY
        self.case.person.consent("channel", True, NOW - 20 * DAY, "1")
        self.case.helpers.assign("m1")
        self.worker = Member("m1", "worker", "Groningen", "Anneke", RING.new_subject("m1")[0], "JBSWY3DPEHPK3PXP")
        self.stores = Stores.of(VAULT)
        self.chat = self.stores.chats.new(42, NOW - HOUR)
        self.chat.case_id, self.chat.language = self.case.id, "en"
        self.chat.place = {"kind": "home"}

    def turn(self, now: datetime = NOW, *, by_worker: bool = False) -> Turn:
        """Return a turn of the case at a moment, of the person's own chat or of their helper's."""
        room = Room(self.stores, cast(Any, None), now, {self.case.id: self.case}, {self.worker.id: self.worker})
        room.stand_ins = {wall(now + days * DAY, ZONE).date(): [] for days in range(5)}
        lookups = Lookups(room, content())
        words = Words("en", ZONE)
        if by_worker:
            chat = self.stores.chats.new(43, now)
            chat.staff_id, chat.language = self.worker.id, "en"
            actor = Actor("worker", self.worker.id, self.worker.area)
            return Turn(now, chat, actor, content(), lookups, words, self.case, self.worker, self.worker)
        actor = Actor("self_reporter", self.case.id)
        return Turn(now, self.chat, actor, content(), lookups, words, self.case, None, self.worker)

    def action(
        self, due_in: int | None, owner: str = "self", when: str = "before", text: str = "Call my boss"
    ) -> Action:
        """Return an agreed action, due so many days from now."""
        due = None if due_in is None else TODAY + due_in * DAY
        action = self.case.plan.propose("work", owner, when, text, due, None)
        self.case.plan.agree(action)
        return action

    def row(self, kind: str, action: Action | None = None, day_in: int = 0, at: time = time(10)) -> Reminder:
        """Return a planned reminder."""
        return self.case.schedule.remind(kind, TODAY + day_in * DAY, at, ZONE, action)

    def planned(self, *kinds: str) -> list[tuple[str, int, str]]:
        """Return what is planned: kind, days from today, time on the wall; of these kinds only, if there are any."""
        rows = [row for row in self.case.reminders if row.state == "planned" and (not kinds or row.kind in kinds)]
        return [(row.kind, (row.day - TODAY).days, f"{row.at:%H:%M}") for row in rows]


async def shown(turn: Turn) -> Screen:
    """Return the screen of the place where the turn stands."""
    return await self_reporter.screens[turn.place["kind"]](turn)


async def tapped(turn: Turn, button: str, args: str = "") -> None:
    """Tap a button of the self-reporter."""
    await self_reporter.taps[button](turn, args)


def told(turn: Turn) -> list[tuple[str, str, str]]:
    """Return what goes out unasked: to whom, what kind of notice, and what its button opens."""
    return [(notice.to[1], notice.kind, notice.args) for notice in turn.decided(Notice)]
