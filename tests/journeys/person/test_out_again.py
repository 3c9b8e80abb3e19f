"""From the reporting day to home again: somebody asks, on both phones, and nobody inside is forgotten."""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random

import pytest

from bot.webchat.phone import Phone
from storage.case.home_checks import CHECKS
from storage.case.release import asks_on
from storage.case.waiting import reasons_to_wait
from tests.house import House
from tests.journeys.transcript import Transcript

DAY = timedelta(days=1)
REPORTS, EARLIEST, ASKED_AGAIN = date(2026, 12, 9), date(2026, 12, 23), date(2026, 12, 30)


def _notices(phone: Phone) -> int:
    return phone.lock_screen.count("Er is een bericht voor je.")


def _buttons(phone: Phone) -> set[str]:
    assert phone.last is not None
    return {label for row in phone.last.buttons for label, _ in row}


async def _inside(house: House) -> tuple[str, Phone, Phone]:
    """Somebody whom a worker noted as reported, the day after."""
    ref, phone, worker = await house.called_up("9 december")
    await house.say(worker, f"/zaak {ref}")
    if "🤝 Neem deze zaak" in _buttons(worker):
        await house.tap(worker, "Neem deze zaak")
    await house.at(REPORTS + DAY, 9)
    await _notes(house, worker, ref, "🚪 Gemeld")
    return ref, phone, worker


async def _notes(house: House, worker: Phone, ref: str, outcome: str) -> None:
    await house.say(worker, f"/zaak {ref}")
    await house.tap(worker, "📅 Dag en feiten", "🏁 Hoe de dag ging", outcome)


