"""Plans that are theirs, told: no date yet, everything done for me, the day itself, and three times "not yet"."""

from __future__ import annotations

from datetime import date, timedelta

from bot.webchat.phone import Phone
from conversations.effects.notice import Notice
from conversations.reminders.follow_dates import letter_says
from conversations.self_reporter.day.homecoming import is_free, outcome_known
from tests.house import House
from tests.journeys.transcript import Transcript
from tests.simulation.lives import turn_of

DAY = date(2026, 12, 24)
REMINDED = "Je hebt een herinnering."
ARRIVED = ("Alleen ik", "Verder", "Ja, hier", "Mijn huis")


async def begin(house: House, *taps: str) -> tuple[str, Phone, Phone, Transcript]:
    """Let a worker and a self-reporter arrive, as far as the taps go; what follows is told."""
    anneke = await house.joined(await house.member())
    ref = await house.case()
    samira = await house.arrived(ref)
    await house.tap(samira, *ARRIVED, *taps)
    told = Transcript(house)
    told.follow("Samira", samira)
    told.follow("Anneke", anneke)
    told.lines.clear()
    return ref, samira, anneke, told


async def test_without_a_date_the_plan_hangs_and_follows_the_letter_when_it_comes(house: House) -> None:
    ref, samira, _, told = await begin(house, "Er staat geen dag in")
    told.heading("A plan without a date: together, and a wish of her own")
    await told.tap("Samira", "🤝 Samen met Anneke")
    await told.say("Samira", "/plan")
    await told.tap("Samira", "➕ Iets van mijzelf")
    await told.say("Samira", "Mijn kat naar mijn zus brengen")
    await told.say("Samira", "29 december")
    await told.tap("Samira", "2")
    await told.tap("Samira", "⬆️ Dit eerst")

    told.heading("The letter comes: the worker has seen it")
    house.clock.forward(hours=2)
    async with turn_of(house, ref) as (turn, case):
        letter_says(turn, case, DAY, "worker")
        letter_says(turn, case, DAY + timedelta(days=1), "worker")
        letter_says(turn, case, DAY, "worker")
    samira.lock_screen.clear()
    await house.tick()
    told.note()
    assert samira.lock_screen == ["Je hebt een belangrijk bericht."]
    await told.tap("Samira", "👀 Laat zien")
    await told.tap("Samira", "📅 Kies een andere dag")
    await told.say("Samira", "30 december")
    await told.tap("Samira", "📅 dinsdag 1 december")
    told.matches("plan_hangs")
    case = await house.load(ref)
    assert case.phase == "coming"
    assert all(a.due is None or a.due < DAY for a in case.actions if a.when == "before")


async def test_who_wants_everything_done_for_them_gets_that_in_the_workers_list(house: House) -> None:
    ref, _, anneke, told = await begin(house, "Er staat geen dag in")
    told.heading("Everything is asked of the team")
    await told.tap("Samira", "🙌 Doen jullie dit voor mij")
    await told.say("Samira", "/plan")
    await told.tap("Samira", "1")
    await told.tap("Samira", "👤 Ik doe het zelf")
    await told.tap("Samira", "1")
    await told.tap("Samira", "🙌 Doen jullie dit voor mij")
    told.matches("all_for_me")
    action = (await house.load(ref)).actions[0]
    assert (action.owner, action.status) == ("worker", "agreed")
    assert f"⚠️ Kijk hiernaar · {ref}" in anneke.lock_screen
    assert {state for kind, state in await house.ledger(ref) if kind != "check_in"} <= {"cancelled"}


