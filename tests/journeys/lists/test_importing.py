"""An overview in the chat of a coordinator: shown before anything changes, taken over whole, told late, taken back."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pyotp
import pytest
from sqlalchemy import select

from bot.webchat.phone import Phone
from bot.webchat.telegram import faults
from storage.case.case import Case
from storage.schema import cases, drafts
from tests.house import House, on_both, open_house
from tests.overviews.making import HEADINGS, SAMPLES, overview, saved

WEEK47, WEEK48 = (SAMPLES / f"overview-week{week}.xlsx" for week in (47, 48))
SENT, NEW_LIST = "afgekeurd.xlsx", "📥 Er is een nieuwe lijst: kijk naar je zaken."


@pytest.fixture
async def coby(house: House) -> Phone:
    """The phone of the coordinator of the whole region."""
    return await house.joined(await house.member("coordinator", "all", "Coby"))


async def sends(house: House, phone: Phone, data: bytes, name: str = "overzicht.xlsx") -> int:
    """Let a file be sent where it is asked for."""
    await house.say(phone, "/import")
    message = phone.send_document(name, data)
    await house.pump()
    return message


def refused_file(house: House, phone: Phone) -> bytes:
    """Return the file of refused rows that came last."""
    sent = [m["document"] for m in phone.history.values() if m.get("document", {}).get("file_name") == SENT]
    return bytes(house.world.files[sent[-1]["file_id"]].content)


async def case_of(house: House, number: str) -> Case:
    """Return the case of a number on the list."""
    async with house.app.database.read() as connection:
        found = await house.stores.cases.load(connection, await house.stores.cases.find(connection))
    return next(case for case in found.values() if case.identity.number == number)


async def count(house: House) -> int:
    async with house.app.database.read() as connection:
        return len(await house.stores.cases.find(connection))


async def kept_drafts(house: House) -> int:
    async with house.app.database.read() as connection:
        return len(list(await connection.execute(select(drafts.c.id))))


async def confirmed(house: House, ref: str, day: date, by: str = "self_reporter") -> None:
    """Let the letter of a case say a day."""
    case = await house.load(ref)
    case.course.confirm_date(day, by)
    async with house.app.database.write() as connection:
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)


@on_both
async def test_nothing_changes_before_the_yes_and_then_all_of_it(house: House) -> None:
    coby = await house.joined(await house.member("coordinator", "all", "Coby"))
    message = await sends(house, coby, WEEK47.read_bytes())
    assert "🆕 40 nieuw" in coby.last.text
    assert message not in coby.history  # the file is out of the chat
    assert await count(house) == 0
    await house.tap(coby, "Neem over")
    assert await count(house) == 40
    assert await kept_drafts(house) == 0
    await sends(house, coby, WEEK48.read_bytes())
    assert "🆕 3 nieuw · ✏️ 8 veranderd · 🟰 30 gelijk · 👻 2 ontbreken" in coby.last.text
    await house.tap(coby, "Niet doen")
    assert await count(house) == 40
    await sends(house, coby, WEEK48.read_bytes())
    await house.tap(coby, "Neem over")
    assert await count(house) == 43


async def test_what_waits_for_a_yes_survives_a_restart_and_is_forgotten_after_an_hour(
    house: House, coby: Phone
) -> None:
    await sends(house, coby, overview({}, {}))
    await house.restart()
    await house.tap(coby, "Nieuw")
    assert "Assen · 9 mrt" in coby.last.text
    house.clock.forward(hours=1, minutes=1)
    await house.tap(coby, "Terug")
    assert "wachtte langer dan een uur" in coby.last.text
    await house.app.forget()
    assert await kept_drafts(house) == 0
    assert await count(house) == 0


async def test_a_worker_hears_half_an_hour_later_and_only_once(house: House, coby: Phone) -> None:
    anneke = await house.joined(await house.member(area="Assen"))
    await sends(house, coby, overview({}, {}))
    assert "Anneke: 2 nieuwe zaken" in coby.last.text
    assert "Nog van niemand" not in coby.last.text
    await house.tap(coby, "Neem over")
    assert "1 bericht: niet voor 10:30" in coby.last.text
    await house.at(house.today, 10, 29)
    assert NEW_LIST not in anneke.lock_screen
    await house.at(house.today, 10, 30)
    assert anneke.lock_screen.count(NEW_LIST) == 1
    await house.say(coby, "/import")
    assert "Haal de berichten terug" not in coby.dump()  # they have left


async def test_messages_are_taken_back_with_one_tap_and_the_cases_stay(house: House, coby: Phone) -> None:
    anneke = await house.joined(await house.member(area="Assen"))
    await sends(house, coby, overview({}))
    await house.tap(coby, "Neem over", "Haal de berichten terug")
    assert "1 bericht teruggehaald" in coby.last.text
    await house.at(house.today, 12)
    assert NEW_LIST not in anneke.lock_screen
    assert await count(house) == 1


async def test_a_person_whose_letter_the_list_contradicts_hears_that_the_letter_stands(
    house: House, coby: Phone
) -> None:
    anneke = await house.joined(await house.member(area="Assen"))
    await sends(house, coby, overview({}, {}, {}))
    await house.tap(coby, "Neem over")
    async with house.app.database.read() as connection:
        refs = [
            c.ref
            for c in (await house.stores.cases.load(connection, await house.stores.cases.find(connection))).values()
        ]
        by_number = {(await house.load(ref)).identity.number: ref for ref in refs}
    samira = await house.arrived(by_number["Z1"], year=1981)
    mila = await house.arrived(by_number["Z2"], year=1982)
    await confirmed(house, by_number["Z1"], date(2027, 3, 9))
    await house.at(house.today, 11)
    for phone in (anneke, samira, mila):
        phone.lock_screen.clear()
    moved = {"Melddatum": date(2027, 4, 6)}
    await sends(house, coby, overview(moved, moved, {}))
    assert "Anneke: 1 veranderde zaak, 1 dag die anders is dan de brief" in coby.last.text
    assert "1 inwoner: de lijst is veranderd" in coby.last.text
    await house.tap(coby, "Neem over")
    await house.at(house.today, 11, 30)
    assert samira.lock_screen == ["Er is een bericht voor je."]
    assert mila.lock_screen == []  # a day that no letter has confirmed is nobody's fact
    await house.tap(samira, "Laat zien")
    assert "De dag in je brief blijft gelden." in samira.last.text
    assert "april" not in samira.dump()
    assert (await house.load(by_number["Z1"])).confirmed_date == date(2027, 3, 9)


async def test_what_a_colleague_knows_better_stays_and_is_said(house: House, coby: Phone) -> None:
    await sends(house, coby, overview({"Inrichting": "PI Veenhuizen"}))
    await house.tap(coby, "Neem over")
    async with house.app.database.write() as connection:
        [case] = (await house.stores.cases.load(connection, await house.stores.cases.find(connection))).values()
        case.prison = "PI Zwolle"
        case.touch("cases")
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    await sends(house, coby, overview({"Inrichting": "PI Veenhuizen"}))
    assert "🟰 1 gelijk" in coby.last.text  # the list says nothing new
    await sends(house, coby, overview({"Inrichting": "PI Leeuwarden"}))
    assert "In 1 zaak weet een collega het beter" in coby.last.text
    await house.tap(coby, "Blijft zo 1")
    assert "gevangenis PI Zwolle → PI Leeuwarden" in coby.last.text
    await house.tap(coby, "Terug", "Neem over")
    assert (await house.load(case.ref)).prison == "PI Zwolle"


async def test_a_misspelt_place_is_offered_and_taken_with_a_tap(house: House, coby: Phone) -> None:
    await sends(house, coby, overview({"Gemeente": "Asen"}, {"Gemeente": "Asen"}, {}))
    assert "🆕 1 nieuw" in coby.last.text
    assert "“Asen”: waarschijnlijk Assen (2 rijen)" in coby.last.text
    await house.tap(coby, "Bedoeld is Assen")
    assert "🆕 3 nieuw" in coby.last.text
    assert "afgekeurd" not in coby.last.text
    await house.tap(coby, "Neem over")
    assert await count(house) == 3


async def test_names_can_be_left_out(house: House, coby: Phone) -> None:
    await sends(house, coby, overview({}))
    await house.tap(coby, "Namen: gaan mee", "Neem over")
    async with house.app.database.read() as connection:
        [case] = (await house.stores.cases.load(connection, await house.stores.cases.find(connection))).values()
    assert (case.identity.name, case.identity.birth_year, case.identity.number) == ("", 1981, "Z1")


async def test_when_more_than_half_changes_it_is_asked_once_more(house: House, coby: Phone) -> None:
    await sends(house, coby, overview(*({} for _ in range(6))))
    await house.tap(coby, "Neem over")
    await sends(house, coby, overview(*({"Melddatum": date(2027, 5, 4)} for _ in range(6))))
    await house.tap(coby, "Neem over")
    assert "Meer dan de helft verandert" in coby.last.text
    await house.tap(coby, "Ja, neem over")
    assert "✏️ 6 veranderd" in coby.last.text


async def test_a_case_that_changed_meanwhile_is_shown_again_before_anything_is_taken_over(
    house: House, coby: Phone
) -> None:
    await sends(house, coby, overview({}, {}))
    await house.tap(coby, "Neem over")
    moved = [{"Melddatum": date(2027, 5, 4)}, {}]
    await sends(house, coby, overview(*moved))
    async with house.app.database.write() as connection:
        found = (await house.stores.cases.load(connection, await house.stores.cases.find(connection))).values()
        first = next(case for case in found if case.identity.number == "Z1")
        first.course.list_date(date(2027, 5, 4))
        await house.stores.cases.save(connection, [first], house.clock.now(), house.settings.zone)
    await house.tap(coby, "Neem over")
    assert "Er is intussen iets veranderd" in coby.last.text
    assert "✏️ 0 veranderd" in coby.last.text


async def test_refused_rows_come_back_as_a_file_that_can_be_mended_and_sent_again(house: House, coby: Phone) -> None:
    await sends(house, coby, overview({}, {"Geboortejaar": 79}, {"Achternaam": '=HYPERLINK("x")'}))
    assert "2 rijen afgekeurd" in coby.last.text
    await house.tap(coby, "Afgekeurd 2", "Als bestand")
    document = next(m for m in coby.newest_first() if SENT in str(m))
    file = next(f for f in house.world.files.values() if f.name == SENT)
    sheet = openpyxl.load_workbook(BytesIO(file.content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet]
    assert rows[0][-1] == "Reden van afkeuring"
    assert rows[1][3] == "79"
    assert "twee cijfers" in str(rows[1][-1])
    assert rows[2][2] == '\'=HYPERLINK("x")'
    assert document is not None
    sheet["D2"], sheet["C3"] = "1979", "Jansen"
    stream = BytesIO()
    sheet.parent.save(stream)
    await sends(house, coby, stream.getvalue())
    assert "🆕 2 nieuw" in coby.last.text


async def test_a_file_with_citizen_service_numbers_is_refused_whole_with_the_reason(house: House, coby: Phone) -> None:
    message = await sends(house, coby, (SAMPLES / "overview-with-bsn.xlsx").read_bytes())
    assert "Voorzorg neemt die niet aan" in coby.last.text
    assert message not in coby.history
    assert await kept_drafts(house) == 0


async def test_everywhere_else_and_from_anybody_else_a_file_is_refused(house: House, coby: Phone) -> None:
    anneke = await house.joined(await house.member())
    for phone in (coby, anneke):
        phone.send_document("overzicht.xlsx", WEEK47.read_bytes())
        await house.pump()
        assert "Foto's en bestanden bewaar ik niet" in phone.last.text
    await house.say(anneke, "/import")
    assert "Dat ken ik niet" in anneke.last.text


async def test_a_file_that_cannot_be_fetched_is_tried_again_and_then_said(house: House, coby: Phone) -> None:
    house.server.faults.add("getFile", faults.error(500, "Internal Server Error"), times=None)
    await sends(house, coby, overview({}))
    assert "Ik lees het bestand" in coby.last.text
    for seconds in (1, 5, 15, 60):
        house.clock.forward(seconds=seconds)
        await house.pump()
    assert "Ik kon het bestand niet ophalen" in coby.last.text


async def test_who_went_on_with_something_else_hears_that_the_file_is_read(house: House, coby: Phone) -> None:
    await house.say(coby, "/import")
    coby.send_document("overzicht.xlsx", overview({}))
    await house.app.reception.poll()
    await house.app.rounds.updates()
    coby.say("/vandaag")
    await house.app.reception.poll()
    await house.app.rounds.updates()
    await house.pump()
    assert coby.lock_screen[-1] == "📥 Het bestand is gelezen."
    await house.tap(coby, "Laat zien")
    assert "🆕 1 nieuw" in coby.last.text


async def test_a_file_after_the_session_has_ended_is_asked_for_again_once_signed_in(tmp_path: Path) -> None:
    async with open_house(tmp_path, staff_totp="required") as house:
        member = await house.member("coordinator", "all", "Coby")
        coby = await house.joined(member)
        await house.say(coby, pyotp.TOTP(member.totp_secret).at(house.clock.now()))
        await house.say(coby, "/import")
        house.clock.forward(hours=9)
        message = coby.send_document("overzicht.xlsx", overview({}))
        await house.pump()
        assert "inlog-app" in coby.last.text or "6 cijfers" in coby.last.text
        assert message not in coby.history
        await house.say(coby, pyotp.TOTP(member.totp_secret).at(house.clock.now()))
        assert "Een nieuw overzicht" in coby.last.text
        coby.send_document("overzicht.xlsx", overview({}))
        await house.pump()
        assert "🆕 1 nieuw" in coby.last.text


async def test_refused_rows_that_were_mended_bring_exactly_those_rows_and_nobody_seems_to_have_left(
    house: House, coby: Phone
) -> None:
    await sends(house, coby, overview(*({} for _ in range(6)), {"Geboortejaar": 79}, {"Gemeente": "Zwiggelte"}))
    await house.tap(coby, "Afgekeurd 2", "Als bestand om te verbeteren", "Neem over")
    sheet = openpyxl.load_workbook(BytesIO(refused_file(house, coby)))
    for row in sheet.worksheets[0].iter_rows(min_row=2):
        for cell in row:
            cell.value = {"79": "1979", "Zwiggelte": "Midden-Drenthe"}.get(str(cell.value), cell.value)
    await sends(house, coby, saved(sheet), SENT)
    assert "🆕 2 nieuw · ✏️ 0 veranderd · 🟰 0 gelijk · 👻 0 ontbreken" in coby.last.text
    assert "wie niet in dit bestand staat, blijft zoals die is" in coby.last.text
    await house.tap(coby, "Neem over")
    assert "Overgenomen" in coby.last.text  # and nothing was asked once more
    assert await count(house) == 8


async def test_a_list_older_than_one_that_is_in_already_is_pointed_out_and_asked_once_more(
    house: House, coby: Phone
) -> None:
    def listed(day: date, **first: object) -> bytes:
        dated = {"Datum overzicht": day}
        return overview(dated | first, dated, dated, headings=(*HEADINGS, "Datum overzicht"))

    for day, moved in ((date(2026, 11, 13), date(2027, 3, 9)), (date(2026, 11, 20), date(2027, 4, 6))):
        await sends(house, coby, listed(day, Melddatum=moved))
        assert "ouder" not in coby.last.text
        await house.tap(coby, "Neem over")
    await sends(house, coby, listed(date(2026, 11, 13)))
    assert "Deze lijst is ouder dan een lijst die al is overgenomen, van 20 nov" in coby.last.text
    await house.tap(coby, "Neem over")
    assert "Is dit het goede bestand?" in coby.last.text
    await house.tap(coby, "Niet doen")
    assert (await case_of(house, "Z1")).overview_date == date(2027, 4, 6)


async def test_a_case_that_moves_to_where_its_worker_does_not_work_is_pointed_out(house: House, coby: Phone) -> None:
    anneke = await house.member(area="Assen")
    await house.member(area="provincie Groningen", name="Piet")
    await sends(house, coby, overview({}, {}))
    await house.tap(coby, "Neem over")
    case = await case_of(house, "Z1")
    await sends(house, coby, overview({"Gemeente": "Oldambt"}, {}))
    assert f"🏘 1 zaak verhuist naar waar de werker niet werkt: {case.ref}" in coby.last.text
    await house.tap(coby, "Neem over")
    assert (await case_of(house, "Z1")).worker == anneke.id  # a human hands it over
    await house.say(coby, f"/overdragen {case.ref}")
    assert any("Piet" in label for label in coby.last.labels)


async def test_a_case_of_another_area_that_the_list_moves_here_says_whom_to_ask(house: House, coby: Phone) -> None:
    gerda = await house.joined(await house.member("coordinator", "provincie Groningen", "Gerda"))
    await sends(house, coby, overview({}))
    await house.tap(coby, "Neem over")
    await sends(house, gerda, overview({"Gemeente": "Oldambt"}))
    await house.tap(gerda, "Afgekeurd 1")
    assert "Deze zaak hoort nu nog bij een ander gebied, en de lijst zegt Oldambt" in gerda.last.text
    assert "Oldambt hoort niet bij jouw gebied" not in gerda.last.text


async def test_who_is_not_on_the_list_any_more_is_told_to_their_worker_and_stands_on_the_card(
    house: House, coby: Phone
) -> None:
    anneke = await house.joined(await house.member(area="Assen"))
    await sends(house, coby, overview({}, {}))
    await house.tap(coby, "Neem over")
    await house.at(house.today, 11)
    anneke.lock_screen.clear()
    await sends(house, coby, overview({}))
    assert "Anneke: 1 zaak niet meer op de lijst" in coby.last.text
    await house.tap(coby, "Neem over")
    await house.at(house.today, 12)
    assert anneke.lock_screen == [NEW_LIST]
    gone = await case_of(house, "Z2")
    await house.say(anneke, f"/zaak {gone.ref}")
    assert "👻 Staat niet meer op de lijst sinds dinsdag 24 november 2026." in anneke.last.text
    anneke.lock_screen.clear()
    await sends(house, coby, overview({}))
    assert "· niemand" in coby.last.text  # it is said once
    await sends(house, coby, overview({}, {}))
    await house.tap(coby, "Neem over")
    await house.say(anneke, f"/zaak {gone.ref}")
    assert "niet meer op de lijst" not in anneke.last.text


async def test_a_closed_case_that_is_back_on_the_list_is_told_and_can_be_opened_again(
    house: House, coby: Phone
) -> None:
    anneke = await house.joined(await house.member(area="Assen"))
    await sends(house, coby, overview({}, {}))
    await house.tap(coby, "Neem over")
    case = await case_of(house, "Z2")
    await house.say(anneke, f"/zaak {case.ref}")
    await house.deed(anneke, "Zaak sluiten", "niet meer opgeroepen")
    for rows in (({},), ({}, {})):
        await sends(house, coby, overview(*rows))
        shown = coby.last.text
        await house.tap(coby, "Neem over")
    assert f"📂 Gesloten, en weer op de lijst: {case.ref}" in shown
    assert "Anneke: 1 gesloten zaak weer op de lijst" in shown
    await house.say(anneke, f"/zaak {case.ref}")
    await house.deed(anneke, "Heropenen")
    assert (await case_of(house, "Z2")).phase == "coming"
    assert "opgeroepen" in anneke.last.text


async def test_places_where_nobody_takes_new_cases_are_seen_before_the_yes(house: House, coby: Phone) -> None:
    await house.member(area="Assen")
    await sends(house, coby, overview({}, {"Gemeente": "Emmen"}, {"Gemeente": "Emmen"}, {"Gemeente": "Vlieland"}))
    assert "👤 Nog van niemand: Emmen 2, Vlieland 1" in coby.last.text


async def test_a_worker_who_has_not_joined_yet_is_said_to_hear_nothing(house: House, coby: Phone) -> None:
    await house.member(area="Assen")
    await sends(house, coby, overview({}))
    assert "· Anneke: 1 nieuwe zaak (nog niet binnen: hoort niets)" in coby.last.text
    await house.tap(coby, "Neem over")
    assert not any("Haal de berichten terug" in label for label in coby.last.labels)


async def test_rows_of_another_area_come_as_a_file_that_is_brought_in_there(house: House) -> None:
    dirk = await house.joined(await house.member("coordinator", "provincie Drenthe", "Dirk"))
    gerda = await house.joined(await house.member("coordinator", "provincie Groningen", "Gerda"))
    away = {"Gemeente": "Oldambt", "Melddatum": date(2027, 4, 3)}
    await sends(house, dirk, overview({}, away, {"Gemeente": "Maastricht"}))
    await house.tap(dirk, "Afgekeurd 2", "Van een ander gebied")
    files = {f.name: f.content for f in house.world.files.values()}
    sheet = openpyxl.load_workbook(BytesIO(files["buiten-de-regio.xlsx"])).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet]
    assert len(rows) == 2
    assert rows[1][4] == "Maastricht"
    await sends(house, gerda, files["ander-gebied.xlsx"])
    assert "🆕 1 nieuw" in gerda.last.text
    assert "wie niet in dit bestand staat, blijft" in gerda.last.text
    await house.tap(gerda, "Neem over")
    async with house.app.database.read() as connection:
        found = (await connection.execute(select(cases.c.municipality, cases.c.overview_date))).all()
    assert [tuple(row) for row in found] == [("Oldambt", date(2027, 4, 3))]  # nothing was kept of what Dirk saw


async def test_a_file_to_mend_is_only_offered_where_something_can_be_mended(house: House) -> None:
    dirk = await house.joined(await house.member("coordinator", "provincie Drenthe", "Dirk"))
    await sends(house, dirk, overview({}, {"Gemeente": "Oldambt"}))
    await house.tap(dirk, "Afgekeurd 1")
    assert not any("verbeteren" in label for label in dirk.last.labels)
    await sends(house, dirk, overview({}, {"Gemeente": "Oldambt"}, {"Geboortejaar": 79}))
    await house.tap(dirk, "Afgekeurd 2")
    assert any("verbeteren" in label for label in dirk.last.labels)
