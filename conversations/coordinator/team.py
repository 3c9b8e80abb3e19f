"""The team in the chat: who works here, invite, who stands in for whom, and the end of somebody's access, at once.

Nobody invites, sends away or ends anybody above their own verbs, or outside their own area (conversations/ranks.py).
"""

from __future__ import annotations

from datetime import timedelta

from conversations.coordinator.assigning import pages
from conversations.dates import NoSuchDayError, NotADateError, read_date
from conversations.places import Near
from conversations.ranks import invitable, may_manage, within
from conversations.roles import coordinator
from conversations.turn import Button, NewMember, Notice, Screen, Turn
from conversations.wording import escape
from conversations.worker.steps import in_rows
from storage.audit import Entry
from storage.covers import Cover
from storage.staff import Member

PAGE = 8
SHOWN = 12
LONGEST_NAME = 60
# A period of standing in is at most so long.
LONGEST_AWAY = timedelta(days=92)


def role_name(turn: Turn, role: str) -> str:
    """Return what a role is called."""
    return {
        "worker": turn.text("worker"),
        "coordinator": turn.text("coordinator"),
        "casemanager": turn.text("contact in the prison"),
        "supporter": turn.text("supporter"),
        "administrator": turn.text("administrator"),
    }[role]


def _back(turn: Turn) -> tuple[Button, ...]:
    return (Button(turn.text("⬅️ Team"), "team", "0"),)


async def _theirs(turn: Turn, member_id: str) -> Member | None:
    """Return a member whom the actor may manage; else go back, with one same answer, and return None."""
    member = next((m for m in await turn.reads.team(turn.actor.area) if m.id == member_id), None)
    if member is not None and member.id != turn.actor.id and may_manage(turn.actor, member, turn.content.region):
        return member
    turn.trail.append(Entry(turn.actor.id, "chat", "team", None, "denied"))
    turn.go("team", turn.text("There is nothing here for you."))
    return None


