"""The coordinator's month: what stands in the way, questions, the meeting, who stands still, and the report."""

from __future__ import annotations

from datetime import date, time, timedelta

from bot.webchat.phone import Phone
from storage.clock import instant
from tests.figures.known import TODAY, known_figures, steady_months
from tests.house import House
from tests.journeys.transcript import Transcript


async def a_team(house: House, area: str = "provincie Groningen") -> tuple[Phone, Phone]:
    """Return the phones of a worker of Groningen and of a coordinator."""
    anneke = await house.joined(await house.member())
    femke = await house.joined(await house.member("coordinator", area, "Femke"))
    return anneke, femke


async def tell(house: House, phone: Phone, *texts: str) -> None:
    """Tell what stands in the way."""
    for text in texts:
        await house.say(phone, "/knelpunt")
        await house.tap(phone, "Dit staat in de weg")
        await house.say(phone, text)


async def test_bottlenecks_are_grouped_by_theme_and_who_told_one_hears_when_it_is_solved(house: House) -> None:
    anneke, femke = await a_team(house)
    await tell(house, anneke, "De lijst komt te laat", "De datum klopt vaak niet")
    await house.say(femke, "/knelpunten")
    assert "1. nog geen thema · 2 keer · 🔴 2" in femke.last.text
    for _ in range(2):
        await house.tap(femke, "1", "1", "🏷 Thema", "Lijsten en datums", "⬅️ Alle thema's")
    assert "1. Lijsten en datums · 2 keer · 🔴 2" in femke.last.text
    await house.tap(femke, "1", "1", "🙋 Ik pak het op", "👀 Laat zien")
    assert "🟡 opgepakt · 👤 Femke" in femke.last.text
    assert "De lijst komt te laat" in femke.last.text
    await house.tap(femke, "✅ Het is opgelost")
    assert anneke.lock_screen[-1] == "✅ Iets wat je meldde is opgelost."
    await house.tap(anneke, "Laat zien")
    assert "De lijst komt te laat" in anneke.last.text
    await house.tap(femke, "⬅️ Alle thema's")
    assert "2 keer · 🔴 1 ✅ 1" in femke.last.text


async def test_a_theme_that_was_typed_can_be_given_again_however_it_is_written(house: House) -> None:
    anneke, femke = await a_team(house)
    await tell(house, anneke, "Geen plek", "Wachtlijst")
    await house.say(femke, "/bottlenecks")
    await house.tap(femke, "1", "1", "🏷 Thema")
    await house.say(femke, "Nacht<opvang>")
    await house.tap(femke, "⬅️ Alle thema's", "1", "1", "🏷 Thema")
    await house.say(femke, "NACHT<OPVANG>")
    await house.tap(femke, "⬅️ Alle thema's")
    assert "Nacht<opvang> · 2 keer" in femke.last.text


async def test_what_stands_in_the_way_elsewhere_does_not_exist_for_a_coordinator(house: House) -> None:
    anneke, _ = await a_team(house)
    dirk = await house.joined(await house.member("coordinator", "provincie Drenthe", "Dirk"))
    await tell(house, anneke, "De lijst komt te laat")
    await house.say(dirk, "/knelpunten")
    assert "Nog niemand heeft iets gemeld" in dirk.last.text
    assert "lijst komt" not in dirk.dump()


async def test_a_question_is_answered_found_again_and_withdrawn_when_it_is_out_of_date(house: House) -> None:
    anneke, femke = await a_team(house)
    bram = await house.joined(await house.member(name="Bram"))
    await house.say(anneke, "/vraag")
    assert "⚠️ Geen namen" in anneke.last.text
    await house.say(anneke, "Hoe lang loopt de huur door bij detentie?")
    assert femke.lock_screen[-1] == "❓ Een collega heeft een vraag."
    await house.tap(femke, "Laat zien")
    await house.say(femke, "Drie maanden, met een afspraak vooraf.")
    assert anneke.lock_screen[-1] == "💡 Er is een antwoord op je vraag."
    await house.tap(anneke, "Laat zien")
    assert "Drie maanden" in anneke.last.text
    await house.say(bram, "/vraag")
    await house.tap(bram, "Zoek in de antwoorden")
    await house.say(bram, "huurr")
    await house.tap(bram, "1", "Dit helpt", "Laat zien")
    assert "👍 Het hielp 1 collega." in bram.last.text
    await house.tap(femke, "Laat zien", "Verouderd")
    await house.say(bram, "/vraag")
    await house.tap(bram, "Zoek in de antwoorden")
    assert "Geen antwoord gevonden." in bram.last.text


