"""Somebody made up, who goes through everything as they are: what they answer to which question, and what they choose.

A player reads the screen and taps, until something stands there or nothing is left to do. What is not in their
character is answered as most people would: the first answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.webchat.phone import Phone
from tests.journeys.transcript import Transcript

# Buttons that lead around a question and never answer it.
AROUND = re.compile(
    r"Terug|Uitleg|Waarom|Ik wil iemand spreken|Luister|Meer antwoorden|Weet ik niet|Zeg ik liever niet|Menu"
)
# Where a list of answers goes on.
MORE = "Meer antwoorden"


class StuckError(AssertionError):
    """The player sees nothing that they would tap on; the message shows the screen."""


@dataclass
class Player:
    """A person with a phone. `says`: (what the screen says, the button or the words typed), the first that fits.

    Words to type begin with "✍".
    """

    name: str
    phone: Phone
    told: Transcript
    says: Sequence[tuple[str, str]]
    seen: list[str] = field(default_factory=list)

    async def go_on(self, until: str | Callable[[str], bool], most: int = 200) -> None:
        """Answer screen after screen until one says `until`; raises StuckError after `most` or in a dead end."""
        ends = until if callable(until) else (lambda text: until in text)
        for _ in range(most):
            shown = self.phone.last
            assert shown is not None
            self.seen.append(shown.text)
            if ends(shown.text):
                return
            await self._answer()
        raise StuckError(f"{self.name} is still not there after {most} screens:\n{self.phone.last}")

    async def _answer(self) -> None:
        shown = self.phone.last
        assert shown is not None
        for pattern, does in self.says:
            if not re.search(pattern, shown.text):
                continue
            if does.startswith("✍"):
                await self.told.say(self.name, does.removeprefix("✍").strip())
                return
            wanted = next((label for label in shown.labels if does in label), None)
            if label := wanted or next((label for label in shown.labels if MORE in label), None):
                await self.told.tap(self.name, label)
                return
        label = next((label for label in shown.labels if not AROUND.search(label)), None)
        if label is None:
            raise StuckError(f"{self.name} sees nothing to tap on:\n{shown}")
        await self.told.tap(self.name, label)
