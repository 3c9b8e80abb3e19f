"""The plan: proposals that the person accepts, changes, refuses or replaces, and what they agreed to."""

from __future__ import annotations

from datetime import date, timedelta

from conversations.dates import NoSuchDayError, NotADateError, read_date
from conversations.roles import self_reporter
from conversations.self_reporter.agenda import plan_action
from conversations.self_reporter.onward import next_domain, onward
from conversations.self_reporter.phrases import helper, human, screen
from conversations.turn import Button, Screen, Turn
from conversations.typed import too_long
from conversations.wording import escape
from storage.parts import Action

# Characters of an own action: what fits on a screen and in a reminder.
OWN_WORDS = 300
# Days from now that are offered as another day.
OTHER_DAYS = (1, 3, 7, 14)


def words_of(turn: Turn, action: Action) -> str:
    """Return an action in the reader's words; an own action in the person's own."""
    if turn.content.checklist.proposal(action.proposal):
        return turn.words.content(action.proposal or "", action.text, helper=helper(turn))
    return escape(action.text)


def _action(turn: Turn, position: str | int) -> Action | None:
    # Buttons name an action by its place in the case: an id of 32 characters and a day do not fit into 64 bytes.
    assert turn.case is not None
    return next((a for a in turn.case.actions if str(a.position) == str(position)), None)


@self_reporter.screen("proposal")
async def proposed(turn: Turn) -> Screen:
    """Put one action before the person."""
    action = _action(turn, turn.place["action"])
    if action is None or action.status != "proposed":
        return await plan(turn)
    day = date.fromisoformat(turn.place["day"]) if "day" in turn.place else action.due
    mine = action.owner == "self"
    opening = (
        turn.text("You can do something now. My proposal:") if mine else turn.text("This can be done. My proposal:")
    )
    lines = [opening, f"📌 {words_of(turn, action)}"]
    if proposal := turn.content.checklist.proposal(action.proposal):
        lines.append(f"💡 {turn.words.content(proposal.id, proposal.why)}")
    if day:
        lines.append(turn.text("📅 Done on {day}.", day=turn.words.day(day)))
    lines.append(turn.text("What do you choose?"))
    chosen = f"{action.position}/{day.isoformat()}" if "day" in turn.place and day else str(action.position)
    return screen(
        turn,
        "\n\n".join(lines),
        (Button(turn.text("👍 Yes, I do this") if mine else turn.text("👍 Yes, please"), "agree", chosen),),
        (Button(turn.text("📅 Another day"), "other_day", str(action.position)),),
        (Button(turn.text("✏️ Something else"), "own", str(action.position)),),
        (Button(turn.text("👎 No"), "decline", str(action.position)),),
    )


@self_reporter.tap("agree")
async def agreed(turn: Turn, args: str) -> None:
    """Take the action on, on the day that stands there or the one that was chosen."""
    assert turn.case is not None
    position, _, day = args.partition("/")
    action = _action(turn, position)
    if action is not None and action.status == "proposed":
        turn.case.agree(action, date.fromisoformat(day) if day else None)
        if action.owner == "self":
            plan_action(turn, turn.case, action)
    await onward(turn)


@self_reporter.tap("decline")
async def declined(turn: Turn, args: str) -> None:
    """A no is a no: it is not proposed again."""
    assert turn.case is not None
    action = _action(turn, args)
    if action is not None and action.status == "proposed":
        turn.case.settle(action, "declined", "declined")
    await onward(turn)


@self_reporter.screen("other_day")
async def other_day(turn: Turn) -> Screen:
    """Offer days, or let one be typed."""
    action = _action(turn, turn.place["action"])
    if action is None or action.status != "proposed":
        return await plan(turn)
    example = turn.words.day(turn.today + timedelta(days=max(OTHER_DAYS)))
    lines = [
        f"📌 {words_of(turn, action)}",
        turn.text("Which day suits you? You can type a day too. Example: {day}.", day=example),
    ]
    last = turn.case.confirmed_date if turn.case else None
    days = [turn.today + timedelta(days=n) for n in OTHER_DAYS]
    rows = [
        (Button(f"📅 {turn.words.day(day)}", "agree", f"{action.position}/{day.isoformat()}"),)
        for day in days
        if last is None or day < last
    ]
    rows.append((Button(turn.text("⬅️ Back"), "proposal", str(action.position)),))
    return Screen("\n\n".join(lines), (*rows, (human(turn),)))


