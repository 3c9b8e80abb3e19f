"""What a colleague may not know or give to themselves: exports, standing in, and who is known already."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from bot.webchat.phone import Phone
from conversations.screen import Button
from storage.schema import audit, covers
from tests.house import House, on_both

ONE_ANSWER = "👥 De coördinator kijkt hier eerst mee. Vraag of de coördinator de zaak toevoegt."


async def chat_of(house: House, phone: Phone) -> str:
    """Return the id of a phone's chat, as its buttons are signed for."""
    index = house.stores.chats.index(phone.id)
    async with house.app.database.read() as connection:
        return (await house.stores.chats.by_index(connection, [index]))[index].id


async def forge(house: House, phone: Phone, verb: str, args: str) -> None:
    """Tap a button that was never shown but is signed for this person, as an old one of theirs would be."""
    data = house.app.rounds.router.buttons.data(await chat_of(house, phone), Button("x", verb, args), None)
    phone.tap_data(phone.last.message_id, data)
    await house.pump()


# Exports.


def sheet_of(phone: Phone) -> list[dict[str, Any]]:
    """Return the rows of cases in the newest workbook on a phone, by heading."""
    file = next(m.document for m in phone.newest_first() if m.document is not None and m.document.name.endswith("xlsx"))
    heads, *rows = load_workbook(BytesIO(file.content))["Zaken"].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


@on_both
async def test_an_export_tells_no_reference_no_health_and_no_addiction_of_a_case_that_one_may_not_open(
    house: House,
) -> None:
    anneke = await house.joined(await house.member())
    theirs = await house.case()
    samira = await house.arrived(theirs)
    await house.tap(samira, "Alleen ik", "Verder", "Ja, hier", "Mijn gezondheid")
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, theirs)
        for fact in ("care", "addiction", "has_debts"):
            case.figures.know(fact, True)
        case.signals.raise_flag("own_flag", "health", "high", "Kanarie", house.clock.now())
        case.signals.raise_flag("own_debts", "money", "high", "Kanarie", house.clock.now())
        case.plan.agree(case.plan.propose("health", "self", "before", "Kanarie", None, None))
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    inge = await house.joined(await house.member("coordinator", "provincie Groningen", "Inge"))
    await house.say(inge, "/export")
    (row,) = sheet_of(inge)
    assert row["Zaak"] == "1"
    assert theirs not in str(row)
    told = {name: value for name, value in row.items() if value not in (None, "")}
    assert not [name for name in told if "behandeling" in name.lower() or "drank" in name.lower()], told
    assert "health" not in str(told)
    assert "money: high" in str(told)
    assert "2026-11-24" not in str(told)  # a day would tell which it is
    # The person reads it; and who may open a case has it whole.
    await house.say(samira, "/wiekeek")
    assert "📊 Inge maakte cijfers, zonder je naam" in samira.last.text
    await house.say(anneke, f"/zaak {theirs}")
    while "Meer" in str(anneke.last.buttons):
        await house.tap(anneke, "Meer")
    await house.tap(anneke, "Laat de coördinator meekijken")
    await house.say(inge, "/export")
    (row,) = sheet_of(inge)
    assert row["Zaak"] == theirs
    assert "health: high" in str(row)
    async with house.app.database.read() as connection:
        rows = await connection.execute(select(audit.c.object).where(audit.c.verb == "export"))
        assert [line for (line,) in rows].count(theirs) == 2


# Standing in.


async def stand_ins(house: House) -> list[tuple[str, str]]:
    async with house.app.database.read() as connection:
        return [(row.away, row.by) for row in await connection.execute(select(covers))]


async def test_nobody_makes_themselves_a_stand_in(house: House) -> None:
    anneke_, inge_ = await house.member(), await house.member("coordinator", "provincie Groningen", "Inge")
    anneke, inge = await house.joined(anneke_), await house.joined(inge_)
    ref = await house.case()
    await house.say(inge, "/team")
    await house.tap(inge, "👤 Anneke", "Afwezig: wie neemt waar?")
    assert "👤 Inge" not in str(inge.last.buttons)
    assert "Dan kiest Anneke jou: /waarneming" in inge.last.text
    await forge(house, inge, "team_by", inge_.id)
    await house.say(inge, "vrijdag")
    assert await stand_ins(house) == []
    await house.say(inge, f"/zaak {ref}")
    assert "Kloosterboer" not in inge.last.text
    # The one who is away decides it, and she hears of it.
    await house.say(anneke, "/waarneming")
    await house.tap(anneke, "👤 Inge")
    await house.say(anneke, "vandaag", "vrijdag")
    assert await stand_ins(house) == [(anneke_.id, inge_.id)]
    assert "🏖 De waarneming is veranderd." in inge.lock_screen
    await house.say(inge, f"/zaak {ref}")
    assert "Kloosterboer" in inge.last.text


