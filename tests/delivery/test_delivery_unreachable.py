"""Who blocked us, or is not there any more: nothing more is sent, the worker hears it, and a word brings them back."""

from __future__ import annotations

import pytest

from bot.webchat.telegram import faults
from tests.delivery.post import BLOCKED, MESSAGE, QUESTION, Post


@pytest.mark.parametrize(
    "refusal",
    [
        BLOCKED,
        faults.error(403, "Forbidden: user is deactivated"),
        faults.error(400, "Bad Request: chat not found"),
        faults.error(400, "Bad Request: PEER_ID_INVALID"),
    ],
    ids=lambda refusal: refusal.description,
)
async def test_who_cannot_be_reached_gets_nothing_more_and_the_worker_hears_it(
    post: Post, refusal: faults.Refuse
) -> None:
    await post.plan()
    await post.message("Eerste bericht")
    await post.message("Tweede bericht")
    await post.reminder_due()
    waiting = await post.open_rows()
    assert waiting >= 3
    post.faults.add("*", refusal, times=None, chat_id=post.samira.id)
    calls, alerts = post.calls["sendmessage"], len(post.anneke.lock_screen)
    await post.house.pump()
    # One try was enough: all that waited is ended, the reminder is in the worker's hands.
    assert post.calls["sendmessage"] == calls + 1 + len(post.anneke.lock_screen) - alerts
    assert await post.open_rows() == 0
    assert [row for row in await post.outbox("notice") if row[1] == "open"] == []
    assert await post.ledger() == ["handed_to_worker", "planned"]
    assert (await post.chat(post.samira)).blocked_at == post.house.clock.now()
    assert "not_reachable" in await post.waiting_for()
    assert f"⚠️ Kijk hiernaar · {post.ref}" in post.anneke.lock_screen
    # What falls due later goes to the worker too, without another try.
    calls = post.calls["sendmessage"]
    alerts = len(post.anneke.lock_screen)
    await post.reminder_due()
    await post.house.pump()
    assert await post.ledger() == ["handed_to_worker", "handed_to_worker"]
    # It is another day: her list of the day has come too.
    assert post.anneke.lock_screen[alerts:] == [f"⚠️ Kijk hiernaar · {post.ref}", "Je overzicht staat klaar."]
    assert post.calls["sendmessage"] == calls + 2
    assert post.samira.lock_screen == []


async def test_who_blocked_us_and_comes_back_is_helped_again(post: Post) -> None:
    await post.message("Eerste bericht")
    post.samira.block()
    await post.house.pump()
    assert "not_reachable" in await post.waiting_for()
    assert f"⚠️ Kijk hiernaar · {post.ref}" in post.anneke.lock_screen
    # Taking the bot back is not yet talking to it: that begins with a tap of the person.
    post.samira.unblock()
    await post.house.pump()
    assert "not_reachable" in await post.waiting_for()
    assert post.samira.lock_screen == []
    await post.house.say(post.samira, "/start")
    assert "Wil je weer berichten van mij?" in post.samira.last.text
    assert "not_reachable" in await post.waiting_for()
    await post.house.tap(post.samira, "Verder")
    assert QUESTION in post.samira.last.text
    assert "not_reachable" not in await post.waiting_for()
    await post.message("Tweede bericht")
    await post.house.pump()
    assert post.samira.lock_screen[-1] == MESSAGE
    await post.house.tap(post.samira, "Laat zien")
    assert "Eerste bericht" in post.samira.last.text
    assert "Tweede bericht" in post.samira.last.text


async def test_who_blocked_us_and_writes_to_the_worker_hears_the_answer(post: Post) -> None:
    post.samira.block()
    await post.house.pump()
    post.samira.unblock()
    await post.house.say(post.samira, "/bericht Ik ben er weer")
    assert "Ik ben er weer" in post.samira.last.text
    assert "not_reachable" not in await post.waiting_for()
    await post.message("Goed zo")
    await post.house.pump()
    assert post.samira.lock_screen[-1] == MESSAGE


@pytest.mark.parametrize("first", ["Telegram", "delivery"])
async def test_a_worker_hears_once_that_somebody_blocked_us_while_something_waited(post: Post, first: str) -> None:
    await post.message("Eerste bericht")
    alerts = len(post.anneke.lock_screen)
    post.samira.block()
    if first == "delivery":
        await post.house.app.delivery.send_batch()
    await post.house.pump()
    assert post.anneke.lock_screen[alerts:].count(f"⚠️ Kijk hiernaar · {post.ref}") == 1
    assert "not_reachable" in await post.waiting_for()
    assert await post.open_rows() == 0
    # Once more, after a time in which messages arrived, is once more.
    post.samira.unblock()
    await post.house.say(post.samira, "/start")
    await post.house.tap(post.samira, "Verder")
    alerts = len(post.anneke.lock_screen)
    post.samira.block()
    await post.house.pump()
    assert post.anneke.lock_screen[alerts:].count(f"⚠️ Kijk hiernaar · {post.ref}") == 1


async def test_a_worker_who_blocked_us_holds_nobody_up(post: Post) -> None:
    post.anneke.block()
    await post.house.pump()
    await post.house.say(post.samira, "/bericht Tot morgen")
    assert "Tot morgen" in post.samira.last.text
    assert await post.open_rows() == 0
    assert "unread_message" in await post.waiting_for()
    post.anneke.start()
    await post.house.pump()
    assert post.ref in post.anneke.last.text
