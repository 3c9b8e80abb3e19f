"""Names stand in lists and in what is found, for who may see them, and on no lock screen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.webchat.phone import Phone
from conversations.worker.today.reasons import LONGEST_NAME, in_brief
from storage.people import covers
from storage.people.covers import Cover
from tests.house import House

NAME = "Kloosterboer"


async def given_to(house: House, ref: str, worker: str | None) -> None:
    """Give a case to a worker."""
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, ref)
        case.helpers.assign(worker)
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)


async def seen(house: House, phone: Phone, *commands: str) -> str:
    """Return all that these commands show."""
    shown = []
    for command in commands:
        await house.say(phone, command)
        shown.append(phone.last.text)
    return "\n".join(shown)


async def test_a_worker_reads_the_names_of_own_and_covered_cases_and_of_no_others(house: House) -> None:
    team = {name: await house.member(name=name) for name in ("Anneke", "Bram", "Chris")}
    names = {"Anneke": "Mila", "Bram": "Noor", "Chris": "Sem", None: "Tom"}
    refs = {who: await house.case(first_name=first) for who, first in names.items()}
    for who, ref in refs.items():
        await given_to(house, ref, team[who].id if who else None)
    async with house.app.database.write() as connection:
        await covers.arrange(connection, Cover(team["Bram"].id, team["Anneke"].id, house.today, house.today))
    phone = await house.joined(team["Anneke"])
    text = await seen(house, phone, "/vandaag", "/zaken", f"/zoek {NAME}")
    assert text.count("Mila") == text.count("Noor") == 3
    await house.say(phone, "/zaken")
    await house.tap(phone, "🆓")
    assert refs[None] in phone.last.text
    await house.say(phone, "/zaken")
    await house.tap(phone, "🏘 Gemeente", "🏘 Groningen")
    assert refs["Chris"] in phone.last.text
    assert "Mila" in phone.last.text
    everything = text + phone.last.text
    assert "Sem" not in everything
    assert "Tom" not in everything
    house.clock.forward(days=1)  # the stand-in is over
    assert "Noor" not in await seen(house, phone, "/vandaag", "/zaken", f"/zoek {NAME}")


async def test_a_coordinator_reads_names_of_the_area_only(house: House) -> None:
    here = await house.case(first_name="Mila", listed_on=house.today - timedelta(days=40))
    there = await house.case(first_name="Noor", municipality="Assen", listed_on=house.today - timedelta(days=40))
    coby = await house.joined(await house.member("coordinator", "provincie Groningen", "Coby"))
    text = await seen(house, coby, "/vandaag", f"/zoek {NAME}", "/monitor")
    await house.tap(coby, "👀 Wie staat stil?")
    text += coby.last.text
    assert text.count(f"{here} · Mila {NAME}") == 3
    assert "Noor" not in text
    assert there not in text


async def test_no_notice_and_no_log_has_a_name(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    worker = await house.joined(await house.member())
    ref = await house.case(first_name="Mila")
    phone = await house.arrived(ref)
    await house.tap(phone, "Alleen ik", "Verder", "Ja, hier", "Ik wil iemand spreken")
    await house.at(house.today + timedelta(days=1), 8, 45)
    assert worker.lock_screen
    await house.tap(worker, "👀 Laat zien")
    assert "Mila" in worker.last.text
    assert not any("Mila" in line or NAME in line for line in worker.lock_screen)
    said = capsys.readouterr()
    assert "Mila" not in said.out + said.err
    assert NAME not in said.out + said.err


@pytest.mark.parametrize(
    ("name", "brief"),
    [
        ("Mila Vink", "Mila Vink"),
        ("Samira Kloosterboer-van der Berg", "S. Kloosterboer-van…"),
        ("Wolfeschlegelsteinhausenbergerdorff", "Wolfeschlegelsteinh…"),
        ("", ""),
    ],
)
def test_a_long_name_leaves_a_line_readable(name: str, brief: str) -> None:
    assert in_brief(name) == brief


@given(st.text(max_size=200))
@example(" Kloosterboer-van den Berg-Hoekstra")
def test_a_name_never_takes_more_than_its_place(name: str) -> None:
    assert len(in_brief(name)) <= LONGEST_NAME


async def test_a_name_that_is_a_link_or_a_tag_stays_words(house: House) -> None:
    worker = await house.member()
    ref = await house.case(first_name="<b>evil.nl", last_name="@bot")
    await given_to(house, ref, worker.id)
    phone = await house.joined(worker)
    await house.say(phone, "/zaken")
    assert "<b>evil" in phone.last.text  # shown as it is written, not taken for a tag


async def test_no_page_of_a_card_has_more_than_eight_things_to_do(house: House) -> None:
    worker = await house.joined(await house.member())
    ref = await house.case(first_name="Mila")
    phone = await house.arrived(ref)
    await house.tap(phone, "Alleen ik", "Verder", "Ja, hier", "Ik wil iemand spreken")
    await house.say(worker, f"/zaak {ref}")
    labels: list[str] = []
    pages = 0
    while True:
        shown = [label for row in worker.last.buttons for label, _ in row]
        assert len(shown) <= 9  # with the way on and the way back
        labels += [label for label in shown if "Meer" not in label and "⬅️" not in label]
        pages += 1
        ways = [label for label in shown if "⋯ Meer" in label]
        if not ways:
            break
        await house.tap(worker, ways[0])
    assert pages == 3
    assert len(labels) == len(set(labels))  # each thing stands in one place
    for wanted in ("✍️ Antwoord", "🆗 Hoeft geen antwoord", "📝 Notities", "🔁 Overdragen", "Zaak sluiten"):
        assert any(wanted in label for label in labels), wanted


@pytest.mark.parametrize(
    ("role", "area", "has", "has_not"),
    [
        ("worker", "Groningen", ["/vandaag", "/overdragen"], ["/import", "/monitor", "/brieven", "/team"]),
        ("coordinator", "provincie Groningen", ["/vandaag", "/import", "/brieven", "/team"], []),
        ("casemanager", "PI Veenhuizen", ["/zaken"], ["/overdragen", "/import", "/vandaag"]),
    ],
)
async def test_help_is_of_ones_own_role(house: House, role: str, area: str, has: list[str], has_not: list[str]) -> None:
    phone = await house.joined(await house.member(role, area, "Femke"))
    await house.say(phone, "/help")
    assert all(command in phone.last.text for command in has)
    assert not any(command in phone.last.text for command in has_not)


@pytest.mark.parametrize("command", ["/monitor", "/rapport", "/export", "/maandrapport", "/monitor 2026-02"])
async def test_a_coordinator_of_a_prison_hears_why_there_are_no_figures(house: House, command: str) -> None:
    phone = await house.joined(await house.member("coordinator", "PI Veenhuizen", "Femke"))
    await house.say(phone, command)
    assert "Cijfers zijn er per gemeente en per provincie. Jouw gebied is PI Veenhuizen." in phone.last.text
    await house.tap(phone, "⬅️ Mijn lijst")
    assert "☀️" in phone.last.text


@pytest.mark.parametrize("role", ["worker", "coordinator"])
async def test_who_added_a_case_sees_that_case(house: House, role: str) -> None:
    phone = await house.joined(await house.member(role))
    await house.say(phone, "/nieuw", "Mila", "Vink", "1999", "Groningen")
    await house.tap(phone, "📭 Nog geen dag", "✅ Ja, voeg toe")
    assert "✅ Toegevoegd." in phone.last.text
    assert "Mila Vink" in phone.last.text
    assert "geen zaken" not in phone.last.text
    await house.tap(phone, "⬅️ Mijn lijst")
    assert "je zaak wacht" in phone.last.text
    assert "Mila Vink" in phone.last.text
