"""The agenda of a self-reporter: rules on the wall clock, planned with the action or date that they belong to."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from conversations.content.region import OfficeHours
from conversations.content.reminders import Milestones, Reminders
from conversations.rules.hours import last_working_day
from conversations.rules.reporting_hour import before, expected_to_leave
from conversations.rules.sending_hours import hour_of, is_quiet, later_today
from conversations.turn import Turn
from storage.case.case import Case
from storage.case.case_parts import Action, Preferences
from storage.case.silence import AHEAD, NOT_OPENED
from storage.clock import instant, wall

# Some days before the reporting date, each a kind of its own; and those around the day itself.
MILESTONES = tuple(Milestones.model_fields)
EVE, EVE_AGAIN, LAST = "reporting_eve", "reporting_again", "reporting_day"
REPORTING_KINDS = (*MILESTONES, AHEAD, EVE, EVE_AGAIN, LAST)


def last_message_at(leaves: time | None, reminders: Reminders) -> time:
    """Return at what time the last message comes on the reporting day (messages.md).

    Where the hour of leaving asks for it, it comes before the sending hours too.
    """
    if leaves is None:
        return reminders.sending.opens
    usual = reminders.reporting_day
    at_latest = before(leaves, usual.last_at_least_minutes)
    return max(before(leaves, usual.last_before_leaving_minutes), min(usual.last_not_before, at_latest))


def _ahead(eve: date, office: OfficeHours, reminders: Reminders) -> tuple[str, date, time]:
    """Return what comes on the last working day before an eve: so early that there is time to call that day."""
    day_before = reminders.day_before
    at = before(office.closes, int(NOT_OPENED.total_seconds()) // 60 + day_before.to_call_minutes)
    return AHEAD, last_working_day(office, eve), max(reminders.sending.opens, min(day_before.at, at))


def reporting_rows(
    day: date,
    now: datetime,
    zone: ZoneInfo,
    wishes: Preferences,
    leaves: time | None,
    reminders: Reminders,
    office: OfficeHours | None = None,
) -> list[tuple[str, date, time]]:
    """Return what still comes for a reporting date as it is known `now`: (kind, day, time on the wall).

    The eve comes in any case while it is not the day itself: somebody may learn of it in the afternoon before. Where
    nobody of the `office` works on the eve, it comes on their last day before it too: then somebody can still call.
    """
    eve, local, day_before = day - timedelta(days=1), wall(now, zone), reminders.day_before
    hour, milestones = hour_of(wishes, reminders.sending), reminders.milestones.days
    rows = [(kind, day - timedelta(days=days), hour) for kind, days in milestones.items()]
    if office is not None and not office.is_working_day(eve):
        ahead = _ahead(eve, office, reminders)
        rows = [*(row for row in rows if row[1] != ahead[1]), ahead]  # one of a day is enough
    rows += [(EVE, eve, day_before.at), (EVE_AGAIN, eve, day_before.again)]
    rows.append((LAST, day, last_message_at(leaves, reminders)))
    coming = [row for row in rows if instant(row[1], row[2], zone) > now]
    if local.date() == eve and local.time() >= day_before.at:
        coming.append((EVE, eve, local.time().replace(microsecond=0, fold=0)))
    return coming


def plan_reporting_day(turn: Turn, case: Case) -> None:
    """Remind of the reporting day, from two weeks before; what was planned for another day ends.

    What has left already for this day does not leave again.
    """
    case.schedule.cancel("another date", kinds=REPORTING_KINDS)
    left = {(r.kind, r.day) for r in case.reminders if r.state in ("sent", "handed_to_worker")}
    if case.confirmed_date and case.phase == "coming":
        zone, office, reminders = turn.content.zone, turn.content.region.office, turn.content.reminders
        leaves, wishes = expected_to_leave(case, reminders.reporting_day), case.preferences
        for kind, day, at in reporting_rows(case.confirmed_date, turn.now, zone, wishes, leaves, reminders, office):
            if (kind, day) not in left:
                case.schedule.remind(kind, _by_hand_day(turn, case, day, at), at, zone)
        _call_now(turn, case, office, left)


def _call_now(turn: Turn, case: Case, office: OfficeHours, left: set[tuple[str, date]]) -> None:
    """Ask the worker to call, where they entered the day too late for the person to open anything before it."""
    assert case.confirmed_date is not None
    eve = case.confirmed_date - timedelta(days=1)
    if office.is_working_day(eve) or turn.actor.role == "self_reporter":
        return
    _, day, at = _ahead(eve, office, turn.content.reminders)
    if day == turn.today and instant(day, at, turn.content.zone) <= turn.now and (AHEAD, day) not in left:
        row = case.schedule.remind(AHEAD, *now_on_the_wall(turn), turn.content.zone)
        case.schedule.end(row, "handed_to_worker", "nobody works on the day before")


def _by_hand_day(turn: Turn, case: Case, day: date, at: time) -> date:
    """Return the day on which something comes: for who has no chat, one on which somebody is there to call."""
    if case.joined_at is not None and case.channel == "chat" and not case.person.has_stopped:
        return day
    worked = last_working_day(turn.content.region.office, day)
    return worked if instant(worked, at, turn.content.zone) > turn.now else day


def plan_last_message(turn: Turn, case: Case) -> None:
    """Give the last message the hour that fits when the person leaves home."""
    day, zone, reminders = case.confirmed_date, turn.content.zone, turn.content.reminders
    if (
        day is None
        or case.phase != "coming"
        or any((r.kind, r.day, r.state) == (LAST, day, "sent") for r in case.reminders)
    ):
        return
    case.schedule.cancel("another hour", kinds=(LAST,))
    at = last_message_at(expected_to_leave(case, reminders.reporting_day), reminders)
    if instant(day, at, zone) > turn.now:
        case.schedule.remind(LAST, day, at, zone)


def plan_action(turn: Turn, case: Case, action: Action) -> None:
    """Remind of an agreed action of the person's own before its day and on it; what was planned for it ends.

    Where the hour of its day is over, it is asked later that day, or else on the next at the person's hour: once a day.
    """
    case.schedule.cancel("planned anew", action_id=action.id)
    if action.due and action.owner == "self" and action.when != "inside":
        days_before = turn.content.reminders.actions.days_before
        _plan_action(turn, case, "action_before", action.due - timedelta(days=days_before), action)
        if action.due > turn.today:
            ask_again(turn, case, action, action.due)
        else:
            _ask_soon(turn, case, action)


def _ask_soon(turn: Turn, case: Case, action: Action) -> None:
    """Ask about an action of today or before: today still, if that was not done, or else tomorrow.

    Tomorrow is too late for what comes before the reporting day: it is asked on the evening before that.
    """
    zone, reminders, tomorrow = turn.content.zone, turn.content.reminders, turn.today + timedelta(days=1)
    sending, evening = reminders.sending, reminders.actions.evening
    hour = hour_of(case.preferences, sending)
    rows = [(r.kind, r.action_id, r.day) for r in case.reminders if r.state not in ("planned", "cancelled")]
    asked = ("action_day", action.id, turn.today) in rows
    at = hour if instant(turn.today, hour, zone) > turn.now else later_today(turn.now, zone, case.preferences, sending)
    if action.due == turn.today and at is not None and not asked:
        ask_again(turn, case, action, turn.today, at)
    elif action.when != "before" or case.confirmed_date not in (turn.today, tomorrow):
        ask_again(turn, case, action, tomorrow)
    elif case.confirmed_date == tomorrow and not asked and not is_quiet(evening, case.preferences):
        ask_again(turn, case, action, turn.today, evening)


def plan_again(turn: Turn, case: Case) -> None:
    """Remind anew of all that stands, after somebody had stopped: what fell due meanwhile is asked tomorrow."""
    plan_reporting_day(turn, case)
    for action in case.actions:
        if action.status == "agreed":
            plan_action(turn, case, action)


def ask_again(turn: Turn, case: Case, action: Action, day: date, at: time | None = None) -> None:
    """Ask about an action once more, on a day, at the person's hour or at another."""
    _plan_action(turn, case, "action_day", day, action, at)


def _plan_action(turn: Turn, case: Case, kind: str, day: date, action: Action, at: time | None = None) -> None:
    hour = at or hour_of(case.preferences, turn.content.reminders.sending)
    day = _by_hand_day(turn, case, day, hour)
    if instant(day, hour, turn.content.zone) > turn.now:
        case.schedule.remind(kind, day, hour, turn.content.zone, action)


def now_on_the_wall(turn: Turn) -> tuple[date, time]:
    """Return the day and the time at which something may be planned that is to leave as soon as it may."""
    local = wall(turn.now, turn.content.zone)
    return local.date(), local.time().replace(microsecond=0, fold=0)
