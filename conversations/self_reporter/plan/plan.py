"""The plan, which is theirs: what they agreed to, in their own order; before, inside and after shown apart."""

from __future__ import annotations

from conversations.reminders.agenda import plan_action
from conversations.reminders.schedule import is_unattended, shows_next
from conversations.roles import self_reporter
from conversations.screen import Button, Screen
from conversations.self_reporter.day import postponing
from conversations.self_reporter.menu import letter
from conversations.self_reporter.phrases import gone, helper, number, screen
from conversations.self_reporter.plan.own_words import OWN_WORDS
from conversations.self_reporter.plan.plan_words import OPEN, action_at, agreed_actions, no_longer_fits, signs, words_of
from conversations.self_reporter.plan.sitting import days_for
from conversations.self_reporter.questions.next_step import next_domain
from conversations.self_reporter.script import Choice, Script, of_action, text, worded
from conversations.turn import Turn
from conversations.words.reporting_day import day_of_letter
from conversations.words.typed import too_long
from conversations.words.worded import reason_for
from storage.case.case_parts import Action

# Actions on one page of the plan.
PAGE = 5
PARTS = ("before", "inside", "after")
_YOURS = text("📋 Your plan")
PLAN = Script("screen.plan", _YOURS)
PLAN_EMPTY = Script("screen.plan_empty", _YOURS, text("You have nothing to do now."))
# An action that is the person's own to do.
DEED = Script(
    "screen.deed",
    choices=(
        Choice(text("✅ Done"), "deed_done"),
        Choice(text("⬆️ This first"), "first"),
        Choice(text("📅 Another day"), "other_day"),
        Choice(text("✏️ Change it"), "own"),
        Choice(text("🙌 You do this for me"), "for_us"),
        Choice(text("🗑 Take it away"), "deed_away"),
        Choice(text("📋 My plan"), "plan"),
    ),
)
WISH = Script(
    "screen.wish_new",
    text("What do you want to arrange? Type it in one sentence."),
    choices=(Choice(text("📋 My plan"), "plan"),),
)


def part_name(turn: Turn, when: str) -> str:
    """Return what a part of the plan is called."""
    return {
        "before": turn.text("⏳ Before your day"),
        "inside": turn.text("🏢 While you are inside"),
        "after": turn.text("🔓 When you are free"),
    }[when]


def _page(turn: Turn, shown: list[Action], several_parts: bool) -> list[str]:
    lines, part = [], ""
    for action in shown:
        if several_parts and action.when != part:
            part = action.when
            lines.append(f"<b>{part_name(turn, part)}</b>")
        number = shown.index(action) + 1
        lines.append("\n".join([f"{number}. 📌 {words_of(turn, action)}", *signs(turn, action)]))
    return lines


