"""Somebody who tries buttons that are not theirs: one neutral answer each time, and at the third somebody looks."""

from __future__ import annotations

from tests.house import House


async def test_the_third_button_of_somebody_else_alerts_the_administrators_once(house: House) -> None:
    looks_after = await house.joined(await house.member("administrator", "all", "Ada"))
    mila = await house.arrived(await house.case(), name="Mila")
    samira = await house.arrived(await house.case(), name="Samira")
    theirs = mila.last.buttons[0][0][1]
    looks_after.lock_screen.clear()
    for alerts in (0, 0, 1, 1):
        samira.tap_data(samira.last.message_id, theirs)
        await house.pump()
        assert samira.toasts[-1] == "Deze knop is oud."
        assert looks_after.lock_screen == ["⚠️ Kijk hiernaar · Voorzorg"] * alerts
    await house.tap(looks_after, "Laat zien")
    assert "Je bent binnen" in looks_after.last.text
