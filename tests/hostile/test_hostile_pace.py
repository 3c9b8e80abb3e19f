"""Too much at once: one person is heard as far as anybody can mean it, told once, and in nobody's way."""

from __future__ import annotations

from datetime import timedelta

from bot.webchat.phone import Phone
from tests.hostile.scene import CANARY, OLD_BUTTON, QUESTION, SECOND_QUESTION, Scenario, Scene, numbered, registry

SCENARIOS, hostile = registry()

TOO_MANY = "Je stuurt veel berichten. Ik lees ze nu even niet. Wacht 1 minuut. Stuur het dan nog een keer."
TOO_FAST = "Dat gaat te snel. Wacht 1 minuut."
TAP = "Ik ben een computer. Dit snap ik niet."
TOO_BUSY = "Het is nu te druk. Straks lees ik weer codes."
YEAR = "In welk jaar ben je geboren?"
# What one person may send at once.
AT_ONCE = 120


def answers(scene: Scene) -> int:
    """Return how many messages and edits the bot has sent."""
    return scene.house.server.api.calls["sendmessage"] + scene.house.server.api.calls["editmessagetext"]


@hostile(12)
async def a_thousand_messages_in_a_minute(scene: Scene) -> None:
    samira, house = scene.samira, scene.house
    mila = await house.arrived(await house.case(first_name="Mila", last_name="Vink"), name="Mila")
    scene.canaries |= {"Mila", "Vink"}
    sent, told = answers(scene), 0
    async with scene.nothing_changes():
        for second in range(60):
            for number in range(17):
                samira.say(f"{CANARY} {second}.{number}")
            if second == 30:  # somebody else is not kept waiting
                await house.tap(mila, "Alleen ik")
                assert "is je helper" in scene.seen(mila)
            await house.pump()
            told += TOO_MANY in samira.dump() and not samira.last.mine
            house.clock.forward(seconds=1)
    # As many as it takes are handled; one answer then says what to do, and it is silent.
    assert told == 1
    assert answers(scene) - sent <= 3 * AT_ONCE
    assert TOO_MANY in samira.dump()
    assert "📞 050 000 00 00" in samira.dump()
    # Taps are answered each time, and have no effect; whoever starts the program anew does not start her anew.
    await house.restart()
    async with scene.nothing_changes():
        await house.tap(samira, "Geld")
    assert samira.toasts == [TOO_FAST]
    assert await scene.parked() == 0
    # Blocking us is heard at any time.
    alerts = len(scene.anneke.lock_screen)
    samira.block()
    await house.pump()
    assert len(scene.anneke.lock_screen) == alerts + 1
    samira.unblock()
    # A minute of silence, and she is heard again.
    house.clock.forward(seconds=61)
    await house.say(samira, f"/bericht {CANARY}")
    assert (await house.document(scene.ref))["messages"]["total"] == 1


@numbered(SCENARIOS)
async def test_who_sends_too_much_is_told_once_and_is_in_nobodys_way(scene: Scene, scenario: Scenario) -> None:
    await scene.play(scenario)


async def test_nobody_taps_or_types_too_fast_by_hand(scene: Scene) -> None:
    samira, house = scene.samira, scene.house
    old = samira.last.buttons[0][0][1]
    await house.tap(samira, "Geld")
    for _ in range(130):
        samira.tap_data(samira.last.message_id, old)
        await house.pump()
        house.clock.forward(seconds=0.6)
    assert samira.toasts == [OLD_BUTTON] * 130
    for _ in range(70):
        await house.say(samira, "hallo")
        assert scene.seen(samira).startswith(TAP)
        house.clock.forward(seconds=0.6)
    # A child with the phone, for half a minute.
    for _ in range(60):
        samira.tap_data(samira.last.message_id, old)
    await house.pump()
    assert samira.toasts[130:] == [OLD_BUTTON] * 60
    await house.tap(samira, "Terug")
    assert scene.seen(samira).startswith(QUESTION)


async def test_what_was_written_while_we_were_away_is_all_kept(scene: Scene) -> None:
    samira, house = scene.samira, scene.house
    for number in range(100):
        samira.say(f"/bericht {CANARY} {number}")
        house.clock.forward(minutes=5)
    await house.pump()
    said = [message.text for message in (await house.load(scene.ref)).messages]
    assert said == [f"{CANARY} {number}" for number in range(100)]
    assert TOO_MANY not in samira.dump()


async def test_fifty_wrong_codes_in_an_hour_are_enough_for_the_whole_installation(scene: Scene) -> None:
    house = scene.house
    beheer = await house.joined(await house.member("administrator", "all", "Beheer"))
    alerts = len(beheer.lock_screen)
    mila = await house.invite(await house.case(first_name="Mila", last_name="Vink"))

    def somebody(code: str) -> Phone:
        phone = scene.world.phone("Kanariepiet")
        phone.say(f"/start {code}")
        return phone

    # A right code is none of them, and neither is one more try of somebody who has had their five.
    right = somebody(mila.code)
    persistent = [somebody("2222-3333-4444") for _ in range(8)]
    for phone in persistent:
        for _ in range(9):
            phone.say("/start 2222-3333-4444")
    await house.pump()
    assert YEAR in scene.seen(right)
    for _ in range(9):
        phone = somebody("A" * 22)
        await house.pump()
        assert YEAR in scene.seen(phone)
    assert beheer.lock_screen[alerts:] == []
    last = somebody("A" * 22)
    await house.pump()
    assert YEAR in scene.seen(last)
    assert beheer.lock_screen[alerts:] == ["⚠️ Kijk hiernaar · Voorzorg"]
    # From here on a right code and a wrong one are one answer; neither is used up, also by a program that starts anew.
    await house.restart()
    phones = [somebody(mila.code), somebody("A" * 22)]
    await house.pump()
    assert all(scene.seen(phone).startswith(TOO_BUSY) for phone in phones)
    assert "📞" in scene.seen(phones[0])
    # Who was asked the year already goes on, and after the hour everybody does.
    await house.say(right, "1999")
    assert "Het klopt." in scene.seen(right)
    other = await house.invite(await house.case(first_name="Mila", last_name="Vink"))
    house.clock.forward_to(house.clock.now() + timedelta(minutes=60))
    await house.say(phones[0], other.code)
    assert YEAR in scene.seen(phones[0])
    await house.say(phones[0], "1999")
    assert "Het klopt." in scene.seen(phones[0])
    assert beheer.lock_screen[alerts:] == ["⚠️ Kijk hiernaar · Voorzorg"]
    assert SECOND_QUESTION not in phones[0].dump()
