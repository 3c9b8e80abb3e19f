"""Who may do what: every cell of role, verb and reach, asserted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest

from storage.case.case import Case
from storage.case.case_parts import Identity
from storage.scope import GRANTS, STRANGER, Actor, NotYoursError, Scope, Verb

VERBS: tuple[Verb, ...] = get_args(Verb)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
PRISON = "PI Veenhuizen"
PERSON = {"index", "names", "open", "change", "message", "erase"}
LENT = {"index", "names", "open"}
COVERED = LENT | {"change", "message", "invite", "vouch", "decide"}
OWN = COVERED | {"assign", "share", "erase"}
WORKERS_AREA = {"index", "take", "add"}
COORDINATORS_AREA = {"index", "names", "import", "assign", "letters", "team", "take", "add", "figures", "meet"}
FRESH = COORDINATORS_AREA | {"invite"}
# Role, then reach of the case: what may be done. A verb, a role or a reach that is not here may do nothing.
GRID: dict[tuple[str, str], set[str]] = {
    ("self_reporter", "own"): PERSON,
    ("worker", "own"): OWN | WORKERS_AREA,
    ("worker", "covered"): COVERED | WORKERS_AREA,
    ("worker", "covered elsewhere"): COVERED,
    ("worker", "shared"): WORKERS_AREA,
    ("worker", "no longer shared"): WORKERS_AREA,
    ("worker", "asked"): {"decide"},
    ("worker", "other of the area"): WORKERS_AREA,
    ("coordinator", "own"): OWN | COORDINATORS_AREA,
    ("coordinator", "covered"): COVERED | FRESH,
    ("coordinator", "covered elsewhere"): COVERED,
    ("coordinator", "shared"): LENT | FRESH,
    ("coordinator", "no longer shared"): FRESH,
    ("coordinator", "shared, and begun"): LENT | COORDINATORS_AREA,
    ("worker", "shared, and begun"): WORKERS_AREA,
    ("administrator", "shared, and begun"): {"team"},
    ("coordinator", "asked"): {"decide"},
    ("coordinator", "other of the area"): FRESH,
    # From the first phone, answer or agreement on, a fresh code is not theirs to make.
    **{("coordinator", begun): COORDINATORS_AREA for begun in ("joined", "answered", "agreed")},
    **{("worker", begun): WORKERS_AREA for begun in ("joined", "answered", "agreed")},
    **{("administrator", begun): {"team"} for begun in ("joined", "answered", "agreed")},
    **{("worker", reach): WORKERS_AREA for reach in ("with the prison", "taken back", "about health")},
    **{("coordinator", reach): COORDINATORS_AREA for reach in ("with the prison", "taken back", "about health")},
    **{
        ("administrator", reach): {"team"}
        for reach in ("own", "covered", "shared", "no longer shared", "other of the area")
    },
    **{("administrator", reach): {"team"} for reach in ("with the prison", "taken back", "about health")},
    ("casemanager", "with the prison"): {"items", "confirm"},
}
ROLES = ("self_reporter", "worker", "coordinator", "casemanager", "supporter", "administrator", "stranger")


def a_case(case_id: str, municipality: str = "Groningen", worker: str | None = "m2") -> Case:
    case = Case(case_id, "GR-AAAAA", municipality, "Groningen", NOW, Identity("", "", None, None))
    case.worker = worker
    return case


def shared(until: datetime) -> Case:
    case = a_case("c4")
    case.helpers.let_coordinator_read(until)
    return case


def begun(how: str) -> Case:
    case = a_case("c8")
    if how == "joined":
        case.reach.joined(NOW)
    elif how == "answered":
        case.person.answer("wish", "money", NOW, "worker")
    elif how == "agreed":
        case.plan.agree(case.plan.propose("money", "self", "before", "Post in een tas", None, None))
    else:
        case.reach.joined(NOW)
        case.helpers.let_coordinator_read(NOW + timedelta(minutes=1))
    return case


def asked() -> Case:
    case = a_case("c5", "Emmen")
    case.helpers.ask_decision("deferral", "m2", "m1", date(2026, 12, 1), "Kan dit?", NOW)
    return case


def with_the_prison(*words: bool, domain: str = "identity") -> Case:
    """A case with a share for the casemanager, and the words of the person on it."""
    case = a_case("c7")
    case.prison = PRISON
    action = case.plan.propose(domain, "casemanager", "inside", "ID-kaart aanvragen", None, None)
    case.plan.agree(action)
    for given in words:
        case.person.consent(f"share:prison:{PRISON}:{action.id}", given, NOW, "1")
    return case


def actor(role: str) -> Actor:
    if role == "stranger":
        return STRANGER
    area = PRISON if role == "casemanager" else "Groningen"
    return Actor(role, "c1" if role == "self_reporter" else "m1", area, frozenset({"m3"}))


REACHES: dict[str, Case | None] = {
    "own": a_case("c1", worker="m1"),
    "covered": a_case("c2", worker="m3"),
    "covered elsewhere": a_case("c2", "Emmen", worker="m3"),
    "shared": shared(NOW + timedelta(minutes=1)),
    "no longer shared": shared(NOW),
    "asked": asked(),
    "other of the area": a_case("c6"),
    "with the prison": with_the_prison(False, True),
    "taken back": with_the_prison(True, False),
    "about health": with_the_prison(True, domain="health"),
    **{how: begun(how) for how in ("joined", "answered", "agreed", "shared, and begun")},
    "elsewhere": a_case("c3", "Emmen"),
    "erased": None,
}


@pytest.mark.parametrize("reach", REACHES)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_exactly_what_the_table_says(role: str, reach: str) -> None:
    case, scope = REACHES[reach], Scope(actor(role), NOW)
    for verb in VERBS:
        if verb in GRID.get((role, reach), set()):
            assert scope.check(verb, case) is case, verb
        else:
            assert case is None or not scope.may(verb, case), verb
            with pytest.raises(NotYoursError) as caught:
                scope.check(verb, case)
            assert str(caught.value) == "", verb  # the same for what is not theirs and what does not exist


def test_every_verb_has_a_row_and_every_reach_a_case() -> None:
    assert set().union(*GRID.values()) == set(VERBS)
    assert {reach for _, reach in GRID} == set(REACHES) - {"elsewhere", "erased"}
    assert {verb for grants in GRANTS.values() for verbs in grants.values() for verb in verbs} == set(VERBS)


def test_a_casemanager_of_another_prison_sees_nothing_of_it() -> None:
    case = with_the_prison(True)
    assert Scope(Actor("casemanager", "m9", PRISON), NOW).may("items", case)
    for area in ("PI Leeuwarden", "Groningen", "all", ""):
        assert not Scope(Actor("casemanager", "m9", area), NOW).may("items", case)
    case.phase = "closed"
    assert not Scope(Actor("casemanager", "m9", PRISON), NOW).may("items", case)


@pytest.mark.parametrize(
    ("area", "sees"),
    [("all", True), ("Groningen", True), ("provincie Groningen", True), ("PI Veenhuizen", False), ("Emmen", False)],
)
def test_an_area_covers_its_own_cases(area: str, sees: bool) -> None:
    assert Scope(Actor("coordinator", "m9", area), NOW).may("index", a_case("c6")) is sees


def test_the_municipality_groningen_is_not_the_province() -> None:
    elsewhere = a_case("c4", "Pekela")
    assert not Scope(Actor("coordinator", "m9", "Groningen"), NOW).may("index", elsewhere)
    assert Scope(Actor("coordinator", "m9", "provincie Groningen"), NOW).may("index", elsewhere)


@pytest.mark.parametrize(
    ("role", "area", "adds_in"),
    [
        ("worker", "Groningen", {"Groningen"}),
        ("coordinator", "provincie Groningen", {"Groningen", "Pekela"}),
        ("coordinator", "all", {"Groningen", "Pekela", "Assen"}),
        ("worker", "Emmen", set()),
        ("coordinator", "", set()),
        ("casemanager", "all", set()),
        ("administrator", "all", set()),
        ("self_reporter", "all", set()),
    ],
)
def test_a_case_is_added_where_somebody_works_and_nowhere_else(role: str, area: str, adds_in: set[str]) -> None:
    scope = Scope(Actor(role, "m9", area), NOW)
    places = [("Groningen", "Groningen"), ("Pekela", "Groningen"), ("Assen", "Drenthe")]
    assert {place for place, province in places if scope.may_in("add", place, province)} == adds_in


@pytest.mark.parametrize(
    ("role", "area", "verb", "may"),
    [
        ("coordinator", "Emmen", "import", True),
        ("coordinator", "", "import", False),
        ("worker", "Groningen", "import", False),
        ("worker", "Groningen", "add", True),
        ("administrator", "all", "team", True),
        # What is given over one's own cases is no verb of an area.
        ("worker", "Groningen", "change", False),
        ("casemanager", "all", "items", False),
        ("stranger", "", "index", False),
    ],
)
def test_a_verb_of_an_area_is_had_by_who_has_one(role: str, area: str, verb: Verb, may: bool) -> None:
    assert Scope(Actor(role, "m9", area), NOW).may_anywhere(verb) is may


def test_a_stranger_is_nobody_anywhere() -> None:
    assert (STRANGER.role, STRANGER.id, STRANGER.area, STRANGER.covers) == ("stranger", "", "", frozenset())
    assert Actor("worker", "m1").area == ""
