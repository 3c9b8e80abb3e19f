"""A role's conversation, as a table: which screen a place shows, and what a tap, a text or a command does."""

from __future__ import annotations

import importlib
import pkgutil
from collections import ChainMap
from collections.abc import Awaitable, Callable
from types import ModuleType
from typing import Any, TypeVar

from conversations.said import Came, File
from conversations.screen import Screen
from conversations.turn import Turn

Shows = Callable[[Turn], Awaitable[Screen]]
Taps = Callable[[Turn, str], Awaitable[None]]
Reads = Callable[[Turn, str], Awaitable[None]]
TakesFile = Callable[[Turn, File], Awaitable[None]]
TakesResult = Callable[[Turn, Came], Awaitable[None]]
Listens = Callable[[Turn, str, str], Awaitable[bool]]
Loses = Callable[[Turn, str | None, str], Awaitable[None]]
_T = TypeVar("_T")
# Where words stand that answer nothing: edited, forwarded, below a photo, behind an unknown command.
BESIDE = "beside"


def gather(*packages: ModuleType) -> None:
    """Import every module in and below these folders, so that what stands in them registers itself."""
    for package in packages:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


class NameTakenError(Exception):
    """Two functions of one conversation for one place, verb, command or errand, or to listen."""


class Conversation:
    """What one role can see and do. Functions register themselves; nothing is looked up by its name in the code."""

    def __init__(self, role: str, also: Conversation | None = None) -> None:
        """Begin an empty one; `also`: what another role can do this one can too, unless it does it in its own way."""
        self.role = role
        more = also.tables if also is not None else ({}, {}, {}, {}, {}, {})
        self.screens: ChainMap[str, Shows] = ChainMap({}, more[0])
        self.taps: ChainMap[str, Taps] = ChainMap({}, more[1])
        self.texts: ChainMap[str, Reads] = ChainMap({}, more[2])
        self.commands: ChainMap[str, Reads] = ChainMap({}, more[3])
        self.files: ChainMap[str, TakesFile] = ChainMap({}, more[4])
        self.results: ChainMap[str, TakesResult] = ChainMap({}, more[5])
        self._listen: Listens | None = None
        self._lost: Loses | None = None

    @property
    def tables(self) -> tuple[Any, ...]:
        """Screens, taps, texts, commands, files and results of errands."""
        return self.screens, self.taps, self.texts, self.commands, self.files, self.results

    @staticmethod
    def _into(table: ChainMap[str, _T], *names: str) -> Callable[[_T], _T]:
        def keep(function: _T) -> _T:
            for name in names:
                if name in table.maps[0]:
                    raise NameTakenError(name)
                table[name] = function
            return function

        return keep

    def listener(self, function: Listens) -> Listens:
        """Register what looks at typed words before they mean anything; True: they are dealt with."""
        if self._listen is not None:
            raise NameTakenError("listener")
        self._listen = function
        return function

    async def hears(self, turn: Turn, text: str, where: str) -> bool:
        """Let the listener, if there is one, look at words typed in a place or behind a command."""
        return self._listen is not None and await self._listen(turn, text, where)

    def lost(self, function: Loses) -> Loses:
        """Register what becomes of what is not understood: words or None, and a sentence about what came."""
        if self._lost is not None:
            raise NameTakenError("lost")
        self._lost = function
        return function

    async def not_understood(self, turn: Turn, said: str | None, why: str = "") -> bool:
        """Offer ways on from what is not understood; False where this role has none of its own."""
        if self._lost is None:
            return False
        await self._lost(turn, said, why)
        return True

    def screen(self, *places: str) -> Callable[[Shows], Shows]:
        """Register what these places show."""
        return self._into(self.screens, *places)

    def tap(self, *verbs: str) -> Callable[[Taps], Taps]:
        """Register what a tap with these verbs does; it is given the button's arguments."""
        return self._into(self.taps, *verbs)

    def typed(self, *places: str) -> Callable[[Reads], Reads]:
        """Register what free text means in these places."""
        return self._into(self.texts, *places)

    def file(self, *places: str) -> Callable[[TakesFile], TakesFile]:
        """Register what a file means in these places."""
        return self._into(self.files, *places)

    def result(self, *errands: str) -> Callable[[TakesResult], TakesResult]:
        """Register what comes of these errands."""
        return self._into(self.results, *errands)

    def command(self, *names: str) -> Callable[[Reads], Reads]:
        """Register commands; the function is given what stands behind the command."""
        return self._into(self.commands, *names)
