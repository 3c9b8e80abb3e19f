"""Dates and figures as people type them: read as they were meant and put back in words, or asked again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from bot.webchat.phone import Phone
from conversations.words.wording import words_for
from storage.clock import instant, wall
from tests.hostile.scene import CANARY, SECOND_QUESTION, Scenario, Scene, numbered, registry

SCENARIOS, hostile = registry()

ASKED = "Welke dag staat in de brief? Typ de datum. Bijvoorbeeld: dinsdag 9 maart 2027."
NO_SUCH_DAY = "Die dag bestaat niet. Kijk nog eens in de brief."
NO_DATE = "Dat lees ik niet als een datum."
OVER = "Die dag is voorbij. Kijk nog een keer in de brief."
FOUR_FIGURES = "Typ 4 cijfers."


async def to_the_date(scene: Scene) -> None:
    """Go to the question about the day in the letter."""
    await scene.house.tap(scene.samira, "De dag")
    assert SECOND_QUESTION in scene.seen(scene.samira)
    await scene.house.tap(scene.samira, "Ja, met een dag")
    assert ASKED in scene.seen(scene.samira)
    scene.question = ASKED


async def is_put_back(scene: Scene, typed: str, words: str) -> None:
    """See that a date comes back in words, and counts for nothing before the person says yes."""
    async with scene.nothing_changes():
        await scene.house.say(scene.samira, typed)
        assert scene.seen(scene.samira) == f"Is het deze dag?\n\n📅 {words}", typed
        assert "✅ Ja, dat klopt" in scene.samira.last.labels
        # What was typed does not stay in the chat.
        assert typed not in [message.text for message in scene.samira.messages]
        await scene.house.tap(scene.samira, "Nee, een andere dag")
        assert ASKED in scene.seen(scene.samira)


async def is_asked_again(scene: Scene, typed: str, why: str) -> None:
    """See that it is said in one sentence, with the question and its example, and that nothing is kept."""
    async with scene.nothing_changes():
        await scene.house.say(scene.samira, typed)
        if why == NO_DATE:  # what is no date at all may be words for a human
            assert scene.seen(scene.samira).startswith(f"{why} Zal Anneke het lezen?"), typed
            await scene.house.tap(scene.samira, "Terug naar de vraag")
            assert ASKED in scene.seen(scene.samira)
        else:
            assert scene.seen(scene.samira).startswith(f"{why}\n\n{ASKED}"), typed


async def somebody_who_is_asked_the_year(scene: Scene, user_id: int) -> Phone:
    """Return the phone of somebody new who has typed their code."""
    fresh = await scene.house.invite(await scene.house.case(first_name="Mila", last_name="Vink"))
    scene.canaries |= {"Mila", "Vink", str(user_id)}
    phone = scene.world.phone("Mila", user_id=user_id)
    phone.start(fresh.code)
    await scene.house.pump()
    return phone


async def opens_with(scene: Scene, year: str, no_years: tuple[str, ...]) -> None:
    """See that what is no year costs no try, and that this year opens the case."""
    phone = await somebody_who_is_asked_the_year(scene, 7_500_000_000 + len(scene.world.phones))
    for text in no_years:
        await scene.house.say(phone, text)
        assert scene.seen(phone).startswith(FOUR_FIGURES), text
    await scene.house.say(phone, year)
    assert "Het klopt." in scene.seen(phone), year


@hostile(29)
async def a_figure_that_is_none(scene: Scene) -> None:
    await opens_with(scene, "1999", ("²²²²", "1⁹99", "①⑨⑨⑨", "ⅯⅭⅯⅩ", "一九九九"))
    await to_the_date(scene)
    for text in ("²-3-2027", "9-³-2027", "⑨-3-2027", "½"):
        await is_asked_again(scene, text, NO_DATE)


@hostile(30)
async def figures_of_other_scripts(scene: Scene) -> None:
    for year in ("١٩٩٩", "１９９９", "१९९९"):
        await opens_with(scene, year, ("٩٩", "１９９"))
    await to_the_date(scene)
    await is_put_back(scene, "١٢-٣-٢٠٢٧", "vrijdag 12 maart 2027")
    await is_put_back(scene, "１２-３-２０２７", "vrijdag 12 maart 2027")


@hostile(31)
async def figures_that_are_no_dates_and_no_years(scene: Scene) -> None:
    numbers = ("-1", "1e9", "1.000,50", "-1999", "+1999", "1999.0", "1.999", "19 99", "0x7CF", "NaN", "9" * 400)
    await opens_with(scene, "1999", numbers)
    await to_the_date(scene)
    for text in (*numbers, "12", "0", "1999"):
        await is_asked_again(scene, text, NO_DATE)


@hostile(40)
async def days_that_do_not_exist(scene: Scene) -> None:
    await to_the_date(scene)
    for text in ("31-02-2027", "31 februari 2027", "30/2/2027", "31-4-2027", "32-1-2027", "0-1-2027", "9-13-2027"):
        await is_asked_again(scene, text, NO_SUCH_DAY)


@hostile(41)
async def years_of_two_figures(scene: Scene) -> None:
    await to_the_date(scene)
    await is_put_back(scene, "01-03-27", "maandag 1 maart 2027")
    await is_put_back(scene, "1 mrt 27", "maandag 1 maart 2027")
    await is_asked_again(scene, "01-03-99", NO_DATE)  # neither long ago nor in seventy years
    # A year of birth always has four.
    await opens_with(scene, "1999", ("99", "'99", "1-3-99"))


@hostile(42)
async def the_day_comes_first(scene: Scene) -> None:
    await to_the_date(scene)
    await is_put_back(scene, "3/4/2027", "zaterdag 3 april 2027")
    await is_put_back(scene, "12.11.2027", "vrijdag 12 november 2027")
    await is_asked_again(scene, "4/13/2027", NO_SUCH_DAY)
    await scene.house.say(scene.samira, "3/4/2027")
    await scene.house.tap(scene.samira, "Ja, dat klopt")
    assert (await scene.house.document(scene.ref))["reporting_date"] == date(2027, 4, 3)
    scene.question = scene.seen(scene.samira)


@hostile(43)
async def days_by_their_distance(scene: Scene) -> None:
    await to_the_date(scene)
    # Half past eleven in the evening in London is tomorrow here, a Wednesday.
    scene.house.clock.forward_to(datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    await is_put_back(scene, "vandaag", "woensdag 25 november 2026")
    await is_put_back(scene, "Morgen", "donderdag 26 november 2026")
    await is_put_back(scene, "volgende week maandag", "maandag 30 november 2026")
    await is_put_back(scene, "woensdag", "woensdag 2 december 2026")
    # In the night in which the clock goes back, and in the one in which it goes forward.
    for moment, words in (
        (datetime(2027, 3, 27, 23, 30, tzinfo=UTC), "maandag 29 maart 2027"),
        (datetime(2027, 10, 30, 22, 30, tzinfo=UTC), "maandag 1 november 2027"),
        (datetime(2027, 10, 31, 22, 30, tzinfo=UTC), "maandag 1 november 2027"),
    ):
        scene.house.clock.forward_to(moment)
        await is_put_back(scene, "morgen", words)
    await is_asked_again(scene, "volgende week", NO_DATE)


@hostile(44)
async def a_reporting_day_that_is_over(scene: Scene) -> None:
    house, samira, anneke = scene.house, scene.samira, scene.anneke
    await to_the_date(scene)
    told = len(anneke.lock_screen)
    before = await house.document(scene.ref)
    await house.say(samira, "23-11-2026")
    assert scene.seen(samira).startswith(OVER)
    assert "Ik heb het Anneke laten weten." in scene.seen(samira)
    assert ASKED in scene.seen(samira)
    # The worker hears it, without a word of what about, and sees it in the case; once, however often it is typed.
    assert anneke.lock_screen[told:] == [f"⚠️ Kijk hiernaar · {scene.ref}"]
    async with scene.nothing_changes():
        await house.say(samira, "23 november 2026")
    assert anneke.lock_screen[told:] == [f"⚠️ Kijk hiernaar · {scene.ref}"]
    await house.tap(anneke, "Laat zien")
    assert "typte een meldingsdag die voorbij is: maandag 23 november 2026" in scene.seen(anneke)
    after = await house.document(scene.ref)
    assert (after["reporting_date"], after["answers"]) == (before["reporting_date"], before["answers"])
    # A day that was to come when it was typed and is over when it is confirmed.
    await house.say(samira, "24-11-2026")
    house.clock.forward(days=1)
    await house.tap(samira, "Ja, dat klopt")
    assert scene.seen(samira).startswith(OVER)
    assert (await house.document(scene.ref))["reporting_date"] is None
    # In an overview it is taken: what came of it is what has to be found out.
    ref = await house.case(first_name="Mila", last_name="Vink", reporting_date=house.today - timedelta(days=9))
    scene.canaries |= {"Mila", "Vink"}
    assert (await house.document(ref))["outcome"] is None
    await house.say(anneke, f"/zaak {ref}")
    assert "uitkomst onbekend" in scene.seen(anneke)


@hostile(45)
async def years_that_nobody_means(scene: Scene) -> None:
    await to_the_date(scene)
    for text in ("1-1-0001", "31-12-9999", "0000-01-01", "1-1-1899", "1-1-2127", "9 maart 9999", "1-1-10000"):
        await is_asked_again(scene, text, NO_DATE)


@hostile(46)
async def the_day_that_not_every_year_has(scene: Scene) -> None:
    await to_the_date(scene)
    await is_asked_again(scene, "29-02-2027", NO_SUCH_DAY)
    await is_asked_again(scene, "29 februari 2027", NO_SUCH_DAY)
    await is_put_back(scene, "29-02-2028", "dinsdag 29 februari 2028")
    await is_put_back(scene, "29 februari", "dinsdag 29 februari 2028")


async def reminded_at_half_past_two(scene: Scene, day: date) -> datetime:
    """Plan a reminder of an agreed action in the night of a change of the clock; returns when it is due."""
    house = scene.house
    await house.tap(scene.samira, "De dag", "Er staat geen dag in", "Ja, dit doe ik")
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, scene.ref)
        case.schedule.cancel(CANARY, action_id=case.actions[0].id)
        case.actions[0].due = day
        case.touch("action", case.actions[0])
        row = case.schedule.remind("action_day", day, time(2, 30), house.settings.zone, case.actions[0])
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    scene.samira.lock_screen.clear()
    scene.question = "Heeft de gemeente je goede adres?"
    return row.due_at


async def leaves_once_in_the_morning(scene: Scene, due_at: datetime, day: date) -> None:
    """Look every half hour of the night: nobody is woken, and at nine it leaves, once."""
    house = scene.house
    house.clock.forward_to(instant(day, time(0, 30), house.settings.zone))
    nine = instant(day, time(9), house.settings.zone)
    while house.clock.now() < nine:
        await house.tick()
        assert "Je hebt een herinnering." not in scene.samira.lock_screen
        house.clock.forward(minutes=30)
    for _ in range(6):
        await house.tick()
        house.clock.forward(minutes=30)
    assert scene.samira.lock_screen.count("Je hebt een herinnering.") == 1
    left = [state for kind, state in await house.ledger(scene.ref) if kind != "check_in" and state != "cancelled"]
    assert left == ["sent"]
    assert due_at < nine
    # Months have passed: whether anything changed comes after it.
    await house.tap(scene.samira, "Laat zien", "Gedaan", "Alles is hetzelfde")


@hostile(47)
async def a_time_that_does_not_exist(scene: Scene) -> None:
    day = date(2027, 3, 28)
    due_at = await reminded_at_half_past_two(scene, day)
    zone = scene.house.settings.zone
    assert wall(due_at, zone).time() == time(3, 30)
    assert words_for("nl", zone).moment(due_at) == "zondag 28 maart, 03:30"
    await leaves_once_in_the_morning(scene, due_at, day)


@hostile(48)
async def a_time_that_comes_twice(scene: Scene) -> None:
    day = date(2027, 10, 31)
    due_at = await reminded_at_half_past_two(scene, day)
    assert due_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    await leaves_once_in_the_morning(scene, due_at, day)


@numbered(SCENARIOS)
async def test_a_date_or_a_figure_is_put_back_in_words_or_asked_again(scene: Scene, scenario: Scenario) -> None:
    await scene.play(scenario)
