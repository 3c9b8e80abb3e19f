"""The team in the chat: who works here, who stands in for whom, and the end of somebody's access, at once.

Nobody sends away or ends anybody above their own verbs, or outside their own area (conversations/rules/ranks.py).
"""

from __future__ import annotations

import re

from conversations import notices
from conversations.coordinator.team.assigning import pages
from conversations.effects.notice import Notice
from conversations.effects.team import ComeBack, Dismiss, StandIn, Welcome
from conversations.effects.trace import Trace
from conversations.roles import coordinator
from conversations.rules.ranks import may_manage
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.typed import day_of
from conversations.words.wording import escape
from conversations.worker.case.steps import in_rows
from conversations.worker.today import sign_in
from conversations.worker.today.agenda import LONGEST
from storage.people.covers import Cover
from storage.people.staff import Member

PAGE = 8
SHOWN = 12
# How an answer to "until which day" may begin.
_UNTIL = re.compile(r"^\s*(?:tot en met|t/m|tm|tot|until and including|until|to)\s+", re.IGNORECASE)


def role_name(turn: Turn, role: str) -> str:
    """Return what a role is called."""
    return {
        "worker": turn.text("worker"),
        "coordinator": turn.text("coordinator"),
        "casemanager": turn.text("contact in the prison"),
        "supporter": turn.text("supporter"),
        "administrator": turn.text("administrator"),
    }[role]


def back(turn: Turn) -> tuple[Button, ...]:
    return (Button(turn.text("⬅️ Team"), "team", "0"),)


async def _theirs(turn: Turn, member_id: str) -> Member | None:
    """Return a member whom the actor may manage; else go back, with one same answer, and return None."""
    member = next((m for m in await turn.reads.team(turn.actor.area) if m.id == member_id), None)
    if member is not None and member.id != turn.actor.id and may_manage(turn.actor, member, turn.content.region):
        return member
    turn.decide(Trace(turn.actor.id, "team", None, "denied"))
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
        area = escape(turn.content.region.area_name(member.area))
        line = f"👤 {escape(member.name)} · {role_name(turn, member.role)} · {area}"
        cover = await turn.reads.cover_of(member.id, turn.today)
        if member.joined_at is None:
            line += " · " + turn.text("invited, not in yet")
        elif cover is not None:
            by = await turn.reads.staff(cover.by)
            line += " · " + (
                turn.text("🏖 {colleague} stands in", colleague=by.name)
                if by
                else turn.text("🏖 nobody stands in any more")
            )
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
    area = escape(turn.content.region.area_name(member.area))
    lines = [f"👤 <b>{escape(member.name)}</b>\n{role_name(turn, member.role)} · {area}"]
    rows: list[tuple[Button, ...]] = []
    if member.joined_at is None:
        lines.append(turn.text("invited, not in yet"))
    rows.append((Button(turn.text("🔑 Fresh invitation"), "team_again", member.id),))
    by = None
    if cover is not None:
        by, last = await turn.reads.staff(cover.by), turn.words.day(cover.until_day)
        lines.append(
            turn.text("🏖 Until and including {day} {colleague} stands in.", day=last, colleague=by.name)
            if by
            else turn.text("⚠️ Until and including {day} nobody stands in any more.", day=last)
        )
        rows.append((Button(turn.text("✅ Is back"), "team_back", member.id),))
    if member.role in ("worker", "coordinator") and by is None:
        rows.append((Button(turn.text("🏖 Away: who stands in?"), "team_away", member.id),))
    rows.append((Button(turn.text("🚫 End the access"), "team_end", member.id),))
    return Screen("\n".join(lines), (*rows, back(turn)))


@coordinator.tap("team_member")
async def to_one(turn: Turn, args: str) -> None:
    """Go to a member."""
    if (member := await _theirs(turn, args)) is not None:
        turn.go("team_member", id=member.id)


@coordinator.tap("team_again")
async def again(turn: Turn, args: str) -> None:
    """Make a fresh invitation; who is in already is asked about first: the phone that they have closes."""
    member = await _theirs(turn, args)
    if member is None:
        return
    if member.joined_at is None:
        await _invited_again(turn, member)
    else:
        turn.go("team_again", id=member.id)


@coordinator.screen("team_again")
async def ask_again(turn: Turn) -> Screen:
    """Ask once more."""
    member = await turn.reads.staff(turn.place["id"])
    text = turn.text(
        "🔑 A new invitation for {colleague}? The phone of now closes at once. The cases stay with {colleague}.",
        colleague=member.name if member else "?",
    )
    return Screen(text, ((Button(turn.text("🔑 Yes, a new one"), "team_anew", turn.place["id"]),), back(turn)))


@coordinator.tap("team_anew")
async def anew(turn: Turn, args: str) -> None:
    """Make it, after a code of one's own: it opens what a colleague may open."""
    if (member := await _theirs(turn, args)) is not None:
        await _invited_again(turn, member)


