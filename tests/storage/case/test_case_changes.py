"""Changes of cases, several at once: each keeps its own, and the next look at it is at the right moment."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from storage.case.case_changes import StaleCaseError
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

    async def stored(case_id: str) -> set[str]:
        async with records.database.read() as connection:
            found = await connection.execute(select(pending.c.reason).where(pending.c.case_id == case_id))
            return set(found.scalars())

    await records.save(one, two)
    for case in (one, two):
        assert await stored(case.id) == set(case.waiting) >= {"unread_message", "no_worker"}
    one.thread.answered(NOW)
    one.thread.read("self_reporter", NOW)
    two.helpers.assign((await records.member()).id)
    await records.save(one, two)
    for case in (one, two):
        assert await stored(case.id) == set(case.waiting)
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
    case.person.speak("pl")
    await records.save(case)
    # What was written two times ago is known to be there as well.
    case.thread.read("worker", NOW)
    case.helpers.note("Gebeld.", "a worker", NOW)
    await records.save(case)
    found = await records.load(case.id)
    assert found is not None
    assert [note.text for note in found.notes] == ["Belt liever 's avonds.", "Gebeld."]
    assert [message.read_at for message in found.messages] == [NOW]


async def test_at_night_it_is_the_day_on_the_wall_that_counts(records: Records) -> None:
    midnight_past = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # half past twelve in Amsterdam, on the 25th
    case = await records.case(sentence_days=28)
    case.course.confirm_date(date(2026, 11, 24), "self")
    case.plan.agree(case.plan.propose("work", "self", "before", "Bel", date(2026, 11, 24), None))
    await records.save(case, now=midnight_past)
    assert case.first_action_on == date(2026, 11, 25)
    assert {"outcome_unknown", "action_overdue"} <= set(case.waiting)
    seen = await records.case()
    seen.course.confirm_date(date(2026, 11, 25), "self")
    seen.signals.reviewed(None)
    await records.save(seen, now=midnight_past)
    assert seen.look_at == datetime(2026, 11, 25, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize("tells", [True, False], ids=["a driver that counts", "a driver that does not"])
async def test_of_several_one_that_somebody_else_changed_is_noticed_whether_or_not_the_driver_counts_rows(
    records: Records, monkeypatch: pytest.MonkeyPatch, tells: bool
) -> None:
    several = [await records.case() for _ in range(3)]
    other = await records.load(several[1].id)
    assert other is not None
    other.person.speak("pl")
    await records.save(other)
    # As aiosqlite says of itself, or as asyncpg does.
    supports = tells and records.database.engine.dialect.supports_sane_multi_rowcount
    monkeypatch.setattr(records.database.engine.dialect, "supports_sane_multi_rowcount", supports)
    for case in several:
        case.person.speak("tr")
    with pytest.raises(StaleCaseError):
        await records.save(*several)
    again = [await records.load(case.id) for case in several]
    assert [case.language for case in again if case] == ["nl", "pl", "nl"]
    for case in again:
        assert case is not None
        case.person.speak("de")
    await records.save(*(case for case in again if case))
    assert [case.language for case in [await records.load(one.id) for one in several] if case] == ["de"] * 3
