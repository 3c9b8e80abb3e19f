"""Names in every way of writing, accounts that are others than they seem, and telephones abroad."""

from __future__ import annotations

import unicodedata

from tests.hostile.scene import CANARY, QUESTION, STRANGER, Scenario, Scene, numbered, registry

SCENARIOS, hostile = registry()

GREETING = "Hallo, ik ben Voorzorg."


@hostile(26)
async def names_in_another_normal_form(scene: Scene) -> None:
    house = scene.house
    ref = await house.case(first_name=unicodedata.normalize("NFD", "Jürgen"), last_name="Kanarie-Müller")
    for form in ("NFC", "NFD"):
        await house.say(scene.anneke, "/zoek " + unicodedata.normalize(form, "Müller"))
        assert ref in scene.seen(scene.anneke) or ref in str(scene.anneke.last.labels)
    kept = (await house.load(ref)).identity.first_name
    assert unicodedata.normalize("NFC", kept) == "Jürgen"


@hostile(27)
async def names_that_are_names(scene: Scene) -> None:
    house = scene.house
    names = [("Ayşe", "van der Berg-Çelik"), ("Jan", "'t Hooft"), ("IJsbrand", "IJ"), ("Suharto", ""), ("Å", "O")]
    for first, last in names:
        ref = await house.case(first_name=first, last_name=last)
        await house.say(scene.anneke, f"/zaak {ref}")
        assert f"👤 {first} {last}".strip() in scene.seen(scene.anneke)


@hostile(28)
async def letters_that_look_like_ours(scene: Scene) -> None:
    house = scene.house
    warning = "Er staan letters van een ander alfabet in deze naam."
    cyrillic, latin = "\u0421\u0430\u0440\u0430", "Capa"
    ref = await house.case(first_name=cyrillic, last_name="Kanarie")
    await house.say(scene.anneke, f"/zaak {ref}")
    assert f"👤 {cyrillic} Kanarie" in scene.seen(scene.anneke)  # kept as it came
    assert warning in scene.seen(scene.anneke)
    # Typed with our letters it is found, and taken for the same person.
    await house.say(scene.anneke, f"/zoek {latin} Kanarie")
    assert ref in str(scene.anneke.last.labels) + scene.seen(scene.anneke)
    await house.say(scene.anneke, "/nieuw", latin, "Kanarie", "1999")
    await house.tap(scene.anneke, "Groningen", "Nog geen dag", "Ja, voeg toe")
    assert ref in str(scene.anneke.last.labels) + scene.seen(scene.anneke), scene.seen(scene.anneke)
    # An accent is no other alphabet.
    plain = await house.case(first_name="Ayşe", last_name="Çelik-Müller")
    await house.say(scene.anneke, f"/zaak {plain}")
    assert warning not in scene.seen(scene.anneke)


@hostile(49)
async def a_telephone_abroad(scene: Scene) -> None:
    house, samira = scene.house, scene.samira
    # A phone tells no zone. What is said of hours is Dutch time, and says so; what is due comes then.
    await house.say(samira, "/pauze")
    assert "om 10:00. Dat is de tijd in Nederland." in scene.seen(samira)
    await house.tap(samira, "Andere tijd", "In de ochtend")
    assert "Het is de tijd in Nederland." in scene.seen(samira)
    await house.tap(samira, "09:00")
    await house.say(samira, "/start")
    await house.tap(samira, "Geld", "Er staat geen dag in", "Ja, dit doe ik")
    row = next(r for r in (await house.load(scene.ref)).reminders if r.kind == "action_before")
    assert row.due_at.astimezone(house.settings.zone).hour == 9
    shown = len(samira.lock_screen)
    await house.at(row.day, 8, 59)
    assert len(samira.lock_screen) == shown
    await house.at(row.day, 9)
    assert len(samira.lock_screen) == shown + 1
    await house.tap(samira, "Laat zien", "Gedaan")
    await house.say(samira, "/start")
    scene.question = scene.seen(samira)


@hostile(79)
async def the_same_person_with_a_new_account(scene: Scene) -> None:
    house = scene.house
    used = await house.invite(scene.ref)
    old, new = scene.samira, scene.world.phone("Samira", user_id=scene.samira.id + 7)
    scene.canaries.add(str(new.id))
    # A name, a reference or a code that was replaced makes nobody known again.
    fresh = await house.invite(scene.ref)
    for text in ("/start", scene.ref, "Samira Kloosterboer 1999", used.short_code, "1999"):
        await house.say(new, text)
    assert QUESTION not in new.dump()
    await house.say(new, f"/start {fresh.code}", "1999")
    await scene.lets_in(new)
    assert scene.seen(new) == QUESTION
    # The former account is nobody from then on.
    async with scene.nothing_changes():
        await house.say(old, "/plan")
        assert GREETING in scene.seen(old)
    scene.samira = new


@hostile(80)
async def one_account_and_two_letters(scene: Scene) -> None:
    await _of_somebody_else(scene)
    await _of_the_same_person(scene)


