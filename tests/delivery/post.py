"""What is to be delivered and to whom: a self-reporter and a worker, and looks into the outbox and the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from math import inf
from typing import Any

from bot.delivery.delivery import Delivery
from bot.delivery.pace import Pace
from bot.webchat.chat import ChatMessage
from bot.webchat.phone import Phone
from bot.webchat.telegram import faults
from conversations.content.reminders import Reminders
from conversations.reminders.check_in_plan import CHECK_IN
from storage.people.chats import Chat
from tests.house import House

QUESTION = "Waar denk je nu het meest aan?"
SECOND_QUESTION = "Heb je een brief met een dag?"
REMINDER, MESSAGE = "Je hebt een herinnering.", "Er is een bericht voor je."
FOLDED, BELOW = "Voorzorg is er voor je.", "⬇️ Ga hieronder verder."
# What a real server says, and what it does.
BUSY = faults.error(500, "Internal Server Error")
BLOCKED = faults.error(403, "Forbidden: bot was blocked by the user")


class Post:
    """The people, and what is under way to them."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.faults = house.server.faults
        self.calls = house.server.api.calls
        self.samira: Phone
        self.anneke: Phone
        self.ref = ""

    async def begin(self) -> None:
        """Let the worker sign in, and Samira come as far as the first question."""
        self.anneke = await self.house.joined(await self.house.member())
        self.ref = await self.house.case()
        self.samira = await self.house.arrived(self.ref)
        await self.house.tap(self.samira, "Alleen ik", "Verder", "Ja, hier")
        self.samira.lock_screen.clear()
        self.anneke.lock_screen.clear()

    def at_a_pace(self, timer: Callable[[], float], per_second: float = inf, in_chat: float = inf) -> None:
        """Let the program send at this pace, measured with `timer`."""
        app = self.house.app
        pace = Pace(per_second, in_chat, timer)
        vault, zone = self.house.stores.vault, self.house.settings.zone
        hours = Reminders.load().sending
        app.delivery = Delivery(app.database, vault, self.house.clock, app.channel, pace, zone, hours)

    # What happens.

    async def decide(self) -> None:
        """Take in and decide all there is; deliver nothing."""
        while await self.house.app.reception.poll() + await self.house.app.rounds.updates():
            pass

    async def later(self, **amount: float) -> None:
        """Let time pass, and what waited for it happen."""
        self.house.clock.forward(**amount)
        await self.house.pump()

    async def message(self, text: str = "Ik bel je.") -> None:
        """Let the worker write to Samira: a notice is in the outbox."""
        for said in (f"/bericht {self.ref}", text):
            self.anneke.say(said)
            await self.decide()

    async def plan(self) -> None:
        """Let Samira agree to something in two weeks: two reminders are planned, the day before and on the day."""
        await self.house.tap(self.samira, "De dag", "Er staat geen dag in", "Ja, dit doe ik")
        assert await self.ledger() == ["planned", "planned"]
        self.samira.lock_screen.clear()

    async def reminder_due(self) -> None:
        """Let the time of the first reminder come: its notice is in the outbox."""
        due = min(row.due_at for row in (await self.house.load(self.ref)).reminders if row.state == "planned")
        self.house.clock.forward_to(due + timedelta(minutes=1))
        await self.house.app.tick()

    # What there is.

    async def ledger(self) -> list[str]:
        """Return the states of Samira's reminders of her action, by their time."""
        return [state for kind, state in await self.house.ledger(self.ref) if kind != CHECK_IN]

    async def reasons(self) -> list[str | None]:
        """Return why Samira's reminders of her action ended, by their time."""
        rows = sorted((await self.house.load(self.ref)).reminders, key=lambda r: r.due_at)
        return [row.reason for row in rows if row.kind != CHECK_IN and not row.kind.startswith("silence")]

    async def waiting_for(self) -> set[str]:
        """Return why the case waits for somebody."""
        return set((await self.house.load(self.ref)).waiting)

    async def outbox(self, *kinds: str) -> list[tuple[str, str, str | None]]:
        """Return (kind, state, reason) of the rows of these kinds, oldest first."""
        async with self.house.app.database.read() as connection:
            rows = await connection.exec_driver_sql("SELECT kind, state, reason FROM outbox ORDER BY seq")
            return [(row.kind, row.state, row.reason) for row in rows if row.kind in kinds]

    async def last(self, kind: str) -> tuple[str, str | None]:
        """Return (state, reason) of the newest row of a kind."""
        return (await self.outbox(kind))[-1][1:]

    async def open_rows(self) -> int:
        """Return how much still waits in the outbox."""
        async with self.house.app.database.read() as connection:
            return await self.house.app.rounds.outbox.waiting(connection)

    async def chat(self, phone: Phone) -> Chat:
        """Return a phone's chat as it is stored."""
        index = self.house.stores.chats.index(phone.id)
        async with self.house.app.database.read() as connection:
            return (await self.house.stores.chats.by_index(connection, [index]))[index]

    def shown(self, phone: Phone, text: str) -> list[ChatMessage]:
        """Return the messages of the bot on a phone that hold this text."""
        return [message for message in phone.messages if not message.mine and text in message.text]

    async def other(self, name: str = "Mila", **facts: Any) -> tuple[str, Phone]:
        """Return the case and the phone of somebody else who came as far as the first question."""
        ref = await self.house.case(first_name=name, **facts)
        phone = await self.house.arrived(ref, name=name)
        await self.house.tap(phone, "Alleen ik", "Verder", "Ja, hier")
        phone.lock_screen.clear()
        return ref, phone
