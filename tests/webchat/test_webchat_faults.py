"""What a test wants to go wrong goes wrong, as often as it asked."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.webchat.telegram import faults


async def test_an_error_reply_comes_as_often_as_planned(server, call, sam):
    plan = server.faults.add(
        "sendMessage", faults.error(429, "Too Many Requests: retry after 3", retry_after=3), times=2
    )
    for _ in range(2):
        reply = await call("sendMessage", chat_id=sam.id, text="Hoi")
        assert reply.refusal == (429, "Too Many Requests: retry after 3")
        assert reply.body["parameters"] == {"retry_after": 3}
        assert reply.headers["Retry-After"] == "3"
    await plan.spent()
    assert (await call("sendMessage", chat_id=sam.id, text="Hoi")).result
    assert [message.text for message in sam.messages] == ["/start", "Hoi"]


async def test_a_fault_for_one_chat_leaves_the_others_alone(server, call, sam):
    lea = server.world.phone("Lea")
    lea.start()
    server.faults.add("sendMessage", faults.error(500, "Internal Server Error"), times=None, chat_id=lea.id)
    assert (await call("sendMessage", chat_id=sam.id, text="Hoi")).result
    for _ in range(3):
        assert (await call("sendMessage", chat_id=lea.id, text="Hoi")).status == 500
    server.faults.clear()
    assert (await call("sendMessage", chat_id=lea.id, text="Hoi")).result


@pytest.mark.parametrize(("fault", "arrives"), [(faults.drop_before, False), (faults.drop_after, True)])
async def test_a_dropped_connection_leaves_the_message_unsent_or_sent(server, call, sam, fault, arrives):
    plan = server.faults.add("sendMessage", fault)
    with pytest.raises(aiohttp.ClientError):
        await call("sendMessage", chat_id=sam.id, text="Hoi")
    assert plan.hits == 1
    assert (sam.last.text == "Hoi") is arrives


async def test_updates_lost_on_the_way_come_again(server, call, sam):
    server.faults.add("*", faults.drop_after)
    with pytest.raises(aiohttp.ClientError):
        await call("getUpdates")
    assert [update["message"]["text"] for update in await call.updates()] == ["/start"]


async def test_a_slow_reply_does_its_work_in_the_end(server, call, sam):
    server.faults.add("sendMessage", faults.slow(0.05))
    started = asyncio.get_running_loop().time()
    assert (await call("sendMessage", chat_id=sam.id, text="Hoi")).result
    assert asyncio.get_running_loop().time() - started >= 0.05
