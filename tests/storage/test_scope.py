"""Who may do what: every cell of the table, asserted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import pytest

from storage.case import Case
from storage.parts import Identity
from storage.scope import STRANGER, Actor, NotYoursError, Scope, Verb

VERBS: tuple[str, ...] = get_args(Verb)
OWN = {"index", "names", "open", "change", "message", "erase"}
# role, then reach of the case: what may be done. A verb or a role that is not here may do nothing.
GRID: dict[tuple[str, str], set[str]] = {
    ("self_reporter", "own"): OWN,
    ("worker", "own"): OWN | {"invite", "assign", "take"},
    ("worker", "area"): {"index", "take"},
    ("coordinator", "own"): set(VERBS),
    ("coordinator", "area"): {"index", "names", "invite", "import", "assign", "letters", "team", "take"},
    ("administrator", "area"): {"team"},
    ("administrator", "own"): {"team"},
}
ROLES = ("self_reporter", "worker", "coordinator", "casemanager", "supporter", "administrator", "stranger")


def a_case(case_id: str = "c1", municipality: str = "Groningen", worker: str | None = None) -> Case:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    case = Case(case_id, "GR-AAAAA", municipality, "Groningen", now, Identity("", "", None, None))
    case.worker = worker
    return case


def actor(role: str) -> Actor:
    return STRANGER if role == "stranger" else Actor(role, "c1" if role == "self_reporter" else "m1", "Groningen")


REACHES = {
    "own": a_case("c1", worker="m1"),
    "area": a_case("c2", worker="m2"),
    "elsewhere": a_case("c3", "Emmen", worker="m2"),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("reach", REACHES)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_exactly_what_the_table_says(role: str, reach: str, verb: Verb) -> None:
    expected = verb in GRID.get((role, reach), set())
    if role == "self_reporter" and reach != "own":
        expected = False
    assert Scope(actor(role)).may(verb, REACHES[reach]) is expected


def test_not_yours_and_does_not_exist_are_one_answer() -> None:
    scope = Scope(actor("worker"))
    for case in (None, REACHES["elsewhere"]):
        with pytest.raises(NotYoursError) as caught:
            scope.check("open", case)
        assert str(caught.value) == ""


@pytest.mark.parametrize(
    ("area", "sees"),
    [("all", True), ("Groningen", True), ("provincie Groningen", True), ("PI Veenhuizen", False), ("Emmen", False)],
)
def test_an_area_covers_its_own_cases(area: str, sees: bool) -> None:
    assert Scope(Actor("coordinator", "m9", area)).may("index", REACHES["area"]) is sees


def test_the_municipality_groningen_is_not_the_province() -> None:
    elsewhere = a_case("c4", "Pekela")
    assert not Scope(Actor("coordinator", "m9", "Groningen")).may("index", elsewhere)
    assert Scope(Actor("coordinator", "m9", "provincie Groningen")).may("index", elsewhere)
