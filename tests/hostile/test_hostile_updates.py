"""Updates that are not what the Bot API promises: passed over, or set aside, and nobody else waits for them."""

from __future__ import annotations

from tests.hostile.scene import CANARY, NOT_UNDERSTOOD, QUESTION, SECOND_QUESTION, Scenario, Scene, numbered, registry

SCENARIOS, hostile = registry()


@hostile(7)
async def kinds_that_we_do_not_know(scene: Scene) -> None:
    message = scene.raw(scene.samira, 900, text=f"{CANARY}?")
    ignored = scene.house.app.reception.ignored
    async with scene.nothing_changes():
        for kind in ("poll", "channel_post", "message_reaction", "business_message", "thing_of_next_year"):
            await scene.inject(**{kind: message})
        await scene.inject()
        await scene.inject(message=None, edited_message=message)
    assert scene.house.app.reception.ignored == ignored + 6
    assert scene.seen(scene.samira) == QUESTION


@hostile(8)
async def fields_that_we_do_not_know(scene: Scene) -> None:
    strange = {"mood": {"of": [CANARY, None, 1.5]}, "via_hologram": True}
    message = scene.raw(scene.samira, 900, text=CANARY, **strange)
    message["from"] = message["from"] | {"shoe_size": 41}
    message["chat"] = message["chat"] | {"colour": CANARY}
    async with scene.nothing_changes():
        await scene.inject(message=message, priority="high")
    assert scene.seen(scene.samira).startswith(NOT_UNDERSTOOD)
    await scene.house.tap(scene.samira, "Terug naar de vraag")
    # And a tap with them has its effect.
    button = scene.samira.last.buttons[0][0][1]
    query = {"id": "77", "from": scene.samira.person, "chat_instance": "1", "data": button, "pressure": 9}
    await scene.inject(callback_query={**query, "message": scene.raw(scene.samira, scene.samira.last.message_id)})
    assert (await scene.house.document(scene.ref))["answers"] == {"wish": "report"}
    scene.question = SECOND_QUESTION


@hostile(9)
async def nobody_who_sent_it(scene: Scene) -> None:
    message = scene.raw(scene.samira, 900, text=f"/start {CANARY}")
    del message["from"]
    ignored = scene.house.app.reception.ignored
    async with scene.nothing_changes():
        await scene.inject(message=message)
        await scene.inject(message=message | {"sender_chat": {"id": -1001, "type": "channel", "title": CANARY}})
        await scene.inject(edited_message=message)
        await scene.inject(callback_query={"id": "1", "chat_instance": "1", "data": "x", "message": message})
    assert scene.house.app.reception.ignored == ignored + 4
    assert scene.seen(scene.samira) == QUESTION


@hostile(10)
async def fields_of_another_type(scene: Scene) -> None:
    mila = await scene.house.arrived(await scene.house.case(first_name="Mila", last_name="Vink"), name="Mila")
    beheer = await scene.house.joined(await scene.house.member("administrator", "all", "Beheer"))
    scene.canaries |= {"Mila", "Vink", "Beheer"}
    bad = [
        {"text": [CANARY, {"is": CANARY}]},
        {"text": CANARY, "entities": {"0": CANARY}},
        {"text": CANARY, "date": CANARY},
        {"text": CANARY, "reply_to_message": CANARY},
        {"photo": CANARY},
    ]
    for number, content in enumerate(bad):
        alerts = len(beheer.lock_screen), len(scene.anneke.lock_screen)
        async with scene.nothing_changes():
            # The queue goes on: who comes after it is not kept waiting.
            scene.world.inject({"message": scene.raw(scene.samira, 900 + number, **content)})
            await scene.house.say(mila, f"{CANARY}!")
            assert scene.seen(mila).startswith(NOT_UNDERSTOOD)
            for seconds in (1, 4, 15):
                await scene.later(seconds)
        assert scene.samira.last.text.startswith("Er ging iets mis bij mij.")
        assert beheer.lock_screen[alerts[0] :] == ["⚠️ Kijk hiernaar · Voorzorg"]
        assert scene.anneke.lock_screen[alerts[1] :] == [f"⚠️ Kijk hiernaar · {scene.ref}"]
        assert await scene.parked() == number + 1
        await scene.house.tap(scene.samira, "Verder")
        await scene.all_is_well()
    # What does not even say whose it is stops nobody, and is set aside at once.
    for number, chat in enumerate((CANARY, [], {"id": CANARY}, {"id": True}, {"id": 1.5, "type": "private"})):
        await scene.inject(message=scene.raw(scene.samira, 950 + number, text=CANARY) | {"chat": chat})
    assert await scene.parked() == len(bad) + 5
    assert scene.logbook.text.count("an update is parked") == len(bad) + 5


@hostile(11)
async def ids_that_are_very_large(scene: Scene) -> None:
    # Samira's own id lies above 2^31 already; this one is the largest that there can be.
    ref = await scene.house.case(first_name="Mila", last_name="Vink")
    mila = scene.world.phone("Mila", user_id=2**63 - 1)
    mila.start((await scene.house.invite(ref)).code)
    await scene.house.pump()
    await scene.house.say(mila, "1999")
    assert "Het klopt." in scene.seen(mila)
    scene.canaries |= {"Mila", "Vink", str(mila.id)}
    too_large = 2**63
    text = scene.raw(scene.samira, 900, text=CANARY)
    async with scene.nothing_changes():
        await scene.inject(message=text | {"from": text["from"] | {"id": too_large}})
        await scene.inject(message=text | {"chat": text["chat"] | {"id": too_large}})
        await scene.inject(message=text | {"message_id": too_large})
        await scene.inject(edited_message=text | {"message_id": -too_large - 1})
        query = {"id": "1", "from": scene.samira.person, "chat_instance": "1", "data": CANARY}
        await scene.inject(callback_query=query | {"message": text | {"message_id": too_large}})
        await scene.house.app.reception.store([{"update_id": too_large, "message": text}])
    assert await scene.parked() == 5
    assert scene.seen(scene.samira) == QUESTION


@hostile(72)
async def posts_of_channels_and_messages_by_way_of_a_bot(scene: Scene) -> None:
    channel = {"id": -1001, "type": "channel", "title": CANARY}
    post = {"message_id": 900, "sender_chat": channel, "chat": channel, "date": 0, "text": CANARY}
    other = {"id": 55, "is_bot": True, "first_name": CANARY, "username": "kanariebot"}
    ignored = scene.house.app.reception.ignored
    async with scene.nothing_changes():
        await scene.inject(channel_post=post)
        await scene.inject(edited_channel_post=post)
        await scene.inject(message=post)
        await scene.inject(message=scene.raw(scene.samira, 901, text="1999", via_bot=other))
        await scene.inject(message=scene.raw(scene.samira, 902, text="1999") | {"from": other})
        for nobody in (777000, 1087968824):
            person = scene.samira.person | {"id": nobody}
            await scene.inject(message=scene.raw(scene.samira, 903, text="1999") | {"from": person})
    assert scene.house.app.reception.ignored == ignored + 7
    assert scene.seen(scene.samira) == QUESTION


@numbered(SCENARIOS)
async def test_what_is_no_proper_update_changes_nothing(scene: Scene, scenario: Scenario) -> None:
    await scene.play(scenario)
