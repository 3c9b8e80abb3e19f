"""Codes that open nothing: used, expired, burned, made up or cut. Whoever tries them learns nothing at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.webchat.phone import Phone
from tests.hostile.scene import CANARY, QUESTION, Scenario, Scene, numbered, registry

SCENARIOS, hostile = registry()

YEAR = "In welk jaar ben je geboren? Typ 4 cijfers. Bijvoorbeeld: 1990."
WRONG = "Dat klopt niet. Probeer het nog een keer."
REFUSED = "Deze code werkt niet.\n\nBel 📞"
NO_CODE = "Dat lees ik niet als een code."
RIGHT = "✅ Het klopt."
YOURS = "Deze chat is al van jou. Heb je een nieuwe brief? Bel 📞"


async def says(scene: Scene, phone: Phone, *texts: str) -> list[str]:
    """Type texts one after the other; return what each of them was answered."""
    answers = []
    for text in texts:
        await scene.house.say(phone, text)
        answers.append(scene.seen(phone))
    return answers


async def refused(scene: Scene, code: str, year: str = "1999") -> list[str]:
    """Let somebody new try a code that opens nothing; return all that they see."""
    phone = scene.world.phone("Kanariepiet")
    seen = await says(scene, phone, f"/start {code}", year, year, year)
    assert seen[0].endswith(YEAR)
    assert seen[1] == seen[2] == f"{WRONG}\n\n{seen[0]}"
    assert seen[3].startswith(REFUSED)
    # Neither the code nor the years stay in the chat, and the menu is a stranger's.
    assert [message.text for message in phone.messages if message.mine] == []
    return [*seen, *(label for message in phone.messages for label in message.labels)]


@hostile(84)
async def codes_that_are_used_expired_ended_or_made_up(scene: Scene) -> None:
    house = scene.house
    used = await house.invite(scene.ref)
    phone = scene.world.phone("Samira", user_id=scene.samira.id + 1)
    scene.canaries |= {str(phone.id), used.code, used.short_code}
    await says(scene, phone, f"/start {used.code}", "1999")
    assert RIGHT not in scene.seen(phone)
    await scene.lets_in(phone)
    assert scene.seen(phone) == QUESTION
    # Samira has moved to a new phone; here she is a stranger from now on, with the same answer as everybody.
    async with scene.nothing_changes():
        answers = [await refused(scene, used.code), await refused(scene, used.short_code)]
        answers.append(await refused(scene, used.code, "1980"))
    mila = await house.case(first_name="Mila", last_name="Vink")
    ended = await house.invite(mila)
    expired = await house.invite(mila, lifetime=timedelta(days=90))
    async with scene.nothing_changes(mila):
        answers.append(await refused(scene, ended.code))
        house.clock.forward(days=90)
        answers.append(await refused(scene, expired.code))
        answers.append(await refused(scene, expired.short_code.lower()))
        answers += [await refused(scene, code) for code in ("kanarie-kanarie-kanari", "2222-3333-4444", "A" * 22)]
    assert all(answer == answers[0] for answer in answers)
    # A colleague's invitation that was used is one of them.
    async with house.app.database.write() as connection:
        member = await house.stores.team.add(connection, "worker", "Groningen", "Bram", "A" * 32)
        now = house.clock.now()
        welcome = await house.stores.invitations.make(connection, now, now + timedelta(days=7), staff_id=member.id)
    scene.canaries |= {"Bram", welcome.code}
    bram = scene.world.phone("Bram")
    assert (await says(scene, bram, f"/start {welcome.code}"))[0].startswith("☀️")
    assert await refused(scene, welcome.code) == answers[0]
    assert scene.ref not in "".join(p.dump() for p in scene.world.phones if p.title == "Kanariepiet")
    # Who posts the code once more after it was used goes on where they were.
    await house.say(phone, "/start")
    async with scene.nothing_changes():
        assert (await says(scene, phone, used.short_code))[0].startswith(YOURS)
        await scene.house.tap(phone, "▶️ Terug")
        for code in (used.code, CANARY):
            (answer,) = await says(scene, phone, f"/start {code}")
            assert answer.startswith(YOURS)
            assert answer.endswith(f"\n\n{QUESTION}")
    scene.samira = phone


@hostile(85)
async def codes_with_something_wrong_about_them(scene: Scene) -> None:
    house = scene.house
    ref = await house.case(first_name="Mila", last_name="Vink")
    fresh = await house.invite(ref)
    long, short = fresh.code, fresh.short_code
    scene.canaries |= {long, short}
    malformed = [
        f"{long}{CANARY}",
        long[:-1],
        "A" * 65,
        "A" * 4000,
        short[:-1],
        f"{short}-ABCD",
        f"{short}{CANARY}",
        "2222-3333-444O",
        "ÀÀÀÀ-ÀÀÀÀ-ÀÀÀÀ",
        f"https://t.me/voorzorg_bot?start={long}x",
        "maar daar gaat het mij niet om",
        "mijn gezondheidsverzekering",
        f"{CANARY}; DROP TABLE invitation",
    ]
    phone = scene.stranger()
    async with scene.nothing_changes(ref):
        answers = await says(scene, phone, *(f"/start {text}" for text in malformed), *malformed)
        assert {answer.split("\n")[0] for answer in answers} == {NO_CODE}
        assert len(set(answers)) == 1
        # In the wrong case it is well-formed, and made up.
        assert await refused(scene, long.swapcase()) == await refused(scene, "kanarie-kanarie-kanari")
    # None of that was a try, for the chat or for the code: it still opens, in any spelling of the letter.
    spelled = f"  {short.lower().replace('-', ' ')} "
    assert (await says(scene, phone, spelled))[0].endswith(YEAR)
    assert RIGHT in (await says(scene, phone, "1999"))[0]


def spellings(long: str, short: str) -> list[str]:
    """Return how people type, dictate or copy a code."""
    return [
        *(f"{long}.", f"“{long}”", f"code: {long}", f"mijn code is {long} dankjewel", f"({long})"),
        f"https://t.me/voorzorg_bot?start={long}",
        f"Kijk: t.me/voorzorg_bot?start={long}, is dat hem?",
        *(f"{short}.", short.replace("-", "—"), short.replace("-", "\u2011"), short.replace("-", " – ")),
        *(f"‘{short.lower()}’", f"Code: {short}!", f"de code is {short.lower()}, klopt dat?", short.replace("-", ".")),
    ]


@pytest.mark.parametrize("at", range(15))
async def test_a_code_is_read_as_people_type_it_and_nothing_tells_whether_it_exists(scene: Scene, at: int) -> None:
    fresh = await scene.house.invite(await scene.house.case(first_name="Mila", last_name="Vink"))
    seen = []
    for long, short in ((fresh.code, fresh.short_code), ("kanarie-kanarie-Kanari", "2222-3333-4444")):
        phone = scene.world.phone("Kanariepiet")
        seen += await says(scene, phone, "/start", spellings(long, short)[at])
        assert not any(message.mine for message in phone.messages)
    assert seen[1].endswith(YEAR)
    assert seen[:2] == seen[2:]


@pytest.mark.parametrize("hello", ["hoi", "Hallo!", "goedemorgen", "MOI", "cześć"])
async def test_who_says_hello_is_greeted_and_told_what_is_needed(scene: Scene, hello: str) -> None:
    phone = scene.stranger()
    assert (await says(scene, phone, "/start", hello))[1].startswith("Fijn dat je schrijft. Geen code? Bel 📞")
    assert "Typ de code hier." in scene.seen(phone)


async def test_words_of_a_stranger_that_are_no_code_get_a_number_and_what_a_code_looks_like(scene: Scene) -> None:
    phone = scene.stranger()
    for text in ("ik red het niet meer zo", "wie ben jij", "geen idee"):
        (seen,) = await says(scene, phone, text)
        assert seen.startswith(NO_CODE)
        assert "Heb je geen code? Bel 📞 050" in seen
        assert seen.endswith("Gaat het slecht met je? Bel 113, dag en nacht.")
    await scene.send(phone, voice={"file_id": "x", "file_unique_id": "x", "duration": 3})
    assert "Wil je een mens spreken? Bel 📞 050" in scene.seen(phone)


@hostile(86)
async def two_phones_with_one_code(scene: Scene) -> None:
    house = scene.house
    ref = await house.case(first_name="Mila", last_name="Vink")
    fresh = await house.invite(ref)
    first, second = (scene.world.phone("Mila", user_id=7_500_000_001 + n) for n in range(2))
    scene.canaries |= {str(first.id), str(second.id), "Mila", "Vink", fresh.code}
    first.start(fresh.code)
    second.start(fresh.code)
    await house.pump()
    assert scene.seen(first) == scene.seen(second)
    first.say("1999")
    second.say("1999")
    await house.pump()
    assert RIGHT in scene.seen(first)
    assert scene.seen(second).startswith(WRONG)
    document = await house.document(ref)
    assert [contact["kind"] for contact in document["contacts"]] == ["chat"]
    async with scene.nothing_changes(ref):
        assert (await says(scene, second, "1999", "1999"))[-1].startswith(REFUSED)
    assert "Vink" not in second.dump()
    assert ref not in second.dump()
    # The winner goes on.
    await house.tap(first, "Alleen ik", "Verder", "Ja, hier")
    assert scene.seen(first) == QUESTION


@hostile(87)
async def three_wrong_years(scene: Scene) -> None:
    house = scene.house
    told = len(scene.anneke.lock_screen)
    for wrong in (
        ["1998", "1980", "0000"],
        ["1998", "/start", "1980", "2001"],
        ["1998", "other phone", "1980", "2001"],
    ):
        ref = await house.case(first_name="Mila", last_name="Vink")
        fresh = await house.invite(ref)
        phone = scene.world.phone("Kanariepiet")
        await says(scene, phone, f"/start {fresh.code}")
        async with scene.nothing_changes(ref):
            for year in wrong:
                if year == "other phone":
                    phone = scene.world.phone("Kanariepiet")
                if not year.isdecimal():
                    await says(scene, phone, f"/start {fresh.code}")
                else:
                    # What is no year costs no try.
                    assert (await says(scene, phone, "99", f"{year} {CANARY}"))[-1].startswith("Typ 4 cijfers.")
                    assert (await says(scene, phone, year))[0].startswith((WRONG, REFUSED))
            # The code is burned: the right year does not help any more, here or elsewhere.
            await says(scene, phone, f"/start {fresh.code}")
            assert (await says(scene, phone, "1999"))[0].startswith(WRONG)
            await refused(scene, fresh.code)
        assert scene.anneke.lock_screen[told:] == [f"⚠️ Kijk hiernaar · {ref}"], wrong
        told = len(scene.anneke.lock_screen)
        # The worker makes a new one, and it works.
        await says(scene, phone, f"/start {(await house.invite(ref)).code}", "1999")
        assert RIGHT in scene.seen(phone)


@hostile(88)
async def a_code_of_another_installation(scene: Scene) -> None:
    async with scene.nothing_changes():
        assert await refused(scene, "Zq3-kanarie_andere-reg") == await refused(scene, "B" * 22)


@numbered(SCENARIOS)
async def test_a_bad_code_opens_nothing_and_tells_nothing(scene: Scene, scenario: Scenario) -> None:
    await scene.play(scenario)


async def test_who_tries_many_codes_hears_the_same_sentence_and_a_good_one_is_taken(scene: Scene) -> None:
    fresh = await scene.house.invite(await scene.house.case(first_name="Mila"))
    phone = scene.stranger()
    for number in range(5):
        assert (await says(scene, phone, f"/start {'A' * 21}{number}"))[0].endswith(YEAR)
    assert (await says(scene, phone, f"/start {'A' * 21}9"))[0].startswith(REFUSED)
    assert (await says(scene, phone, f"/start {fresh.code}"))[0].endswith(YEAR)
    assert RIGHT in (await says(scene, phone, "1999"))[0]
    await scene.all_is_well()
