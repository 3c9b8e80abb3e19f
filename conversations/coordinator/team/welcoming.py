"""Welcoming somebody to the team: role, area and name are asked, and an invitation comes as a picture.

Nobody invites above their own verbs, or outside their own area (conversations/rules/ranks.py).
"""

from __future__ import annotations

from conversations.coordinator.team.team import SHOWN, back, role_name
from conversations.effects.team import Welcome
from conversations.effects.trace import Trace
from conversations.roles import coordinator
from conversations.rules.ranks import invitable, within
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.places import Near
from conversations.worker.case.steps import in_rows
from conversations.worker.today import sign_in

LONGEST_NAME = 60


@coordinator.screen("team_role")
async def ask_role(turn: Turn) -> Screen:
    """Ask the role: those that can do no more than who invites."""
    buttons = [Button(role_name(turn, role), "team_role", role) for role in invitable(turn.actor.role)]
    return Screen(turn.text("➕ What will they do?"), (*in_rows(buttons, 1), back(turn)))


@coordinator.tap("team_invite")
async def to_role(turn: Turn, _args: str) -> None:
    """Go and invite, after a code of one's own."""
    if sign_in.is_stale(turn):
        sign_in.ask(turn, "tap", "team_invite", "")
        return
    turn.go("team_role")


@coordinator.tap("team_role")
async def to_area(turn: Turn, args: str) -> None:
    """Take the role; ask the area."""
    if args in invitable(turn.actor.role):
        turn.go("team_area", role=args)
    else:
        turn.go("team")


@coordinator.screen("team_area")
async def ask_area(turn: Turn) -> Screen:
    """Ask the area: first where nobody works yet."""
    without = (await turn.reads.workload(turn.scope)).without[:SHOWN]
    buttons = [Button(f"🏘 {name}", "team_area", name) for name, _ in without]
    if turn.place.get("near"):
        buttons.insert(0, Button(f"✔️ {turn.place['near']}", "team_area", turn.place["near"]))
    text = turn.text("📍 Where? Type a municipality or a province.")
    return Screen(text, (*in_rows(buttons), back(turn)))


async def _take_area(turn: Turn, text: str) -> None:
    region, role = turn.content.region, turn.place["role"]
    match = region.area(text)
    if match is None:
        turn.go("team_area", turn.text("I do not know that place."), role=role)
    elif isinstance(match, Near):
        turn.go("team_area", turn.text("Do you mean {name}?", name=match.name), role=role, near=match.area)
    elif match.kind == "prison" or not within(turn.actor.area, match.area, region):
        turn.decide(Trace(turn.actor.id, "team", None, "denied"))
        turn.go("team_area", turn.text("That is outside your own area."), role=role)
    else:
        # A province is written as members have it: "provincie Groningen", also where no municipality has its name.
        area = f"provincie {match.name}" if match.kind == "province" else match.area
        turn.go("team_name", role=role, area=area)


@coordinator.tap("team_area")
async def area_tapped(turn: Turn, args: str) -> None:
    """Take the area; ask the name."""
    await _take_area(turn, args)


@coordinator.typed("team_area")
async def area_typed(turn: Turn, text: str) -> None:
    """Take the area; ask the name."""
    turn.delete(turn.message_id)
    await _take_area(turn, text)


@coordinator.screen("team_name")
async def ask_name(turn: Turn) -> Screen:
    """Ask the name."""
    return Screen(turn.text("✏️ What is their name, as people know them? Type it."), (back(turn),))


@coordinator.typed("team_name")
async def name_typed(turn: Turn, text: str) -> None:
    """Make the member and an invitation; a name that somebody has already is refused."""
    turn.delete(turn.message_id)
    name = " ".join(text.split())
    if len(name) > LONGEST_NAME:
        turn.remark(turn.text("That name is too long."))
        return
    if await turn.reads.member_named(name) is not None:
        turn.remark(turn.text("Somebody of that name is in the team already. Type it so that people tell them apart."))
        return
    role, area = turn.place["role"], turn.place["area"]
    if role not in invitable(turn.actor.role) or not within(turn.actor.area, area, turn.content.region):
        turn.go("team", turn.text("There is nothing here for you."))
        return
    turn.decide(Welcome(role, area, name))
    turn.decide(Trace(turn.actor.id, "invite", role))
    turn.go("team_welcomed", name=name)


@coordinator.screen("team_welcomed")
async def welcomed(turn: Turn) -> Screen:
    """Say what comes, and where the secret for signing in is handed over: never in a chat."""
    text = turn.text(
        "🔑 Here is the picture for {name}. Let them point their camera at it. It works for 7 days.",
        name=turn.place["name"],
    )
    if turn.content.sign_in:
        text += "\n" + turn.text(
            "With it comes a sheet for their sign-in app. Print it, give it from hand to hand, and delete it here."
        )
    return Screen(text, (back(turn),))
