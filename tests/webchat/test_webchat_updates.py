"""Updates wait until an offset confirms them, as long as Telegram keeps them and no longer."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from bot.webchat.server import Server
from tests.webchat.caller import Caller


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


async def test_an_offset_far_ahead_confirms_nothing(call, sam):
    assert texts(await call.updates(offset=1012)) == ["/start"]
    assert await call.updates(offset=1011) == []
    assert await call.updates() == []


# On request: what should not happen and does.


async def test_an_update_can_come_twice_at_once_and_again_when_it_was_confirmed(server, call, sam):
    updates = server.world.updates
    updates.repeat(1000)
    assert [update["update_id"] for update in await call.updates()] == [1000, 1000]
    assert await call.updates(offset=1001) == []
    updates.repeat(1000)
    sam.say("nu")
    assert [update["update_id"] for update in await call.updates(offset=1001)] == [1000, 1001]
    assert await call.updates(offset=1002) == []
    assert updates.pending == 0
    with pytest.raises(KeyError, match="No update 999"):
        updates.repeat(999)


async def test_an_expired_update_does_not_come_again(server, call, sam, clock):
    clock.forward(days=1)
    server.world.updates.repeat(1000)
    assert await call.updates() == []


async def test_updates_can_come_out_of_order_and_all_of_them_come(server, call, sam):
    for number in range(250):
        sam.say(str(number))
    order = server.world.updates.shuffle(seed=7)
    assert order != sorted(order)
    seen, offset = [], 0
    while batch := await call.updates(offset=offset):
        seen += [update["update_id"] for update in batch]
        offset = max(update["update_id"] for update in batch) + 1
    assert seen == order
    sam.say("daarna")
    assert texts(await call.updates(offset=offset)) == ["daarna"]


async def test_two_updates_change_places(server, call, sam):
    sam.say("twee")
    assert server.world.updates.shuffle() == [1001, 1000]
    assert texts(await call.updates()) == ["twee", "/start"]


async def test_a_tap_can_come_before_the_text_that_was_typed_first(server, call, sam):
    await call(
        "sendMessage",
        chat_id=sam.id,
        text="?",
        reply_markup={"inline_keyboard": [[{"text": "Ja", "callback_data": "j"}]]},
    )
    server.world.updates.hold("message")
    sam.say("een")
    sam.say("twee")
    sam.tap("Ja")
    server.world.updates.let_go("message")
    updates = await call.updates(offset=1001)
    assert [update["update_id"] for update in updates] == [1001, 1002, 1003]
    assert "callback_query" in updates[0]
    assert texts(updates[1:]) == ["een", "twee"]
    sam.say("drie")
    assert texts(await call.updates(offset=1004)) == ["drie"]


async def test_numbers_can_start_anew_and_an_old_offset_confirms_nothing_then(server, call, sam):
    await call.updates(offset=1001)
    server.world.updates.restart_ids(500)
    sam.say("na een week")
    assert [update["update_id"] for update in await call.updates(offset=1001)] == [500]
    # A new number just below the old offset is confirmed by it, unread: a poll must not repeat an offset.
    server.world.updates.restart_ids(995)
    sam.say("nog een week")
    assert await call.updates(offset=1001) == []


async def test_disorder_reaches_a_webhook_too(server, call, sam):
    for text in ("een", "twee"):
        sam.say(text)
    updates = server.world.updates
    order = updates.shuffle(seed=3)
    updates.repeat(order[0])
    assert [row.id for row in updates.waiting()] == [*order, order[0]]


async def test_asking_the_same_again_at_once_gives_one_update_and_asking_for_nothing_waits(session, clock):
    seconds = 100.0
    async with Server(clock=clock, first_update_id=1000, timer=lambda: seconds, throttled=True) as server:
        sam = server.world.phone("Sam")
        call = Caller(session, server)
        for text in ("een", "twee", "drie"):
            sam.say(text)
        assert len(await call.updates()) == 3
        seconds += 0.4
        assert len(await call.updates()) == 1
        seconds += 0.5
        assert len(await call.updates()) == 3
        await call.updates(offset=1003)
        # Within three seconds it waits whatever its timeout says.
        async with asyncio.TaskGroup() as group:
            poll = group.create_task(call.updates(offset=1003, timeout=0))
            await server.world.updates.listening()
            sam.say("vier")
        assert texts(poll.result()) == ["vier"]
        seconds += 3
        assert await call.updates(offset=1004) == []
