"""Each kind of row, on a channel in memory: it does its own, and what it cannot do it does in another way."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.port import LaterError, RefusedError
from storage.queues.outbox import Outgoing
from tests.delivery.alone.line import Office, saying

DAG = saying("Dag")


def delete(number: int) -> dict[str, Any]:
    return {"message_id": number}


@pytest.mark.parametrize(
    ("kind", "said", "done"),
    [
        ("notice", DAG, [("send", 1, "Dag")]),
        ("delete", {"message_id": 7}, [("delete", 1, 7)]),
        ("clear", DAG | {"message_id": 7}, [("delete", 1, 7)]),
        ("sweep", {"message_ids": [7, 8]}, [("sweep", 1, [7, 8])]),
        ("menu", {"commands": [{"command": "plan"}]}, [("menu", 1, [{"command": "plan"}])]),
        ("menu", {"to": None, "commands": []}, [("menu", None, [])]),
        ("leave", {}, [("leave", 1, None)]),
        ("answer", {"tap": "t", "text": "Oké"}, [("answer", None, ("t", "Oké"))]),
        ("inline", {"query": "q"}, [("inline", None, "q")]),
        ("fold", DAG, [("edit", 1, (50, "Dag"))]),
    ],
)
async def test_each_kind_does_its_own(office: Office, kind: str, said: dict[str, Any], done: list[Any]) -> None:
    chat = await office.chat(screen=50, newest=50)
    await office.tells(chat, kind, said)
    assert await office.send() == done
    assert await office.rows() == [(kind, "sent", None)]
    assert (await office.standing(chat))[2] is (kind == "fold")


async def test_a_code_comes_as_a_picture_with_its_words(office: Office) -> None:
    chat = await office.chat()
    await office.tells(chat, "qr", {"link": "https://t.me/a_bot?start=x", "caption": "Scan"})
    [(way, to, code)] = await office.send()
    assert (way, to) == ("attach", 1)
    assert code.content.startswith(b"\x89PNG")
    assert (code.name, code.caption, code.picture, code.marked_up) == ("code.png", "Scan", True, True)
    assert await office.standing(chat) == (None, 101, False)


@pytest.mark.parametrize(
    ("kind", "said", "done"),
    [
        ("notice", {"chat_id": 1, "text": "Van vroeger"}, ("send", 1, "Van vroeger")),
        ("answer", {"callback_query_id": "t", "text": "Oké"}, ("answer", None, ("t", "Oké"))),
        ("inline", {"inline_query_id": "q"}, ("inline", None, "q")),
        ("menu", {"scope": {"chat_id": 1}, "commands": []}, ("menu", 1, [])),
    ],
)
async def test_what_a_former_version_has_put_there_still_leaves(
    office: Office, kind: str, said: dict[str, Any], done: Any
) -> None:
    chat = await office.chat()
    await office.put(Outgoing(chat.id, kind, said))
    assert await office.send() == [done]


@pytest.mark.parametrize(
    ("kind", "way", "said"),
    [
        ("notice", "send", DAG),
        ("fold", "edit", DAG),
        ("delete", "delete", {"message_id": 7}),
        ("clear", "delete", DAG | {"message_id": 7}),
        ("sweep", "delete", {"message_ids": [7]}),
        ("menu", "menu", {"commands": []}),
        ("leave", "leave", {}),
        ("inline", "inline", {"query": "q"}),
        ("answer", "answer", {"tap": "t", "text": ""}),
    ],
)
async def test_each_kind_that_is_refused_for_a_while_holds_its_own_way_in_its_chat(
    office: Office, kind: str, way: str, said: dict[str, Any]
) -> None:
    await office.tells(await office.chat(screen=50, newest=50), kind, said)
    office.line.fails = {call: [LaterError("429", 30)] for call in (way, kind)}
    await office.send()
    held = {other: office.delivery.holds.held(1, other) for other in ("send", "edit", "delete", "menu", "leave", way)}
    assert {other for other, seconds in held.items() if seconds} == {way}
    assert held[way] == 30
    # An answer to a tap is never tried again.
    assert await office.rows() == [(kind, "failed" if kind == "answer" else "open", "429")]


async def test_what_does_not_go_at_once_goes_one_by_one_and_what_cannot_stays(office: Office) -> None:
    await office.tells(await office.chat(), "sweep", {"message_ids": [7, 8, 9]})
    office.line.fails = {"sweep": [RefusedError()], "delete": [RefusedError()]}
    assert await office.send() == [("delete", 1, 8), ("delete", 1, 9)]
    assert await office.rows() == [("sweep", "sent", None)]


async def test_a_former_screen_that_is_too_old_to_go_keeps_a_neutral_line(office: Office) -> None:
    await office.tells(await office.chat(), "clear", saying("Ga hieronder verder") | {"message_id": 7})
    office.line.fails["delete"] = [RefusedError()]
    assert await office.send() == [("edit", 1, (7, "Ga hieronder verder"))]


@pytest.mark.parametrize(
    ("kind", "refused", "way", "said"),
    [
        ("sweep", "sweep", "delete", {"message_ids": [7, 8]}),
        ("clear", "delete", "edit", DAG | {"message_id": 7}),
    ],
)
async def test_what_is_tried_in_another_way_is_held_in_that_way(
    office: Office, kind: str, refused: str, way: str, said: dict[str, Any]
) -> None:
    await office.tells(await office.chat(), kind, said)
    office.line.fails = {refused: [RefusedError()], way: [LaterError("429", 30)]}
    await office.send()
    assert office.delivery.holds.held(1, way) == 30
    assert await office.rows() == [(kind, "open", "429")]


async def test_a_fold_that_is_refused_is_as_good_as_done(office: Office) -> None:
    chat = await office.chat(screen=50, newest=60)
    await office.tells(chat, "fold", DAG)
    office.line.fails["edit"] = [RefusedError()]
    await office.send()
    assert await office.standing(chat) == (50, 60, True)
    assert await office.told() == []
