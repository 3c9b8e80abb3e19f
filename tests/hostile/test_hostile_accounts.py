"""Accounts that are no longer what they were: ended, erased, blocked, gone, renamed."""

from __future__ import annotations

from datetime import date

from tests.hostile.scene import CANARY, QUESTION, STRANGER, Scenario, Scene, numbered, registry

SCENARIOS, hostile = registry()

NOT_YOURS = "Hier is niets voor jou."
AGAIN = "Wil je weer berichten van mij?"
NO_DATA = "Ik heb geen gegevens van jou."
GREETING = "Hallo, ik ben Voorzorg."
LOOK = "⚠️ Kijk hiernaar"


async def access_ends(scene: Scene, name: str) -> None:
    """End the access of a member, as the command line does."""
    house = scene.house
    async with house.app.database.write() as connection:
        member = await house.stores.team.named(connection, name)
        assert member is not None
        member.ended_at = house.clock.now()
        await house.stores.team.save(connection, [member])
        case = await house.case_on(connection, scene.ref)
        case.helpers.assign(None)
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)


async def somebody_elses(scene: Scene) -> None:
    """Give the case to a colleague who has just come."""
    house = scene.house
    bram = await house.member(name="Bram")
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, scene.ref)
        case.helpers.assign(bram.id)
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)


@hostile(67)
async def a_role_that_ended_between_showing_and_tapping(scene: Scene) -> None:
    house, anneke = scene.house, scene.anneke
    await house.say(scene.samira, f"/bericht {CANARY}", "/start")
    await house.tap(anneke, "Laat zien")
    assert CANARY in scene.seen(anneke)
    shown = [data for row in anneke.last.buttons for _, data in row]
    denied = await scene.audited("denied")
    # Somebody else's case by now: what is tapped or typed on the card of before has no effect.
    await somebody_elses(scene)
    async with scene.nothing_changes():
        await house.tap(anneke, "Antwoord")
        assert f"Er is geen zaak {scene.ref} voor jou." in scene.seen(anneke)
        assert CANARY not in anneke.dump()
    assert await scene.audited("denied") == denied + 1
    # No role at all any more.
    await access_ends(scene, "Anneke")
    async with scene.nothing_changes():
        for number, data in enumerate([*shown, *(data for row in anneke.last.buttons for _, data in row)], start=2):
            anneke.tap_data(anneke.last.message_id, data)
            await house.pump()
            assert anneke.toasts[-1] == NOT_YOURS
            assert GREETING in scene.seen(anneke)
            assert await scene.audited("denied") == denied + number
        assert scene.ref not in anneke.dump()
        for text in (f"/zaak {scene.ref}", "/vandaag", f"{CANARY} terug"):
            await house.say(anneke, text)
            assert scene.ref not in scene.seen(anneke)
    assert await scene.audited("forged") == 0
    assert [m.sender for m in (await house.load(scene.ref)).messages] == ["self_reporter"]


@hostile(68)
async def buttons_of_somebody_who_had_everything_erased(scene: Scene) -> None:
    house, samira, anneke = scene.house, scene.samira, scene.anneke
    beheer = await house.joined(await house.member("administrator", "all", "Beheer"))
    await house.say(samira, f"/bericht {CANARY}")
    await house.tap(anneke, "Laat zien")
    theirs = [data for row in anneke.last.buttons for _, data in row]
    old = [data for row in samira.last.buttons for _, data in row]
    alerts = len(beheer.lock_screen)
    await house.say(samira, "/wissen")
    old += [data for row in samira.last.buttons for _, data in row]
    await house.tap(samira, "Ja, wis alles")
    assert "Je antwoorden, je plan en je berichten zijn gewist." in samira.dump()
    samira.tap_data(samira.last.message_id, old[0])
    await house.pump()
    assert samira.toasts == [NO_DATA]
    assert GREETING in scene.seen(samira)
    samira.tap_data(samira.last.message_id, old[-1])
    await house.pump()
    assert GREETING in scene.seen(samira)
    assert scene.ref not in samira.dump()
    # Nobody takes that for an attack.
    assert beheer.lock_screen[alerts:] == []
    # The worker's buttons lead nowhere either.
    for data in theirs:
        anneke.tap_data(anneke.last.message_id, data)
        await house.pump()
    await house.say(anneke, f"/zaak {scene.ref}")
    assert f"Er is geen zaak {scene.ref} voor jou." in scene.seen(anneke)
    assert "Kloosterboer" not in anneke.dump()
    scene.question = GREETING


