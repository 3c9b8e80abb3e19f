"""What a list shows is what may be done, case by case: the condition for the database and the rule are one."""

from __future__ import annotations

from typing import get_args

from storage.case.case import Case
from storage.scope import GRANTS, STRANGER, Actor, Scope, Verb
from tests.storage.records import NOW, TODAY, Records, after

PLACES = (
    ("Groningen", "Groningen", None),
    ("Pekela", "Groningen", "PI Veenhuizen"),
    ("Assen", "Drenthe", "PI Veenhuizen"),
    ("Leeuwarden", "Fryslân", "PI Leeuwarden"),
)
AREAS = ("all", "Groningen", "provincie Groningen", "provincie Fryslân", "PI Veenhuizen", "Assen", "")


async def test_a_condition_finds_exactly_the_cases_that_the_rule_allows(records: Records) -> None:
    workers = [await records.member(name=name) for name in ("Anneke", "Bram", "Chris")]
    cases: list[Case] = []
    for municipality, province, prison in PLACES:
        for worker in (None, *workers):
            case = await records.case(municipality=municipality, province=province, prison=prison)
            case.helpers.assign(worker.id if worker else None)
            cases.append(case)
    for at, case in enumerate(cases):
        case.helpers.let_coordinator_read([None, NOW, after(days=1)][at % 3])
        action = case.plan.propose(
            ["identity", "health"][at % 4 == 3], ["casemanager", "self"][at % 7 == 6], "inside", "iets", None, None
        )
        action.status = ["agreed", "done", "proposed"][at % 3]
        for given in ([True], [True, False], [False, True], [])[at % 4 if at % 4 < 3 else 0]:
            case.person.consent(f"share:prison:PI Veenhuizen:{action.id}", given, NOW, "1")
        if at % 5 == 0:
            case.helpers.ask_decision("deferral", workers[1].id, workers[0].id, TODAY, "Kan dit?", NOW)
    await records.save(*cases, now=NOW)
    covers = (frozenset[str](), frozenset({workers[1].id}))
    roles = [role for role in GRANTS if role != "self_reporter"]
    actors = [Actor(role, workers[0].id, area, cover) for role in roles for area in AREAS for cover in covers]
    actors += [Actor("self_reporter", cases[0].id), STRANGER]
    async with records.database.read() as connection:
        assert await records.cases.find(
            connection, Scope(Actor("casemanager", "m", "PI Veenhuizen"), NOW).visible("items")
        )
        for actor in actors:
            scope = Scope(actor, NOW)
            for verb in get_args(Verb):
                found = set(await records.cases.find(connection, scope.visible(verb)))
                assert found == {case.id for case in cases if scope.may(verb, case)}, (actor, verb)
