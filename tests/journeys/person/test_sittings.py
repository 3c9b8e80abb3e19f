"""A little at a time: a day for the next sitting, back exactly there, answers changed at any time, and check-ins."""

from __future__ import annotations

from datetime import timedelta

from conversations.rules import checklist_rules
from tests.house import House, on_both
from tests.journeys.transcript import Transcript

ARRIVED = ("Alleen ik", "Verder", "Ja, hier")


@on_both
async def test_somebody_stops_halfway_and_comes_back_days_later_exactly_there(house: House) -> None:
    told = Transcript(house)
    await house.joined(await house.member())
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, *ARRIVED, "Mensen thuis", "Er staat geen dag in")
    told.heading("The first questions, and something comes in between")
    told.follow("Mila", mila)
    asked = mila.last.text
    house.clock.forward(days=3)
    await house.tick()
    told.note()
    told.heading("Three days later")
    await told.say("Mila", "/start")
    assert mila.last.text == asked
    told.heading("A part is done; the next one is for another day")
    while "Later verder" not in " ".join(mila.last.labels):
        await told.tap("Mila", mila.last.labels[0])
    await told.tap("Mila", "📅 Later verder")
    day = house.today + timedelta(days=3)
    await told.tap("Mila", mila.last.labels[1])
    assert "Klaar voor vandaag." in mila.last.text
    assert "Wat ga je als eerste doen?" in mila.last.text
    await told.tap("Mila", "1")
    wishes = (await house.load(ref)).preferences
    assert wishes.next_on == day
    assert wishes.next_domain is not None
    told.heading("That day")
    await house.at(day, 10)
    told.note()
    assert mila.lock_screen[-1] == "Je hebt een herinnering."
    assert ("sitting", "sent") in await house.ledger(ref)
    row = next(r for r in (await house.load(ref)).reminders if r.kind == "sitting")
    await told.tap("Mila", "👀 Laat zien")
    if "Zullen we verdergaan" in mila.last.text:
        await told.tap("Mila", "▶️ Verder")
    assert row.day == day
    told.matches("halfway")


async def test_every_answer_stands_in_the_overview_and_can_be_changed_there(house: House) -> None:
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, *ARRIVED, "Geld", "Er staat geen dag in")
    await house.say(mila, "/plan")
    await house.tap(mila, "Menu", "Meer", "Mijn antwoorden", "De dag")
    assert "Heb je een brief met een dag?\n➡️ Er staat geen dag in" in mila.last.text
    await house.tap(mila, "2")
    assert "Heb je een brief met een dag?" in mila.last.text
    await house.tap(mila, "Ik heb geen brief")
    assert (await house.document(ref))["answers"]["letter"] == "none"


async def test_a_check_in_asks_only_what_may_have_changed(house: House) -> None:
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, *ARRIVED, "Geld", "Er staat geen dag in")
    checklist = house.app.rounds.content.checklist
    # The rest is answered as a worker would find it: nothing worries anybody.
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, ref)
        while True:
            situation = checklist_rules.situation_of(case, house.today)
            question = checklist_rules.next_question(checklist, case.answers, situation)
            if question is None:
                break
            case.person.answer(
                question.id, "unsaid" if not question.may_change else question.options[0].id, house.clock.now()
            )
        for action in case.actions:
            case.plan.settle(action, "declined", "declined")
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    for _ in range(80):
        await house.say(mila, "/start")
        if "Nee" not in " ".join(mila.last.labels) or "Mijn voorstel" not in mila.last.text:
            break
        await house.tap(mila, "👎 Nee")
    planned = [r for r in (await house.load(ref)).reminders if r.kind == "check_in"]
    assert [(r.day, r.state) for r in planned] == [(house.today + timedelta(weeks=8), "planned")]
    await house.at(planned[0].day, 10)
    await house.tap(mila, "Laat zien")
    assert "Is er iets veranderd?" in mila.last.text
    await house.tap(mila, "Ja, vraag het opnieuw")
    case = await house.load(ref)
    again = checklist_rules.may_have_changed(checklist, case.answers, checklist_rules.situation_of(case, house.today))
    assert again[0].id in {q.id for q in checklist.questions if q.may_change}
    assert any(text in mila.last.text for text in ("?",))
    await house.say(mila, "/start")
    row = next(r for r in (await house.load(ref)).reminders if r.kind == "check_in")
    assert row.opened_at is not None


async def test_nobody_is_asked_more_than_eight_questions_in_one_go(house: House) -> None:
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, *ARRIVED, "Mijn gezondheid", "Er staat geen dag in")
    checklist = house.app.rounds.content.checklist
    in_a_row, rows = 0, []
    for _ in range(400):
        label, asked = mila.last.labels[0], mila.last.text
        if "vraag " in asked:
            in_a_row += 1
        elif going_on := next((text for text in mila.last.labels if text.startswith("▶️ Verder:")), None):
            rows.append(in_a_row)
            in_a_row, label = 0, going_on
        elif "❓ Vragen" in mila.last.labels:
            break
        await house.tap(mila, label)
        if mila.last.text == asked:  # one of several can be marked, or something is to be typed
            await house.tap(mila, "Weet ik niet")
    rows.append(in_a_row)
    answers = (await house.load(ref)).answers
    assert (
        checklist_rules.next_question(
            checklist, answers, checklist_rules.situation_of(await house.load(ref), house.today)
        )
        is None
    )
    assert checklist.sitting == max(rows) == 8
