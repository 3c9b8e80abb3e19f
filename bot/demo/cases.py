"""The cases behind the two workers of the demo: each waits for something else, as on an ordinary working day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.case.case import Case

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """When the demo begins."""

    now: datetime
    today: date
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Story:
    """A case: who, in how many days (None: no date yet), with which worker (None: nobody), and what happened."""

    first_name: str
    last_name: str
    birth_year: int
    days: int | None
    worker: int | None
    told: Callable[[Case, Moment], None]


def _letter(case: Case, at: Moment, days: int) -> None:
    case.reach.invited(at.now - days * DAY)
    case.reach.contacted("letter", "out", at.now - days * DAY)


def _talking(case: Case, at: Moment, days: int = 10) -> None:
    _letter(case, at, days + 4)
    case.reach.joined(at.now - days * DAY)
    case.reach.contacted("chat", "in", at.now - days * DAY)
    case.person.consent("channel", True, at.now - days * DAY, "demo")
    case.person.answer("wish", "money", at.now - days * DAY)


def _urgent(case: Case, at: Moment) -> None:
    _talking(case, at)
    case.person.answer("home", "rent", at.now - DAY)
    case.person.answer("eviction", "yes", at.now - DAY)
    case.signals.raise_flag(
        "eviction", "housing", "urgent", "Has a letter to leave the home.", at.now - timedelta(hours=11)
    )


def _writes(case: Case, at: Moment) -> None:
    _talking(case, at)
    case.thread.write("self_reporter", "Moet ik mijn sleutels ergens brengen?", at.now - timedelta(hours=12))


def _near(case: Case, at: Moment) -> None:
    _talking(case, at, 20)
    case.course.confirm_date(at.today + 6 * DAY, "self")
    case.person.answer("return", "no", at.now - 2 * DAY)
    case.signals.raise_flag("homeless_after", "housing", "high", "Has no place to live afterwards.", at.now - 2 * DAY)
    case.plan.agree(
        case.plan.propose("housing", "worker", "before", "Bel de opvang over een plek", at.today + DAY, None, "worker")
    )


def _by_telephone(case: Case, at: Moment) -> None:
    _letter(case, at, 20)
    case.reach.by("telephone")
    case.reach.contacted("phone", "out", at.now - 6 * DAY)
    case.reach.contacted("phone", "in", at.now - 6 * DAY)
    action = case.plan.propose("identity", "self", "before", "Zoek je ID-kaart", at.today, None, "worker")
    case.plan.agree(action)
    row = case.schedule.remind("action_day", at.today, time(8), at.zone, action)
    case.schedule.end(row, "handed_to_worker", "no chat")


def _silent(case: Case, at: Moment) -> None:
    _letter(case, at, 17)


def _blocked(case: Case, at: Moment) -> None:
    _talking(case, at)
    case.reach.messages_arrive(False, at.now - 2 * DAY)


def _overdue(case: Case, at: Moment) -> None:
    _talking(case, at)
    case.plan.agree(
        case.plan.propose("money", "worker", "before", "Vraag de bank om een afschrift", at.today - DAY, None, "worker")
    )


def _moved(case: Case, at: Moment) -> None:
    _talking(case, at)
    case.course.confirm_date(at.today + 30 * DAY, "self")


def _gone_by(case: Case, at: Moment) -> None:
    _talking(case, at, 40)
    case.course.confirm_date(at.today - DAY, "worker")


def _calm(case: Case, at: Moment) -> None:
    _talking(case, at)
    case.course.confirm_date(at.today + 40 * DAY, "self")
    case.course.list_date(at.today + 40 * DAY)
    case.plan.agree(case.plan.propose("money", "self", "before", "Doe alle post in één tas", at.today + 5 * DAY, None))


def _shared(case: Case, at: Moment) -> None:
    _talking(case, at, 15)
    case.course.confirm_date(at.today + 12 * DAY, "self")
    action = case.plan.propose("identity", "casemanager", "inside", "Vraag binnen een ID-kaart aan", None, None)
    case.plan.agree(action)
    case.shares.change_prison("PI Veenhuizen", at.now - 4 * DAY, at.zone)
    case.shares.let_prison_read(action, True, at.now - 3 * DAY, "demo")


def _new(_case: Case, _at: Moment) -> None:
    """Nothing has happened yet."""


STORIES = (
    Story("Youssef", "el Amrani", 1995, None, 0, _urgent),
    Story("Joke", "Hoekstra", 1979, 25, 0, _writes),
    Story("Dirk", "Bakker", 1984, 6, 0, _near),
    Story("Ayşe", "Yılmaz", 1990, 20, 0, _by_telephone),
    Story("Kevin", "Smit", 2001, None, 0, _silent),
    Story("Piotr", "Kowalski", 1987, 45, 0, _calm),
    Story("Noor", "van Dijk", 1999, None, 1, _blocked),
    Story("Henk", "Wiersma", 1968, None, 1, _overdue),
    Story("Rachid", "Benali", 1993, 33, 1, _moved),
    Story("Marleen", "de Boer", 1982, -1, 1, _gone_by),
    Story("Emre", "Demir", 1996, 12, 1, _shared),
    Story("Tom", "Veenstra", 2000, 60, None, _new),
    Story("Lisa", "Mulder", 1997, None, None, _new),
)