async def test_who_is_covered_hears_it_at_once_and_for_fourteen_days_at_most(house: House) -> None:
    anneke_, bram_ = await house.member(), await house.member(name="Bram")
    anneke, bram = await house.joined(anneke_), await house.joined(bram_)
    inge = await house.joined(await house.member("coordinator", "provincie Groningen", "Inge"))
    await house.at(house.today, 21)
    await house.say(inge, "/team")
    await house.tap(inge, "👤 Anneke", "Afwezig: wie neemt waar?", "👤 Bram")
    for said in ("8 december", "24 februari", "1 maart 2027"):
        await house.say(inge, said)
        assert "Kies een dag binnen twee weken." in inge.last.text, said
    assert await stand_ins(house) == []
    await house.say(inge, "7 december")
    assert await stand_ins(house) == [(anneke_.id, bram_.id)]
    for phone in (anneke, bram):
        assert "🏖 De waarneming is veranderd." in phone.lock_screen
    await house.tap(anneke, "Laat zien")
    assert "Bram" in anneke.last.text
    await house.say(anneke, "/waarneming")
    await house.tap(anneke, "👤 Bram")
    await house.say(anneke, "vandaag", "8 december")
    assert "binnen twee weken" in anneke.last.text


# Who is known already.


async def adds(house: House, phone: Phone, first: str, last: str, year: str = "1999") -> str:
    """Add somebody by hand; returns what is answered."""
    await house.say(phone, "/nieuw", first, last, year, "Groningen")
    await house.tap(phone, "Nog geen dag", "Ja, voeg toe")
    return phone.last.text


async def test_new_tells_nobody_that_a_colleague_has_somebody(house: House) -> None:
    await house.joined(await house.member())
    ref = await house.case()
    bram = await house.joined(await house.member(name="Bram"))
    inge = await house.joined(await house.member("coordinator", "provincie Groningen", "Inge"))
    # The same person, one spelled otherwise, one with a like name: one answer.
    names = (("Samira", "Kloosterboer"), ("SAMIRA", "klooster boer"), ("Samira", "Kloosterboor"))
    answers = [await adds(house, bram, first, last) for first, last in names]
    assert all(answer.startswith(f"{ONE_ANSWER}\n") for answer in answers), answers
    assert ref not in bram.dump()
    for said in ("/zoek Kloosterboer", "/zoek Samira"):
        await house.say(bram, said)
        assert ref not in bram.last.text
        assert "Niemand gevonden" in bram.last.text
    # The coordinator looks.
    assert f"👥 Misschien al bekend · {ref}" in inge.lock_screen
    await house.tap(inge, "Laat zien")
    assert "Bram wilde iemand toevoegen. Misschien is dat Samira Kloosterboer" in inge.last.text
    await forge(house, bram, "twice", f"{ref}/{'0' * 12}")
    assert "Kloosterboer" not in bram.last.text
    # Somebody else is simply added; one's own is named.
    assert ONE_ANSWER not in await adds(house, bram, "Pieter", "Jansen")
    assert "Deze persoon is al bekend" in await adds(house, bram, "Pieter", "Jansen")
    assert ONE_ANSWER not in await adds(house, bram, "Samira", "Kloosterboer", "1981")
    async with house.app.database.read() as connection:
        assert len(await house.stores.cases.find(connection)) == 3


@pytest.mark.parametrize("by", ["Inge", "Coby"])
async def test_who_may_see_the_name_is_told_the_reference(house: House, by: str) -> None:
    await house.joined(await house.member())
    ref = await house.case()
    phone = await house.joined(await house.member("coordinator", "all" if by == "Coby" else "provincie Groningen", by))
    assert f"Deze persoon is al bekend, als {ref}." in await adds(house, phone, "Samira", "Kloosterboer")
