"""A screen that nobody touches folds to a neutral line, at any age, and opens again where it stood."""

from __future__ import annotations

from tests.delivery.post import BELOW, BUSY, FOLDED, MESSAGE, QUESTION, Post


async def test_a_quiet_screen_folds_after_fifteen_minutes(post: Post) -> None:
    post.house.clock.forward(minutes=14, seconds=59)
    await post.house.tick()
    assert post.samira.last.text == QUESTION
    post.house.clock.forward(seconds=1)
    await post.house.tick()
    assert (post.samira.last.text, post.samira.last.labels) == (FOLDED, ["▶️ Verder"])
    assert post.samira.lock_screen == []
    # Nothing was lost: it goes on where it stood, and folds again.
    await post.house.tap(post.samira, "Verder")
    assert post.samira.last.text == QUESTION
    assert len(post.samira.messages) == 1
    for _ in range(2):
        post.house.clock.forward(minutes=15)
        await post.house.tick()
        assert post.samira.last.text == FOLDED
        await post.house.tap(post.samira, "Verder")
        assert post.samira.last.text == QUESTION


async def test_whoever_is_busy_is_left_in_peace(post: Post) -> None:
    for _ in range(4):
        post.house.clock.forward(minutes=10)
        await post.house.say(post.samira, "/start")
        await post.house.tick()
        assert post.samira.last.text == QUESTION
    post.house.clock.forward(minutes=15)
    await post.house.tick()
    assert post.samira.last.text == FOLDED


async def test_an_old_button_under_a_folded_screen_opens_it_and_does_nothing_else(post: Post) -> None:
    data = post.samira.last.buttons[0][0][1]
    await post.house.say(post.samira, "/start")
    post.house.clock.forward(minutes=15)
    await post.house.tick()
    post.samira.tap_data(post.samira.last.message_id, data)
    await post.house.pump()
    assert post.samira.last.text == QUESTION
    assert (await post.house.document(post.ref))["answers"] == {}


async def test_a_screen_folds_at_any_age(post: Post) -> None:
    await post.house.app.stop()
    post.house.clock.forward(days=30)
    post.house.app = type(post.house.app)(post.house.settings, post.house.clock)
    await post.house.app.open()
    await post.house.tick()
    assert post.samira.last.text == FOLDED
    # And is taken away or made a neutral line like any other when a fresh one comes.
    await post.message()
    await post.house.pump()
    await post.house.tap(post.samira, "Verder")
    assert [message.text for message in post.samira.messages if not message.mine] == [BELOW, MESSAGE, QUESTION]


async def test_a_fold_that_meets_a_server_in_trouble_folds_in_the_end(post: Post) -> None:
    post.faults.add("editMessageText", BUSY, times=2, chat_id=post.samira.id)
    post.house.clock.forward(minutes=15)
    await post.house.tick()
    assert post.samira.last.text == QUESTION
    await post.later(seconds=1)
    await post.later(seconds=2)
    assert post.samira.last.text == FOLDED


async def test_a_screen_that_came_late_is_the_one_that_folds(post: Post) -> None:
    plan = post.faults.add("sendMessage", BUSY, times=8, chat_id=post.samira.id)
    post.samira.history.clear()
    post.samira.say("/start")
    await post.house.pump()
    for _ in range(10):
        await post.later(minutes=3)
        await post.house.tick()
    assert plan.hits == 8
    await post.later(minutes=5)
    assert [message.text for message in post.samira.messages if not message.mine] == [FOLDED]
    chat = await post.chat(post.samira)
    assert (chat.screen_message, chat.folded) == (post.samira.last.message_id, True)
    await post.house.tap(post.samira, "Verder")
    assert QUESTION in post.samira.last.text


async def test_a_screen_that_the_person_deleted_before_it_folds_is_no_trouble(post: Post) -> None:
    post.samira.history.clear()
    post.house.clock.forward(minutes=15)
    await post.house.tick()
    assert await post.last("fold") == ("sent", None)
    assert await post.open_rows() == 0
    await post.house.say(post.samira, "/start")
    assert post.samira.last.text == QUESTION


async def test_nothing_is_folded_for_who_blocked_us(post: Post) -> None:
    post.samira.block()
    await post.house.pump()
    edits = post.calls["editmessagetext"]
    post.house.clock.forward(minutes=15)
    await post.house.tick()
    # Anneke's screen folds; Samira's is out of reach.
    assert post.calls["editmessagetext"] == edits + 1
    assert await post.open_rows() == 0
