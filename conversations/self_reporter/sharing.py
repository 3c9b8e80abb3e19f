"""May the prison read this action? Asked in plain words, shown in the plan, and taken back at any time."""

from __future__ import annotations

import html

from conversations.roles import self_reporter
from conversations.self_reporter.arrival import TEXT_VERSION
from conversations.self_reporter.deeds import action_at, is_shared, words_of
from conversations.self_reporter.home import ask_for_human
from conversations.self_reporter.onward import onward
from conversations.self_reporter.phrases import screen
from conversations.self_reporter.proposals import gone
from conversations.self_reporter.spoken import of_action
from conversations.turn import Button, Screen, Turn
from storage.plan import TO_THE_PRISON


@self_reporter.screen("share")
async def share(turn: Turn) -> Screen:
    """Ask, for one action."""
    action = action_at(turn, turn.place["action"])
    if action is None or action.status != "agreed":
        return gone(turn)
    text = turn.text(
        "The prison can do this for you:\n\n📌 {action}\n\n"
        "Then somebody there reads this sentence, your name and your day. Nothing else.\n\n"
        "May the prison read it? You can always take it back.",
        action="{action}",
    ).replace("{action}", words_of(turn, action))
    at = str(action.position)
    return screen(
        turn,
        text,
        (Button(turn.text("👍 Yes, it may"), "share_say", f"{at}/yes"),),
        (Button(turn.text("👎 No"), "share_say", f"{at}/no"),),
        (Button(turn.text("💬 First talk about it"), "share_say", f"{at}/talk"),),
        spoken=(*of_action(action.proposal), "screen.share"),
    )


@self_reporter.tap("share")
async def to_share(turn: Turn, args: str) -> None:
    """Go and decide."""
    turn.go("share", action=args)


@self_reporter.tap("share_say")
async def share_said(turn: Turn, args: str) -> None:
    """Keep a yes or a no. First to talk is a no for now, and the helper hears it."""
    case = turn.case
    assert case is not None
    position, _, said = args.partition("/")
    action = action_at(turn, position)
    if action is None or action.status != "agreed" or action.owner != "casemanager":
        await onward(turn)
        return
    if (said == "yes") != is_shared(case, action):
        case.consent(TO_THE_PRISON + action.id, said == "yes", turn.now, TEXT_VERSION)
        if said == "yes" and action in case.with_the_prison():
            turn.notify(await turn.reads.casemanagers(case), "asked", case.ref)
    if said == "talk":
        await ask_for_human(turn, html.unescape(words_of(turn, action)))
    elif said != "yes":
        # Somebody else must see to it now.
        turn.notify(await turn.reads.helpers(case), "alert", case.ref)
    turn.toast = turn.text("✅ Kept.")
    await onward(turn)
