"""A message that arrived without our knowing: the process died, or the answer was lost, before it was noted.

In each of these a screen arrives below a notice and is not noted; then the notice is opened. What that shows must not
stand above the unnoted screen, with its dead buttons, where nobody looks.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import steps
from bot.webchat.chat import ChatMessage
from bot.webchat.phone import Phone
from bot.webchat.telegram import faults
from tests.house import House


class DeadError(Exception):
    """The process died here."""


async def test_a_reminder_is_shown_below_a_screen_whose_answer_was_lost(house: House) -> None:
    phone, folded, notice = await _reminded(house)
    house.server.faults.add("sendMessage", faults.drop_after, chat_id=phone.id)
    await _tap_first(house, phone, folded)
    await _tap_first(house, phone, notice)
    await _goes_on(house, phone)


async def test_a_reminder_is_shown_below_a_screen_that_was_sent_right_before_the_process_died(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, folded, notice = await _reminded(house)
    with monkeypatch.context() as death:
        death.setattr(steps, "hook", _die_when_sent)
        with pytest.raises(DeadError):
            await _tap_first(house, phone, folded)
    phone.tap_data(notice.message_id, notice.buttons[0][0][1])
    await house.restart()
    # What was tapped meanwhile is taken before anything is sent: the screen that was on its way is not sent again.
    await house.app.reception.poll()
    await house.app.rounds.updates()
    await house.restart()
    await house.pump()
    await _goes_on(house, phone)


async def test_a_tap_on_a_screen_that_was_never_noted_leaves_no_second_one_behind(house: House) -> None:
    phone, folded, notice = await _reminded(house)
    house.server.faults.add("sendMessage", faults.drop_after, chat_id=phone.id)
    await _tap_first(house, phone, folded)
    unnoted = _shown(phone)[-1]
    await _tap_first(house, phone, unnoted)
    screens = [message for message in _shown(phone) if message.text != notice.text]
    assert len(screens) == 1, phone.dump()
    assert screens[0].message_id >= unnoted.message_id
    assert phone.toasts == []


async def _reminded(house: House) -> tuple[Phone, ChatMessage, ChatMessage]:
    """Return a phone with a folded screen and a notice below it."""
    phone = await house.arrived(await house.case())
    await house.tap(phone, "Alleen ik", "Verder", "Ja, hier", "Geld", "Ik heb geen brief", "Andere dag", "woensdag 25")
    await house.at(house.today + timedelta(days=1), 10)
    folded, notice = _shown(phone)
    return phone, folded, notice


async def _goes_on(house: House, phone: Phone) -> None:
    newest = _shown(phone)[-1]
    assert "Hoe gaat het ermee?" in newest.text, phone.dump()
    await _tap_first(house, phone, newest)
    assert phone.toasts == ["✅ Goed gedaan!"], phone.dump()


def _die_when_sent(step: str) -> None:
    if step == "delivery:sent":
        raise DeadError


def _shown(phone: Phone) -> list[ChatMessage]:
    return [message for message in phone.messages if not message.mine]


async def _tap_first(house: House, phone: Phone, message: ChatMessage) -> None:
    phone.tap_data(message.message_id, message.buttons[0][0][1])
    await house.pump()
