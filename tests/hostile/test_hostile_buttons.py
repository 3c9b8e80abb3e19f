"""Taps that a good client would not send: each is answered, shows how things stand, and has no effect of its own."""

from __future__ import annotations

from tests.hostile.scene import CANARY, OLD_BUTTON, QUESTION, SECOND_QUESTION, Scenario, Scene, numbered, registry

SCENARIOS, hostile = registry()


async def tapped_in_vain(scene: Scene, data: str | bytes, shows: str = QUESTION) -> None:
    """Send callback data about the newest message; it is old news, answered once, and the screen stands."""
    samira = scene.samira
    messages, toasts = len(samira.messages), len(samira.toasts)
    screen = samira.last
    async with scene.nothing_changes():
        samira.tap_data(screen.message_id, data)
        await scene.house.pump()
    assert samira.toasts[toasts:] == [OLD_BUTTON], data
    assert shows in samira.last.text
    assert (len(samira.messages), samira.last.buttons) == (messages, screen.buttons)


@hostile(59)
async def random_bytes(scene: Scene) -> None:
    noise = [
        b"",
        b"\x00",
        b"\xff\xfe\xfd" * 21,
        b"kanarie" * 100,
        b":::",
        b"answer:wish/money:3:",
        b"answer:wish/money:n:AAAAAAAAAAA",
        b"'; DROP TABLE cases; --",
        "answer:wish/money:²:١٢".encode(),
        b'{"verb": "answer"}',
    ]
    for data in noise:
        await tapped_in_vain(scene, data)
    assert await scene.audited("forged") == len(noise)
    # Half a surrogate pair, as JSON can spell it: no server of ours would send it on, so it is handed to reception.
    message = scene.raw(scene.samira, scene.samira.last.message_id)
    query = {"id": "1", "from": scene.samira.person, "chat_instance": "1", "message": message, "data": "a\ud800:b"}
    async with scene.nothing_changes():
        await scene.house.app.reception.store([{"update_id": 5, "callback_query": query}])
        await scene.house.pump()
    assert await scene.audited("forged") == len(noise) + 1
    assert await scene.parked() == 0


@hostile(60)
async def somebody_elses_button(scene: Scene) -> None:
    ref = await scene.house.case(first_name="Mila", last_name="Vink")
    mila = await scene.house.arrived(ref, name="Mila")
    scene.canaries |= {"Mila", "Vink"}
    await scene.house.tap(mila, "Alleen ik", "Verder", "Ja, hier")
    assert QUESTION in scene.seen(mila)
    theirs = [data for row in mila.last.buttons for _, data in row]
    workers = [data for row in scene.anneke.last.buttons for _, data in row]
    async with scene.nothing_changes(ref):
        for data in theirs + workers:
            await tapped_in_vain(scene, data)
    assert await scene.audited("forged") == len(theirs + workers)
    # A button of a notice has no screen number, and is no less its owner's.
    await scene.house.tap(scene.samira, "Ik wil iemand spreken")
    notice = scene.anneke.last.buttons[0][0][1]
    await scene.house.tap(scene.samira, "Verder")
    await tapped_in_vain(scene, notice)
    assert (await scene.house.document(scene.ref))["messages"]["unread"] == 1


@hostile(61)
async def a_button_of_another_screen(scene: Scene) -> None:
    old = [data for row in scene.samira.last.buttons for _, data in row]
    await scene.house.say(scene.samira, "/help")
    assert [data for row in scene.samira.last.buttons for _, data in row] != old
    for data in old:
        await tapped_in_vain(scene, data)
    # It is nobody's forgery.
    assert await scene.audited("forged") == 0


@hostile(62)
async def signatures_that_are_broken_or_cut(scene: Scene) -> None:
    data = scene.samira.last.buttons[0][0][1]
    payload, _, mac = data.rpartition(":")
    verb, args, screen = payload.split(":")
    bad = [
        payload,
        f"{payload}:",
        data[:-1],
        f"{data}A",
        f"{payload}:{mac.swapcase()}",
        f"{payload}:{mac}=",
        f"{payload}:{'A' * len(mac)}",
        f"{verb}:wish/money:{screen}:{mac}",
        f"{verb}:{args}:{int(screen) + 1}:{mac}",
        f"{verb}:{args}:n:{mac}",
        f"human:{args}:{screen}:{mac}",
        f" {data}",
    ]
    for forged in bad:
        await tapped_in_vain(scene, forged)
    assert await scene.audited("forged") == len(bad)


@hostile(63)
async def two_taps_within_the_blink_of_an_eye(scene: Scene) -> None:
    samira, house = scene.samira, scene.house
    answered = house.server.api.calls["answercallbackquery"]
    samira.tap("Geld")
    samira.tap("Geld")
    await house.pump()
    assert house.server.api.calls["answercallbackquery"] == answered + 2
    assert samira.toasts == [OLD_BUTTON]
    assert SECOND_QUESTION in samira.last.text
    assert (await house.document(scene.ref))["answers"] == {"wish": "money"}
    # An action is agreed to once, and reminded of once.
    await house.tap(samira, "Er staat geen dag in")
    samira.tap("Ja, dit doe ik")
    samira.tap("Ja, dit doe ik")
    samira.tap("Ik wil iemand spreken")
    await house.pump()
    document = await house.document(scene.ref)
    assert [action["status"] for action in document["actions"]] == ["agreed"]
    assert sorted(kind for kind, _ in await house.ledger(scene.ref)) == ["action_before", "action_day", "check_in"]
    assert document["messages"]["total"] == 0
    assert samira.toasts == [OLD_BUTTON] * 3
    # Different buttons of one screen: the first one counts.
    await house.tap(samira, "Terug")
    lock_screen = len(scene.anneke.lock_screen)
    samira.tap("Ik wil iemand spreken")
    samira.tap("Ik wil iemand spreken")
    await house.pump()
    assert (await house.document(scene.ref))["messages"]["total"] == 1
    assert scene.anneke.lock_screen[lock_screen:] == [f"🙋 Hulpvraag · {scene.ref}"]
    await house.tap(samira, "Verder")
    scene.question = samira.last.text


