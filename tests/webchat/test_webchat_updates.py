"""Updates wait until an offset confirms them, as long as Telegram keeps them and no longer."""

from __future__ import annotations

import asyncio
import itertools

import pytest


def texts(updates):
    return [update["message"]["text"] for update in updates]


async def test_an_update_comes_again_until_an_offset_confirms_it(call, sam):
    sam.say("een")
    sam.say("twee")
    first = await call.updates()
    assert [update["update_id"] for update in first] == [1000, 1001, 1002]
    assert await call.updates() == first
    assert texts(await call.updates(offset=1002)) == ["twee"]
    assert texts(await call.updates()) == ["twee"]
    assert await call.updates(offset=1003) == []
    assert await call.updates() == []


async def test_a_negative_offset_keeps_only_the_last(call, sam):
    for text in ("een", "twee", "drie"):
        sam.say(text)
    assert texts(await call.updates(offset=-2)) == ["twee", "drie"]
    assert texts(await call.updates()) == ["twee", "drie"]


@pytest.mark.parametrize(("limit", "given"), [(0, 1), (1, 1), (7, 7), (100, 100), (1000, 100)])
async def test_the_limit_is_kept_between_1_and_100(call, sam, limit, given):
    for number in range(150):
        sam.say(str(number))
    assert len(await call.updates(limit=limit)) == given


async def test_thousands_of_updates_come_in_order_and_once(call, sam):
    for number in range(3000):
        sam.say(str(number))
    seen, offset = [], 0
    while batch := await call.updates(offset=offset):
        seen += texts(batch)
        offset = batch[-1]["update_id"] + 1
    assert seen == ["/start", *map(str, range(3000))]


async def test_a_poll_waits_and_returns_as_soon_as_something_comes(server, call, sam):
    await call.updates(offset=1001)
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(call.updates(offset=1001, timeout=50))
        await server.world.updates.listening()
        sam.say("nu")
    assert texts(poll.result()) == ["nu"]


async def test_a_second_poll_ends_the_first_with_a_conflict(server, call, sam):
    await call.updates(offset=1001)
    async with asyncio.TaskGroup() as group:
        first = group.create_task(call("getUpdates", offset=1001, timeout=50))
        await server.world.updates.listening()
        second = group.create_task(call.updates(offset=1001, timeout=50))
        assert (await first).refusal == (
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        )
        sam.say("nu")
    assert texts(second.result()) == ["nu"]


async def test_a_message_lives_24_hours_and_a_tap_150_seconds(call, sam, clock):
    await call(
        "sendMessage",
        chat_id=sam.id,
        text="?",
        reply_markup={"inline_keyboard": [[{"text": "Ja", "callback_data": "j"}]]},
    )
    sam.tap("Ja")
    sam.say("bewaar dit")
    kinds = [next(key for key in update if key != "update_id") for update in await call.updates()]
    assert kinds == ["message", "callback_query", "message"]
    clock.forward(seconds=150)
    assert texts(await call.updates()) == ["/start", "bewaar dit"]
    clock.forward(hours=24)
    assert await call.updates() == []


async def test_a_raw_update_passes_as_it_is(server, call):
    assert server.world.inject({"message": {"nonsense": [1, None]}}) == 1000
    assert server.world.inject({"update_id": 5000, "poll": "?"}) == 5000
    assert server.world.inject({}) == 5001
    assert await call.updates() == [
        {"message": {"nonsense": [1, None]}, "update_id": 1000},
        {"update_id": 5000, "poll": "?"},
        {"update_id": 5001},
    ]


async def test_kinds_that_the_bot_does_not_ask_for_stay_away(call, sam):
    await call.updates(allowed_updates=["message"])
    sam.block()
    sam.start()
    assert texts(await call.updates()) == ["/start", "/start"]


async def test_confirmed_waits_for_the_offset(server, call, sam):
    async with asyncio.TaskGroup() as group:
        done = group.create_task(server.world.updates.confirmed())
        await call.updates()
        assert not done.done()
        await call.updates(offset=1001)


async def test_message_ids_are_one_sequence_over_all_chats(server, call, sam):
    lea = server.world.phone("Lea")
    ids = [sam.last.message_id, lea.start(), sam.say("hoi")]
    ids.append((await call("sendMessage", chat_id=lea.id, text="hoi")).result["message_id"])
    assert all(second == first + 1 for first, second in itertools.pairwise(ids))


async def test_stopping_the_server_ends_a_waiting_poll_with_nothing(server, call, sam):
    await call.updates(offset=1001)
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(call.updates(offset=1001, timeout=50))
        await server.world.updates.listening()
        await server.stop()
    assert poll.result() == []
