"""Cases as they are found and read: what time changed, what nobody has seen to, who they are, and what is damaged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from storage.case.case import Case
from storage.case.case_parts import Identity, Preferences
from storage.case.case_rows import dump_case
from storage.keys.damage import Damaged
from storage.schema import actions, cases, notes
from tests.storage.case.test_cases import fill
from tests.storage.records import NOW, RING, TODAY, ZONE, Records, after


async def seen(records: Records, **columns: object) -> Case:
    """Return a case that is kept with these columns, whatever its verbs would make of them."""
    case = await records.case()
    async with records.database.write() as connection:
        await connection.execute(update(cases).where(cases.c.id == case.id).values(**columns))
    return case


async def test_cases_that_time_may_have_changed_come_the_longest_due_first_and_no_more_than_asked(
    records: Records,
) -> None:
    now_due = await seen(records, look_at=NOW)
    long_due = await seen(records, look_at=after(days=-3))
    await seen(records, look_at=after(seconds=1))
    await seen(records, look_at=None)
    due = await seen(records, look_at=after(hours=-1))
    async with records.database.read() as connection:
        assert await records.cases.to_look_at(connection, NOW, 10) == [long_due.id, due.id, now_due.id]
        assert await records.cases.to_look_at(connection, NOW, 2) == [long_due.id, due.id]


async def test_cases_that_nobody_saw_to_in_time_are_told_once_each_the_latest_first(records: Records) -> None:
    now_late = await seen(records, attend_by=NOW)
    long_late = await seen(records, attend_by=after(days=-2))
    await seen(records, attend_by=after(seconds=1))
    await seen(records, attend_by=None)
    await seen(records, attend_by=after(days=-1), phase="closed")
    await seen(records, attend_by=after(days=-1), alarmed_until=after(days=-1))
    anew = await seen(records, attend_by=after(hours=-1), alarmed_until=after(days=-1))
    async with records.database.read() as connection:
        assert await records.cases.late(connection, NOW, 10) == [long_late.id, anew.id, now_late.id]
        assert await records.cases.late(connection, NOW, 1) == [long_late.id]


async def test_a_case_that_does_not_open_is_looked_at_later_and_nobody_is_told_of_it_a_second_time(
    records: Records,
) -> None:
    aside, other = [await seen(records, look_at=NOW, attend_by=NOW) for _ in range(2)]
    async with records.database.write() as connection:
        await records.cases.set_aside(connection, [], after(days=1))
        await records.cases.set_aside(connection, [aside.id], after(days=1))
    async with records.database.read() as connection:
        assert await records.cases.to_look_at(connection, NOW, 10) == [other.id]
        assert await records.cases.late(connection, NOW, 10) == [other.id]
        assert await records.cases.to_look_at(connection, after(days=1), 10) == [other.id, aside.id]


async def test_who_cases_are_about_is_told_by_reference_and_damage_is_noted(records: Records) -> None:
    here, there = (
        await records.case(ref="GR-AAAAA", number="Z1"),
        await records.case(ref="FR-AAAAA", province="Fryslân"),
    )
    async with records.database.read() as connection:
        everybody = await records.cases.identities(connection)
        some = await records.cases.identities(connection, cases.c.province == "Fryslân")
    who = Identity("Samira", "Kloosterboer", 1999, "Z1")
    assert dict(everybody) == {"GR-AAAAA": who, "FR-AAAAA": there.identity}
    assert some == [("FR-AAAAA", there.identity)]
    async with records.database.write() as connection:
        await connection.execute(update(cases).where(cases.c.id == here.id).values(identity=b"no longer"))
    async with records.database.read() as connection:
        assert await records.cases.identities(connection) == [("FR-AAAAA", there.identity)]
    assert records.vault.ring.damage.take() == [Damaged("cases", here.id, here.id)]


async def test_a_damaged_case_is_left_out_with_all_that_hangs_from_it_and_the_others_come_whole(
    records: Records,
) -> None:
    first, damaged, with_damage, last = several = [await records.case() for _ in range(4)]
    for case in several:
        case.helpers.note("Gebeld", "a worker", NOW)
    await records.save(*several)
    async with records.database.write() as connection:
        await connection.execute(update(cases).where(cases.c.id == damaged.id).values(record=b"no longer"))
        await connection.execute(update(notes).where(notes.c.case_id == with_damage.id).values(content=b"no longer"))
    async with records.database.read() as connection:
        found = await records.cases.load(connection, [case.id for case in several])
    assert {case.id: [note.text for note in case.notes] for case in found.values()} == {
        first.id: ["Gebeld"],
        last.id: ["Gebeld"],
    }
    assert records.vault.ring.damage.take() == [
        Damaged("cases", damaged.id, damaged.id),
        Damaged("note", with_damage.notes[0].id, with_damage.id),
    ]


# Two of each kind, the later one first: of each what makes it, and what tells the two apart.
MAKE: dict[str, Callable[[Case, datetime], object]] = {
    "flags": lambda case, at: case.signals.raise_flag(at.isoformat(), "report", "low", "", at),
    "contacts": lambda case, at: case.reach.contacted("letter", "out", at),
    "consents": lambda case, at: case.person.consent("channel", True, at, "1"),
    "messages": lambda case, at: case.thread.write("worker", "Dag", at),
    "reminders": lambda case, at: case.schedule.remind("check_in", at.date(), time(10), ZONE),
    "notes": lambda case, at: case.helpers.note("Gebeld", "m", at),
    "measures": lambda case, at: case.helpers.weigh(f"m{at.day}", "used", None, "m", at),
    "decisions": lambda case, at: case.helpers.ask_decision("rent", "m", "m", TODAY, "?", at),
    "stories": lambda case, at: case.person.tell("helped", "plan", "Ja", at),
    "resolutions": lambda case, at: case.helpers.resolve("Bel", None, TODAY, "m", at),
    "efforts": lambda case, at: case.helpers.go_to_the_limit("Alles", "Daar", "m", at),
    "handovers": lambda case, at: case.helpers.hand_over(case.worker or "", "Let op", at),
}


@pytest.mark.parametrize("kind", MAKE)
async def test_what_hangs_from_a_case_comes_by_its_time_however_late_it_was_noted(records: Records, kind: str) -> None:
    case = await records.case(worker=(await records.member()).id)
    for at in (after(days=2), NOW):
        MAKE[kind](case, at)
    noted = [row.id for row in getattr(case, kind)]
    await records.save(case, now=after(days=3))
    again = await records.load(case.id)
    assert again is not None
    assert [row.id for row in getattr(again, kind)] == noted[::-1]


async def test_actions_come_in_their_places(records: Records) -> None:
    case = await records.case()
    for text in ("eerst", "dan"):
        case.plan.propose("report", "self", "before", text, None, None)
    case.actions[0].position, case.actions[1].position = 1, 0
    await records.save(case)
    again = await records.load(case.id)
    assert again is not None
    assert [action.text for action in again.actions] == ["dan", "eerst"]


# What a row keeps.


async def test_a_case_with_a_worker_comes_back_with_all_that_was_told_and_wished(records: Records) -> None:
    case = await records.case(worker=(await records.member()).id, listed={"province": "Groningen"})
    fill(case)
    case.person.answer("home", "rent", NOW, "worker")
    case.person.prefer(hour=time(12), paused_until=date(2026, 12, 24))
    case.person.say_phone_is_shared(True)
    await records.save(case)
    again = await records.load(case.id)
    assert again is not None
    assert again.preferences == Preferences(hour=time(12), paused_until=date(2026, 12, 24))
    assert again.listed == {"province": "Groningen"}
    assert again.shares_phone is True
    assert {question: answer.by for question, answer in again.answers.items()} == {
        "letter": "self_reporter",
        "list": "self_reporter",
        "wish": "self_reporter",
        "home": "worker",
    }
    assert len(case.handovers) == 1
    for name in ("answers", "handovers", "stories", "resolutions", "efforts", "notes", "measures", "decisions"):
        assert getattr(again, name) == getattr(case, name), name


async def _identity(records: Records, case: Case) -> bytes:
    async with records.database.read() as connection:
        return bytes((await connection.execute(select(cases.c.identity).where(cases.c.id == case.id))).scalar_one())


async def test_who_it_is_about_is_sealed_anew_only_when_that_changes(records: Records) -> None:
    case = await records.case()
    before = await _identity(records, case)
    again = await records.load(case.id)
    assert again is not None
    again.person.speak("pl")
    await records.save(again)
    assert await _identity(records, case) == before
    again.identity.last_name = "Postma"
    again.touch("cases")
    await records.save(again)
    changed = await records.load(case.id)
    assert changed is not None
    assert changed.identity.last_name == "Postma"
    # What was sealed is a copy: a name that changes after it is sealed once more.
    changed.identity.first_name = "Sam"
    changed.touch("cases")
    await records.save(changed)
    last = await records.load(case.id)
    assert last is not None
    assert last.identity.name == "Sam Postma"


@pytest.mark.parametrize("beside", range(0, 900, 9))
def test_whichever_option_is_answered_a_sealed_record_is_as_long(beside: int) -> None:
    lengths = set()
    for value, shared in (("ja", True), ("misschien wel", False), ("liever niet", None)):
        case = Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("", "", None, None))
        case.subject, _ = RING.new_subject("c1")
        # Wherever the vault's own steps lie, somewhere here is their edge.
        case.listed = {"x": "x" * beside}
        case.person.answer("home", value, NOW)
        case.person.say_phone_is_shared(shared)
        lengths.add(len(dump_case(case, None)["record"]))
    assert len(lengths) == 1


async def test_rows_of_the_plan_that_nobody_sealed_do_not_come_back_as_another_cases(records: Records) -> None:
    one, two = [await records.case() for _ in range(2)]
    for case in (one, two):
        case.plan.propose("report", "self", "before", "bellen", TODAY + timedelta(days=1), None)
    await records.save(one, two)
    async with records.database.write() as connection:
        theirs = select(actions.c.content).where(actions.c.case_id == two.id).scalar_subquery()
        await connection.execute(update(actions).where(actions.c.case_id == one.id).values(content=theirs))
    assert await records.load(one.id) is None
    assert await records.load(two.id) is not None
    records.vault.ring.damage.take()
