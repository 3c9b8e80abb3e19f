"""Somebody asks for everything that is kept about them, after a year in which everybody did something."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pypdfium2

from bot.webchat.phone import Phone
from storage import audit
from storage.queues.outbox import Outgoing
from storage.schema import chats
from tests.house import House, on_both


async def asked(house: House, phone: Phone) -> tuple[str, int]:
    """Ask for the file; returns what can be read in it, and how many pages it has."""
    await house.say(phone, "/mijngegevens")
    await house.tap(phone, "Ja, stuur het")
    [sent] = [m for m in phone.messages if m.document is not None]
    assert sent.document is not None
    assert (sent.document.name, sent.text) == ("overzicht.pdf", "📄 Hier is het.")
    pdf = pypdfium2.PdfDocument(sent.document.content)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split()), len(pdf)


async def a_busy_case(house: House) -> tuple[Phone, str]:
    """Return somebody for whom the whole team was busy."""
    anneke, bram = await house.member(), await house.member(name="Bram")
    phone = await house.joined(anneke)
    ref = await house.case(known_to_care=True)
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, ref)
        case.helpers.assign(anneke.id)
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    mila = await house.arrived(ref)
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Geld", "Er staat geen dag in")
    await house.say(mila, "/bericht Ik ben <bang> voor de post")
    await house.say(phone, f"/zaak {ref}", f"/notitie {ref} Belt <liever> voor 10 & snel", f"/knelpunt {ref}")
    await house.tap(phone, "Dit staat in de weg")
    await house.say(phone, "De bank doet er weken over")
    async with house.app.database.write() as connection:
        case, now = await house.case_on(connection, ref), house.clock.now()
        flag = case.signals.raise_flag("own", "money", "high", "Er is een brief van de deurwaarder.", now)
        case.signals.overrule(flag, "De brief is oud", now, anneke.id)
        case.helpers.hear_wish(case.helpers.weigh("housing_costs", "not_used", "policy", anneke.id, now), "yes")
        decision = case.helpers.ask_decision("pardon", anneke.id, bram.id, house.today, "Mag dit?", now)
        case.helpers.decide(decision, "no", "Te kort dag", now)
        case.helpers.carry_out(case.helpers.resolve("Bel de huisbaas", bram.id, house.today, anneke.id, now), now)
        case.helpers.go_to_the_limit("Drie banken gebeld", "Alle drie zeiden nee", anneke.id, now)
        case.helpers.hand_over(anneke.id, "Let op de huur", now)
        case.person.tell("helped", "plan", "Dat iemand belde", now)
        case.person.tell("worker", "closing", "Eerder bellen", now)
        case.person.consent("story", True, now, "2026-11")
        action = case.plan.propose(
            "identity", "casemanager", "inside", "Vraag een ID-kaart aan", None, None, by="worker"
        )
        case.plan.agree(action)
        case.shares.let_prison_read(action, True, now, "2026-11")
        case.reach.contacted("letter", "out", now)
        case.helpers.let_coordinator_read(now + timedelta(days=14))
        await house.stores.cases.save(connection, [case], now, house.settings.zone)
        row = (await connection.execute(chats.select().where(chats.c.case_id == case.id))).one()
        waiting = Outgoing(row.id, "notice", {"text": "Je hebt een bericht"}, not_before=now + timedelta(days=1))
        await house.app.rounds.outbox.add(connection, [waiting], now)
    return mila, ref


WORDS = (
    *("Samira Kloosterboer", "1999", "Z27000", "provincie Groningen", "Nummer bij Telegram:"),
    *("Bekend bij andere hulp: ja", "Waar denk je nu het meest aan? Geld", "Er staat geen dag in"),
    *("Jij: Ik ben <bang> voor de post", "Anneke · Belt <liever> voor 10 & snel"),
    *("dit staat in de weg · De bank doet er weken over · Anneke",),
    *("Er is een brief van de deurwaarder. · Geld · dit staat hoog in de lijst van je helper", "De brief is oud"),
    *("er zijn hier geen regels voor · je zei ja", "Anneke vraagt Bram · Mag dit?", "het antwoord is nee"),
    *("Te kort dag", "Bel de huisbaas · Anneke schreef het op · Bram doet het"),
    *("Drie banken gebeld · Het stopte: Alle drie zeiden nee", "aan Anneke · Let op de huur"),
    *("Wat hielp je? · Dat iemand belde", "Wat je helper leerde · Eerder bellen"),
    *("je antwoorden delen met collega's, zonder je naam: ja", "PI Veenhuizen leest: Vraag een ID-kaart aan: ja"),
    *("Dit is gevraagd aan PI Veenhuizen. Er is nog geen antwoord. · je helper bedacht het", "brief · naar jou"),
    *("De coördinator mag meelezen tot: 8 december 2026, 10:00", "een bericht · Je hebt een bericht"),
    *("Jouw rij in de cijfers: Gemeente: Groningen", "Eigen wens in het plan: nee"),
    *("Anneke · keek in je gegevens · in de chat", "deze chat: ja", "gebruikt op 24 november 2026, 10:00"),
)


@on_both
async def test_all_that_the_team_wrote_and_decided_stands_in_it_in_plain_words(house: House) -> None:
    mila, ref = await a_busy_case(house)
    read, pages = await asked(house, mila)
    for part in (ref, *WORDS):
        assert part in read, part
    assert pages <= 4


async def test_for_an_ordinary_case_it_is_short_and_large(house: House) -> None:
    await house.joined(await house.member())
    mila = await house.arrived(await house.case())
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Geld", "Er staat geen dag in")
    read, pages = await asked(house, mila)
    assert pages <= 2
    # Nobody looked yet: only that a phone came in, so that who did not bring it sees it here.
    assert "Jij · kwam binnen met een telefoon" in read
    assert "keek in je gegevens" not in read
    for never in ("None", "self_reporter", "2026-11-24", "{", "risico"):
        assert never not in read, never


async def test_of_somebody_else_nothing_stands_in_it(house: House) -> None:
    mila, _ = await a_busy_case(house)
    other = await house.case(first_name="Ali", last_name="Veenstra")
    ali = await house.arrived(other, name="Ali")
    await house.tap(ali, "Alleen ik", "Verder", "Ja, hier", "Geld", "Er staat geen dag in")
    read, _ = await asked(house, ali)
    assert "Ali Veenstra" in read
    for part in ("Kloosterboer", "bang", "deurwaarder", "weken over", "Je hebt een bericht"):
        assert part not in read, part
    mine, _ = await asked(house, mila)
    assert "Veenstra" not in mine


async def test_who_looked_at_the_computer_stands_in_it_too(house: House) -> None:
    anneke = await house.member()
    ref = await house.case()
    mila = await house.arrived(ref)
    await house.tap(mila, "Alleen ik", "Verder", "Ja, hier", "Geld", "Er staat geen dag in")
    entries: list[Any] = [audit.Entry(anneke.id, "cli", "open", ref), audit.Entry(None, "cli", "invite", ref)]
    async with house.app.database.write() as connection:
        await audit.write(connection, entries, house.clock.now())
    read, _ = await asked(house, mila)
    assert "Anneke · keek in je gegevens · op de computer · 10:00" in read
    assert "iemand van het team · maakte een code voor deze chat · op de computer · 10:00" in read