@self_reporter.tap("other_day")
async def to_other_day(turn: Turn, args: str) -> None:
    """Ask for another day."""
    turn.go("other_day", action=args)


@self_reporter.tap("proposal")
async def to_proposal(turn: Turn, args: str) -> None:
    """Back to the proposal."""
    turn.go("proposal", action=args)


@self_reporter.typed("other_day", "proposal")
async def typed_day(turn: Turn, text: str) -> None:
    """Read a day, and put it back in words with the proposal."""
    position = turn.place["action"]
    turn.delete(turn.message_id)
    try:
        day = read_date(text, turn.today)
    except NoSuchDayError:
        turn.go("other_day", turn.text("That day does not exist."), action=position)
    except NotADateError:
        turn.go("other_day", turn.text("I cannot read that as a date."), action=position)
    else:
        if day < turn.today:
            turn.go("other_day", turn.text("That day is over. Choose a day that still comes."), action=position)
        else:
            turn.go("proposal", action=position, day=day.isoformat())


@self_reporter.screen("own")
async def own(turn: Turn) -> Screen:
    """Ask for the person's own words."""
    action = _action(turn, turn.place["action"])
    if action is None or action.status != "proposed":
        return await plan(turn)
    question = turn.text("What do you want to do yourself? Type it in one sentence.")
    return screen(turn, question, (Button(turn.text("⬅️ Back"), "proposal", str(action.position)),))


@self_reporter.tap("own")
async def to_own(turn: Turn, args: str) -> None:
    """Ask for something else."""
    turn.go("own", action=args)


@self_reporter.typed("own")
async def typed_own(turn: Turn, text: str) -> None:
    """The person's own action takes the place of the proposal, on the same day."""
    case = turn.case
    assert case is not None
    action = _action(turn, turn.place["action"])
    if too_long(turn, text, OWN_WORDS):
        return
    turn.delete(turn.message_id)
    if action is not None and action.status == "proposed":
        case.settle(action, "declined", "something else")
        mine = case.propose(action.domain, "self", action.when, text, action.due, None)
        case.agree(mine)
        plan_action(turn, case, mine)
    await onward(turn)


@self_reporter.screen("plan")
async def plan(turn: Turn) -> Screen:
    """Show what was agreed, nearest day first."""
    case = turn.case
    assert case is not None
    agreed_now = sorted(
        (a for a in case.actions if a.status == "agreed"), key=lambda a: (a.due or date.max, a.position)
    )
    done = sum(a.status == "done" for a in case.actions)
    lines = [turn.text("📋 Your plan")]
    if case.confirmed_date:
        lines.append(turn.text("📅 You report on {day}.", day=turn.words.full_date(case.confirmed_date)))
    for action in agreed_now:
        when = f"\n📅 {turn.words.day(action.due)}" if action.due else ""
        lines.append(f"📌 {words_of(turn, action)}{when}")
    if not agreed_now:
        lines.append(turn.text("You have nothing to do now."))
    if done:
        lines.append(turn.words.plural("✅ {number} thing done.", "✅ {number} things done.", done))
    if agreed_now:
        lines.append(turn.text("I send you a message in time. Done for today."))
    rows: list[tuple[Button, ...]] = []
    if domain := next_domain(turn):
        name = f"{domain.symbol} {turn.words.content(domain.id, domain.name)}"
        rows.append((Button(turn.text("▶️ Go on: {domain}", domain=name), "questions"),))
        rows.append((Button(turn.text("💬 Messages"), "messages"),))
    else:
        rows.append((Button(turn.text("💬 Messages"), "messages"), Button(turn.text("❓ Questions"), "questions")))
    if case.confirmed_date is None:
        rows.append((Button(turn.text("📬 I have a letter with a day"), "letter"),))
    return screen(turn, "\n\n".join(lines), *rows)


@self_reporter.command("plan")
async def plan_wanted(turn: Turn, _args: str) -> None:
    """Show the plan."""
    turn.go("plan")
