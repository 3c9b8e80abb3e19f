"""The kinds of what can fall due: every name leads to its kind, alone and in any order."""

from __future__ import annotations

import subprocess
import sys

import pytest

from conversations.registry import Conversation, NameTakenError
from conversations.reminders.kind import Kind
from conversations.reminders.kinds import KINDS, TABLE
from conversations.screen import Screen
from conversations.turn import Turn


@pytest.mark.parametrize("name", sorted(TABLE))
def test_every_name_leads_to_a_kind(name: str) -> None:
    assert isinstance(KINDS[name], Kind)


def test_a_name_that_nobody_knows_is_none_and_no_error() -> None:
    assert KINDS.get("reporting_28") is None
    assert "reporting_28" not in KINDS


@pytest.mark.parametrize("name", ["reporting_day", "share_again", "check_in", "silence_call"])
def test_a_kind_is_known_to_whoever_imports_nothing_else(name: str) -> None:
    code = f"from conversations.reminders.kinds import KINDS; assert KINDS[{name!r}].late"
    assert subprocess.run([sys.executable, "-O", "-c", code], check=False).returncode == 0


def test_two_functions_for_one_name_are_refused_also_when_assertions_are_off() -> None:
    code = (
        "from conversations.registry import Conversation, NameTakenError\n"
        "one = Conversation('somebody')\n"
        "one.tap('go')(print)\n"
        "try: one.tap('go')(print)\n"
        "except NameTakenError: raise SystemExit(0)\n"
        "raise SystemExit(1)"
    )
    assert subprocess.run([sys.executable, "-O", "-c", code], check=False).returncode == 0


def test_a_role_may_do_in_its_own_way_what_another_does() -> None:
    async def theirs(_turn: Turn) -> Screen:
        return Screen("theirs")

    async def own(_turn: Turn) -> Screen:
        return Screen("own")

    worker = Conversation("worker")
    worker.screen("today")(theirs)
    coordinator = Conversation("coordinator", also=worker)
    coordinator.screen("today")(own)
    assert coordinator.screens["today"] is own
    assert worker.screens["today"] is theirs
    with pytest.raises(NameTakenError, match="today"):
        coordinator.screen("today")(theirs)
