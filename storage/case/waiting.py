"""Waiting: why a case waits for somebody: the one definition of every reason and since when it holds.

Some reasons come with time alone. `next_look` names the next moment at which one may; then the case is looked at once
more, so that what the lists read (`pending`) is what this file says, without going through all cases every night.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.case.case import Case
from storage.case.case_parts import UNSETTLED, Action
from storage.case.handed import handed
from storage.case.phases import BEFORE, kind_of
from storage.case.release import asks_on
from storage.case.signals import WRITTEN
from storage.clock import instant, wall

# In the order in which a worker should see them.
REASONS = (
    "urgent_flag",
    "new_phone",
    "unread_message",
    "not_reachable",
    "not_opened",
    "hand_delivery",
    "date_differs",
    "not_listed",
    "outcome_unknown",
    "perhaps_free",
    "risk_near",
    "plan_not_agreed",
    "action_overdue",
    "share_not_confirmed",
    "share_declined",
    "nobody_to_collect",
    "no_contact",
    "checklist_stalled",
    "no_worker",
    "no_letter_sent",
    "invitation_not_used",
)

# Days, all from domain.md sections 2 and 3.
NO_CONTACT = timedelta(days=14)  # after the letter
STALLED = timedelta(days=14)  # after the last answer
RISK_NEAR = timedelta(days=7)  # before the reporting date, with a high risk that stands
PLAN_NEAR = timedelta(days=14)  # before the reporting date, without an agreed action
SHARE_NEAR = timedelta(days=14)  # before the reporting date, with a share that the prison has not confirmed
RELEASE_NEAR = timedelta(days=14)  # before the release, which may come up to two weeks early
# The reminder on the day before; where nobody works then, also that on the last working day before it. Not opened this
# long after it was due, the worker is asked to call (messages.md).
EVE, AHEAD, NOT_OPENED = "reporting_eve", "reporting_ahead", timedelta(hours=6, minutes=15)
# Days from the last working day to the reporting day, at most: Christmas, a weekend and a bridge day lie between.
LONGEST_CLOSED = 8


def reasons_to_wait(case: Case, now: datetime, zone: ZoneInfo) -> dict[str, datetime]:
    """Return each reason that holds now, and since when. Days are those on the wall in `zone`."""
    if case.phase == "closed":
        return {}
    return {name: since for name, since in _all(case, now, wall(now, zone).date()) if since is not None}


def _all(case: Case, now: datetime, today: date) -> Iterator[tuple[str, datetime | None]]:
    def noticed(name: str, holds: bool) -> datetime | None:
        """Since when a reason holds that comes on a day: since it was first seen."""
        return case.waiting.get(name, now) if holds else None

    urgent = [f.since for f in case.flags if f.level == "urgent" and not f.acknowledged_at and f.stands]
    yield "urgent_flag", min(urgent, default=None)
    yield "new_phone", case.new_phone_at
    # Named after what it began as: it waits until it is answered, also when somebody has read it.
    asking = case.unanswered()
    yield "unread_message", asking[0].at if asking else None
    # Inside nobody has their phone.
    yield "not_reachable", case.unreachable_since if case.channel == "chat" and case.phase != "inside" else None
    yield "not_opened", min((at for at in _unopened(case, "leaving", "sent") if at <= now), default=None)
    yield "hand_delivery", min((row.due_at for row in handed(case, today)), default=None)
    # A list that has no date yet says nothing against a letter that has one; a list that drops its date does.
    moved = case.overview_date is not None and case.overview_date != case.reporting_date
    differs = case.date_confirmed_by is not None and (moved or case.list_withdrew) and _at_home(case)
    yield "date_differs", noticed("date_differs", differs)
    yield "not_listed", noticed("not_listed", _off_the_list(case, today))
    yield "outcome_unknown", noticed("outcome_unknown", _past(case, today) and case.outcome is None)
    asked = asks_on(case)
    yield "perhaps_free", noticed("perhaps_free", asked is not None and asked <= today)
    yield "risk_near", noticed("risk_near", _near(case, RISK_NEAR, today) and case.level in ("high", "urgent"))
    yield "plan_not_agreed", noticed("plan_not_agreed", _near(case, PLAN_NEAR, today) and not _has_plan(case))
    yield "action_overdue", noticed("action_overdue", any(_overdue(case, a, today) for a in case.actions))
    yield "share_not_confirmed", noticed("share_not_confirmed", _near(case, SHARE_NEAR, today) and _unconfirmed(case))
    declined = [case.said_at(a) for a in case.actions if a.status == "agreed" and case.share_state(a) == "declined"]
    yield "share_declined", min((at for at in declined if at is not None), default=None)
    yield "nobody_to_collect", noticed("nobody_to_collect", _release_near(case, today) and not case.collected)
    silent = _silent_from(case)
    yield "no_contact", silent if silent is not None and silent <= now else None
    stalled = _stalled_from(case)
    yield "checklist_stalled", stalled if stalled is not None and stalled <= now else None
    yield "no_worker", case.added_at if case.worker is None else None
    # Letters that ask somebody to come into the chat go to who waits at home for a day, and to nobody else.
    alone = case.joined_at is None and case.channel == "chat" and _is_awaited(case)
    letter = case.letter_at
    yield "no_letter_sent", case.added_at if alone and letter is None else None
    yield "invitation_not_used", letter if alone else None


def next_look(case: Case, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the first moment after `now` at which time alone may change a reason to wait, or a flag."""
    if case.phase == "closed":
        return None
    midnights = (instant(day, time(0), zone) for day in _days(case))
    moments = (*_unopened(case, *UNSETTLED, "sent"), _silent_from(case), _stalled_from(case), case.flags_look_at)
    return min((at for at in (*midnights, *moments) if at is not None and at > now), default=None)