async def test_who_asks_what_was_answered_before_sees_it_and_takes_the_question_back(house: House) -> None:
    anneke, femke = await a_team(house)
    bram = await house.joined(await house.member(name="Bram"))
    for asked, said in (
        ("Hoe lang loopt de huur door bij detentie?", "Drie maanden, met een afspraak vooraf."),
        ("Wie betaalt de opslag van de spullen bij ontruiming?", "Vraag bijzondere bijstand aan."),
    ):
        await house.say(anneke, f"/vraag {asked}")
        await house.tap(femke, "Laat zien")
        await house.say(femke, said)
    await house.say(bram, "/vraag Loopt de huurbetaling door?")
    assert "Hoe lang loopt de huur door" in bram.last.text
    assert "opslag" not in bram.last.text  # they only share small words
    await house.tap(bram, "Trek mijn vraag in")
    assert "Je vraag is ingetrokken." in bram.last.text
    await house.say(femke, "/vraag")
    assert not any("vraag wacht" in label for label in femke.last.labels)
    await house.tap(femke, "Laat zien")
    assert "Deze vraag is ingetrokken." in femke.last.text
    await house.say(anneke, "/vraag Mag een huisdier mee?")
    await house.say(femke, "/vraag")
    await house.tap(femke, "❓ 1 vraag wacht")
    assert "Mag een huisdier mee?" in femke.last.text


async def test_a_bottleneck_typed_behind_the_command_is_kept_as_it_was_typed(house: House) -> None:
    anneke, femke = await a_team(house)
    await house.say(anneke, "/knelpunt Een ID-bewijs duurt acht weken")
    assert "“Een ID-bewijs duurt acht weken”" in anneke.last.text
    await house.tap(anneke, "Dit staat in de weg")
    assert "Bewaard" in anneke.last.text
    await house.say(femke, "/knelpunten")
    await house.tap(femke, "1")
    assert "Een ID-bewijs duurt acht weken" in femke.last.text


async def test_a_question_of_another_province_is_not_heard_and_not_found(house: House) -> None:
    anneke, femke = await a_team(house)
    dirk = await house.joined(await house.member("coordinator", "provincie Drenthe", "Dirk"))
    await house.say(anneke, "/vraag Wie betaalt de opslag?")
    await house.tap(femke, "Laat zien")
    await house.say(femke, "Vraag bijzondere bijstand aan.")
    await house.say(dirk, "/question")
    await house.tap(dirk, "Zoek in de antwoorden")
    assert "Geen antwoord gevonden." in dirk.last.text
    assert "opslag" not in dirk.dump()
    assert "❓ Een collega heeft een vraag." not in dirk.lock_screen


async def test_the_meeting_goes_case_by_case_and_its_decisions_come_back_next_time(house: House) -> None:
    anneke, femke = await a_team(house)
    ref = await house.case(reporting_date=house.today + timedelta(days=10))
    await house.say(femke, "/overleg")
    assert "📅 datum nabij 1" in femke.last.text
    await house.tap(femke, "Zaak voor zaak")
    assert ref in femke.last.text
    assert "Kloosterboer" not in femke.last.text
    await house.tap(femke, "Besluit")
    await house.say(femke, "Bel mevrouw Kloosterboer over de huur")
    assert "Er staat een naam in" in femke.last.text
    await house.say(femke, "Vraag de woningbouw om uitstel")
    await house.tap(femke, "De medewerker", "dinsdag 1 december")
    assert anneke.lock_screen[-1] == f"🗂 Besloten in het overleg · {ref}"
    await house.tap(femke, "⬅️ Overleg", "Overleg afronden")
    assert f"- {ref}: Vraag de woningbouw om uitstel (medewerker, 1 dec)" in femke.last.text
    assert "Anneke" not in femke.last.text
    # The next one begins with it, until it is done.
    await house.at(house.today + timedelta(days=14), 10)
    await house.say(femke, "/meeting")
    assert "Eerder besloten, nog niet gedaan" in femke.last.text
    assert f"1. {ref}: Vraag de woningbouw om uitstel · medewerker · ⏰ 1 dec" in femke.last.text
    await house.say(anneke, f"/zaak {ref}")
    assert "🗂 Vraag de woningbouw om uitstel · 1 dec" in anneke.last.text
    await house.deed(anneke, "Besloten", "1 gedaan")
    await house.say(femke, "/overleg")
    assert "Eerder besloten" not in femke.last.text


async def test_a_meeting_of_another_province_shows_and_decides_nothing_here(house: House) -> None:
    _, femke = await a_team(house)
    dirk = await house.joined(await house.member("coordinator", "provincie Drenthe", "Dirk"))
    ref = await house.case(reporting_date=house.today + timedelta(days=10))
    await house.say(dirk, "/overleg")
    assert "datum nabij 0" in dirk.last.text
    await house.say(femke, "/overleg")
    await house.tap(femke, "Zaak voor zaak", "Besluit")
    await house.say(femke, "Vraag uitstel")
    await house.tap(femke, "De medewerker", "dinsdag 1 december", "⬅️ Overleg", "Overleg afronden")
    await house.say(dirk, "/overleg")
    await house.tap(dirk, "Verslag")
    assert "Nog niets besloten." in dirk.last.text
    assert ref not in dirk.dump()