async def test_the_eve_the_morning_and_home_again(house: House) -> None:
    ref, samira, _, told = await begin(house, "Ja, met een dag")
    await house.say(samira, "8 december")
    await house.tap(samira, "Ja, dat klopt")
    told.note()
    told.lines.clear()
    told.heading("The day before, at ten: nobody looks")
    day = date(2026, 12, 8)
    for ahead in (7, 3):
        await house.at(day - timedelta(days=ahead), 10)
    samira.lock_screen.clear()
    await house.at(day - timedelta(days=1), 10)
    assert samira.lock_screen == ["Je hebt een belangrijk bericht."]
    told.heading("Again at four")
    await house.at(day - timedelta(days=1), 16)
    told.note()
    assert samira.lock_screen == ["Je hebt een belangrijk bericht."] * 2
    await told.tap("Samira", "👀 Laat zien")
    await told.tap("Samira", "✏️ Andere tijd")
    await told.say("Samira", "een uur of acht")
    await told.say("Samira", "half 8")
    assert "not_opened" not in (await house.load(ref)).waiting

    told.heading("The day itself, at six")
    samira.lock_screen.clear()
    await house.at(day, 5, 59)
    assert samira.lock_screen == []
    await house.at(day, 6)
    told.note()
    assert samira.lock_screen == ["Je hebt een belangrijk bericht."]
    await told.tap("Samira", "👀 Laat zien")

    told.heading("After that it is silent, until she is home")
    samira.lock_screen.clear()
    for days in range(1, 9):
        await house.at(day + timedelta(days=days), 10)
    assert samira.lock_screen == []
    await told.tap("Samira", "▶️ Verder")
    assert "Hoe is het gegaan?" in samira.last.text
    await told.tap("Samira", "🔓 Ik ben vrij")
    told.matches("eve_and_morning")
    case = await house.load(ref)
    assert (case.phase, case.release_date) == ("free", day + timedelta(days=8))
    assert [state for kind, state in await house.ledger(ref) if kind in ("reporting_eve", "reporting_again")] == [
        "sent",
        "sent",
    ]


async def test_three_times_not_yet_becomes_the_question_whether_it_still_fits(house: House) -> None:
    ref, samira, _, told = await begin(house, "Er staat geen dag in", "Ja, dit doe ik")
    action = (await house.load(ref)).actions[0]
    assert action.due
    told.note()
    told.lines.clear()
    for days in (-1, 0, 1):
        told.heading(f"{days} days after its day")
        await house.at(action.due + timedelta(days=days), 10)
        told.note()
        await told.tap("Samira", "👀 Laat zien")
        await told.tap("Samira", "⏳ Nog niet")
    await told.tap("Samira", "🗑 Haal weg")
    told.matches("three_times_not_yet")
    assert (await house.load(ref)).actions[0].status == "dropped"
    assert samira.lock_screen.count("Je hebt een herinnering.") == 3


async def test_silence_climbs_from_the_bot_to_a_call_a_letter_and_a_visit(house: House) -> None:
    ref, _, anneke, _ = await begin(house, "Er staat geen dag in", "Ja, dit doe ik")
    action = (await house.load(ref)).actions[0]
    assert action.due
    first = action.due - timedelta(days=1)
    await house.at(first, 10)
    for days in range(1, 23):
        await house.at(first + timedelta(days=days), 10)
    steps = [row for row in await house.ledger(ref, counting=True) if row[0].startswith("silence")]
    assert steps == [
        ("silence_call", "handed_to_worker"),
        ("silence_letter", "handed_to_worker"),
        ("silence_visit", "handed_to_worker"),
    ]
    await house.say(anneke, f"/zaak {ref}")
    await house.tap(anneke, "Bel: herinnering")
    assert "Al 3 dagen stil na een herinnering. Bel" in anneke.last.text


async def test_who_answers_a_reminder_is_not_called(house: House) -> None:
    ref, samira, _, _ = await begin(house, "Er staat geen dag in", "Ja, dit doe ik")
    action = (await house.load(ref)).actions[0]
    assert action.due
    await house.at(action.due - timedelta(days=1), 10)
    await house.tap(samira, "Laat zien", "Gedaan")
    await house.at(action.due + timedelta(days=30), 10)
    steps = {state for kind, state in await house.ledger(ref, counting=True) if kind.startswith("silence")}
    assert steps == {"skipped"}


