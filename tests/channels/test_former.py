"""What a former version put into the outbox, as Telegram's own JSON, still leaves after an upgrade."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.channels.telegram.former import modern
from storage.queues.outbox import KINDS, Outgoing
from storage.schema import outbox
from tests.house import House

WORDS: dict[str, Any] = {"parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def _keyboard(label: str, data: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": data}]]}


async def test_what_waits_at_an_upgrade_still_arrives(house: House) -> None:
    ref = await house.case()
    phone = await house.arrived(ref)
    case = await house.load(ref)
    async with house.app.database.read() as connection:
        chat = (await house.stores.chats.of_cases(connection, [case.id]))[case.id]
    to, screen = {"chat_id": chat.telegram_id}, chat.screen_message
    rows = [
        Outgoing(chat.id, "answer", {"callback_query_id": "no-such-tap", "text": ""}),
        Outgoing(
            chat.id, "menu", {"scope": {"type": "chat"} | to, "commands": [{"command": "plan", "description": "x"}]}
        ),
        Outgoing(
            chat.id, "notice", to | WORDS | {"text": "Van toen", "reply_markup": _keyboard("👀 Laat zien", "x:y")}
        ),
        Outgoing(chat.id, "screen", to | WORDS | {"text": "Een scherm", "reply_markup": _keyboard("Verder", "z:y")}),
        Outgoing(chat.id, "qr", to | {"link": "https://t.me/x?start=y", "caption": "Of typ", "parse_mode": "HTML"}),
        Outgoing("", "clear", to | {"message_id": screen, "text": "⬇️ Ga hieronder verder."}),
    ]
    async with house.app.database.write() as connection:
        await house.app.rounds.outbox.add(connection, rows, house.clock.now())
    for _ in range(5):
        await house.pump()
        house.clock.forward_to(house.clock.now() + timedelta(seconds=5))
    shown = phone.dump()
    assert "Van toen" in shown
    assert "[👀 Laat zien]" in shown
    assert "Een scherm" in shown
    assert "[Verder]" in shown
    assert "Of typ <photo" in shown
    async with house.app.database.read() as connection:
        left = (await connection.execute(select(outbox.c.kind).where(outbox.c.state == "open"))).scalars().all()
    assert left == []


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("answer", {"tap": "1", "text": ""}),
        ("inline", {"query": "1"}),
        ("menu", {"to": None, "commands": []}),
        ("screen", {"to": 7, "screen": ["x", []], "number": 3}),
        ("delete", {"to": 7, "message_id": 4}),
        ("errand", {"to": 7, "kind": "overview"}),
    ],
)
def test_what_is_written_today_is_what_it_is(kind: str, said: dict[str, Any]) -> None:
    assert modern(kind, said) == said


async def test_a_menu_that_nobody_can_read_any_more_holds_up_nobody(house: House) -> None:
    phone = await house.arrived(await house.case())
    async with house.app.database.write() as connection:
        damaged = Outgoing("", "menu", {"to": None, "commands": []})
        await house.app.rounds.outbox.add(connection, [damaged], house.clock.now())
        await connection.execute(outbox.update().where(outbox.c.key == damaged.key).values(payload=b"nothing"))
    await house.say(phone, "/help")
    async with house.app.database.read() as connection:
        state = await connection.execute(select(outbox.c.state).where(outbox.c.key == damaged.key))
        assert state.scalar_one() == "parked"
        left = (await connection.execute(select(outbox.c.kind).where(outbox.c.state == "open"))).scalars().all()
    assert left == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_that_nobody_can_read_any_more_holds_up_no_other(kind: str) -> None:
    assert modern(kind, {}) == {}


def test_the_line_that_came_in_place_of_a_screen_is_kept_apart() -> None:
    former = {"chat_id": 7, "text": "Woorden", "stub": {"text": "Voorzorg is er voor je."}}
    assert modern("screen", former) == {
        "to": 7,
        "made": {"text": "Woorden"},
        "stub": {"made": {"text": "Voorzorg is er voor je."}},
    }
