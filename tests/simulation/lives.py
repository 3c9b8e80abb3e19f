"""Two hundred lives of a year: dates that come, move and go, wishes, answers and silence; drawn from a seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import func, select

from bot.rounds.begin import turn_for
from bot.rounds.loaded import Room
from bot.webchat.phone import Phone
from bot.writing.outcome import Outcome
from bot.writing.saving import save_cases
from conversations.effects.notice import Notice
from conversations.reminders.agenda import plan_action
from conversations.reminders.follow_dates import letter_says, letter_withdraws
from conversations.self_reporter.day.homecoming import is_free, outcome_known
from conversations.self_reporter.day.hour_in_letter import keep_hour
from conversations.turn import Turn
from storage.case.case import Case
from storage.clock import instant, wall
from storage.queues import due
from storage.schema import cases, outbox
from tests.house import House

Happening = Callable[[Turn, Case], None]
# What somebody taps who answers; the first that stands there.
ANSWERS = ("✅ Gedaan", "⏳ Nog niet", "🕗 08:30", "📅 Morgen", "👍 Ja, op een andere dag", "🕘 10:00", "▶️ Verder")


@dataclass
class Life:
    """One person, and what happens to them at which moment."""

    ref: str
    phone: Phone
    answers: bool
    happenings: list[tuple[datetime, Happening]] = field(default_factory=list)
    seen: int = 0
    # Every notice that came: when, and what stood on the lock screen.
    came: list[tuple[datetime, str]] = field(default_factory=list)


def agree_to(text: str, days: int) -> Happening:
    """Somebody takes something on, for so many days from now."""

    def happens(turn: Turn, case: Case) -> None:
        if case.is_at_home:
            action = case.plan.propose("own", "self", "before", text, None, None)
            case.plan.agree(action, turn.today + timedelta(days=days))
            plan_action(turn, case, action)

    return happens


def letter_in(days: int, by: str, at: time | None = None) -> Happening:
    """The letter brings or moves the reporting date, to so many days from now, with its hour if that is told."""

    def happens(turn: Turn, case: Case) -> None:
        if case.is_at_home:
            letter_says(turn, case, turn.today + timedelta(days=days), by)
            if at is not None:
                keep_hour(turn, case, at)

    return happens


def taken_back(turn: Turn, case: Case) -> None:
    """The day is off."""
    if case.phase == "coming":
        letter_withdraws(turn, case)


def came_to(outcome: str) -> Happening:
    """Somebody knows what came of the day, once it is there."""

    def happens(turn: Turn, case: Case) -> None:
        if case.phase == "coming" and case.confirmed_date and case.confirmed_date <= turn.today:
            outcome_known(turn, case, outcome)

    return happens


def free(turn: Turn, case: Case) -> None:
    """Released."""
    if case.phase == "held":
        is_free(turn, case)


def wishes(mind: Random) -> Happening:
    """Somebody sets how they want it."""
    hour = mind.choice([None, time(9), time(12, 30), time(19, 30)])
    quiet = mind.choice([None, (time(22), time(11)), (time(13), time(15, 30))])
    paused = mind.random() < 0.3

    def happens(turn: Turn, case: Case) -> None:
        case.person.prefer(hour=hour, quiet_from=quiet and quiet[0], quiet_until=quiet and quiet[1])
        if paused:
            case.person.prefer(paused_until=turn.today + timedelta(days=7))

    return happens


def course(mind: Random, first: date, days: int, house: House) -> list[tuple[datetime, Happening]]:
    """Draw what happens to one person in so many days from `first`."""
    happenings: list[tuple[datetime, Happening]] = []

    def on(day: int, happening: Happening) -> None:
        if 0 <= day < days:
            at = time(11, 7)
            happenings.append((instant(first + timedelta(days=day), at, house.settings.zone), happening))

    on(mind.randint(0, 20), wishes(mind))
    for n in range(mind.randint(1, 4)):
        on(mind.randint(0, days - 1), agree_to(f"Afspraak {n}", mind.randint(0, 25)))
    day = mind.randint(0, days)
    ahead = mind.randint(1, 45)
    on(day, letter_in(ahead, mind.choice(("self", "worker")), mind.choice((None, time(8), time(14)))))
    if mind.random() < 0.4:
        moved = mind.randint(1, ahead)
        ahead_again = mind.randint(1, 40)
        on(day + moved, letter_in(ahead_again, "worker"))
        on(day + moved, letter_in(ahead_again + 1, "worker"))
        day, ahead = day + moved, ahead_again + 1
    if mind.random() < 0.2:
        on(day + mind.randint(0, ahead), taken_back)
        day, ahead = day + ahead + mind.randint(5, 60), mind.randint(3, 30)
        on(day, letter_in(ahead, "self"))
    if mind.random() < 0.8:
        over = day + ahead + mind.randint(0, 3)
        on(over, came_to(mind.choice(("reported", "reported", "arrested", "absent", "postponed"))))
        on(over + mind.randint(5, 60), free)
    return happenings


@asynccontextmanager
async def turn_of(house: House, ref: str) -> AsyncIterator[tuple[Turn, Case]]:
    """Let something happen to a case in a turn of its own, written as every turn is."""
    stores, writer, now = house.stores, house.app.due.writer, house.clock.now()
    async with house.app.database.write() as connection:
        found = await stores.cases.find(connection, cases.c.ref == ref)
        loaded = await stores.cases.load(connection, found)
        room = Room(stores, connection, now, loaded=loaded)
        case = loaded[found[0]]
        chat = (await stores.chats.of_cases(connection, found))[case.id]
        turn = await turn_for(room, chat, house.app.due.content)
        yield turn, case
        outcome = Outcome(notices=turn.decided(Notice))
        outcome.notices += await save_cases(room, house.app.due.content, [case])
        await writer.write(room, outcome)


async def next_moment(house: House) -> datetime | None:
    """Return when something is due next, or waits to be sent."""
    async with house.app.database.read() as connection:
        soonest = [await due.soonest(connection)]
        waits = select(func.min(outbox.c.not_before)).where(outbox.c.state == "open")
        soonest.append((await connection.execute(waits)).scalar())
    return min((moment for moment in soonest if moment is not None), default=None)


async def move_in(house: House, number: int, seed: int, first: date, days: int) -> list[Life]:
    """Let so many people arrive, all at once, and draw their lives."""
    mind, lives = Random(seed), []
    for n in range(number):
        ref = await house.case(first_name=f"Persoon{n}", last_name=f"Nummer{n}")
        fresh = await house.invite(ref)
        phone = house.world.phone(first_name=f"Persoon{n}")
        phone.start(fresh.code)
        lives.append(Life(ref, phone, answers=mind.random() < 0.1, happenings=course(mind, first, days, house)))
    await house.pump()
    for life in lives:
        life.phone.say("1999")
    await house.pump()
    for button in ("Alleen ik", "Verder", "Ja, hier"):
        for life in lives:
            life.phone.tap(button)
        await house.pump()
    for life in lives:
        life.seen = len(life.phone.lock_screen)
    return lives


def note_what_came(house: House, lives: list[Life]) -> list[Life]:
    """Keep what has come since the last look; returns who got something."""
    got = []
    for life in lives:
        fresh = life.phone.lock_screen[life.seen :]
        if fresh:
            life.seen += len(fresh)
            life.came += [(house.clock.now(), text) for text in fresh]
            got.append(life)
    return got


def hours_of(lives: list[Life], house: House) -> Counter[int]:
    """Count what came by the hour on the wall."""
    return Counter(wall(moment, house.settings.zone).hour for life in lives for moment, _ in life.came)
