"""The whole program on a webhook: Telegram brings, we answer; and how it changes from fetching to being brought."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError
from telegram.error import Conflict

from bot.channels.telegram import incoming
from bot.channels.telegram.webhook import CONNECTIONS, SECRET_HEADER, Endpoint
from bot.settings import Settings
from bot.webchat.phone import PATIENCE
from bot.webchat.telegram import faults
from bot.wiring import Voorzorg
from tests.house import House, open_house, settings_for

SECRET = "a-webhook-secret-that-must-not-show"
WELCOME = "Hallo, ik ben Voorzorg"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as somewhere:
        somewhere.bind(("127.0.0.1", 0))
        return int(somewhere.getsockname()[1])


def on_a_webhook(**more: Any) -> dict[str, Any]:
    """Return settings with a webhook on this machine."""
    port = free_port()
    return {
        "webhook_url": f"http://127.0.0.1:{port}/telegram",
        "webhook_secret": SecretStr(SECRET),
        "listen": f"127.0.0.1:{port}",
    } | more


@asynccontextmanager
async def running(folder: Path, **settings: Any) -> AsyncIterator[House]:
    """A house whose program runs by itself."""
    async with open_house(folder, poll_seconds=50, **settings) as house:
        await house.app.start()
        yield house


async def failure(house: House) -> BaseException:
    """Wait until the program cannot go on, and return why."""
    async with asyncio.timeout(PATIENCE):
        with pytest.raises(Exception) as caught:  # noqa: PT011 (whatever it is)
            await house.app.failed
    return caught.value


async def webhook_of(house: House) -> dict[str, Any]:
    assert house.app.bot is not None
    info: dict[str, Any] = await house.app.bot.do_api_request("getWebhookInfo")
    return info


async def test_updates_are_brought_and_answered(tmp_path: Path) -> None:
    async with running(tmp_path, **on_a_webhook()) as house:
        sam = house.world.phone("Sam")
        sam.start()
        await sam.wait_for(WELCOME)
        info = await webhook_of(house)
        assert (info["url"], info["max_connections"]) == (house.settings.webhook_url, CONNECTIONS)
        assert "callback_query" in info["allowed_updates"]
        await house.world.updates.confirmed()


async def test_what_comes_while_it_stands_still_is_brought_when_it_runs_again(tmp_path: Path) -> None:
    settings = on_a_webhook()
    async with open_house(tmp_path, **settings) as house:
        await house.app.start()
        sam = house.world.phone("Sam")
        sam.start()
        await sam.wait_for(WELCOME)
        await house.app.stop()
        # Telegram keeps the webhook, and what it cannot bring.
        sam.say("wie is dit?")
        await house.world.webhook.settled()
        assert house.world.webhook.url == settings["webhook_url"]
        assert house.world.updates.pending == 1
        house.app = Voorzorg(house.settings, house.clock)
        await house.app.open()
        set_again = house.server.faults.add("setWebhook", faults.slow(0))
        await house.app.start()
        async with asyncio.timeout(PATIENCE):
            await set_again.spent()
        house.clock.forward(seconds=2)
        house.world.webhook.wake()
        await sam.wait_for("Dat lees ik niet als een code")


async def test_where_updates_were_brought_before_they_are_fetched_and_none_is_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with open_house(tmp_path, poll_seconds=50) as house:
        assert house.app.bot is not None
        sam = house.world.phone("Sam")
        sam.start()
        await house.app.bot.set_webhook(f"http://127.0.0.1:{free_port()}/elsewhere")
        with pytest.raises(Conflict):
            await house.app.reception.poll()
        await house.app.start()
        await sam.wait_for(WELCOME)
        assert (await webhook_of(house))["url"] == ""
    assert "".join(capsys.readouterr()).count("updates went to a webhook") == 1


async def test_who_sets_a_webhook_again_is_another_process(tmp_path: Path) -> None:
    async with open_house(tmp_path, poll_seconds=50) as house:
        assert house.app.bot is not None
        bot = house.app.bot
        await bot.set_webhook(f"http://127.0.0.1:{free_port()}/elsewhere")
        await house.app.start()
        async with asyncio.timeout(PATIENCE):
            await house.world.updates.listening()
        await bot.set_webhook(f"http://127.0.0.1:{free_port()}/elsewhere")
        error = await failure(house)
        assert isinstance(error, RuntimeError)
        assert "Another process" in str(error)


async def test_an_address_that_telegram_refuses_is_named_with_its_reason(tmp_path: Path) -> None:
    settings = on_a_webhook(webhook_url="https://bot.example.nl:5000/telegram")
    async with running(tmp_path, **settings) as house:
        error = await failure(house)
        assert str(error) == (
            "VOORZORG_WEBHOOK_URL: Telegram refuses it: "
            "Bad webhook: webhook can be set up only on ports 80, 88, 443 or 8443"
        )


async def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = on_a_webhook(listen=f"127.0.0.1:{taken.getsockname()[1]}")
        async with running(tmp_path, **settings) as house:
            error = await failure(house)
            assert str(error).startswith("VOORZORG_LISTEN: ")
            assert house.world.webhook.url == ""


async def test_telegram_may_ask_for_patience_and_be_away_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "BACKOFF", (0, 0, 0))
    async with open_house(tmp_path, **on_a_webhook()) as house:
        house.server.faults.add("setWebhook", faults.error(500, "Internal Server Error"))
        house.server.faults.add("setWebhook", faults.drop_after)
        plan = house.server.faults.add("setWebhook", faults.error(429, "Too Many Requests", retry_after=0.01))  # type: ignore[arg-type]
        await house.app.start()
        sam = house.world.phone("Sam")
        sam.start()
        await sam.wait_for(WELCOME)
        assert plan.hits == 1


async def test_the_secret_shows_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    async with running(tmp_path, **on_a_webhook()) as house:
        sam = house.world.phone("Sam")
        sam.start()
        await sam.wait_for(WELCOME)
        assert SECRET not in repr(house.settings)
    assert SECRET not in f"{caplog.text}{capsys.readouterr()}"


async def test_what_is_no_http_at_all_is_not_logged(
    house: House, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_for(house.folder, house.server.url, **on_a_webhook())
    async with Endpoint(house.app.reception, settings, lambda: None) as endpoint:
        for nonsense in (b"\x16\x03\x01kanarie\r\n\r\n", b"POST /telegram HTTP/9.9 kanarie\r\n\r\n"):
            reader, writer = await asyncio.open_connection("127.0.0.1", endpoint.port)
            writer.write(nonsense)
            assert b" 400 " in await reader.readline()
            writer.close()
            await writer.wait_closed()
        # Whoever hangs up half-way has brought nothing.
        _, writer = await asyncio.open_connection("127.0.0.1", endpoint.port)
        head = f"POST /telegram HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {SECRET}\r\nContent-Length: 99"
        writer.write(f"{head}\r\n\r\nkanarie".encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()
    logged = f"{caplog.text}{capsys.readouterr()}"
    assert "kanarie" not in logged
    assert SECRET not in logged


GOOD = {"webhook_url": "https://bot.example.nl/telegram", "webhook_secret": SECRET}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"webhook_url": "http://bot.example.nl/telegram"}, "webhook_url"),
        ({"webhook_url": "bot.example.nl"}, "webhook_url"),
        ({"webhook_url": "https://"}, "webhook_url"),
        ({"webhook_secret": ""}, "webhook_secret"),
        ({"webhook_secret": "met spatie"}, "webhook_secret"),
        ({"webhook_secret": "a" * 257}, "webhook_secret"),
        ({"listen": "8081"}, "listen"),
        ({"listen": "127.0.0.1:"}, "listen"),
        ({"listen": "127.0.0.1:65536"}, "listen"),
        ({"listen": "http://127.0.0.1:80"}, "listen"),
    ],
)
def test_a_setting_that_cannot_be_is_named(given: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Settings(_env_file=None, **GOOD | given)  # type: ignore[arg-type, call-arg]
    assert [error["loc"] for error in caught.value.errors()] == [(field,)]
    assert SECRET not in str(caught.value.errors(include_input=False, include_context=False))


def test_settings_for_a_webhook_are_read() -> None:
    settings = Settings(_env_file=None, **GOOD, listen="[::1]:8443")  # type: ignore[arg-type, call-arg]
    assert settings.listen_at == ("::1", 8443)
    # An empty one in the environment is none.
    assert Settings(_env_file=None, webhook_url="").webhook_url is None  # type: ignore[call-arg]
    assert Settings(_env_file=None).listen_at == ("127.0.0.1", 8081)  # type: ignore[call-arg]
