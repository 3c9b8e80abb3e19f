"""Unreadable cells: what they say, how they are quoted, and which ones hold nothing at all."""

from __future__ import annotations

from datetime import date

from bot.errands.overviews.cells import Cell, quoted
from conversations.words.places import fold
from conversations.words.reasons import ReasonError

# A cell that says that it holds nothing.
NOTHING = {"", "geen", "onbekend", "nnb", "n n b", "nvt", "n v t", "nog niet bekend", "nog geen", "nog geen datum"}
_NOT_YET = {
    *("nog niet", "niet bekend", "nog onbekend", "ntb", "n t b", "n a", "nog te bepalen", "volgt", "volgt nog"),
    *("datum volgt", "datum onbekend", "geen datum", "wacht op datum", "wacht op oproep", "tbd"),
}


class Unreadable(ReasonError):
    """A cell that cannot be read: its reason says what to change."""


def shown(cell: Cell) -> str:
    """Return the cell as a sentence quotes it."""
    return quoted(f"{cell.day}-{cell.month}-{cell.year}" if isinstance(cell, date) else str(cell))


def figure(cell: Cell) -> str:
    """Return the cell to quote where figures are due; without any it may be a name in the wrong column: not quoted."""
    return f" {shown(cell)}" if any(c.isdigit() for c in shown(cell)) else ""


def is_nothing(cell: Cell) -> bool:
    """Return whether the cell is empty or says that there is nothing (yet)."""
    return cell is None or (isinstance(cell, str) and fold(cell) in NOTHING | _NOT_YET)
