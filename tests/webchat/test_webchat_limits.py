"""Telegram refuses what Telegram refuses, in Telegram's words."""

from __future__ import annotations

import json

import aiohttp
import pytest

from bot.webchat.server import Server


def keyboard(*rows: list[str]) -> dict:
    return {"inline_keyboard": [[{"text": data, "callback_data": data} for data in row] for row in rows]}


def server_file(phone, content: bytes = b"%PDF-") -> str:
    """Return the file_id of a document that somebody sent."""
    phone.send_document("plan.pdf", content)
    return phone.last.raw["document"]["file_id"]


async def test_another_token_is_unauthorized(session, server):
    async with session.get(f"{server.url}/bot1:other/getMe") as answer:
        assert answer.status == 401
        assert await answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_a_method_that_is_not_here_is_not_found(call):
    assert (await call("sendDice", chat_id=1)).refusal == (404, "Not Found: method not found")


async def test_method_names_have_no_case(call):
    me = (await call("GETME")).result
    assert (me["is_bot"], me["first_name"], me["username"]) == (True, "Voorzorg", "voorzorg_bot")


async def test_every_form_of_a_call_is_understood(session, server, sam):
    url = f"{server.url}/bot{server.token}/sendMessage"
    markup = json.dumps(keyboard(["ja"]))
    fields = {"chat_id": str(sam.id), "text": "Hallo", "reply_markup": markup}
    multipart = aiohttp.FormData(default_to_multipart=True)
    for name, value in fields.items():
        multipart.add_field(name, value)
    for answer in (
        await session.get(url, params=fields),
        await session.post(url, data=fields),
        await session.post(url, data=multipart),
        await session.post(url, json={**fields, "chat_id": sam.id, "reply_markup": keyboard(["ja"])}),
    ):
        message = (await answer.json())["result"]
        assert message["text"] == "Hallo"
        assert message["reply_markup"] == keyboard(["ja"])
        assert message["chat"] == {"id": sam.id, "type": "private", "first_name": "Sam"}
        assert message["from"]["is_bot"]


async def test_a_body_that_is_no_json_is_a_bad_request(session, server):
    url = f"{server.url}/bot{server.token}/sendMessage"
    async with session.post(url, data=b"{", headers={"Content-Type": "application/json"}) as answer:
        assert answer.status == 400


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "message text is empty"),
        (None, "message text is empty"),
        ("   \n", "text must be non-empty"),
        ("<b> </b>", "text must be non-empty"),
    ],
)
async def test_an_empty_text_is_refused(call, sam, text, reason):
    sent = (await call("sendMessage", chat_id=sam.id, text="?")).result["message_id"]
    for method in ("sendMessage", "editMessageText"):
        fields = {"chat_id": sam.id, "message_id": sent, "text": text, "parse_mode": "HTML"}
        assert (await call(method, **fields)).refusal == (400, f"Bad Request: {reason}")


async def test_a_text_may_be_4096_long_after_its_tags_are_read(call, sam):
    assert (await call("sendMessage", chat_id=sam.id, text=f"<b>{'a' * 4096}</b>", parse_mode="HTML")).result
    refusal = (await call("sendMessage", chat_id=sam.id, text="a" * 4097)).refusal
    assert refusal == (400, "Bad Request: message is too long")
    raw = (await call("sendMessage", chat_id=sam.id, text="a" * 32769)).refusal
    assert raw == (400, "Bad Request: text is too long")


async def test_a_caption_may_be_1024_long(call, sam):
    document = server_file(sam)
    sent = await call("sendDocument", chat_id=sam.id, document=document, caption="a" * 1024)
    assert sent.result["caption"] == "a" * 1024
    refusal = (await call("sendDocument", chat_id=sam.id, document=document, caption="a" * 1025)).refusal
    assert refusal == (400, "Bad Request: message caption is too long")


async def test_a_message_keeps_a_hundred_entities(call, sam):
    text = " ".join(["<b>a</b>"] * 101)
    sent = (await call("sendMessage", chat_id=sam.id, text=text, parse_mode="HTML")).result
    assert len(sent["entities"]) == 100


async def test_callback_data_holds_64_bytes(call, sam):
    assert (await call("sendMessage", chat_id=sam.id, text="?", reply_markup=keyboard(["é" * 32]))).result
    refusal = (await call("sendMessage", chat_id=sam.id, text="?", reply_markup=keyboard(["é" * 32 + "a"]))).refusal
    assert refusal == (400, "Bad Request: BUTTON_DATA_INVALID")


async def test_a_button_without_an_action_is_refused(call, sam):
    markup = {"inline_keyboard": [[{"text": "Ja", "callback_data": ""}]]}
    code, description = (await call("sendMessage", chat_id=sam.id, text="?", reply_markup=markup)).refusal
    assert code == 400
    assert description.endswith("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")


@pytest.mark.parametrize("rows", [[["1"] * 9], [["1"] * 8] * 12 + [["1"] * 5]])
async def test_a_keyboard_with_too_many_buttons_is_refused(call, sam, rows):
    refusal = (await call("sendMessage", chat_id=sam.id, text="?", reply_markup=keyboard(*rows))).refusal
    assert refusal == (400, "Bad Request: reply markup is too long")


