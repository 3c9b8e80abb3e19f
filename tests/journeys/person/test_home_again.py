"""From the day of release to half a year after, by taps and by words: nobody who is free is forgotten."""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random

import pytest

from bot.rounds.loaded import Room
from bot.webchat.phone import Phone
from bot.writing.saving import save_cases
from storage.case.case import Case
from storage.case.home_checks import CHECKS
from storage.case.waiting import reasons_to_wait
from tests.house import House
from tests.journeys.person.test_out_again import _buttons, _inside, _notes, _notices
from tests.journeys.transcript import Transcript

DAY = timedelta(days=1)
OUT = date(2027, 1, 6)


def _checks(case: Case) -> list[tuple[str, date, time, str]]:
    return [(r.kind, r.day, r.at, r.state) for r in case.reminders if r.kind in CHECKS and r.state != "cancelled"]


async def _freed(house: House, hour: int = 8) -> tuple[str, Phone, Phone]:
    """Somebody of whom the worker noted that they are free since today, at an hour of that day."""
    ref, phone, worker = await _inside(house)
    await house.at(OUT, hour)
    await house.say(worker, f"/zaak {ref}")
    await house.tap(worker, "🔓 Vrij? Vraag het na", "🔓 Vrij sinds vandaag")
    return ref, phone, worker


async def _open(house: House, phone: Phone) -> None:
    await house.tap(phone, "Laat zien", "Verder")


async def test_somebody_is_asked_on_the_day_after_a_week_a_month_and_half_a_year(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.choice", Random(7).choice)
    ref, phone, worker = await _freed(house)
    told = Transcript(house)
    told.follow("Anneke", worker)
    told.follow("Samira", phone)
    told.heading("The day of release, at ten: a bed and money")
    await house.at(OUT, 10)
    told.note()
    await told.tap("Samira", "Laat zien")
    await told.tap("Samira", "Verder")
    assert "Waar woon je nu?" in phone.last.text
    await told.tap("Samira", "Bij iemand")
    assert "Komt er nu geld binnen?" in phone.last.text
    await told.say("Samira", "ja")
    assert "Dank je" in phone.last.text
    assert [r.dealt for r in (await house.load(ref)).reminders if r.kind == "check_day"] == ["done"]
    await told.tap("Samira", "Mijn plan")
    assert [f.flag for f in (await house.load(ref)).flags if f.stands] == []

    told.heading("A week later: what she said stands, and one tap says that it is still so")
    await house.at(OUT + 7 * DAY, 10)
    told.note()
    await told.tap("Samira", "Laat zien")
    await told.tap("Samira", "Verder")
    await told.tap("Samira", "Ja, het is geldig")
    assert "Je zei eerder: Ja" in phone.last.text
    await told.tap("Samira", "Dat klopt nog")
    await told.tap("Samira", "Ja")
    assert "Je zei eerder: Bij iemand" in phone.last.text
    await told.tap("Samira", "Sla over")
    assert "Dank je" in phone.last.text

    told.heading("A month later")
    await house.at(OUT + 30 * DAY, 10)
    told.note()
    await told.tap("Samira", "Laat zien")
    await told.tap("Samira", "Verder")
    for answer in ("Vaste baan", "Ja, dat lukt", "Nee", "Ja"):
        await told.tap("Samira", answer)
    assert "Dank je" in phone.last.text

    told.heading("Half a year later: the last time")
    await house.at(OUT + 154 * DAY, 10)
    told.note()
    await told.tap("Samira", "Laat zien")
    await told.tap("Samira", "Verder")
    for _ in range(8):
        await told.tap("Samira", "Dat klopt nog")
    assert "Dit waren mijn laatste vragen" in phone.last.text
    case = await house.load(ref)
    assert [r.dealt for r in case.reminders if r.kind in CHECKS and r.state == "sent"] == ["done"] * 4
    told.matches("home_again")


async def test_what_somebody_has_now_never_changes_what_they_had(house: House) -> None:
    ref, phone, worker = await _inside(house)
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, ref)
        case.person.answer("home", "rent", house.clock.now())
        await _save(house, connection, case)
    await house.at(OUT, 8)
    await house.say(worker, f"/zaak {ref}")
    await house.tap(worker, "🔓 Vrij? Vraag het na", "🔓 Vrij sinds vandaag")
    await house.at(OUT, 10)
    await _open(house, phone)
    await house.tap(phone, "Meer antwoorden", "Ik heb geen plek")
    facts = (await house.load(ref)).facts
    assert (facts["home_start"], facts["home_release"]) == (True, False)
    await house.say(worker, f"/zaak {ref}")
    assert "🔻 Had eerder, nu kwijt: huis" in worker.last.text
    assert "Is vrij, en heeft geen slaapplek." in worker.last.text
    # Nobody asked before whether there was money: that stays unknown, and is no "no".
    while "Dank je" not in phone.last.text:
        await house.tap(phone, next(b for b in _buttons(phone) if b in ("✅ Ja", "👎 Nee")))
    facts = (await house.load(ref)).facts
    assert (facts.get("income_start"), facts["income_release"]) == (None, True)