@coordinator.screen("team")
async def team(turn: Turn) -> Screen:
    """Show who works in one's area, a page at a time."""
    members = sorted(await turn.reads.team(turn.actor.area), key=lambda m: (m.area, m.name.casefold()))
    page = min(turn.place.get("page", 0), max(0, (len(members) - 1) // PAGE))
    shown = members[page * PAGE : (page + 1) * PAGE]
    lines = [turn.text("👥 <b>Team</b>") + f" · {len(members)}"]
    for member in shown:
        line = f"👤 {escape(member.name)} · {role_name(turn, member.role)} · {escape(member.area)}"
        cover = await turn.reads.cover_of(member.id, turn.today)
        if member.joined_at is None:
            line += " · " + turn.text("invited, not in yet")
        elif cover is not None:
            by = await turn.reads.staff(cover.by)
            line += " · " + turn.text("🏖 {colleague} stands in", colleague=by.name if by else "?")
        lines.append(line)
    buttons = [
        Button(f"👤 {m.name}", "team_member", m.id)
        for m in shown
        if m.id != turn.actor.id and may_manage(turn.actor, m, turn.content.region)
    ]
    rows = [*in_rows(buttons), *pages("team", page, len(members), PAGE)]
    rows.append((Button(turn.text("➕ Invite somebody"), "team_invite"),))
    return Screen("\n".join(lines), (*rows, (Button(turn.text("⬅️ My list"), "today", "0"),)))


@coordinator.command("team")
async def wanted(turn: Turn, _args: str) -> None:
    """Show the team."""
    turn.go("team")


@coordinator.tap("team")
async def to_team(turn: Turn, args: str) -> None:
    """Show the team."""
    turn.go("team", page=int(args or 0))


# One member.


@coordinator.screen("team_member")
async def one(turn: Turn) -> Screen:
    """Show a member, with what can be done."""
    member = await turn.reads.staff(turn.place["id"])
    if member is None:
        return await team(turn)
    cover = await turn.reads.cover_of(member.id, turn.today)
    lines = [f"👤 <b>{escape(member.name)}</b>\n{role_name(turn, member.role)} · {escape(member.area)}"]
    rows: list[tuple[Button, ...]] = []
    if member.joined_at is None:
        lines.append(turn.text("invited, not in yet"))
        rows.append((Button(turn.text("🔑 Fresh invitation"), "team_again", member.id),))
    if cover is not None:
        by = await turn.reads.staff(cover.by)
        lines.append(
            turn.text(
                "🏖 Until and including {day} {colleague} stands in.",
                day=turn.words.day(cover.until_day),
                colleague=by.name if by else "?",
            )
        )
        rows.append((Button(turn.text("✅ Is back"), "team_back", member.id),))
    elif member.role in ("worker", "coordinator"):
        rows.append((Button(turn.text("🏖 Away: who stands in?"), "team_away", member.id),))
    rows.append((Button(turn.text("🚫 End the access"), "team_end", member.id),))
    return Screen("\n".join(lines), (*rows, _back(turn)))


@coordinator.tap("team_member")
async def to_one(turn: Turn, args: str) -> None:
    """Go to a member."""
    if (member := await _theirs(turn, args)) is not None:
        turn.go("team_member", id=member.id)


@coordinator.tap("team_again")
async def again(turn: Turn, args: str) -> None:
    """Make a fresh invitation; the former one ends."""
    member = await _theirs(turn, args)
    if member is not None and member.joined_at is None:
        turn.welcomed.append(NewMember(member.role, member.area, member.name, member.id))
        turn.go("team_welcomed", name=member.name)


@coordinator.screen("team_away")
async def away(turn: Turn) -> Screen:
    """Ask who stands in."""
    member = await turn.reads.staff(turn.place["id"])
    colleagues = [
        m
        for m in await turn.reads.team(turn.actor.area)
        if m.id != turn.place["id"] and m.role in ("worker", "coordinator") and m.joined_at is not None
    ][:SHOWN]
    text = turn.text("🏖 Who stands in for {colleague}?", colleague=member.name if member else "?")
    if not colleagues:
        text += "\n" + turn.text("Nobody else works here yet.")
    buttons = [Button(f"👤 {m.name}", "team_by", m.id) for m in colleagues]
    return Screen(text, (*in_rows(buttons), _back(turn)))


@coordinator.tap("team_away")
async def to_away(turn: Turn, args: str) -> None:
    """Go and say who stands in."""
    if (member := await _theirs(turn, args)) is not None:
        turn.go("team_away", id=member.id)


@coordinator.tap("team_by")
async def to_until(turn: Turn, args: str) -> None:
    """Go and say until when."""
    turn.go("team_until", id=turn.place["id"], by=args)


@coordinator.screen("team_until")
async def until(turn: Turn) -> Screen:
    """Ask the last day."""
    return Screen(
        turn.text("🏖 From today. Until and including which day? Type it. Example: 9 March 2027."), (_back(turn),)
    )


@coordinator.typed("team_until")
async def until_typed(turn: Turn, text: str) -> None:
    """Let a colleague stand in from today; both their lists show it."""
    turn.delete(turn.message_id)
    try:
        last = read_date(text, turn.today)
    except (NoSuchDayError, NotADateError):
        turn.remark(turn.text("I cannot read that as a date."))
        return
    if not turn.today <= last <= turn.today + LONGEST_AWAY:
        turn.remark(turn.text("Choose a day within three months."))
        return
    member, by = await _theirs(turn, turn.place["id"]), await turn.reads.staff(turn.place["by"])
    if member is None:
        return
    if by is None or not any(m.id == by.id for m in await turn.reads.team(turn.actor.area)):
        turn.go("team_away", turn.text("That colleague is no longer there. Choose somebody else."), id=member.id)
        return
    turn.covers.append(Cover(member.id, by.id, turn.today, last))
    turn.trail.append(Entry(turn.actor.id, "chat", "cover", member.id))
    turn.notices.append(Notice(("staff", by.id), "listed", "today", "0"))
    said = turn.text("🏖 {by} stands in for {colleague}.", by=by.name, colleague=member.name)
    turn.go("team_kept", said=said)


@coordinator.tap("team_back")
async def is_back(turn: Turn, args: str) -> None:
    """Nobody stands in any more."""
    if (member := await _theirs(turn, args)) is not None:
        turn.back_from.append(member.id)
        turn.go("team_kept", said=turn.text("✅ {colleague} is back.", colleague=member.name))


@coordinator.screen("team_end")
async def end(turn: Turn) -> Screen:
    """Ask once more."""
    member = await turn.reads.staff(turn.place["id"])
    text = turn.text(
        "🚫 End the access of {colleague}? It ends at once. Their cases wait for somebody else.",
        colleague=member.name if member else "?",
    )
    return Screen(text, ((Button(turn.text("🚫 Yes, end it"), "team_ended", turn.place["id"]),), _back(turn)))


@coordinator.tap("team_end")
async def to_end(turn: Turn, args: str) -> None:
    """Go and ask once more."""
    if (member := await _theirs(turn, args)) is not None:
        turn.go("team_end", id=member.id)


@coordinator.tap("team_ended")
async def ended(turn: Turn, args: str) -> None:
    """End it; their cases wait for somebody else, and the list of what nobody has is the way on."""
    if (member := await _theirs(turn, args)) is not None:
        turn.dismissed.append(member.id)
        turn.trail.append(Entry(turn.actor.id, "chat", "end", member.id))
        turn.go("team_kept", said=turn.text("🚫 {colleague} has no access any more.", colleague=member.name))


@coordinator.screen("team_kept")
async def kept(turn: Turn) -> Screen:
    """Say what was kept."""
    return Screen(escape(turn.place["said"]), ((Button(turn.text("🗂 Assign cases"), "assign", "0"),), _back(turn)))


# Somebody new.


@coordinator.screen("team_role")
async def ask_role(turn: Turn) -> Screen:
    """Ask the role: those that can do no more than who invites."""
    buttons = [Button(role_name(turn, role), "team_role", role) for role in invitable(turn.actor.role)]
    return Screen(turn.text("➕ What will they do?"), (*in_rows(buttons, 1), _back(turn)))


@coordinator.tap("team_invite")
async def to_role(turn: Turn, _args: str) -> None:
    """Go and invite."""
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
    return Screen(text, (*in_rows(buttons), _back(turn)))


async def _take_area(turn: Turn, text: str) -> None:
    region, role = turn.content.region, turn.place["role"]
    match = region.area(text)
    if match is None:
        turn.go("team_area", turn.text("I do not know that place."), role=role)
    elif isinstance(match, Near):
        turn.go("team_area", turn.text("Do you mean {name}?", name=match.name), role=role, near=match.area)
    elif match.kind == "prison" or not within(turn.actor.area, match.area, region):
        turn.trail.append(Entry(turn.actor.id, "chat", "team", None, "denied"))
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
    return Screen(turn.text("✏️ What is their name, as people know them? Type it."), (_back(turn),))


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
    turn.welcomed.append(NewMember(role, area, name))
    turn.trail.append(Entry(turn.actor.id, "chat", "invite", role))
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
            "They also need a sheet with their sign-in code. It never comes in a chat: your administrator prints it "
            "(voorzorg team invite --sheet), and then that picture counts."
        )
    return Screen(text, (_back(turn),))