async def test_a_reminder_does_not_break_into_a_question(house: House) -> None:
    ref, samira, _, _ = await begin(house, "Er staat geen dag in", "Ja, dit doe ik")
    action = (await house.load(ref)).actions[0]
    assert action.due
    samira.lock_screen.clear()
    day = action.due - timedelta(days=1)
    await house.at(day, 9, 58)
    await house.say(samira, "/vragen")
    await house.at(day, 10)
    assert REMINDED not in samira.lock_screen
    await house.at(day, 10, 2)
    await house.tap(samira, "Bij iemand")
    await house.at(day, 10, 6)
    assert REMINDED not in samira.lock_screen
    await house.at(day, 10, 7)
    assert samira.lock_screen.count(REMINDED) == 1


async def test_a_missed_day_brings_one_kind_message(house: House) -> None:
    ref, samira, _, _ = await begin(house, "Ja, met een dag")
    await house.say(samira, "8 december")
    await house.tap(samira, "Ja, dat klopt")
    await house.at(date(2026, 12, 9), 11)
    samira.lock_screen.clear()
    async with turn_of(house, ref) as (turn, case):
        outcome_known(turn, case, "absent")
    for hour in (12, 13, 14):
        await house.at(date(2026, 12, 9), hour)
    assert samira.lock_screen == ["Je hebt een herinnering."]
    await house.tap(samira, "Laat zien")
    assert "Je dag is voorbij" in samira.last.text


async def test_paper_card_and_days_come_as_files_and_days_only_on_an_own_phone(house: House) -> None:
    _, samira, _, _ = await begin(house, "Er staat geen dag in", "Ja, dit doe ik")
    for choice in ("Een blad om te printen", "Een kaart voor de koelkast", "In mijn agenda"):
        await house.say(samira, "/plan")
        await house.tap(samira, "Op papier", choice)
    files = [message.document.name for message in samira.messages if message.document is not None]
    assert files == ["plan.pdf", "kaart.pdf", "dagen.ics"]
    ref = await house.case()
    other = await house.arrived(ref)
    await house.tap(other, "Ja, een ander ook", "Straks", "Verder", "Ja, hier", "Mijn huis", "Er staat geen dag in")
    await house.tap(other, "Ja, dit doe ik")
    await house.say(other, "/plan")
    await house.tap(other, "Op papier")
    assert not [label for label in other.last.labels if "agenda" in label]


async def test_the_prison_reads_a_sentence_only_with_a_yes_that_can_be_taken_back(house: House) -> None:
    ref, samira, anneke, _ = await begin(house, "Er staat geen dag in", "Ja, dit doe ik")
    async with turn_of(house, ref) as (_turn, case):
        case.plan.propose("identity", "casemanager", "inside", "Een ID-kaart aanvragen", None, None, by="worker")
    await house.say(samira, "/start")
    await house.tap(samira, "Ja, graag")
    assert "Mag PI Veenhuizen dit lezen?" in samira.last.text
    await house.tap(samira, "Ja, dat mag")
    assert [a.text for a in (await house.load(ref)).shares.with_the_prison()] == ["Een ID-kaart aanvragen"]
    await house.say(samira, "/plan")
    assert "❔ Dit is gevraagd aan PI Veenhuizen. Er is nog geen antwoord." in samira.last.text
    anneke.lock_screen.clear()
    await house.tap(samira, "2", "Ja intrekken")
    assert (await house.load(ref)).shares.with_the_prison() == []
    assert f"⚠️ Kijk hiernaar · {ref}" in anneke.lock_screen
    await house.say(samira, "/plan")
    assert "🔒 De gevangenis leest dit pas na jouw ja." in samira.last.text


async def test_a_day_that_is_put_off_is_told_once_and_the_plan_stays(house: House) -> None:
    ref, samira, _, _ = await begin(house, "Ja, met een dag")
    await house.say(samira, "24 december")
    await house.tap(samira, "Ja, dat klopt")
    samira.lock_screen.clear()
    house.clock.forward(hours=1)
    async with turn_of(house, ref) as (turn, case):
        outcome_known(turn, case, "postponed")
    await house.tick()
    assert samira.lock_screen == ["Je hebt een belangrijk bericht."]
    await house.tap(samira, "Laat zien")
    assert "Er is nu geen dag. Er komt een nieuwe brief." in samira.last.text
    case = await house.load(ref)
    assert (case.phase, case.outcome, case.confirmed_date) == ("waiting", "postponed", None)
    assert {state for kind, state in await house.ledger(ref) if kind.startswith("reporting")} == {"cancelled"}


