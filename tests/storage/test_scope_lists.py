"""What a list shows is what may be done, case by case: the condition for the database and the rule are one."""

from __future__ import annotations

from typing import get_args

from sqlalchemy import true

from storage.case.case import Case
from storage.schema import cases as table
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


async def test_who_may_be_sent_a_fresh_code_is_the_same_in_a_list_and_one_by_one(records: Records) -> None:
    """Nobody has come in, answered or agreed: what a worker put in the plan by themselves does not count."""
    fresh, planned, joined, answered, agreed = [await records.case() for _ in range(5)]
    planned.plan.propose("money", "self", "before", "Post in een tas", None, None, by="worker")
    joined.reach.joined(NOW)
    answered.person.answer("wish", "money", NOW, "worker")
    agreed.plan.propose("money", "self", "before", "Post in een tas", None, None)
    elsewhere = await records.case(municipality="Assen", province="Drenthe")
    everybody = [fresh, planned, joined, answered, agreed, elsewhere]
    await records.save(*everybody, now=NOW)
    scope = Scope(Actor("coordinator", "m9", "Groningen"), NOW)
    async with records.database.read() as connection:
        found = set(await records.cases.find(connection, scope.visible("invite")))
    assert found == {case.id for case in everybody if scope.may("invite", case)} == {fresh.id, planned.id}


async def test_what_a_prison_sees_is_the_same_in_a_list_and_one_by_one(records: Records) -> None:
    """Of each way in which a yes ends, of each place of the action, and of each phase."""
    prison, everybody = "PI Veenhuizen", {}
    ways = ("asked", "confirmed", "declined", "ended", "no", "anew", "private", "proposed", "done", "of the worker")
    for way in (*ways, "to another prison", "held", "free", "closed", "waiting"):
        case = everybody[way] = await records.case(prison=prison)
        for _ in range(1 if way == "asked" else 2):  # an action beside it of which nobody said anything
            action = case.plan.propose("identity", "casemanager", "inside", "ID-kaart", None, None)
            case.plan.agree(action)
        if way == "to another prison":
            case.person.consent(f"share:prison:PI Leeuwarden:{action.id}", True, NOW, "1")
            continue
        case.shares.let_prison_read(action, way != "no", NOW, "1")
        match way:
            case "confirmed":
                case.shares.confirm(action, NOW)
            case "declined":
                case.shares.decline(action, NOW)
            case "ended":
                case.shares.end("moved")
            case "anew":
                case.shares.decline(action, NOW)
                case.shares.let_prison_read(action, True, after(hours=1), "1")
            case "private":
                action.private = True
            case "proposed" | "done":
                action.status = way
            case "of the worker":
                action.owner = "worker"
            case "held" | "free" | "closed" | "waiting":
                case.phase = way
        case.touch("action", action)
    await records.save(*everybody.values(), now=NOW)
    scope = Scope(Actor("casemanager", "m9", prison), NOW)
    async with records.database.read() as connection:
        found = set(await records.cases.find(connection, scope.visible("items")))
    seen = {way for way, case in everybody.items() if case.id in found}
    assert seen == {way for way, case in everybody.items() if scope.may("items", case)}
    assert seen == {"asked", "confirmed", "anew", "done", "held", "waiting"}


async def test_a_list_in_parts_is_the_list_and_what_is_mine_is_my_own_and_of_whom_i_cover(records: Records) -> None:
    me, covered, other = [await records.member(name=name) for name in ("Anneke", "Bram", "Chris")]
    own, theirs, others = [await records.case(worker=member.id) for member in (me, covered, other)]
    elsewhere = await records.case(municipality="Assen", province="Drenthe", prison="Groningen", worker=covered.id)
    far = await records.case(municipality="Assen", province="Drenthe")
    late = await records.case(worker=me.id)
    late.course.record_outcome("arrested", TODAY)
    await records.save(late, now=NOW)
    not_late = table.c.phase == "waiting"
    worker = Actor("worker", me.id, "Groningen", frozenset({covered.id}))
    async with records.database.read() as connection:

        async def found(*conditions: object) -> list[str]:
            return [case_id for condition in conditions for case_id in await records.cases.find(connection, condition)]

        scope = Scope(worker, NOW)
        parts = scope.visible_apart("index", not_late)
        assert set(await found(*parts)) == {own.id, theirs.id, others.id, elsewhere.id}
        # Each ground is a condition of its own, and an area is two: a place, and a prison.
        assert len(parts) == 4
        assert set(await found(*scope.visible_apart("open", true()))) == {own.id, theirs.id, elsewhere.id, late.id}
        assert set(await found(scope.visible())) == {own.id, theirs.id, others.id, elsewhere.id, late.id}
        assert set(await found(scope.mine())) == {own.id, theirs.id, elsewhere.id, late.id}
        assert set(await found(Scope(Actor("worker", me.id, "Groningen"), NOW).mine())) == {own.id, late.id}
        assert await found(*Scope(worker, NOW).visible_apart("figures", true())) == []
        assert await found(*Scope(Actor("coordinator", "m9", ""), NOW).visible_apart("figures", true())) == []
        assert await found(Scope(Actor("supporter", "m9", "all"), NOW).visible()) == []
        assert set(await found(*Scope(Actor("coordinator", "m9", "all"), NOW).visible_apart("figures", not_late))) == {
            own.id,
            theirs.id,
            others.id,
            elsewhere.id,
            far.id,
        }
