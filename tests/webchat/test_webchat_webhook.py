"""Updates come to the bot's own address, as often as it takes, until they are too old."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.webchat.server import Server
from storage.clock import SystemClock

ACTIVE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
YES = {"inline_keyboard": [[{"text": "Ja", "callback_data": "j"}]]}


@dataclass
class Endpoint:
    """A bot's address: keeps what comes, and answers as it is told."""

    url: str = ""
    answer: Callable[[dict[str, Any]], web.Response] = lambda update: web.Response()
    updates: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Any] = field(default_factory=list)
    # Set when something that `hold` fits is here and waits.
    hold: Callable[[dict[str, Any]], bool] = lambda update: False
    held: asyncio.Event = field(default_factory=asyncio.Event)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        if self.hold(update):
            self.held.set()
            await self.go_on.wait()
        self.updates.append(update)
        self.headers.append(request.headers)
        self.news.set()
        return self.answer(update)

    async def came(self, count: int) -> None:
        """Wait until so many updates have come."""
        while len(self.updates) < count:
            self.news.clear()
            await self.news.wait()

    @property
    def seen(self) -> list[str]:
        return [what(update) for update in self.updates]


def what(update: dict[str, Any]) -> str:
    kind = next(key for key in update if key != "update_id")
    return update[kind].get("text") or kind


async def serve(endpoint: Endpoint, context: ssl.SSLContext | None = None) -> web.AppRunner:
    app = web.Application()
    app.router.add_post("/telegram", endpoint.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    endpoint.url = f"{'https' if context else 'http'}://127.0.0.1:{runner.addresses[0][1]}/telegram"
    return runner


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    endpoint = Endpoint()
    runner = await serve(endpoint)
    yield endpoint
    await runner.cleanup()


def status(code: int, **headers: str) -> Callable[[dict[str, Any]], web.Response]:
    return lambda update: web.Response(status=code, headers={key.replace("_", "-"): headers[key] for key in headers})


async def test_what_waits_and_what_comes_goes_to_the_address_with_the_secret(server, call, sam, endpoint):
    sam.say("eerder")
    assert (await call("setWebhook", url=endpoint.url, secret_token="geheim-_1")).result is True
    await server.world.updates.confirmed()
    sam.say("later")
    await server.world.updates.confirmed()
    assert endpoint.seen == ["/start", "eerder", "later"]
    assert [update["update_id"] for update in endpoint.updates] == [1000, 1001, 1002]
    assert {headers["X-Telegram-Bot-Api-Secret-Token"] for headers in endpoint.headers} == {"geheim-_1"}
    assert {headers["Content-Type"] for headers in endpoint.headers} == {"application/json"}


async def test_without_a_secret_there_is_no_header(server, call, sam, endpoint):
    await call("setWebhook", url=endpoint.url)
    await server.world.updates.confirmed()
    assert "X-Telegram-Bot-Api-Secret-Token" not in endpoint.headers[0]


async def test_nobody_can_poll_while_there_is_a_webhook(server, call, sam, endpoint):
    await call.updates(offset=1001)
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(call("getUpdates", offset=1001, timeout=50))
        await server.world.updates.listening()
        await call("setWebhook", url=endpoint.url)
    assert poll.result().refusal == (409, "Conflict: terminated by setWebhook request")
    assert (await call("getUpdates")).refusal == (409, ACTIVE)
    assert (await call("deleteWebhook")).result is True
    sam.say("nu")
    assert [what(update) for update in await call.updates()] == ["nu"]
    assert endpoint.seen == []


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
    assert len(server.world.webhook.courier._under_way) == 2
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


async def test_what_waits_can_be_dropped_and_stays_otherwise(call, sam, endpoint):
    endpoint.answer = status(500)
    await call("setWebhook", url=endpoint.url)
    await call("deleteWebhook")
    assert [what(update) for update in await call.updates()] == ["/start"]
    await call("deleteWebhook", drop_pending_updates=True)
    assert await call.updates() == []


async def test_only_the_kinds_that_were_asked_for_come(server, call, sam, endpoint):
    await call("setWebhook", url=endpoint.url, allowed_updates=["message"])
    sam.block()
    sam.start()
    await server.world.updates.confirmed()
    assert endpoint.seen == ["/start", "/start"]
    assert (await call("getWebhookInfo")).result["allowed_updates"] == ["message"]


async def test_an_empty_address_deletes_the_webhook(call, sam, endpoint):
    await call.updates(offset=1001)
    await call("setWebhook", url=endpoint.url)
    await call("setWebhook", url="")
    nothing = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
    assert (await call("getWebhookInfo")).result == nothing


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://bot.example.nl/telegram", "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            "https://bot.example.nl:5000/telegram",
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        (
            "https://bot.example.nl:8443/telegram",
            "bad webhook: Failed to resolve host: Name or service not known",
        ),
        ("bot.example.nl/telegram", "bad webhook: Failed to resolve host: Name or service not known"),
        ("ftp://127.0.0.1/", "invalid webhook URL specified"),
        ("https://", "invalid webhook URL specified"),
        ("https://127.0.0.1:99999/", "invalid webhook URL specified"),
    ],
)
async def test_an_address_that_telegram_does_not_take_is_refused(call, url, reason):
    assert (await call("setWebhook", url=url)).refusal == (400, f"Bad Request: {reason}")
    assert (await call("getWebhookInfo")).result["url"] == ""