@hostile(64)
async def a_button_of_an_earlier_question(scene: Scene) -> None:
    first = {label: data for row in scene.samira.last.buttons for label, data in row}
    await scene.house.tap(scene.samira, "Geld")
    scene.question = SECOND_QUESTION
    for data in first.values():
        await tapped_in_vain(scene, data, SECOND_QUESTION)
    assert (await scene.house.document(scene.ref))["answers"] == {"wish": "money"}
    # Who wants another answer goes back, and then it counts.
    await scene.house.tap(scene.samira, "Terug", "Mijn huis")
    assert (await scene.house.document(scene.ref))["answers"] == {"wish": "housing"}


@hostile(65)
async def a_tap_on_a_message_that_is_gone(scene: Scene) -> None:
    samira = scene.samira
    screen = samira.last
    data = screen.buttons[1][1][1]
    del samira.history[screen.message_id]
    samira.tap_data(screen.message_id, data)  # an InaccessibleMessage: chat, message id, date 0
    await scene.house.pump()
    assert samira.last.message_id > screen.message_id
    assert SECOND_QUESTION in samira.last.text
    assert (await scene.house.document(scene.ref))["answers"] == {"wish": "money"}
    assert len(samira.messages) == 1
    scene.question = SECOND_QUESTION
    # The old one again, and one of a message that never was: nothing happens twice.
    await tapped_in_vain(scene, data, SECOND_QUESTION)
    async with scene.nothing_changes():
        samira.tap_data(1, data)
        samira.tap_data(10**15, data)
        await scene.house.pump()
    assert SECOND_QUESTION in samira.last.text
    # A notice that was taken out of the chat opens all the same.
    await scene.house.tap(samira, "Ik wil iemand spreken")
    await scene.house.tap(scene.anneke, "Laat zien")
    scene.anneke.reply(scene.anneke.last.message_id, f"{CANARY} van Anneke")
    await scene.house.pump()
    notice = samira.last
    assert notice.text == "Er is een bericht voor je."
    del samira.history[notice.message_id]
    samira.tap_data(notice.message_id, notice.buttons[0][0][1])
    await scene.house.pump()
    assert f"{CANARY} van Anneke" in samira.last.text


@hostile(66)
async def taps_that_are_not_on_our_buttons(scene: Scene) -> None:
    samira = scene.samira
    query = {"id": "1", "from": samira.person, "chat_instance": "1"}
    message = scene.raw(samira, samira.last.message_id)
    ignored = scene.house.app.reception.ignored
    async with scene.nothing_changes():
        await scene.inject(callback_query=query | {"message": message})
        await scene.inject(callback_query=query | {"message": message, "game_short_name": CANARY})
        await scene.inject(callback_query=query | {"inline_message_id": CANARY, "data": samira.last.buttons[0][0][1]})
        await scene.inject(callback_query=query | {"message": message, "data": [CANARY]})
    assert scene.house.app.reception.ignored == ignored + 4
    assert samira.last.text == QUESTION


@hostile(69)
async def a_tap_that_is_answered_too_late(scene: Scene) -> None:
    samira = scene.samira
    samira.tap("Geld")
    await scene.house.app.reception.poll()
    scene.house.clock.forward(seconds=151)  # Telegram has forgotten the tap by now
    await scene.house.pump()
    assert SECOND_QUESTION in samira.last.text
    assert (await scene.house.document(scene.ref))["answers"] == {"wish": "money"}
    # One that Telegram forgot before we fetched it has no effect, and the screen still has the button.
    samira.tap("Weet ik niet")
    scene.house.clock.forward(seconds=151)
    async with scene.nothing_changes():
        await scene.house.pump()
    assert SECOND_QUESTION in samira.last.text
    assert samira.toasts == []
    scene.question = SECOND_QUESTION


@hostile(70)
async def an_edit_that_changes_nothing(scene: Scene) -> None:
    edits = scene.house.server.api.calls["editmessagetext"]
    await tapped_in_vain(scene, b"kanarie")
    assert scene.house.server.api.calls["editmessagetext"] == edits + 1
    async with scene.house.app.database.read() as connection:
        ends = await connection.exec_driver_sql("SELECT kind, state, reason FROM outbox ORDER BY seq DESC LIMIT 2")
        assert sorted(map(tuple, ends)) == [("answer", "sent", None), ("screen", "sent", None)]
    # The screen is still known: the next one takes its place.
    await scene.house.tap(scene.samira, "Geld")
    assert len(scene.samira.messages) == 1
    scene.question = SECOND_QUESTION


@numbered(SCENARIOS)
async def test_a_bad_tap_is_answered_and_changes_nothing(scene: Scene, scenario: Scenario) -> None:
    await scene.play(scenario)