async def something_planned(scene: Scene) -> date:
    """Let Samira agree to an action; returns the day before it, when she is reminded."""
    await scene.house.tap(scene.samira, "De dag", "Er staat geen dag in", "Ja, dit doe ik")
    scene.question = "Heeft de gemeente je goede adres?"
    return next(row.day for row in (await scene.house.load(scene.ref)).reminders if row.kind == "action_before")


async def nothing_more_is_sent(scene: Scene, day: date) -> None:
    """See that the worker has the task, and that what falls due is the worker's too, without one call to Telegram."""
    house, anneke = scene.house, scene.anneke
    assert (await scene.chat(scene.samira)).blocked_at is not None
    await house.say(anneke, "/vandaag")
    assert "berichten komen niet aan" in scene.seen(anneke)
    shown = len(scene.samira.lock_screen)
    await house.tap(anneke, "1")
    anneke.reply(anneke.last.message_id, f"{CANARY} van Anneke")
    await house.at(day, 10)
    assert dict(await house.ledger(scene.ref))["action_before"] == "handed_to_worker"
    assert len(scene.samira.lock_screen) == shown


async def is_back(scene: Scene) -> None:
    """Let Samira come back, and see that messages reach her again once she has said so."""
    await scene.house.say(scene.samira, "/start")
    assert AGAIN in scene.seen(scene.samira)
    assert (await scene.chat(scene.samira)).blocked_at is not None
    await scene.house.tap(scene.samira, "Verder")
    assert (await scene.chat(scene.samira)).blocked_at is None
    assert (await scene.house.load(scene.ref)).unreachable_since is None
    assert scene.question in scene.seen(scene.samira)


@hostile(75)
async def somebody_who_blocked_us(scene: Scene) -> None:
    house, samira, anneke = scene.house, scene.samira, scene.anneke
    day = await something_planned(scene)
    told = len(anneke.lock_screen)
    samira.block()
    await house.pump()
    assert anneke.lock_screen[told:] == [f"{LOOK} · {scene.ref}"]
    await nothing_more_is_sent(scene, day)
    samira.unblock()
    await is_back(scene)
    # Found out when something could not be delivered, and told by Telegram itself too: the worker hears it once.
    await house.say(anneke, f"/bericht {scene.ref}")
    anneke.say(f"{CANARY} nog een")
    await house.app.reception.poll()
    await house.app.rounds.updates()
    told = len(anneke.lock_screen)
    samira.block()
    await house.app.delivery.send_batch()
    await house.pump()
    assert anneke.lock_screen[told:].count(f"{LOOK} · {scene.ref}") == 1
    samira.unblock()
    await is_back(scene)


@hostile(76)
async def somebody_who_lets_us_in_again(scene: Scene) -> None:
    house, samira = scene.house, scene.samira
    day = await something_planned(scene)
    samira.block()
    await house.pump()
    samira.unblock()
    await house.pump()
    shown = len(samira.lock_screen)
    # Nothing comes by itself: not now, and not when a reminder falls due.
    await nothing_more_is_sent(scene, day)
    assert len(samira.lock_screen) == shown
    # Nor by typing; what is asked first is whether to go on, and one press is enough.
    await house.say(samira, CANARY)
    assert (await scene.chat(samira)).blocked_at is not None
    await is_back(scene)
    reminder = house.clock.now().astimezone(house.settings.zone).date()
    await house.at(date.fromordinal(reminder.toordinal() + 1), 10)
    assert samira.lock_screen[shown:].count("Je hebt een herinnering.") == 1
    await house.tap(samira, "Laat zien", "Gedaan")


