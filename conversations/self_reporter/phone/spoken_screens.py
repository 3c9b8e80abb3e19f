"""Spoken screens: the scripts that can be recorded, of every screen, in the order in which somebody reads them out.

tests/content/test_spoken.py finds a script that is left out.
"""

from __future__ import annotations

from conversations.reminders import check_ins, follow_dates, home_checks, reminders
from conversations.self_reporter import home, menu, phrases
from conversations.self_reporter.arrival import arrival, closed, coming_back, other_letter
from conversations.self_reporter.day import (
    homecoming,
    how_it_went,
    list_moved,
    perhaps_free,
    postponing,
    reporting_words,
)
from conversations.self_reporter.phone import pin_setting, times
from conversations.self_reporter.plan import looking_back, own_words, papers, plan, proposals, sharing, sitting
from conversations.self_reporter.questions import day_stands, overview, still_needed
from conversations.self_reporter.rights import erasing, my_data, stopping
from conversations.self_reporter.script import Script

SCREENS: tuple[Script, ...] = (
    # The beginning.
    *(arrival.INTRO, arrival.CALL, arrival.STOPPED),
    *(other_letter.ASKED, other_letter.YEAR, other_letter.WAITS),
    # The questions and the plan.
    phrases.CONFIRM_DATE,
    *(proposals.PROPOSAL, proposals.PROPOSAL_FOR_YOU, phrases.SETTLED, proposals.OTHER_DAY, own_words.OWN),
    *(plan.PLAN, plan.PLAN_EMPTY, plan.DEED, plan.WISH),
    *(sharing.SHARE, papers.PAPERS),
    *(sitting.DONE, sitting.FIRST_OF_ALL, sitting.LATER, sitting.GO_ON),
    check_ins.CHECK_IN,
    *(*looking_back.QUESTIONS.values(), looking_back.STORY),
    *(still_needed.OF_THEIRS, still_needed.OF_US, day_stands.STANDS),
    # What a message opens.
    *(reminders.HOW_IT_GOES, reminders.STILL_RIGHT, reminders.WHEN_AGAIN),
    *(reminders.STUCK, reminders.STUCK_LATER, reminders.LETTER_STANDS),
    *(reporting_words.REPORTING, reporting_words.REPORT_WHEN, reporting_words.REPORT_OTHER),
    *(reporting_words.ON_THE_EVE, reporting_words.ON_THE_EVE_HOUR),
    *(reporting_words.ON_THE_DAY, reporting_words.ON_THE_DAY_HOUR),
    *(reporting_words.LEAVE_WHEN, reporting_words.LEAVE_LATE, reporting_words.LEAVE_EVE),
    *(reporting_words.LEAVE_TODAY, reporting_words.LEAVE_NOW, reporting_words.LEAVE_OTHER, reporting_words.SILENT),
    *(follow_dates.DAY_CHANGED, follow_dates.DAY_WITHDRAWN, list_moved.MOVED),
    *(perhaps_free.HOME, perhaps_free.OUT, perhaps_free.WHICH_DAY, perhaps_free.QUIET, perhaps_free.SOMEBODY_ELSE),
    *(closed.SCRIPT, homecoming.HOME_AGAIN, homecoming.FREE),
    *(*home_checks.SCRIPTS.values(), home_checks.THANKS, home_checks.GOODBYE),
    # From the hour on.
    *(how_it_went.ASKED, how_it_went.AM_THERE, how_it_went.AM_LATE, how_it_went.AM_HOME, how_it_went.HOUR),
    *(homecoming.MISSED_DAY, coming_back.PAUSED),
    # Another day.
    *(postponing.GUIDE, postponing.ASKED, postponing.LOOKS, postponing.REFUSED),
    # The menu, and what stands around the questions.
    *(home.HELP, menu.MENU, menu.MORE, menu.WHOSE_PHONE, menu.REACH, menu.REACHED),
    *(home.SIGN_NOW, home.SIGN_LATER, home.WRITE),
    overview.OVERVIEW,
    *(times.TIMES, times.TIMES_RESTING, times.PART, times.HOUR),
    *(pin_setting.MENU, pin_setting.NEW, pin_setting.AGAIN),
    *(my_data.ASK, stopping.STOP, erasing.ERASE),
)