async def test_being_free_gives_what_is_for_afterwards_its_day(house: House) -> None:
    ref, samira, _, _ = await begin(house, "Ja, met een dag")
    await house.say(samira, "8 december")
    await house.tap(samira, "Ja, dat klopt")
    await house.at(date(2026, 12, 10), 11)
    afterwards = next(p for p in house.app.due.content.checklist.proposals if p.timing == "after" and p.owner == "self")
    async with turn_of(house, ref) as (turn, case):
        outcome_known(turn, case, "reported")
        case.plan.agree(case.plan.propose(afterwards.domain, "self", "after", afterwards.text, None, afterwards.id))
    await house.at(date(2027, 1, 10), 11)
    async with turn_of(house, ref) as (turn, case):
        is_free(turn, case)
    action = next(a for a in (await house.load(ref)).actions if a.proposal == afterwards.id)
    assert action.due is not None
    assert action.due >= date(2027, 1, 11)
    samira.lock_screen.clear()
    await house.at(action.due, 10)
    assert REMINDED in samira.lock_screen


async def test_a_list_that_differs_from_the_letter_moves_nothing_and_the_helper_finds_out(house: House) -> None:
    ref, samira, _, told = await begin(house, "Ja, met een dag")
    await house.say(samira, "24 december")
    await house.tap(samira, "Ja, dat klopt")
    before = await house.ledger(ref)
    number = (await house.load(ref)).identity.number
    told.note()
    told.lines.clear()
    told.heading("The list says another day, and then none")
    for listed in (date(2027, 1, 5), None):
        house.clock.forward(days=7)
        assert await house.case(number=number, reporting_date=listed) == ref
        async with turn_of(house, ref) as (turn, case):
            turn.decide(Notice(("case", case.id), "message", "list_moved"))
        await house.pump()
        told.note()
        await told.tap("Samira", "👀 Laat zien")
    told.matches("list_moved")
    case = await house.load(ref)
    assert (case.confirmed_date, case.phase) == (DAY, "coming")
    assert "date_differs" in case.waiting
    assert [kind for kind, _ in await house.ledger(ref)] == [kind for kind, _ in before]


async def test_a_first_day_asks_anew_the_next_day_and_two_weeks_before(house: House) -> None:
    ref, samira, _, _ = await begin(house, "Er staat geen dag in")
    while "Later verder" not in " ".join(samira.last.labels):
        await house.tap(samira, samira.last.labels[0])
    today = house.today + timedelta(days=20)
    await house.at(today, 10)

    async def check_ins() -> list[int]:
        rows = (await house.load(ref)).reminders
        return sorted((r.day - today).days for r in rows if (r.kind, r.state) == ("check_in", "planned"))

    async with turn_of(house, ref) as (turn, case):
        letter_says(turn, case, today + timedelta(days=40), "worker")
    assert await check_ins() == [1, 26]
    # A day that moves asks nothing twice.
    async with turn_of(house, ref) as (turn, case):
        letter_says(turn, case, today + timedelta(days=50), "worker")
    assert await check_ins() == [1, 36]
    await house.tick()
    await house.tap(samira, "Laat zien")
    await house.at(today + timedelta(days=1), 10)
    assert samira.lock_screen[-1] == "Je hebt een herinnering."
    await house.tap(samira, "Laat zien")
    assert "Is er iets veranderd?" in samira.last.text
    assert await check_ins() == [36]


async def test_an_action_names_the_team_while_nobody_has_the_case(house: House) -> None:
    ref = await house.case()
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, ref)
        proposal = next(p for p in house.app.rounds.content.checklist.proposals if p.id == "medicine_told")
        case.plan.agree(case.plan.propose("care", "worker", "before", proposal.text, None, proposal.id, "worker"))
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    team = house.app.rounds.content.region.contact("Groningen").team
    (action,) = (await house.document(ref))["actions"]
    assert action["text"] == f"{team} vraagt je dokter: geef de medicijnen door aan de dokter binnen."
    assert not action["together"]
