"""Each kind of row, on a channel in memory: it does its own, and what it cannot do it does in another way."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.port import RefusedError
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


async def test_what_a_former_version_has_put_there_still_leaves(office: Office) -> None:
    chat = await office.chat()
    await office.put(Outgoing(chat.id, "notice", {"chat_id": 1, "text": "Van vroeger"}))
    assert await office.send() == [("send", 1, "Van vroeger")]


async def test_what_does_not_go_at_once_goes_one_by_one_and_what_cannot_stays(office: Office) -> None:
    await office.tells(await office.chat(), "sweep", {"message_ids": [7, 8, 9]})
    office.line.fails = {"sweep": [RefusedError()], "delete": [RefusedError()]}
    assert await office.send() == [("delete", 1, 8), ("delete", 1, 9)]
    assert await office.rows() == [("sweep", "sent", None)]


async def test_a_former_screen_that_is_too_old_to_go_keeps_a_neutral_line(office: Office) -> None:
    await office.tells(await office.chat(), "clear", saying("Ga hieronder verder") | {"message_id": 7})
    office.line.fails["delete"] = [RefusedError()]
    assert await office.send() == [("edit", 1, (7, "Ga hieronder verder"))]


async def test_a_fold_that_is_refused_is_as_good_as_done(office: Office) -> None:
    chat = await office.chat(screen=50, newest=60)
    await office.tells(chat, "fold", DAG)
    office.line.fails["edit"] = [RefusedError()]
    await office.send()
    assert await office.standing(chat) == (50, 60, True)
    assert await office.told() == []