async def test_who_stands_still_is_listed_by_municipality_and_worker_with_the_way_to_the_case(house: House) -> None:
    _, femke = await a_team(house)
    ref = await house.case()
    free = await house.case(first_name="Ali", municipality="Pekela")
    await house.say(femke, "/monitor")
    await house.tap(femke, "Wie staat stil?", "Langer dan de norm")
    assert "Langer dan de norm · 0 zaken" in femke.last.text
    await house.at(house.today + timedelta(days=15), 10)
    await house.tap(femke, "Laat zien")
    await house.say(femke, "/monitor")
    await house.tap(femke, "Wie staat stil?", "Langer dan de norm")
    text = femke.last.text
    assert text.index("🏘 Groningen · 👤 Anneke") < text.index(ref) < text.index("🏘 Pekela") < text.index(free)
    await house.tap(femke, "2")
    assert free in femke.last.text


async def test_what_was_tried_to_the_limit_is_kept_at_the_case_and_listed_for_the_coordinator(house: House) -> None:
    anneke, femke = await a_team(house)
    dirk = await house.joined(await house.member("coordinator", "provincie Drenthe", "Dirk"))
    ref = await house.case()
    await house.say(anneke, f"/zaak {ref}")
    await house.deed(anneke, "Maximale inzet")
    await house.say(anneke, "Drie gesprekken met de schuldeiser", "De wet laat uitstel niet toe")
    await house.say(femke, "/overleg")
    await house.tap(femke, "Maximale inzet")
    assert f"1. {ref} · Groningen" in femke.last.text
    assert "⛔️ De wet laat uitstel niet toe" in femke.last.text
    await house.say(dirk, "/overleg")
    await house.tap(dirk, "Maximale inzet")
    assert "Nog niets gemeld." in dirk.last.text


MONTHLY = "📆 Het maandrapport staat klaar."


async def test_on_the_first_working_day_of_a_month_coordinators_hear_once_that_the_report_is_ready(
    house: House,
) -> None:
    anneke, femke = await a_team(house)
    await house.at(date(2026, 11, 30), 16)
    assert MONTHLY not in femke.lock_screen
    await house.at(date(2026, 12, 1), 8, 45)
    await house.at(date(2026, 12, 1), 9)
    await house.restart()
    await house.at(date(2026, 12, 1), 10)
    await house.at(date(2026, 12, 2), 10)
    assert femke.lock_screen.count(MONTHLY) == 1
    assert MONTHLY not in anneke.lock_screen
    # New Year's Day and the weekend after it are no working days.
    await house.at(date(2027, 1, 1), 10)
    assert femke.lock_screen.count(MONTHLY) == 1
    await house.at(date(2027, 1, 4), 10)
    assert femke.lock_screen.count(MONTHLY) == 2


async def test_the_report_of_a_month_is_told_after_weeks_of_standing_still(house: House) -> None:
    _, femke = await a_team(house)
    house.clock.forward_to(instant(date(2026, 12, 19), time(12), house.settings.zone))
    await house.restart()
    await house.tick()
    assert MONTHLY not in femke.lock_screen  # a Saturday
    await house.at(date(2026, 12, 21), 10)
    await house.at(date(2026, 12, 22), 10)
    assert femke.lock_screen.count(MONTHLY) == 1


async def test_who_came_during_the_month_is_not_told_of_the_one_before(house: House) -> None:
    await house.at(date(2026, 12, 1), 10)
    femke = await house.joined(await house.member("coordinator", "provincie Groningen", "Femke"))
    await house.at(date(2026, 12, 2), 10)
    assert MONTHLY not in femke.lock_screen


