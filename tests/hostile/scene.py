"""A scene for bad input: a self-reporter at the first question and the worker who helps; after each deed all is well.

Each number of the list of bad input is one function, registered with its number; `play` runs it and then asks what
must hold after anything that may come in: /help works, nothing is left in the queues, no canary stands in the logs.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import text

from bot.webchat.phone import Phone
from storage.people.chats import Chat
from tests.hostile.canaries import Logbook
from tests.house import TOKEN, House

# Above 2^31, so that they are found whole wherever they stand.
SAMIRA, STRANGER = 7_512_345_678, 7_598_765_432
QUESTION = "Waar denk je nu het meest aan?"
SECOND_QUESTION = "Heb je een brief met een dag?"
ASKS_FOR_CODE = "Typ de code hier."
OLD_BUTTON = "Deze knop is oud."
# What is not understood is answered with ways on: words that who helps can read, and what has none.
NOT_UNDERSTOOD = "Ik ben een computer. Dit snap ik niet."
ASKS = "Zal Anneke het lezen?"
ASKS_FOR_WORDS = "Wil je Anneke iets zeggen? Typ het."
QUIET_LINE = "Gaat het slecht met je? Bel 113, dag en nacht."
# A word that stands in all that is typed here.
CANARY = "kanarie"

_DENIED = text("SELECT count(*) FROM audit WHERE verb = :verb AND result = 'denied'")

Scenario = Callable[["Scene"], Awaitable[None]]
Scenarios = dict[int, Scenario]


def registry() -> tuple[Scenarios, Callable[[int], Callable[[Scenario], Scenario]]]:
    """Return the scenarios of one file by number, and the decorator that adds to them."""
    scenarios: Scenarios = {}

    def hostile(number: int) -> Callable[[Scenario], Scenario]:
        def register(scenario: Scenario) -> Scenario:
            assert number not in scenarios
            scenarios[number] = scenario
            return scenario

        return register

    return scenarios, hostile


def numbered(scenarios: Scenarios) -> Any:
    """Return the mark that makes one test of each scenario."""
    return pytest.mark.parametrize(
        "scenario", [pytest.param(scenario, id=f"hostile[{number}]") for number, scenario in scenarios.items()]
    )


class Scene:
    """The people, and what they do."""

    def __init__(self, house: House, logbook: Logbook) -> None:
        self.house = house
        self.world = house.world
        self.logbook = logbook
        self.canaries = logbook.canaries
        self.canaries |= {
            CANARY,
            "Samira",
            "Kloosterboer",
            "Anneke",
            str(SAMIRA),
            str(STRANGER),
            TOKEN,
            "must-not-show",
        }
        self.samira: Phone
        self.anneke: Phone
        self.ref = ""
        # What Samira is to be asked now.
        self.question = QUESTION

    async def begin(self) -> None:
        """Let the worker sign in, and Samira come as far as the first question."""
        self.anneke = await self.house.joined(await self.house.member())
        self.ref = await self.house.case()
        self.samira = await self.arrived(self.ref)
        await self.house.tap(self.samira, "Alleen ik", "Verder", "Ja, hier")

    async def arrived(self, ref: str) -> Phone:
        """Return Samira's phone once she has proved who she is."""
        phone = self.world.phone(first_name="Samira", user_id=SAMIRA)
        phone.start((await self.house.invite(ref)).code)
        await self.house.pump()
        await self.house.say(phone, "1999")
        return phone

    async def lets_in(self, phone: Phone) -> None:
        """Let the worker say that a new phone is Samira's, and Samira go on with it where she was."""
        await self.house.say(self.anneke, f"/zaak {self.ref}")
        await self.house.tap(self.anneke, "Nieuwe telefoon: bel eerst", "✅ Het klopt")
        await self.house.tap(phone, "Laat zien", "Alleen ik")

    def stranger(self) -> Phone:
        """Return the phone of somebody whom nobody knows yet."""
        return self.world.phone(first_name="Kanariepiet", user_id=STRANGER)

    # What comes in.

    async def not_understood(self, why: str = NOT_UNDERSTOOD, words: bool = True, back: str = "") -> None:
        """See that Samira is offered ways on, that nothing of hers stays in the chat, and go back to where she was."""
        assert self.seen(self.samira) == f"{why} {ASKS if words else ASKS_FOR_WORDS}\n\n{QUIET_LINE}"
        first = "💬 Ja, stuur het" if words else "✍️ Schrijf een bericht"
        labels = self.samira.last.labels
        assert (labels[0], labels[2]) == (first, "🙋 Ik wil iemand spreken")
        assert labels[1].startswith("▶️ Terug")
        assert not any(message.mine for message in self.samira.messages), self.samira.dump()
        await self.house.tap(self.samira, "▶️ Terug")
        assert self.seen(self.samira).startswith(back or self.question)

    async def send(self, phone: Phone, **content: Any) -> int:
        """Let a phone send a message with any content at all; returns its id."""
        message = phone.new_message(phone.person, content)
        phone.started = True
        self.world.updates.push("message", message)
        await self.house.pump()
        return int(message["message_id"])

    async def inject(self, **update: Any) -> None:
        """Let any update at all come in."""
        self.world.inject(update)
        await self.house.pump()

    def raw(self, phone: Phone, message_id: int, **content: Any) -> dict[str, Any]:
        """Return a message of a phone that is in nobody's chat."""
        return {
            "message_id": message_id,
            "from": phone.person,
            "chat": phone.api(),
            "date": self.world.seconds(),
            **content,
        }

    async def later(self, seconds: float) -> None:
        """Let time pass, and all that waited for it happen."""
        self.house.clock.forward(seconds=seconds)
        await self.house.pump()

    # What there is.

    def seen(self, phone: Phone) -> str:
        """Return what the newest message on a phone says; fails when it is not the bot's: there was no answer."""
        assert phone.last is not None
        assert not phone.last.mine, phone.dump()
        return phone.last.text

    async def chat(self, phone: Phone) -> Chat:
        """Return a phone's chat as it is stored."""
        index = self.house.stores.chats.index(phone.id)
        async with self.house.app.database.read() as connection:
            return (await self.house.stores.chats.by_index(connection, [index]))[index]

    async def audited(self, verb: str) -> int:
        """Return how many denied deeds of this kind stand in the trail."""
        async with self.house.app.database.read() as connection:
            rows = await connection.execute(_DENIED, {"verb": verb})
            return int(rows.scalar_one())

    async def parked(self) -> int:
        """Return how many updates were given up."""
        async with self.house.app.database.read() as connection:
            rows = await connection.exec_driver_sql("SELECT count(*) FROM inbox WHERE state = 'parked'")
            return int(rows.scalar_one())

    @asynccontextmanager
    async def nothing_changes(self, ref: str = "") -> AsyncIterator[None]:
        """Compare a case before and after, whole."""
        before = await self.house.document(ref or self.ref)
        yield
        assert await self.house.document(ref or self.ref) == before

    # What holds after anything.

    async def play(self, scenario: Scenario) -> None:
        """Do what is bad, and see that all is well."""
        await scenario(self)
        await self.all_is_well()

    async def all_is_well(self) -> None:
        """Fail unless /help works, the question comes back, the queues are empty, and the logs give nobody away."""
        await self.house.say(self.samira, "/help")
        seen = self.seen(self.samira)
        # Whose chat it is no longer, is greeted instead.
        assert "Zo werkt het" in seen or self.question in seen, self.samira.dump()
        self.house.clock.forward(seconds=10)  # at her own pace
        await self.house.say(self.samira, "/start")
        assert self.samira.last is not None
        assert self.question in self.samira.last.text, self.samira.dump()
        async with self.house.app.database.read() as connection:
            assert await self.house.app.rounds.inbox.waiting(connection) == 0
            assert await self.house.app.rounds.outbox.waiting(connection) == 0
        assert self.world.updates.pending == 0
        self.logbook.gives_nobody_away()
