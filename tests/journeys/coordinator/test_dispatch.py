"""Who takes a case: by rules as data, by hand where they do not decide, and how much everybody has in view."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.webchat.phone import Phone
from conversations.content.dispatch import Dispatch
from conversations.content.files.content_file import ContentError
from storage.people.covers import Cover, arrange
from tests.house import House, open_house
from tests.overviews.making import HEADINGS, book, overview

RULES = """
[[rule]]
municipality = "Assen"
worker = "Anneke"
languages = ["ar"]

[[rule]]
municipality = "Assen"
worker = "Bram"
districts = ["Marsdijk"]

[[rule]]
municipality = "Assen"
worker = "chris"
most = 2
"""


@pytest.fixture
async def coby(house: House) -> Phone:
    """The phone of the coordinator of the whole region."""
    return await house.joined(await house.member("coordinator", "all", "Coby"))


async def test_rules_say_who_takes_a_case_by_language_district_and_capacity(tmp_path: Path) -> None:
    file = tmp_path / "dispatch.toml"
    file.write_text(RULES)
    async with open_house(tmp_path, dispatch_file=file) as house:
        members = [await house.member(area="Assen", name=name) for name in ("Anneke", "Bram", "Chris")]
        coby = await house.joined(await house.member("coordinator", "all", "Coby"))
        headings = (*HEADINGS, "Taal", "Wijk")
        row = ("Jan", "Jansen", "Assen", "PI Veenhuizen", date(2027, 3, 9), 28)
        told = [("ar", "Marsdijk"), ("nl", "Marsdijk"), ("nl", "Peelo"), ("pl", ""), ("nl", "Peelo")]
        rows = [(f"Z{n}", row[0], f"{row[1]}{'abcde'[n]}", 1980, *row[2:], *more) for n, more in enumerate(told)]
        await house.say(coby, "/import")
        coby.send_document("overzicht.xlsx", book([headings, *rows]))
        await house.pump()
        await house.tap(coby, "Neem over")
        async with house.app.database.read() as connection:
            found = await house.stores.cases.load(connection, await house.stores.cases.find(connection))
        by_number = {case.identity.number: case.worker for case in found.values()}
        names = {member.id: member.name for member in members}
        # Arabic and Marsdijk both fit the first: of who has as much, the rule that stands first. The fifth is too many.
        assert [names.get(by_number[f"Z{n}"] or "") for n in range(5)] == ["Anneke", "Bram", "Chris", "Chris", None]


def test_a_rule_without_a_place_is_refused_with_what_to_write(tmp_path: Path) -> None:
    file = tmp_path / "dispatch.toml"
    file.write_text('[[rule]]\nworker = "Anneke"\n')
    with pytest.raises(ContentError, match="either a municipality or a province"):
        Dispatch.load(file)


async def test_what_no_rule_decides_is_assigned_by_hand_one_or_many_at_once(house: House, coby: Phone) -> None:
    anneke, bram = await house.member(area="Assen"), await house.member(area="Assen", name="Bram")
    phone = await house.joined(bram)
    await house.say(coby, "/import")
    coby.send_document("overzicht.xlsx", overview({}, {}, {}, {}))
    await house.pump()
    await house.tap(coby, "Neem over", "Zaken toewijzen")
    assert "Nog van niemand · 4 zaken" in coby.last.text
    await house.tap(coby, "Assen 4")
    first = next(label for row in coby.last.buttons for label, _ in row if label.startswith("⬜️"))
    await house.tap(coby, first, "Wie neemt 1 zaak")
    assert "👤 Anneke · 0 zaken" in coby.dump()
    await house.tap(coby, "Anneke")
    assert "Anneke heeft nu 1 zaak van Assen" in coby.last.text
    await house.tap(coby, "Zaken toewijzen", "Assen 3", "Allemaal naar één")
    # Who has the least is proposed first.
    assert [label for row in coby.last.buttons for label, _ in row][:2] == ["👤 Bram · 0 zaken", "👤 Anneke · 1 zaak"]
    await house.tap(coby, "Bram")
    assert phone.lock_screen.count("📥 Er is een nieuwe lijst: kijk naar je zaken.") == 1
    async with house.app.database.read() as connection:
        found = await house.stores.cases.load(connection, await house.stores.cases.find(connection))
    assert sorted((c.worker == anneke.id, c.worker == bram.id) for c in found.values()) == [
        *[(False, True)] * 3,
        (True, False),
    ]
    await house.say(coby, "/toewijzen")
    assert "Elke zaak heeft iemand." in coby.last.text


async def test_a_case_that_somebody_took_meanwhile_stays_theirs(house: House, coby: Phone) -> None:
    anneke = await house.joined(await house.member())
    await house.member(name="Bram")
    ref = await house.case()
    await house.say(coby, "/toewijzen")
    await house.tap(coby, "Groningen 1", "Allemaal naar één")
    await house.say(anneke, f"/zaak {ref}")
    await house.tap(anneke, "Neem deze zaak")
    taken = (await house.load(ref)).worker
    await house.tap(coby, "Bram")
    assert "Bram heeft nu 0 zaken van Groningen" in coby.last.text
    assert (await house.load(ref)).worker == taken


async def test_a_coordinator_of_a_province_assigns_nothing_elsewhere(house: House) -> None:
    await house.case()
    dirk = await house.joined(await house.member("coordinator", "provincie Drenthe", "Dirk"))
    await house.say(dirk, "/toewijzen")
    assert "Elke zaak heeft iemand." in dirk.last.text


async def test_the_workload_shows_who_is_away_and_where_nobody_works(house: House, coby: Phone) -> None:
    anneke, bram = await house.member(), await house.member(name="Bram")
    refs = [
        await house.case(first_name=name, reporting_date=day) for name, day in (("A", date(2026, 12, 1)), ("B", None))
    ]
    await house.case(municipality="Pekela", first_name="C")
    async with house.app.database.write() as connection:
        for ref in refs:
            case = await house.case_on(connection, ref)
            case.helpers.assign(anneke.id)
            await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
        await arrange(connection, Cover(anneke.id, bram.id, house.today, house.today))
    await house.say(coby, "/werkdruk")
    assert "Hier werkt niemand: Pekela 1" in coby.last.text
    assert "👤 Anneke (Groningen): 2 · ⏱ 2 · 📅 1 · 🏖 weg, Bram neemt waar" in coby.last.text
    assert "👤 Bram (Groningen): 0 · ⏱ 0 · 📅 0" in coby.last.text
