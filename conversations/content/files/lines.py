"""Lines of a TOML file: on which one something stands, so that a complaint can say where to look.

The file was read before, so it is sound TOML. Nothing here runs unless there is something to complain about.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

# What names a table of a list, in place of its number.
NAMES = ("id", "name", "code", "language", "worker")
_BLANK = re.compile(r"(?:\s|#[^\n]*)*")
_PART = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)\s*""")
_STRING = re.compile(r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_SCALAR = re.compile(r"[^,\]}\n#]*")

Step = int | str


@dataclass(frozen=True, slots=True)
class _Place:
    """A key, or an element of a list; `said`: its text, if it is one."""

    path: tuple[Step, ...]
    at: int
    said: str | None = None


class _Walk:
    """A walk through a file, from place to place."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.lists: dict[tuple[Step, ...], int] = {}

    def places(self) -> Iterator[_Place]:
        """Yield every place, in the order of the file."""
        table: tuple[Step, ...] = ()
        while self._skip() < len(self.text):
            begin = self.at
            brackets = 2 if self.text.startswith("[[", begin) else int(self.text[begin] == "[")
            self.at += brackets
            path = self._resolved(self._key(), brackets == 2) if brackets else (*table, *self._key())
            if brackets:
                table = path
                self.at += brackets
                yield _Place(path, begin)
            else:
                self.at += 1  # the sign =
                yield from self._value(path, begin)

    def _skip(self) -> int:
        self.at = self._end(_BLANK)
        return self.at

    def _end(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self.text, self.at)
        return found.end() if found else self.at + 1

    def _key(self) -> tuple[str, ...]:
        parts = []
        while found := _PART.match(self.text, self.at):
            self.at = found.end()
            parts.append(_read(found[1]) if found[1][0] in "\"'" else found[1])
            if self.text[self.at : self.at + 1] != ".":
                break
            self.at += 1
        return tuple(parts)

    def _resolved(self, key: tuple[str, ...], is_list: bool) -> tuple[Step, ...]:
        """Return the path of a table by its header: in a list, with its number."""
        path: tuple[Step, ...] = ()
        for number, part in enumerate(key):
            path = (*path, part)
            if is_list and number == len(key) - 1:
                self.lists[path] = self.lists.get(path, -1) + 1
            if path in self.lists:
                path = (*path, self.lists[path])
        return path

    def _value(self, path: tuple[Step, ...], begin: int) -> Iterator[_Place]:
        self._skip()
        if self.text[self.at] == "[":
            yield _Place(path, begin)
            self.at += 1
            number = 0
            while self.text[self._skip()] != "]":
                yield from self._value((*path, number), self.at)
                number += 1
                self._comma()
            self.at += 1
        elif self.text[self.at] == "{":
            yield _Place(path, begin)
            self.at += 1
            while self.text[self._skip()] != "}":
                start = self.at
                key = self._key()
                self.at += 1  # the sign =
                yield from self._value((*path, *key), start)
                self._comma()
            self.at += 1
        elif self.text[self.at] in "\"'":
            start, self.at = self.at, self._end(_STRING)
            yield _Place(path, begin, _read(self.text[start : self.at]))
        else:
            self.at = self._end(_SCALAR)
            yield _Place(path, begin)

    def _comma(self) -> None:
        self.at += self.text[self._skip()] == ","


def _read(quoted: str) -> str:
    return str(tomllib.loads(f"k = {quoted}")["k"])


def line_of(text: str, *wanted: Sequence[Step]) -> int | None:
    """Return the line, from 1 on, of the first of `wanted` that stands in a TOML text; None without any.

    Each is a path of keys, with numbers or names for the tables of lists, from which steps can be left out: of several
    places the least deep, and of those the last, is meant. The last step can be a text that stands there.
    """
    data = tomllib.loads(text)
    known = [(place, _tokens(place, data)) for place in _Walk(text).places()]
    for steps in wanted:
        found = [place for place, tokens in known if steps and _leads(steps, tokens)]
        if found:
            depth = min(len(place.path) for place in found)
            at = max(place.at for place in found if len(place.path) == depth)
            return text.count("\n", 0, at) + 1
    return None


def _tokens(place: _Place, data: Any) -> list[frozenset[Step]]:
    """Return what each step of a path may be called."""
    tokens = []
    for step in place.path:
        data = data[step]
        names = {data[key] for key in NAMES if isinstance(data.get(key), str)} if isinstance(data, dict) else set()
        tokens.append(frozenset({step, *names} if isinstance(step, int) else {step}))
    return tokens if place.said is None else [*tokens, frozenset({place.said})]


def _leads(steps: Sequence[Step], tokens: Sequence[frozenset[Step]]) -> bool:
    """Tell whether steps stand in a path, in their order; the last one is its end, or the text there."""
    rest = iter(tokens)
    return all(any(step in token for token in rest) for step in steps)
