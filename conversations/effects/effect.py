"""The base of all effects: something that a turn decides, and that is kept with it or not at all."""

from __future__ import annotations


class Effect:
    """Something that a turn decides. Each class has one keeper, which writes it (bot/writing/keepers/table.py)."""

    __slots__ = ()