async def test_what_is_missing_on_the_first_day_becomes_an_action_of_that_day_with_a_number(house: House) -> None:
    ref, phone, _worker = await _freed(house)
    await house.at(OUT, 10)
    await _open(house, phone)
    await house.tap(phone, "Meer antwoorden", "Ik heb geen plek")
    assert "Anneke zoekt vandaag met jou een bed." in phone.last.text
    assert "050 000 00 00" in phone.last.text
    assert "woensdag 6 januari" in phone.last.text
    await house.tap(phone, "Ja, graag")
    assert "Anneke vraagt vandaag een adres voor je post." in phone.last.text
    await house.tap(phone, "Ja, graag")
    assert "Komt er nu geld binnen?" in phone.last.text
    await house.tap(phone, "Nee")
    assert "Dank je" in phone.last.text
    case = await house.load(ref)
    agreed = [(a.proposal, a.owner, a.due) for a in case.actions if a.status == "agreed"]
    assert agreed == [("place_now", "worker", OUT), ("post_address", "worker", OUT)]


async def test_who_typed_no_to_money_and_to_the_insurance_gets_the_words_to_say(house: House) -> None:
    ref, phone, _worker = await _inside(house)
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, ref)
        case.person.answer("income", "job", house.clock.now())
        case.course.release(OUT)
        await _save(house, connection, case)
    await house.at(OUT, 12)
    await house.at(OUT + 7 * DAY, 10)
    await _open(house, phone)
    await house.say(phone, "Ja, het is geldig", "Nee")
    assert "Bel de gemeente. Zeg: “Ik ben weer thuis en zit zonder geld." in phone.last.text
    await house.say(phone, "Ja, dit doe ik", "Dat moet ik nog regelen")
    assert "Bel je zorgverzekering. Zeg: “Ik ben weer thuis.”" in phone.last.text
    assert "0800-64 64 644" in phone.last.text
    await house.say(phone, "Ja, dit doe ik", "Bij iemand")
    assert "Dank je" in phone.last.text
    agreed = {a.proposal: a.due for a in (await house.load(ref)).actions if a.status == "agreed"}
    assert agreed == {"money_help": OUT + 7 * DAY, "insurance_call": OUT + 8 * DAY}


async def test_after_the_last_check_in_the_worker_is_offered_to_close(house: House) -> None:
    ref, phone, worker = await _freed(house)
    for days in (0, 7, 30, 154):
        await house.at(OUT + days * DAY, 10)
        await house.say(worker, f"/zaak {ref}")
        assert "📁 Sluiten: 22 weken zijn voorbij" not in _buttons(worker)
        await _open(house, phone)
        while "Dank je" not in phone.last.text:
            await house.tap(phone, "Sla over")
    # The call that was planned finds that they went through it.
    await house.at(OUT + 162 * DAY, 10)
    await house.say(worker, f"/zaak {ref}")
    await house.tap(worker, "📁 Sluiten: 22 weken zijn voorbij", "🗓 22 weken zijn voorbij")
    case = await house.load(ref)
    assert (case.phase, case.closed_reason) == ("closed", "weeks_over")


