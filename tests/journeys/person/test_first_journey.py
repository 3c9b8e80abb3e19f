"""The main job from end to end over real HTTP: from a letter to an agreed action, a reminder, and a worker's answer."""

from __future__ import annotations

from datetime import date, timedelta

from tests.house import House, on_both
from tests.journeys.transcript import Transcript

DAY = date(2026, 12, 24)


@on_both
async def test_from_the_letter_to_a_reminder_and_a_workers_answer(house: House) -> None:
    worker = await house.member()
    told = Transcript(house)
    told.heading("The worker opens their invitation")
    anneke = await house.joined(worker)
    told.follow("Anneke", anneke)
    ref = await house.case(reporting_date=DAY)

    told.heading("Samira opens the invitation of the letter")
    fresh = await house.invite(ref)
    samira = house.world.phone(first_name="Samira")
    told.follow("Samira", samira)
    await told.say("Samira", "/start")
    await told.say("Samira", fresh.short_code.lower(), as_="(the code of the letter)")
    await told.say("Samira", "1989")
    await told.say("Samira", "1999")
    for button in ("👥 Ja, een ander ook", "⏭ Straks", "▶️ Verder", "👍 Ja, hier", "📅 De dag"):
        await told.tap("Samira", button)

    told.heading("The questions")
    await told.tap("Samira", "❓ Uitleg")
    await told.tap("Samira", "⬅️ Naar de vraag")
    await told.tap("Samira", "📅 Ja, met een dag")
    await told.say("Samira", "31-12-2026 ofzo")
    await told.say("Samira", "24 december")
    await told.tap("Samira", "✅ Ja, dat klopt")
    await told.tap("Samira", "🏚 Het is een oud adres")

    told.heading("A proposal, on another day")
    await told.tap("Samira", "📅 Andere dag")
    await told.say("Samira", "3 december")
    await told.tap("Samira", "👍 Ja, dit doe ik")
    await told.tap("Samira", "🔎 Ik zoek het nog op")
    await told.tap("Samira", "👎 Nee")
    await told.tap("Samira", "👍 Ja, het lukt")
    await told.tap("Samira", "👍 Ja, dit doe ik")
    await told.tap("Samira", "🚆 Met trein of bus")
    await told.tap("Samira", "✏️ Iets anders")
    await told.say("Samira", "Mijn broer brengt me <misschien>")
    for button in ("✅ Nee", "✅ Ja", "👍 Ja, dat mag"):
        await told.tap("Samira", button)

    told.heading("What a human does for her, and enough for today")
    await told.tap("Samira", "👍 Ja, graag")

    told.heading("The day before the action")
    await house.at(date(2026, 12, 2), 10)
    told.note()
    await told.tap("Samira", "👀 Laat zien")
    await told.tap("Samira", "⏳ Nog niet")

    told.heading("The day of the action")
    await house.at(date(2026, 12, 3), 10)
    told.note()
    await told.tap("Samira", "👀 Laat zien")
    await told.tap("Samira", "🙋 Hulp nodig")
    await told.tap("Anneke", "👀 Laat zien")
    await told.reply("Anneke", "Ik ga met je mee. Vrijdag om 10 uur?")
    await told.tap("Samira", "👀 Laat zien")
    await told.tap("Samira", "✍️ Schrijf een bericht")
    await told.say("Samira", "Ja graag!")

    told.heading("The day before the reporting day")
    await house.at(date(2026, 12, 23), 10)
    told.note()
    await told.tap("Samira", "👀 Laat zien")
    await told.tap("Samira", "🕗 08:30")
    told.matches("first_journey")

    document = await house.document(ref)
    assert document["reporting_date"] == DAY
    assert document["answers"] == {
        "wish": "report",
        "letter": "day",
        "date": "2026-12-24",
        "address": "no",
        "prison": "no",
        "going": "yes",
        "journey": "public",
        "other_fines": "no",
        "lawyer": "yes",
        "prison_reads": "yes",
        "leave_at": "08:30",
    }
    assert [(a["id"], a["status"], a["due"]) for a in document["actions"] if len(a["id"]) < 32] == [
        ("old_address", "agreed", date(2026, 12, 3)),
        ("read_letter", "declined", date(2026, 12, 1)),
        ("numbers", "agreed", date(2026, 12, 23)),
        ("plan_journey", "declined", date(2026, 12, 8)),
        ("send_plan", "agreed", date(2026, 12, 10)),
    ]
    assert "Mijn broer brengt me <misschien>" in [a["text"] for a in document["actions"]]
    assert {r["state"] for r in document["reminders"]} <= {"sent", "skipped", "planned", "cancelled"}
    assert ("reporting_eve", "sent") in [(r["kind"], r["state"]) for r in document["reminders"]]
    assert document["messages"] == {"unread": 1, "total": 3}


