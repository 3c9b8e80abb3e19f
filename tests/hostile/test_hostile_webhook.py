"""What comes to the webhook and should not: refused at the door, with nothing of it stored or logged."""

from __future__ import annotations

import gzip
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import aiohttp
from sqlalchemy import text

from bot.channels.telegram.webhook import LARGEST_BODY, SECRET_HEADER, Endpoint
from tests.hostile.scene import CANARY, NOT_UNDERSTOOD, QUESTION, SECOND_QUESTION, Scenario, Scene, numbered, registry
from tests.house import settings_for

SCENARIOS, hostile = registry()

SECRET = "a-webhook-secret-that-must-not-show"
PATH = "/telegram/kanarie"
OLD = "Dat bericht is oud. Geldt het nog? Typ het dan nog een keer."
WRITE = "Typ je bericht aan"


class Door:
    """The webhook's endpoint on a real port, and a caller of it."""

    def __init__(self, endpoint: Endpoint, session: aiohttp.ClientSession) -> None:
        self.endpoint = endpoint
        self.session = session
        self.woken = 0

    async def knock(self, body: Any, *, path: str = PATH, method: str = "POST", **headers: str) -> int:
        """Send a body with the right secret unless told otherwise; returns the status."""
        named = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
        named |= {key.replace("_", "-"): value for key, value in headers.items()}
        url = f"http://127.0.0.1:{self.endpoint.port}{path}"
        data = BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        async with self.session.request(method, url, data=data, headers=named) as answer:
            assert await answer.text() == ""
            return answer.status

    async def bring(self, update_id: int, **content: Any) -> int:
        """Bring an update as Telegram does."""
        return await self.knock({"update_id": update_id, **content})


@asynccontextmanager
async def door(scene: Scene) -> AsyncIterator[Door]:
    """The endpoint of the running program."""
    scene.canaries |= {SECRET, "must-not-show"}
    url = f"http://127.0.0.1:8081{PATH}"
    settings = settings_for(
        scene.house.folder, scene.house.server.url, webhook_url=url, webhook_secret=SECRET, listen="127.0.0.1:0"
    )
    async with aiohttp.ClientSession() as session:
        opened: list[Door] = []

        def arrived() -> None:
            opened[0].woken += 1

        async with Endpoint(scene.house.app.reception, settings, arrived) as endpoint:
            opened.append(Door(endpoint, session))
            yield opened[0]


async def stored(scene: Scene) -> int:
    """Return how many updates were ever stored."""
    async with scene.house.app.database.read() as connection:
        return int((await connection.exec_driver_sql("SELECT count(*) FROM inbox")).scalar_one())


@hostile(1)
async def bodies_that_are_no_updates(scene: Scene) -> None:
    message = scene.raw(scene.samira, 900, text=CANARY)
    update = json.dumps({"update_id": 9001, "message": message})
    bodies = [
        b"",
        CANARY.encode(),
        update.encode()[:-1],
        update.encode() + b"}",
        b'{"update_id": 9001, "message": "' + "kanariegeel é".encode("latin-1") + b'"}',
        update.encode("utf-16"),
        update.encode("utf-8-sig"),
        b"\xff\xfe" + CANARY.encode(),
        b'{"update_id": 9001, "x": NaN}',
        b'{"update_id": 9001, "x": ' + b"9" * 5000 + b"}",
        b"null",
        b"5",
        f'"{CANARY}"'.encode(),
        f"[{update}]".encode(),
    ]
    # Without a number of Telegram's it might pass for an update of our own.
    ours = {"voorzorg": {"kind": "unreachable", "telegram_id": scene.samira.id}}
    strange = [{}, {"message": message}, ours, ours | {"update_id": None}, {"update_id": "9001"}, {"update_id": True}]
    strange += [{"update_id": 9001.0}, {"update_id": [9001]}]
    async with door(scene) as door_, scene.nothing_changes():
        before = await stored(scene)
        for body in [*bodies, *(json.dumps(thing).encode() for thing in strange)]:
            assert await door_.knock(body) == 400, body
        assert await door_.knock(b"no gzip", Content_Encoding="gzip") == 400
        assert door_.endpoint.refused == {"body": len(bodies) + len(strange) + 1}
        assert (await stored(scene), door_.woken) == (before, 0)
    await scene.house.pump()
    assert scene.seen(scene.samira) == QUESTION


