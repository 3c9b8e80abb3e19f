"""Messages of the wrong kind: one plain sentence and the question again, and nothing of it is kept or fetched."""

from __future__ import annotations

from tests.hostile.odd import FILE, NO_FILES, ODD, OF_OTHERS, ONLY_TEXT, TAKEN_OUT
from tests.hostile.scene import CANARY, QUESTION, Scenario, Scene, numbered, registry

SCENARIOS, hostile = registry()

EMPTY = "Je bericht is leeg."
UNKNOWN = "Dat ken ik niet."
FIRST_COUNTS = "Je eerste bericht telt."
CALL = "Wil je een mens spreken? Bel 📞"
STAFF = "Dat lees ik hier niet. Tik op een knop, of typ /help."
WRITE = "Typ je bericht aan"


async def is_answered(scene: Scene, message_id: int, reply: str, words: bool = False) -> None:
    """See that a message got one sentence with ways on, and is gone."""
    await scene.house.pump()
    assert message_id not in scene.samira.history
    await scene.not_understood(reply, words=words)
    await scene.all_is_well()


@hostile(15)
async def texts_that_say_nothing(scene: Scene) -> None:
    nothing = [" ", "\u200b", "\u2066\u2069\u00ad", "\n\t \u3000", "\ufeff\u200d", "\u2028", "\x00", f"{CANARY}\x00"]
    for text in nothing:
        async with scene.nothing_changes():
            await scene.send(scene.samira, text=text)
        await scene.not_understood(EMPTY, words=False)
    # Neither as a message to the worker, nor as the words behind a command.
    await scene.house.say(scene.samira, "/bericht")
    async with scene.nothing_changes():
        for text in nothing:
            await scene.send(scene.samira, text=text)
            await scene.not_understood(EMPTY, words=False, back=WRITE)
        await scene.house.say(scene.samira, "/bericht \u200b\u200d")
    assert scene.seen(scene.samira).startswith(WRITE)
    # Nor as a code or a year, where no try is lost.
    fresh = await scene.house.invite(await scene.house.case(first_name="Mila"))
    mila = scene.stranger()
    mila.start()
    await scene.house.pump()
    await scene.send(mila, text=" ")
    assert scene.seen(mila).startswith(EMPTY)
    await scene.house.say(mila, fresh.code)
    for text in nothing:
        await scene.send(mila, text=text)
        assert scene.seen(mila).startswith((EMPTY, "Typ 4 cijfers.")), repr(text)
    await scene.house.say(mila, "1999")
    assert "Het klopt." in scene.seen(mila)
    # Telegram sends no empty text; one that is empty all the same is like no text at all.
    await scene.send(scene.samira, text="")
    await scene.not_understood(ONLY_TEXT, words=False, back=WRITE)


@hostile(39)
async def commands_that_are_not_ours(scene: Scene) -> None:
    async with scene.nothing_changes():
        staff = ("/vandaag", "/zaak GR-4K7Q2", "/team", "/vandaag@voorzorg_bot")
        for command in (*staff, f"/{CANARY}", f"/{CANARY} 1999", "/" + "a" * 32, f"/{CANARY}@Voorzorg_bot"):
            await scene.house.say(scene.samira, command)
            await scene.not_understood(UNKNOWN, words=" " in command)
        for command in ("/START", "/start@voorzorg_bot", "/vragen"):
            await scene.house.say(scene.samira, command)
            assert scene.seen(scene.samira) == QUESTION, command
        await scene.house.say(scene.samira, f"/start {CANARY}")
        assert scene.seen(scene.samira).startswith("Deze chat is al van jou.")
        assert scene.seen(scene.samira).endswith(f"\n\n{QUESTION}")
        for command in ("/Help", f"/help {CANARY}"):
            await scene.house.say(scene.samira, command)
            assert scene.seen(scene.samira).startswith("❓ Zo werkt het\n"), command
            assert scene.seen(scene.samira).endswith(f"\n\n{QUESTION}"), command
        for command in ("/start@kanariebot", "/help@kanariebot", f"/{CANARY}@kanariebot"):
            before = scene.samira.last
            await scene.house.say(scene.samira, command)
            assert scene.samira.last == before  # meant for somebody else: not answered, and not left to be read
        # What looks like a command and is none to Telegram is text.
        await scene.send(scene.samira, text="/wiekeek")
        await scene.not_understood()
    # A stranger's commands tell nothing.
    mila = scene.stranger()
    mila.start()
    await scene.house.pump()
    await scene.house.say(mila, f"/zaak {scene.ref}")
    assert scene.seen(mila).startswith(UNKNOWN)
    assert scene.ref not in mila.dump().replace(f"/zaak {scene.ref}", "")


@hostile(50)
async def every_odd_kind(scene: Scene) -> None:
    samira = scene.samira
    async with scene.nothing_changes():
        for reply, content in ODD.values():
            await is_answered(scene, await scene.send(samira, **content), reply, words="caption" in content)
        for send, reply in (
            (samira.send_sticker, ONLY_TEXT),
            (samira.send_voice, ONLY_TEXT),
            (samira.send_location, TAKEN_OUT),
            (samira.send_contact, TAKEN_OUT),
        ):
            await is_answered(scene, send(), reply)
    # Where a message to the worker is typed it is no message either.
    await scene.house.say(samira, "/bericht")
    async with scene.nothing_changes():
        samira.send_voice()
        await scene.house.pump()
    assert scene.seen(samira).startswith(ONLY_TEXT)
    # Where a message was asked for, what is typed next is that message.
    await scene.house.say(samira, "ik typ het dan")
    assert [m.text for m in (await scene.house.load(scene.ref)).messages] == ["ik typ het dan"]
    assert scene.house.server.api.calls["getfile"] == 0


