"""Updates come to the bot's own address, as often as it takes, until they are too old."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiohttp import web

from tests.webchat.endpoint import YES, Endpoint, serve, status, what


async def test_a_failing_address_is_tried_again_at_once_and_then_after_twice_as_long_each_time(
    server, call, sam, endpoint, clock
):
    endpoint.answer = status(500)
    await call("setWebhook", url=endpoint.url)
    webhook = server.world.webhook
    await webhook.settled()
    # The second try comes at once.
    assert len(endpoint.updates) == 2
    for number, seconds in enumerate((2, 4, 8, 16, 32), start=3):
        clock.forward(seconds=seconds - 0.001)
        webhook.wake()
        await webhook.settled()
        assert len(endpoint.updates) == number - 1, seconds
        clock.forward(seconds=0.001)
        webhook.wake()
        await webhook.settled()
        assert len(endpoint.updates) == number, seconds
    info = (await call("getWebhookInfo")).result
    assert info["pending_update_count"] == 1
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert info["last_error_date"] == int(clock.now().timestamp())
    endpoint.answer = status(204)
    clock.forward(seconds=120)
    webhook.wake()
    await server.world.updates.confirmed()
    assert (await call("getWebhookInfo")).result["pending_update_count"] == 0


async def test_the_longest_delay_is_one_to_two_minutes(server, call, sam, endpoint, clock):
    endpoint.answer = status(500)
    await call("setWebhook", url=endpoint.url)
    webhook = server.world.webhook
    await webhook.settled()
    for _ in range(30):
        clock.forward(seconds=120)
        webhook.wake()
        await webhook.settled()
    assert len(endpoint.updates) == 32
    clock.forward(seconds=59)
    webhook.wake()
    await webhook.settled()
    assert len(endpoint.updates) == 32


@pytest.mark.parametrize(("asked", "seconds"), [("90", 90), ("999999", 3600)])
async def test_an_address_can_ask_for_patience_up_to_an_hour(server, call, sam, endpoint, clock, asked, seconds):
    endpoint.answer = status(503, Retry_After=asked)
    await call("setWebhook", url=endpoint.url)
    webhook = server.world.webhook
    await webhook.settled()
    assert len(endpoint.updates) == 1
    clock.forward(seconds=seconds - 1)
    webhook.wake()
    await webhook.settled()
    assert len(endpoint.updates) == 1
    clock.forward(seconds=1)
    webhook.wake()
    await webhook.settled()
    assert len(endpoint.updates) == 2


async def test_what_is_too_old_is_dropped_a_tap_after_150_seconds_and_a_text_after_a_day(
    server, call, sam, endpoint, clock
):
    await call("sendMessage", chat_id=sam.id, text="?", reply_markup=YES)
    sam.tap("Ja")
    endpoint.answer = status(500)
    await call("setWebhook", url=endpoint.url)
    webhook = server.world.webhook
    for seconds, left in ((140, 2), (10, 1), (23 * 3600, 1), (3600, 0)):
        await webhook.settled()
        clock.forward(seconds=seconds)
        webhook.wake()
        await webhook.settled()
        waiting = [row.id for row in server.world.updates.waiting()]
        assert len(waiting) == left, seconds
    endpoint.answer = status(200)
    webhook.wake()
    await webhook.settled()
    assert (await call("getWebhookInfo")).result["pending_update_count"] == 0


async def test_a_retry_that_would_come_too_late_is_not_waited_for(server, call, sam, endpoint, clock):
    await call.updates(offset=1001)
    await call("sendMessage", chat_id=sam.id, text="?", reply_markup=YES)
    sam.tap("Ja")
    endpoint.answer = status(503, Retry_After="151")
    await call("setWebhook", url=endpoint.url)
    await server.world.updates.confirmed()
    assert len(endpoint.updates) == 1


async def test_a_tap_does_not_wait_for_the_text_before_it_and_a_second_text_does(server, call, sam, endpoint):
    await call("sendMessage", chat_id=sam.id, text="?", reply_markup=YES)
    endpoint.hold = lambda update: what(update) == "/start"
    await call("setWebhook", url=endpoint.url)
    await endpoint.held.wait()
    sam.say("tweede")
    sam.tap("Ja")
    lea = server.world.phone("Lea")
    lea.say("van een ander")
    await endpoint.came(2)
    assert sorted(endpoint.seen) == ["callback_query", "van een ander"]
    endpoint.go_on.set()
    await server.world.updates.confirmed()
    assert endpoint.seen[2:] == ["/start", "tweede"]


async def test_no_more_come_at_once_than_the_bot_asked_for(server, call, endpoint):
    for number in range(5):
        server.world.phone(f"Persoon {number}").start()
    endpoint.hold = lambda update: True
    await call("setWebhook", url=endpoint.url, max_connections=2)
    await endpoint.held.wait()
    assert len(server.world.webhook.courier.under_way) == 2
    endpoint.go_on.set()
    await server.world.updates.confirmed()
    assert len(endpoint.updates) == 5
    assert (await call("getWebhookInfo")).result["max_connections"] == 2


async def test_an_address_that_is_not_there_is_tried_again(server, call, sam, endpoint, clock):
    runner = await serve(gone := Endpoint())
    await runner.cleanup()
    await call("setWebhook", url=gone.url)
    webhook = server.world.webhook
    await webhook.settled()
    assert (await call("getWebhookInfo")).result["last_error_message"] == "Connection refused"
    await call("setWebhook", url=endpoint.url)
    clock.forward(seconds=1)
    webhook.wake()
    await server.world.updates.confirmed()
    assert endpoint.seen == ["/start"]


async def test_an_address_that_hangs_up_is_tried_again(server, call, sam, endpoint):
    def hang_up(update: dict[str, Any]) -> web.Response:
        endpoint.answer = status(200)
        raise asyncio.CancelledError

    endpoint.answer = hang_up
    await call("setWebhook", url=endpoint.url)
    await server.world.updates.confirmed()
    assert endpoint.seen == ["/start", "/start"]


async def test_a_redirect_is_a_failure(server, call, sam, endpoint):
    endpoint.answer = status(307, Location=endpoint.url)
    await call("setWebhook", url=endpoint.url)
    await server.world.webhook.settled()
    message = (await call("getWebhookInfo")).result["last_error_message"]
    assert message == "Wrong response from the webhook: 307 Temporary Redirect"


async def test_23_hours_of_gone_end_a_webhook(server, call, sam, endpoint, clock):
    endpoint.answer = status(410)
    await call("setWebhook", url=endpoint.url)
    webhook = server.world.webhook
    for _ in range(24):
        await webhook.settled()
        clock.forward(minutes=59)
        webhook.wake()
    await webhook.settled()
    assert (await call("getWebhookInfo")).result["url"] == ""


async def test_an_answer_can_call_a_method(server, call, sam, endpoint):
    def answer(update: dict[str, Any]) -> web.Response:
        return web.json_response({"method": "sendMessage", "chat_id": sam.id, "text": "Dag"})

    endpoint.answer = answer
    await call("setWebhook", url=endpoint.url)
    assert (await sam.wait_for("Dag")).text == "Dag"


@pytest.mark.parametrize("reply", [{"method": "getMe"}, {"method": "deleteWebhook"}, {"method": "sendMessage"}, [1], 5])
async def test_an_answer_that_calls_what_it_may_not_is_an_answer_all_the_same(server, call, sam, endpoint, reply):
    endpoint.answer = lambda update: web.json_response(reply)
    await call("setWebhook", url=endpoint.url)
    await server.world.updates.confirmed()
    assert (await call("getWebhookInfo")).result["url"] == endpoint.url