def _days(case: Case) -> Iterator[date]:
    if case.reporting_date is not None:
        yield case.reporting_date + timedelta(days=1)
        yield from (case.reporting_date - span for span in (RISK_NEAR, PLAN_NEAR, SHARE_NEAR))
    if (asked := asks_on(case)) is not None:
        yield asked
    if case.release_date is not None:
        yield case.release_date - RELEASE_NEAR
        yield case.release_date + timedelta(days=1)
    yield from (a.due + timedelta(days=1) for a in case.actions if a.status == "agreed" and a.due is not None)


def _at_home(case: Case) -> bool:
    """Tell whether somebody waits at home, with or without a day."""
    return kind_of(case.phase) in BEFORE


def _is_awaited(case: Case) -> bool:
    """Tell whether somebody waits at home for a call-up that may come: nobody writes to, or looks for, anybody else."""
    return _at_home(case) and case.outcome != "cancelled"


def _overdue(case: Case, action: Action, today: date) -> bool:
    """Tell whether an action is past its day. Who is free again does no more of what was for before; the team may."""
    if action.status != "agreed" or action.due is None or action.due >= today:
        return False
    return case.phase != "released" or action.when != "before" or action.owner == "worker"


def _unopened(case: Case, *states: str) -> Iterator[datetime]:
    """Return when the reminders of the reporting day that were not opened ask for a call.

    One that is still leaving then was not delivered: all the more reason to call.
    """
    if case.phase != "called_up" or case.outcome is not None or case.reporting_date is None:
        return
    spoken = max((c.on for c in case.contacts if c.direction == "in" and c.kind not in WRITTEN), default=None)
    for row in case.reminders:
        days = (case.reporting_date - row.day).days
        of_this_day = (row.kind == EVE and days == 1) or (row.kind == AHEAD and 1 < days <= LONGEST_CLOSED)
        if not of_this_day or row.state not in states or row.opened_at is not None:
            continue
        if spoken is None or spoken < row.due_at:  # who was spoken to since has heard of it
            yield row.due_at + NOT_OPENED


def _off_the_list(case: Case, today: date) -> bool:
    """Tell whether no list has somebody any more whose day no letter has confirmed; after the day it has to be so."""
    if case.missing_since is None or case.date_confirmed_by is not None or not _at_home(case):
        return False
    return case.reporting_date is None or case.reporting_date >= today


def _past(case: Case, today: date) -> bool:
    return case.reporting_date is not None and case.reporting_date < today and case.phase in ("called_up", "released")


def _near(case: Case, span: timedelta, today: date) -> bool:
    if case.phase != "called_up" or case.reporting_date is None:
        return False
    return today <= case.reporting_date <= today + span


def _has_plan(case: Case) -> bool:
    return any(a.status in ("agreed", "done") for a in case.actions)


def _unconfirmed(case: Case) -> bool:
    return any(a.status == "agreed" and case.share_state(a) == "asked" for a in case.actions)


def _release_near(case: Case, today: date) -> bool:
    if case.phase != "inside" or case.release_date is None:
        return False
    return today <= case.release_date <= today + RELEASE_NEAR


def silent_since(case: Case) -> datetime | None:
    """Return when the letter left to which nobody has reacted; None when somebody did, or none left."""
    letter = case.letter_at
    if letter is None or case.joined_at is not None or not _is_awaited(case):
        return None
    reacted = any(c.direction == "in" and c.on >= letter for c in case.contacts)
    return None if reacted else letter


def _silent_from(case: Case) -> datetime | None:
    """Return when nobody's answer to the letter becomes a reason to go and look."""
    since = silent_since(case)
    return None if since is None else since + NO_CONTACT


def _stalled_from(case: Case) -> datetime | None:
    since = case.last_answer_at or case.joined_at
    if since is None or not case.questions_left or not _at_home(case):
        return None
    return since + STALLED
