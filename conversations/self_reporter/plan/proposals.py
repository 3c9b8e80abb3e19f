"""A proposal, and what the person makes of it: yes, together, another day, you do it, something else, or no."""

from __future__ import annotations

from datetime import date, timedelta

from conversations.reminders.agenda import plan_action
from conversations.reminders.schedule import next_due, shows_next
from conversations.roles import self_reporter
from conversations.screen import Button, Screen
from conversations.self_reporter.phrases import gone, helper, number, screen
from conversations.self_reporter.plan.plan_words import OPEN, action_at, no_longer_fits, words_of
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.script import Choice, Script, of_action, text
from conversations.turn import Turn
from conversations.words import worded
from conversations.words.dates import NoSuchDayError, NotADateError, read_date
from storage.case.case import Case
from storage.case.case_parts import Action

# Days from now that are offered as another day.
OTHER_DAYS = (1, 3, 7, 14)
# An action without a day that somebody of the team takes over is done within so many days.
FOR_US = timedelta(days=7)
_CHOOSE = text("What do you choose?")
_OTHERS = (
    Choice(text("📅 Another day"), "other_day"),
    Choice(text("✏️ Something else"), "own"),
    Choice(text("👎 No"), "decline"),
)
PROPOSAL = Script(
    "screen.proposal",
    _CHOOSE,
    choices=(
        Choice(text("👍 Yes, I do this"), "agree"),
        Choice(text("🤝 Together with {helper}"), "together"),
        Choice(text("🙌 You do this for me"), "for_us"),
        *_OTHERS,
    ),
)
# What somebody of the team does.
PROPOSAL_FOR_YOU = Script(
    "screen.proposal_for_you", _CHOOSE, choices=(Choice(text("👍 Yes, please"), "agree"), *_OTHERS)
)
OTHER_DAY = Script("screen.other_day", text("Which day suits you? You can type a day too. Example: {day}."))
# Verbs that take on the day that stands there.
_ON_THAT_DAY = ("agree", "together")


@self_reporter.screen("proposal")
async def proposed(turn: Turn) -> Screen:
    """Put one action before the person."""
    action = action_at(turn, turn.place["action"])
    if action is None or action.status != "proposed":
        return gone(turn)
    day = date.fromisoformat(turn.place["day"]) if "day" in turn.place else action.due
    mine = action.owner == "self"
    lines = [
        turn.text("You can do something now. My proposal:") if mine else turn.text("This can be done. My proposal:"),
        f"📌 {words_of(turn, action)}",
    ]
    if proposal := turn.content.checklist.proposal(action.proposal):
        lines.append(f"💡 {worded.reason_for(turn.words, proposal, helper(turn), number(turn))}")
    if day:
        lines.append(turn.text("📅 Done on {day}.", day=turn.words.day(day)))
    elif action.when == "before":
        lines.append(turn.text("📅 As soon as your day is known."))
    script = PROPOSAL if mine else PROPOSAL_FOR_YOU
    lines.append(script.said(turn))
    at = str(action.position)
    chosen = f"{at}/{day.isoformat()}" if "day" in turn.place and day else at
    *ways, another, own, no = (
        choice.button(turn, chosen if choice.verb in _ON_THAT_DAY else at, helper=helper(turn))
        for choice in script.choices
    )
    back = (Button(turn.text("⬅️ Back"), "question", asked_by),) if (asked_by := _asked_by(turn, action)) else ()
    rows = (*((way,) for way in ways), (another, own), (no, *back))
    return screen(turn, "\n\n".join(lines), *rows, spoken=(*of_action(action.proposal), script.id))


def _asked_by(turn: Turn, action: Action) -> str | None:
    """Return the question whose answer called for a proposal: a slip of the thumb is mended there."""
    proposal = turn.content.checklist.proposal(action.proposal)
    return proposal.when[0].question if proposal is not None and proposal.when else None


def _taken(turn: Turn, args: str) -> tuple[Action | None, date | None]:
    position, _, day = args.partition("/")
    action = action_at(turn, position)
    return action if action is not None and action.status == "proposed" else None, (
        date.fromisoformat(day) if day else None
    )


async def _onward_from(turn: Turn, action: Action | None) -> None:
    """Go on; what the prison does is put before the person first: may it read it?"""
    if action is not None and turn.has_case and turn.case.shares.can_be_asked(action):
        turn.go("share", action=action.position)
    else:
        await onward(turn)


@self_reporter.tap("agree")
async def agreed(turn: Turn, args: str) -> None:
    """Take the action on, on the day that stands there or the one that was chosen."""
    action, day = _taken(turn, args)
    if action is not None:
        turn.case.plan.agree(action, day)
        plan_action(turn, turn.case, action)
        if action.owner == "worker":
            turn.notify(await turn.reads.helpers(turn.case), "alert", turn.case.ref)
    await _onward_from(turn, action)