async def test_whoever_is_inside_is_asked_after_until_they_are_home(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.choice", Random(7).choice)
    ref, phone, worker = await _inside(house)
    told = Transcript(house)
    told.follow("Anneke", worker)
    told.follow("Samira", phone)
    told.heading("The day before the earliest day: nothing comes to a phone that lies at home")
    heard = _notices(phone)
    await house.at(EARLIEST - DAY, 12)
    assert _notices(phone) == heard
    assert "perhaps_free" not in (await house.load(ref)).waiting

    told.heading("The earliest day: two weeks of leave are possible, so somebody asks")
    await house.at(EARLIEST, 8, 45)
    await told.say("Anneke", "/vandaag")
    assert "vrij? vraag het na" in worker.last.text
    await house.at(EARLIEST, 10)
    told.note()
    assert phone.lock_screen[-1] == "Er is een bericht voor je."
    assert _notices(phone) == heard + 1
    await told.tap("Samira", "Laat zien")
    await told.tap("Samira", "Dat komt nog")
    await told.say("Samira", "6 januari")
    await told.tap("Samira", "Ja, dat klopt")
    assert "perhaps_free" not in (await house.load(ref)).waiting
    await told.say("Anneke", "/vandaag")

    told.heading("A week later it is asked again. Anneke calls the prison: still inside")
    await house.at(ASKED_AGAIN, 10)
    told.note()
    assert _notices(phone) == heard + 2
    await house.say(worker, f"/zaak {ref}")
    await told.tap("Anneke", "🔓 Vrij? Vraag het na")
    await told.tap("Anneke", "🏢 Zit nog vast, dag onbekend")
    assert "perhaps_free" not in (await house.load(ref)).waiting

    told.heading("The day that was told: she types something, and is asked whether she is home")
    await house.at(date(2027, 1, 6), 12)
    told.note()
    await told.say("Samira", "hoi")
    assert "Ben je weer thuis?" in phone.last.text
    await told.tap("Samira", "Ja, ik ben thuis")
    await told.tap("Samira", "🔓 Ik ben vrij")
    case = await house.load(ref)
    assert (case.phase, case.release_date, case.formal_release) == ("free", date(2027, 1, 6), None)
    assert "perhaps_free" not in case.waiting
    told.note()

    told.heading("What is asked now is of now")
    await told.tap("Samira", "Verder")
    assert "gevangenis" not in phone.last.text
    await house.at(date(2027, 1, 13), 10)
    told.note()
    await told.tap("Samira", "Laat zien")
    assert "Hoe gaat het?" in phone.last.text

    told.heading("The case is closed: whatever she does, she hears it, and her data stay hers")
    await house.say(worker, f"/zaak {ref}")
    await house.deed(worker, "Zaak sluiten", "✅ Alles is geregeld")
    await told.tap("Samira", "Verder")
    assert "Je hulp hier is afgesloten." in phone.last.text
    await told.say("Samira", "kan ik nog iets vragen")
    assert "Je hulp hier is afgesloten." in phone.last.text
    await told.say("Samira", "/plan")
    assert "Je hulp hier is afgesloten." in phone.last.text
    await told.say("Samira", "/mijngegevens")
    await told.tap("Samira", "Ja, stuur het")
    assert phone.last.text == "📄 Hier is het."
    await told.say("Samira", "/wissen")
    await told.tap("Samira", "Ja, wis alles")
    told.matches("out_again")


@pytest.mark.parametrize("does", ["hallo", "/plan", "/start", "/vragen", "/mijnplan"])
async def test_whatever_somebody_types_who_is_perhaps_free_they_are_asked(house: House, does: str) -> None:
    ref, phone, _worker = await _inside(house)
    await house.say(phone, "/plan")
    assert "Ben je weer thuis?" not in phone.last.text
    house.clock.forward_to(house.clock.now() + 20 * DAY)
    await house.say(phone, does)
    assert "Ben je weer thuis?" in phone.last.text
    await house.tap(phone, "Ja, ik ben thuis", "Ik ben even thuis")
    await house.tap(phone, "Weet ik niet", "Mijn plan")
    assert "📋" in phone.last.text
    assert (await house.load(ref)).phase == "held"


async def test_words_that_nobody_understood_wait_beside_the_question_until_they_are_sent(house: House) -> None:
    ref, phone, _worker = await _inside(house)
    house.clock.forward_to(house.clock.now() + 20 * DAY)
    await house.say(phone, "mn baas heeft gebeld")
    assert "Ben je weer thuis?" in phone.last.text
    await house.tap(phone, "Stuur wat ik typte")
    assert [m.text for m in (await house.load(ref)).messages if m.kind == "text"] == ["mn baas heeft gebeld"]
    assert "Ben je weer thuis?" in phone.last.text


async def test_words_typed_for_the_day_are_not_lost(house: House) -> None:
    """Asked on which day they are free, somebody tells how they are: that was gone, and answered with "no date"."""
    ref, phone, _worker = await _inside(house)
    await house.at(EARLIEST, 10)
    await house.tap(phone, "Laat zien", "Dat komt nog")
    asked = phone.last.text
    await house.say(phone, "weten ze hier nog niet")
    assert "Dat lees ik niet als een datum. Zal Anneke het lezen?" in phone.last.text
    assert {"💬 Ja, stuur het", "▶️ Terug", "🙋 Ik wil iemand spreken"} <= _buttons(phone)
    await house.tap(phone, "Ja, stuur het")
    assert phone.last.text.startswith("✅ Bewaard.")
    assert phone.last.text.endswith(asked)
    await house.say(phone, "volgende week ergens denk ik")
    await house.tap(phone, "Terug")
    assert phone.last.text == asked
    messages = [m.text for m in (await house.load(ref)).messages if m.kind == "text"]
    assert messages == ["weten ze hier nog niet"]


async def test_an_old_button_leads_to_the_question_and_loses_nothing(house: House) -> None:
    ref, phone, _worker = await _inside(house)
    await house.say(phone, "/bericht")
    house.clock.forward_to(house.clock.now() + 20 * DAY)
    await house.say(phone, "Ik ben thuis sinds gisteren")
    assert [m.text for m in (await house.load(ref)).messages if m.kind == "text"] == ["Ik ben thuis sinds gisteren"]
    await house.tap(phone, "Verder")
    assert "Ben je weer thuis?" in phone.last.text


async def test_who_else_holds_the_phone_learns_nothing_and_is_left_alone(house: House) -> None:
    ref, phone, _worker = await _inside(house)
    await house.at(EARLIEST, 10)
    await house.tap(phone, "Laat zien")
    assert not {"vrij", "gevangenis", "straf", "binnen"} & set(phone.last.text.casefold().replace("?", "").split())
    await house.tap(phone, "Ik ben iemand anders")
    assert "Dan ben ik nu stil" in phone.last.text
    await house.say(phone, "weer terug")
    assert "Ben je weer thuis?" in phone.last.text
    heard = _notices(phone)
    await house.at(EARLIEST + 6 * DAY, 12)
    assert _notices(phone) == heard
    assert "perhaps_free" in (await house.load(ref)).waiting


async def test_the_phone_gets_three_notices_at_most_and_the_worker_is_asked_for_ever(house: House) -> None:
    ref, phone, _worker = await _inside(house)
    heard = _notices(phone)
    for day in range(0, 120, 2):
        await house.at(REPORTS + (2 + day) * DAY, 12)
    assert _notices(phone) - heard == 3
    assert "perhaps_free" in (await house.load(ref)).waiting
    assert [state for kind, state in await house.ledger(ref) if kind == "perhaps_free"] == ["sent"] * 3


async def test_a_worker_who_notes_a_day_that_is_over_is_asked_what_it_means(house: House) -> None:
    ref, _phone, worker = await _inside(house)
    await house.at(EARLIEST, 10)
    await house.say(worker, f"/zaak {ref}")
    await house.tap(worker, "🔓 Vrij? Vraag het na", "🏢 Zit nog vast: ik weet de dag")
    await house.say(worker, "20 december")
    assert "Is deze persoon vrij?" in worker.last.text
    await house.tap(worker, "🔓 Ja, vrij sinds die dag")
    case = await house.load(ref)
    assert (case.phase, case.release_date) == ("free", date(2026, 12, 20))
    # Out before the formal end of the sentence: until then it is leave.
    assert case.formal_release == date(2027, 1, 6)
    assert next(r.day for r in case.reminders if r.kind == "check_week") == date(2026, 12, 27)
    # The day of release is mended: what comes after it moves along.
    await house.say(worker, f"/zaak {ref}")
    await house.tap(worker, "📅 Dag en feiten", "🔓 Dag van vrijkomen")
    await house.say(worker, "22 december")
    planned = [r.day for r in (await house.load(ref)).reminders if r.kind in CHECKS and r.state == "planned"]
    assert planned == [EARLIEST, date(2026, 12, 29), date(2027, 1, 21), date(2027, 5, 25)]


async def test_an_outcome_noted_by_mistake_leaves_nobody_inside(house: House) -> None:
    ref, _phone, worker = await _inside(house)
    await _notes(house, worker, ref, "❌ Niet gekomen")
    case = await house.load(ref)
    assert (case.phase, case.arrived_on) == ("coming", None)
    assert [r.state for r in case.reminders if r.kind == "perhaps_free"] == ["cancelled"] * 3


@pytest.mark.parametrize("seed", range(3))
async def test_nobody_inside_is_ever_without_a_day_on_which_somebody_asks(house: House, seed: int) -> None:
    draw = Random(seed)
    refs = [await house.case(sentence_days=draw.choice([None, 1, 6, 8, 28, 90, 365, 366, 700, 900])) for _ in range(6)]
    phone = await house.arrived(refs[0])
    await house.tap(phone, "Alleen ik", "Verder", "Ja, hier")
    for _ in range(30):
        async with house.app.database.write() as connection:
            case, now, today = await house.case_on(connection, draw.choice(refs)), house.clock.now(), house.today
            ways = [
                lambda c=case, t=today: c.course.confirm_date(t + draw.randrange(-9, 9) * DAY, "worker"),
                lambda c=case, t=today: c.course.record_outcome(draw.choice(["reported", "arrested", "absent"]), t),
                lambda c=case, t=today: c.course.expect_release(
                    draw.choice([None, t + draw.randrange(-60, 90) * DAY]), t
                ),
                lambda c=case, t=today: c.course.known_inside(t),
                lambda c=case, t=today: c.course.close("finished", t),
                lambda c=case: c.course.reopen() if c.phase == "closed" else None,
                lambda c=case: c.reach.by(draw.choice(["chat", "visit"])),
                lambda c=case: c.person.prefer(quiet_from=time(9), quiet_until=time(draw.randrange(10, 20))),
                lambda c=case, t=today: c.person.prefer(paused_until=t + draw.randrange(40) * DAY),
                lambda c=case: c.course.list_date(None),
            ]
            draw.choice(ways)()
            await house.stores.cases.save(connection, [case], now, house.settings.zone)
        house.clock.forward(minutes=draw.randrange(0, 12 * 24 * 60))
        await house.tick()
        for ref in refs:
            case, now = await house.load(ref), house.clock.now()
            if case.phase == "held":
                coming = [r for r in case.reminders if r.state in ("planned", "leaving")]
                waits = reasons_to_wait(case, now, house.settings.zone)
                assert waits or coming, case.ref
                asked = asks_on(case)
                assert asked is not None
                assert ("perhaps_free" in case.waiting) is (asked <= house.today)
            assert len({r.day for r in case.reminders if r.kind == "perhaps_free" and r.state == "planned"}) <= 3