@hostile(51)
async def a_photo_of_the_letter(scene: Scene) -> None:
    async with scene.nothing_changes():
        await is_answered(scene, scene.samira.send_photo(), NO_FILES)
        photo = [{"width": 90, "height": 90, **FILE}]
        sent = await scene.send(scene.samira, photo=photo, caption="24 december 2026")
        await is_answered(scene, sent, NO_FILES, words=True)
    # A photo that is too old to be taken away is refused just the same.
    scene.samira.send_photo()
    await scene.house.app.reception.poll()
    scene.house.clock.forward(hours=49)
    await scene.house.pump()
    assert scene.seen(scene.samira).startswith(NO_FILES)
    assert scene.house.server.api.calls["getfile"] == 0


@hostile(52)
async def a_document_of_a_self_reporter(scene: Scene) -> None:
    async with scene.nothing_changes():
        for name, content in ((f"{CANARY}.pdf", b"%PDF-1.7 kanarie"), ("overzicht.xlsx", b"PK\x03\x04kanarie")):
            message_id = scene.samira.send_document(name, content, caption="/stop")
            await is_answered(scene, message_id, NO_FILES, words=True)
    assert scene.house.server.api.calls["getfile"] == 0


@hostile(54)
async def a_message_that_is_changed_afterwards(scene: Scene) -> None:
    samira = scene.samira
    async with scene.nothing_changes():
        # Changed before it was gone.
        await scene.inject(edited_message=scene.raw(samira, 9_998, text="/stop", edit_date=1))
        await scene.not_understood(FIRST_COUNTS)
    # What the worker was told stays what it was.
    await scene.house.say(samira, f"/bericht {CANARY} een")
    async with scene.nothing_changes():
        await scene.inject(edited_message=scene.raw(samira, 2, text=f"{CANARY} twee", edit_date=1))
        # One that was taken in and changed in the same breath keeps its first words too.
        await scene.inject(edited_message=scene.raw(samira, 9_999, text=f"/bericht {CANARY} twee", edit_date=1))
    await scene.not_understood(FIRST_COUNTS, back="💬 Berichten met Anneke")
    assert f"{CANARY} een" in scene.seen(samira)
    assert [m.text for m in (await scene.house.load(scene.ref)).messages] == [f"{CANARY} een"]


@hostile(57)
async def what_somebody_else_wrote(scene: Scene) -> None:
    samira = scene.samira
    async with scene.nothing_changes():
        samira.forward(f"Geld, {CANARY}", author=CANARY)
        await scene.house.pump()
        await scene.not_understood(OF_OTHERS, words=False)
        samira.forward("/stop nu")
        await scene.house.pump()
        await scene.not_understood(UNKNOWN, words=False)
    await scene.house.say(samira, "/bericht")
    async with scene.nothing_changes():
        samira.forward(f"{CANARY}: hij heeft gelijk")
        await scene.house.pump()
    await scene.not_understood(OF_OTHERS, words=False, back=WRITE)
    # A forwarded code opens nothing, and a forwarded year is no try.
    fresh = await scene.house.invite(await scene.house.case(first_name="Mila"))
    mila = scene.stranger()
    mila.forward(fresh.short_code)
    await scene.house.pump()
    assert scene.seen(mila).startswith(OF_OTHERS)
    await scene.house.say(mila, fresh.short_code)
    for _ in range(4):
        mila.forward("1980")
        await scene.house.pump()
        assert scene.seen(mila).startswith(OF_OTHERS)
    await scene.house.say(mila, "1999")
    assert "Het klopt." in scene.seen(mila)


@hostile(58)
async def a_workers_command_sent_on(scene: Scene) -> None:
    async with scene.nothing_changes():
        scene.samira.forward(f"/zaak {scene.ref}", author="Anneke")
        await scene.house.pump()
        await scene.not_understood(UNKNOWN, words=False)
        # The worker's own forwarded command does nothing either: it may be somebody else's.
        await scene.house.tap(scene.anneke, "Ververs")
        before = scene.seen(scene.anneke)
        scene.anneke.forward(f"/zaak {scene.ref}")
        await scene.house.pump()
        assert scene.seen(scene.anneke) == f"{UNKNOWN} {STAFF}\n\n{before}"


@numbered(SCENARIOS)
async def test_what_is_of_the_wrong_kind_gets_a_sentence_and_the_question(scene: Scene, scenario: Scenario) -> None:
    await scene.play(scenario)


async def test_text_where_a_button_is_expected_gets_ways_on_and_the_way_back(scene: Scene) -> None:
    async def typed(scene: Scene) -> None:
        async with scene.nothing_changes():
            for text in ("1", f"{CANARY} " * 200, "Ja, hier", "<b>kanarie", "{0.__class__} %s ${x}", "ja", "👍"):
                await scene.house.say(scene.samira, text)
                await scene.not_understood()

    await scene.play(typed)
