"""Every indicator, over random histories and periods, against its plain definition (domain.md section 4)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.lookups.figures.places import Places
from bot.lookups.figures.reading import silent
from conversations.content.region import Region
from storage.case.case import Case
from storage.case.case_parts import Identity
from storage.engines.database import Database
from storage.figures import cubes
from storage.figures.indicators import COUNTS, HOW, INDICATORS
from storage.figures.period import Period
from storage.figures.weighing import counts_of, indicators_of, partition_of, weighed_cubes
from storage.keys.wrapped_keys import make_system_keys, open_vault
from storage.migrations import upgrade
from storage.schema import MOMENTS, TOPICS, monitoring
from storage.schema import cases as case_table
from tests.figures.known import TODAY, ZONE, at
from tests.house import DATABASES
from tests.postgresql import Postgresql
from tests.storage.records import RING, Records

DAY = timedelta(days=1)
Told = Callable[[Case], None]
days = st.integers(-200, 60).map(lambda n: TODAY + n * DAY)
yes_no_unknown = st.sampled_from([True, False, None])
decisions = st.tuples(
    st.sampled_from(["rent_agreement", "agreement", "debt_help"]),
    st.one_of(
        st.just(("used", None)),
        st.just(("considered", None)),
        st.tuples(
            st.just("not_used"), st.sampled_from(["policy", "law", "too_late", "not_wanted", "not_needed", None])
        ),
    ),
)


def contact(case: Case, day: date, kind: str, direction: str) -> None:
    case.reach.contacted(kind, direction, at(day))


def action(case: Case, day: date, by: str, owner: str, done: date | None, wish: bool) -> None:
    one = case.plan.propose("money", owner, "before", "x", day, None if wish else "call", by)
    case.plan.agree(one)
    if done is not None:
        case.plan.settle(one, "done", "done", on=done)


@st.composite
def histories(draw: st.DrawFn) -> dict[str, object]:
    """Draw what happened to one case."""
    return {
        "municipality": draw(st.sampled_from(["Groningen", "Oldambt", "Assen"])),
        "listed": TODAY - draw(st.integers(0, 330)) * DAY,
        "letter": draw(st.none() | days),
        "contacts": draw(
            st.lists(
                st.tuples(
                    days,
                    st.sampled_from([(kind, way) for kind in (*HOW, "call_missed") for way in ("in", "out")]),
                ),
                max_size=4,
            )
        ),
        "reporting": draw(st.none() | days),
        "outcome": draw(st.sampled_from([None, "reported", "postponed", "absent", "arrested", "cancelled"])),
        "release": draw(st.none() | days),
        "known": draw(yes_no_unknown),
        "actions": draw(
            st.lists(
                st.tuples(
                    days,
                    st.sampled_from(["self_reporter", "worker"]),
                    st.sampled_from(["self", "worker"]),
                    st.none() | days,
                    st.booleans(),
                ),
                max_size=3,
            )
        ),
        "acted": draw(st.none() | days),
        "agreed": draw(st.none() | days),
        "shared": draw(st.booleans()),
        "weighed": draw(st.lists(decisions, max_size=3)),
        "facts": {
            name: value
            for name in ("has_debts", "no_work", "care", "addiction", *(f"{t}_{m}" for t in TOPICS for m in MOMENTS))
            if (value := draw(yes_no_unknown)) is not None
        },
    }


def tell(case: Case, of: dict[str, object]) -> None:
    """Let a history happen to a case."""
    if of["letter"]:
        contact(case, of["letter"], "letter", "out")  # type: ignore[arg-type]
    for day, (kind, direction) in of["contacts"]:  # type: ignore[attr-defined]
        contact(case, day, kind, direction)
    for one in of["actions"]:  # type: ignore[attr-defined]
        action(case, *one)
    case.figures.know_care(of["known"])  # type: ignore[arg-type]
    case.first_action_on, case.plan_agreed_on = of["acted"], of["agreed"]  # type: ignore[assignment]
    if of["reporting"]:
        case.course.confirm_date(of["reporting"], "worker")  # type: ignore[arg-type]
    if of["outcome"]:
        case.course.record_outcome(of["outcome"])  # type: ignore[arg-type]
    case.course.expect_release(of["release"])  # type: ignore[arg-type]
    if of["shared"] and case.actions:
        case.person.consent(f"share:prison:PI Veenhuizen:{case.actions[0].id}", True, at(TODAY), "1")
    for code, (decision, reason) in of["weighed"]:  # type: ignore[attr-defined]
        case.helpers.weigh(code, decision, reason, "worker", at(TODAY))
    for name, value in of["facts"].items():  # type: ignore[attr-defined]
        case.figures.know(name, value)


def plainly(cases: list[Case]) -> dict[str, tuple[int, int]]:
    """Return every indicator as domain.md defines it, over cases in memory, without the code that is tested."""

    def day_of(moment: object) -> date:
        return moment.astimezone(ZONE).date()  # type: ignore[attr-defined, no-any-return]

    def letter(c: Case) -> bool:
        return any((x.kind, x.direction) == ("letter", "out") for x in c.contacts)

    def answered(c: Case) -> bool:
        sent = min((x.on for x in c.contacts if (x.kind, x.direction) == ("letter", "out")), default=None)
        out = {(x.kind, x.on) for x in c.contacts if x.direction == "out"}
        return sent is not None and any(
            x.direction == "in"
            and x.on >= sent
            and x.kind != "care"
            and (x.kind == "letter" or (x.kind, x.on) not in out)
            for x in c.contacts
        )

    def before(c: Case, day: date | None) -> bool:
        return day is not None and (c.reporting_date is None or day < c.reporting_date)

    def spoken(c: Case) -> bool:
        return any(x.direction == "in" and x.kind in HOW and before(c, day_of(x.on)) for x in c.contacts)

    def acted(c: Case) -> bool:
        return before(c, c.first_action_on)

    def planned(c: Case) -> bool:
        return before(c, c.plan_agreed_on)

    def wished(c: Case) -> bool:
        return any(a.status in ("agreed", "done") and a.proposal is None and a.by == "self_reporter" for a in c.actions)

    def called(c: Case) -> bool:
        came = c.reporting_date is not None and c.reporting_date < TODAY and c.phase != "waiting"
        return c.outcome in ("reported", "absent", "arrested") or (came and c.outcome is None)

    def returned(c: Case) -> bool:
        return c.outcome in ("reported", "arrested") and c.release_date is not None and c.release_date < TODAY

    def shared(c: Case) -> bool:
        return any(
            a.status in ("agreed", "done")
            and any(x.to == f"share:prison:PI Veenhuizen:{a.id}" and x.given for x in c.consents)
            for a in c.actions
        )

    def reached(c: Case) -> bool:
        return any(x.direction == "in" and c.release_date and day_of(x.on) >= c.release_date for x in c.contacts)

    def of(part: Callable[[Case], bool], whole: Callable[[Case], bool]) -> tuple[int, int]:
        inside = [c for c in cases if whole(c)]
        return sum(part(c) for c in inside), len(inside)

    standing = [a for c in cases for a in c.actions if a.status == "done" or (a.status == "agreed" and a.due < TODAY)]  # type: ignore[operator]
    timely = [a for a in standing if a.status == "done" and a.settled_on <= a.due]  # type: ignore[operator]
    found = {
        "letter_response": of(answered, letter),
        "contact": of(spoken, lambda c: True),
        "action_after_contact": of(acted, spoken),
        "action": of(acted, lambda c: True),
        "known": of(lambda c: c.known_to_care is True, acted),
        "plan": of(planned, spoken),
        "own_wish": of(wished, lambda c: spoken(c) and planned(c)),
        "action_done": (len(timely), len(standing)),
        "reported": of(lambda c: c.outcome == "reported", called),
        "handed_over": of(shared, lambda c: c.outcome == "reported"),
        "aftercare": of(reached, returned),
    }
    for name in ("has_debts", "no_work", "care", "addiction"):
        found[name] = of(lambda c, n=name: c.facts[n], lambda c, n=name: n in c.facts)  # type: ignore[misc]
    for t in TOPICS:
        for suffix, moment, with_plan in (
            ("", "release", None),
            ("_later", "later", None),
            ("_with_plan", "release", True),
            ("_without_plan", "release", False),
        ):

            def had(c: Case, t: str = t, m: str = moment, p: bool | None = with_plan) -> bool:
                known = f"{t}_{m}" in c.facts
                return returned(c) and c.facts.get(f"{t}_start") is True and known and p in (None, planned(c))

            found[f"kept_{t}{suffix}"] = of(lambda c, t=t, m=moment: c.facts[f"{t}_{m}"], had)  # type: ignore[misc]
    return found


def is_silent(case: Case) -> bool:
    """Tell whether an open case stands on the list for over thirty days, and the person was never spoken to."""
    day = case.reporting_date
    spoken = any(
        x.direction == "in" and x.kind in HOW and (day is None or x.on.astimezone(ZONE).date() < day)
        for x in case.contacts
    )
    listed = case.first_listed_on
    assert listed is not None
    return case.is_at_home and not spoken and TODAY - listed > 30 * DAY


periods = st.tuples(st.integers(0, 330), st.integers(0, 330)).map(
    lambda ago: Period(TODAY - max(ago) * DAY, TODAY - min(ago) * DAY)
)


def weighed_plainly(cases: list[Case], code: str) -> dict[str, tuple[int, int, int | None]]:
    """Return every figure of a measure as domain.md defines it, over cases in memory."""
    weighed = [(c, m) for c in cases for m in c.measures if m.code == code]

    def decided(decision: str, reason: str | None = None) -> tuple[int, int, None]:
        return sum((m.decision, m.reason) == (decision, reason) for _, m in weighed), len(weighed), None

    found: dict[str, tuple[int, int, int | None]] = {
        "used": decided("used"),
        "considered": decided("considered"),
        "not_used_unexplained": decided("not_used"),
    }
    for reason in ("policy", "law", "too_late", "not_wanted", "not_needed"):
        found[f"not_used_{reason}"] = decided("not_used", reason)
    for topic in TOPICS:
        for name, is_used in (("used", True), ("not_used", False)):
            had = [
                c.facts.get(f"{topic}_release")
                for c, m in weighed
                if (m.decision == "used") == is_used
                and c.outcome in ("reported", "arrested")
                and c.release_date is not None
                and c.release_date < TODAY
                and c.facts.get(f"{topic}_start") is True
            ]
            known = [value for value in had if value is not None]
            found[f"kept_{topic}_{name}"] = sum(known), len(known), len(had) - len(known)
    return found


@asynccontextmanager
async def kept(
    on: str, folder: Path, request: pytest.FixtureRequest, drawn: list[dict[str, object]]
) -> AsyncIterator[tuple[AsyncConnection, list[Case]]]:
    """Keep cases with these histories in a database; yields a connection to it, and the cases."""
    async with AsyncExitStack() as stack:
        url = f"sqlite+aiosqlite:///{folder}/voorzorg.db"
        if on == "postgresql":
            server: Postgresql = request.getfixturevalue("postgresql")
            url = await stack.enter_async_context(server.database())
        is_new = on == "postgresql" or not (folder / "voorzorg.db").exists()
        if is_new and on == "sqlite":
            await asyncio.to_thread(upgrade, url)
        database = Database(url)
        await database.open()
        stack.push_async_callback(database.close)
        if is_new:
            await make_system_keys(database, RING)
        records = Records(database, await open_vault(database, RING))
        made, keys = [], []
        for number, of in enumerate(drawn):
            case, key = records.cases.new(
                Identity("Samira", "Kloosterboer", 1999, None),
                ref=f"GR-{number:05}",
                municipality=str(of["municipality"]),
                province="Drenthe" if of["municipality"] == "Assen" else "Groningen",
                listed_on=of["listed"],
                added_at=at(TODAY),
            )
            tell(case, of)
            made.append(case)
            keys.append(key)
        async with database.write() as connection:
            await connection.execute(delete(case_table))
            await connection.execute(delete(monitoring))
            await records.cases.add(connection, keys)
            await records.cases.save(connection, made, at(TODAY), ZONE)
            yield connection, made


some_histories = st.lists(histories(), min_size=1, max_size=8)
patiently = settings(
    max_examples=40,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.mark.parametrize("on", DATABASES)
@patiently
@given(drawn=some_histories, period=periods)
def test_every_indicator_is_its_plain_definition_over_any_period(
    tmp_path: Path, request: pytest.FixtureRequest, on: str, drawn: list[dict[str, object]], period: Period
) -> None:
    async def compare() -> None:
        async with kept(on, tmp_path, request, drawn) as (connection, made):
            whole = await cubes.cube(connection, date(2025, 1, 1), date(2026, 12, 1))
            for month in period.cut(TODAY):
                await cubes.cut(connection, whole, period, month)
            places = Places(whole, Region.load(), TODAY)
            everything = Period(date(2025, 1, 1), TODAY)
            for asked, of_these in (
                (everything, made),
                (period, [c for c in made if period.first <= c.first_listed_on <= period.last]),  # type: ignore[operator]
            ):
                counts = dict(zip(COUNTS, places.sums("all", asked), strict=True))
                plain = plainly(of_these)
                assert counts["cases"] == len(of_these)
                for one in INDICATORS:
                    assert (counts[one.numerator], counts[one.denominator]) == plain[one.id], one.id
            quiet = await connection.execute(select(case_table.c.ref).where(silent(TODAY)))
            assert {ref for (ref,) in quiet} == {case.ref for case in made if is_silent(case)}

    asyncio.run(compare())


@pytest.mark.parametrize("on", DATABASES)
@patiently
@given(drawn=some_histories)
def test_every_figure_of_a_measure_is_its_plain_definition(
    tmp_path: Path, request: pytest.FixtureRequest, on: str, drawn: list[dict[str, object]]
) -> None:
    async def compare() -> None:
        async with kept(on, tmp_path, request, drawn) as (connection, made):
            found = await weighed_cubes(connection, ["rent_agreement"], date(2025, 1, 1), date(2026, 12, 1))
            assert {"rent_agreement", *(m.code for case in made for m in case.measures)} == set(found)
            for code, cube in found.items():
                assert cube.counts == counts_of(code)
                counts = dict(zip(cube.counts, cubes.total(cube.cells.values(), len(cube.counts)), strict=True))
                plain = weighed_plainly(made, code)
                rates = {
                    one.id: (
                        counts[one.numerator],
                        counts[one.denominator],
                        counts[one.unknown] if one.unknown else None,
                    )
                    for one in indicators_of(code)
                }
                assert rates == plain
                whole, parts = partition_of(code)
                assert counts[whole] == sum(counts[part] for part in parts)

    asyncio.run(compare())