@hostile(2)
async def who_does_not_know_the_secret(scene: Scene) -> None:
    update = {"update_id": 9001, "message": scene.raw(scene.samira, 900, text=CANARY)}
    wrong = ["", SECRET[:-1], SECRET + "x", SECRET.upper(), CANARY, "é", "a" * 4000]
    async with door(scene) as door_, scene.nothing_changes():
        before = await stored(scene)
        for secret in wrong:
            assert await door_.knock(update, **{SECRET_HEADER: secret}) == 403, secret
        url = f"http://127.0.0.1:{door_.endpoint.port}{PATH}"
        async with door_.session.post(url, json=update) as answer:
            assert answer.status == 403
        # Who does not know it cannot make us read, either.
        async with door_.session.post(url, data=bytes(LARGEST_BODY)) as answer:
            assert answer.status == 403
        assert door_.endpoint.refused == {"secret": len(wrong) + 2}
        assert await door_.knock(update, path="/") == 404
        assert await door_.knock(update, path=PATH + "/x") == 404
        assert await door_.knock(update, method="PUT") == 404
        assert (await stored(scene), door_.woken) == (before, 0)
        assert await door_.knock(update) == 200
        assert (await stored(scene), door_.woken) == (before + 1, 1)
    await scene.house.pump()


@hostile(3)
async def bodies_that_are_too_large(scene: Scene) -> None:
    def update(size: int) -> bytes:
        message = scene.raw(scene.samira, 900, text=CANARY)
        whole = json.dumps({"update_id": 9001, "message": message, "filling": ""})
        return whole.replace('"filling": ""', f'"filling": "{"a" * (size - len(whole))}"').encode()

    async def in_pieces(body: bytes) -> AsyncIterator[bytes]:
        for at in range(0, len(body), 2**16):
            yield body[at : at + 2**16]

    async with door(scene) as door_, scene.nothing_changes():
        before = await stored(scene)
        assert await door_.knock(update(LARGEST_BODY + 1)) == 413
        url = f"http://127.0.0.1:{door_.endpoint.port}{PATH}"
        headers = {SECRET_HEADER: SECRET}
        # Nobody said how large it would be.
        async with door_.session.post(url, data=in_pieces(update(LARGEST_BODY + 1)), headers=headers) as answer:
            assert answer.status == 413
        # A small one that becomes large.
        assert await door_.knock(gzip.compress(update(50 * LARGEST_BODY)), Content_Encoding="gzip") == 413
        assert (await stored(scene), door_.woken) == (before, 0)
        assert door_.endpoint.refused == {"size": 3}
        assert await door_.knock(update(LARGEST_BODY)) == 200
        assert await stored(scene) == before + 1
    await scene.house.pump()


@hostile(4)
async def json_that_is_nested_deep(scene: Scene) -> None:
    def nested(depth: int, opening: str, closing: str) -> bytes:
        return f'{{"update_id": 9001, "message": {opening * depth}{closing * depth}}}'.encode()

    async with door(scene) as door_, scene.nothing_changes():
        before = await stored(scene)
        for depth in (100, 900, 1_000, 10_000, 100_000):
            assert await door_.knock(nested(depth, "[", "]")) == 400, depth
        assert await door_.knock(nested(10_000, '{"a":', "}").replace(b":}", b":1}", 1)) == 400
        assert await door_.knock(b"[" * 1_000_000) == 400
        assert (await stored(scene), door_.woken) == (before, 0)
        # As deep as Telegram's own is no matter.
        message = scene.raw(scene.samira, 900, text=CANARY, thing=[[[[[[[[{"a": [[]]}]]]]]]]])
        assert await door_.bring(9002, message=message) == 200
        assert await stored(scene) == before + 1
    await scene.house.pump()
    assert scene.seen(scene.samira).startswith(NOT_UNDERSTOOD)


