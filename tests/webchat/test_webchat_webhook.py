"""A webhook is set, changed and deleted, and refused in Telegram's words."""

from __future__ import annotations

import asyncio
import ssl
from datetime import datetime, timedelta
from ipaddress import ip_address

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.webchat.server import Server
from storage.clock import SystemClock
from tests.webchat.endpoint import ACTIVE, Endpoint, serve, status, what


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
