"""What people do with a chat as with any other: albums, taking a message out again, replies and quotes."""

from __future__ import annotations

from typing import Any

from tests.hostile.odd import FILE, NO_FILES
from tests.hostile.scene import CANARY, QUESTION, SECOND_QUESTION, Scenario, Scene, numbered, registry

SCENARIOS, hostile = registry()

TAP = "Ik ben een computer. Dit snap ik niet."
WRITE = "Typ je bericht aan"
STANDS = "Haal je een bericht weg uit deze chat? Dan blijft je antwoord staan."


@hostile(53)
async def an_album_of_ten(scene: Scene) -> None:
    samira, calls = scene.samira, scene.house.server.api.calls

    def part(album: str, **content: Any) -> None:
        what = content or {"photo": [{"width": 90, "height": 90, **FILE}], "caption": CANARY}
        message = samira.new_message(samira.person, {"media_group_id": album, **what})
        scene.world.updates.push("message", message)

    async with scene.nothing_changes():
        shown = calls["editmessagetext"]
        for _ in range(10):
            part("1")
        await scene.house.pump()
        assert scene.seen(samira).startswith(NO_FILES)
        assert calls["editmessagetext"] == shown + 1
        # All ten are taken out of the chat.
        assert [message for message in samira.messages if message.mine] == []
        # One that comes in parts, and meets a program that was started anew, is one album all the same.
        part("2")
        await scene.house.pump()
        await scene.house.restart()
        for _ in range(9):
            part("2", document={"file_name": f"{CANARY}.pdf", **FILE})
            await scene.house.pump()
        assert calls["editmessagetext"] == shown + 2
        assert [message for message in samira.messages if message.mine] == []
        # The next album is answered again.
        part("3")
        await scene.house.pump()
        assert calls["editmessagetext"] == shown + 3
    assert calls["getfile"] == 0


@hostile(55)
async def a_message_that_the_person_takes_out_again(scene: Scene) -> None:
    samira = scene.samira
    await scene.house.tap(samira, "Geld")
    await scene.house.say(samira, "/help")
    # How it is: said beforehand, where somebody looks for it, with how to change an answer.
    assert STANDS in scene.seen(samira)
    assert "Een ander antwoord? Tik op ⬅️ Terug." in scene.seen(samira)
    assert any("Terug" in label for label in samira.last.labels)
    async with scene.nothing_changes():
        # Telegram tells no bot that it is gone before it is handled, or that it was the bot's own screen.
        typed = samira.say(CANARY)
        del samira.history[typed]
        await scene.house.pump()
        assert scene.seen(samira).startswith(TAP)
        samira.history.clear()
        await scene.house.say(samira, "/vragen")
    assert SECOND_QUESTION in scene.seen(samira)
    assert (await scene.house.document(scene.ref))["answers"] == {"wish": "money"}
    await scene.house.say(samira, f"/bericht {CANARY} een")
    samira.history.clear()
    await scene.house.say(samira, "/start")
    assert [m.text for m in (await scene.house.load(scene.ref)).messages] == [f"{CANARY} een"]
    await scene.house.tap(samira, "Terug", "Mijn huis")
    assert (await scene.house.document(scene.ref))["answers"] == {"wish": "housing"}
    scene.question = SECOND_QUESTION


@hostile(56)
async def replies_and_quotes(scene: Scene) -> None:
    samira, house = scene.samira, scene.house
    screen = samira.last.message_id
    quote = {"text": "Geld", "position": 0, "is_manual": True}
    elsewhere = {"origin": {"type": "hidden_user", "sender_user_name": CANARY, "date": 0}}
    async with scene.nothing_changes():
        samira.reply(screen, CANARY)
        await house.pump()
        await scene.not_understood()
        for content in (
            {"reply_to_message": samira.quoted(samira.last.message_id), "quote": quote},
            {"external_reply": elsewhere, "quote": quote},
            {"reply_to_story": {"id": 1, "chat": samira.api()}},
        ):
            await scene.send(samira, text=CANARY, **content)
            await scene.not_understood()
    # Where text is asked it is that text, and nothing of what it replies to.
    await house.say(samira, "/bericht")
    samira.reply(samira.last.message_id, f"{CANARY} een")
    await house.pump()
    await scene.send(samira, text=f"{CANARY} twee", external_reply=elsewhere, quote={"text": "drie", "position": 0})
    assert [m.text for m in (await house.load(scene.ref)).messages] == [f"{CANARY} een", f"{CANARY} twee"]
    # A command in a reply is a command; a date is a date.
    samira.reply(samira.last.message_id, "/start")
    await house.pump()
    assert scene.seen(samira) == QUESTION
    await house.tap(samira, "De dag", "Ja, met een dag")
    samira.reply(samira.last.message_id, "9 maart 2027")
    await house.pump()
    assert "📅 dinsdag 9 maart 2027" in scene.seen(samira)
    await house.tap(samira, "Nee, een andere dag")
    scene.question = "Welke dag staat in de brief?"


@numbered(SCENARIOS)
async def test_what_a_chat_is_used_for_elsewhere_does_no_harm_here(scene: Scene, scenario: Scenario) -> None:
    await scene.play(scenario)
