"""A phone shows what a person would see, and waits without sleeping."""

from __future__ import annotations

import asyncio

import pytest


def keyboard(*pairs):
    return {"inline_keyboard": [[{"text": text, "callback_data": data}] for text, data in pairs]}


async def test_only_new_messages_reach_the_lock_screen(call, sam):
    message = (await call("sendMessage", chat_id=sam.id, text="Je hebt een herinnering")).result
    await call("editMessageText", chat_id=sam.id, message_id=message["message_id"], text="Morgen: zorgpas meenemen")
    assert sam.lock_screen == ["Je hebt een herinnering"]
    assert sam.last.text == "Morgen: zorgpas meenemen"


async def test_a_tap_finds_the_newest_button_by_text_data_or_part(call, sam):
    await call("sendMessage", chat_id=sam.id, text="Een", reply_markup=keyboard(("Ja", "oud")))
    await call(
        "sendMessage",
        chat_id=sam.id,
        text="Twee",
        reply_markup=keyboard(("👍 Ja, dit doe ik", "ja"), ("Ja, later", "later")),
    )
    sam.tap("ja")
    sam.tap("later")
    sam.tap("dit doe")
    sam.tap("Ja, later")
    taps = [update["callback_query"] for update in await call.updates() if "callback_query" in update]
    assert [tap["data"] for tap in taps] == ["ja", "later", "ja", "later"]
    assert taps[0]["message"]["text"] == "Twee"
    assert taps[0]["from"] == {"id": sam.id, "is_bot": False, "first_name": "Sam", "language_code": "nl"}
    with pytest.raises(AssertionError, match="several buttons"):
        sam.tap("Ja,")
    with pytest.raises(AssertionError, match="No button 'Nee' on this phone"):
        sam.tap("Nee")


async def test_a_bad_client_can_send_any_data_about_any_message(call, sam):
    sam.tap_data(12345, b"\xff\x00" * 200)
    query = (await call.updates(offset=-1))[0]["callback_query"]
    assert query["message"] == {"message_id": 12345, "chat": query["message"]["chat"], "date": 0}
    assert len(query["data"]) == 400


async def test_waiting_ends_when_the_text_comes_and_tells_the_chat_when_it_does_not(call, sam):
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(sam.wait_for("welkom"))
        await call("sendMessage", chat_id=sam.id, text="Hallo en welkom", reply_markup=keyboard(("Ja", "j")))
    assert waiting.result().labels == ["Ja"]
    with pytest.raises(AssertionError) as failure:
        await sam.wait_for("iets anders", timeout=0.01)
    assert "in vain for 'iets anders'" in str(failure.value)
    assert "Hallo en welkom" in str(failure.value)
    assert "[Ja]" in str(failure.value)


async def test_a_fresh_answer_is_never_an_old_one(call, sam):
    message = (await call("sendMessage", chat_id=sam.id, text="Vraag 1")).result
    assert (await sam.answer()).text == "Vraag 1"
    sam.say("antwoord")
    assert (await sam.wait_for("Vraag 1")).text == "Vraag 1"
    with pytest.raises(AssertionError):
        await sam.answer(timeout=0.01)
    await call("editMessageText", chat_id=sam.id, message_id=message["message_id"], text="Vraag 2")
    assert (await sam.answer()).text == "Vraag 2"


async def test_a_condition_returns_what_it_found(call, sam):
    await call("sendMessage", chat_id=sam.id, text="?", reply_markup=keyboard(("Ja", "j")))
    tap = sam.tap("Ja")
    async with asyncio.TaskGroup() as group:
        toasts = group.create_task(sam.wait_for(lambda phone: phone.toasts))
        await call("answerCallbackQuery", callback_query_id=tap, text="Bewaard")
    assert toasts.result() == ["Bewaard"]


async def test_everything_that_a_person_can_send_arrives(call, sam):
    asked = (await call("sendMessage", chat_id=sam.id, text="Wat is je vraag?")).result["message_id"]
    sam.reply(asked, "Deze")
    sam.forward("Van een ander")
    sam.send_document("brief.pdf", b"%PDF-", caption="Mijn brief")
    sam.send_sticker()
    sam.send_voice()
    sam.send_photo()
    sam.send_location()
    sam.send_contact()
    mine = sam.say("/stop")
    sam.edit(mine, "/stopp")
    updates = (await call.updates())[1:]
    keys = [
        "reply_to_message",
        "forward_origin",
        "document",
        "sticker",
        "voice",
        "photo",
        "location",
        "contact",
        "entities",
    ]
    assert [next(key for key in keys if key in update["message"]) for update in updates[:-1]] == keys
    assert updates[0]["message"]["reply_to_message"]["message_id"] == asked
    assert updates[-1]["edited_message"]["text"] == "/stopp"
    assert updates[-1]["edited_message"]["edit_date"]


async def test_a_text_that_is_too_long_goes_in_parts_and_an_empty_one_nowhere(call, sam):
    sam.say("a" * 5000)
    assert [len(message.text) for message in sam.messages] == [6, 4096, 904]
    with pytest.raises(ValueError, match="empty"):
        sam.say(" ")


async def test_who_blocked_the_bot_cannot_write_to_it(sam):
    sam.block()
    with pytest.raises(AssertionError, match="blocked"):
        sam.say("hallo?")


async def test_an_inline_question_is_answered_once(call, sam):
    query = sam.inline("plan")
    assert (await call.updates(offset=-1))[0]["inline_query"]["query"] == "plan"
    assert (await call("answerInlineQuery", inline_query_id=query, results=[])).result is True
    assert (await call("answerInlineQuery", inline_query_id=query, results=[])).status == 400


async def test_a_group_shows_the_bot_coming_a_message_and_a_channel_a_post(server, call):
    group = server.world.group("Buurt")
    group.say("Hallo allemaal")
    server.world.channel("Nieuws").say("Nieuws")
    added, joined, said, made_admin, post = await call.updates()
    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert joined["message"]["new_chat_members"] == [server.world.bot]
    assert (said["message"]["text"], said["message"]["chat"]["type"]) == ("Hallo allemaal", "supergroup")
    assert made_admin["my_chat_member"]["new_chat_member"]["status"] == "administrator"
    assert post["channel_post"]["chat"] == {
        "id": post["channel_post"]["chat"]["id"],
        "type": "channel",
        "title": "Nieuws",
    }