async def test_a_chat_that_nobody_knows_is_not_found(call):
    assert (await call("sendMessage", chat_id=5, text="?")).refusal == (400, "Bad Request: chat not found")
    assert (await call("sendMessage", text="?")).refusal == (400, "Bad Request: chat_id is empty")


async def test_nobody_can_be_written_to_before_they_start(server, call):
    lea = server.world.phone("Lea")
    refusal = (await call("sendMessage", chat_id=lea.id, text="?")).refusal
    assert refusal == (403, "Forbidden: bot can't initiate conversation with a user")
    lea.start()
    assert (await call("sendMessage", chat_id=lea.id, text="?")).result


async def test_a_link_to_the_bot_carries_64_of_the_signs_that_it_may(server, call):
    lea = server.world.phone("Lea")
    lea.start("aB3_-" + "x" * 59)
    for payload in ("x" * 65, "a b", "a=b", "é"):
        with pytest.raises(ValueError, match="at most 64"):
            lea.start(payload)
    assert len(lea.messages) == 1


async def test_whose_account_is_gone_gets_nothing_and_does_nothing(call, sam):
    sent = (await call("sendMessage", chat_id=sam.id, text="Een")).result["message_id"]
    await call.updates(offset=1001)
    sam.deactivate()
    gone = (403, "Forbidden: user is deactivated")
    assert (await call("sendMessage", chat_id=sam.id, text="Twee")).refusal == gone
    assert (await call("editMessageText", chat_id=sam.id, message_id=sent, text="Drie")).refusal == gone
    assert (await call("deleteMessage", chat_id=sam.id, message_id=sent)).refusal == gone
    with pytest.raises(AssertionError, match="no account"):
        sam.say("hallo?")
    # Nobody tells the bot.
    assert await call.updates() == []


async def test_who_blocked_the_bot_gets_nothing_until_they_start_again(call, sam):
    message = (await call("sendMessage", chat_id=sam.id, text="Een")).result
    sam.block()
    blocked = (403, "Forbidden: bot was blocked by the user")
    assert (await call("sendMessage", chat_id=sam.id, text="Twee")).refusal == blocked
    edit = await call("editMessageText", chat_id=sam.id, message_id=message["message_id"], text="Drie")
    assert edit.refusal == blocked
    sam.start()
    assert (await call("sendMessage", chat_id=sam.id, text="Vier")).result
    changes = [u["my_chat_member"] for u in await call.updates() if "my_chat_member" in u]
    states = [(c["old_chat_member"]["status"], c["new_chat_member"]["status"]) for c in changes]
    assert states == [("member", "kicked"), ("kicked", "member")]


async def test_an_edit_that_changes_nothing_is_refused_and_a_real_one_shows(call, sam):
    message = (await call("sendMessage", chat_id=sam.id, text="Een", reply_markup=keyboard(["ja"]))).result
    same = {"chat_id": sam.id, "message_id": message["message_id"], "text": "Een"}
    assert (await call("editMessageText", **same, reply_markup=keyboard(["ja"]))).refusal == (
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message",
    )
    edited = (await call("editMessageText", **same)).result
    assert "reply_markup" not in edited
    assert edited["edit_date"]
    assert sam.last.buttons == []
    assert sam.last.edited


async def test_an_edit_of_what_is_gone_or_not_the_bots_own_is_refused(call, sam):
    gone = await call("editMessageText", chat_id=sam.id, message_id=99, text="?")
    assert gone.refusal == (400, "Bad Request: message to edit not found")
    theirs = await call("editMessageText", chat_id=sam.id, message_id=sam.last.message_id, text="?")
    assert theirs.refusal == (400, "Bad Request: message can't be edited")


async def test_a_message_can_be_deleted_for_48_hours(call, sam, clock):
    typed = sam.say("1990")
    assert (await call("deleteMessage", chat_id=sam.id, message_id=typed)).result is True
    assert [message.text for message in sam.messages] == ["/start"]
    again = await call("deleteMessage", chat_id=sam.id, message_id=typed)
    assert again.refusal == (400, "Bad Request: message to delete not found")
    clock.forward(hours=48)
    late = await call("deleteMessage", chat_id=sam.id, message_id=sam.last.message_id)
    assert late.refusal == (400, "Bad Request: message can't be deleted for everyone")
    assert (await call("deleteMessage", message_id=1)).refusal == (
        400,
        "Bad Request: chat identifier is not specified",
    )
    assert (await call("deleteMessage", chat_id=sam.id)).refusal == (
        400,
        "Bad Request: message identifier is not specified",
    )