async def test_who_types_is_led_through_as_well(house: House) -> None:
    ref, phone, _worker = await _freed(house)
    await house.at(OUT, 10)
    await house.tap(phone, "Laat zien")
    for words in ("verder", "bij iemand", "hoe bedoel je", "sla over"):
        if words == "sla over":
            assert "Dit snap ik niet" in phone.last.text
            await house.tap(phone, "Terug")
        await house.say(phone, words)
    assert "Dank je" in phone.last.text
    case = await house.load(ref)
    assert (case.person.answer_to("home"), case.person.answer_to("money_now")) == ("with", None)


async def test_who_leaves_the_first_one_unanswered_is_called_the_same_day(house: House) -> None:
    ref, phone, worker = await _freed(house)
    await house.at(OUT, 10)
    await house.tap(phone, "Laat zien")
    assert "hand_delivery" not in (await house.load(ref)).waiting
    await house.at(OUT, 16)
    assert "hand_delivery" in (await house.load(ref)).waiting
    await house.say(worker, f"/zaak {ref}")
    await house.tap(worker, "📞 Bel: herinnering")
    assert "Waar woon je nu?" in worker.last.text
    # She answers after all: nobody has to call any more.
    await house.tap(phone, "Verder", "Verder", "Huurhuis")  # the screen had folded
    assert "hand_delivery" not in (await house.load(ref)).waiting


async def test_who_answers_is_not_called(house: House) -> None:
    ref, phone, _worker = await _freed(house)
    await house.at(OUT, 10)
    await _open(house, phone)
    await house.tap(phone, "Huurhuis")
    await house.at(OUT + DAY, 10)
    case = await house.load(ref)
    assert "hand_delivery" not in case.waiting
    assert [(r.state, r.reason) for r in case.reminders if r.kind == "check_call"] == [("skipped", "heard from them")]


async def test_who_opens_the_week_a_month_late_is_asked_once_what_is_asked_now(house: House) -> None:
    ref, phone, _worker = await _freed(house)
    await house.at(OUT, 10)
    await house.at(OUT + 7 * DAY, 10)
    week = phone.last
    await house.at(OUT + 30 * DAY, 10)
    assert week is not None
    await house.tap(phone, "Laat zien", "Verder")
    assert "Hoe kom je aan geld?" in phone.last.text
    for answer in ("Vaste baan", "Ja, dat lukt", "Nee", "Ja"):
        await house.tap(phone, answer)
    assert "Dank je" in phone.last.text
    await house.say(phone, "/plan")
    assert "Je plan" in phone.last.text
    assert [r.dealt for r in (await house.load(ref)).reminders if r.kind in CHECKS and r.state == "sent"] == [
        None,
        None,
        "done",
    ]


async def test_who_is_inside_again_is_asked_nothing_and_from_the_next_release_on_all_of_it(house: House) -> None:
    ref, phone, worker = await _freed(house)
    await house.at(OUT, 10)
    await house.at(OUT + 3 * DAY, 12)
    heard = _notices(phone)
    await _notes(house, worker, ref, "Opgepakt")
    case = await house.load(ref)
    assert (case.phase, case.release_date, case.arrived_on) == ("held", None, OUT + 3 * DAY)
    assert {state for _, _, _, state in _checks(case)} == {"sent"}
    assert not [r for r in case.reminders if r.kind == "check_call" and r.state == "planned"]
    await house.at(OUT + 8 * DAY, 12)
    assert _notices(phone) == heard
    again = OUT + 40 * DAY
    await house.at(again, 8)
    await house.say(worker, f"/zaak {ref}")
    await house.tap(worker, "🔓 Vrij? Vraag het na", "🔓 Vrij sinds vandaag")
    case = await house.load(ref)
    assert [(kind, (day - again).days) for kind, day, _, state in _checks(case) if state == "planned"] == [
        *(("check_day", 0), ("check_week", 7), ("check_month", 30), ("check_22", 154))
    ]