@pytest.mark.parametrize(
    ("secret", "reason"),
    [("a" * 257, "secret token is too long"), ("a b", "secret token contains unallowed characters")],
)
async def test_a_secret_has_256_signs_at_most_and_only_plain_ones(call, endpoint, secret, reason):
    refusal = (await call("setWebhook", url=endpoint.url, secret_token=secret)).refusal
    assert refusal == (400, f"Bad Request: {reason}")
    assert (await call("setWebhook", url=endpoint.url, secret_token="a" * 256)).result is True


async def test_setting_it_twice_in_a_second_is_too_much(session, clock, endpoint):
    seconds = 100.0
    async with Server(clock=clock, timer=lambda: seconds, throttled=True) as server:

        async def set_it() -> tuple[int, str | None]:
            async with session.post(f"{server.url}/bot{server.token}/setWebhook", json={"url": endpoint.url}) as answer:
                return answer.status, answer.headers.get("Retry-After")

        assert await set_it() == (200, None)
        assert await set_it() == (429, "1")
        seconds += 1
        assert await set_it() == (200, None)


def certificate(now: datetime) -> tuple[bytes, bytes]:
    """Return a key and a certificate of its own for 127.0.0.1, in PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return private, signed.public_bytes(pem)


async def test_https_works_with_a_certificate_that_the_bot_hands_over_and_not_without(
    server, call, sam, session, tmp_path
):
    # TLS looks at the machine's own clock.
    key, own = certificate(SystemClock().now())
    (tmp_path / "own.pem").write_bytes(key + own)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "own.pem")
    endpoint = Endpoint()
    runner = await serve(endpoint, context)
    try:
        await call("setWebhook", url=endpoint.url)
        await server.world.webhook.settled()
        info = (await call("getWebhookInfo")).result
        assert info["last_error_message"].endswith("certificate verify failed}")
        assert endpoint.updates == []
        form = aiohttp.FormData({"url": endpoint.url})
        form.add_field("certificate", own, filename="own.pem")
        async with session.post(f"{server.url}/bot{server.token}/setWebhook", data=form) as answer:
            assert (await answer.json())["result"] is True
        server.world.clock.forward(seconds=1)
        server.world.webhook.wake()
        await server.world.updates.confirmed()
        assert endpoint.seen == ["/start"]
        assert (await call("getWebhookInfo")).result["has_custom_certificate"] is True
    finally:
        await runner.cleanup()


async def test_a_certificate_that_is_none_is_refused(server, session, endpoint):
    form = aiohttp.FormData({"url": endpoint.url})
    form.add_field("certificate", b"nonsense", filename="own.pem")
    async with session.post(f"{server.url}/bot{server.token}/setWebhook", data=form) as answer:
        assert (await answer.json())["description"] == "Bad Request: bad webhook: Can't create an SSL context"
