"""Each reason to wait in each phase: none stays where it makes no sense, and a call that was handed over ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from storage.case.case import Case
from storage.case.case_parts import Identity, Reminder
from storage.case.handed import settle_handed
from storage.case.waiting import REASONS, reasons_to_wait

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
ZONE = ZoneInfo("Europe/Amsterdam")
DAY = timedelta(days=1)
OPEN = ("waiting", "coming", "held", "free")
AT_HOME = ("waiting", "coming")

# Where each reason can hold at all, and why not elsewhere. In a closed case none does.
WHERE: dict[str, tuple[str, ...]] = {
    "urgent_flag": OPEN,
    "new_phone": OPEN,
    "unread_message": OPEN,
    "not_reachable": ("waiting", "coming", "free"),  # inside nobody has their phone
    "not_opened": ("coming",),  # it is of the day before
    "hand_delivery": OPEN,  # each row by itself: see below
    "date_differs": AT_HOME,  # the gate is behind them: nobody compares a letter any more
    "not_listed": AT_HOME,
    "outcome_unknown": ("coming", "free"),  # who says that they are free may have been noted nowhere
    "perhaps_free": ("held",),
    "postponement_open": ("coming",),
    "risk_near": ("coming",),
    "plan_not_agreed": ("coming",),
    "action_overdue": OPEN,  # of who is free only what is for afterwards, and what the team does
    "share_not_confirmed": ("coming",),
    "share_declined": ("waiting", "coming", "held"),  # with release all sharing ends
    "nobody_to_collect": ("held",),
    "no_contact": AT_HOME,
    "checklist_stalled": AT_HOME,
    "no_worker": OPEN,
    "no_letter_sent": AT_HOME,  # a letter that asks to come and talk goes to who waits at home
    "invitation_not_used": AT_HOME,
}


def _everything(phase: str, letter: bool, outcome: str | None) -> Case:
    """A case of which everything waits that can, in a phase."""
    case = Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW - 90 * DAY, Identity("Sam", "Postma", 2002, "Z1"))
    case.phase, case.outcome, case.questions_left = phase, outcome, 9
    near = {"coming": TODAY + DAY, "held": TODAY - 60 * DAY, "free": TODAY - 60 * DAY}
    case.reporting_date, case.overview_date = near.get(phase), TODAY + 9 * DAY
    if phase == "coming" and outcome == "past":
        case.reporting_date, case.outcome = TODAY - DAY, None
    case.release_date = TODAY + 3 * DAY if phase == "held" else None
    case.signals.raise_flag("eviction", "housing", "urgent", "why", NOW)
    case.thread.write("self_reporter", "hallo", NOW)
    case.unreachable_since = NOW
    case.date_confirmed_by = "self" if outcome == "confirmed" else None
    if case.date_confirmed_by:
        case.outcome = None
    case.missing_since = TODAY
    if letter:
        case.reach.invited(NOW - 30 * DAY)
    row = case.schedule.remind("reporting_eve", TODAY - DAY, time(9), ZONE)
    row.state = "sent"
    handed = case.schedule.remind("missed_day" if outcome == "absent" else "silence_call", TODAY, time(9), ZONE)
    case.schedule.end(handed, "handed_to_worker", "no chat")
    for when in ("before", "after"):
        action = case.plan.propose("report", "self", when, "bellen", TODAY - DAY, None)
        action.status = "proposed" if outcome == "past" else "agreed"
        call = case.schedule.remind("action_day", TODAY, time(9), ZONE, action)
        case.schedule.end(call, "handed_to_worker", "no chat")
    case.last_answer_at = NOW - 30 * DAY
    return case


@pytest.mark.parametrize("phase", [*OPEN, "closed"])
def test_no_reason_holds_in_a_phase_where_it_makes_no_sense(phase: str) -> None:
    for letter in (True, False):
        for outcome in (None, "confirmed", "past", "absent", "reported", "cancelled"):
            case = _everything(phase, letter, outcome)
            waits = set(reasons_to_wait(case, NOW, ZONE))
            may = {reason for reason in REASONS if phase in WHERE[reason]}
            assert waits <= may, (phase, outcome)
            # And the table says no more than what is seen.
            if phase == "held":
                assert {"perhaps_free", "nobody_to_collect", "urgent_flag", "unread_message"} <= waits
            if phase == "closed":
                assert not waits


def test_the_table_names_every_reason() -> None:
    assert set(WHERE) == set(REASONS)


@pytest.mark.parametrize("outcome", ["reported", "arrested", "cancelled"])
def test_no_recruiting_letter_goes_to_who_is_inside_or_not_called_up_any_more(outcome: str) -> None:
    for letter in (True, False):
        case = _everything("coming", letter, None)
        assert {"no_letter_sent", "invitation_not_used"} & set(reasons_to_wait(case, NOW, ZONE))
        case.course.record_outcome(outcome, TODAY)
        assert not {"no_letter_sent", "invitation_not_used"} & set(reasons_to_wait(case, NOW, ZONE))
        if case.phase == "held":
            case.course.release(TODAY)
            assert not {"no_letter_sent", "invitation_not_used"} & set(reasons_to_wait(case, NOW, ZONE))


# A reminder that was handed to the worker.


def _handed(kind: str, **action: str) -> tuple[Case, Reminder]:
    case = Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("Sam", "Postma", 2002, "Z1"))
    case.worker, case.channel = "w1", "telephone"
    case.course.confirm_date(TODAY + DAY, "self")
    mine = case.plan.propose("money", "self", action.get("when", "before"), "bellen", None, None) if action else None
    if mine is not None:
        case.plan.agree(mine)
    row = case.schedule.remind(kind, TODAY, time(9), ZONE, mine)
    case.schedule.end(row, "handed_to_worker", "no chat")
    return case, row


def _waits(case: Case, later: int = 0) -> bool:
    return "hand_delivery" in reasons_to_wait(case, NOW + later * DAY, ZONE)


_ENDS: list[tuple[str, str | None, Callable[[Case], None]]] = [
    ("action_day", "before", lambda c: c.course.record_outcome("reported")),
    ("action_day", "before", lambda c: c.course.record_outcome("arrested", TODAY)),
    ("action_before", "before", lambda c: c.plan.settle(c.actions[0], "declined", "declined", TODAY)),
    ("action_day", "before", lambda c: c.reach.contacted("phone", "in", NOW)),
    ("reporting_7", None, lambda c: c.course.record_outcome("postponed")),
    ("reporting_eve", None, lambda c: c.course.record_outcome("absent")),
    ("reporting_eve", None, lambda c: c.course.withdraw_date()),
    ("silence_call", None, lambda c: c.reach.contacted("visit", "in", NOW)),
    ("silence_letter", None, lambda c: c.course.record_outcome("reported")),
    ("day_changed", None, lambda c: c.course.record_outcome("reported")),
    ("day_changed", None, lambda c: c.course.close("moved", TODAY)),
]


@pytest.mark.parametrize(("kind", "when", "ends"), _ENDS)
def test_a_call_that_was_handed_over_ends_with_what_makes_it_needless(
    kind: str, when: str | None, ends: Callable[[Case], None]
) -> None:
    case, row = _handed(kind, **({"when": when} if when else {}))
    assert _waits(case)
    settle_handed(case, NOW, ZONE)
    assert row.dealt is None  # it waits for a human, and nothing else ends it
    ends(case)
    assert not _waits(case)
    settle_handed(case, NOW, ZONE)
    assert (row.state, row.dealt, row.dealt_at) == ("handed_to_worker", "over", NOW)


def test_a_call_of_the_day_before_is_no_reason_for_245_days() -> None:
    case, _row = _handed("reporting_eve")
    assert _waits(case)
    assert _waits(case, later=1)  # still on the day itself
    assert not _waits(case, later=2)
    assert "outcome_unknown" in reasons_to_wait(case, NOW + 2 * DAY, ZONE)


def test_what_is_for_afterwards_waits_inside_and_once_free_until_it_is_done() -> None:
    case, row = _handed("action_day", when="after")
    case.course.record_outcome("reported")
    assert _waits(case)
    case.course.release(TODAY)
    assert _waits(case)
    case.schedule.deal_with(row, "not_done", NOW)
    assert not _waits(case)


def test_a_check_at_home_by_hand_is_no_reason_before_one_is_home_or_after_the_end() -> None:
    case, _row = _handed("home_check")
    assert not _waits(case)
    case.course.record_outcome("reported")
    case.course.release(TODAY)
    assert _waits(case)
    case.course.close("finished", TODAY)
    assert not _waits(case)