@self_reporter.screen("plan")
async def plan(turn: Turn) -> Screen:
    """Show what was agreed: what the person put first, then the nearest day first."""
    case = turn.case
    agreed_now = sorted(agreed_actions(case), key=lambda a: PARTS.index(a.when))  # stable: the order in a part stays
    pages = max(1, -(-len(agreed_now) // PAGE))
    page = min(turn.place.get("page", 0), pages - 1)
    shown = agreed_now[page * PAGE : (page + 1) * PAGE]
    done = sum(a.status == "done" for a in case.actions)
    yours, *nothing = (worded(turn, line) for line in PLAN_EMPTY.lines)
    lines = [yours]
    if case.confirmed_date and case.is_at_home:
        lines.append(turn.text("📅 You report on {day}.", day=day_of_letter(turn.words, case)))
        if (asked := postponing.line(turn, case)) is not None:
            lines.append(asked)
    lines += _page(turn, shown, len({a.when for a in agreed_now}) > 1)
    if not agreed_now:
        lines += nothing
    if done:
        lines.append(turn.words.plural("✅ {number} thing done.", "✅ {number} things done.", done))
    if any(a.owner == "self" and a.due for a in agreed_now):
        lines.append(turn.text("I send you a message in time. Done for today."))
    rows: list[tuple[Button, ...]] = []
    if is_unattended(turn, case):
        lines.append(turn.text("I am silent until you are home again."))
        rows.append((Button(turn.text("🏠 I am home"), "at_home"),))
    if late := no_longer_fits(case):
        rows.append((Button(turn.text("⚠️ Choose another day"), "other_day", str(late[0].position)),))
    if shown:
        rows.append(tuple(Button(str(n), "deed", str(a.position)) for n, a in enumerate(shown, start=1)))
    if pages > 1:
        rows.append((Button(turn.text("⬇️ More of your plan"), "plan", str((page + 1) % pages)),))
    papers = (Button(turn.text("🖨 On paper"), "papers"),) if agreed_now else ()
    rows.append((Button(turn.text("➕ Something of my own"), "wish_new"), *papers))
    if domain := next_domain(turn):
        name = f"{domain.symbol} {turn.words.content(domain.id, domain.name)}"
        rows.append((Button(turn.text("▶️ Go on: {domain}", domain=name), "questions"),))
        later = (Button(turn.text("📅 Go on later"), "sit_later"),) if days_for(turn) else ()
        rows.append((*later, Button(turn.text("💬 Messages"), "messages")))
    else:
        rows.append((Button(turn.text("💬 Messages"), "messages"), Button(turn.text("❓ Questions"), "questions")))
    rows += [*letter(turn), (Button(turn.text("☰ Menu"), "menu"),)]
    heard = ((PLAN if shown else PLAN_EMPTY).id, *(i for a in shown for i in of_action(a.proposal)))
    return screen(turn, "\n\n".join(lines), *rows, spoken=heard)


@self_reporter.command("plan")
async def plan_wanted(turn: Turn, _args: str) -> None:
    """Show the plan."""
    turn.go("plan")


@self_reporter.tap("plan")
async def to_plan(turn: Turn, args: str) -> None:
    """Show the plan, or a page of it."""
    turn.go("plan", page=int(args or 0))


@self_reporter.screen("deed")
async def deed(turn: Turn) -> Screen:
    """Show one action of the plan, and what can be done with it."""
    case, action = turn.case, action_at(turn, turn.place["action"])
    if action is None or action.status not in OPEN:
        return gone(turn)
    at = str(action.position)
    lines = [f"📌 {words_of(turn, action)}", *signs(turn, action)]
    if proposal := turn.content.checklist.proposal(action.proposal):
        lines.append(f"💡 {reason_for(turn.words, proposal, helper(turn), number(turn))}")
    *mine, away, to_the_plan = DEED.choices
    rows: list[tuple[Button, ...]] = []
    if action.owner == "self":
        done, first_of_all, another, change, for_us = (choice.button(turn, at) for choice in mine)
        rows += [(done, first_of_all), (another, change), (for_us,)]
    elif action.owner == "worker":
        rows.append((Button(turn.text("👤 I do it myself"), "deed_mine", at),))
    elif case.shares.has_yes(action):
        rows.append((Button(turn.text("🔒 Take it back"), "share_say", f"{at}/no"),))
    elif case.shares.can_be_asked(action):
        rows.append((Button(turn.text("👁 Let the prison read it"), "share", at),))
    rows += [(away.button(turn, at),), (to_the_plan.button(turn),)]
    choices = (DEED.id,) if action.owner == "self" else ()
    return screen(turn, "\n\n".join(lines), *rows, spoken=(*of_action(action.proposal), *choices))


@self_reporter.tap("deed")
async def to_deed(turn: Turn, args: str) -> None:
    """Go to one action."""
    turn.go("deed", action=args)


@self_reporter.tap("deed_done")
async def deed_done(turn: Turn, args: str) -> None:
    """It is done, before anybody asked."""
    action = action_at(turn, args)
    if action is not None and action.status == "agreed" and action.owner == "self":
        turn.case.plan.settle(action, "done", "done", on=turn.today)
        turn.toast = turn.text("✅ Well done!")
    turn.go("plan")


@self_reporter.tap("first")
async def first(turn: Turn, args: str) -> None:
    """The person arranges this before everything else."""
    action = action_at(turn, args)
    if action is not None and action.status == "agreed":
        turn.case.plan.put_first(action)
        turn.toast = turn.text("⬆️ This comes first.")
    turn.go("plan")


@self_reporter.tap("deed_mine")
async def deed_mine(turn: Turn, args: str) -> None:
    """The person takes back what the team was to do; the helper hears it."""
    case, action = turn.case, action_at(turn, args)
    if action is not None and action.status == "agreed" and action.owner == "worker":
        case.plan.pass_on(action, "self")
        plan_action(turn, case, action)
        turn.notify(await turn.reads.helpers(case), "alert", case.ref)
    turn.go("plan")


@self_reporter.tap("deed_away")
async def deed_away(turn: Turn, args: str) -> None:
    """It goes out of the plan; who else was to do it hears that."""
    case, action = turn.case, action_at(turn, args)
    if action is not None and action.status == "agreed":
        case.plan.settle(action, "dropped", "taken away", on=turn.today)
        if action.owner != "self":
            turn.notify(await turn.reads.helpers(case), "alert", case.ref)
        turn.toast = turn.text("🗑 It is out of your plan.")
    if not shows_next(turn):
        turn.go("plan")


# A wish of their own, at any time.


@self_reporter.screen("wish_new")
async def wish_new(turn: Turn) -> Screen:
    """Ask what it is."""
    return WISH.screen(turn)


@self_reporter.tap("wish_new")
async def to_wish_new(turn: Turn, _args: str) -> None:
    """Go and type it."""
    turn.go("wish_new")


@self_reporter.typed("wish_new")
async def wish_typed(turn: Turn, text: str) -> None:
    """It stands in the plan at once; then by when, if they want a day."""
    case = turn.case
    if too_long(turn, text, OWN_WORDS):
        return
    turn.delete(turn.message_id)
    when = "before" if case.is_at_home else "after"
    mine = case.plan.propose("own", "self", when, text, None, None)
    case.plan.agree(mine)
    turn.go("other_day", turn.text("✅ It is in your plan."), action=mine.position)
