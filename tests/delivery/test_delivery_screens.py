"""One screen a chat: edited where it stands, or sent afresh with the old one taken away; quiet ones fold."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.webchat.telegram import faults
from tests.delivery.post import BELOW, BUSY, FOLDED, MESSAGE, QUESTION, SECOND_QUESTION, Post


async def test_a_screen_is_edited_where_it_stands_while_it_is_the_newest(post: Post) -> None:
    before = post.samira.last.message_id
    sent = post.calls["sendmessage"]
    await post.house.tap(post.samira, "Geld", "Er staat geen dag in", "Ja, dit doe ik", "Ik wil iemand spreken")
    assert [message.message_id for message in post.samira.messages] == [before]
    # Only the worker was sent something new.
    assert post.calls["sendmessage"] == sent + 1
    assert post.samira.lock_screen == []


async def test_what_was_typed_goes_and_the_screen_answers_where_it_stands_so_no_lock_screen_shows_it(
    post: Post,
) -> None:
    before, sent = post.samira.last.message_id, post.calls["sendmessage"]
    for typed in ("hallo", "/plan", "ik heb geen brief", "/nietvanons woorden"):
        await post.house.say(post.samira, typed)
        assert [message.message_id for message in post.samira.messages] == [before], typed
    assert post.samira.lock_screen == []
    # It costs a call less than a fresh screen: one to take the words away, and one to edit.
    assert post.calls["sendmessage"] == sent
    assert post.samira.last.message_id == (await post.chat(post.samira)).screen_message


async def test_below_typed_words_that_cannot_be_taken_away_comes_a_fresh_screen(post: Post) -> None:
    before = post.samira.last.message_id
    post.faults.add("deleteMessage", faults.error(400, "Bad Request: message can't be deleted"), chat_id=post.samira.id)
    await post.house.say(post.samira, "/start")
    assert [message.text for message in post.samira.messages] == ["/start", QUESTION]
    assert before not in post.samira.history


@pytest.mark.parametrize("whose", ["Ja, een ander ook", "Weet ik niet", "Alleen ik"])
async def test_a_fresh_screen_shows_a_neutral_line_on_the_lock_screen_of_a_phone_that_others_use(
    post: Post, whose: str
) -> None:
    await post.house.say(post.samira, "/plan")
    await post.house.tap(post.samira, "Menu", "Meer", "Wie gebruikt deze telefoon", whose)
    post.samira.lock_screen.clear()
    # Something stands below the screen: here a notice that nobody opened.
    await post.message()
    await post.house.pump()
    sent = post.calls["sendmessage"]
    await post.house.say(post.samira, "/vragen")
    assert QUESTION in post.samira.last.text
    assert post.calls["sendmessage"] == sent + 1
    assert (post.samira.lock_screen == [MESSAGE, FOLDED]) is (whose != "Alleen ik")
    assert post.samira.last.message_id == (await post.chat(post.samira)).screen_message


async def test_below_a_notice_comes_a_fresh_screen_and_the_old_one_goes(post: Post) -> None:
    before = post.samira.last.message_id
    await post.message()
    await post.house.pump()
    await post.house.tap(post.samira, "Geld")
    assert before not in post.samira.history
    assert [message.text.split("\n")[0] for message in post.samira.messages] == [
        MESSAGE,
        "Je kunt twee brieven hebben:",
    ]
    assert post.samira.lock_screen[0] == MESSAGE


async def test_a_notice_that_is_opened_becomes_the_screen(post: Post) -> None:
    await post.message("Ik bel je om vier uur.")
    await post.house.pump()
    notice = post.samira.last.message_id
    await post.house.tap(post.samira, "Laat zien")
    assert [message.message_id for message in post.samira.messages] == [notice]
    assert "Ik bel je om vier uur." in post.samira.last.text
    await post.house.tap(post.samira, "Verder")
    assert [message.message_id for message in post.samira.messages] == [notice]
    assert post.samira.last.text == QUESTION


async def test_a_neutral_line_whose_edit_fails_is_edited_later_and_not_sent_again(post: Post) -> None:
    await post.house.say(post.samira, "/plan")
    await post.house.tap(post.samira, "Menu", "Meer", "Wie gebruikt deze telefoon", "Ja, een ander ook")
    await post.message()
    await post.house.pump()
    sent = post.calls["sendmessage"]
    post.faults.add("editMessageText", BUSY, chat_id=post.samira.id)
    await post.house.say(post.samira, "/vragen")
    assert post.samira.last.text == FOLDED
    await post.later(seconds=1)
    assert QUESTION in post.samira.last.text
    assert post.calls["sendmessage"] == sent + 1
    assert len(post.shown(post.samira, "")) == 2  # the screen, and the notice that nobody opened


@pytest.mark.parametrize(("hours", "stays"), [(47, False), (48, True), (24 * 60, True)])
async def test_an_old_screen_that_can_no_longer_be_deleted_keeps_a_neutral_line(
    post: Post, hours: int, stays: bool
) -> None:
    old = post.samira.last.message_id
    post.house.clock.forward(hours=hours)
    await post.message()
    await post.house.pump()
    await post.house.tap(post.samira, "Geld")
    assert (old in post.samira.history) is stays
    if stays:
        line = next(message for message in post.samira.messages if message.message_id == old)
        assert (line.text, line.buttons) == (BELOW, [])
    assert SECOND_QUESTION in post.samira.last.text


@pytest.mark.parametrize(
    "description",
    ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"],
)
async def test_a_screen_that_is_gone_gives_way_to_a_fresh_one(post: Post, description: str) -> None:
    old = post.samira.last.message_id
    post.faults.add("editMessageText", faults.error(400, f"Bad Request: {description}"))
    await post.house.tap(post.samira, "Geld")
    assert post.samira.last.message_id > old
    assert SECOND_QUESTION in post.samira.last.text
    assert (await post.chat(post.samira)).screen_message == post.samira.last.message_id
    assert await post.last("screen") == ("sent", None)


async def test_a_screen_that_the_person_deleted_comes_again_with_the_next_thing_that_happens(post: Post) -> None:
    gone = post.samira.last
    del post.samira.history[gone.message_id]
    post.samira.tap_data(gone.message_id, gone.buttons[1][1][1])
    await post.house.pump()
    assert SECOND_QUESTION in post.samira.last.text
    assert len(post.samira.messages) == 1


async def test_an_edit_that_changes_nothing_is_a_success(post: Post) -> None:
    screen = post.samira.last
    post.samira.tap_data(screen.message_id, "an old button")
    await post.house.pump()
    assert await post.last("screen") == ("sent", None)
    assert post.samira.last == screen
    assert (await post.chat(post.samira)).screen_message == screen.message_id


async def test_of_several_screens_that_wait_only_the_newest_is_sent(post: Post) -> None:
    edits = post.calls["editmessagetext"]
    for text in ("een", "twee", "/plan"):
        post.samira.say(text)
        await post.decide()
    await post.house.pump()
    assert post.calls["editmessagetext"] == edits + 1
    assert "Je plan" in post.samira.last.text
    states = [state for _, state, _ in await post.outbox("screen")]
    assert states[-3:] == ["superseded", "superseded", "sent"]
    assert len(post.shown(post.samira, "")) == 1


async def test_a_screen_that_waits_for_a_retry_gives_way_to_a_newer_one(post: Post) -> None:
    post.faults.add("editMessageText", BUSY)
    post.samira.tap("Geld")
    await post.house.pump()
    await post.house.say(post.samira, "/plan")
    assert "Je plan" in post.samira.last.text
    await post.later(hours=1)
    assert "Je plan" in post.samira.last.text
    assert [state for _, state, _ in await post.outbox("screen")][-2:] == ["superseded", "sent"]


async def test_what_waits_for_a_phone_that_was_let_go_is_dropped(post: Post) -> None:
    await post.plan()
    post.faults.add("*", BUSY, times=None, chat_id=post.samira.id)
    await post.message()
    post.samira.say("/plan")
    await post.reminder_due()
    await post.house.pump()
    waiting = await post.open_rows()
    new = await post.house.arrived(post.ref)
    assert "Noem dan dit getal" in new.last.text
    await post.house.say(post.anneke, f"/zaak {post.ref}")
    await post.house.tap(post.anneke, "Nieuwe telefoon", "✅ Het klopt")
    assert post.anneke.last.text.startswith("✅")
    post.faults.clear()
    sent = post.calls["sendmessage"]
    await post.later(hours=1)
    # The former phone hears that it is another one now, and nothing more; the new one goes on, and nobody waits.
    assert post.samira.lock_screen == ["Je gaat verder op een andere telefoon. Was jij dat niet? Bel 050 000 00 00."]
    assert await post.open_rows() == 0 < waiting
    assert post.calls["sendmessage"] == sent + 1
    assert await post.ledger() == ["handed_to_worker", "planned"]
    assert (await post.reasons())[0] == "no chat"
    await post.house.tap(new, "Laat zien", "Alleen ik")
    await post.house.at(post.house.today + timedelta(days=1), 11)
    assert (await post.ledger())[1] == "sent"
    assert new.lock_screen[-1] == "Je hebt een herinnering."
