"""The code of another letter, in a chat that is somebody's already: it opens nothing until a worker says who it is.

One person can be called up twice. Two people can share one account. The chat cannot tell which; a human can.
"""

from __future__ import annotations

from conversations.effects.case import Change
from conversations.roles import self_reporter
from conversations.screen import Screen
from conversations.self_reporter.arrival.codes import missed, open_invitation, read_year
from conversations.self_reporter.phrases import number
from conversations.self_reporter.questions.next_step import onward
from conversations.self_reporter.script import Choice, Script, text
from conversations.turn import Turn
from storage.people.invitations import TRIES, Invitation, find_code

# What the case of the letter keeps of it: a sign, with the reference of the case whose chat it is.
SIGN = "letter"
ASKED = Script(
    "screen.other_letter",
    text("✉️ This is the code of a letter.\n\nThis chat is yours already. Is the new letter for you too?"),
    choices=(
        Choice(text("✅ Yes, for me"), "other_letter", "mine"),
        Choice(text("👤 No, for somebody else"), "other_letter", "theirs"),
    ),
)
YEAR = Script(
    "screen.other_year",
    text("In which year were you born? Type 4 digits. Example: 1990."),
    choices=(Choice(text("⬅️ Back"), "onward"),),
)
WAITS = Script(
    "screen.other_asked",
    text(
        "✅ That is right.\n\nA human looks at it first, and calls you. Then we go on here.\n\n"
        "You can call too: 📞 {telephone} ({days})."
    ),
    choices=(Choice(text("▶️ Go on"), "onward"),),
)


async def is_met(turn: Turn, text: str) -> bool:
    """Go on with the code of a letter of another case, if these words are one that opens it."""
    code = find_code(text)
    if code is None or await _invitation(turn, code) is None:
        return False
    turn.delete(turn.message_id)
    turn.go("other_letter", code=code, tries=0)
    return True


async def _invitation(turn: Turn, code: str) -> Invitation | None:
    """Return the open invitation of a code, when it is for another case than that of this chat."""
    found = await turn.reads.invitation(code)
    if found is not None and found.case_id == turn.case.id:
        return None
    found = await open_invitation(turn, code)
    return found if found is not None and found.case_id else None


@self_reporter.screen("other_letter")
async def asked(turn: Turn) -> Screen:
    """Ask whether it is theirs; nothing is told of the letter."""
    return ASKED.screen(turn)


@self_reporter.tap("other_letter")
async def whose(turn: Turn, args: str) -> None:
    """Ask their year of birth, or say where the letter is opened."""
    if args == "mine" and "code" in turn.place:
        turn.go("other_year", code=turn.place["code"], tries=0)
        return
    await onward(turn)
    turn.remark(turn.text("That letter is for another phone. Open it there. Or call {number}", number=number(turn)))


@self_reporter.screen("other_year")
async def year(turn: Turn) -> Screen:
    """Ask it."""
    return YEAR.screen(turn)


@self_reporter.typed("other_year")
async def typed_year(turn: Turn, text: str) -> None:
    """With the right year the worker of the letter is asked; three wrong ones burn the code."""
    turn.delete(turn.message_id)
    said = read_year(text)
    if said is None:
        await self_reporter.not_understood(turn, text, turn.text("Type 4 digits, please."))
        return
    code, tries = turn.place["code"], turn.place["tries"]
    invitation = await _invitation(turn, code)
    case = await turn.reads.case_of(invitation) if invitation is not None else None
    if case is not None and case.identity.birth_year == said:
        # A second try adds nothing while the first one waits.
        signs = [m for m in case.messages if m.kind == SIGN]
        if not signs or signs[-1].sender == "worker":
            case.thread.write("self_reporter", turn.case.ref, turn.now, kind=SIGN)
            turn.notify(await turn.reads.helpers(case), "message", case.ref)
        turn.decide(Change(case))
        turn.go("other_asked", municipality=case.municipality)
        return
    if invitation is not None:
        await missed(turn, invitation, case)
    if tries + 1 < TRIES:
        turn.go("other_year", turn.text("That is not right. Try it once more."), code=code, tries=tries + 1)
        return
    await onward(turn)
    turn.remark(turn.text("That letter does not open here. Call {number}", number=number(turn)))


@self_reporter.screen("other_asked")
async def waits(turn: Turn) -> Screen:
    """Say that a human looks first."""
    team = turn.content.region.contact(turn.place["municipality"])
    return WAITS.screen(turn, telephone=team.telephone, days=team.days)
