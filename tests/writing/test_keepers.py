"""Effects and their keepers: each kind has one, and a new one cannot be forgotten."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from bot.writing.keepers.table import KEEPERS, TwoKeepersError, table
from conversations import effects
from conversations.effects.effect import Effect
from conversations.effects.notice import Notice
from conversations.effects.trace import Trace


def _kinds() -> set[type]:
    modules = [importlib.import_module(m.name) for m in pkgutil.iter_modules(effects.__path__, f"{effects.__name__}.")]
    named = [one for module in modules for one in vars(module).values() if isinstance(one, type)]
    return {one for one in named if issubclass(one, Effect) and one is not Effect}


def test_what_a_turn_can_decide_is_kept_by_somebody() -> None:
    assert set(KEEPERS) == _kinds()


def test_a_kind_of_effect_with_two_keepers_is_refused_at_start() -> None:
    async def keep(*_: object) -> None: ...

    assert list(table((Notice, keep), (Trace, keep))) == [Notice, Trace]
    with pytest.raises(TwoKeepersError, match="Notice"):
        table((Notice, keep), (Trace, keep), (Notice, keep))
