"""A message that arrived without our knowing: the process died, or the answer was lost, before it was noted."""

from __future__ import annotations

from datetime import timedelta

from bot.webchat import faults
from bot.webchat.chat import ChatMessage
from bot.webchat.phone import Phone
from tests.house import House


async def test_the_newest_message_leads_on_although_nobody_noted_that_it_arrived(house: House) -> None:
    phone = await house.arrived(await house.case())
    await house.tap(phone, "Alleen ik", "Verder", "Ja, hier", "Geld", "Ik heb geen brief", "Andere dag", "woensdag 25")
    await house.at(house.today + timedelta(days=1), 10)
    folded, notice = _shown(phone)
    # Both are tapped, one after the other; what the first one brings arrives, and its answer is lost.
    house.server.faults.add("sendMessage", faults.drop_after, chat_id=phone.id)
    await _tap_first(house, phone, folded)
    await _tap_first(house, phone, notice)
    unnoted = _shown(phone)[-1]
    assert unnoted.message_id > notice.message_id
    await _tap_first(house, phone, unnoted)
    # It is the screen from now on, and the one above it, which nobody looks at any more, is gone.
    assert [message.message_id for message in _shown(phone)] == [unnoted.message_id], phone.dump()
    assert phone.last is not None
    await _tap_first(house, phone, phone.last)
    assert phone.toasts == ["Deze knop is oud.", "✅ Goed gedaan!"]


def _shown(phone: Phone) -> list[ChatMessage]:
    return [message for message in phone.messages if not message.mine]


async def _tap_first(house: House, phone: Phone, message: ChatMessage) -> None:
    phone.tap_data(message.message_id, message.buttons[0][0][1])
    await house.pump()