async def test_who_said_free_by_mistake_takes_it_back(house: House) -> None:
    ref, phone, worker = await _freed(house)
    await house.at(OUT, 10)
    await house.tap(phone, "Laat zien", "Ik ben pas later vrij")
    assert "Op welke dag ben je vrij?" in phone.last.text
    case = await house.load(ref)
    assert (case.phase, case.outcome, case.inside_on) == ("held", "reported", OUT)
    assert not [row for row in _checks(case) if row[3] == "planned"]
    assert "Kijk hiernaar" in worker.lock_screen[-1]
    await house.say(phone, "20 januari")
    await house.tap(phone, "Ja, dat klopt")
    assert (await house.load(ref)).release_date == date(2027, 1, 20)
    await house.at(OUT + 7 * DAY, 12)
    assert "perhaps_free" in (await house.load(ref)).waiting


async def test_a_worker_who_noted_release_by_mistake_takes_it_back(house: House) -> None:
    ref, _phone, worker = await _freed(house)
    await _notes(house, worker, ref, "🚪 Gemeld")
    case = await house.load(ref)
    assert (case.phase, case.release_date) == ("held", None)
    assert not [row for row in _checks(case) if row[3] == "planned"]
    # Since it is not known, it is asked again.
    assert "perhaps_free" in case.waiting


async def test_on_a_shared_phone_nothing_says_what_it_is_about(house: House) -> None:
    ref, phone, _worker = await _freed(house)
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, ref)
        case.person.say_phone_is_shared(True)
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    await house.at(OUT, 10)
    assert phone.lock_screen[-1] == "Er is een bericht voor je."
    await house.tap(phone, "Laat zien")
    assert not any("Luister" in label for label in _buttons(phone))
    assert not {"gevangenis", "straf", "binnen"} & set(phone.last.text.casefold().split())


async def test_who_has_no_chat_is_called_each_time_and_asked_the_same(house: House) -> None:
    ref, phone, worker = await _freed(house)
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, ref)
        case.person.consent("channel", False, house.clock.now(), "1")
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    heard = _notices(phone)
    for days in (0, 7, 30, 154):
        await house.at(OUT + days * DAY, 10)
        await house.say(worker, f"/zaak {ref}")
        await house.tap(worker, "📞 Bel: herinnering")
        assert "Hoe gaat het thuis?" in worker.last.text
        if days == 0:
            await house.tap(worker, "🗣 Schrijf de antwoorden op")
            assert "Waar woon je nu?" in worker.last.text
            await house.tap(worker, "Huurhuis")
            assert "Komt er nu geld binnen?" in worker.last.text
            await house.tap(worker, "✅ Ja")
            assert (await house.load(ref)).facts["home_release"] is True
            assert "hand_delivery" not in (await house.load(ref)).waiting
        else:
            await house.tap(worker, "✅ Gezegd")
    assert _notices(phone) == heard
    case = await house.load(ref)
    assert [(kind, state) for kind, _, _, state in _checks(case)] == [(kind, "handed_to_worker") for kind in CHECKS]
    assert [r for r in case.reminders if r.kind == "check_call"] == []


