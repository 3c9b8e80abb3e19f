"""People with a phone: each reads the newest message, does something about it, and tries again if nothing happens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bot.webchat.chat import ChatMessage
from bot.webchat.phone import Phone
from conversations.buttons import NOTICE
from conversations.notices import UNFOLD
from tests.faults.memory import Memory

# Real seconds after which somebody tries again, longer each time up to the longest; and comes back to a plan that they
# had put away.
PATIENCE, LONGEST, REST = 1.5, 6.0, 3.0
# What is agreed to for so soon is reminded of tomorrow.
SOON = timedelta(days=2)
# More starts with one code look like guessing.
STARTS = 3
# What leads on, and what leads around; a person of this test does nothing else (no other language, no erasing).
_ON = frozenset(
    {"phone", "to_consent", "consent", "answer", "date", "agree", "other_day", "decline", "onward"}
    | {"did", "not_yet", "leave", "next_due", "plan", "share_say", "not_sent"}
)
_AROUND = frozenset(
    {"question", "questions", "page", "back", "explain", "proposal", "own", "write", "messages", "letter"}
    | {"stuck", "human"}
)
_YEAR = "4 cijfers"
_MONTHS = ["jan", "feb", "maart", "april", "mei", "juni", "juli", "aug", "sept", "okt", "nov", "dec"]


@dataclass(frozen=True)
class Choice:
    """A button as somebody taps it, with what it means."""

    message_id: int
    data: str
    verb: str
    args: str
    screen: int | None


def choices_of(message: ChatMessage) -> list[Choice]:
    """Return the buttons of a message (conversations/buttons.py)."""
    found = []
    for row in message.buttons:
        for _, data in row:
            verb, _, rest = data.rpartition(":")[0].partition(":")
            args, _, screen = rest.rpartition(":")
            found.append(Choice(message.message_id, data, verb, args, None if screen == NOTICE else int(screen)))
    return found


class Person:
    """One self-reporter: their phone, their letter, and a mind of their own that a seed decides."""

    def __init__(self, phone: Phone, ref: str, code: str, year: int, mind: Random, under_way: asyncio.Event) -> None:
        self.phone = phone
        self.ref = ref
        self.memory = Memory()
        self.acted_at: list[float] = []
        self.enough = self.ended = False
        self._code = code
        self._year = year
        self._mind = mind
        self._under_way = under_way
        self._starts = 0
        self._said = 0
        self._has_soon = False
        self._mistaken = mind.random() < 0.1

    def __str__(self) -> str:
        """Their newest messages, and what they remember."""
        messages = "\n".join(map(str, self.phone.messages[-20:]))
        return f"{messages}\n{self.memory}\n{self.phone.toasts[-3:]}"

    async def live(self) -> None:
        """Go through the conversation, and on and on, until it is enough and the plan stands there."""
        while True:
            seen = self.seen
            if self._has_soon:
                self._under_way.set()
            if seen is not None and any(choice.verb == "questions" for choice in choices_of(seen)):
                if self.enough:
                    self.ended = True
                    return
                if self._mind.random() < 0.2:  # put away: it may fold meanwhile
                    await self._news(seen, REST)
                    continue
            deed = self._choose(seen)
            deed()
            if self._mind.random() < 0.05:  # a thumb that taps twice
                deed()
            patience = PATIENCE
            while not await self._news(seen, patience):
                patience = min(patience * 1.5, LONGEST)
                if self.enough or self._mind.random() < 0.3:
                    deed = self._choose(seen)
                deed()

    def stop(self) -> None:
        """Let them come to an end."""
        self.enough = True
        self.phone.changed()

    @property
    def seen(self) -> ChatMessage | None:
        """The newest message of the bot."""
        return next((message for message in self.phone.newest_first() if not message.mine), None)

    async def _news(self, before: ChatMessage | None, seconds: float) -> bool:
        """Wait until something else stands there; tell whether it does."""
        event, was_enough = asyncio.Event(), self.enough
        try:
            async with asyncio.timeout(seconds):
                while _look(self.seen) == _look(before) and self.enough == was_enough:
                    await self.phone.change(self.phone.revision, event)
        except TimeoutError:
            pass
        return _look(self.seen) != _look(before)

    # What they do.

    def _choose(self, seen: ChatMessage | None) -> Callable[[], None]:
        mind = self._mind
        if seen is None or not seen.buttons or _YEAR in seen.text:
            return self._year_or_start(seen)
        choices = choices_of(seen)
        by_verb = {choice.verb: choice for choice in choices}
        for verb in ("see", UNFOLD):
            if verb in by_verb:
                return lambda: self._tap(by_verb[verb])
        if not self.enough and mind.random() < 0.03:
            older = [c for message in self.phone.messages if not message.mine for c in _known(choices_of(message))]
            return lambda: self._tap(mind.choice(older or choices))
        if set(by_verb) == {"onward"} and mind.random() < 0.8:
            return lambda: self._say(self._new_words())
        if set(by_verb) <= {"proposal", "human"} and mind.random() < 0.7:
            return lambda: self._say(self._new_words())
        if "questions" in by_verb and not self.enough:
            return self._at_the_plan(_known(choices))
        asks_for_a_day = "answer" in by_verb and by_verb["answer"].args.startswith("date/")
        may_be_another = "agree" in by_verb and "decline" not in by_verb
        if mind.random() < 0.9 * asks_for_a_day + 0.4 * may_be_another:
            return lambda: self._say(self._day())
        choice = self._one_of(_known(choices))
        return lambda: self._tap(choice)

    def _year_or_start(self, seen: ChatMessage | None) -> Callable[[], None]:
        if seen is not None and _YEAR in seen.text:
            return self._say_year
        assert seen is None, f"nothing leads on\n{self.phone.dump()}"
        return self._start if self._starts < STARTS else lambda: None

    def _at_the_plan(self, choices: list[Choice]) -> Callable[[], None]:
        match self._mind.randrange(8):
            case 0:
                text = self._new_words()
                return lambda: self._command(f"/bericht {text}", lambda: self.memory.wrote(text))
            case 1:
                return lambda: self._command("/vragen", lambda: self.memory.asked_for("question"))
            case 2:
                return lambda: self._command("/plan", lambda: self.memory.asked_for("plan"))
            case _:
                choice = self._mind.choice(choices)
                return lambda: self._tap(choice)

    def _one_of(self, choices: list[Choice]) -> Choice:
        onward = [c for c in choices if c.verb in _ON and (c.verb != "consent" or c.args == "yes")]
        around = [c for c in choices if c.verb != "human"]
        if self.enough or self._mind.random() < 0.8:
            return self._mind.choice(onward or around or choices)
        return self._mind.choice(choices)

    def _start(self) -> None:
        self._starts += 1
        self._command(f"/start {self._code}", self.memory.started)

    def _say_year(self) -> None:
        mistaken, self._mistaken = self._mistaken, False
        self.memory.typed_year(not mistaken)
        self._send(str(self._year - mistaken))

    def _say(self, text: str) -> None:
        self.memory.typed(text)
        self._send(text)

    def _command(self, text: str, remember: Callable[[], None]) -> None:
        remember()
        self._send(text)

    def _tap(self, choice: Choice) -> None:
        self.memory.tapped(choice.verb, choice.args, choice.screen)
        day = choice.args.partition("/")[2] if choice.verb == "agree" else ""
        self._has_soon |= day != "" and date.fromisoformat(day) - self._today <= SOON
        self.acted_at.append(time.monotonic())
        self.phone.tap_data(choice.message_id, choice.data)

    def _send(self, text: str) -> None:
        self.acted_at.append(time.monotonic())
        self.phone.say(text)

    def _new_words(self) -> str:
        self._said += 1
        return f"mijn broer & <zus> bellen, {self._said}"

    def _day(self) -> str:
        # Two mornings pass: from the hour on they would be asked how it went, and never stand before their plan again.
        day = self._today + timedelta(days=self._mind.randint(4, 60))
        in_words = f"{day.day} {_MONTHS[day.month - 1]}"
        ways = (f"{day:%d-%m-%Y}", f"{day.day}/{day.month}/{day.year}", in_words, "31-02-2027")
        return self._mind.choice(ways)

    @property
    def _today(self) -> date:
        return self.phone.world.clock.now().date()


def _known(choices: list[Choice]) -> list[Choice]:
    return [choice for choice in choices if choice.verb in _ON | _AROUND]


def _look(message: ChatMessage | None) -> object:
    return message and (message.message_id, message.text, message.buttons)
