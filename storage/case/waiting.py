"""Reasons why a case waits for somebody: the one definition of each, over a whole case, and since when it holds.

Some reasons come with time alone. `next_look` names the next moment at which one may; then the case is looked at once
more, so that what the lists read (`pending`) is what this file says, without going through all cases every night.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.case.case import Case
from storage.case.case_parts import UNSETTLED, Action
from storage.case.handed import handed
from storage.case.postponement import ask_from
from storage.case.release import asks_on
from storage.case.silence import is_awaited, silent_from, stalled_from, unopened
from storage.clock import instant, wall

# When a reason to wait began that holds at a moment, which is on a day on the wall; None when it does not hold.
Since = Callable[[Case, datetime, date], datetime | None]

# Days, all from domain.md sections 2 and 3.
RISK_NEAR = timedelta(days=7)  # before the reporting date, with a high risk that stands
PLAN_NEAR = timedelta(days=14)  # before the reporting date, without an agreed action
SHARE_NEAR = timedelta(days=14)  # before the reporting date, with a share that the prison has not confirmed
RELEASE_NEAR = timedelta(days=14)  # before the release, which may come up to two weeks early


def _overdue(case: Case, action: Action, today: date) -> bool:
    """Tell whether an action is past its day. Who is free again does no more of what was for before; the team may."""
    if action.status != "agreed" or action.due is None or action.due >= today:
        return False
    return case.phase != "free" or action.when != "before" or action.owner == "worker"


def _off_the_list(case: Case, today: date) -> bool:
    """Tell whether no list has somebody any more whose day no letter has confirmed; after the day it has to be so."""
    if case.missing_since is None or case.date_confirmed_by is not None or not case.is_at_home:
        return False
    return case.reporting_date is None or case.reporting_date >= today


def _past(case: Case, today: date) -> bool:
    return case.reporting_date is not None and case.reporting_date < today and case.phase in ("coming", "free")


def _near(case: Case, span: timedelta, today: date) -> bool:
    if case.phase != "coming" or case.reporting_date is None:
        return False
    return today <= case.reporting_date <= today + span


def _has_plan(case: Case) -> bool:
    return any(a.status in ("agreed", "done") for a in case.actions)


def _unconfirmed(case: Case) -> bool:
    return any(a.status == "agreed" and case.shares.state(a) == "asked" for a in case.actions)


def _release_near(case: Case, today: date) -> bool:
    if case.phase != "held" or case.release_date is None:
        return False
    return today <= case.release_date <= today + RELEASE_NEAR


def _noticed(name: str, holds: Callable[[Case, date], bool]) -> Since:
    """Return since when a reason holds that comes on a day: since it was first seen."""

    def since(case: Case, now: datetime, today: date) -> datetime | None:
        return case.waiting.get(name, now) if holds(case, today) else None

    return since


def _urgent_flag(case: Case, _now: datetime, _today: date) -> datetime | None:
    urgent = (f.since for f in case.flags if f.level == "urgent" and not f.acknowledged_at and f.stands)
    return min(urgent, default=None)


def _unanswered(case: Case, _now: datetime, _today: date) -> datetime | None:
    asking = case.thread.unanswered()
    return asking[0].at if asking else None


def _not_reachable(case: Case, _now: datetime, _today: date) -> datetime | None:
    # Inside nobody has their phone.
    return case.unreachable_since if case.channel == "chat" and case.phase != "held" else None


def _not_opened(case: Case, now: datetime, _today: date) -> datetime | None:
    return min((at for at in unopened(case, "leaving", "sent") if at <= now), default=None)


def _hand_delivery(case: Case, _now: datetime, today: date) -> datetime | None:
    return min((row.due_at for row in handed(case, today)), default=None)


def _date_differs(case: Case, _today: date) -> bool:
    # A list that has no date yet says nothing against a letter that has one; a list that drops its date does.
    moved = case.overview_date is not None and case.overview_date != case.reporting_date
    return case.date_confirmed_by is not None and (moved or case.list_withdrew) and case.is_at_home


def _outcome_unknown(case: Case, today: date) -> bool:
    return _past(case, today) and case.outcome is None


def _asked_from(first: Callable[[Case], date | None]) -> Callable[[Case, date], bool]:
    """Return a rule that holds from the day on which something is first asked."""

    def holds(case: Case, today: date) -> bool:
        asked = first(case)
        return asked is not None and asked <= today

    return holds


def _risk_near(case: Case, today: date) -> bool:
    return _near(case, RISK_NEAR, today) and case.signals.level in ("high", "urgent")


def _plan_not_agreed(case: Case, today: date) -> bool:
    return _near(case, PLAN_NEAR, today) and not _has_plan(case)


def _action_overdue(case: Case, today: date) -> bool:
    return any(_overdue(case, a, today) for a in case.actions)


def _share_not_confirmed(case: Case, today: date) -> bool:
    return _near(case, SHARE_NEAR, today) and _unconfirmed(case)


def _share_declined(case: Case, _now: datetime, _today: date) -> datetime | None:
    declined = (
        case.shares.said_at(a) for a in case.actions if a.status == "agreed" and case.shares.state(a) == "declined"
    )
    return min((at for at in declined if at is not None), default=None)


def _nobody_to_collect(case: Case, today: date) -> bool:
    return _release_near(case, today) and not case.course.collected


def _no_contact(case: Case, now: datetime, _today: date) -> datetime | None:
    silent = silent_from(case)
    return silent if silent is not None and silent <= now else None


def _checklist_stalled(case: Case, now: datetime, _today: date) -> datetime | None:
    stalled = stalled_from(case)
    return stalled if stalled is not None and stalled <= now else None


def _is_to_be_invited(case: Case) -> bool:
    """Tell whether a letter may ask somebody into the chat: who waits at home for a day and is not there yet."""
    return case.joined_at is None and case.channel == "chat" and is_awaited(case)


def _no_letter_sent(case: Case, _now: datetime, _today: date) -> datetime | None:
    return case.added_at if _is_to_be_invited(case) and case.reach.letter_at is None else None


def _invitation_not_used(case: Case, _now: datetime, _today: date) -> datetime | None:
    return case.reach.letter_at if _is_to_be_invited(case) else None


# In the order in which a worker should see them. `unread_message` is named after what it began as: it waits until it
# is answered, also when somebody has read it.
_SINCE: dict[str, Since] = {
    "urgent_flag": _urgent_flag,
    "new_phone": lambda case, _now, _today: case.new_phone_at,
    "unread_message": _unanswered,
    "not_reachable": _not_reachable,
    "not_opened": _not_opened,
    "hand_delivery": _hand_delivery,
    "date_differs": _noticed("date_differs", _date_differs),
    "not_listed": _noticed("not_listed", _off_the_list),
    "outcome_unknown": _noticed("outcome_unknown", _outcome_unknown),
    "perhaps_free": _noticed("perhaps_free", _asked_from(asks_on)),
    "postponement_open": _noticed("postponement_open", _asked_from(ask_from)),
    "risk_near": _noticed("risk_near", _risk_near),
    "plan_not_agreed": _noticed("plan_not_agreed", _plan_not_agreed),
    "action_overdue": _noticed("action_overdue", _action_overdue),
    "share_not_confirmed": _noticed("share_not_confirmed", _share_not_confirmed),
    "share_declined": _share_declined,
    "nobody_to_collect": _noticed("nobody_to_collect", _nobody_to_collect),
    "no_contact": _no_contact,
    "checklist_stalled": _checklist_stalled,
    "no_worker": lambda case, _now, _today: case.added_at if case.worker is None else None,
    "no_letter_sent": _no_letter_sent,
    "invitation_not_used": _invitation_not_used,
}
REASONS = tuple(_SINCE)


def reasons_to_wait(case: Case, now: datetime, zone: ZoneInfo) -> dict[str, datetime]:
    """Return each reason that holds now, and since when. Days are those on the wall in `zone`."""
    if case.phase == "closed":
        return {}
    today = wall(now, zone).date()
    found = ((name, since(case, now, today)) for name, since in _SINCE.items())
    return {name: at for name, at in found if at is not None}


def next_look(case: Case, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the first moment after `now` at which time alone may change a reason to wait, or a flag."""
    if case.phase == "closed":
        return None
    midnights = (instant(day, time(0), zone) for day in _days(case))
    moments = (*unopened(case, *UNSETTLED, "sent"), silent_from(case), stalled_from(case), case.flags_look_at)
    return min((at for at in (*midnights, *moments) if at is not None and at > now), default=None)


def _days(case: Case) -> Iterator[date]:
    if case.reporting_date is not None:
        yield case.reporting_date + timedelta(days=1)
        yield from (case.reporting_date - span for span in (RISK_NEAR, PLAN_NEAR, SHARE_NEAR))
    yield from (asked for asked in (asks_on(case), ask_from(case)) if asked is not None)
    if case.release_date is not None:
        yield case.release_date - RELEASE_NEAR
        yield case.release_date + timedelta(days=1)
    yield from (a.due + timedelta(days=1) for a in case.actions if a.status == "agreed" and a.due is not None)