async def _of_somebody_else(scene: Scene) -> None:
    house, samira = scene.house, scene.samira
    other = await house.case(first_name="Kanariepiet", birth_year=1988)
    code = await house.invite(other)
    # Of somebody else: it opens nothing here, nothing of it is told, and the letter is not used up.
    async with scene.nothing_changes(), scene.nothing_changes(other):
        await house.say(samira, f"/start {code.code}")
        assert "Is de nieuwe brief ook voor jou?" in scene.seen(samira)
        await house.tap(samira, "Nee, voor iemand anders")
        assert "Open hem daar." in scene.seen(samira)
        await house.say(samira, code.short_code)
        await house.tap(samira, "Ja, voor mij")
        await house.say(samira, "negentien", "1999")
        assert "Dat klopt niet." in scene.seen(samira)
        await house.tap(samira, "Terug")
    assert "Kanariepiet" not in samira.dump()
    person = scene.world.phone("Kanariepiet", user_id=STRANGER)
    await house.say(person, f"/start {code.code}", "1988")
    assert "Het klopt." in scene.seen(person)


async def _of_the_same_person(scene: Scene) -> None:
    house, samira, anneke = scene.house, scene.samira, scene.anneke
    other = await house.case(first_name="Samira", birth_year=1999)
    code = await house.invite(other)
    async with scene.nothing_changes():
        await house.say(samira, f"/start {code.code}")
        await house.tap(samira, "Ja, voor mij")
        await house.say(samira, "1999")
        assert "Een mens kijkt er eerst naar." in scene.seen(samira)
    assert (await house.load(other)).joined_at is None
    # Who helps hears of it; a no leaves everything as it was.
    await house.say(anneke, f"/zaak {other}")
    await house.tap(anneke, "Nieuwe brief, zelfde persoon?")
    assert scene.ref in scene.seen(anneke)
    async with scene.nothing_changes():
        await house.tap(anneke, "Nee, iemand anders")
    assert (await house.load(other)).joined_at is None
    # A yes: the same chat goes on with the new letter, and its old buttons say nothing there.
    await house.say(samira, f"/start {code.code}")
    await house.tap(samira, "Ja, voor mij")
    await house.say(samira, "1999")
    await house.tap(samira, "Verder")
    before = samira.last
    await house.say(anneke, f"/zaak {other}")
    await house.tap(anneke, "Nieuwe brief, zelfde persoon?", "Ja, ga verder met deze zaak")
    assert "gaat verder met deze zaak" in scene.seen(anneke)
    await house.tap(samira, before.labels[0])
    assert not (await house.load(other)).answers
    assert "Gebruikt iemand anders deze telefoon ook?" in scene.seen(samira)
    await house.tap(samira, "Alleen ik", "Verder", "Ja, hier")
    assert (await house.load(other)).person.consents_to("channel")
    # The former case is reached in another way from now on; the letter opens nothing any more.
    assert (await house.load(scene.ref)).channel == "telephone"
    stranger = scene.world.phone("Kanarie", user_id=STRANGER + 1)
    await house.say(stranger, f"/start {code.code}", "1999")
    assert "Het klopt." not in scene.seen(stranger)


@hostile(82)
async def what_no_person_sends(scene: Scene) -> None:
    calls = dict(scene.house.server.api.calls)
    async with scene.nothing_changes():
        for number, sender in enumerate(
            (
                {"id": 5_555_555, "is_bot": True, "first_name": CANARY},
                {"id": 777000, "is_bot": False, "first_name": "Telegram"},
                {"id": 1087968824, "is_bot": True, "first_name": "Group"},
            )
        ):
            for text in ("/start", f"/zaak {scene.ref}", CANARY):
                chat = {"id": sender["id"], "type": "private"}
                message = {"message_id": 900 + number, "from": sender, "chat": chat, "date": 0, "text": text}
                await scene.inject(message=message)
    after = scene.house.server.api.calls
    assert {name: after[name] for name in calls if name != "getupdates"} == {
        name: calls[name] for name in calls if name != "getupdates"
    }
    assert await scene.parked() == 0


@hostile(83)
async def somebody_who_says_they_are_a_worker(scene: Scene) -> None:
    house = scene.house
    stranger = scene.stranger()
    await house.say(stranger, "/start")
    async with scene.nothing_changes():
        for phone in (stranger, scene.samira):
            for text in (
                f"/zaak {scene.ref}",
                "/vandaag",
                "/zoek Kloosterboer",
                "/team",
                "Ik ben Anneke, medewerker. Geef mij toegang.",
                "123456",
            ):
                await house.say(phone, text)
                assert scene.ref not in scene.seen(phone)
                assert "Kloosterboer" not in scene.seen(phone)
    assert "Heb je geen code?" in scene.seen(stranger)


@hostile(89)
async def a_code_that_is_posted_in_a_group(scene: Scene) -> None:
    house = scene.house
    other = await house.case(first_name="Kanariepiet", birth_year=1988)
    for number, shape in enumerate(("kijk {0.short_code} hier", "https://t.me/bot?start={0.code}")):
        fresh = await house.invite(other)
        told = len(scene.anneke.lock_screen)
        group = scene.world.group(CANARY)
        group.say(shape.format(fresh))
        await house.pump()
        assert group.left
        assert [message for message in group.messages if not message.mine] == []
        assert scene.anneke.lock_screen[told:] == [f"⚠️ Kijk hiernaar · {other}"], number
        person = scene.world.phone("Kanariepiet", user_id=STRANGER + number)
        scene.canaries.add(str(person.id))
        await house.say(person, f"/start {fresh.code}", "1988", "1988", "1988")
        assert "Deze code werkt niet." in scene.seen(person)


@numbered(SCENARIOS)
async def test_people_are_who_their_account_and_letter_say(scene: Scene, scenario: Scenario) -> None:
    await scene.play(scenario)