@hostile(5)
async def updates_that_come_again(scene: Scene) -> None:
    button = scene.samira.last.buttons[0][0][1]
    message = scene.raw(scene.samira, scene.samira.last.message_id)
    query = {"id": "77", "from": scene.samira.person, "chat_instance": "1", "data": button, "message": message}
    async with door(scene) as door_:
        before = await stored(scene)
        # Again before it is handled, by a Telegram that did not hear us; and again afterwards.
        assert [await door_.bring(9001, callback_query=query) for _ in range(3)] == [200, 200, 200]
        assert await stored(scene) == before + 1
        await scene.house.pump()
        assert (await scene.house.document(scene.ref))["answers"] == {"wish": "report"}
        assert SECOND_QUESTION in scene.seen(scene.samira)
        scene.question = SECOND_QUESTION
        count = len(scene.samira.messages)
        async with scene.nothing_changes():
            assert await door_.bring(9001, callback_query=query) == 200
            # The number counts, whatever else it holds.
            assert await door_.bring(9001, message=scene.raw(scene.samira, 901, text=CANARY)) == 200
            await scene.house.pump()
        assert (await stored(scene), len(scene.samira.messages)) == (before + 1, count)
        # What could not be stored is not acknowledged, and stored when it comes again.
        async with scene.house.app.database.write() as connection:
            await connection.execute(text("ALTER TABLE inbox RENAME TO away"))
        text_ = scene.raw(scene.samira, 902, text=CANARY)
        assert await door_.bring(9002, message=text_) == 500
        assert door_.endpoint.refused == {"storage": 1}
        async with scene.house.app.database.write() as connection:
            await connection.execute(text("ALTER TABLE away RENAME TO inbox"))
        assert await door_.bring(9002, message=text_) == 200
        assert await stored(scene) == before + 2
    await scene.house.pump()


@hostile(6)
async def updates_out_of_order_and_very_old(scene: Scene) -> None:
    button = scene.samira.last.buttons[0][0][1]
    screen = scene.raw(scene.samira, scene.samira.last.message_id)
    query = {"id": "77", "from": scene.samira.person, "chat_instance": "1", "data": button, "message": screen}
    years_ago = scene.world.seconds() - 5 * 365 * 86400
    async with door(scene) as door_:
        # The tap overtakes what was typed before it: each is handled on what is so when it comes.
        assert await door_.bring(9002, callback_query=query) == 200
        await scene.house.pump()
        assert (await scene.house.document(scene.ref))["answers"] == {"wish": "report"}
        scene.question = SECOND_QUESTION
        async with scene.nothing_changes():
            assert await door_.bring(9001, message=scene.raw(scene.samira, 899, text=CANARY)) == 200
            await scene.house.pump()
            assert scene.seen(scene.samira).startswith(NOT_UNDERSTOOD)
            await scene.house.tap(scene.samira, "Terug naar de vraag")
            assert SECOND_QUESTION in scene.seen(scene.samira)
            # The same tap under another number is an old button by now.
            assert await door_.bring(8000, callback_query=query | {"id": "78"}) == 200
            # Written more than a day ago: asked once more, whatever it was. From a time that has still to come: now.
            day_ago = scene.world.seconds() - 86_400
            commands = {"entities": [{"type": "bot_command", "offset": 0, "length": 8}]}
            for number, date, reply in (
                (1, years_ago, OLD),
                (2**62, 0, OLD),
                (9003, -1, OLD),
                (9004, day_ago - 1, OLD),
                (9005, day_ago, WRITE),
                (2**31 + 5, 2**31 + 5, WRITE),
            ):
                said = scene.raw(scene.samira, 905, text="/bericht", **commands) | {"date": date}
                assert await door_.bring(number, message=said) == 200
                await scene.house.pump()
                assert scene.seen(scene.samira).startswith(reply), date
                await scene.house.say(scene.samira, "/start")
                assert SECOND_QUESTION in scene.seen(scene.samira)
            for number, kind in ((9006, "message"), (9007, "edited_message")):
                said = scene.raw(scene.samira, 905, photo=[], text=f"/bericht {CANARY}", **commands)
                assert await door_.bring(number, **{kind: said | {"date": years_ago}}) == 200
                await scene.house.pump()
                assert scene.seen(scene.samira).startswith(f"{OLD}\n\n")
            # What came in time and had to wait for us is not old.
            assert await door_.bring(9008, message=scene.raw(scene.samira, 906, text=CANARY)) == 200
            scene.house.clock.forward(hours=30)
            await scene.house.pump()
            assert scene.seen(scene.samira).startswith(NOT_UNDERSTOOD)
        # A number that no database holds is nobody's.
        ignored = scene.house.app.reception.ignored
        assert await door_.bring(2**63, message=screen) == 200
        assert scene.house.app.reception.ignored == ignored + 1


@numbered(SCENARIOS)
async def test_the_webhook_lets_only_telegram_in(scene: Scene, scenario: Scenario) -> None:
    await scene.play(scenario)