async def test_a_tap_is_answered_once_and_in_time(call, sam, clock):
    too_old = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    await call("sendMessage", chat_id=sam.id, text="?", reply_markup=keyboard(["ja"]))
    tap = sam.tap("ja")
    assert (await call("answerCallbackQuery", callback_query_id=tap, text="Bewaard")).result is True
    assert sam.toasts == ["Bewaard"]
    assert (await call("answerCallbackQuery", callback_query_id=tap)).refusal == too_old
    assert (await call("answerCallbackQuery", callback_query_id="7")).refusal == too_old
    late = sam.tap("ja")
    clock.forward(seconds=150)
    assert (await call("answerCallbackQuery", callback_query_id=late)).refusal == too_old
    long = await call("answerCallbackQuery", callback_query_id=sam.tap("ja"), text="a" * 201)
    assert long.refusal == (400, "Bad Request: MESSAGE_TOO_LONG")


async def test_a_reply_needs_the_message_that_it_replies_to(call, sam):
    asked = sam.last.message_id
    reply = (await call("sendMessage", chat_id=sam.id, text="Hoi", reply_parameters={"message_id": asked})).result
    assert reply["reply_to_message"]["text"] == "/start"
    gone = {"message_id": 99}
    refused = await call("sendMessage", chat_id=sam.id, text="Hoi", reply_parameters=gone)
    assert refused.refusal == (400, "Bad Request: message to be replied not found")
    gone["allow_sending_without_reply"] = True
    assert (await call("sendMessage", chat_id=sam.id, text="Hoi", reply_parameters=gone)).result


async def test_a_group_that_became_a_supergroup_says_where_it_has_gone(server, call):
    group = server.world.group("Buurt", "group")
    moved = server.world.upgrade(group)
    reply = await call("sendMessage", chat_id=group.id, text="?")
    assert reply.refusal == (400, "Bad Request: group chat was upgraded to a supergroup chat")
    assert reply.body["parameters"] == {"migrate_to_chat_id": moved.id}
    assert (await call("sendMessage", chat_id=moved.id, text="?")).result
    old, new = [update["message"] for update in (await call.updates())[-2:]]
    assert (old["chat"]["id"], old["migrate_to_chat_id"]) == (group.id, moved.id)
    assert (new["chat"]["type"], new["migrate_from_chat_id"]) == ("supergroup", group.id)


async def test_who_threw_the_bot_out_gets_nothing(server, call):
    for kind in ("group", "supergroup", "channel"):
        group = server.world.group("Buurt", kind)
        group.kick_bot()
        refusal = (await call("sendMessage", chat_id=group.id, text="?")).refusal
        assert refusal == (403, f"Forbidden: bot was kicked from the {kind} chat")


async def test_an_inline_question_gets_at_most_fifty_answers(call, sam):
    query = sam.inline("plan")
    refusal = (await call("answerInlineQuery", inline_query_id=query, results=[{}] * 51)).refusal
    assert refusal == (400, "Bad Request: too many inline query results specified")
    refusal = (await call("answerInlineQuery", inline_query_id=query, results={"a": 1})).refusal
    assert refusal == (400, "Bad Request: expected an Array of inline query results")


async def test_a_bot_can_leave_a_group_and_a_channel_and_not_a_person(server, call, sam):
    for group in (server.world.group("Buurt"), server.world.channel("Nieuws")):
        group.say("Hallo allemaal")
        assert (await call("leaveChat", chat_id=group.id)).result is True
        assert group.left
        refusal = (await call("sendMessage", chat_id=group.id, text="?")).refusal
        assert refusal == (403, f"Forbidden: bot is not a member of the {group.kind} chat")
    refusal = (await call("leaveChat", chat_id=sam.id)).refusal
    assert refusal == (400, "Bad Request: chat member status can't be changed in private chats")


async def test_rates_refuse_with_the_seconds_to_wait(session, clock):
    seconds = 100.0
    async with Server(clock=clock, per_second=3, per_chat_second=1, timer=lambda: seconds) as server:
        people = [server.world.phone(name) for name in ("Sam", "Lea", "Bo", "Kim")]
        for person in people:
            person.start()

        async def send(person):
            url = f"{server.url}/bot{server.token}/sendMessage"
            async with session.post(url, json={"chat_id": person.id, "text": "Hoi"}) as answer:
                return answer.status, answer.headers.get("Retry-After"), await answer.json()

        assert (await send(people[0]))[0] == 200
        status, header, body = await send(people[0])
        assert (status, header) == (429, "1")
        assert body["description"] == "Too Many Requests: retry after 1"
        assert body["parameters"] == {"retry_after": 1}
        assert [(await send(person))[0] for person in people[1:]] == [200, 200, 429]
        seconds += 1.0
        assert (await send(people[3]))[0] == 200
        assert server.api.rates.refused == 2


async def test_a_group_gets_twenty_messages_a_minute(session, clock):
    seconds = 100.0
    async with Server(clock=clock, per_chat_second=1, timer=lambda: seconds) as server:
        group = server.world.group("Buurt")
        url = f"{server.url}/bot{server.token}/sendMessage"

        async def send():
            async with session.post(url, json={"chat_id": group.id, "text": "Hoi"}) as answer:
                return answer.status, answer.headers.get("Retry-After")

        assert [await send() for _ in range(21)] == [(200, None)] * 20 + [(429, "60")]
        seconds += 60
        assert await send() == (200, None)
