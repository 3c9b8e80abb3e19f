"""Why a case waits: each reason comes when it should, goes when it is dealt with, and none is noticed too late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.case.case import Case
from storage.case.case_parts import Action, Identity, Reminder
from storage.case.waiting import REASONS, next_look, reasons_to_wait

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
ZONE = ZoneInfo("Europe/Amsterdam")
DAY = timedelta(days=1)


def _case(**facts: object) -> Case:
    """A case in good order: a worker, a chat, a plan, everything answered."""
    case = Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("Sam", "Postma", 2002, "Z1"))
    case.helpers.assign("w1")
    case.reach.invited(NOW)
    case.reach.joined(NOW)
    case.plan.agree(case.plan.propose("report", "self", "before", "bellen", None, None))
    for name, value in facts.items():
        setattr(case, name, value)
    return case


def _waits(case: Case, now: datetime = NOW) -> set[str]:
    return set(reasons_to_wait(case, now, ZONE))


def test_a_case_in_good_order_waits_for_nobody() -> None:
    assert _waits(_case()) == set()


def _urgent(case: Case) -> Callable[[], None]:
    flag = case.signals.raise_flag("eviction", "housing", "urgent", "why", NOW)
    return lambda: case.signals.acknowledge(flag, NOW)


def _unanswered(case: Case) -> Callable[[], None]:
    case.thread.write("self_reporter", "hallo", NOW)
    case.thread.read("self_reporter", NOW)
    return lambda: case.thread.answered(NOW)


def _unreachable(case: Case) -> Callable[[], None]:
    case.reach.messages_arrive(False, NOW)
    return lambda: case.reach.messages_arrive(True, NOW)


def _not_opened(case: Case) -> Callable[[], None]:
    case.course.confirm_date(TODAY, "self")
    row = case.schedule.remind("reporting_eve", TODAY - DAY, time(10), ZONE)
    row.state = "sent"
    return lambda: case.schedule.mark_opened(row, NOW)


def _handed(case: Case) -> Callable[[], None]:
    row = case.schedule.remind("action_day", TODAY, time(9), ZONE, case.actions[0])
    case.schedule.end(row, "handed_to_worker", "no chat")
    return lambda: case.schedule.deal_with(row, "done", NOW)


def _differs(case: Case) -> Callable[[], None]:
    case.course.confirm_date(TODAY + 90 * DAY, "self")
    case.course.list_date(TODAY + 80 * DAY)
    return lambda: case.course.list_date(TODAY + 90 * DAY)


def test_a_list_without_a_date_differs_only_when_it_had_one() -> None:
    case = _case()
    case.course.confirm_date(TODAY + 90 * DAY, "self")
    case.course.list_date(None)
    assert "date_differs" not in _waits(case)
    case.course.list_date(TODAY + 90 * DAY)
    case.course.list_date(None)
    assert "date_differs" in _waits(case)
    case.course.confirm_date(TODAY + 90 * DAY, "worker")
    assert "date_differs" not in _waits(case)


def _past(case: Case) -> Callable[[], None]:
    case.course.confirm_date(TODAY - DAY, "self")
    return lambda: case.course.record_outcome("reported")


def _perhaps_free(case: Case) -> Callable[[], None]:
    case.course.confirm_date(TODAY - 30 * DAY, "self")
    case.course.record_outcome("reported")
    return lambda: case.course.known_inside(TODAY)


def _postponement(case: Case) -> Callable[[], None]:
    case.course.confirm_date(TODAY + 6 * DAY, "self")
    case.course.ask_postponement(TODAY - 3 * DAY, "self")
    return lambda: case.course.refuse_postponement(TODAY, "worker")


def _risk(case: Case) -> Callable[[], None]:
    case.course.confirm_date(TODAY + 7 * DAY, "self")
    flag = case.signals.raise_flag("no_id", "identity", "high", "why", NOW)
    return lambda: case.signals.overrule(flag, "has a passport", NOW)


def _no_plan(case: Case) -> Callable[[], None]:
    case.course.confirm_date(TODAY + 14 * DAY, "self")
    case.actions[0].status = "proposed"
    return lambda: case.plan.agree(case.actions[0])


def _overdue(case: Case) -> Callable[[], None]:
    case.plan.agree(case.actions[0], TODAY - DAY)
    return lambda: case.plan.settle(case.actions[0], "done", "done", TODAY)


def _shared(case: Case) -> Action:
    """Let the prison read an action."""
    case.prison = "PI Veenhuizen"
    action = case.plan.propose("identity", "casemanager", "inside", "ID-kaart", None, None)
    case.plan.agree(action)
    case.shares.let_prison_read(action, True, NOW, "1")
    return action


def _share(case: Case) -> Callable[[], None]:
    case.course.confirm_date(TODAY + 10 * DAY, "self")
    action = _shared(case)
    return lambda: case.shares.confirm(action, NOW)


def _declined(case: Case) -> Callable[[], None]:
    action = _shared(case)
    case.shares.decline(action, NOW)
    return lambda: case.plan.pass_on(action, "worker")


def _collect(case: Case) -> Callable[[], None]:
    case.phase, case.release_date, case.inside_on = "held", TODAY + 10 * DAY, TODAY
    return lambda: case.course.know_collected(True)


def _silent(case: Case) -> Callable[[], None]:
    case.joined_at, case.channel = None, "telephone"
    case.reach.contacted("letter", "out", NOW - 14 * DAY)
    return lambda: case.reach.contacted("telephone", "in", NOW)


def _stalled(case: Case) -> Callable[[], None]:
    case.joined_at, case.questions_left = NOW - 14 * DAY, 12
    return lambda: case.person.answer("letter", "day", NOW)


def _nobody(case: Case) -> Callable[[], None]:
    case.helpers.assign(None)
    return lambda: case.helpers.assign("w1")


def _no_letter(case: Case) -> Callable[[], None]:
    case.joined_at = None
    case.reach.invited(NOW)  # a picture on the worker's screen is no letter
    return lambda: case.reach.by("visit")


def _not_used(case: Case) -> Callable[[], None]:
    case.joined_at = None
    case.reach.contacted("letter", "out", NOW)
    return lambda: case.reach.joined(NOW)


def _another_phone(case: Case) -> Callable[[], None]:
    case.door.knock("0" * 32, NOW)
    return case.door.answer


def _off_the_list(case: Case) -> Callable[[], None]:
    case.reporting_date, case.missing_since = None, TODAY
    return lambda: case.course.close("not_called", TODAY)


_STORIES = {
    "urgent_flag": _urgent,
    "new_phone": _another_phone,
    "unread_message": _unanswered,
    "not_reachable": _unreachable,
    "not_opened": _not_opened,
    "hand_delivery": _handed,
    "date_differs": _differs,
    "not_listed": _off_the_list,
    "outcome_unknown": _past,
    "perhaps_free": _perhaps_free,
    "postponement_open": _postponement,
    "risk_near": _risk,
    "plan_not_agreed": _no_plan,
    "action_overdue": _overdue,
    "share_not_confirmed": _share,
    "share_declined": _declined,
    "nobody_to_collect": _collect,
    "no_contact": _silent,
    "checklist_stalled": _stalled,
    "no_worker": _nobody,
    "no_letter_sent": _no_letter,
    "invitation_not_used": _not_used,
}


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_comes_when_it_should_and_goes_when_dealt_with(reason: str) -> None:
    case = _case()
    deal_with_it = _STORIES[reason](case)
    assert _waits(case) == {reason}
    deal_with_it()
    assert _waits(case) == set()


def test_a_closed_case_waits_for_nothing() -> None:
    case = _case(phase="closed")
    _unanswered(case)
    assert _waits(case) == set()
    assert next_look(case, NOW, ZONE) is None


def test_who_is_reached_in_another_way_needs_no_letter_with_a_code() -> None:
    case = _case(joined_at=None, channel="visit")
    assert _waits(case) == set()


_days = st.none() | st.integers(-40, 60).map(lambda n: TODAY + n * DAY)
_moments = st.none() | st.integers(-40 * 24, 10 * 24).map(lambda n: NOW + timedelta(hours=n))

_contacts = st.integers(-40 * 24, 10 * 24).map(lambda n: NOW + timedelta(hours=n))


@st.composite
def _histories(draw: st.DrawFn) -> Case:
    case = _case(
        joined_at=draw(_moments),
        invited_at=draw(_moments),
        last_answer_at=draw(_moments),
        questions_left=draw(st.sampled_from([None, 0, 5])),
        reporting_date=draw(_days),
        release_date=draw(_days),
        prison=draw(st.sampled_from([None, "PI Veenhuizen"])),
        arrived_on=draw(_days),
        inside_on=draw(_days),
        sentence_days=draw(st.sampled_from([None, 3, 30, 400])),
        phase=draw(st.sampled_from(["waiting", "coming", "held", "free", "closed"])),
        outcome=draw(st.sampled_from([None, "reported", "cancelled", "absent"])),
    )
    for _ in range(draw(st.integers(0, 2)) if case.phase == "coming" else 0):
        case.course.ask_postponement(TODAY - draw(st.integers(0, 20)) * DAY, "self")
        if draw(st.booleans()):
            case.course.refuse_postponement(TODAY, "worker")
    for day in draw(st.lists(_days, max_size=3)):
        owner, when = (
            draw(st.sampled_from(["self", "casemanager", "worker"])),
            draw(st.sampled_from(["before", "after"])),
        )
        action = case.plan.propose("report", owner, when, "iets", day, None)
        action.status = draw(st.sampled_from(["proposed", "agreed", "done"]))
        case.shares.let_prison_read(action, draw(st.booleans()), NOW, "1")
    if draw(st.booleans()):
        case.signals.raise_flag("x", "report", draw(st.sampled_from(["low", "high", "urgent"])), "why", NOW)
    for kind in (
        "reporting_eve",
        "reporting_ahead",
        "action_day",
        "missed_day",
        "silence_call",
        "check_week",
        "check_call",
    ):
        of = draw(st.sampled_from(case.actions)) if kind == "action_day" else None
        day = TODAY + draw(st.integers(-5, 5)) * DAY
        if kind == "reporting_eve" and case.reporting_date is not None and draw(st.booleans()):
            day = case.reporting_date - DAY
        row = case.schedule.remind(kind, day, time(10), ZONE, of)
        row.state = draw(st.sampled_from(["planned", "sent", "handed_to_worker"]))
        row.dealt = draw(st.sampled_from([None, "done"]))
        row.opened_at = draw(st.sampled_from([None, NOW]))
    if draw(st.booleans()):
        case.thread.write("self_reporter", "hallo", NOW)
        if draw(st.booleans()):
            case.thread.read("self_reporter", NOW)
        if draw(st.booleans()):
            case.thread.answered(NOW)
    if draw(st.booleans()):
        case.door.knock("0" * 32, draw(_contacts))
    case.worker = draw(st.sampled_from([None, "w1"]))
    case.channel = draw(st.sampled_from(["chat", "visit"]))
    case.unreachable_since = draw(st.sampled_from([None, NOW]))
    case.date_confirmed_by = draw(st.sampled_from([None, "self"]))
    case.overview_date, case.list_withdrew = draw(_days), draw(st.booleans())
    case.missing_since = draw(_days)
    if draw(st.booleans()):
        kind = draw(st.sampled_from(["letter", "phone"]))
        case.reach.contacted(kind, draw(st.sampled_from(["in", "out"])), draw(_contacts))
    if draw(st.booleans()):
        case.course.know_collected(draw(st.booleans()))
    for flag in case.flags:
        flag.acknowledged_at = draw(st.sampled_from([None, NOW]))
        flag.overruled_at = draw(st.sampled_from([None, NOW]))
    for action in case.actions:
        if said := draw(st.sampled_from([None, case.shares.confirm, case.shares.decline])):
            said(action, NOW)
    return case


def _near(case: Case, today: date, days: int) -> bool:
    day = case.reporting_date
    return case.phase == "coming" and day is not None and 0 <= (day - today).days <= days


def _letter(case: Case) -> datetime | None:
    return min((c.on for c in case.contacts if (c.kind, c.direction) == ("letter", "out")), default=None)


def _answered(case: Case, letter: datetime) -> bool:
    return case.joined_at is not None or any(c.direction == "in" and c.on >= letter for c in case.contacts)


def _asked(case: Case, action: Action, declined: bool) -> bool:
    """Tell whether the prison of the case was asked and said nothing, or no."""
    said = [c for c in case.consents if c.to == f"share:prison:{case.prison}:{action.id}"][-1:]
    here = case.prison is not None and case.phase in ("waiting", "coming", "held")
    open_ = action.owner == "casemanager" and action.status == "agreed" and here
    return open_ and [(c.given, bool(c.confirmed_at), bool(c.declined_at)) for c in said] == [(True, False, declined)]


_BEFORE = ("waiting", "coming")


def _still_to_be_said(case: Case, row: Reminder, today: date) -> bool:
    if any(c.direction == "in" and c.on >= row.due_at for c in case.contacts):
        return False
    if row.action_id:
        action = next(a for a in case.actions if a.id == row.action_id)
        return action.status == "agreed" and (case.phase in _BEFORE or action.when == "after")
    day = case.reporting_date
    if row.kind in ("reporting_eve", "reporting_ahead"):
        return case.phase == "coming" and case.outcome is None and day is not None and row.day <= day >= today
    answered = case.last_answer_at is not None and case.last_answer_at >= row.due_at
    return {
        "missed_day": case.phase in _BEFORE and case.outcome == "absent",
        "silence_call": case.phase in _BEFORE,
        "check_week": case.phase == "free" and not answered,
        "check_call": case.phase == "free" and not answered,
    }[row.kind]


def _asks_what_was_decided(case: Case, today: date) -> bool:
    """Another day was asked for two weeks ago or more, or the day is within a week, and nobody decided."""
    said = [event for event in case.events if event.what.startswith("postpone_")]
    if (case.phase, case.outcome) != ("coming", None) or case.reporting_date is None or not said:
        return False
    asked = said[-1].day
    if said[-1].what != "postpone_asked" or asked is None or asked > today:
        return False
    return today - asked >= 14 * DAY or case.reporting_date - today <= 7 * DAY


def _ask_from(case: Case) -> date:
    """The earliest day of release by the rules of thumb; after "still inside", a week on or on the day told."""
    went_in = case.arrived_on or case.reporting_date or case.added_at.date()
    days = case.sentence_days
    leave = 14 * DAY if days is None or 8 <= days <= 365 else 3 * DAY
    if case.release_date is not None:
        first = case.release_date - leave
    else:
        served = 35 if days is None else 388 if days == 400 else days
        first = went_in + served * DAY - leave
    known = max([went_in] + ([case.inside_on] if case.inside_on else []))
    first = max(first, known + DAY)
    if case.inside_on is None:
        return first
    again = case.inside_on + 7 * DAY
    if case.release_date is not None and case.inside_on < case.release_date < again:
        again = case.release_date
    return max(first, again)


def _wants_a_letter(case: Case) -> bool:
    at_home = case.phase in _BEFORE and case.outcome != "cancelled"
    return at_home and case.joined_at is None and case.channel == "chat"


# Each reason in one line, as the issue says it, over a case that is not closed.
PLAIN: dict[str, Callable[[Case, datetime, date], bool]] = {
    "urgent_flag": lambda c, now, today: any(
        f.level == "urgent" and f.lowered_at is None and f.overruled_at is None and f.acknowledged_at is None
        for f in c.flags
    ),
    "new_phone": lambda c, now, today: c.new_phone is not None,
    "unread_message": lambda c, now, today: any(
        m.sender == "self_reporter" and m.settled_at is None for m in c.messages
    ),
    "not_reachable": lambda c, now, today: (
        c.unreachable_since is not None and c.channel == "chat" and c.phase != "held"
    ),
    "not_opened": lambda c, now, today: any(
        (r.state, r.opened_at, c.outcome, c.phase) == ("sent", None, None, "coming")
        and c.reporting_date is not None
        and (
            (r.kind == "reporting_eve" and r.day + DAY == c.reporting_date)
            or (r.kind == "reporting_ahead" and 2 <= (c.reporting_date - r.day).days <= 8)
        )
        and r.due_at + timedelta(hours=6, minutes=15) <= now
        and not any(k.direction == "in" and k.kind not in ("chat", "letter") and k.on >= r.due_at for k in c.contacts)
        for r in c.reminders
    ),
    "hand_delivery": lambda c, now, today: any(
        r.state == "handed_to_worker" and r.dealt is None and _still_to_be_said(c, r, today) for r in c.reminders
    ),
    "date_differs": lambda c, now, today: (
        c.date_confirmed_by is not None
        and c.phase in _BEFORE
        and (c.list_withdrew or (c.overview_date is not None and c.overview_date != c.reporting_date))
    ),
    "not_listed": lambda c, now, today: (
        c.phase in _BEFORE
        and c.missing_since is not None
        and c.date_confirmed_by is None
        and (c.reporting_date is None or c.reporting_date >= today)
    ),
    "outcome_unknown": lambda c, now, today: (
        c.phase in ("coming", "free")
        and c.reporting_date is not None
        and c.reporting_date < today
        and c.outcome is None
    ),
    "perhaps_free": lambda c, now, today: c.phase == "held" and _ask_from(c) <= today,
    "postponement_open": lambda c, now, today: _asks_what_was_decided(c, today),
    "risk_near": lambda c, now, today: (
        _near(c, today, 7)
        and any(f.level in ("high", "urgent") and f.lowered_at is None and f.overruled_at is None for f in c.flags)
    ),
    "plan_not_agreed": lambda c, now, today: (
        _near(c, today, 14) and not any(a.status in ("agreed", "done") for a in c.actions)
    ),
    "action_overdue": lambda c, now, today: any(
        a.status == "agreed"
        and a.due is not None
        and a.due < today
        and not (c.phase == "free" and a.when == "before" and a.owner != "worker")
        for a in c.actions
    ),
    "share_not_confirmed": lambda c, now, today: (
        _near(c, today, 14) and any(_asked(c, a, declined=False) for a in c.actions)
    ),
    "share_declined": lambda c, now, today: any(_asked(c, a, declined=True) for a in c.actions),
    "nobody_to_collect": lambda c, now, today: (
        c.phase == "held"
        and c.release_date is not None
        and 0 <= (c.release_date - today).days <= 14
        and not c.course.collected
    ),
    "no_contact": lambda c, now, today: (
        c.phase in _BEFORE
        and c.outcome != "cancelled"
        and (letter := _letter(c)) is not None
        and not _answered(c, letter)
        and letter + 14 * DAY <= now
    ),
    "checklist_stalled": lambda c, now, today: (
        c.phase in _BEFORE
        and bool(c.questions_left)
        and (since := c.last_answer_at or c.joined_at) is not None
        and since + 14 * DAY <= now
    ),
    "no_worker": lambda c, now, today: c.worker is None,
    "no_letter_sent": lambda c, now, today: _wants_a_letter(c) and _letter(c) is None,
    "invitation_not_used": lambda c, now, today: _wants_a_letter(c) and _letter(c) is not None,
}


def plainly(case: Case, now: datetime) -> set[str]:
    """Return what a case waits for by the plain definition."""
    today = now.astimezone(ZONE).date()
    return {name for name, holds in PLAIN.items() if holds(case, now, today)} if case.phase != "closed" else set()


def test_the_plain_definition_names_every_reason() -> None:
    assert set(PLAIN) == set(REASONS)


@settings(max_examples=500)
@given(_histories(), st.integers(-20 * 24 * 60, 40 * 24 * 60))
def test_the_reasons_equal_a_plain_definition(case: Case, minutes: int) -> None:
    now = NOW + timedelta(minutes=minutes)
    assert set(reasons_to_wait(case, now, ZONE)) == plainly(case, now)


@settings(max_examples=400)
@given(_histories(), st.integers(-20 * 24 * 60, 40 * 24 * 60), st.integers(0, 60 * 24 * 60))
def test_nothing_changes_by_time_alone_before_the_next_look(case: Case, start: int, minutes: int) -> None:
    begin = NOW + timedelta(minutes=start)
    then = begin + timedelta(minutes=minutes)
    look = next_look(case, begin, ZONE)
    if look is None or then < look:
        assert set(reasons_to_wait(case, begin, ZONE)) == set(reasons_to_wait(case, then, ZONE))
    else:
        assert look > begin
