"""Canaries: what must never stand in a log, and a book of all that is logged meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot import logs


class Logbook(logging.Handler):
    """Keeps what the program writes to standard error, and every record of a library as it was made."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        super().__init__(logging.NOTSET)
        self._capsys = capsys
        # What must not be in it, now or at the end.
        self.canaries: set[str] = set()
        self._written: list[str] = []
        self._records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record with its traceback, before anything is taken out of it."""
        self._records.append(logging.Formatter("%(name)s %(levelname)s %(message)s").format(record))

    @property
    def text(self) -> str:
        """All that was logged so far."""
        printed = self._capsys.readouterr()
        self._written += [printed.out, printed.err]
        return "\n".join(self._written + self._records)

    def gives_nobody_away(self) -> None:
        """Fail when one of the canaries stands in what was logged so far."""
        text = self.text
        found = sorted(canary for canary in self.canaries if canary in text)
        assert not found, f"{found} in the logs:\n{text}"


@contextmanager
def logbook(capsys: pytest.CaptureFixture[str]) -> Iterator[Logbook]:
    """Set logging up as the program does, at DEBUG, and write all of it into a book, with all that is printed.

    In the end no canary may stand in it. What was set up is undone when the test ends (tests/conftest.py).
    """
    root = logging.getLogger()
    root.handlers.clear()
    book = Logbook(capsys)
    logs.set_up("DEBUG")
    root.addHandler(book)
    yield book
    book.gives_nobody_away()
