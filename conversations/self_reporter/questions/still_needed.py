"""A changed answer and the plan: what was agreed because of the former one is asked about, and never goes by itself."""

from __future__ import annotations

from conversations.reminders import home_check_plan
from conversations.roles import self_reporter
from conversations.screen import Screen
from conversations.self_reporter.phrases import gone, screen
from conversations.self_reporter.plan.plan_words import action_at, agreed_actions, words_of
from conversations.self_reporter.questions.next_step import is_called_for, onward
from conversations.self_reporter.script import Choice, Script, of_action, text
from conversations.self_reporter.understanding.crisis import after_answer
from conversations.shared.signals import settle
from conversations.turn import Turn

STILL_NEEDED = "still_needed"
_ASKED = text("Your answer is another one now. This still stands in your plan:\n\n📌 {action}\n\nDo you still need it?")
_KEEP = Choice(text("👍 Yes, let it stand"), "still_say", "keep")
_DONE = Choice(text("✅ It is done already"), "still_say", "done")
_AWAY = Choice(text("🗑 Take it away"), "still_say", "away")
OF_THEIRS = Script("screen.still_needed", _ASKED, choices=(_KEEP, _DONE, _AWAY))
# What somebody of the team does.
OF_US = Script("screen.still_needed_of_us", _ASKED, choices=(_KEEP, _AWAY))


async def keep_answer(turn: Turn, question_id: str, value: str | list[str]) -> None:
    """Keep an answer and what follows from it: help that fits it first, then the plan, then what comes next."""
    case = turn.case
    stood = [action for action in agreed_actions(case) if is_called_for(turn, case, action)]
    case.person.answer(question_id, value, turn.now)
    home_check_plan.answered(turn, case)
    await settle(turn, case)
    await after_answer(turn, question_id)
    left = [action.position for action in stood if not is_called_for(turn, case, action)]
    # When the letter comes, its day is asked first.
    if left and turn.place["kind"] != "crisis" and question_id not in turn.content.checklist.first:
        turn.go(STILL_NEEDED, left=left)


@self_reporter.screen(STILL_NEEDED)
async def still_needed(turn: Turn) -> Screen:
    """Ask of one action whether it stays."""
    action = action_at(turn, turn.place["left"][0])
    if action is None or action.status != "agreed":
        return gone(turn)
    script = OF_THEIRS if action.owner == "self" else OF_US
    asked = script.said(turn, action="{action}").replace("{action}", words_of(turn, action))
    rows = script.rows(turn, str(action.position))
    return screen(turn, asked, *rows, spoken=(*of_action(action.proposal), script.id))


@self_reporter.tap("still_say")
async def said(turn: Turn, args: str) -> None:
    """Keep their word; who else was to do it hears that it is off. Then the next one."""
    case = turn.case
    position, _, word = args.partition("/")
    action, left = action_at(turn, position), turn.place.get("left", [])[1:]
    if action is not None and action.status == "agreed" and word == "done" and action.owner == "self":
        case.plan.settle(action, "done", "done", on=turn.today)
        turn.toast = turn.text("✅ Well done!")
    elif action is not None and action.status == "agreed" and word == "away":
        case.plan.settle(action, "dropped", "another answer", on=turn.today)
        if action.owner != "self":
            turn.notify(await turn.reads.helpers(case), "alert", case.ref)
        turn.toast = turn.text("🗑 It is out of your plan.")
    if left:
        turn.go(STILL_NEEDED, left=left)
    else:
        await onward(turn)
