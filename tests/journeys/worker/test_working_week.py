"""A working week of three workers with forty cases, over real HTTP: what waits comes when it should, and goes."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from sqlalchemy import select

from bot.webchat.phone import Phone
from storage.case.waiting import REASONS
from storage.schema import cases, pending
from tests.house import House, on_both
from tests.journeys.transcript import Transcript

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 11, day) for day in (23, 24, 25, 26, 27))
NEXT_TUESDAY, IN_TWO_WEEKS, LATER = date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 9)
THE_DAY, THE_DAY_AFTER, RELEASED_SOON = date(2026, 12, 10), date(2026, 12, 11), date(2026, 12, 20)


class Week:
    """The people of the week, and what each case waits for."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.told = Transcript(house)
        self.seen: set[str] = set()
        self.gone: set[str] = set()

    async def waits(self, ref: str) -> set[str]:
        """Return what a case waits for, as the lists read it."""
        async with self.house.app.database.read() as connection:
            found = await connection.execute(select(pending.c.reason).join(cases).where(cases.c.ref == ref))
            return set(found.scalars())

    async def comes(self, ref: str, *reasons: str) -> None:
        """Make sure that a case waits for these now."""
        assert set(reasons) <= await self.waits(ref), (reasons, await self.waits(ref))
        self.seen.update(reasons)

    async def goes(self, ref: str, *reasons: str) -> None:
        """Make sure that a case no longer waits for these."""
        assert not set(reasons) & await self.waits(ref), (reasons, await self.waits(ref))
        self.gone.update(reasons)

    async def shares(self, ref: str, domain: str, text: str) -> None:
        """Let somebody agree that the prison does something, and say yes to its knowing."""
        async with self.house.app.database.write() as connection:
            case, now = await self.house.case_on(connection, ref), self.house.clock.now()
            action = case.plan.propose(domain, "casemanager", "inside", text, None, None)
            case.plan.agree(action)
            case.shares.let_prison_read(action, True, now, "1")
            await self.house.stores.cases.save(connection, [case], now, self.house.settings.zone)

    async def leaves_the_list(self, ref: str) -> None:
        """Let a list come that does not have a case."""
        async with self.house.app.database.write() as connection:
            case, now = await self.house.case_on(connection, ref), self.house.clock.now()
            case.missing_since = self.house.today
            case.touch("cases")
            await self.house.stores.cases.save(connection, [case], now, self.house.settings.zone)

    async def until(self, phone: Phone, words: str) -> None:
        """Let somebody answer that they do not know, and agree to what is proposed, until they are asked this."""
        for _ in range(120):
            assert phone.last is not None
            labels = [label for row in phone.last.buttons for label, _ in row]
            if words in phone.last.text:
                return
            choice = next(
                (b for b in ("Huurhuis", "Weet ik niet", "Ja, dit doe ik", "Verder:") if any(b in x for x in labels)),
                None,
            )
            assert choice is not None, phone.dump()
            await self.house.tap(phone, choice)
        raise AssertionError(f"never asked: {words}")