async def test_nothing_on_the_lock_screen_says_what_it_is_about(house: House) -> None:
    ref = await house.case(reporting_date=DAY)
    samira = await house.arrived(ref)
    await house.tap(
        samira, "Ja, een ander ook", "Straks", "Verder", "Ja, hier", "Geld", "Er staat geen dag in", "Ja, dit doe ik"
    )
    samira.lock_screen.clear()
    for days in range(1, 15):
        await house.at(house.today + timedelta(days=1), 10)
        assert days
    assert samira.lock_screen == ["Je hebt een herinnering.", "Je hebt een herinnering."]


async def test_somebody_without_a_date_gets_a_plan_too(house: House) -> None:
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Mijn huis", "Er staat geen dag in", "Ja, dit doe ik")
    await house.tap(mila, "Bij iemand", "✅ Ja", "✅ Ja")
    assert "Je plan" in mila.last.text
    assert "📬 Ik heb een brief met een dag" in mila.last.labels
    assert "▶️ Verder: 📅 De dag" in mila.last.labels
    document = await house.document(ref)
    assert document["reporting_date"] is None
    assert [r["kind"] for r in document["reminders"]] == ["action_before", "action_day", "check_in"]


async def test_who_would_rather_call_is_called_and_hears_nothing_more(house: House) -> None:
    worker = await house.member()
    anneke = await house.joined(worker)
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, "Alleen ik", "Verder", "Liever bellen")
    assert "Bel Anneke" in mila.last.text
    assert anneke.lock_screen[-1] == f"💬 Bericht · {ref}"
    await house.tap(anneke, "Laat zien")
    assert "📞 wil liever bellen" in anneke.last.text
    assert (await house.document(ref))["consents"] == [{"to": "channel", "given": False}]
    await house.tap(mila, "Toch hier verder")
    assert "Waar denk je nu het meest aan?" in mila.last.text


async def test_who_stops_gets_no_reminder_and_the_worker_does_what_was_planned(house: House) -> None:
    worker = await house.member()
    anneke = await house.joined(worker)
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Mijn huis", "Er staat geen dag in", "Ja, dit doe ik")
    await house.say(mila, "/stop")
    await house.tap(mila, "Stoppen")
    assert "Je bent gestopt" in mila.last.text
    mila.lock_screen.clear()
    await house.at(house.today + timedelta(days=7), 10)
    assert mila.lock_screen == []
    assert {state for _, state in await house.ledger(ref)} == {"cancelled"}
    assert anneke.lock_screen


@on_both
async def test_a_reminder_due_during_an_outage_is_sent_once(house: House) -> None:
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Mijn huis", "Er staat geen dag in", "Ja, dit doe ik")
    due = (await house.load(ref)).actions[0].due
    assert due is not None
    mila.lock_screen.clear()
    await house.app.stop()
    house.clock.forward(days=7, hours=5)  # past the day before and the day itself
    house.app = type(house.app)(house.settings, house.clock)
    await house.app.open()
    await house.tick()
    await house.tick()
    assert mila.lock_screen == ["Je hebt een herinnering."]
    left = [row for row in await house.ledger(ref) if row[0] != "check_in"]
    assert left == [("action_before", "skipped"), ("action_day", "sent")]


async def test_a_reminder_that_would_leave_at_night_waits_for_the_morning(house: House) -> None:
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Mijn huis", "Er staat geen dag in", "Ja, dit doe ik")
    due = (await house.load(ref)).actions[0].due
    assert due is not None
    mila.lock_screen.clear()
    await house.at(due, 23)  # nothing ran all day
    assert mila.lock_screen == []
    await house.at(due + timedelta(days=1), 9)
    assert mila.lock_screen == ["Je hebt een herinnering."]


async def test_tomorrow_report_is_never_said_after_the_day(house: House) -> None:
    worker = await house.member()
    anneke = await house.joined(worker)
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Mijn huis", "Ja, met een dag")
    await house.say(mila, "8 december")
    await house.tap(mila, "Ja, dat klopt")
    mila.lock_screen.clear()
    await house.at(date(2026, 12, 8), 12)
    assert mila.lock_screen == []
    assert ("reporting_eve", "handed_to_worker") in await house.ledger(ref)
    assert f"⚠️ Kijk hiernaar · {ref}" in anneke.lock_screen


async def test_a_date_typed_anew_moves_the_reminder(house: House) -> None:
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Mijn huis", "Ja, met een dag")
    await house.say(mila, "8 december")
    await house.tap(mila, "Ja, dat klopt", "Terug")
    await house.say(mila, "15 december")
    await house.tap(mila, "Ja, dat klopt")
    ledger = await house.ledger(ref)
    assert [row for row in ledger if row[0] == "reporting_eve"] == [
        ("reporting_eve", "cancelled"),
        ("reporting_eve", "planned"),
    ]