async def test_quiet_hours_hold_it_back_and_the_call_is_counted_from_when_it_left(house: House) -> None:
    ref, phone, _worker = await _freed(house)
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, ref)
        case.person.prefer(quiet_from=time(9), quiet_until=time(17))
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    heard = _notices(phone)
    for hour in (10, 12, 16):
        await house.at(OUT, hour)
        assert _notices(phone) == heard
        assert "hand_delivery" not in (await house.load(ref)).waiting
    await house.at(OUT, 17)
    assert _notices(phone) == heard + 1
    await house.at(OUT, 19)
    assert "hand_delivery" not in (await house.load(ref)).waiting
    await house.at(OUT + DAY, 9)
    assert "hand_delivery" in (await house.load(ref)).waiting


async def test_when_the_clock_changes_it_still_comes_at_ten_on_the_wall(house: House) -> None:
    ref, _phone, _worker = await _freed(house)
    case = await house.load(ref)
    last = next(r for r in case.reminders if r.kind == "check_22")
    local = [r.due_at.astimezone(house.settings.zone).time() for r in case.reminders if r.kind in CHECKS]
    assert local == [time(10)] * 4
    assert last.due_at.hour == 8  # summer time; in January it was nine


@pytest.mark.parametrize("seed", range(4))
async def test_nobody_who_is_free_is_ever_without_a_next_moment(house: House, seed: int) -> None:
    draw = Random(seed)
    member = await house.member()
    refs = [await house.case(sentence_days=28) for _ in range(5)]
    phone = await house.arrived(refs[0])
    await house.tap(phone, "Alleen ik", "Verder", "Ja, hier")
    for ref in refs:
        async with house.app.database.write() as connection:
            case = await house.case_on(connection, ref)
            case.helpers.assign(member.id)  # else it would wait for a worker all the time
            case.course.confirm_date(house.today - 20 * DAY, "worker")
            case.course.record_outcome("reported", house.today)
            case.course.release(house.today - draw.randrange(3) * DAY)
            await _save(house, connection, case)
    for _ in range(25):
        async with house.app.database.write() as connection:
            case, now, today = await house.case_on(connection, draw.choice(refs)), house.clock.now(), house.today
            ways = [
                lambda c=case, t=today: c.course.release(t - draw.randrange(9) * DAY) if c.phase == "held" else None,
                lambda c=case, t=today: c.course.record_outcome(draw.choice(["reported", "arrested"]), t),
                lambda c=case, t=today: c.course.expect_release(t - draw.randrange(40) * DAY),
                lambda c=case, t=today: c.course.close("finished", t),
                lambda c=case: c.course.reopen() if c.phase == "closed" else None,
                lambda c=case: c.reach.by(draw.choice(["chat", "visit"])),
                lambda c=case: c.person.prefer(quiet_from=time(9), quiet_until=time(draw.randrange(10, 20))),
                lambda c=case, t=today: c.person.prefer(paused_until=t + draw.randrange(40) * DAY),
                lambda c=case, n=now: c.person.answer("money_now", draw.choice(["yes", "no"]), n),
                lambda c=case, n=now: c.reach.contacted("phone", "in", n),
            ]
            draw.choice(ways)()
            await _save(house, connection, case)
        house.clock.forward(minutes=draw.randrange(0, 20 * 24 * 60))
        await house.tick()
        for ref in refs:
            case, now = await house.load(ref), house.clock.now()
            if case.phase != "free":
                assert not [r for r in case.reminders if r.kind in CHECKS and r.state == "planned"]
                continue
            coming = [r for r in case.reminders if r.kind in (*CHECKS, "check_call") and r.state == "planned"]
            waits = reasons_to_wait(case, now, house.settings.zone)
            over = any(kind == "check_22" and state != "planned" for kind, _, _, state in _checks(case))
            assert coming or waits or over, case.ref
            planned = [r.kind for r in coming if r.kind in CHECKS]
            assert len(planned) == len(set(planned))


async def _save(house: House, connection: object, case: Case) -> None:
    """Save a case as a round does, with what hangs from it."""
    room = Room(house.stores, connection, house.clock.now(), {case.id: case})  # type: ignore[arg-type]
    await save_cases(room, house.app.due.content, [case])
