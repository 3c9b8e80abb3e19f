"""Who may invite, send away or end whom: nobody above their own verbs, and nobody outside their own area."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from conversations.content.region import Region
from conversations.rules.ranks import OPEN_ROLES, invitable, may_manage, within
from storage.keys.vault import Subject
from storage.people.staff import Member
from storage.scope import Actor

REGION = Region.load()
KEY = bytes(32)
ANNEKE = Member("m1", "worker", "Groningen", "Anneke", Subject("m1", KEY, AESGCM(KEY)), "JBSWY3DPEHPK3PXP")


def test_a_role_without_any_verb_is_nobodys_to_invite() -> None:
    assert OPEN_ROLES == ("worker", "coordinator", "casemanager", "administrator")


@pytest.mark.parametrize(
    ("role", "roles"),
    [
        # A coordinator has each verb of a worker; a casemanager reads what no coordinator may.
        ("coordinator", ["worker", "coordinator"]),
        ("administrator", ["administrator"]),
        ("worker", []),
        ("casemanager", []),
        ("supporter", []),
        ("self_reporter", []),
        ("stranger", []),
    ],
)
def test_nobody_invites_above_their_own_verbs(role: str, roles: list[str]) -> None:
    assert invitable(role) == roles


@pytest.mark.parametrize(
    ("outer", "inner", "lies"),
    [
        ("all", "Groningen", True),
        ("all", "provincie Groningen", True),
        ("all", "all", True),
        ("Groningen", "Groningen", True),
        ("Groningen", "Assen", False),
        ("Groningen", "all", False),
        ("Groningen", "provincie Groningen", False),
        ("provincie Groningen", "Groningen", True),
        ("provincie Groningen", "Westerkwartier", True),
        ("provincie Groningen", "Assen", False),
        ("provincie Groningen", "all", False),
        ("provincie Groningen", "provincie Groningen", True),
        ("provincie Groningen", "PI Ter Apel", False),
        ("provincie Groningen", "", False),
    ],
)
def test_an_area_lies_in_another_or_it_does_not(outer: str, inner: str, lies: bool) -> None:
    assert within(outer, inner, REGION) is lies


@pytest.mark.parametrize(
    ("role", "area", "may"),
    [
        ("coordinator", "Groningen", True),
        ("coordinator", "provincie Groningen", True),
        ("coordinator", "all", True),
        ("coordinator", "Assen", False),
        ("worker", "Groningen", False),
        ("administrator", "all", False),
    ],
)
def test_a_team_is_looked_after_by_who_may_invite_them_there(role: str, area: str, may: bool) -> None:
    assert may_manage(Actor(role, "m2", area), ANNEKE, REGION) is may


def test_an_administrator_looks_after_administrators() -> None:
    other = replace(ANNEKE, role="administrator", area="all")
    assert may_manage(Actor("administrator", "m2", "all"), other, REGION)
    assert not may_manage(Actor("coordinator", "m2", "all"), other, REGION)
