"""A new phone at a case in which somebody has begun: three phones, the old one, the new one and the worker's."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.webchat.phone import Phone
from tests.house import House, on_both
from tests.journeys.transcript import Transcript

PIN = ("2", "5", "8", "0")
WAITS = "Anneke belt je vandaag."
NO_CODE = "Deze code werkt niet."


async def numbers(house: House, *phones: Phone) -> list[int]:
    """Return the two digits that stand on phones that wait."""
    found = []
    for phone in phones:
        index = house.stores.chats.index(phone.id)
        async with house.app.database.read() as connection:
            chat = (await house.stores.chats.by_index(connection, [index]))[index]
        found.append(10 + int(chat.id[-12:], 16) % 90)
    return found


async def knocks(house: House, ref: str, name: str = "Sam") -> Phone:
    """Return another phone that has shown a code of the case and the year of birth."""
    fresh = await house.invite(ref)
    phone = house.world.phone(first_name=name)
    phone.start(fresh.code)
    await house.pump()
    await house.say(phone, "1999")
    return phone


async def whose(house: House, phone: Phone) -> str | None:
    """Return the id of the case whose chat a phone has."""
    index = house.stores.chats.index(phone.id)
    async with house.app.database.read() as connection:
        return (await house.stores.chats.by_index(connection, [index]))[index].case_id


async def begun(house: House, pin: bool = False) -> tuple[str, Phone, Phone]:
    """Return a case with an answer, the phone of the person, and that of who helps."""
    async with house.app.database.read() as connection:
        known = await house.stores.cases.find(connection)
    if not known:
        await house.joined(await house.member())
    anneke = house.world.phones[0]
    ref = await house.case(last_name=f"Kloosterboer{len(known) or ''}")
    old = await house.arrived(ref)
    if pin:
        await house.tap(old, "Ja, een ander ook", "Ja, een pincode", *PIN, *PIN)
    else:
        await house.tap(old, "Alleen ik")
    await house.tap(old, "Verder", "Ja, hier", "Geld")
    return ref, old, anneke


@on_both
async def test_a_new_phone_waits_for_the_workers_yes(house: House) -> None:
    ref, old, anneke = await begun(house, pin=True)
    told = Transcript(house)
    told.heading("A letter's code and the year of birth, on another phone")
    new = house.world.phone(first_name="Sam")
    told.follow("New phone", new)
    told.follow("Old phone", old)
    told.follow("Anneke", anneke)
    fresh = await house.invite(ref)
    await told.say("New phone", f"/start {fresh.code}", as_="(the link of the letter)")
    await told.say("New phone", "1999")
    told.heading("It can ask to be called")
    await told.tap("New phone", "📞 Bel mij")
    told.heading("The worker calls the number that she knows")
    await told.tap("Anneke", "👀 Laat zien")
    await told.tap("Anneke", "✅ Het klopt")
    told.heading("The new phone goes on, behind the PIN")
    await told.tap("New phone", "👀 Laat zien")
    for button in PIN:
        await told.tap("New phone", button)
    await told.tap("New phone", "📱 Alleen ik")
    told.heading("The old phone is a stranger's")
    await told.say("Old phone", "/plan")
    told.heading("Who came near")
    await told.say("New phone", "/wiekeek")
    number = str((await numbers(house, new))[0])
    for before in ("getal: ", "telefoon staat "):
        told.lines = [line.replace(f"{before}{number}", f"{before}47") for line in told.lines]
    told.matches("new_phone")


@on_both
async def test_until_the_yes_a_new_phone_reads_changes_and_erases_nothing(house: House) -> None:
    ref, old, _ = await begun(house)
    before = await house.document(ref)
    new = await knocks(house, ref)
    commands = ("/vragen", "/plan", "/bericht hallo", "/pin", "/mijngegevens", "/wiekeek", "/stop", "/wissen", "/start")
    for said in (*commands, "Geld", "/help", "1999", "ik ben het echt"):
        await house.say(new, said)
        assert not any(word in new.dump() for word in ("Samira", "Kloosterboer", "brieven hebben", ref)), said
    assert await whose(house, new) is None
    after = await house.document(ref)
    assert after == before
    await house.say(old, "/plan")
    assert "Je plan" in old.last.text  # the phone that was there goes on
    assert [w["reason"] for w in (await waiting(house, ref))] == ["new_phone"]
    await house.say(new, "/start")
    assert WAITS in new.last.text
    await house.restart()
    await house.tap(new, "Bel mij")
    assert "Anneke weet dat je gebeld wilt worden." in new.last.text


async def waiting(house: House, ref: str) -> list[dict[str, object]]:
    """Return why a case waits, as lists and JSON show it."""
    case = await house.load(ref)
    return [{"reason": reason} for reason in case.waiting]


async def test_a_no_sends_it_away_and_the_old_phone_stays(house: House) -> None:
    ref, old, anneke = await begun(house)
    new = await knocks(house, ref)
    await house.tap(anneke, "Laat zien", "Het klopt niet")
    await house.tap(new, "Laat zien")
    assert NO_CODE in new.last.text
    assert "Samira" not in new.dump()
    await house.say(old, "/plan")
    assert "Je plan" in old.last.text
    await house.say(old, "/wiekeek")
    assert "📱 Anneke zei: die telefoon is niet van jou" in old.last.text
    assert await waiting(house, ref) == []


async def test_a_yes_to_one_phone_is_none_to_another_that_came_meanwhile(house: House) -> None:
    ref, old, anneke = await begun(house)
    first = await knocks(house, ref)
    await house.tap(anneke, "Laat zien")
    second = await knocks(house, ref, "Somebody else")
    await house.tap(anneke, "✅ Het klopt")
    assert "Nu wacht een andere telefoon." in anneke.last.text
    assert await whose(house, first) is None
    assert await whose(house, second) is None
    (shown,) = await numbers(house, second)
    assert f"staat {shown}." in anneke.last.text
    await house.say(first, "/start")
    assert "Typ de code hier." in first.last.text  # the last one counts
    await house.tap(anneke, "Het klopt niet")
    assert await whose(house, old) is not None


async def test_a_coordinator_makes_no_code_once_somebody_has_begun(house: House) -> None:
    ref, _, _ = await begun(house)
    inge = await house.joined(await house.member("coordinator", "provincie Groningen", "Inge"))
    await house.say(inge, f"/zaak {ref}")
    while "Meer" in str(inge.last.buttons):
        await house.tap(inge, "Meer")
    assert "Nieuwe uitnodiging" not in str(inge.last.buttons)
    # Before it, she may: nobody has it, nobody has answered.
    free = await house.case(first_name="Bo")
    await house.say(inge, f"/zaak {free}")
    while "Meer" in str(inge.last.buttons):
        await house.tap(inge, "Meer")
    assert "Nieuwe uitnodiging" in str(inge.last.buttons)


async def test_a_new_phone_of_a_case_that_nobody_has_is_seen_by_the_coordinator_too(house: House) -> None:
    ref = await house.case()
    old = await house.arrived(ref)
    await house.tap(old, "Alleen ik", "Verder", "Ja, hier", "Geld")
    inge = await house.joined(await house.member("coordinator", "provincie Groningen", "Inge"))
    bram = await house.joined(await house.member("worker", "Groningen", "Bram"))
    new = await knocks(house, ref)
    for phone in (inge, bram):
        assert f"📱 Nieuwe telefoon · {ref}" in phone.dump()
    await house.tap(inge, "Laat zien")
    assert "Het klopt" not in str(inge.last.buttons)  # first somebody takes it
    await house.say(inge, "/vandaag")
    assert "nieuwe telefoon: bel eerst" in inge.last.text
    await house.say(bram, f"/zaak {ref}")
    await house.tap(bram, "Neem deze zaak", "Nieuwe telefoon: bel eerst", "✅ Het klopt")
    assert await whose(house, new) is not None
    await house.tap(new, "Laat zien", "Alleen ik")
    assert "Heb je een brief met een dag?" in new.last.text


async def test_outside_the_hours_the_day_is_named_on_which_somebody_calls(house: House) -> None:
    ref, _, anneke = await begun(house)
    await house.at(house.today, 21)
    new = await knocks(house, ref)
    assert "Anneke belt je op woensdag 25 november." in new.last.text
    assert "Nieuwe telefoon" not in anneke.dump()
    await house.at(house.today.replace(day=25), 9)
    assert "Nieuwe telefoon" in anneke.dump()


async def test_a_case_that_is_erased_meanwhile_leaves_the_new_phone_with_nothing(house: House) -> None:
    ref, old, anneke = await begun(house)
    new = await knocks(house, ref)
    await house.tap(anneke, "Laat zien")
    await house.say(old, "/wissen")
    await house.tap(old, "Ja, wis")
    assert "Het klopt" not in str(anneke.last.labels)
    await house.say(anneke, f"/zaak {ref}")
    assert "Er is geen zaak" in anneke.dump()
    await house.tap(new, "Bel mij")
    assert "Typ de code hier." in new.last.text
    assert await whose(house, new) is None


async def test_what_is_typed_before_the_call_is_not_read_and_does_not_stay(house: House) -> None:
    ref, _, _ = await begun(house)
    new = await knocks(house, ref)
    for said in ("wanneer bel je?", "ik ben Samira", "1999"):
        await house.say(new, said)
        assert "Ik lees hier nog niets." in new.last.text
        assert WAITS in new.last.text
        assert said not in [message.text for message in new.messages]
    await house.say(new, "ik wil niet meer leven")  # what cannot wait is heard there too
    assert "113" in new.last.text


async def test_a_phone_that_has_blocked_us_meanwhile_gets_no_yes(house: House) -> None:
    ref, old, anneke = await begun(house)
    new = await knocks(house, ref)
    await house.tap(anneke, "Laat zien")
    new.block()
    await house.pump()
    await house.tap(anneke, "✅ Het klopt")
    assert "Die telefoon is er niet meer." in anneke.last.text
    assert await whose(house, old) is not None


STEPS = st.lists(st.sampled_from(("knock 0", "knock 1", "yes", "no", "look", "old", "call", "typed")), max_size=9)


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
async def test_whatever_happens_in_between_only_a_phone_that_got_its_own_yes_comes_in(
    house: House, steps: list[str]
) -> None:
    """One phone has the case, at each moment; it is the old one until a yes that was said to the newest knock."""
    ref, holder, anneke = await begun(house)
    phones = [house.world.phone(first_name="Sam") for _ in range(2)]
    waits: Phone | None = None
    looked: Phone | None = None
    for step in steps:
        if step.startswith("knock") and (phone := phones[int(step[-1])]) is not holder:
            await house.say(phone, f"/start {(await house.invite(ref)).code}", "1999")
            waits = phone
        elif step == "look":
            await house.say(anneke, f"/zaak {ref}")
            if waits is not None:
                await house.tap(anneke, "Nieuwe telefoon: bel eerst")
                looked = waits
        elif step in ("yes", "no") and looked is not None:
            await house.tap(anneke, "✅ Het klopt" if step == "yes" else "⛔️ Het klopt niet")
            if looked is waits:
                holder, waits = (waits if step == "yes" else holder), None
            looked = waits  # another one that came meanwhile is shown now
        elif step == "call" and waits is not None:
            await house.say(waits, "/start")
            if "Bel mij" in str(waits.last.labels):
                await house.tap(waits, "Bel mij")
        elif step == "typed":
            for phone in phones:
                if phone is not holder:
                    await house.say(phone, "/mijngegevens")
        elif step == "old":
            await house.say(holder, "/plan")
        case_id = (await house.load(ref)).id
        assert await whose(house, holder) == case_id, (steps, step)
        for phone in phones:
            assert phone is holder or not phone.messages or await whose(house, phone) is None, (steps, step)