async def test_the_monthly_report_shows_the_month_beside_the_year_and_no_small_count(house: House) -> None:
    await house.at(TODAY, 10)
    await steady_months(house)
    femke = await house.joined(await house.member("coordinator", "provincie Groningen", "Femke"))
    anneke = await house.joined(await house.member())
    await tell(house, anneke, "De lijst komt te laat")
    await house.at(date(2026, 12, 1), 10)
    # One who is listed in December is in neither, and hides nothing of November.
    ref = await house.case(first_name="Nieuw")
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, ref)
        case.helpers.go_to_the_limit("Drie gesprekken", "De wet", "somebody", house.clock.now())
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    await house.say(femke, "/maandrapport")
    text = femke.last.text
    assert "📆 Groningen · november 2026\nMet daarnaast het jaar: 1 januari – 30 november 2026." in text
    assert "📥 Binnengekomen: 27 · dit jaar 297" in text
    assert "🤝 Contact 78 % (21 van 27) · dit jaar 78 % (231 van 297)" in text
    assert "📌 Actie 63 % (17 van 27) · dit jaar 63 % (187 van 297)" in text
    assert "📝 Plan akkoord 62 % (13 van 21) · dit jaar 62 % (143 van 231)" in text
    assert "Zoals gepubliceerd aan het eind van november 2026." in text
    assert "🕳 Waar we mensen kwijtraken" in text
    assert "· Brief verstuurd, geen reactie: 25 van 25 · dit jaar 275 van 275" in text
    assert "· Contact, geen actie: te klein om te tonen · dit jaar 44 van 231" in text
    assert "🧱 1 knelpunt open · oudste zonder eigenaar: 5 dagen" in text
    assert "💪 Maximale inzet sinds 1 nov: minder dan 5" in text
    assert "⚖️ Hier nooit gebruikt: " in text
    await house.tap(femke, "🧱 Knelpunten")
    assert "nog geen thema · 1 keer" in femke.last.text


async def test_the_monthly_report_stays_as_it_was_when_the_month_closed(house: House) -> None:
    await house.at(TODAY, 10)
    await steady_months(house)
    femke = await house.joined(await house.member("coordinator", "provincie Groningen", "Femke"))
    await house.at(date(2026, 12, 1), 10)
    await house.case(first_name="Nieuw", listed_on=date(2026, 11, 20))
    await house.say(femke, "/maandrapport")
    assert "📥 Binnengekomen: 27 · dit jaar 297" in femke.last.text
    await house.say(femke, "/monitor 2026-11")
    assert "Zoals gepubliceerd aan het eind van november 2026." in femke.last.text
    assert "· 27 zaken" in femke.last.text
    # A month that is cut is counted as it is now, and says so.
    await house.say(femke, "/monitor 15-11-2026 30-11-2026")
    assert "· 14 zaken" in femke.last.text
    assert "van november 2026 telt een deel mee. Stand van vandaag." in femke.last.text


async def test_a_month_with_few_is_not_shown_beside_its_year(house: House) -> None:
    await house.at(TODAY, 10)
    await known_figures(house)
    femke = await house.joined(await house.member("coordinator", "provincie Groningen", "Femke"))
    await house.at(date(2026, 12, 1), 10)
    await house.say(femke, "/maandrapport")
    assert "📥 Binnengekomen: te klein om te tonen · dit jaar 164" in femke.last.text


async def test_a_coordinators_month_reads_well_from_end_to_end(house: House) -> None:
    anneke, femke = await a_team(house)
    await house.case(reporting_date=house.today + timedelta(days=10))
    told = Transcript(house)
    told.follow("Anneke", anneke)
    told.follow("Femke", femke)
    told.heading("What stands in the way")
    await told.say("Anneke", "/knelpunt")
    await told.tap("Anneke", "Dit staat in de weg")
    await told.say("Anneke", "De lijst komt vaak pas op vrijdag")
    await told.say("Femke", "/knelpunten")
    await told.tap("Femke", "1")
    await told.tap("Femke", "1")
    await told.tap("Femke", "🏷 Thema")
    await told.tap("Femke", "Lijsten en datums")
    await told.tap("Femke", "👀 Laat zien")
    await told.tap("Femke", "Het is opgelost")
    await told.tap("Anneke", "Laat zien")
    told.heading("A question")
    await told.say("Anneke", "/vraag")
    await told.say("Anneke", "Wie betaalt de foto voor het paspoort?")
    await told.tap("Femke", "👀 Laat zien")
    await told.say("Femke", "De gemeente, uit de bijzondere bijstand.")
    await told.tap("Anneke", "Laat zien")
    await told.tap("Anneke", "Dit helpt")
    told.heading("The intake meeting")
    await told.say("Femke", "/overleg")
    await told.tap("Femke", "Zaak voor zaak")
    await told.tap("Femke", "Besluit")
    await told.say("Femke", "Vraag de woningbouw om uitstel")
    await told.tap("Femke", "De medewerker")
    await told.tap("Femke", "dinsdag 1 december")
    await told.tap("Femke", "⬅️ Overleg")
    await told.tap("Femke", "Overleg afronden")
    await told.tap("Anneke", "Laat zien")
    await told.tap("Anneke", "1 gedaan")
    told.heading("The month")
    await house.at(date(2026, 12, 1), 9, 5)
    told.note()
    await told.say("Femke", "/maandrapport")
    told.matches("office")
