"""The agenda of a self-reporter: rules on the wall clock, planned with the action or date that they belong to."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from conversations.content.region import OfficeHours
from conversations.rules.hours import last_working_day
from conversations.rules.reporting_hour import before, expected_to_leave
from conversations.rules.sending_hours import DAY_OPENS, MORNING, hour_of, is_quiet, later_today
from conversations.turn import Turn
from storage.case.case import Case
from storage.case.case_parts import Action, Preferences
from storage.case.silence import AHEAD, NOT_OPENED
from storage.clock import instant, wall

# Days before the reporting date on which a reminder comes, each a kind of its own; and those around the day itself.
MILESTONES = {"reporting_14": 14, "reporting_7": 7, "reporting_3": 3}
EVE, EVE_AGAIN, LAST = "reporting_eve", "reporting_again", "reporting_day"
REPORTING_KINDS = (*MILESTONES, AHEAD, EVE, EVE_AGAIN, LAST)
# When what was agreed for the evening before the reporting day is asked.
EVENING = time(19, 30)
# The day before, if the morning's was not opened.
AGAIN_AT = time(16)
# The last message comes so many minutes before somebody leaves home (messages.md); not before this, if that can be.
BEFORE_LEAVING, EARLIEST = 90, time(5)
# Minutes before closing at which the worker is asked at the latest to call who has not opened what came that day.
TO_CALL = 30


def last_message_at(leaves: time | None) -> time:
    """Return at what time the last message comes on the reporting day: also before nine where the hour asks for it."""
    if leaves is None:
        return DAY_OPENS
    return max(before(leaves, BEFORE_LEAVING), min(EARLIEST, before(leaves, 30)))


def _ahead(eve: date, office: OfficeHours) -> tuple[str, date, time]:
    """Return what comes on the last working day before an eve: so early that there is time to call that day."""
    at = before(office.closes, int(NOT_OPENED.total_seconds()) // 60 + TO_CALL)
    return AHEAD, last_working_day(office, eve), max(DAY_OPENS, min(MORNING, at))


def reporting_rows(
    day: date,
    now: datetime,
    zone: ZoneInfo,
    wishes: Preferences,
    leaves: time | None,
    office: OfficeHours | None = None,
) -> list[tuple[str, date, time]]:
    """Return what still comes for a reporting date as it is known `now`: (kind, day, time on the wall).

    The eve comes in any case while it is not the day itself: somebody may learn of it in the afternoon before. Where
    nobody of the `office` works on the eve, it comes on their last day before it too: then somebody can still call.
    """
    eve, local = day - timedelta(days=1), wall(now, zone)
    rows = [(kind, day - timedelta(days=days), hour_of(wishes)) for kind, days in MILESTONES.items()]
    if office is not None and not office.is_working_day(eve):
        ahead = _ahead(eve, office)
        rows = [*(row for row in rows if row[1] != ahead[1]), ahead]  # one of a day is enough
    rows += [(EVE, eve, MORNING), (EVE_AGAIN, eve, AGAIN_AT), (LAST, day, last_message_at(leaves))]
    coming = [row for row in rows if instant(row[1], row[2], zone) > now]
    if local.date() == eve and local.time() >= MORNING:
        coming.append((EVE, eve, local.time().replace(microsecond=0, fold=0)))
    return coming


def plan_reporting_day(turn: Turn, case: Case) -> None:
    """Remind of the reporting day, from two weeks before; what was planned for another day ends.

    What has left already for this day does not leave again.
    """
    case.schedule.cancel("another date", kinds=REPORTING_KINDS)
    left = {(r.kind, r.day) for r in case.reminders if r.state in ("sent", "handed_to_worker")}
    if case.confirmed_date and case.phase == "called_up":
        zone, leaves, office = turn.content.zone, expected_to_leave(case), turn.content.region.office
        for kind, day, at in reporting_rows(case.confirmed_date, turn.now, zone, case.preferences, leaves, office):
            if (kind, day) not in left:
                case.schedule.remind(kind, _by_hand_day(turn, case, day, at), at, zone)
        _call_now(turn, case, office, left)


def _call_now(turn: Turn, case: Case, office: OfficeHours, left: set[tuple[str, date]]) -> None:
    """Ask the worker to call, where they entered the day too late for the person to open anything before it."""
    assert case.confirmed_date is not None
    eve = case.confirmed_date - timedelta(days=1)
    if office.is_working_day(eve) or turn.actor.role == "self_reporter":
        return
    _, day, at = _ahead(eve, office)
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
    day, zone = case.confirmed_date, turn.content.zone
    if (
        day is None
        or case.phase != "called_up"
        or any((r.kind, r.day, r.state) == (LAST, day, "sent") for r in case.reminders)
    ):
        return
    case.schedule.cancel("another hour", kinds=(LAST,))
    if instant(day, at := last_message_at(expected_to_leave(case)), zone) > turn.now:
        case.schedule.remind(LAST, day, at, zone)


def plan_action(turn: Turn, case: Case, action: Action) -> None:
    """Remind of an agreed action of the person's own the day before and on its day; what was planned for it ends.

    Where the hour of its day is over, it is asked later that day, or else on the next at the person's hour: once a day.
    """
    case.schedule.cancel("planned anew", action_id=action.id)
    if action.due and action.owner == "self" and action.when != "inside":
        _plan_action(turn, case, "action_before", action.due - timedelta(days=1), action)
        if action.due > turn.today:
            ask_again(turn, case, action, action.due)
        else:
            _ask_soon(turn, case, action)


def _ask_soon(turn: Turn, case: Case, action: Action) -> None:
    """Ask about an action of today or before: today still, if that was not done, or else tomorrow.

    Tomorrow is too late for what comes before the reporting day: the evening before it is asked at `EVENING`.
    """
    zone, hour, tomorrow = turn.content.zone, hour_of(case.preferences), turn.today + timedelta(days=1)
    rows = [(r.kind, r.action_id, r.day) for r in case.reminders if r.state not in ("planned", "cancelled")]
    asked = ("action_day", action.id, turn.today) in rows
    at = hour if instant(turn.today, hour, zone) > turn.now else later_today(turn.now, zone, case.preferences)
    if action.due == turn.today and at is not None and not asked:
        ask_again(turn, case, action, turn.today, at)
    elif action.when != "before" or case.confirmed_date not in (turn.today, tomorrow):
        ask_again(turn, case, action, tomorrow)
    elif case.confirmed_date == tomorrow and not asked and not is_quiet(EVENING, case.preferences):
        ask_again(turn, case, action, turn.today, EVENING)


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
    hour = at or hour_of(case.preferences)
    day = _by_hand_day(turn, case, day, hour)
    if instant(day, hour, turn.content.zone) > turn.now:
        case.schedule.remind(kind, day, hour, turn.content.zone, action)


def now_on_the_wall(turn: Turn) -> tuple[date, time]:
    """Return the day and the time at which something may be planned that is to leave as soon as it may."""
    local = wall(turn.now, turn.content.zone)
    return local.date(), local.time().replace(microsecond=0, fold=0)
