"""Words of the reporting day: what to take along, when to be there, when to leave; in parts that fit the day."""

from __future__ import annotations

from conversations.self_reporter.script import Choice, Script, text

TODAY, TOMORROW = text("Today is the day."), text("Tomorrow is the day.")
IN_THE_LETTER = text("The time stands in your letter.")
THINGS = (
    text("the letter with the day"),
    text("your passport, ID card or driving licence"),
    text("the list of your medicines"),
    text("a paper with telephone numbers"),
)
BRING = (
    text("Take with you:"),
    *THINGS,
    text("🏠 Leave at home: telephone, drink and drugs."),
    text(
        "Are you in time? Then you usually start with more activities. Do you stay away? The police can "
        "fetch you, and a benefit stops."
    ),
)
_LETTER = Choice(text("✉️ Another time in the letter"), "report_other")
_HARD = Choice(text("😟 It is hard for me"), "stuck")
_GO_ON = Choice(text("▶️ Go on"), "next_due")

# More than a day before.
REPORTING = Script(
    "screen.reporting",
    *BRING,
    text("🕘 You must be there at {time}."),
    choices=(Choice(text("📋 My plan"), "plan"), _LETTER, _HARD, _GO_ON),
)
REPORT_WHEN = Script(
    "screen.report_when",
    *BRING,
    text("What time must you be there? Look in your letter."),
    choices=(Choice(text("✏️ Another time"), "report_other"), _HARD, _GO_ON),
)
TYPE_HOUR = text("What time must you be there? Type it. Example: 9:30.")
REPORT_OTHER = Script("screen.report_other", TYPE_HOUR, choices=(Choice(text("⬅️ Back"), "to_reporting"),))

# The day before and the day itself: first what stands, with or without an hour, then when somebody leaves.
ON_THE_EVE = Script("screen.reporting_eve", TOMORROW, IN_THE_LETTER, *BRING)
ON_THE_EVE_HOUR = Script("screen.reporting_eve_hour", TOMORROW, *BRING)
ON_THE_DAY = Script("screen.reporting_today", TODAY, IN_THE_LETTER, *BRING)
ON_THE_DAY_HOUR = Script("screen.reporting_today_hour", TODAY, *BRING)
_ANOTHER = Choice(text("✏️ Another time"), "leave_other")
LEAVE_WHEN = Script("screen.leave_when", text("What time do you leave?"), choices=(_ANOTHER, _HARD))
LEAVE_LATE = Script(
    "screen.leave_late",
    text("You must be there at {hour}. Then you come too late. What time do you leave?"),
    choices=(Choice(text("🕗 Yet at {time}"), "leave"), _ANOTHER, _LETTER),
)
LEAVE_OTHER = Script(
    "screen.leave_other",
    text("What time do you leave? Type it. Example: 7:30."),
    choices=(Choice(text("⬅️ Back"), "to_reporting"),),
)
LEAVE_EVE = Script("screen.leave_eve", text("After that I am silent until you are back. All the best tomorrow."))
_SILENT_NOW = text("From now on I am silent until you are back. All the best.")
LEAVE_TODAY = Script("screen.leave_today", _SILENT_NOW)
LEAVE_NOW = Script(
    "screen.leave_now",
    text("🕗 You wanted to leave at {time}. Go now."),
    _SILENT_NOW,
    choices=(_GO_ON,),
)
SILENT = Script(
    "screen.silent",
    text("I am silent until you are home again."),
    choices=(Choice(text("🏠 I am home"), "at_home"),),
)
