"""One count and one order: what a heading says stands below it, and nothing more pressing stands under less."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from bot.lookups.case_index import case_index
from bot.webchat.phone import Phone
from storage.case.case import Case
from storage.case.waiting import reasons_to_wait
from storage.people import covers
from storage.people.covers import Cover
from storage.people.staff import Member
from storage.scope import Actor, Scope
from tests.house import House, on_both
from tests.journeys.worker.test_pending_rows import something

COLOURS = "🔴🟠🟡🟢"
# Which colour a reason has, said once more: what a worker's eye is drawn to.
ORANGE = {"unread_message", "not_reachable", "not_opened", "hand_delivery", "date_differs", "outcome_unknown"}
ORANGE |= {"risk_near"}
LATE = datetime(9999, 1, 1, tzinfo=UTC)
_LINE = re.compile(r"^([🔴🟠🟡🟢]) (\d+)\. ([A-Z]{2}-[0-9A-Z]{5})", re.MULTILINE)
_NUMBER = re.compile(r"(\d+) (?:zaken|zaak)")


def pressing(case: Case, now: datetime, house: House) -> tuple[Any, ...]:
    """Return what a case is sorted by: its colour, then as design.md says (Commands, Order)."""
    reasons = reasons_to_wait(case, now, house.settings.zone)
    colour = min((0 if r == "urgent_flag" else 1 if r in ORANGE else 2 for r in reasons), default=3)
    urgent, asks = reasons.get("urgent_flag", LATE), reasons.get("unread_message", LATE)
    day = case.reporting_date if urgent == asks == LATE and case.reporting_date else date.max
    return colour, urgent, asks, day, -case.pressing, min(reasons.values(), default=LATE), case.ref


async def filled(house: House, seed: int) -> tuple[list[Member], list[str]]:
    """Return two workers, one of whom stands in for the other, and cases in all kinds of states, some of nobody."""
    draw = Random(seed)
    team = [await house.member(name=name) for name in ("Anneke", "Bram")]
    async with house.app.database.write() as connection:
        await covers.arrange(connection, Cover(team[1].id, team[0].id, house.today, house.today))
    refs = [await house.case() for _ in range(22)]
    async with house.app.database.write() as connection:
        for ref in refs:
            case = await house.case_on(connection, ref)
            case.helpers.assign(draw.choice([team[0].id, team[0].id, team[1].id, None]))
            for _ in range(draw.randrange(7)):
                something(draw, case, house, team[0].id)
            if draw.random() < 0.3:
                case.reach.joined(house.clock.now())
            await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    await house.tick()
    return team, refs


async def through(house: House, phone: Phone) -> tuple[int, list[tuple[str, str]]]:
    """Return what the heading counts in all, and the signs and references of all pages."""
    found: list[tuple[str, str]] = []
    for _ in range(9):
        assert phone.last is not None
        text = phone.last.text
        heading = text.split("\n", 1)[0]
        rows = _LINE.findall(text)
        assert [int(number) for _, number, _ in rows] == list(range(len(found) + 1, len(found) + len(rows) + 1))
        found += [(sign, ref) for sign, _, ref in rows]
        if not any(label == "▶️" for row in phone.last.buttons for label, _ in row):
            break
        await house.tap(phone, "▶️")
    heading = re.sub(r"van je \d+ zaken wacht(en)?", "zaken", heading)
    return sum(int(n) for n in _NUMBER.findall(heading)), found


@on_both
@pytest.mark.parametrize("seed", [3, 4, 5])
async def test_every_list_counts_what_it_shows_and_shows_it_in_one_order(house: House, seed: int) -> None:
    (anneke, bram), refs = await filled(house, seed)
    phone = await house.joined(anneke)
    now = house.clock.now()
    cases = [await house.load(ref) for ref in refs]
    order = {case.ref: pressing(case, now, house) for case in cases}
    waiting = {case.ref for case in cases if reasons_to_wait(case, now, house.settings.zone)}
    mine = {case.ref for case in cases if case.worker in (anneke.id, bram.id)}
    free = {case.ref for case in cases if case.worker is None}

    async def looks_right(command: str, wanted: set[str], *taps: str) -> None:
        await house.say(phone, command)
        await house.tap(phone, *taps)
        number, found = await through(house, phone)
        assert [ref for _, ref in found] == sorted(wanted, key=order.__getitem__), command
        assert number == len(found), phone.last.text
        assert [COLOURS.index(sign) for sign, _ in found] == [order[ref][0] for _, ref in found]

    await looks_right("/vandaag", waiting & (mine | free))
    await looks_right("/zaken", mine)
    await looks_right("/zaken", free, "🆓")
    flagged = {c.ref for c in cases if any(f.stands and f.level in ("high", "urgent") for f in c.flags)}
    await looks_right("/zaken", mine & flagged, "🚩")
    await house.say(phone, "/vandaag")
    head = phone.last.text.split("\n", 1)[0]
    assert f"{len(waiting & mine)} van je {len(mine)} zaken" in head
    assert f"{len(free)} za" in head.partition("zaken")[2]
    # The command line, of a whole area.
    scope = Scope(Actor("worker", anneke.id, "Groningen"), now)
    async with house.app.database.read() as connection:
        lines = await case_index(
            connection, scope, None, {}, only_pending=False, tracks=house.app.rounds.content.tracks
        )
        assert [line["ref"] for line in lines] == sorted(refs, key=order.__getitem__)
        pending = await case_index(
            connection, scope, None, {}, only_pending=True, tracks=house.app.rounds.content.tracks
        )
        assert {line["ref"] for line in pending} == waiting
    # The workload: of each what is theirs, and what of it waits.
    coby = await house.joined(await house.member(role="coordinator", name="Coby"))
    await house.say(coby, "/werkdruk")
    for member in (anneke, bram):
        theirs = {case.ref for case in cases if case.worker == member.id}
        assert f"{member.name} (Groningen): {len(theirs)} · ⏱ {len(theirs & waiting)} ·" in coby.last.text


@pytest.mark.parametrize("seed", [6, 7])
async def test_risks_are_counted_over_all_pages_and_urgent_ones_stand_first(house: House, seed: int) -> None:
    (anneke, bram), refs = await filled(house, seed)
    draw = Random(seed)
    async with house.app.database.write() as connection:
        for ref in refs:
            case = await house.case_on(connection, ref)
            for level in draw.sample(["urgent", "high", "medium"], draw.randrange(1, 3)):
                flag = case.signals.raise_flag(f"own_{level}", "housing", level, "iets", house.clock.now())
                if draw.random() < 0.5:
                    case.signals.acknowledge(flag, house.clock.now())
            await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    phone = await house.joined(anneke)
    await house.say(phone, "/risicos")
    found: list[str] = []
    worst: list[int] = []
    for _ in range(5):
        heading = int(_NUMBER.findall(phone.last.text)[0])
        blocks = re.split(r"\n(?=\d+\. )", phone.last.text)[1:]
        found += [block.partition(" ")[2][:8] for block in blocks]
        worst += [0 if "🔴" in block else 1 for block in blocks]
        if not any(label == "▶️" for row in phone.last.buttons for label, _ in row):
            break
        await house.tap(phone, "▶️")
    cases = [await house.load(ref) for ref in refs]
    risky = {
        c.ref
        for c in cases
        if c.worker in (anneke.id, bram.id) and any(f.stands and f.level in ("high", "urgent") for f in c.flags)
    }
    assert heading == len(found) == len(set(found))
    assert set(found) == risky
    assert worst == sorted(worst)


@pytest.mark.parametrize(
    ("today", "days", "said", "not_said"),
    [
        (date(2026, 12, 1), [date(2026, 11, 26)], ["1 actie te laat"], ["deze week", "volgende week"]),
        (date(2026, 12, 1), [date(2026, 11, 26), date(2026, 12, 4)], ["1 actie te laat", "deze week: 1 actie"], []),
        (date(2026, 12, 4), [date(2026, 12, 8)], ["volgende week: 1 actie"], ["deze week", "te laat"]),
        (date(2026, 12, 2), [date(2026, 12, 6), date(2026, 12, 7)], ["deze week: 1 actie, de eerste op zondag"], []),
    ],
)
async def test_this_week_is_this_week(
    house: House, today: date, days: list[date], said: list[str], not_said: list[str]
) -> None:
    phone = await house.joined(await house.member())
    ref = await house.case()
    async with house.app.database.write() as connection:
        case = await house.case_on(connection, ref)
        for day in days:
            case.plan.agree(case.plan.propose("money", "worker", "before", "Bel de bank", day, None, by="worker"))
        await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    await house.at(today, 10)
    await house.say(phone, "/vandaag")
    for words in said:
        assert words in phone.last.text
    for words in not_said:
        assert words not in phone.last.text


async def test_who_stands_still_is_counted_and_shown_to_the_last(house: House) -> None:
    coby = await house.joined(await house.member(role="coordinator", area="provincie Groningen", name="Coby"))
    refs = {await house.case(listed_on=house.today - timedelta(days=40)) for _ in range(11)}
    await house.say(coby, "/monitor")
    await house.tap(coby, "👀 Wie staat stil?")
    number, found = await through(house, coby)
    assert number == len(found) == 11
    assert {ref for _, ref in found} == refs