@on_both
async def test_a_working_week_of_three_workers_with_forty_cases(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.choice", Random(7).choice)  # references, which order what is equally pressing
    week = Week(house)
    told = week.told
    people = {
        "Anneke": await house.member(name="Anneke"),
        "Bram": await house.member(name="Bram"),
        "Chris": await house.member(area="Pekela", name="Chris"),
        "Coby": await house.member(role="coordinator", area="provincie Groningen", name="Coby"),
        "Karin": await house.member(role="casemanager", area="PI Veenhuizen", name="Karin"),
    }
    phones = {name: await house.joined(member) for name, member in people.items()}
    anneke, bram, chris, coby, karin = phones.values()
    names = ("Samira", "Ali", "Mila", "Tom", "Noor")
    groningen = [await house.case(first_name=names[n % 5], birth_year=1999, reporting_date=None) for n in range(25)]
    pekela = [await house.case(first_name=names[n % 5], municipality="Pekela") for n in range(15)]
    samira, ali, mila, tom, noor = groningen[:5]
    for name in ("Anneke", "Coby", "Karin"):
        told.follow(name, phones[name])

    told.heading("Tuesday: nobody has these cases yet. Anneke takes five; Bram and the others take the rest")
    await told.tap("Anneke", "🔄 Ververs")
    await week.comes(samira, "no_worker", "no_letter_sent")
    for ref in groningen[:5]:
        await house.say(anneke, f"/zaak {ref}")
        await house.tap(anneke, "Neem deze zaak")
    for ref in groningen[5:]:
        await house.say(bram, f"/zaak {ref}")
        await house.tap(bram, "Neem deze zaak")
    await week.goes(samira, "no_worker")
    assert [(await house.load(ref)).worker for ref in pekela] == [people["Chris"].id] * 15
    await told.say("Anneke", "/vandaag")

    told.heading("Four letters left today: noted at once")
    await told.tap("Anneke", "✅ Contact vastleggen")
    await told.tap("Anneke", "✉️ Brief verstuurd")
    for ref in groningen[1:5]:
        await house.tap(anneke, ref)
    await told.tap("Anneke", "✅ Bewaar: 4")
    await week.goes(mila, "no_letter_sent")
    await week.comes(mila, "invitation_not_used")

    told.heading("Samira opens her letter in the evening and is in danger of losing her home")
    house.clock.forward(hours=10)
    anneke.lock_screen.clear()
    phone = await house.arrived(samira)
    await house.tap(phone, "Alleen ik", "Verder", "Ja, hier", "Mijn huis")
    await week.until(phone, "huis uit")
    await house.tap(phone, "Ja, ik heb die brief")
    told.note()
    await week.comes(samira, "urgent_flag")
    assert anneke.lock_screen == []  # nobody is at work

    told.heading("Wednesday: the list of the day, and at nine the notice")
    await house.at(WEDNESDAY, 8, 45)
    told.note()
    await told.tap("Anneke", "👀 Laat zien")
    await house.at(WEDNESDAY, 9)
    told.note()
    await told.tap("Anneke", "👀 Laat zien")
    await told.tap("Anneke", "🚩 Signalen")
    await told.tap("Anneke", "1")
    await told.tap("Anneke", "👁 Ik heb het gezien")
    await week.goes(samira, "urgent_flag")

    told.heading("She writes; Anneke answers")
    await house.say(phone, "/bericht")
    await house.say(phone, "Wanneer bel je?")
    told.note()
    await week.comes(samira, "unread_message")
    await told.tap("Anneke", "👀 Laat zien")
    await week.comes(samira, "unread_message")  # looking is no answer
    await told.reply("Anneke", "Vanmiddag om 3 uur.")
    await week.goes(samira, "unread_message")

    told.heading("An action past its day; Anneke takes it over and finishes it")
    await house.say(anneke, f"/actie {samira} Bel de huisbaas")
    await told.tap("Anneke", "🤝 Ik doe dit")
    await told.say("Anneke", "vandaag")
    await house.at(THURSDAY, 10)
    await week.comes(samira, "action_overdue")
    await house.say(anneke, f"/plan {samira}")
    await told.tap("Anneke", "1")
    await told.tap("Anneke", "✅ Het is klaar")
    await week.goes(samira, "action_overdue")

    told.heading("Ali blocks the bot: he would rather be called")
    ali_phone = await house.arrived(ali, name="Ali")
    await house.tap(ali_phone, "Alleen ik", "Verder", "Ja, hier")
    ali_phone.block()
    await house.pump()
    told.note()
    await week.comes(ali, "not_reachable")
    await told.tap("Anneke", "👀 Laat zien")
    await told.tap("Anneke", "📅 Dag en feiten")
    await told.tap("Anneke", "📣 Hoe bereiken")
    await told.tap("Anneke", "📞 Telefoon")
    await week.goes(ali, "not_reachable")

    told.heading("Friday: Anneke is away; Bram stands in and hears what is urgent")
    await told.say("Anneke", "/waarneming")
    await told.tap("Anneke", "👤 Bram")
    await told.tap("Anneke", "📅 vrijdag 27 november")
    await told.tap("Anneke", "📅 vrijdag 27 november")
    await house.at(FRIDAY, 9, 30)
    bram.lock_screen.clear()
    anneke.lock_screen.clear()
    await house.tap(phone, "Laat zien", "Ik wil iemand spreken")
    assert f"🙋 Hulpvraag · {samira}" in bram.lock_screen
    assert anneke.lock_screen == []
    await house.tap(bram, "Laat zien")
    assert "Kloosterboer" in bram.last.text
    await house.say(bram, f"/contact {samira}")
    await house.tap(bram, "📞 Ik belde, gesproken")
    await week.goes(samira, "unread_message")

    told.heading("Nobody sees to a message of Pekela: after its norm the coordinator hears it")
    noor_phone = await house.arrived(pekela[0], name="Noor")
    await house.tap(noor_phone, "Alleen ik", "Verder", "Ja, hier", "Ik wil iemand spreken")
    await house.at(date(2026, 11, 30), 9, 45)
    told.note()
    assert f"⏰ Hier is niet op tijd naar gekeken · {pekela[0]}" in coby.lock_screen
    assert coby.lock_screen.count(f"⏰ Hier is niet op tijd naar gekeken · {pekela[0]}") == 1
    await house.say(chris, f"/zaak {pekela[0]}")
    await week.comes(pekela[0], "unread_message")
    await house.tap(chris, "🆗 Hoeft geen antwoord")
    await week.goes(pekela[0], "unread_message")

    told.heading("The letter with the day: Mila's list and letter differ")
    await house.say(anneke, f"/zaak {mila}")
    await told.tap("Anneke", "📅 Dag en feiten")
    await told.tap("Anneke", "✏️ Andere dag of tijd in de brief")
    await told.say("Anneke", "10 december")
    await week.comes(mila, "plan_not_agreed")
    number = (await house.load(mila)).identity.number
    await house.case(first_name="Mila", number=number, reporting_date=RELEASED_SOON)
    await week.comes(mila, "date_differs")
    await told.say("Anneke", f"/zaak {mila}", as_="/zaak (Mila)")
    await house.case(first_name="Mila", number=number, reporting_date=THE_DAY)
    await week.goes(mila, "date_differs")

    told.heading("A list comes without Noor, and the next one has her again")
    number = (await house.load(noor)).identity.number
    await week.leaves_the_list(noor)
    await week.comes(noor, "not_listed")
    await told.say("Anneke", f"/zaak {noor}", as_="/zaak (Noor, whom the list does not have)")
    await house.case(first_name="Noor", number=number, sentence_days=30)
    await week.goes(noor, "not_listed")
    await house.say(anneke, f"/zaak {mila}")

    told.heading("She has no chat: Anneke asks the questions")
    await told.tap("Anneke", "🗣 Samen de vragen doen")
    await house.say(anneke, f"/actie {mila} Zoek je ID-kaart")
    await told.tap("Anneke", "👤 Mila")
    await told.say("Anneke", "8 december")
    await week.goes(mila, "plan_not_agreed")

    told.heading("What Mila shares with the prison: Karin confirms one thing, and cannot do the other")
    await week.shares(mila, "identity", "Vraag een ID-kaart aan via de gemeente")
    await week.shares(mila, "housing", "Regel een plek voor de spullen")
    await week.comes(mila, "share_not_confirmed")
    await told.say("Karin", "/zaken")
    await told.tap("Karin", "1")
    await told.tap("Karin", "👍 1 Dit doen wij")
    await week.comes(mila, "share_not_confirmed")
    await told.tap("Karin", "✋ 2 Kan niet")
    await told.say("Karin", "Opslag doen wij niet. Vraag Solidair Friesland.")
    await week.goes(mila, "share_not_confirmed")
    told.note()
    await house.say(anneke, f"/plan {mila}")
    assert "Regel een plek voor de spullen · ✋ PI Veenhuizen kan dit niet doen." in anneke.last.text
    await week.comes(mila, "share_declined")
    await house.tap(anneke, "3")
    await told.tap("Anneke", "🤝 Ik doe dit")
    await week.goes(mila, "share_declined")
    assert "Regel een plek voor de spullen · jij" in anneke.last.text
    await told.say("Anneke", f"/notitie {mila}", as_="/notitie (Mila)")
    await told.say("Karin", f"/zaak {tom}", as_="/zaak (somebody who shares nothing)")
    assert "Er is geen zaak" in karin.last.text

    told.heading("On the day of her action Anneke calls")
    await house.at(IN_TWO_WEEKS, 10)
    await week.comes(mila, "hand_delivery")
    await house.say(anneke, f"/zaak {mila}")
    await told.tap("Anneke", "📞 Bel: herinnering")
    await told.tap("Anneke", "✅ Gezegd")
    while "hand_delivery" in await week.waits(mila):
        await house.tap(anneke, "✅ Gezegd")
    await week.goes(mila, "hand_delivery")

    told.heading("Two weeks after the letter nobody has answered: a visit")
    await week.comes(tom, "no_contact")
    await house.say(anneke, f"/contact {tom}")
    await told.tap("Anneke", "🚪 Ik ging langs, gesproken")
    await week.goes(tom, "no_contact")

    told.heading("A risk that stands open near the date")
    await house.say(anneke, f"/zaak {samira}")
    await house.tap(anneke, "📅 Dag en feiten")
    await house.tap(anneke, "✏️ Andere dag of tijd in de brief")
    await house.say(anneke, "10 december")
    await week.comes(samira, "risk_near")
    await house.say(anneke, f"/zaak {samira}")
    await house.tap(anneke, "🚩 Signalen")
    await told.tap("Anneke", "1")
    await told.tap("Anneke", "✋ Het klopt niet")
    await told.say("Anneke", "De huisbaas trekt de brief in.")
    await told.tap("Anneke", "🚩 Signalen")
    for _ in range(5):
        if "risk_near" in await week.waits(samira):
            await house.say(anneke, f"/zaak {samira}")
            await house.tap(anneke, "🚩 Signalen", "1", "✋ Het klopt niet")
            await house.say(anneke, "Besproken.")
    await week.goes(samira, "risk_near")

    told.heading("The day before: her reminder is not opened, so Anneke calls")
    await house.at(LATER, 10)
    await house.at(LATER, 16, 15)
    await week.comes(samira, "not_opened")
    await house.at(LATER, 21)
    await week.comes(samira, "checklist_stalled")
    await told.say("Anneke", "/vandaag")
    await house.tap(phone, "Laat zien")
    await week.goes(samira, "not_opened")

    told.heading("After the day: what came of it, and release")
    await house.at(THE_DAY_AFTER, 9)
    await week.comes(samira, "outcome_unknown")
    await house.say(anneke, f"/zaak {samira}")
    await told.tap("Anneke", "📅 Dag en feiten")
    await told.tap("Anneke", "🏁 Hoe de dag ging")
    await told.tap("Anneke", "🚪 Gemeld")
    await week.goes(samira, "outcome_unknown", "checklist_stalled")
    await told.tap("Anneke", "📅 Dag en feiten")
    await told.tap("Anneke", "🔓 Dag van vrijkomen")
    await told.say("Anneke", "20 december")
    await week.comes(samira, "nobody_to_collect")

    told.heading("Handing over: Bram gets Noor's case, with what he must know")
    await house.say(anneke, f"/overdragen {noor}")
    await told.tap("Anneke", "👤 Bram")
    await told.say("Anneke", "Belt het liefst na zessen. Brief is verstuurd.")
    assert (await house.load(noor)).worker == people["Bram"].id
    assert f"⚠️ Kijk hiernaar · {noor}" in bram.lock_screen
    await told.say("Anneke", f"/zaak {noor}", as_="/zaak (the case that was handed over)")
    assert "Kloosterboer" not in anneke.last.text

    told.heading("The day of release has come: is Samira out? Anneke asks the prison")
    await house.at(RELEASED_SOON, 10)
    await week.comes(samira, "perhaps_free")
    await house.say(anneke, f"/zaak {samira}")
    await told.tap("Anneke", "🔓 Vrij? Vraag het na")
    await told.tap("Anneke", "🔓 Vrij sinds vandaag")
    await week.goes(samira, "perhaps_free", "nobody_to_collect")

    # Those have stories of their own (test_new_phone.py, test_another_day.py).
    assert set(REASONS) - {"new_phone", "postponement_open"} == week.seen
    assert week.seen - week.gone == {"invitation_not_used"}
    told.matches("working_week")
