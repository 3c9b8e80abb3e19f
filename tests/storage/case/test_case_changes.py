"""Changes of cases, several at once: each keeps its own, and the next look at it is at the right moment."""

from __future__ import annotations

from sqlalchemy import select

from storage.case.waiting import next_look
from storage.schema import pending
from tests.storage.records import NOW, ZONE, Records, after


async def test_who_did_not_apply_the_rules_over_flags_leaves_that_to_the_next_look(records: Records) -> None:
    unseen, seen, closed = [await records.case() for _ in range(3)]
    seen.signals.reviewed(after(hours=3))
    for case in (unseen, seen):
        case.reach.invited(NOW)
    closed.course.close("finished", NOW.date())
    await records.save(unseen, seen, closed)
    assert unseen.look_at == NOW
    assert seen.look_at == next_look(seen, NOW, ZONE) != NOW
    assert closed.look_at == next_look(closed, NOW, ZONE)
    # A look counts for what was changed with it, and not for what comes after.
    seen.reach.invited(NOW)
    await records.save(seen)
    assert seen.look_at == NOW


async def test_a_letter_that_was_not_sent_goes_and_every_other_contact_stays(records: Records) -> None:
    case, other = [await records.case() for _ in range(2)]
    for one in (case, other):
        one.reach.contacted("phone", "out", NOW)
        one.reach.contacted("letter", "out", NOW)
    await records.save(case, other)
    case.reach.letter_not_sent(NOW)
    await records.save(case)
    kinds = []
    for one in (case, other):
        found = await records.load(one.id)
        assert found is not None
        kinds.append([contact.kind for contact in found.contacts])
    assert kinds == [["phone"], ["phone", "letter"]]


async def test_of_several_cases_each_keeps_why_it_waits(records: Records) -> None:
    one, two = [await records.case() for _ in range(2)]
    for case in (one, two):
        case.thread.write("self_reporter", "Hallo?", NOW)
    await records.save(one, two)
    one.thread.answered(NOW)
    one.thread.read("self_reporter", NOW)
    two.helpers.assign((await records.member()).id)
    await records.save(one, two)
    async with records.database.read() as connection:
        rows = list(await connection.execute(select(pending.c.case_id, pending.c.reason)))
    assert {reason for case_id, reason in rows if case_id == one.id} == set(one.waiting)
    assert {reason for case_id, reason in rows if case_id == two.id} == set(two.waiting)
    assert "unread_message" not in one.waiting
    assert "unread_message" in two.waiting
    assert "no_worker" in one.waiting
    assert "no_worker" not in two.waiting


async def test_what_was_written_once_is_changed_and_never_written_twice(records: Records) -> None:
    case = await records.case()
    case.helpers.note("Belt liever 's avonds.", "a worker", NOW)
    await records.save(case)
    assert case.touched == {}
    assert case.dropped == set()
    case.thread.write("worker", "Dag", NOW)
    await records.save(case)
    case.thread.read("worker", NOW)
    case.helpers.note("Gebeld.", "a worker", NOW)
    await records.save(case)
    found = await records.load(case.id)
    assert found is not None
    assert [note.text for note in found.notes] == ["Belt liever 's avonds.", "Gebeld."]
    assert [message.read_at for message in found.messages] == [NOW]
