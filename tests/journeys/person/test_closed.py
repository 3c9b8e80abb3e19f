"""Whoever comes back to a closed case hears that it is closed, whom to call, and what stays theirs to do."""

from __future__ import annotations

import pytest

from bot.webchat.phone import Phone
from tests.house import House

CLOSED = "Je hulp hier is afgesloten."


async def _closed(house: House, reason: str = "✅ Alles is geregeld") -> tuple[str, Phone, Phone]:
    ref, phone, worker = await house.called_up("9 december")
    await house.say(worker, f"/zaak {ref}")
    await house.deed(worker, "Zaak sluiten", reason)
    return ref, phone, worker


@pytest.mark.parametrize(
    "typed",
    [
        *("hallo", "ik wil iemand spreken", "stop", "plan", "15 december", "Weet ik niet", "asjeblieft help me"),
        *("/start", "/plan", "/vragen", "/bericht kom ik nog terug", "/help", "/pauze", "/stop"),
    ],
)
async def test_whatever_they_type_they_hear_that_it_is_closed_and_nothing_is_kept(house: House, typed: str) -> None:
    ref, phone, _worker = await _closed(house)
    before = await house.load(ref)
    await house.say(phone, typed)
    assert CLOSED in phone.last.text
    assert "050 000 00 00" in phone.last.text
    after = await house.load(ref)
    assert (len(after.messages), after.answers, len(after.actions)) == (
        len(before.messages),
        before.answers,
        len(before.actions),
    )
    assert after.waiting == {}
    assert not [r for r in after.reminders if r.state in ("planned", "leaving")]


@pytest.mark.parametrize("button", ["Weet ik niet", "Uitleg", "Terug", "Ik wil iemand spreken"])
async def test_a_button_of_the_screen_that_stood_there_says_it_and_does_nothing(house: House, button: str) -> None:
    ref, phone, _worker = await _closed(house, "🚚 Verhuisd uit ons gebied")
    before = await house.load(ref)
    await house.tap(phone, button)
    assert CLOSED in phone.last.text
    after = await house.load(ref)
    assert (len(after.messages), after.answers) == (len(before.messages), before.answers)


async def test_their_data_who_looked_and_erasing_go_on(house: House) -> None:
    ref, phone, _worker = await _closed(house)
    await house.say(phone, "/wiekeek")
    assert CLOSED not in phone.last.text
    await house.say(phone, "/start", "/taal")
    await house.tap(phone, "English")
    assert "Your help here is closed." in phone.last.text
    await house.tap(phone, "My data", "No, go on")
    assert "Your help here is closed." in phone.last.text
    await house.tap(phone, "Erase everything", "Yes, erase everything")
    with pytest.raises(IndexError):
        await house.load(ref)


async def test_words_of_crisis_are_heard_in_a_closed_case_too(house: House) -> None:
    _ref, phone, _worker = await _closed(house)
    await house.say(phone, "ik wil dood")
    assert "113" in phone.last.text
    await house.tap(phone, "Verder")
    assert CLOSED in phone.last.text


async def test_opened_again_it_goes_on_where_it_stood(house: House) -> None:
    ref, phone, worker = await _closed(house)
    await house.say(phone, "hallo")
    await house.say(worker, f"/zaak {ref}")
    await house.deed(worker, "Heropenen")
    await house.say(phone, "/plan")
    assert "Je plan" in phone.last.text
