"""The phones over HTTP: for the page, and for tests in another process."""

from __future__ import annotations

import asyncio
import base64
import json
import signal
import sys
from datetime import UTC, datetime

import pytest

from bot.webchat.letter import Letter
from bot.webchat.phone import PATIENCE
from bot.webchat.server import Server
from storage.clock import SetClock

YES = {"inline_keyboard": [[{"text": "Ja", "callback_data": "j"}]]}


async def act(session, server, phone, verb, **body):
    async with session.post(f"{server.url}/phones/{phone.id}/{verb}", json=body) as answer:
        return answer.status, await answer.json()


async def test_what_a_person_does_over_http_arrives_as_updates(session, server, call, sam):
    await call(
        "sendMessage",
        chat_id=sam.id,
        text="?",
        reply_markup={"inline_keyboard": [[{"text": "Ja", "callback_data": "j"}]]},
    )
    asked = sam.last.message_id
    assert await act(session, server, sam, "say", text="hallo") == (200, {"ok": True, "result": 3})
    await act(session, server, sam, "reply", message_id=asked, text="hierop")
    await act(session, server, sam, "tap", button="Ja")
    await act(session, server, sam, "tap", message_id=asked, data="j")
    await act(session, server, sam, "document", name="a.txt", content=base64.b64encode(b"abc").decode())
    await act(session, server, sam, "block")
    kinds = [next(key for key in update if key != "update_id") for update in await call.updates(offset=1001)]
    assert kinds == ["message", "message", "callback_query", "callback_query", "message", "my_chat_member"]
    async with session.get(f"{server.url}/phones/{sam.id}/files/5") as answer:
        assert await answer.read() == b"abc"
        assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''a.txt"


async def test_a_photo_with_its_content_and_the_end_of_an_account_go_over_http_too(session, server, call, sam):
    content = base64.b64encode(b"\xff\xd8\xff een foto").decode()
    await act(session, server, sam, "photo", content=content, caption="Mijn brief")
    message = (await call.updates(offset=1001))[0]["message"]
    assert (message["caption"], message["photo"][-1]["file_size"]) == ("Mijn brief", 12)
    await act(session, server, sam, "photo")
    assert (await act(session, server, sam, "deactivate"))[0] == 200
    assert (await act(session, server, sam, "say", text="hallo?"))[0] == 400


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("say", {}),
        ("start", {"payload": "a b"}),
        ("photo", {"content": "?"}),
        ("say", {"text": " "}),
        ("say", {"text": 5}),
        ("tap", {"button": "Nee"}),
        ("document", {"name": "a", "content": "?"}),
    ],
)
async def test_nonsense_is_refused_and_changes_nothing(session, server, sam, verb, body):
    status, answer = await act(session, server, sam, verb, **body)
    assert (status, answer["ok"]) == (400, False)
    assert len(sam.messages) == 1


async def test_phones_can_be_made_named_and_shown(session, server):
    async with session.post(f"{server.url}/phones", json={"first_name": "Lea", "title": "Lea, helper"}) as answer:
        assert answer.status == 201
        lea = await answer.json()
    async with session.get(f"{server.url}/phones") as answer:
        assert await answer.json() == [{"id": lea["id"], "name": "Lea", "title": "Lea, helper"}]
    server.world.chats[lea["id"]].letter = Letter("Gemeente", ("Beste Lea",), "code", hint="Scan", code="AB-12")
    async with session.get(f"{server.url}/phones/{lea['id']}") as answer:
        assert (await answer.json())["letter"] == {
            "title": "Gemeente",
            "lines": ["Beste Lea"],
            "code": "AB-12",
            "hint": "Scan",
            "payload": "code",
        }
    async with session.get(f"{server.url}/phones/5") as answer:
        assert answer.status == 404


async def test_the_live_line_sends_everything_first_and_then_each_change(session, server, call, sam):
    async with session.ws_connect(f"{server.url}/phones/live") as line:
        first = json.loads(await line.receive_str())
        assert [phone["id"] for phone in first["phones"]] == [sam.id]
        assert first["clock"] is None
        lea = server.world.phone("Lea")
        assert [phone["id"] for phone in json.loads(await line.receive_str())["phones"]] == [lea.id]
        await call("sendMessage", chat_id=sam.id, text="Dag <b>Sam</b>", parse_mode="HTML")
        (changed,) = json.loads(await line.receive_str())["phones"]
        assert changed["messages"][-1]["text"] == "Dag Sam"
        assert changed["messages"][-1]["day"] == "dinsdag 24 november 2026"
        assert changed["messages"][-1]["time"] == "10:00"
        assert changed["notices"] == {"count": 1, "last": "Dag Sam"}


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}])
async def test_another_site_in_the_same_browser_may_not_touch_the_phones(session, server, sam, headers):
    for path in ("phones", f"phones/{sam.id}", "phones/live"):
        async with session.get(f"{server.url}/{path}", headers=headers) as answer:
            assert answer.status == 403
    async with session.post(f"{server.url}/phones/{sam.id}/say", json={"text": "?"}, headers=headers) as answer:
        assert answer.status == 403
    async with session.post(f"{server.url}/phones/{sam.id}/say", data=b'{"text": "?"}') as answer:
        assert answer.status == 415
    assert len(sam.messages) == 1


async def test_the_page_may_load_nothing_from_elsewhere(session, server):
    async with session.get(server.url) as answer:
        policy = answer.headers["Content-Security-Policy"]
        page = await answer.text()
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "http://" not in page
    assert "https://" not in page
    for path in ("/phones.css", "/chat.css", "/phones.js", "/phone.js", "/message.js"):
        async with session.get(server.url + path) as answer:
            assert answer.status == 200
    async with session.get(server.url + "/nothing.js") as answer:
        assert answer.status == 404


async def test_without_an_owner_the_clock_is_not_there(session, server):
    async with session.post(f"{server.url}/clock", json={"to": "week"}) as answer:
        assert answer.status == 404


async def test_the_clock_moves_by_an_hour_to_the_next_morning_and_to_that_of_a_week_later(session):
    # Amsterdam, four days before the clocks go back: 9:30 there is 7:30 UTC, and 8:30 UTC a week later.
    clock = SetClock(datetime(2026, 10, 21, 7, 30, tzinfo=UTC))

    async def move(moment):
        clock.forward_to(moment)

    async with Server(clock=clock, on_clock=move) as server:
        times = []
        for to in ("hour", "morning", "week"):
            async with session.post(f"{server.url}/clock", json={"to": to}) as answer:
                times.append(await answer.json())
        async with session.post(f"{server.url}/clock", json={"to": "yesterday"}) as answer:
            assert answer.status == 400
    assert [f"{time['day']} {time['time']}" for time in times] == [
        "woensdag 21 oktober 2026 10:30 uur",
        "donderdag 22 oktober 2026 10:00 uur",
        "donderdag 29 oktober 2026 10:00 uur",
    ]
    assert clock.now() == datetime(2026, 10, 29, 9, 0, tzinfo=UTC)


async def test_it_runs_as_a_process_of_its_own_until_it_is_told_to_stop(session):
    command = [sys.executable, "-m", "bot.webchat", "--port", "0", "--token", "7:t"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        url = json.loads(await process.stdout.readline())["url"]
        async with session.get(f"{url}/bot7:t/getMe") as answer:
            assert (await answer.json())["result"]["id"] == 7
        async with session.ws_connect(f"{url}/phones/live"), asyncio.timeout(PATIENCE):
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
