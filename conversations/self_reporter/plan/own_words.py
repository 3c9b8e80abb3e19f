"""Own words of the person: something else than what was proposed, or than what stands in the plan."""

from __future__ import annotations

from conversations.reminders.agenda import plan_action
from conversations.reminders.schedule import next_due
from conversations.roles import self_reporter
from conversations.screen import Screen
from conversations.self_reporter.phrases import gone, screen
from conversations.self_reporter.plan.plan_words import OPEN, action_at
from conversations.self_reporter.script import Choice, Script, text
from conversations.turn import Turn
from conversations.words.typed import too_long

# Characters of an own action: what fits on a screen and in a reminder.
OWN_WORDS = 300
OWN = Script(
    "screen.own",
    text("What do you want to do yourself? Type it in one sentence."),
    choices=(Choice(text("⬅️ Back"), "deed"),),
)


@self_reporter.screen("own")
async def own(turn: Turn) -> Screen:
    """Ask for the person's own words."""
    action = action_at(turn, turn.place["action"])
    if action is None or action.status not in OPEN:
        return gone(turn)
    [back] = OWN.choices
    back = back.to("proposal") if action.status == "proposed" else back
    return screen(turn, OWN.said(turn), (back.button(turn, str(action.position)),), spoken=(OWN.id,))


@self_reporter.tap("own")
async def to_own(turn: Turn, args: str) -> None:
    """Ask for something else."""
    turn.go("own", action=args)


@self_reporter.typed("own")
async def typed_own(turn: Turn, text: str) -> None:
    """The person's own action takes the place of the former one, on the same day."""
    case = turn.case
    action = action_at(turn, turn.place["action"])
    if too_long(turn, text, OWN_WORDS):
        return
    turn.delete(turn.message_id)
    if action is not None and action.status in OPEN:
        case.plan.settle(action, "declined", "something else", on=turn.today)
        mine = case.plan.propose(action.domain, "self", action.when, text, action.due, None, private=action.private)
        case.plan.agree(mine)
        plan_action(turn, case, mine)
    await next_due(turn, "")
