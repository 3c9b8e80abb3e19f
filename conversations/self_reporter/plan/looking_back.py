"""Three questions to the person, at the plan and after release: what helped, what was missing, who helped.

They type it or leave it. Whether others may hear their story, without their name, is asked last and is theirs to say.
"""

from __future__ import annotations

from conversations.roles import self_reporter
from conversations.screen import Screen
from conversations.self_reporter.phrases import helper
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.script import Choice, Script, text
from conversations.self_reporter.understanding import typed_answer
from conversations.turn import Turn
from conversations.words.typed import too_long
from storage.case.case import Case

_SKIP = (Choice(text("➡️ Skip this question"), "look_back"),)
# What is asked, by the name under which the answer is kept.
QUESTIONS = {
    "helped": Script("screen.look_back_helped", text("💬 What helped you? Type it in your own words."), choices=_SKIP),
    "missed": Script(
        "screen.look_back_missed", text("💬 What did you miss? Type it in your own words."), choices=_SKIP
    ),
    "who": Script("screen.look_back_who", text("💬 Who helped you? Type it in your own words."), choices=_SKIP),
}
ASKED = tuple(QUESTIONS)
STORY = Script(
    "screen.look_back_story",
    text("May {helper} share your answers with colleagues, and leave your name out?"),
    choices=(Choice(text("👍 Yes, that is fine"), "story", "yes"), Choice(text("👎 No, keep it here"), "story", "no")),
)
# Characters of an answer.
LONGEST = 600
# A yes to telling it on, without a name, and the version of the text that was read.
CONSENT, VERSION = "story", "2026-12"


def moment_of(case: Case) -> str:
    """Return of when their words are: of the plan, or of afterwards."""
    return "after" if case.phase in ("free", "closed") else "plan"


@self_reporter.tap("look_back")
async def look_back(turn: Turn, args: str) -> None:
    """Go to a question; the first one by itself."""
    turn.go("look_back", at=int(args) if args.isdigit() else 0)


@self_reporter.screen("look_back")
async def asked(turn: Turn) -> Screen:
    """Ask one question, then whether the story may be told on."""
    at = turn.place["at"]
    if at >= len(ASKED):
        return STORY.screen(turn, helper=helper(turn))
    return QUESTIONS[ASKED[at]].screen(turn, str(at + 1))


@self_reporter.typed("look_back")
async def answered(turn: Turn, text: str) -> None:
    """Keep their words, sealed with their case, and go on to the next question."""
    at = turn.place["at"]
    if at >= len(ASKED):
        if not await typed_answer.is_given(self_reporter, turn, text):
            await self_reporter.not_understood(turn, text)
        return
    if too_long(turn, text, LONGEST):
        return
    turn.delete(turn.message_id)
    turn.case.person.tell(ASKED[at], moment_of(turn.case), text, turn.now)
    turn.go("look_back", at=at + 1)


@self_reporter.tap("story")
async def may_be_told(turn: Turn, args: str) -> None:
    """Keep their yes or no."""
    turn.case.person.consent(CONSENT, args == "yes", turn.now, VERSION)
    turn.toast = turn.text("Thank you!")
    await onward(turn)
