"""The schedule of a person: what falls due leaves, waits, or ends with its reason, and what is opened is shown.

A row whose time has come ends in one of five ways, or waits: for the hours in which messages leave, for the end of a
pause or of quiet hours, for a phone that is looked after, for a chat in which somebody is busy.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from conversations.effects.notice import Notice
from conversations.reminders import silence
from conversations.reminders.kind import Kind
from conversations.reminders.kinds import KINDS
from conversations.roles import self_reporter
from conversations.rules.reporting_hour import left_home
from conversations.rules.sending_hours import next_allowed, within_hours
from conversations.self_reporter.questions.next_step import onward
from conversations.turn import Turn
from storage.case.case import Case
from storage.case.case_parts import Reminder
from storage.clock import instant, wall

_log = logging.getLogger("voorzorg.schedule")

# Whoever tapped or typed so shortly ago is busy: nothing breaks into a question.
BUSY = timedelta(minutes=5)
# Since when the person is home again, as they said it.
AT_HOME = "at_home"


# How long something of a kind that this program does not know waits until it is looked at again: a newer one, or one
# that was rolled back, planned it.
LATER = timedelta(hours=1)


def is_unattended(turn: Turn, case: Case) -> bool:
    """Tell whether others may hold the phone: from the reporting hour, until an outcome is known or they are home."""
    if case.phase == "held":
        return True
    day = case.confirmed_date
    if day is None or case.phase != "coming" or case.outcome is not None:
        return False
    leaves, home = left_home(case, turn.content.reminders.reporting_day), case.answers.get(AT_HOME)
    gone = instant(day, leaves, turn.content.zone)
    return turn.now >= gone and (home is None or home.at < gone)


def _may_leave(turn: Turn, case: Case, row: Reminder, of: Kind) -> datetime:
    """Return when a row may leave: now, or the moment to look again."""
    zone, hours = turn.content.zone, turn.content.reminders.sending
    if is_unattended(turn, case) and not of.unattended:
        tomorrow = wall(turn.now, zone).date() + timedelta(days=1)
        return instant(tomorrow, max(row.at, hours.opens), zone)
    if of.waits:
        wishes = case.preferences if of.pauses else replace(case.preferences, paused_until=None)
        moment = next_allowed(turn.now, zone, wishes, hours)
    else:
        moment = turn.now if of.any_hour else within_hours(turn.now, zone, hours)
    if moment == turn.now and turn.now - turn.chat.last_seen < BUSY:
        return turn.chat.last_seen + BUSY
    return moment


async def fall_due(turn: Turn, rows: list[Reminder]) -> None:
    """Let what is due leave in one neutral notice, make it wait, or end it with its reason."""
    case = turn.case
    leaving: list[Reminder] = []
    handed = False
    for row in rows:
        of = KINDS.get(row.kind)
        if of is None:
            await _waits_for_who_knows(turn, case, row)
        elif (why := of.late(turn, row)) is not None:
            case.schedule.end(row, "handed_to_worker" if of.vital else "skipped", why)
            handed |= of.vital
        elif of.opens is None:
            case.schedule.end(row, "handed_to_worker", row.kind)
            handed = True
        elif turn.chat.case_id != case.id or turn.chat.blocked_at or not case.person.consents_to("channel"):
            case.schedule.end(row, "handed_to_worker" if of.by_hand else "skipped", "no chat")
            handed |= of.by_hand
        elif (moment := _may_leave(turn, case, row, of)) > turn.now:
            row.due_at = moment
            case.touch("due", row)
        else:
            leaving.append(row)
    if handed:
        turn.notify(await turn.reads.helpers(case), "alert", case.ref)
    if leaving:
        # The day first, then what was agreed: a check-in or a sitting leads away to questions.
        leaving.sort(key=lambda row: (KINDS[row.kind].notice != "important", row.action_id is None))
        _leave(turn, case, leaving)
        silence.begin(turn, case)


def _leave(turn: Turn, case: Case, rows: list[Reminder]) -> None:
    """Let rows leave in one notice; where one still waits for Telegram, they come with it: not two in one minute."""
    first = rows[0]
    of = KINDS[first.kind]
    waiting = [row for row in case.reminders if row.state == "leaving" and row.notice and row.kind in KINDS]
    important = [row for row in waiting if KINDS[row.kind].notice == "important"]
    if important or (waiting and of.notice != "important"):
        key = (important or waiting)[0].notice
    else:
        key = f"reminder:{first.id}"
        turn.decide(Notice(("case", case.id), of.notice, "see", first.id, key))
        for row in waiting:  # what is less pressing comes with this one; its own notice is no longer sent
            row.notice = key
            case.touch("due", row)
    for row in rows:
        row.state, row.notice = "leaving", key
        case.touch("due", row)


async def still_helps(turn: Turn, rows: list[Reminder]) -> bool:
    """End what was to leave about the day, could not, and now helps nobody any more: who helps hears of it.

    Anything else comes late, or goes to who helps after a day (bot/delivery/batch.py). Returns whether anything ended.
    """
    case = turn.case
    ended = handed = False
    for row in rows:
        of = KINDS.get(row.kind)
        if of is None or of.notice != "important" or (why := of.late(turn, row)) is None:
            continue
        ended = True
        to_worker = of.vital or of.last
        case.schedule.end(row, "handed_to_worker" if to_worker else "skipped", "not delivered" if to_worker else why)
        handed |= to_worker
    if handed:
        turn.notify(await turn.reads.helpers(case), "alert", case.ref)
    return ended


async def _waits_for_who_knows(turn: Turn, case: Case, row: Reminder) -> None:
    """Leave what a program of another version planned as it is, and say so, once: it is nobody's to skip."""
    row.due_at = turn.now + LATER
    case.touch("due", row)
    if row.reason is None:
        row.reason = "no such kind"
        _log.error("a reminder of a kind that this program does not know waits: %.24s", row.kind)
        turn.notify(await turn.reads.helpers(case), "alert", case.ref)


def show(turn: Turn, row: Reminder) -> None:
    """Open a row: the person has seen it."""
    turn.case.schedule.mark_opened(row, turn.now)
    of = KINDS.get(row.kind)
    if of is not None and of.opens is not None:
        of.opens(turn, row)


def of_id(turn: Turn, row_id: str) -> Reminder | None:
    """Return a row of the schedule of the turn's case."""
    return next((row for row in turn.case.reminders if row.id == row_id), None)


@self_reporter.tap("see")
async def see(turn: Turn, args: str) -> None:
    """Open what a notice brought."""
    row = of_id(turn, args)
    if row is None or row.kind not in KINDS:
        await onward(turn)
    else:
        show(turn, row)


def shows_next(turn: Turn) -> bool:
    """Go to what else came with a notice that was opened; False when there is nothing more."""
    case = turn.case
    opened = {row.notice for row in case.reminders if row.notice and row.opened_at}
    for row in sorted(case.reminders, key=lambda row: row.action_id is None):
        waits = row.state in ("leaving", "sent") and row.opened_at is None and row.notice in opened
        if waits and row.kind in KINDS and KINDS[row.kind].late(turn, row) is None:
            show(turn, row)
            return True
    return False


@self_reporter.tap("next_due")
async def next_due(turn: Turn, _args: str) -> None:
    """Go to what else came with the notice that was opened, else on."""
    if not shows_next(turn):
        await onward(turn)
