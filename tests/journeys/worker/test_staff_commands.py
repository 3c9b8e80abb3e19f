"""What colleagues type: a menu of commands that exist, and an example for what is missing or wrong."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.webchat.phone import Phone
from conversations.menus import menu
from conversations.router import conversation_of_role
from conversations.words.wording import Words
from storage.people.staff import ROLES
from tests.house import House

DUTCH = Words("nl", ZoneInfo("Europe/Amsterdam"))
# design.md, Chat commands.
COMMANDS = {
    "worker": (
        *("vandaag", "zaken", "zaak", "risicos", "zoek", "nieuw", "contact", "actie", "notitie", "maatregel"),
        *("bericht", "plan", "knelpunt", "overdragen", "agenda", "waarneming", "vraag", "taal", "help"),
    ),
    "casemanager": ("zaken", "week", "zaak", "plan", "bericht", "taal", "help"),
}
# Those that say nothing without a reference.
OF_A_CASE = {
    "worker": ("zaak", "contact", "actie", "notitie", "maatregel", "bericht", "plan", "overdragen"),
    "casemanager": ("zaak", "plan", "bericht"),
}
ALIASES = {"zaak": "case", "actie": "action", "notitie": "note", "maatregel": "measure", "bericht": "message"}


@pytest.mark.parametrize("role", [*ROLES, "self_reporter", "stranger"])
def test_every_command_of_a_menu_exists(role: str) -> None:
    names = [entry["command"] for entry in menu(DUTCH, role)]
    assert len(set(names)) == len(names)
    for name in names:
        assert name in conversation_of_role(role).commands, (role, name)


@pytest.mark.parametrize("role", COMMANDS)
def test_the_menu_of_a_role_is_that_of_the_design(role: str) -> None:
    assert tuple(entry["command"] for entry in menu(DUTCH, role)) == COMMANDS[role]


def test_a_coordinator_has_what_a_worker_has() -> None:
    assert {entry["command"] for entry in menu(DUTCH, "coordinator")} >= set(COMMANDS["worker"])


async def _colleague(house: House, role: str) -> Phone:
    area = "PI Veenhuizen" if role == "casemanager" else "Groningen"
    return await house.joined(await house.member(role, area, "Anneke"))


@pytest.mark.parametrize("wrong", ["", " Jansen", " 12", " GR-4K", " de zaak van gisteren"])
@pytest.mark.parametrize("role", OF_A_CASE)
async def test_a_command_without_a_reference_says_what_to_type_with_an_example(
    house: House, role: str, wrong: str
) -> None:
    phone = await _colleague(house, role)
    for name in OF_A_CASE[role]:
        for typed in (name, ALIASES.get(name, name)):
            await house.say(phone, f"/{typed}{wrong}")
            assert f"Bijvoorbeeld: /{name} GR-4K7Q2" in phone.last.text, typed


@pytest.mark.parametrize("role", OF_A_CASE)
async def test_a_reference_of_nobody_and_one_of_somebody_else_get_one_answer(house: House, role: str) -> None:
    phone = await _colleague(house, role)
    elsewhere = await house.case(municipality="Emmen", prison="PI Leeuwarden")
    for name in OF_A_CASE[role]:
        answers = []
        for ref in (elsewhere, "GR-22222"):
            await house.say(phone, f"/{name} {ref}")
            answers.append(phone.last.text.replace(ref, "REF"))
        assert answers[0] == answers[1]
        assert "Er is geen zaak REF voor jou." in answers[0]


async def test_a_reference_is_read_however_it_is_typed_and_a_mistyped_one_is_answered(house: House) -> None:
    phone = await _colleague(house, "worker")
    ref = await house.case()
    for typed in (ref, ref.lower(), ref.replace("-", " "), ref.replace("-", "").lower()):
        await house.say(phone, f"/zaak {typed}")
        assert phone.last.text.startswith(f"{ref} · Groningen")
        await house.say(phone, f"/notitie {typed} Belt liever 's avonds")
    assert [note.text for note in (await house.load(ref)).notes] == ["Belt liever 's avonds"] * 4
    slip = ref[:-1] + ("2" if ref[-1] != "2" else "3")
    await house.say(phone, f"/zaak {slip}")
    assert f"Bedoel je {ref}?" in phone.last.text


async def test_a_case_that_one_may_see_but_not_change_is_not_offered_as_a_slip_of_its_own_name(house: House) -> None:
    await _colleague(house, "worker")
    phone = await _colleague(house, "coordinator")
    ref = await house.case()
    await house.say(phone, f"/notitie {ref} Belt liever 's avonds")
    assert f"Er is geen zaak {ref} voor jou." in phone.last.text
    assert "Bedoel je" not in phone.last.text


async def test_words_behind_a_reference_are_not_lost(house: House) -> None:
    phone = await _colleague(house, "worker")
    ref = await house.case()
    samira = await house.arrived(ref)
    await house.tap(samira, "Alleen ik", "Verder", "Ja, hier")
    await house.say(phone, f"/actie {ref} Bel de huisbaas")
    assert "Bel de huisbaas" in phone.last.text
    await house.say(phone, f"/bericht {ref} Ik bel je om 3 uur.")
    assert "onderweg" in phone.last.text
    await house.tap(samira, "Laat zien")
    assert "Ik bel je om 3 uur." in samira.last.text


async def test_a_reply_to_what_is_nobodys_message_goes_to_nobody(house: House) -> None:
    phone = await _colleague(house, "worker")
    ref = await house.case()
    samira = await house.arrived(ref)
    await house.tap(samira, "Alleen ik", "Verder", "Ja, hier")
    # To a list, a plan, a screen of risks, and a notice.
    for place in ("/vandaag", "/zaken", "/risicos", f"/plan {ref}"):
        await house.say(phone, place)
        phone.reply(phone.last.message_id, "Tot morgen")
        await house.pump()
        assert "Niemand krijgt dit bericht." in phone.last.text
    await house.say(phone, f"/zaak {ref}")
    await house.tap(samira, "Ik wil iemand spreken")
    phone.reply(phone.last.message_id, "Tot morgen")
    await house.pump()
    # To an older message, with another case on the screen.
    await house.say(phone, f"/zaak {await house.case(first_name='Ali')}")
    older = next(m for m in phone.newest_first() if not m.mine and m.message_id != phone.last.message_id)
    phone.reply(older.message_id, "Tot morgen")
    await house.pump()
    assert "Wil je antwoorden?" in phone.last.text
    assert [m.text for m in (await house.load(ref)).messages if m.sender == "worker"] == []
    assert "Tot morgen" not in samira.dump()


async def test_two_workers_who_act_at_once_both_get_an_answer_and_one_has_the_case(house: House) -> None:
    anneke, bram = [await house.joined(await house.member(name=name)) for name in ("Anneke", "Bram")]
    ref = await house.case()
    for phone in (anneke, bram):
        await house.say(phone, f"/zaak {ref}")
    anneke.tap("Neem deze zaak")
    bram.tap("Neem deze zaak")
    await house.pump()
    assert (await house.load(ref)).worker is not None
    shown = sorted("Een collega heeft deze zaak." in phone.last.text for phone in (anneke, bram))
    assert shown == [False, True]
    assert "Deze knop is oud." not in anneke.toasts + bram.toasts


async def test_two_who_write_to_one_case_at_once_lose_nothing(house: House) -> None:
    anneke = await house.member(name="Anneke")
    bram = await house.member(name="Bram")
    phones = [await house.joined(member) for member in (anneke, bram)]
    ref = await house.case()
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, ref)
        case.helpers.assign(anneke.id)
        action = case.plan.propose("own", "worker", "before", "Bel de huisbaas", None, None)
        case.plan.agree(action)
        case.helpers.ask_decision("deferral", anneke.id, bram.id, house.today, "Kan dit?", house.clock.now())
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    await house.say(phones[0], f"/plan {ref}")
    await house.tap(phones[0], "1")
    await house.say(phones[1], "/vandaag")
    await house.tap(phones[1], "❓", "✅ Ja")
    # The same moment: an action is done, and a decision falls.
    phones[0].tap("✅ Het is klaar")
    phones[1].say("Ja, dat kan.")
    await house.pump()
    case = await house.load(ref)
    assert [a.status for a in case.actions] == ["done"]
    assert [d.explanation for d in case.decisions] == ["Ja, dat kan."]
    assert "Klaar." in phones[0].dump()
    assert "Besloten." in phones[1].dump()


async def test_a_worker_who_opens_a_letter_of_their_own_is_told_to_use_another_account(house: House) -> None:
    anneke = await house.joined(await house.member())
    fresh = await house.invite(await house.case())
    anneke.start(fresh.code)
    await house.pump()
    assert "ander account" in anneke.last.text
