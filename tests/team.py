"""A self-reporter, her worker and the administrator: those who hear it when something goes wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from bot.webchat.phone import Phone
from conversations.buttons import Buttons
from conversations.roles import self_reporter
from conversations.screen import Button
from conversations.turn import Turn
from tests.house import House


class Team:
    """The people of one house, each with a phone."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.samira: Phone
        self.anneke: Phone
        self.beheer: Phone
        self.ref = ""

    async def begin(self) -> None:
        """Let everybody in, and Samira come as far as the first question."""
        self.anneke = await self.house.joined(await self.house.member())
        self.beheer = await self.house.joined(await self.house.member("administrator", "all", "Beheer"))
        self.ref = await self.house.case()
        self.samira = await self.at_the_first_question(self.ref)

    async def at_the_first_question(self, ref: str) -> Phone:
        """Return the phone of a self-reporter who came as far as the first question."""
        phone = await self.house.arrived(ref)
        await self.house.tap(phone, "Alleen ik", "Verder", "Ja, hier")
        self.anneke.lock_screen.clear()
        self.beheer.lock_screen.clear()
        return phone

    async def chat_id(self, phone: Phone) -> str:
        """Return our own id of a phone's chat."""
        index = self.house.stores.chats.index(phone.id)
        async with self.house.app.database.read() as connection:
            return (await self.house.stores.chats.by_index(connection, [index]))[index].id

    async def tap(self, phone: Phone, verb: str) -> None:
        """Let a phone tap a button with this verb, as a notice has it; take that in, and decide nothing yet."""
        buttons = Buttons(self.house.stores.vault)
        phone.tap_data(phone.last.message_id, buttons.data(await self.chat_id(phone), Button("?", verb), None))
        await self.house.app.reception.poll()

    async def inbox(self) -> list[tuple[str, int]]:
        """Return (state, attempts) of what is not done, oldest first."""
        async with self.house.app.database.read() as connection:
            rows = await connection.exec_driver_sql("SELECT state, attempts FROM inbox WHERE state != 'done'")
            return [(row.state, row.attempts) for row in rows]

    async def until_parked(self) -> None:
        """Let all tries pass."""
        await self.house.pump()
        for seconds in (1, 4, 15):
            self.house.clock.forward(seconds=seconds)
            await self.house.pump()


@contextmanager
def a_tap(verb: str, does: Callable[[Turn], Awaitable[None]]) -> Iterator[list[Turn]]:
    """Give self-reporters one more button for the length of a test; returns the turns that it had."""
    turns: list[Turn] = []

    async def tapped(turn: Turn, _args: str) -> None:
        turns.append(turn)
        await does(turn)

    self_reporter.tap(verb)(tapped)
    try:
        yield turns
    finally:
        del self_reporter.taps[verb]


@asynccontextmanager
async def nothing_changes(team: Team, ref: str = "") -> AsyncIterator[None]:
    """Compare a case before and after, whole."""
    before = await team.house.document(ref or team.ref)
    yield
    assert await team.house.document(ref or team.ref) == before
