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


@pytest.mark.parametrize(
    "first",
    [
        "conversations.reminders.kinds",
        "conversations.reminders.schedule",
        "conversations.worker.contact.by_hand",
        "conversations.papers.my_data.contact",
    ],
)
def test_no_kind_is_unknown_because_of_what_was_imported_before(first: str) -> None:
    code = (
        f"import {first}; from conversations.reminders.kinds import KINDS; assert all(k.late for k in KINDS.values())"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


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
