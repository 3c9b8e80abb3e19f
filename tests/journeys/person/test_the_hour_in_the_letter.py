"""The hour in the letter: asked at a quiet moment, shown with the day, and what the phone does follows from it."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from icalendar import Calendar

from bot.webchat.phone import Phone
from conversations.reminders.agenda import LAST
from conversations.rules.reporting_hour import REPORT_AT
from storage.clock import wall
from tests.house import House
from tests.journeys.transcript import Transcript

DAY = date(2027, 3, 9)
ASKED = "Hoe laat moet je er zijn? Kijk in je brief."
IMPORTANT = "Je hebt een belangrijk bericht."


async def _at_seven_days(house: House, mila: Phone) -> None:
    await house.at(DAY - timedelta(days=7), 10)
    await house.tap(mila, "Laat zien")


async def _last(house: House, ref: str) -> list[tuple[date, time]]:
    """Return when the last message is to come."""
    rows = (await house.load(ref)).reminders
    return [(r.day, r.at) for r in rows if r.kind == LAST and r.state == "planned"]


async def _hour(house: House, ref: str) -> object:
    return (await house.document(ref))["reporting_time"]


async def test_a_letter_of_eight_brings_the_last_message_before_nine_and_silence_from_leaving(house: House) -> None:
    ref, mila, _ = await house.called_up("9 maart 2027")
    await house.at(DAY - timedelta(days=14), 10)
    await house.tap(mila, "Laat zien")
    assert mila.last.text.endswith(ASKED)
    assert "De tijd staat in je brief." not in mila.last.text
    assert mila.last.labels[:4] == ["🕘 09:00", "🕘 10:00", "🕘 13:00", "✏️ Andere tijd"]
    await house.say(mila, "acht uur")
    assert "📅 dinsdag 9 maart 2027, 08:00" in mila.last.text
    assert ASKED not in mila.last.text
    assert await _hour(house, ref) == "08:00"
    await house.at(DAY - timedelta(days=1), 10)
    await house.tap(mila, "Laat zien")
    assert "📅 dinsdag 9 maart 2027, 08:00" in mila.last.text
    assert mila.last.text.endswith("Hoe laat ga je weg?")
    assert mila.last.labels[:3] == ["🕗 06:00", "🕗 06:30", "🕗 07:00"]
    await house.tap(mila, "07:00")
    assert "Morgen om 05:30 stuur ik nog één bericht." in mila.last.text
    mila.lock_screen.clear()
    await house.at(DAY, 5, 29)
    assert mila.lock_screen == []
    await house.at(DAY, 5, 30)
    assert mila.lock_screen == [IMPORTANT]
    await house.say(mila, "/plan")
    assert "Ik ben stil" not in mila.last.text
    await house.at(DAY, 7)
    await house.say(mila, "/plan")
    assert "Ik ben stil tot jij weer thuis bent." in mila.last.text


async def test_the_hour_is_asked_with_the_reminder_and_may_be_skipped(house: House) -> None:
    _, mila, _ = await house.called_up("9 maart 2027")
    told = Transcript(house)
    told.follow("Mila", mila)
    told.lines.clear()
    told.heading("Two weeks before: the question is skipped")
    await house.at(DAY - timedelta(days=14), 10)
    await told.tap("Mila", "👀 Laat zien")
    await told.tap("Mila", "▶️ Verder")
    told.heading("A week before: it is typed")
    await house.at(DAY - timedelta(days=7), 10)
    await told.tap("Mila", "👀 Laat zien")
    await told.tap("Mila", "✏️ Andere tijd")
    await told.say("Mila", "half tien")
    told.heading("The day before: when to leave follows from it")
    await house.at(DAY - timedelta(days=1), 10)
    await told.tap("Mila", "👀 Laat zien")
    await told.say("Mila", "10 uur")
    await told.tap("Mila", "✏️ Andere tijd")
    await told.say("Mila", "8 uur")
    told.heading("The day itself")
    await house.at(DAY, 6, 30)
    told.note()
    await told.tap("Mila", "👀 Laat zien")
    told.matches("hour_in_the_letter")


async def test_a_letter_of_two_in_the_afternoon_without_a_time_of_leaving_is_silent_from_twelve(house: House) -> None:
    ref, mila, _ = await house.called_up("9 maart 2027")
    await _at_seven_days(house, mila)
    await house.tap(mila, "✏️ Andere tijd")
    assert "Hoe laat moet je er zijn? Typ de tijd." in mila.last.text
    await house.say(mila, "straks")
    assert "Welke tijd is dat?" in mila.last.text
    await house.say(mila, "2 uur")
    assert "📅 dinsdag 9 maart 2027, 14:00" in mila.last.text
    assert await _last(house, ref) == [(DAY, time(10, 30))]
    mila.lock_screen.clear()
    await house.at(DAY, 10, 29)
    assert mila.lock_screen[1:] == []  # what was for the day before came then
    mila.lock_screen.clear()
    await house.at(DAY, 10, 30)
    assert mila.lock_screen == [IMPORTANT]
    await house.at(DAY, 11, 59)
    await house.say(mila, "/plan")
    assert "Ik ben stil" not in mila.last.text
    await house.at(DAY, 12)
    await house.say(mila, "/plan")
    assert "Ik ben stil tot jij weer thuis bent." in mila.last.text


async def test_who_never_tells_it_goes_on_as_before(house: House) -> None:
    ref, mila, _ = await house.called_up("9 maart 2027")
    for days in (14, 7, 3):
        await house.at(DAY - timedelta(days=days), 10)
        await house.tap(mila, "Laat zien")
        assert mila.last.text.endswith(ASKED)
        await house.tap(mila, "Verder")
    await house.at(DAY - timedelta(days=1), 10)
    await house.tap(mila, "Laat zien")
    assert "📅 dinsdag 9 maart 2027\n" in mila.last.text
    assert "De tijd staat in je brief." in mila.last.text
    assert ASKED not in mila.last.text
    assert mila.last.labels[:3] == ["🕗 08:00", "🕗 08:30", "🕗 09:00"]
    assert await _hour(house, ref) is None
    assert await _last(house, ref) == [(DAY, time(9))]
    await house.at(DAY, 9)
    await house.say(mila, "/plan")
    assert "Ik ben stil" not in mila.last.text
    await house.at(DAY, 10)
    await house.say(mila, "/plan")
    assert "Hoe is het gegaan?" in mila.last.text


async def test_another_day_forgets_the_hour_and_asks_it_again(house: House) -> None:
    ref, mila, anneke = await house.called_up("9 maart 2027")
    await _at_seven_days(house, mila)
    await house.tap(mila, "🕘 09:00")
    assert await _hour(house, ref) == "09:00"
    await house.say(anneke, f"/zaak {ref}")
    assert "dinsdag 9 maart 2027, 09:00 (uit de brief)" in anneke.last.text
    await house.deed(anneke, "Dag en feiten", "Andere dag of tijd in de brief")
    await house.say(anneke, "30 maart 2027")
    assert await _hour(house, ref) is None
    assert (await house.load(ref)).person.answer_to(REPORT_AT) is None
    house.clock.forward(minutes=6)
    await house.tick()
    await house.tap(mila, "Laat zien")
    assert "📅 Je dag is dinsdag 30 maart 2027." in mila.last.text
    await house.at(DAY + timedelta(days=14), 10)
    await house.tap(mila, "Laat zien")
    assert mila.last.text.endswith(ASKED)


@pytest.mark.parametrize("typed", ["9 maart 2027 9 uur", "dinsdag 9 maart 2027 om 09:00"])
async def test_an_hour_that_is_typed_with_the_day_is_kept_and_not_asked(house: House, typed: str) -> None:
    ref, mila, _ = await house.called_up(typed)
    assert await _hour(house, ref) == "09:00"
    assert (await house.document(ref))["answers"]["date"] == "2027-03-09"
    await _at_seven_days(house, mila)
    assert "📅 dinsdag 9 maart 2027, 09:00" in mila.last.text
    assert ASKED not in mila.last.text


async def test_the_day_is_put_back_with_its_hour_and_another_day_takes_neither(house: House) -> None:
    ref, mila, _ = await house.called_up("9 maart 2027")
    await house.say(mila, "/plan")
    await house.tap(mila, "Menu", "Meer", "Ik kreeg een andere dag", "Ja, met een dag")
    await house.say(mila, "16 maart half 2")
    assert "Is het deze dag?\n\n📅 dinsdag 16 maart 2027, 13:30" in mila.last.text
    await house.tap(mila, "Nee, een andere dag")
    assert await _hour(house, ref) is None
    await house.tap(mila, "Nog steeds dinsdag 9 maart")
    assert await _hour(house, ref) is None


async def test_an_hour_can_be_changed_and_an_earlier_time_of_leaving_is_asked_again(house: House) -> None:
    ref, mila, _ = await house.called_up("9 maart 2027")
    await _at_seven_days(house, mila)
    await house.tap(mila, "🕘 10:00", "✉️ Andere tijd in de brief")
    await house.say(mila, "half elf")
    assert "📅 dinsdag 9 maart 2027, 10:30" in mila.last.text
    await house.at(DAY - timedelta(days=1), 10)
    await house.tap(mila, "Laat zien", "🕗 09:30")
    assert await _last(house, ref) == [(DAY, time(8))]
    await house.tap(mila, "✉️ Andere tijd in de brief")
    await house.say(mila, "9 uur")
    assert mila.last.text.endswith("Hoe laat ga je weg?")
    assert mila.last.labels[:3] == ["🕗 07:00", "🕗 07:30", "🕗 08:00"]


async def test_leaving_later_than_the_hour_is_asked_once_more(house: House) -> None:
    ref, mila, _ = await house.called_up("9 maart 2027 9 uur")
    await house.at(DAY - timedelta(days=1), 10)
    await house.tap(mila, "Laat zien")
    await house.say(mila, "9 uur")
    assert mila.last.text == "Je moet er om 09:00 zijn. Dan kom je te laat. Hoe laat ga je weg?"
    # The question can be answered where it stands; a time that is still too late is called so, and never a good plan.
    await house.say(mila, "half 10")
    assert "Je moet er om 09:00 zijn. Dan kom je te laat." in mila.last.text
    await house.tap(mila, "Toch om 09:30")
    assert "🕗 Je gaat om 09:30 weg." in mila.last.text
    assert "Goed plan" not in mila.last.text
    assert await _last(house, ref) == [(DAY, time(8))]
    await house.tap(mila, "✏️ Andere tijd")
    await house.say(mila, "10 uur")
    await house.say(mila, "7.30")
    assert "🕗 Je gaat om 07:30 weg. Goed plan." in mila.last.text


async def test_a_worker_types_the_hour_with_the_day(house: House) -> None:
    ref, mila, anneke = await house.called_up("9 maart 2027")
    mila.lock_screen.clear()
    await house.say(anneke, f"/zaak {ref}")
    await house.deed(anneke, "Dag en feiten", "Andere dag of tijd in de brief")
    await house.say(anneke, "9 maart 2027 om 9.30 uur")
    assert "In de brief staat dinsdag 9 maart 2027, 09:30." in anneke.last.text
    assert await _hour(house, ref) == "09:30"
    assert await _last(house, ref) == [(DAY, time(6))]
    house.clock.forward(minutes=6)
    await house.tick()
    assert mila.lock_screen == [IMPORTANT]
    await house.tap(mila, "Laat zien")
    assert "📅 Je dag is dinsdag 9 maart 2027, 09:30." in mila.last.text


async def test_a_worker_who_asks_the_questions_writes_the_hour_down_with_the_day(house: House) -> None:
    anneke = await house.joined(await house.member())
    ref = await house.case()
    await house.say(anneke, f"/zaak {ref}")
    await house.tap(anneke, "Samen de vragen doen", "Geld", "Ja, met een dag")
    await house.say(anneke, "9 maart 2027 half tien")
    assert await _hour(house, ref) == "09:30"
    assert (await house.load(ref)).answers[REPORT_AT].by == "worker"


async def test_the_plan_the_papers_and_the_calendar_show_the_hour(house: House) -> None:
    _, mila, _ = await house.called_up("9 maart 2027 9 uur")
    await house.tap(mila, "Het lukt me slecht", "Ja, dit doe ik")
    await house.say(mila, "/plan")
    assert "dinsdag 9 maart 2027, 09:00." in mila.last.text
    await house.tap(mila, "Op papier", "In mijn agenda")
    file = next(message.document for message in mila.messages if message.document is not None)
    days = [event for event in Calendar.from_ical(file.content).walk("VEVENT") if event["summary"] == "Belangrijke dag"]
    begin = wall(days[0]["dtstart"].dt, house.settings.zone)
    assert (begin.date(), begin.time()) == (DAY, time(9))
    assert days[0]["dtend"].dt - days[0]["dtstart"].dt == timedelta(hours=1)
