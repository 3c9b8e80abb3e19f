"""Too much at once: one person is heard as far as anybody can mean it, told once, and in nobody's way."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.scene import CANARY, OLD_BUTTON, QUESTION, SECOND_QUESTION, Scenario, Scene, numbered, registry

SCENARIOS, hostile = registry()

TOO_MANY = "Je stuurt veel berichten. Ik lees ze nu even niet. Wacht 1 minuut. Stuur het dan nog een keer."
TOO_FAST = "Dat gaat te snel. Wacht 1 minuut."
TAP = "Ik ben een computer. Dit snap ik niet."
REFUSED = "Deze code werkt niet."
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
        await house.tap(samira, "Terug naar de vraag")
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
    await house.tap(samira, "Terug naar de vraag", "Terug")
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


async def test_ten_accounts_with_five_made_up_codes_each_shut_nobody_out(scene: Scene) -> None:
    house = scene.house
    beheer = await house.joined(await house.member("administrator", "all", "Beheer"))
    alerts = len(beheer.lock_screen)
    for number in range(10):
        phone = scene.world.phone("Kanariepiet")
        for n in range(5):
            phone.say(f"/start {chr(65 + number) * 20}{n}{n}")
    await house.pump()
    assert beheer.lock_screen[alerts:] == ["⚠️ Kijk hiernaar · Voorzorg"]  # somebody hears of it, once
    await house.restart()
    # Right codes of a person, also typed, and of a colleague; in a chat that is new and in one that has guessed.
    fresh = [await house.invite(await house.case(first_name=name, last_name="Vink")) for name in ("Mila", "Bo")]
    for code, one in ((fresh[0].code, scene.world.phone("Kanariepiet")), (fresh[1].short_code, phone)):
        await house.say(one, code)
        assert YEAR in scene.seen(one)
        await house.say(one, "1999")
        assert "Het klopt." in scene.seen(one)
    await house.joined(await house.member(name="Bram"))
    assert beheer.lock_screen[alerts:] == ["⚠️ Kijk hiernaar · Voorzorg"]
    assert SECOND_QUESTION not in phone.dump()


async def test_who_only_guesses_gets_no_question_any_more_by_chat_and_by_how_a_code_begins(scene: Scene) -> None:
    house = scene.house
    guesser = scene.world.phone("Kanariepiet")
    for number in range(7):
        await house.say(guesser, f"/start {'B' * 20}{number}0")
        assert (YEAR in scene.seen(guesser)) == (number < 5), number
    # One code of each phone: together they go through what begins alike.
    begins = 0
    while True:
        phone = scene.world.phone("Kanariepiet")
        await house.say(phone, f"2222-3333-44{'4567'[begins // 27 % 4]}{'23456789ACDEFGHJKMNPQRTVWXY'[begins % 27]}")
        if YEAR not in scene.seen(phone):
            break
        begins += 1
    assert begins == 20
    assert REFUSED in scene.seen(phone)
    # What begins otherwise is asked as ever; and after an hour all is.
    other = scene.world.phone("Kanariepiet")
    await house.say(other, "2223-3333-4444")
    assert YEAR in scene.seen(other)
    house.clock.forward(minutes=60, seconds=1)
    for known in (guesser, phone):
        await house.say(known, "2222-3333-4444")
        assert YEAR in scene.seen(known)


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(("wrong", "like", "ended"))), max_size=12))
async def test_whatever_was_guessed_before_a_right_code_is_taken(scene: Scene, tried: list[tuple[int, str]]) -> None:
    house = scene.house
    ref = await house.case(first_name="Mila", last_name="Vink")
    ended, fresh = await house.invite(ref), await house.invite(ref)
    made_up = {"wrong": "2222-3333-4444", "ended": ended.short_code}
    made_up["like"] = fresh.short_code[:-1] + ("2" if fresh.short_code[-1] != "2" else "3")
    phones = [scene.world.phone("Kanariepiet") for _ in range(3)]
    for which, how in tried:
        await house.say(phones[which], f"/start {made_up[how]}")
    await house.say(phones[0], f"/start {fresh.short_code}")
    assert YEAR in scene.seen(phones[0])
    await house.say(phones[0], "1999")
    assert "Het klopt." in scene.seen(phones[0])