async def _invited_again(turn: Turn, member: Member) -> None:
    if sign_in.is_stale(turn):
        sign_in.ask(turn, "tap", "team_anew", member.id)
        return
    await turn.reads.held_member(member.id)
    turn.decide(Welcome(member.role, member.area, member.name, member.id))
    turn.decide(Trace(turn.actor.id, "invite", member.id))
    turn.decide(Notice(("staff", member.id), "access", notices.UNFOLD))
    turn.go("team_welcomed", name=member.name)


@coordinator.screen("team_away")
async def away(turn: Turn) -> Screen:
    """Ask who stands in."""
    member = await turn.reads.staff(turn.place["id"])
    colleagues = [
        m
        for m in await turn.reads.team(turn.actor.area)
        if m.id not in (turn.place["id"], turn.actor.id)
        and m.role in ("worker", "coordinator")
        and m.joined_at is not None
    ][:SHOWN]
    name = member.name if member else "?"
    text = turn.text("🏖 Who stands in for {colleague}?", colleague=name)
    if not colleagues:
        text += "\n" + turn.text("Nobody else works here yet.")
    # Who stands in reads all of it: nobody gives that to themselves.
    text += "\n" + turn.text("Is it you? Then {colleague} chooses you: /waarneming", colleague=name)
    buttons = [Button(f"👤 {m.name}", "team_by", m.id) for m in colleagues]
    return Screen(text, (*in_rows(buttons), back(turn)))


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
        turn.text("🏖 From today. Until and including which day? Type it. Example: 9 March 2027."), (back(turn),)
    )


@coordinator.typed("team_until")
async def until_typed(turn: Turn, text: str) -> None:
    """Let a colleague stand in from today; both their lists show it."""
    turn.delete(turn.message_id)
    last = day_of(turn, _UNTIL.sub("", text))
    if last is None:
        return
    if not turn.today <= last <= turn.today + LONGEST:
        turn.remark(turn.text("Choose a day within two weeks."))
        return
    member, by = await _theirs(turn, turn.place["id"]), await turn.reads.staff(turn.place["by"])
    if member is None:
        return
    if by is None or by.id == turn.actor.id or not any(m.id == by.id for m in await turn.reads.team(turn.actor.area)):
        turn.go("team_away", turn.text("That colleague is no longer there. Choose somebody else."), id=member.id)
        return
    turn.decide(StandIn(Cover(member.id, by.id, turn.today, last)))
    turn.decide(Trace(turn.actor.id, "cover", member.id))
    turn.decide(Notice(("staff", by.id), "cover", "today", "0"))
    turn.decide(Notice(("staff", member.id), "cover", "agenda"))
    said = turn.text("🏖 {by} stands in for {colleague}.", by=by.name, colleague=member.name)
    turn.go("team_kept", said=said)


@coordinator.tap("team_back")
async def is_back(turn: Turn, args: str) -> None:
    """Nobody stands in any more."""
    if (member := await _theirs(turn, args)) is not None:
        turn.decide(ComeBack(member.id))
        turn.decide(Trace(turn.actor.id, "cover_end", member.id))
        turn.decide(Notice(("staff", member.id), "cover", "agenda"))
        turn.go("team_kept", said=turn.text("✅ {colleague} is back.", colleague=member.name))


@coordinator.screen("team_end")
async def end(turn: Turn) -> Screen:
    """Ask once more."""
    member = await turn.reads.staff(turn.place["id"])
    text = turn.text(
        "🚫 End the access of {colleague}? It ends at once. Their cases wait for somebody else.",
        colleague=member.name if member else "?",
    )
    return Screen(text, ((Button(turn.text("🚫 Yes, end it"), "team_ended", turn.place["id"]),), back(turn)))


@coordinator.tap("team_end")
async def to_end(turn: Turn, args: str) -> None:
    """Go and ask once more."""
    if (member := await _theirs(turn, args)) is not None:
        turn.go("team_end", id=member.id)


@coordinator.tap("team_ended")
async def ended(turn: Turn, args: str) -> None:
    """End it; their cases wait for somebody else, and the list of what nobody has is the way on."""
    if (member := await _theirs(turn, args)) is not None:
        turn.decide(Dismiss(member.id))
        turn.decide(Trace(turn.actor.id, "end", member.id))
        said = [turn.text("🚫 {colleague} has no access any more.", colleague=member.name)]
        for away_id in sorted(await turn.reads.covered_by(member.id, turn.today)):
            if (left := await turn.reads.staff(away_id)) is not None:
                said.append(
                    turn.text(
                        "⚠️ Nobody stands in for {colleague} any more. Choose somebody: /team", colleague=left.name
                    )
                )
        turn.go("team_kept", said="\n".join(said))


@coordinator.screen("team_kept")
async def kept(turn: Turn) -> Screen:
    """Say what was kept."""
    return Screen(escape(turn.place["said"]), ((Button(turn.text("🗂 Assign cases"), "assign", "0"),), back(turn)))
