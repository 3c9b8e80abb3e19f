"""Bots that know nothing of this server work with it as they do with Telegram, whatever library they are made with."""

from __future__ import annotations

import pytest
from aiohttp import web

from bot.errands.documents.qr import qr_png
from bot.webchat.server import Server
from bot.webchat.telegram import faults
from tests.webchat.clients import SECRET, Aiogram, Client, PythonTelegramBot


@pytest.fixture(params=["python-telegram-bot", "aiogram"])
def client(request: pytest.FixtureRequest, server: Server, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The same bot with each library."""
    if request.param == "python-telegram-bot":
        monkeypatch.setenv("PTB_TIMEDELTA", "1")  # without it, RetryAfter warns about a type to come
        return PythonTelegramBot(server)
    pytest.importorskip("aiogram", reason="aiogram, the second client, is not installed")
    return Aiogram(server)


async def play(sam) -> None:
    """Do with the bot what it can do."""
    sam.start("code")
    assert (await sam.wait_for("Hallo")).labels == ["Ja", "Nee"]
    sam.tap("Ja")
    assert (await sam.wait_for("Gekozen")).text == "Gekozen: Ja"
    assert sam.toasts == ["Bewaard"]
    sam.send_document("brief.txt", b"beste Sam")
    assert (await sam.wait_for("Hier", fresh=True)).document.content == b"beste Sam"
    sam.send_photo(b"\xff\xd8\xff een foto")
    assert (await sam.wait_for("Hier", fresh=True)).document.content == b"\xff\xd8\xff een foto"


async def test_a_bot_polls_asks_edits_and_takes_and_sends_files(server, client):
    sam = server.world.phone("Sam")
    async with client.polling():
        await play(sam)


async def test_a_bot_on_a_webhook_does_the_same(server, client):
    sam = server.world.phone("Sam")
    refused = []

    async def take(request: web.Request) -> web.Response:
        if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != SECRET:
            refused.append(request)
        await feed(await request.json())
        return web.Response()

    app = web.Application()
    app.router.add_post("/telegram", take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with client.fed(f"http://127.0.0.1:{runner.addresses[0][1]}/telegram") as feed:
            await play(sam)
            await server.world.updates.confirmed()
        assert refused == []
    finally:
        await runner.cleanup()


async def test_a_bot_reads_everything_that_a_phone_sends(server, call, sam, client):
    (
        await call(
            "sendMessage",
            chat_id=sam.id,
            text="?",
            reply_markup={"inline_keyboard": [[{"text": "Ja", "callback_data": "j"}]]},
        )
    )
    for act in ("sticker", "voice", "photo", "location", "contact"):
        getattr(sam, f"send_{act}")()
    sam.send_document("a.pdf", b"1")
    sam.forward("Van een ander")
    sam.reply(1, "Deze")
    sam.edit(sam.last.message_id, "Die")
    sam.tap("Ja")
    sam.tap_data(999, "weg")
    sam.inline("vraag")
    sam.block()
    group = server.world.group()
    group.say("Hallo")
    group.kick_bot()
    server.world.channel().say("Post")
    server.world.upgrade(server.world.group("Buurt", "group"))
    updates = await client.read()
    assert len(updates) == server.world.updates.pending
    assert all(next(key for key in update if key != "update_id") for update in updates)
    assert updates[1]["message"]["sticker"]["emoji"] == "👍"
    assert updates[7]["message"]["forward_origin"]["sender_user_name"] == "Iemand anders"


async def test_a_bot_gets_its_librarys_own_errors(server, sam, client):
    with pytest.raises(client.refused, match=r"(?i)text must be non-empty"):
        await client.send(sam.id, " ")
    with pytest.raises(client.refused, match=r"(?i)chat not found"):
        await client.send(5, "hoi")
    server.faults.add("sendMessage", faults.error(429, "Too Many Requests: retry after 2", retry_after=2))
    with pytest.raises(client.too_many):
        await client.send(sam.id, "hoi")
    sam.block()
    with pytest.raises(client.forbidden, match="bot was blocked by the user"):
        await client.send(sam.id, "hoi")
    lea = server.world.phone("Lea")
    with pytest.raises(client.forbidden, match="bot can't initiate conversation with a user"):
        await client.send(lea.id, "hoi")
    lea.start()
    lea.deactivate()
    with pytest.raises(client.forbidden, match="user is deactivated"):
        await client.send(lea.id, "hoi")


async def test_a_bot_sets_the_menu_of_one_chat_in_one_language(server, sam, client):
    await client.set_menu(sam.id, "nl", plan="Mijn plan", stop="Stoppen")
    assert [command["command"] for command in server.world.menu(sam)] == ["plan", "stop"]
    assert server.world.menu(server.world.phone("Lea")) == []


async def test_a_bot_sends_a_picture_and_is_told_what_is_none(server, sam, client):
    sam.start()
    picture = qr_png("https://t.me/voorzorg_bot")
    file_id = await client.send_photo(sam.id, picture)
    assert (sam.last.text, sam.last.document.content) == ("Kijk", picture)
    assert server.world.files.get(file_id).content == picture
    with pytest.raises(client.refused, match=r"(?i)image_process_failed"):
        await client.send_photo(sam.id, b"%PDF-1.7")
