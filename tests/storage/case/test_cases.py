"""Cases on both databases: whole in, whole out, in few statements, and never over somebody else's change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import IntegrityError

from storage.case.case import Case
from storage.case.case_changes import StaleCaseError
from storage.case.case_parts import Identity
from storage.engines.database import Database
from storage.schema import cases, monitoring, pending
from tests.storage.records import NOW, TODAY, ZONE, Records, after

PARTS = (
    *("actions", "flags", "contacts", "consents", "messages", "reminders"),
    *("notes", "measures", "decisions", "handovers", "events"),
)


def fill(case: Case) -> None:
    """Let everything that a case can hold happen to it."""
    case.person.answer("letter", "day", NOW)
    case.person.answer("list", ["a", "b"], NOW)
    case.person.answer("wish", "Lezen én schrijven: ʼn brief, 你好 👋🏽", NOW)
    case.person.say_phone_is_shared(None)
    action = case.plan.propose("report", "self", "before", "bel je broer", TODAY, "call")
    case.plan.agree(action, date(2026, 12, 31))
    case.plan.propose("money", "worker", "inside", "", None, None)
    case.schedule.remind("action_day", TODAY, time(10), ZONE, action)
    case.schedule.remind("reporting_eve", TODAY, time(23, 59), ZONE)
    flag = case.signals.raise_flag("cannot_report", "report", "high", "Says so.", NOW)
    case.signals.acknowledge(flag, after(seconds=1))
    case.reach.contacted("phone", "out", NOW)
    case.person.consent("channel", True, NOW, "1")
    case.thread.write("self_reporter", "dag 👋", NOW)
    case.course.confirm_date(date(2027, 2, 28), "self")
    case.course.record_outcome("postponed", by="self")
    case.helpers.note("Belt liever 's avonds.", "a worker", NOW)
    case.helpers.weigh("woonkosten", "not_used", "policy", "a worker", NOW)
    case.helpers.decide(
        case.helpers.ask_decision("uitstel", "a worker", "a colleague", TODAY, "Kan dit?", NOW), "yes", "Ja.", NOW
    )
    case.figures.know("home_start", True)
    case.person.tell("helped", "plan", "Dat iemand belde.", NOW)
    case.helpers.go_to_the_limit("Drie gesprekken", "De wet laat het niet toe.", "a worker", NOW)
    case.helpers.resolve("Bel de woningbouw", None, NOW.date(), "a worker", NOW)
    if case.worker:
        case.helpers.hand_over(case.worker, "Wacht op de brief.", NOW)


async def test_a_case_comes_back_as_it_was_written(records: Records) -> None:
    case = await records.case(
        number="Z27001", prison="PI Veenhuizen", sentence_days=28, known_to_care=False, listed_on=TODAY
    )
    fill(case)
    await records.save(case)
    again = await records.load(case.id)
    assert again is not None
    for column in cases.columns:
        if column.name not in ("identity", "record", "overview_index"):
            assert getattr(again, column.name) == getattr(case, column.name), column.name
    for name in ("identity", "answers", "shares_phone", *PARTS):
        assert getattr(again, name) == getattr(case, name), name
    assert again.waiting == case.waiting
    assert set(again.waiting) == {"no_worker", "no_letter_sent", "unread_message"}


async def test_a_case_without_anything_comes_back_too(records: Records) -> None:
    case = await records.case()
    again = await records.load(case.id)
    assert again is not None
    assert (again.identity, again.prison, again.known_to_care) == (case.identity, None, None)
    assert [getattr(again, name) for name in PARTS] == [[]] * len(PARTS)


async def test_what_was_changed_is_changed_and_the_rest_stays(records: Records) -> None:
    case = await records.case()
    fill(case)
    await records.save(case)
    again = await records.load(case.id)
    assert again is not None
    again.plan.settle(again.actions[0], "done", "done")
    again.thread.read("self_reporter", after(hours=1))
    again.signals.lower_flag(again.flags[0], after(hours=1))
    await records.save(again)
    last = await records.load(case.id)
    assert last is not None
    assert [action.status for action in last.actions] == ["done", "proposed"]
    assert [(row.state, row.reason) for row in last.reminders] == [("cancelled", "done"), ("planned", None)]
    assert last.messages[0].read_at == after(hours=1)
    assert last.flags[0].lowered_at == after(hours=1)
    assert (last.contacts, last.consents) == (case.contacts, case.consents)
    assert last.version == 3


async def test_rows_of_one_moment_keep_the_order_in_which_they_were_made(records: Records) -> None:
    case = await records.case()
    for number in range(20):
        case.person.consent("channel", number % 2 == 0, NOW, str(number))
        case.thread.write("self_reporter", str(number), NOW)
        case.reach.contacted(str(number), "in", NOW)
        case.signals.raise_flag(str(number), "report", "low", "", NOW)
        case.schedule.remind(str(number), TODAY, time(10), ZONE)
        case.plan.propose("report", "self", "before", str(number), None, None)
    await records.save(case)
    for number in range(0, 20, 3):  # a changed row lies elsewhere in a table of PostgreSQL
        case.signals.acknowledge(case.flags[number], NOW)
        case.schedule.mark_opened(case.reminders[number], NOW)
        case.plan.agree(case.actions[number])
    case.messages[0].read_at = NOW
    case.touch("message", case.messages[0])
    await records.save(case)
    async with records.database.write() as connection:
        await connection.execute(text("ANALYZE"))  # a table so small is read as it lies there, not by its index
    again = await records.load(case.id)
    assert again is not None
    numbers = [str(number) for number in range(20)]
    assert [row.text_version for row in again.consents] == numbers
    assert [row.text for row in again.messages] == numbers
    assert [row.kind for row in again.contacts] == numbers
    assert [row.flag for row in again.flags] == numbers
    assert [row.kind for row in again.reminders] == numbers
    assert [row.text for row in again.actions] == numbers
    assert not again.person.consents_to("channel")


async def test_a_case_changed_in_between_is_not_written_over(records: Records, beside: Database) -> None:
    case = await records.case()
    mine, theirs = await records.load(case.id), await records.on(beside).load(case.id)
    assert mine is not None
    assert theirs is not None
    theirs.person.answer("letter", "day", NOW)
    await records.on(beside).save(theirs)
    mine.person.answer("letter", "none", NOW)
    with pytest.raises(StaleCaseError):
        await records.save(mine)
    stored = await records.load(case.id)
    assert stored is not None
    assert stored.person.answer_to("letter") == "day"


async def test_one_case_of_many_that_was_changed_in_between_keeps_all_of_them_unwritten(records: Records) -> None:
    several = [await records.case() for _ in range(5)]
    other = await records.load(several[3].id)
    assert other is not None
    other.person.answer("letter", "day", NOW)
    await records.save(other)
    for case in several:
        case.person.answer("letter", "none", NOW)
    with pytest.raises(StaleCaseError):
        await records.save(*several)
    stored = [await records.load(case.id) for case in several]
    assert [case.person.answer_to("letter") for case in stored if case] == [None, None, None, "day", None]


async def test_a_case_erased_in_between_stays_away(records: Records) -> None:
    several = [await records.case() for _ in range(2)]
    async with records.database.write() as connection:
        await connection.execute(cases.delete().where(cases.c.id == several[0].id))
    for changed in (several, several[:1]):
        for case in changed:
            case.person.answer("letter", "none", NOW)
        with pytest.raises(StaleCaseError):
            await records.save(*changed)
    assert await records.load(several[0].id) is None


async def test_why_it_waits_is_written_with_it(records: Records) -> None:
    case = await records.case()

    async def stored() -> dict[str, Any]:
        async with records.database.read() as connection:
            return {row.reason: row.since for row in await connection.execute(select(pending))}

    assert await stored() == {"no_worker": NOW, "no_letter_sent": NOW}
    case.reach.contacted("letter", "out", after(days=1))
    case.reach.messages_arrive(False, after(days=1))
    await records.save(case, now=after(days=1))
    assert await stored() == {"no_worker": NOW, "invitation_not_used": after(days=1), "not_reachable": after(days=1)}
    case.reach.messages_arrive(True, after(days=2))
    case.reach.invited(after(days=2))  # shown on the worker's screen: since the letter, nothing has changed
    await records.save(case, now=after(days=2))
    assert await stored() == {"no_worker": NOW, "invitation_not_used": after(days=1)}
    case.phase = "closed"
    case.touch("cases")
    await records.save(case, now=after(days=3))
    assert await stored() == {}


async def test_two_cases_with_one_reference_or_one_overview_number_cannot_be(records: Records) -> None:
    await records.case(ref="GR-AAAAA", number="Z1")
    for facts in ({"ref": "GR-AAAAA"}, {"number": "Z1"}):
        with pytest.raises(IntegrityError):
            await records.case(**facts)


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Gather what is asked of the database meanwhile."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):  # which SQLite is told and asyncpg says by itself
            asked.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)


async def test_many_cases_take_as_few_statements_as_two(records: Records) -> None:
    several = [await records.case() for _ in range(30)]
    for case in several:
        fill(case)
    with statements(records.database) as asked:
        await records.save(*several[:2])
        two = len(asked)
        await records.save(*several[2:])
        assert len(asked) == 2 * two
    async with records.database.read() as connection:
        with statements(records.database) as asked:
            await records.cases.load(connection, [several[0].id])
            one = len(asked)
            assert len(await records.cases.load(connection, [case.id for case in several])) == 30
            assert len(asked) == 2 * one


async def test_cases_are_found_by_what_is_asked_for(records: Records) -> None:
    here = [await records.case(), await records.case(municipality="Assen", province="Drenthe")]
    async with records.database.read() as connection:
        assert await records.cases.find(connection, cases.c.municipality == "Assen") == [here[1].id]
        assert await records.cases.find(connection, cases.c.ref == here[0].ref) == [here[0].id]
        assert set(await records.cases.find(connection)) == {case.id for case in here}
        assert await records.cases.load(connection, []) == {}
        assert await records.cases.load(connection, ["nobody"]) == {}


async def test_a_new_case_that_is_changed_before_it_is_kept_is_kept_once(records: Records) -> None:
    case, key = records.cases.new(
        Identity("", "", None, None), ref="FR-AAAAA", municipality="Leeuwarden", province="Fryslân", added_at=NOW
    )
    fill(case)
    async with records.database.write() as connection:
        await records.cases.add(connection, [key])
        await records.cases.save(connection, [case], NOW, ZONE)
    case.person.answer("letter", "none", NOW)
    await records.save(case, now=NOW + timedelta(days=1))
    again = await records.load(case.id)
    assert again is not None
    assert (again.province, again.person.answer_to("letter"), len(again.messages)) == ("Fryslân", "none", 1)


async def test_deleting_a_case_takes_everything_of_it_along(records: Records) -> None:
    case = await records.case()
    fill(case)
    await records.save(case)
    chat = await records.chat(case=case)
    async with records.database.write() as connection:
        await records.invitations.make(connection, NOW, after(days=1), case_id=case.id)
        await connection.execute(text("DELETE FROM cases WHERE id = :id"), {"id": case.id})
    counts = await records.counts()
    # Its key goes with it when it is erased; what the figures count of it stays (storage/figures/monitoring.py).
    assert not {name for name, rows in counts.items() if rows} - {"subject_key", "monitoring"}
    assert chat.stored


@pytest.mark.parametrize(
    ("added", "day"),
    [
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 12, 31, 22, 30, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 3, 31, 22, 30, tzinfo=UTC), date(2026, 4, 1)),
        (datetime(2026, 10, 31, 23, 30, tzinfo=UTC), date(2026, 11, 1)),
    ],
)
async def test_what_comes_in_just_after_midnight_counts_in_the_month_on_the_wall(
    records: Records, added: datetime, day: date
) -> None:
    case = await records.case(added_at=added)
    assert case.first_listed_on == day
    async with records.database.read() as connection:
        row = (await connection.execute(select(monitoring.c.month))).one()
    assert row.month == day.replace(day=1)
