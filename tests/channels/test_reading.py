"""Reading: what was said, told apart from whatever an update looks like."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot

from bot.channels import reading
from bot.channels.telegram.read import NothingSaidError
from conversations.said import Came, Command, Edited, Left, NotDelivered, Said, Sent, Tapped, Typed

SAMIRA = {"id": 7, "is_bot": False, "first_name": "Samira", "language_code": "pl-PL"}
CHAT = {"id": 7, "type": "private", "first_name": "Samira"}
FORWARDED = {"forward_origin": {"type": "hidden_user", "date": 1_795_000_000, "sender_user_name": "Noor"}}
FILE = {"file_id": "F", "file_unique_id": "U"}


class Named(Bot):
    """A bot that knows its name, as after its first call."""

    username = "VoorzorgBot"


@pytest.fixture
def bot() -> Bot:
    """Our bot."""
    return Named("4242:token")


def _message(kind: str = "message", **more: Any) -> dict[str, Any]:
    message = {"message_id": 41, "date": 1_795_000_001, "chat": CHAT, "from": SAMIRA}
    return {"update_id": 1, kind: message | more}


def _typed_command(text: str, **more: Any) -> dict[str, Any]:
    length = len(text.split(maxsplit=1)[0])
    return _message(text=text, entities=[{"type": "bot_command", "offset": 0, "length": length}], **more)


def test_words_are_words_with_what_they_answer(bot: Bot) -> None:
    reply = {"message_id": 40, "date": 1_795_000_000, "chat": CHAT}
    said = reading.said_in(_message(text="hallo", reply_to_message=reply), bot)
    assert said == Typed(message=41, written=1_795_000_001, language="pl", text="hallo", reply_to=40)


@pytest.mark.parametrize(
    ("text", "name", "args", "elsewhere"),
    [
        ("/plan", "plan", "", False),
        ("/Zaak  GR-4K7Q2 nu", "zaak", "GR-4K7Q2 nu", False),
        ("/plan@VOORZORGbot", "plan", "", False),
        ("/plan@AnotherBot nu", "plan", "nu", True),
        ("/bericht\nhallo", "bericht", "hallo", False),
    ],
)
def test_a_command_is_its_name_and_the_words_behind_it(
    bot: Bot, text: str, name: str, args: str, elsewhere: bool
) -> None:
    said = reading.said_in(_typed_command(text), bot)
    assert isinstance(said, Command)
    assert (said.name, said.args, said.text) == (name, args, text)
    assert (said.elsewhere, said.forwarded) == (elsewhere, False)


def test_what_somebody_else_wrote_is_told_apart(bot: Bot) -> None:
    said = reading.said_in(_message(text="hallo", **FORWARDED), bot)
    assert isinstance(said, Sent)
    assert (said.kind, said.text, said.forwarded) == ("text", "hallo", True)
    command = reading.said_in(_typed_command("/plan", **FORWARDED), bot)
    assert isinstance(command, Command)
    assert command.forwarded


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"photo": [FILE | {"width": 1, "height": 1}]}, "picture"),
        ({"document": FILE | {"file_name": "a.pdf", "file_size": 3}}, "picture"),
        ({"location": {"latitude": 53.0, "longitude": 6.5}}, "place"),
        ({"contact": {"phone_number": "1", "first_name": "N"}}, "place"),
        ({"voice": FILE | {"duration": 1}}, "other"),
    ],
)
def test_what_is_sent_is_told_by_what_it_is(bot: Bot, more: dict[str, Any], kind: str) -> None:
    said = reading.said_in(_message(caption="kijk", media_group_id="5", **more), bot)
    assert isinstance(said, Sent)
    assert (said.kind, said.text, said.album) == (kind, "kijk", "5")
    if "document" in more:
        assert said.file is not None
        assert (said.file.handle, said.file.name, said.file.size) == ("F", "a.pdf", 3)


def test_an_edited_message_says_what_it_says_now(bot: Bot) -> None:
    said = reading.said_in(_message("edited_message", text="anders", edit_date=1_795_000_009), bot)
    assert isinstance(said, Edited)
    assert said.text == "anders"


def test_a_tap_is_what_its_button_carries_and_where_it_stands(bot: Bot) -> None:
    query = {"id": "9", "from": SAMIRA, "chat_instance": "3", "data": "a:b:3:mac"}
    query["message"] = {"message_id": 40, "date": 1_795_000_000, "chat": CHAT}
    said = reading.said_in({"update_id": 2, "callback_query": query}, bot)
    assert said == Tapped(language="pl", tap="9", data="a:b:3:mac", on=40)


@pytest.mark.parametrize(("status", "left"), [("kicked", True), ("member", False)])
def test_whoever_blocks_us_has_left(bot: Bot, status: str, left: bool) -> None:
    us = {"id": 1, "is_bot": True, "first_name": "Voorzorg"}
    change = {"chat": CHAT, "from": SAMIRA, "date": 1_795_000_000, "old_chat_member": {"user": us, "status": "member"}}
    change["new_chat_member"] = {"user": us, "status": status} | ({"until_date": 0} if status == "kicked" else {})
    said = reading.said_in({"update_id": 3, "my_chat_member": change}, bot)
    assert isinstance(said, Left)
    assert said.left is left


def test_what_we_say_to_ourselves_is_read_too_and_nobody_else_can_say_it(bot: Bot) -> None:
    ours: dict[str, Any] = {"voorzorg": {"kind": "overview", "telegram_id": 7, "by": "m", "result": {"refused": "x"}}}
    assert reading.address(ours).kind == "ours"
    came = reading.said_in(ours, bot)
    assert isinstance(came, Came)
    assert (came.kind, came.by, came.about, came.result) == ("overview", "m", None, {"refused": "x"})
    lost = reading.said_in({"voorzorg": {"kind": "unreachable", "telegram_id": 7}}, bot)
    assert lost == NotDelivered(kind="unreachable")
    assert reading.address({"update_id": 1} | ours).kind == "ignored"


def test_what_nobody_can_tell_is_an_error_and_no_silence(bot: Bot) -> None:
    with pytest.raises(NothingSaidError):
        reading.said_in({"update_id": 4}, bot)


def test_nothing_said_shows_in_a_log() -> None:
    said: Said = Typed(text="Samira heeft schulden")
    assert "schulden" not in repr(said)