@self_reporter.tap("together")
async def together(turn: Turn, args: str) -> None:
    """Take the action on, together with the helper, who hears it."""
    action, day = _taken(turn, args)
    if action is not None:
        turn.case.plan.agree(action, day, together=True)
        plan_action(turn, turn.case, action)
        turn.notify(await turn.reads.helpers(turn.case), "alert", turn.case.ref)
        turn.toast = turn.text("🤝 Good. {helper} hears it.", helper=helper(turn))
    await onward(turn)


async def hand_to_us(turn: Turn, case: Case, action: Action) -> None:
    """The team does it: it waits in the worker's list, and they hear it."""
    case.plan.pass_on(action, "worker")
    case.plan.agree(action)
    if action.due is None:
        case.plan.move(action, turn.today + FOR_US, own_day=False)
    turn.notify(await turn.reads.helpers(case), "alert", case.ref)
    turn.toast = turn.text("🙌 Good. {helper} hears it.", helper=helper(turn))


@self_reporter.tap("for_us")
async def for_us(turn: Turn, args: str) -> None:
    """Let the team do it, now or later."""
    action = action_at(turn, args)
    if action is not None and action.status in OPEN and action.owner == "self":
        await hand_to_us(turn, turn.case, action)
    await next_due(turn, "")


@self_reporter.tap("decline")
async def declined(turn: Turn, args: str) -> None:
    """A no is a no: it is not proposed again."""
    action = action_at(turn, args)
    if action is not None and action.status == "proposed":
        turn.case.plan.settle(action, "declined", "declined", on=turn.today)
    await onward(turn)


@self_reporter.screen("other_day")
async def other_day(turn: Turn) -> Screen:
    """Offer days, or let one be typed."""
    action = action_at(turn, turn.place["action"])
    if action is None or action.status not in OPEN:
        return gone(turn)
    soon = [turn.today + timedelta(days=n) for n in OTHER_DAYS]
    # Who reports tomorrow has today.
    days = [day for day in soon if _fits(turn, action, day)] or [turn.today]
    lines = [
        f"📌 {words_of(turn, action)}",
        OTHER_DAY.said(turn, day=turn.words.day(days[-1])),
    ]
    verb = "agree" if action.status == "proposed" else "moved"
    rows = [(Button(f"📅 {turn.words.day(day)}", verb, f"{action.position}/{day.isoformat()}"),) for day in days]
    if action.status == "proposed":
        rows.append((Button(turn.text("⬅️ Back"), "proposal", str(action.position)),))
    else:
        rows.append((Button(turn.text("📋 My plan"), "plan"),))
    return screen(turn, "\n\n".join(lines), *rows, spoken=(*of_action(action.proposal), OTHER_DAY.id))


def _fits(turn: Turn, action: Action, day: date) -> bool:
    """Tell whether a day comes in time: what is for before comes before the reporting date."""
    last = turn.case.confirmed_date
    return action.when != "before" or last is None or turn.today >= last or day < last


@self_reporter.tap("other_day")
async def to_other_day(turn: Turn, args: str) -> None:
    """Ask for another day."""
    turn.go("other_day", action=args)


@self_reporter.tap("proposal")
async def to_proposal(turn: Turn, args: str) -> None:
    """Back to the proposal."""
    turn.go("proposal", action=args)


@self_reporter.tap("moved")
async def moved(turn: Turn, args: str) -> None:
    """Give an action of the plan another day; then the next whose day no longer fits."""
    position, _, day = args.partition("/")
    _move(turn, action_at(turn, position), date.fromisoformat(day))


def _move(turn: Turn, action: Action | None, day: date) -> None:
    case = turn.case
    if action is not None and action.status == "agreed":
        case.plan.move(action, day)
        case.plan.count_not_yet(action, 0)
        plan_action(turn, case, action)
        turn.toast = f"📅 {turn.words.day(day)}"
    if left := no_longer_fits(case):
        turn.go("other_day", turn.text("This day comes too late now."), action=left[0].position)
    elif not shows_next(turn):
        turn.go("plan")


@self_reporter.typed("other_day", "proposal")
async def typed_day(turn: Turn, text: str) -> None:
    """Read a day, and put it back in words with the proposal."""
    position = turn.place["action"]
    action = action_at(turn, position)
    turn.delete(turn.message_id)
    try:
        day = read_date(text, turn.today)
    except NoSuchDayError:
        turn.go("other_day", turn.text("That day does not exist."), action=position)
        return
    except NotADateError:
        if turn.place["kind"] == "proposal":
            await self_reporter.not_understood(turn, text)
        else:
            await self_reporter.not_understood(turn, text, turn.text("I cannot read that as a date."))
        return
    if day < turn.today:
        turn.go("other_day", turn.text("That day is over. Choose a day that still comes."), action=position)
    elif action is not None and not _fits(turn, action, day):
        turn.go("other_day", turn.text("Choose a day before your day."), action=position)
    elif action is not None and action.status == "agreed":
        _move(turn, action, day)
    else:
        turn.go("proposal", action=position, day=day.isoformat())
