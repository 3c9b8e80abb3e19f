"""Another phone at a case in which somebody has begun: it can ask to be called, and nothing else, until a worker's yes.

The code and the year of birth are not enough there: whoever makes a letter has the one, and many know the other.
"""

from __future__ import annotations

from conversations import notices
from conversations.effects.case import Change
from conversations.effects.invitation import Spend
from conversations.effects.notice import Notice
from conversations.effects.trace import Trace
from conversations.roles import stranger
from conversations.rules.hours import next_open
from conversations.screen import Button, Screen
from conversations.shared import language
from conversations.turn import Turn
from storage.case.case import Case
from storage.clock import wall
from storage.people.invitations import Invitation
from storage.people.staff import Member


async def who_hears(turn: Turn, case: Case) -> list[Member]:
    """Return who must know of a new phone: who helps; where nobody has the case its coordinators too; never nobody."""
    found = {m.id: m for m in await turn.reads.helpers(case)}
    if case.worker is None:
        found |= {m.id: m for m in await turn.reads.coordinators(case)}
    return list(found.values()) or await turn.reads.administrators()


async def _tell(turn: Turn, case: Case) -> None:
    for member in await who_hears(turn, case):
        if member.role == "administrator":
            turn.decide(Notice(("staff", member.id), "alert", notices.UNFOLD))
        else:
            turn.decide(Notice(("staff", member.id), "new_phone", "new_phone", case.ref))


async def knock(turn: Turn, invitation: Invitation, case: Case) -> None:
    """Use the code up and wait: who helps hears it, and the phone that the case has, without a word of what it is."""
    turn.decide(Spend(invitation))
    case.door.knock(turn.chat.id, turn.now)
    turn.decide(Change(case))
    turn.decide(Trace(None, "new_phone", case.ref))
    await _tell(turn, case)
    number = turn.content.region.contact(case.municipality).telephone
    turn.decide(Notice(("case", case.id), "changed", "human", about=number))
    turn.go("new_phone")


async def waits(turn: Turn) -> Case | None:
    """Return the case at which this phone waits, if it does."""
    own = next((one.case for one in turn.decided(Change) if one.case.new_phone == turn.chat.id), None)
    return own or await turn.reads.knocked(turn.chat)


@stranger.screen("new_phone")
async def waiting(turn: Turn) -> Screen:
    """Say that a human calls first: nothing of the case but whom to expect."""
    case = await waits(turn)
    if case is None:
        turn.go("start")
        return await stranger.screens["start"](turn)
    team = turn.content.region.contact(case.municipality)
    told = await turn.reads.helpers(case)
    name = told[0].name if len(told) == 1 else team.team
    opens = wall(next_open(turn.content.region.office, turn.now, turn.content.zone), turn.content.zone).date()
    call = {"helper": name, "number": f"📞 {team.telephone} ({team.days})"}
    if opens == turn.today:
        calls = turn.text("{helper} calls you today. Or call: {number}.", **call)
    else:
        calls = turn.text("{helper} calls you on {day}. Or call: {number}.", day=turn.words.day(opens), **call)
    lines = [turn.text("I want to be sure that it is you."), calls]
    lines.append(turn.text("Say this number then: <b>{number}</b>", number=case.door.number))
    rows: list[tuple[Button, ...]] = []
    if case.call_asked_at is None:
        rows.append((Button(turn.text("📞 Call me"), "call_me"),))
    else:
        lines.append(turn.text("✅ {helper} knows that you want a call.", helper=name))
    return Screen("\n\n".join(lines), (*rows, (language.button(turn),)))


def hear_nothing(turn: Turn) -> None:
    """Say that words are read after the call, and take them out of a chat that is nobody's yet."""
    turn.delete(turn.message_id)
    turn.remark(turn.text("I read nothing here before that call. Do you want it sooner? Tap on 📞, or call."))


@stranger.tap("call_me")
async def call_me(turn: Turn, _args: str) -> None:
    """Ask to be called: who helps hears it once more, the first time."""
    case = await waits(turn)
    if case is None:
        turn.go("start")
        return
    turn.decide(Change(case))
    if case.door.ask_call(turn.now):
        turn.decide(Trace(None, "call_me", case.ref))
        await _tell(turn, case)
    turn.go("new_phone")
