"""Places where the bot has no business: out again at once, without a word about anyone."""

from __future__ import annotations

from tests.hostile.scene import CANARY, Scenario, Scene, numbered, registry

SCENARIOS, hostile = registry()


@hostile(71)
async def groups_and_channels(scene: Scene) -> None:
    async with scene.nothing_changes():
        for number, kind in enumerate(("group", "supergroup", "channel")):
            group = scene.world.group(f"{CANARY} {kind}", kind)
            group.say(f"/zaak {scene.ref}")
            await scene.house.pump()
            assert group.left
            assert [message for message in group.messages if not message.mine] == []
            assert scene.house.server.api.calls["leavechat"] > number
        # Samira herself adds it, and taps there on a button that is hers; somebody edits; it is thrown out.
        group = scene.world.group(CANARY)
        message = {"message_id": 900, "from": scene.samira.person, "chat": group.api(), "date": 0, "text": "/vragen"}
        await scene.inject(message=message)
        await scene.inject(edited_message=message | {"text": "/stop"})
        query = {"id": "1", "from": scene.samira.person, "chat_instance": "1", "message": message}
        await scene.inject(callback_query=query | {"data": scene.samira.last.buttons[0][0][1]})
        assert group.left
        assert [message for message in group.messages if not message.mine] == []
        thrown_out = scene.world.group(CANARY)
        thrown_out.kick_bot()
        await scene.house.pump()
        assert thrown_out.left
    assert scene.house.server.api.calls["sendmessage"] == len(scene.samira.lock_screen) + len(scene.anneke.lock_screen)


@hostile(73)
async def inline_queries(scene: Scene) -> None:
    async with scene.nothing_changes():
        for asker in (scene.samira, scene.stranger()):
            asker.inline_results = [{"id": CANARY}]
            asker.inline(f"{scene.ref} {CANARY}")
            await scene.house.pump()
            assert asker.inline_results == []
        await scene.inject(inline_query={"id": 5, "from": scene.samira.person, "query": CANARY, "offset": ""})
    assert await scene.parked() == 1


@hostile(74)
async def a_group_that_becomes_another(scene: Scene) -> None:
    group = scene.world.group(CANARY, "group")
    group.say("hallo")
    moved = group.new_message(group.added_by, {"migrate_to_chat_id": -1_001_234_567_890})
    scene.world.updates.push("message", moved)
    async with scene.nothing_changes():
        await scene.house.pump()
    assert group.left


@numbered(SCENARIOS)
async def test_where_the_bot_has_no_business_it_says_nothing(scene: Scene, scenario: Scenario) -> None:
    await scene.play(scenario)
