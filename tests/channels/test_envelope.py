"""What is kept of an update: enough for every conversation, and no more of anybody."""

from __future__ import annotations

from typing import Any

from telegram import Update

from bot.channels.telegram.envelope import essence, read_envelope

SAMIRA = {"id": 7, "is_bot": False, "first_name": "Samira", "last_name": "Kloosterboer", "username": "samira"}
CHAT = {"id": 7, "type": "private", "first_name": "Samira", "last_name": "Kloosterboer", "username": "samira"}
SCREEN = {
    "message_id": 40,
    "date": 1_795_000_000,
    "chat": CHAT,
    "from": {"id": 1, "is_bot": True, "first_name": "Voorzorg"},
    "text": "Heb je een brief met een dag?",
    "reply_markup": {"inline_keyboard": [[{"text": "Ja", "callback_data": "answer:1:yes:3:mac"}]]},
}


def _message(**more: Any) -> dict[str, Any]:
    message = {"message_id": 41, "date": 1_795_000_001, "chat": CHAT, "from": SAMIRA, "text": "hallo"}
    return {"update_id": 1, "message": message | more}


def test_of_a_tap_neither_names_nor_the_words_above_the_button_are_kept() -> None:
    query = {"id": "9", "from": SAMIRA, "chat_instance": "3", "message": SCREEN, "data": "answer:1:yes:3:mac"}
    tap = {"update_id": 2, "callback_query": query}
    kept = essence(tap)
    assert "Kloosterboer" not in str(kept)
    assert "brief" not in str(kept)
    assert read_envelope(kept) == read_envelope(tap)
    read = Update.de_json(kept, None).callback_query
    assert read is not None
    assert read.data == "answer:1:yes:3:mac"
    assert read.message is not None
    assert (read.message.message_id, read.message.chat.id) == (40, 7)


def test_of_a_reply_the_message_that_it_answers_is_known_by_its_number() -> None:
    kept = essence(_message(reply_to_message=SCREEN))
    assert "brief" not in str(kept)
    message = Update.de_json(kept, None).message
    assert message is not None
    assert message.text == "hallo"
    assert message.reply_to_message is not None
    assert message.reply_to_message.message_id == 40


def test_what_came_in_is_not_changed_by_it() -> None:
    update = _message(reply_to_message=SCREEN)
    essence(update)
    assert update == _message(reply_to_message=SCREEN)


def test_fields_of_a_wrong_type_are_left_for_the_round_to_refuse() -> None:
    for odd in ({"message": [1]}, {"message": {"from": "Samira", "chat": 7}}, {"callback_query": {"message": "words"}}):
        assert essence({"update_id": 1} | odd) == {"update_id": 1} | odd
