"""A made-up year of the whole region for the demo: cases of every municipality with plausible histories.

Nobody in it exists. The same start gives the same people, so what a coordinator sees can be told beforehand.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

import pyotp

from bot.demo.cases import DAY, Moment
from bot.demo.coordination import a_meeting, coordinators_work
from bot.stores import Stores
from conversations.content.checklist.model import Checklist
from conversations.content.facts import Facts
from conversations.content.region import Region
from conversations.rules.flags import pressing, review
from storage.case.case import Case
from storage.case.case_parts import Identity
from storage.case.references import fresh_reference
from storage.clock import instant
from storage.engines.connection import AsyncConnection
from storage.keys.vault import WrappedKey
from storage.people.staff import Member
from storage.schema import TOPICS
from storage.scope import PROVINCE

SEED = 2_018
# Cases in the towns, which have most of them; another municipality has at most so many.
TOWNS = {"Groningen": 42, "Leeuwarden": 30, "Emmen": 24, "Assen": 18, "Smallingerland": 14, "Súdwest-Fryslân": 12}
ELSEWHERE = 7
# Shares of all cases, as of the figures of 3Noord (domain.md, section 4) where there are any.
ANSWERED, FOUND_OTHERWISE, ACTION, KNOWN, PLAN, CALLED_UP, REPORTED = 0.41, 0.46, 0.94, 0.40, 0.74, 0.75, 0.62
COLLEAGUES = ("Marijke", "Sjoerd", "Fenna", "Wessel", "Ilse", "Hamid")
_FIRST = ("Jan", "Sven", "Ahmed", "Petra", "Mo", "Wiebe", "Dina", "Erik", "Samir", "Linda", "Jelle", "Olga")
_LAST = ("Dijkstra", "Jansen", "Meijer", "Çelik", "Visser", "Nowak", "Hofman", "Boersma", "Haddad", "Vos")
# What somebody may answer, most of them something that asks for help (domain.md, section 4, the population).
_SAYS: dict[str, tuple[str, ...]] = {
    "income": ("benefit", "benefit", "uwv", "nothing", "job", "temporary"),
    "bills": ("badly", "sometimes", "yes"),
    "fines": ("terms", "open", "no"),
    "bailiff": ("no", "no", "yes"),
    "home": ("rent", "rent", "with", "own", "nowhere"),
    "treatment": ("yes", "no"),
    "medicine": ("yes", "no"),
    "substances": ("helped", "wants", "fine", "fine"),
    "going": ("yes", "yes", "yes", "badly"),
}
# How measures are weighed, some more often than others.
_WEIGHED = (
    *(("rent_agreement", "used", None),) * 4,
    *(("rent_agreement", "not_used", "not_wanted"), ("rent_agreement", "not_used", "too_late")),
    *(("housing_costs", "not_used", "policy"),) * 3,
    *(("housing_costs", "used", None), ("housing_costs", "considered", None), ("housing_costs", "not_used", "law")),
    *(("debt_help", "used", None),) * 3,
    *(("debt_help", "not_used", "too_late"), ("deferral", "not_used", "too_late"), ("cjib_terms", "used", None)),
)
# After so long a case is closed of which nothing more is expected.
OVER = timedelta(days=45)
# Of what somebody had at the start, how much is known at release, and is still there.
KNOWN_AT_RELEASE, KEPT = 0.85, 0.8


class Year:
    """The cases of the region from the first of January, or from half a year ago when that is earlier."""

    def __init__(self, at: Moment, region: Region, checklist: Checklist, taken: set[str]) -> None:
        """Take when it is seen, the content, and the references that others have."""
        self.at = at
        self._region, self._checklist, self._taken = region, checklist, taken
        self._facts = Facts.load()
        self._draw = Random(SEED)
        self._first = min(date(at.today.year, 1, 1), at.today - 180 * DAY)

    def _hit(self, share: float) -> bool:
        return self._draw.random() < share

    def _moment(self, day: date, hour: int = 11) -> datetime:
        return min(instant(day, time(hour), self.at.zone), self.at.now)

    def how_many(self, municipality: str) -> int:
        """Return how many cases a municipality has."""
        return TOWNS.get(municipality) or self._draw.randint(1, ELSEWHERE)

    def case(self, stores: Stores, municipality: str, workers: list[str]) -> tuple[Case, WrappedKey]:
        """Return one case with its history, and its wrapped key."""
        draw, province = self._draw, self._region.province_of(municipality)
        listed = self._first + draw.randrange((self.at.today - self._first).days + 1) * DAY
        who = Identity(draw.choice(_FIRST), draw.choice(_LAST), draw.randint(1962, 2006), None)
        case, key = stores.cases.new(
            who,
            ref=fresh_reference(self._region.prefix(province), self._taken),
            municipality=municipality,
            province=province,
            prison=draw.choice(("PI Veenhuizen", "PI Leeuwarden")),
            sentence_days=draw.choice((14, 21, 28, 42, 60, 90, 120, 180)),
            listed_on=listed,
            first_listed_on=listed,
            added_at=self._moment(listed, 9),
            known_to_care=self._hit(KNOWN) if self._hit(0.95) else None,
        )
        fresh = self.at.today - listed < 4 * DAY
        if not (fresh and self._hit(0.5)):
            case.helpers.assign(draw.choice(workers))
            self._history(case, listed)
        review(self._checklist, case, self.at.now, self.at.zone)
        self._facts.keep(case)
        case.attention.press(pressing(self._checklist, case, self.at.today))
        self._over(case, listed)
        return case, key

    def _over(self, case: Case, listed: date) -> None:
        """Close what is over: who came home, who stayed away, and who was never reached."""
        if case.release_date is not None:
            ended, reason = case.release_date, "finished"
        elif case.outcome == "absent" and case.reporting_date is not None:
            ended, reason = case.reporting_date, "no_contact"
        elif case.reporting_date is None and not any(c.direction == "in" for c in case.contacts):
            ended, reason = listed, "not_called"
        else:
            return
        if self.at.today - ended > OVER:
            case.course.close(reason, min(self.at.today, ended + OVER))

    def _history(self, case: Case, listed: date) -> None:
        draw, today = self._draw, self.at.today
        letter = listed + draw.randint(1, 9) * DAY
        if letter > today:
            return
        case.reach.contacted("letter", "out", self._moment(letter))
        case.reach.invited(self._moment(letter))
        if self._hit(CALLED_UP) and (day := letter + draw.randint(28, 130) * DAY):
            case.course.confirm_date(day, "worker")
        met = letter + draw.randint(2, 20) * DAY
        met = min(met, case.reporting_date - DAY) if case.reporting_date else met
        if met <= today and self._meet(case, met):
            self._plan(case, met)
        if case.reporting_date is not None and case.reporting_date < today:
            self._ends(case, case.reporting_date)

    def _meet(self, case: Case, met: date) -> bool:
        """Let the person answer, or be found in another way; tell whether there was contact."""
        if self._hit(ANSWERED):
            case.reach.contacted("chat" if self._hit(0.6) else "letter", "in", self._moment(met))
            case.reach.joined(self._moment(met))
            case.person.consent("channel", True, self._moment(met), "demo")
        elif self._hit(FOUND_OTHERWISE):
            kind = self._draw.choice(("phone", "phone", "visit", "care"))
            # Of one moment: ours to begin, not an answer to the letter.
            case.reach.contacted(kind, "out", self._moment(met))
            case.reach.contacted(kind, "in", self._moment(met))
            case.reach.by("telephone" if kind == "phone" else "visit")
        else:
            return False
        return True

    def _plan(self, case: Case, met: date) -> None:
        """Let them answer questions, and agree to actions, some of them in their own words."""
        draw, today = self._draw, self.at.today
        seen = self._moment(met)
        case.person.answer("wish", draw.choice(("money", "housing", "work", "health", "family")), seen)
        for question, options in _SAYS.items():
            if self._hit(0.85):
                case.person.answer(question, draw.choice(options), seen)
        review(self._checklist, case, seen, self.at.zone)
        for code, decision, reason in draw.sample(_WEIGHED, draw.choice((0, 1, 1, 2))):
            case.helpers.weigh(code, decision, reason, case.worker or "", seen)
        if not self._hit(ACTION):
            return
        case.first_action_on = met
        agrees = self._hit(PLAN)
        case.plan_agreed_on = met if agrees else None
        for known in draw.sample([p for p in self._checklist.proposals if p.timing == "before"], draw.randint(1, 3)):
            owner = draw.choice(("self", "self", "worker")) if agrees else "worker"
            by = "self_reporter" if agrees and owner == "self" else "worker"
            due = met + draw.randint(3, 28) * DAY
            own = by == "self_reporter" and self._hit(0.3)
            words = "Mijn zus vragen of zij de post haalt" if own else known.text
            private = self._checklist.private.of_action(known.domain, known.id)
            action = case.plan.propose(
                known.domain, owner, "before", words, due, None if own else known.id, by, private
            )
            case.plan.agree(action)
            if due < today and self._hit(0.9):
                case.plan.settle(action, "done", "done", on=min(today, due - draw.randint(-2, 2) * DAY))

    def _ends(self, case: Case, day: date) -> None:
        """Let the reporting date come, and what follows from it."""
        if self.at.today - day < 3 * DAY and self._hit(0.5):
            return  # nobody knows yet what came of it
        case.course.record_outcome("reported" if self._hit(REPORTED) else self._draw.choice(("absent", "arrested")))
        free = day + timedelta(days=case.sentence_days or 28)
        if case.phase != "held":
            return
        case.course.expect_release(free)
        if free < self.at.today:
            self._facts.keep(case)
            case.course.release(free)
            for topic in TOPICS:
                if case.facts.get(f"{topic}_start") and self._hit(KNOWN_AT_RELEASE):
                    case.figures.know(f"{topic}_release", self._hit(KEPT))
            if self._hit(0.6):
                # Called by the worker: of one moment, so it is not an answer to the letter.
                case.reach.contacted("phone", "out", self._moment(free + 2 * DAY))
                case.reach.contacted("phone", "in", self._moment(free + 2 * DAY))


async def a_year(
    connection: AsyncConnection, stores: Stores, at: Moment, region: Region, taken: set[str], coordinator: Member
) -> int:
    """Keep a year of cases, the colleagues who have them, and what the coordinator keeps; returns how many cases."""
    year = Year(at, region, Checklist.load(), taken)
    workers: dict[str, list[Member]] = {province.name: [] for province in region.provinces}
    for n, name in enumerate(COLLEAGUES):
        province = region.provinces[n % len(region.provinces)].name
        member = await stores.team.add(connection, "worker", PROVINCE + province, name, pyotp.random_base32())
        workers[province].append(member)
    made = [
        year.case(stores, municipality.name, [member.id for member in workers[province.name]])
        for province in region.provinces
        for municipality in province.municipalities
        for _ in range(year.how_many(municipality.name))
    ]
    held = a_meeting([case for case, _ in made], coordinator, at)
    await stores.cases.add(connection, [key for _, key in made])
    await stores.cases.save(connection, [case for case, _ in made], at.now, at.zone)
    everybody = [member for members in workers.values() for member in members]
    await coordinators_work(connection, stores, at, region, held, coordinator, everybody)
    return len(made)