@hostile(77)
async def an_account_that_is_gone(scene: Scene) -> None:
    house, samira, anneke = scene.house, scene.samira, scene.anneke
    day = await something_planned(scene)
    told = len(anneke.lock_screen)
    samira.deactivate()
    await house.pump()
    assert anneke.lock_screen[told:] == []  # nobody knows before something is sent
    await house.say(anneke, f"/bericht {scene.ref}", f"{CANARY} een")
    assert anneke.lock_screen[told:].count(f"{LOOK} · {scene.ref}") == 1
    await nothing_more_is_sent(scene, day)
    # With another account and a new letter she is there again, and the old one is nobody.
    samira.deactivated = False
    scene.samira = scene.world.phone("Samira", user_id=samira.id + 1)
    scene.canaries.add(str(scene.samira.id))
    scene.samira.start((await house.invite(scene.ref)).code)
    await house.pump()
    await house.say(scene.samira, "1999")
    await scene.lets_in(scene.samira)
    assert (await house.load(scene.ref)).unreachable_since is None
    async with scene.nothing_changes():
        await house.say(samira, "/plan")
    assert GREETING in scene.seen(samira)


@hostile(78)
async def names_that_change_and_names_of_others(scene: Scene) -> None:
    house, samira = scene.house, scene.samira
    samira.person |= {"first_name": f"{CANARY}piet", "last_name": "Vink", "username": "kanarie_een"}
    async with scene.nothing_changes():
        await house.say(samira, "/start")
        assert scene.seen(samira) == QUESTION
        # Somebody who has taken the name of before, or the username of now, is a stranger.
        for number, names in enumerate(({"first_name": "Samira"}, samira.person)):
            other = scene.world.phone("Samira", user_id=STRANGER + number)
            scene.canaries.add(str(other.id))
            other.person |= names | {"id": other.id}
            other.start()
            await house.pump()
            assert GREETING in scene.seen(other)
            await house.say(other, "/plan", "1999")
            other.tap_data(other.last.message_id, samira.last.buttons[0][0][1])
            await house.pump()
            assert scene.ref not in other.dump()
            assert QUESTION not in other.dump()
    await house.say(scene.anneke, f"/zaak {scene.ref}")
    assert "Samira Kloosterboer" in scene.seen(scene.anneke)
    assert CANARY not in scene.seen(scene.anneke)


@hostile(81)
async def a_worker_who_reports_to_prison_too(scene: Scene) -> None:
    house = scene.house
    own = await house.case(first_name="Anneke", last_name="Vink", birth_year=1980, municipality="Emmen")
    fresh = await house.invite(own)
    # On the phone of the work the letter opens nothing, and the code is not used up.
    scene.anneke.start(fresh.code)
    await house.pump()
    assert "Deze chat is voor je werk." in scene.seen(scene.anneke)
    assert (await house.load(own)).joined_at is None
    # On a phone of their own they are a self-reporter like any other, and nothing more.
    phone = house.world.phone(first_name="Anneke")
    phone.start(fresh.code)
    await house.pump()
    await house.say(phone, "1980")
    await house.tap(phone, "Alleen ik", "Verder", "Ja, hier")
    await house.say(phone, f"/zaak {scene.ref}")
    assert scene.ref not in phone.dump().replace(f"/zaak {scene.ref}", "")
    # As a worker they do not get at it: it is not in their area, and nobody has given it to them.
    await house.say(scene.anneke, f"/zaak {own}")
    assert f"Er is geen zaak {own} voor jou." in scene.seen(scene.anneke)
    async with scene.nothing_changes(own):
        await house.say(scene.anneke, f"/bericht {own} hoi", f"/notitie {own} hoi", f"/overdragen {own}")


@numbered(SCENARIOS)
async def test_who_is_no_longer_who_they_were_gets_what_is_theirs_now(scene: Scene, scenario: Scenario) -> None:
    await scene.play(scenario)
